package app

import (
	"context"

	"xiaojia/internal/engine/duty/dutyapi"
	"xiaojia/internal/engine/matter"
	"xiaojia/internal/measure/safety"
	"xiaojia/internal/measure/safety/safetyapi"
	"xiaojia/internal/platform/api"
	"xiaojia/internal/platform/web"
	"xiaojia/internal/register/people/peopleapi"
)

// API is the operations for programs, module by module.
func (a *App) API(limit *web.Limiter) *api.API {
	out := api.New(api.Config{Version: "1", Clock: a.DB.Clock, Book: a.Book, Log: a.Log, Bearer: a.bearer, Limiter: limit, Meter: &a.meter, Rules: a.Set.Rules()})
	safetyapi.Add(out, safetyapi.Parts{Hazards: a.Hazards, Reads: a.HazardReads, Chart: a.Directory.Of, Find: found[matter.ID](a, "hazard", safety.SeeHazards), Photos: a.Photos})
	dutyapi.Add(out, dutyapi.Parts{Reads: a.DutyReads, Chart: a.Directory.Of, Names: a.called})
	peopleapi.Add(out, peopleapi.Parts{People: a.Roster, Chart: a.Directory.Of})
	return out
}

func (a *App) bearer(ctx context.Context, key string) (api.Key, error) {
	actor, scopes, hash, err := a.Accounts.Bearer(ctx, key)
	k := api.Key{Actor: actor, Hash: hash, Scopes: make([]string, len(scopes))}
	for i, s := range scopes {
		k.Scopes[i] = string(s)
	}
	return k, err
}
