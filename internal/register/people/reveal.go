package people

import (
	"context"
	"fmt"
	"strings"
	"unicode/utf8"

	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/audit"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/platform/notify"
	"xiaojia/internal/platform/vault"
)

// whyLimit keeps a reason to one line; shorter than whyLeast is none.
const (
	whyLeast = 4
	whyLimit = 100
)

// Reveal opens a secret of somebody for a reason. It is noted, the person is told, and only then the plain value comes back:
// a phone as written, an ID number, a wage in fen.
func (s *Service) Reveal(ctx context.Context, by authz.Actor, id ID, f Secret, why string) (plain string, err error) {
	why = strings.TrimSpace(why)
	name, ok := map[Secret]string{SecretID: "身份证号", SecretWage: "工资", SecretPhone: "电话"}[f]
	switch n := utf8.RuneCountInString(why); {
	case !ok:
		return "", kernel.Wrong("field", "请选要看哪一项。")
	case n < whyLeast:
		return "", kernel.Wrong("why", "请写明为什么要看，至少 %d 个字，本人会看到。", whyLeast)
	case n > whyLimit:
		return "", kernel.Wrong("why", "最多 %d 个字。", whyLimit)
	}
	var r Record
	err = s.db.InTx(ctx, by, func(tx db.Tx) error {
		if r, err = s.store.Person(tx.Ctx(), tx, tx.Org(), id); err != nil {
			return err
		}
		if !covers(by.Scope(RevealSealed), r.Person) {
			if !covers(by.Scope(SeePeople), r.Person) {
				return Unknown()
			}
			return kernel.Err(kernel.Forbidden, "只有主席能看，看一次记一次。")
		}
		no, err := audit.NewID(tx)
		if err != nil {
			return err
		}
		return s.note(tx, Reveal{ID: no, Person: id, Field: f, By: ID(by.Person), Why: why, At: tx.Now()}, name)
	})
	if err != nil {
		return "", err
	}
	return s.open(by.Org, r, f)
}

func (s *Service) note(tx db.Tx, r Reveal, name string) error {
	if err := s.store.AddReveal(tx, r); err != nil {
		return err
	}
	err := notify.Send(tx, notify.Notice{Person: string(r.Person), Once: "reveal." + r.ID, Text: "%s 看了你的%s，原因：%s",
		Args: []any{tx.By().Name, name, r.Why}, Href: "/people/" + string(r.Person)})
	if err != nil {
		return err
	}
	return audit.Write(tx, "person.reveal", subject(r.Person), "看了%s", name)
}

func (s *Service) open(orgID string, r Record, f Secret) (string, error) {
	kind, sealed := kindOfID, r.IDSealed
	switch f {
	case SecretPhone:
		return r.Phone, nil
	case SecretWage:
		kind, sealed = kindOfWage, r.WageSealed
	}
	if len(sealed) == 0 {
		return "", nil
	}
	plain, err := s.ring.Open(vault.Context{Org: orgID, Kind: kind, ID: string(r.ID)}, string(sealed))
	if err != nil {
		return "", fmt.Errorf("reveal %s of %s: %w", f, r.ID, err)
	}
	return string(plain), nil
}
