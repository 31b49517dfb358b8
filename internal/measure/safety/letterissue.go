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
	"xiaojia/internal/platform/search"
	"xiaojia/internal/register/org"
	"xiaojia/internal/register/people"
)

// Draft writes a letter that only those who may issue it see. What is not said comes from 五定; there is one draft a kind, and
// none while an answer is still to come.
func (s *Letters) Draft(ctx context.Context, by authz.Actor, id matter.ID, k LetterKind, n Wanted) (out Letter, err error) {
	err = s.DB.InTx(ctx, by, func(tx db.Tx) (err error) {
		out, err = s.draft(tx, id, k, n)
		return err
	})
	return out, err
}

func (s *Letters) draft(tx db.Tx, id matter.ID, k LetterKind, n Wanted) (Letter, error) {
	hz, have, err := s.about(tx, id, k)
	if err != nil {
		return Letter{}, err
	}
	if i := slices.IndexFunc(have, func(l Letter) bool { return l.Kind == k && l.Draft() }); i >= 0 {
		return have[i], nil
	}
	if n.To == "" {
		n.To = hz.Owner
	}
	if n.To == "" {
		return Letter{}, kernel.Err(kernel.Conflict, "先五定交办，定下责任单位，才能发给它。")
	}
	if n.Advice == "" {
		n.Advice = hz.Measure
	}
	if n.Basis == "" {
		n.Basis = hz.Basis
	}
	if n.Until.IsZero() && n.To == hz.Owner {
		n.Until = hz.FixBy
	}
	l := Letter{ID: kernel.NewID(tx.Now()), Matter: id, Unit: hz.Unit, Kind: k, Wanted: n.trimmed(), Issued: people.ID(tx.By().Person), Version: 1}
	return l, s.Store.Insert(tx, l)
}

// about is the hazard of a letter and the letters that it has, for who may issue one. It keeps two who write at once apart.
func (s *Letters) about(tx db.Tx, id matter.ID, k LetterKind) (Hazard, []Letter, error) {
	if err := s.Matters.Lock(tx, id); err != nil {
		return Hazard{}, nil, err
	}
	hz, err := s.Hazards.Load(tx.Ctx(), tx, tx.Org(), id)
	if err != nil {
		return hz, nil, err
	}
	if err := MayIssue(tx.By(), hz.Matter, k); err != nil {
		return hz, nil, err
	}
	have, err := s.Store.Of(tx.Ctx(), tx, tx.Org(), id)
	if err != nil {
		return hz, nil, err
	}
	if i := slices.IndexFunc(have, func(l Letter) bool { return l.Kind == k && l.Waits() }); i >= 0 {
		return hz, nil, kernel.Err(kernel.Conflict, "已经发过 %s，还没有回复，不用再发。", have[i].No)
	}
	return hz, have, nil
}

// Redraft changes a draft.
func (s *Letters) Redraft(ctx context.Context, by authz.Actor, id string, version int, n Wanted) error {
	return s.drafted(ctx, by, id, version, func(tx db.Tx, hz Hazard, l *Letter) error {
		var p kernel.Problems
		if n.fit(&p); len(p) > 0 {
			return p.Err()
		}
		to := l.To
		l.Wanted = n.trimmed()
		l.To = to
		return s.save(tx, l)
	})
}

// Issue numbers a draft and sends it to the unit; the answer is due by the clock letter.answer.
func (s *Letters) Issue(ctx context.Context, by authz.Actor, id string, version int) (out Letter, err error) {
	err = s.drafted(ctx, by, id, version, func(tx db.Tx, hz Hazard, l *Letter) error {
		if err := l.check(hz, tx.Today()); err != nil {
			return err
		}
		if err := s.Roster.Fit(tx, hz.Unit, l.To, "", ""); err != nil {
			return kernel.Wrong("", "受文单位已经停用，请重新交办。")
		}
		due, _, err := s.Matters.ClockOf(tx, "letter.answer", tx.Now())
		if err != nil {
			return err
		}
		if l.No, err = s.number(tx, hz.Unit, l.Kind); err != nil {
			return err
		}
		l.Issued, l.IssuedOn, l.ReplyDue = people.ID(tx.By().Person), tx.Today(), due.Date()
		if err := s.save(tx, l); err != nil {
			return err
		}
		if err := search.Put(tx, search.Doc{Kind: KindLetter, ID: l.ID, Unit: string(hz.Unit), Owner: string(l.To), On: l.IssuedOn, Title: l.Kind.Title() + " " + l.No, Detail: l.IssuedOn.String(),
			Href: LetterHref(*l), Text: []string{hz.Title, l.Advice}}); err != nil {
			return err
		}
		out = *l
		return s.wrote(tx, *l, "issue", "发出《%s》%s", l.Kind.Title(), l.No)
	})
	return out, err
}

