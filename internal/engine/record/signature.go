package record

import (
	"strings"
	"time"

	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/register/people"
)

// Proof is how a signer was verified (decision 11); it is printed beside the signature.
type Proof string

const (
	BySession Proof = "session" // signed in on the person's own session
	ByPIN     Proof = "pin"     // on somebody else's phone, with the person's PIN
	Unproved  Proof = "none"    // on somebody else's phone; may be denied within two days
)

// Signature is one person's name, drawn under one content. Any edit of the content removes it (decision 11).
type Signature struct {
	Owner   Ref
	Person  people.ID
	Office  authz.Office
	Mandate string
	Proof   Proof
	Strokes string // data of an SVG path
	Content string // hash of what was signed, as ContentHash gives it
	At      kernel.Time
	Denied  kernel.Time // when the person said 不是我签的
}

// denyWithin is how long a person may say 不是我签的 (decision 11).
const denyWithin = 48 * time.Hour

// Deny marks the signature as not the person's own; refused after two days.
func (s Signature) Deny(now kernel.Time) (Signature, error) {
	if !s.Denied.IsZero() {
		return s, kernel.Err(kernel.Conflict, "您已经说过这不是您签的了")
	}
	if now.After(s.At.Add(denyWithin)) {
		return s, kernel.Err(kernel.Gone, "签名两天后不能再否认，请直接找分工会主席")
	}
	s.Denied = now
	return s, nil
}

func (s Signature) check() error {
	if s.Proof != BySession && s.Proof != ByPIN && s.Proof != Unproved {
		return kernel.Wrong("proof", "签名人的核实方式不对")
	}
	if len(s.Content) != 64 || strings.Trim(s.Content, "0123456789abcdef") != "" {
		return kernel.Wrong("content", "签名要对着一份确定的内容，请刷新后再签")
	}
	if s.Person == "" || s.Owner.ID == "" {
		return kernel.Wrong("person", "没有说明是谁签的")
	}
	return CheckStrokes(s.Strokes)
}
