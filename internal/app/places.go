package app

import (
	"slices"

	"xiaojia/internal/engine/duty"
	"xiaojia/internal/engine/record"
	"xiaojia/internal/measure/safety/safetyweb"
	"xiaojia/internal/platform/audit"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/web"
	"xiaojia/internal/register/org"
)

// placeKnown is what the page of a place asks the modules.
func (a *App) placeKnown() safetyweb.PlaceKnown {
	return safetyweb.PlaceKnown{
		Rounds: func(c *web.Ctx, at org.PlaceID) ([]safetyweb.PlaceRound, error) {
			rows, err := a.DutyReads.At(c.R.Context(), c.Actor.Scope(duty.SeeDuties), record.Ref{Kind: record.KindPlace, ID: string(at)})
			out := make([]safetyweb.PlaceRound, len(rows))
			for i, r := range rows {
				out[i] = safetyweb.PlaceRound{Name: r.Name, Period: string(r.Period), Due: r.Due, Done: r.State != duty.Missing, Href: "/rounds/" + string(r.Round)}
			}
			return out, err
		},
		Reps: a.reps,
		History: func(c *web.Ctx, at org.PlaceID) ([]audit.Entry, error) {
			return audit.History(c.R.Context(), a.DB.Read, c.Actor.Org, audit.Subject{Kind: "place", ID: string(at)})
		},
	}
}

// reps names the representatives of a branch today: who may patrol its places.
func (a *App) reps(c *web.Ctx, branch org.UnitID) ([]string, error) {
	held, err := a.Roster.Mandates(c.R.Context(), c.Actor, c.Today())
	var out []string
	for _, m := range held {
		if m.Unit == branch && (m.Office == authz.WorkerRep || m.Office == authz.MemberRep) && !slices.Contains(out, m.Name) {
			out = append(out, m.Name)
		}
	}
	return out, err
}