// Drop throws a draft away.
func (s *Letters) Drop(ctx context.Context, by authz.Actor, id string) error {
	return s.DB.InTx(ctx, by, func(tx db.Tx) error {
		l, hz, err := s.load(tx, id)
		if err != nil {
			return err
		}
		if err := mayWrite(tx.By(), hz.Matter, l.Kind); err != nil {
			return err
		}
		return s.Store.Drop(tx, l.ID)
	})
}

func (s *Letters) load(tx db.Tx, id string) (Letter, Hazard, error) {
	l, err := s.Store.Load(tx.Ctx(), tx, tx.Org(), id)
	if err != nil {
		return l, Hazard{}, err
	}
	hz, err := s.Hazards.Load(tx.Ctx(), tx, tx.Org(), l.Matter)
	return l, hz, err
}

// drafted is a draft in the hands of who may issue it.
func (s *Letters) drafted(ctx context.Context, by authz.Actor, id string, version int, do func(db.Tx, Hazard, *Letter) error) error {
	return s.DB.InTx(ctx, by, func(tx db.Tx) error {
		l, err := s.Store.Load(tx.Ctx(), tx, tx.Org(), id)
		if err != nil {
			return err
		}
		hz, _, err := s.about(tx, l.Matter, l.Kind)
		if err != nil {
			return err
		}
		switch {
		case !l.Draft():
			return kernel.Err(kernel.Conflict, "%s 已经发出，不能再改；发错了可以作废。", l.No)
		case version != l.Version:
			return kernel.Err(kernel.Conflict, "别人刚动过这份文书。请看过再办。")
		}
		return do(tx, hz, &l)
	})
}

// Void withdraws what was issued; the number stays.
func (s *Letters) Void(ctx context.Context, by authz.Actor, id, why string) error {
	return s.DB.InTx(ctx, by, func(tx db.Tx) error {
		l, hz, err := s.load(tx, id)
		if err != nil {
			return err
		}
		if err := MayVoid(tx.By(), l, hz.Matter); err != nil {
			return err
		}
		why = strings.TrimSpace(why)
		if n := utf8.RuneCountInString(why); n == 0 || n > basisMax {
			return kernel.Wrong("why", "请写为什么作废，最多 %d 个字。", basisMax)
		}
		if err := notify.Settle(tx, letterAwaits(l.ID)); err != nil {
			return err
		}
		l.VoidOn, l.VoidWhy, l.VoidBy = tx.Today(), why, people.ID(tx.By().Person)
		if err := s.save(tx, &l); err != nil {
			return err
		}
		return s.wrote(tx, l, "void", "作废 %s：%s", l.No, why)
	})
}

func (s *Letters) save(tx db.Tx, l *Letter) error {
	l.Version++
	return s.Store.Save(tx, *l)
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

// PrefixOf is what a branch's letters of a kind are numbered with.
func (s *Letters) PrefixOf(ctx context.Context, inOrg string, branch org.UnitID, k LetterKind) (string, error) {
	prefix, name, err := s.Store.Prefix(ctx, s.DB.Read, inOrg, branch, k)
	return prefixOf(prefix, name, k), err
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
		if _, _, err := s.Store.Prefix(tx.Ctx(), tx, tx.Org(), branch, k); err != nil {
			return err
		}
		if err := s.Store.SetPrefix(tx, branch, k, prefix); err != nil {
			return err
		}
		return audit.Write(tx, "letter.prefix", audit.Subject{Kind: "unit", ID: string(branch)}, "文号前缀改为“%s”", prefix)
	})
}

// wrote leaves the line in the hazard's history and tells the others.
func (s *Letters) wrote(tx db.Tx, l Letter, act, text string, args ...string) error {
	if err := audit.Write(tx, "letter."+act, matter.Subject(l.Matter), text, args...); err != nil {
		return err
	}
	return s.Bus.Emit(tx, LetterChanged{ID: l.ID, Matter: l.Matter, Act: act, By: people.ID(tx.By().Person)})
}
