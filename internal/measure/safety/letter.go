package safety

import (
	"context"
	"fmt"
	"strings"
	"unicode/utf8"

	"xiaojia/internal/engine/matter"
	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/platform/outbox"
	"xiaojia/internal/register/org"
	"xiaojia/internal/register/people"
)

// LetterKind: a union issues 整改建议书, the safety department 整改通知书 (domain 4.5).
type LetterKind string

const (
	Advice LetterKind = "advice"
	Order  LetterKind = "order"
)

// Title is the paper's name.
func (k LetterKind) Title() string {
	if k == Order {
		return "事故隐患整改通知书"
	}
	return "事故隐患整改建议书"
}

// Letter asks a unit in writing to rectify a hazard; what was found stands in the hazard.
type Letter struct {
	ID       string
	Matter   matter.ID
	Kind     LetterKind
	No       string // 科一安监〔2024〕17 号
	To       org.UnitID
	Advice   string      // 建议措施
	StopWork bool        // 建议停止作业或撤离
	Until    kernel.Date // 整改期限
	Issued   people.ID
	IssuedOn kernel.Date
	ReplyDue kernel.Date // ten days: the machinery industry's 三联单 (domain 4.5)

	Received  string // 签收人, as he writes his name
	RecvOn    kernel.Date
	Reply     string // 整改意见与措施（回执）
	RepliedOn kernel.Date
	RepliedBy people.ID
	Version   int
}

// LetterHref is the page of a letter.
func LetterHref(l Letter) string { return HazardHref(l.Matter) + "/letters/" + l.ID }

// Late tells whether the answer is overdue on a day.
func (l Letter) Late(today kernel.Date) bool { return l.RepliedOn.IsZero() && today.After(l.ReplyDue) }

// NewLetter is what the issuer writes.
type NewLetter struct {
	Matter   matter.ID
	Kind     LetterKind
	To       org.UnitID // empty: the unit that answers for the hazard
	Advice   string
	StopWork bool
	Until    kernel.Date
}

// LetterChanged says what happened to a letter: issue, receive or reply.
type LetterChanged struct {
	ID     string    `json:"id"`
	Matter matter.ID `json:"matter"`
	Act    string    `json:"act"`
	By     people.ID `json:"by"`
}

func (LetterChanged) EventName() string { return "safety.letter" }

// LetterStore keeps letters. Save refuses a version that somebody has changed meanwhile.
type LetterStore interface {
	Insert(tx db.Tx, l Letter) error
	Load(ctx context.Context, q db.DBTX, org string, id string) (Letter, error)
	Save(tx db.Tx, l Letter) error
	Of(ctx context.Context, q db.DBTX, org string, id matter.ID) ([]Letter, error)
	// Prefix is what a branch set for its numbers, empty where it set none, and the branch's name.
	Prefix(ctx context.Context, q db.DBTX, org string, branch org.UnitID, k LetterKind) (prefix, name string, err error)
	SetPrefix(tx db.Tx, branch org.UnitID, k LetterKind, prefix string) error
}

// Letters is the use cases of letters.
type Letters struct{ LetterParts }

// LetterParts is what Letters is put together from.
type LetterParts struct {
	DB      *db.DB
	Matters *matter.Service
	Hazards HazardStore
	Store   LetterStore
	Roster  Roster
	Bus     *outbox.Bus
}

func NewLetters(p LetterParts) *Letters { return &Letters{p} }

// MayIssue tells why an actor may not issue a letter on a hazard now; nil when he may.
func MayIssue(a authz.Actor, m matter.Matter, k LetterKind) error {
	roles := Roles(a, m)
	switch {
	case !SeenHazards(a).Sees(m):
		return errUnseen
	case k == Advice && !has(roles, matter.Chair):
		return kernel.Err(kernel.Forbidden, "建议书由分工会主席签发。")
	case k == Order && !has(roles, matter.Judge):
		return kernel.Err(kernel.Forbidden, "通知书由安环部门签发。")
	case m.State == matter.Raised:
		return kernel.Err(kernel.Conflict, "还没有定级，定了级再发。")
	case m.State != matter.Judged && m.State != matter.Assigned && m.State != matter.Answered:
		return kernel.Err(kernel.Conflict, "现在是“%s”，不用再发了。", matter.StateName(m.State))
	}
	return nil
}

// answersFor: a contact of the unit that the letter goes to.
func answersFor(a authz.Actor, to org.UnitID) bool {
	s := a.Scope(AnswerHazard)
	return to != "" && s.Reach == authz.Owner && s.ID == string(to)
}

// MayReceive tells why an actor may not sign for a letter or answer it; nil when he may.
func MayReceive(a authz.Actor, l Letter, m matter.Matter) error {
	switch {
	case answersFor(a, l.To) || m.Owner == l.To && has(Roles(a, m), matter.Rectifier):
		return nil
	case !SeenHazards(a).Sees(m):
		return errUnseen
	}
	return kernel.Err(kernel.Forbidden, "由责任单位来答复。")
}

// ReadsLetter: who sees the hazard, and the unit that the letter goes to.
func ReadsLetter(s HazardSight, l Letter, m matter.Matter) bool {
	return s.Sees(m) || s.Scope.Reach == authz.Owner && s.Scope.ID != "" && s.Scope.ID == string(l.To)
}

const (
	adviceMax = 1000
	prefixMax = 20
)

// check is what a letter must say.
func (n NewLetter) check(today kernel.Date) error {
	var p kernel.Problems
	if n.Kind != Advice && n.Kind != Order {
		p.Add("kind", "请选建议书还是通知书。")
	}
	if n.To == "" {
		p.Add("", "先五定交办，定下责任单位，才能发给它。")
	}
	paper(&p, "advice", n.Advice, "请写建议的措施。")
	if n.Until.IsZero() || n.Until.Before(today) {
		p.Add("until", "请选整改期限，不能早于今天。")
	}
	return p.Err()
}

func paper(p *kernel.Problems, field, s, missing string) {
	switch n := utf8.RuneCountInString(strings.TrimSpace(s)); {
	case n == 0:
		p.Add(field, missing)
	case n > adviceMax:
		p.Add(field, "太长了，最多 %d 个字。", adviceMax)
	}
}

// number is the official number, 科一安监〔2024〕17 号: the branch's own prefix, the year in 六角括号, the number of that year.
func number(prefix, branch string, k LetterKind, year, n int) string {
	if prefix == "" {
		prefix = strings.TrimSuffix(branch, "分工会") + "安监"
		if k == Order {
			prefix = strings.TrimSuffix(branch, "分工会") + "安环"
		}
	}
	return fmt.Sprintf("%s〔%d〕%d 号", prefix, year, n)
}
