package record

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/audit"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/register/people"
)

// Sign stores a signature at the instant of the transaction; the same person cannot sign one record twice.
func (s *Service) Sign(tx db.Tx, g Signature) error {
	if err := g.check(); err != nil {
		return err
	}
	g.At, g.Denied = tx.Now(), 0
	err := s.store.Sign(tx, g)
	if db.IsDuplicate(err) {
		return errors.Join(kernel.Err(kernel.Conflict, "这个人已经签过名了"), err)
	}
	return err
}

// Signed lists a record's signatures in the caller's transaction, in the order of signing.
func (s *Service) Signed(tx db.Tx, owner Ref) ([]Signature, error) { return s.store.Signed(tx, owner) }

// Drop removes all signatures of a record that was edited, and tells how many there were, so that the page can say it.
func (s *Service) Drop(tx db.Tx, owner Ref) (int, error) { return s.store.Drop(tx, owner) }

// SignatureDenied is told when a person says 不是我签的; the record's own module decides what follows.
type SignatureDenied struct {
	Owner  Ref
	Person people.ID
}

func (SignatureDenied) EventName() string { return "record.signature_denied" }

// Deny is 不是我签的: only the person himself, within two days.
func (s *Service) Deny(ctx context.Context, a authz.Actor, owner Ref) error {
	return s.db.InTx(ctx, a, func(tx db.Tx) error {
		all, err := s.store.Signed(tx, owner)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(all, func(g Signature) bool { return a.Person != "" && string(g.Person) == a.Person })
		if i < 0 {
			return kernel.Err(kernel.NotFound, "这里没有您的签名")
		}
		g, err := all[i].Deny(tx.Now())
		if err != nil {
			return err
		}
		if err := s.store.Denied(tx, g); err != nil {
			return err
		}
		if err := audit.Write(tx, "signature.deny", audit.Subject{Kind: owner.Kind, ID: owner.ID}, "说这不是自己签的"); err != nil {
			return err
		}
		if err := s.bus.Emit(tx, SignatureDenied{Owner: owner, Person: g.Person}); err != nil {
			return fmt.Errorf("deny signature of %s %s: %w", owner.Kind, owner.ID, err)
		}
		return nil
	})
}
