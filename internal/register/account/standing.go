package account

import (
	"context"

	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/register/people"
)

// Standing says how a person gets in: the name of the account (empty before he has joined), whether it is open, and whether
// the actor may hand him a link by the reach of his right; the mandates that he holds are asked when the link is made.
func (s *Service) Standing(ctx context.Context, by authz.Actor, p people.ID) (login string, open, mayInvite bool, err error) {
	h, err := s.store.Holder(ctx, s.db.Read, by.Org, p)
	if err != nil {
		return "", false, false, err
	}
	mayInvite = h.Left.IsZero() && reaches(by, h)
	acc, err := s.store.OfPerson(ctx, s.db.Read, by.Org, p)
	if kernel.KindOf(err) == kernel.NotFound {
		return "", false, mayInvite, nil
	}
	return acc.Login, acc.Closed.IsZero(), mayInvite, err
}

// Joined tells which of the persons of one page have an open account.
func (s *Service) Joined(ctx context.Context, by authz.Actor, ids []people.ID) (map[people.ID]bool, error) {
	if !by.May(InvitePeople) || len(ids) == 0 {
		return map[people.ID]bool{}, nil
	}
	return s.store.Joined(ctx, s.db.Read, by.Org, ids)
}
