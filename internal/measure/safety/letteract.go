package safety

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"xiaojia/internal/engine/matter"
	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/audit"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/platform/notify"
	"xiaojia/internal/register/org"
	"xiaojia/internal/register/people"
)

// Issue numbers a letter and sends it to the unit; the answer is due by the clock letter.answer. While one of a kind is
// unanswered there is no second.
func (s *Letters) Issue(ctx context.Context, by authz.Actor, n NewLetter) (out Letter, err error) {
	err = s.DB.InTx(ctx, by, func(tx db.Tx) (err error) {
		out, err = s.issue(tx, n)
		return err
	})
	return out, err
}

func (s *Letters) issue(tx db.Tx, n NewLetter) (Letter, error) {
	hz, err := s.Hazards.Load(tx.Ctx(), tx, tx.Org(), n.Matter)
	if err != nil {
		return Letter{}, err
	}
	if err := MayIssue(tx.By(), hz.Matter, n.Kind); err != nil {
		return Letter{}, err
	}
	if n.To == "" {
		n.To = hz.Owner
	}
	if err := n.check(tx.Today()); err != nil {
		return Letter{}, err
	}
	if err := s.fit(tx, hz, n); err != nil {
		return Letter{}, err
	}
	no, err := s.number(tx, hz.Unit, n.Kind)
	if err != nil {
		return Letter{}, err
	}
	due, _, err := s.Matters.ClockOf(tx, "letter.answer", tx.Now())
	if err != nil {
		return Letter{}, err
	}
	l := Letter{ID: kernel.NewID(tx.Now()), Matter: n.Matter, Kind: n.Kind, No: no, To: n.To, Advice: strings.TrimSpace(n.Advice),
		StopWork: n.StopWork, Until: n.Until, Issued: people.ID(tx.By().Person), IssuedOn: tx.Today(), ReplyDue: due.Date(), Version: 1}
	if err := s.Store.Insert(tx, l); err != nil {
		return l, err
	}
	return l, s.wrote(tx, l, "issue", "发出《%s》%s", l.Kind.Title(), l.No)
}

// fit: the unit is there, and none of the kind waits for its answer.
func (s *Letters) fit(tx db.Tx, hz Hazard, n NewLetter) error {
	if err := s.Roster.Fit(tx, hz.Unit, n.To, "", ""); err != nil {
		return kernel.Wrong("to", "请选还在的受文单位。")
	}
	have, err := s.Store.Of(tx.Ctx(), tx, tx.Org(), n.Matter)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(have, func(l Letter) bool { return l.Kind == n.Kind && l.RepliedOn.IsZero() })
	if i >= 0 {
		return kernel.Err(kernel.Conflict, "已经发过 %s，还没有回复，不用再发。", have[i].No)
	}
	return nil
}

func (s *Letters) number(tx db.Tx, branch org.UnitID, k LetterKind) (string, error) {
	prefix, name, err := s.Store.Prefix(tx.Ctx(), tx, tx.Org(), branch, k)
	if err != nil {
		return "", err
	}
	year := tx.Today().Year()
	n, err := db.Next(tx, fmt.Sprintf("letter/%s/%s/%d", k, branch, year))
	return number(prefix, name, k, year, n), err
}

// wrote leaves the line in the hazard's history and tells the others.
func (s *Letters) wrote(tx db.Tx, l Letter, act, text string, args ...string) error {
	if err := audit.Write(tx, "letter."+act, matter.Subject(l.Matter), text, args...); err != nil {
		return err
	}
	return s.Bus.Emit(tx, LetterChanged{ID: l.ID, Matter: l.Matter, Act: act, By: people.ID(tx.By().Person)})
}

// Receive signs for a letter in the name of its unit; an empty name is the signer's own.
func (s *Letters) Receive(ctx context.Context, by authz.Actor, id, name string) error {
	return s.change(ctx, by, id, func(tx db.Tx, l *Letter) error {
		if !l.RecvOn.IsZero() {
			return kernel.Err(kernel.Conflict, "%s 已经签收过了。", l.No)
		}
		if err := l.sign(by, name, tx.Today()); err != nil {
			return err
		}
		return s.wrote(tx, *l, "receive", "签收 %s", l.No)
	})
}

// sign notes who took the letter, as he writes his name.
func (l *Letter) sign(by authz.Actor, name string, on kernel.Date) error {
	if name = strings.TrimSpace(name); name == "" {
		name = by.Name
	}
	if utf8.RuneCountInString(name) > prefixMax {
		return kernel.Wrong("received", "名字最多 %d 个字。", prefixMax)
	}
	l.Received, l.RecvOn = name, on
	return nil
}

// Reply sends the answer slip back; who answers has received, under the name of received or his own.
func (s *Letters) Reply(ctx context.Context, by authz.Actor, id, received, text string) error {
	return s.change(ctx, by, id, func(tx db.Tx, l *Letter) error {
		if !l.RepliedOn.IsZero() {
			return kernel.Err(kernel.Conflict, "%s 已经回复过了。", l.No)
		}
		var p kernel.Problems
		paper(&p, "reply", text, "请写整改意见与措施。")
		if err := p.Err(); err != nil {
			return err
		}
		if l.RecvOn.IsZero() {
			if err := l.sign(by, received, tx.Today()); err != nil {
				return err
			}
		}
		if err := notify.Settle(tx, letterAwaits(l.ID)); err != nil {
			return err
		}
		l.Reply, l.RepliedOn, l.RepliedBy = strings.TrimSpace(text), tx.Today(), people.ID(by.Person)
		return s.wrote(tx, *l, "reply", "答复 %s", l.No)
	})
}

func (s *Letters) change(ctx context.Context, by authz.Actor, id string, do func(db.Tx, *Letter) error) error {
	return s.DB.InTx(ctx, by, func(tx db.Tx) error {
		l, err := s.Store.Load(tx.Ctx(), tx, tx.Org(), id)
		if err != nil {
			return err
		}
		hz, err := s.Hazards.Load(tx.Ctx(), tx, tx.Org(), l.Matter)
		if err != nil {
			return err
		}
		if err := MayReceive(by, l, hz.Matter); err != nil {
			return err
		}
		if err := do(tx, &l); err != nil {
			return err
		}
		l.Version++
		return s.Store.Save(tx, l)
	})
}

// SetPrefix sets what a branch's letters of a kind are numbered with, such as 科一安监; empty goes back to the branch's name.
func (s *Letters) SetPrefix(ctx context.Context, by authz.Actor, branch org.UnitID, k LetterKind, prefix string) error {
	prefix = strings.TrimSpace(prefix)
	if utf8.RuneCountInString(prefix) > prefixMax || strings.ContainsAny(prefix, "〔〕[]\r\n") {
		return kernel.Wrong("prefix", "文号前缀最多 %d 个字，不带年份和括号。", prefixMax)
	}
	return s.DB.InTx(ctx, by, func(tx db.Tx) error {
		scope := by.Scope(IssueLetter)
		if scope.Reach != authz.Org && scope != (authz.Scope{Org: by.Org, Reach: authz.Unit, ID: string(branch)}) {
			return kernel.Err(kernel.Forbidden, "文号由分工会主席或安环部门来定，不归你管。")
		}
		if err := s.Store.SetPrefix(tx, branch, k, prefix); err != nil {
			return err
		}
		return audit.Write(tx, "letter.prefix", audit.Subject{Kind: "unit", ID: string(branch)}, "文号前缀改为“%s”", prefix)
	})
}
