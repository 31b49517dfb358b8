package app

import (
	"context"

	"xiaojia/internal/measure/safety"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/register/account/accountweb"
	"xiaojia/internal/register/org"
)

// under is how far a branch is under way: its start page asks it until all is done.
func (a *App) under(ctx context.Context, orgID string, branch org.UnitID) (accountweb.Under, error) {
	whole := authz.Scope{Org: orgID, Reach: authz.Org}
	duties, err := a.DutyReads.Duties(ctx, whole, branch)
	if err != nil {
		return accountweb.Under{}, err
	}
	patrols, _, err := a.PatrolReads.Patrols(ctx, safety.PatrolSight{Scope: whole, SignedOnly: true}, safety.PatrolFilter{Unit: branch}, nil)
	if err != nil {
		return accountweb.Under{}, err
	}
	held, err := a.held(ctx, orgID, branch)
	return accountweb.Under{Adopted: len(duties) > 0, Patrolled: len(patrols) > 0, Judged: held[authz.HSE]}, err
}
