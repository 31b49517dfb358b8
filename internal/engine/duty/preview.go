package duty

import (
	"context"

	"xiaojia/internal/platform/authz"
)

// Preview checks an officer's own duty as AddOwn will, and shows the first n rounds that it would have.
func (s *Service) Preview(ctx context.Context, a authz.Actor, o OwnDuty, n int) ([]Round, error) {
	if err := may(a, ManageDuties, o.Unit); err != nil {
		return nil, err
	}
	if err := s.checkOwn(o); err != nil {
		return nil, err
	}
	return s.Next(ctx, a.Org, o.duty("", s.db.Clock.Now().Date()), n)
}

// previewYears is how far Next looks: a yearly duty needs n of them.
const previewYears = 6

// Next is the first n rounds of a duty that are due today or later, with the derivation of their days.
func (s *Service) Next(ctx context.Context, orgID string, d Duty, n int) ([]Round, error) {
	w, err := s.workdays(ctx, orgID)
	if err != nil {
		return nil, err
	}
	today := s.db.Clock.Now().Date()
	var out []Round
	for y := today.Year() - 1; y < today.Year()+previewYears && len(out) < n; y++ {
		for _, r := range d.Plan(y, w) {
			if !r.Due.Before(today) && len(out) < n {
				out = append(out, r)
			}
		}
	}
	return out, nil
}

// OpenNow is Open for one company union at once, so that an officer who has just added a duty sees its rounds.
func (s *Service) OpenNow(ctx context.Context, orgID string) error { return s.openOrg(ctx, orgID) }
