// Package dutyapi is duties and their rounds for programs, with coverage as the pages show it.
package dutyapi

import (
	"cmp"
	"context"
	"net/http"
	"slices"

	"xiaojia/internal/engine/duty"
	"xiaojia/internal/engine/record"
	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/api"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/platform/i18n"
	"xiaojia/internal/register/org"
)

// Parts is what the operations ask.
type Parts struct {
	Reads duty.Reads
	Chart func(ctx context.Context, org string) (*org.Chart, error)
	Names func(ctx context.Context, inOrg string, p *i18n.Printer, refs []record.Ref) (map[record.Ref]string, error)
}

type duties struct{ Parts }

const read = "duties:read"

// Add puts the operations into the table.
func Add(a *api.API, p Parts) {
	d := duties{p}
	op := func(path, id string, name kernel.Words) api.Op {
		return api.Op{Method: http.MethodGet, Path: path, Perm: duty.SeeDuties, Scope: read, ID: id, Name: name}
	}
	api.Add(a, op("/duties", "listDuties", kernel.Words{Zh: "常态化机制", En: "List standing duties"}), d.list)
	api.Add(a, op("/rounds", "listRounds", kernel.Words{Zh: "一年的轮次", En: "List the rounds of a year"}), d.rounds)
	api.Add(a, op("/rounds/{id}", "getRound", kernel.Words{Zh: "一轮，带覆盖", En: "Get a round with its coverage"}), d.round)
	api.Add(a, op("/rounds/{id}/targets", "listTargets", kernel.Words{Zh: "一轮要做到的人和地方", En: "List whom a round must reach"}), d.targets)
}

type unitIn struct {
	Unit string `query:"unit" doc:"分工会，看得到几个时用 · branch, for who sees several"`
}

// shown is the branch that was asked for, within what the actor sees.
func (d duties) shown(ctx context.Context, c api.Call, unit string) (org.UnitID, authz.Scope, error) {
	chart, err := d.Chart(ctx, c.Actor.Org)
	if err != nil {
		return "", authz.Scope{}, err
	}
	s := c.Actor.Scope(duty.SeeDuties)
	u, err := chart.Shown(s, unit)
	return u, s, err
}

type listIn struct {
	api.Paged
	unitIn
	Ended bool `query:"ended" doc:"也要已停用的 · those that have ended too"`
}

// list pages a branch's duties in the order of the catalogue; there are some dozens of them.
func (d duties) list(ctx context.Context, c api.Call, in *listIn) (*api.List[Duty], error) {
	unit, s, err := d.shown(ctx, c, in.Unit)
	if err != nil {
		return nil, err
	}
	all, err := d.Reads.Duties(ctx, s, unit)
	if err != nil {
		return nil, err
	}
	if !in.Ended {
		all = slices.DeleteFunc(all, func(x duty.Duty) bool { return !x.Retired.IsZero() })
	}
	page, next, err := cut(all, in.Paged, func(x duty.Duty) string { return string(x.ID) })
	out := make([]Duty, len(page))
	for i, x := range page {
		out[i] = dutyOf(c, x)
	}
	return api.NewList(out, next), err
}

// cut is a page of a list that is small and whole in memory; the cursor names its last line.
func cut[T any](all []T, in api.Paged, id func(T) string) (page []T, next string, err error) {
	after, err := db.ParseCursor(in.Cursor, "s")
	if err != nil {
		return nil, "", err
	}
	if len(after) == 1 {
		at := slices.IndexFunc(all, func(x T) bool { return id(x) == after[0] })
		all = all[at+1:] // a line that has gone since begins the list anew
	}
	if len(all) <= in.Limit {
		return all, "", nil
	}
	return all[:in.Limit], db.Key{id(all[in.Limit-1])}.Cursor(), nil
}

type roundsIn struct {
	api.Paged
	unitIn
	Year    int    `query:"year" minimum:"2000" maximum:"2100" doc:"不填是今年 · empty: this year"`
	Duty    string `query:"duty" maxLength:"64" doc:"只要这一项机制的 · of one duty"`
	Missing bool   `query:"missing" doc:"只要还差人的 · with somebody missing"`
}

func (d duties) rounds(ctx context.Context, c api.Call, in *roundsIn) (*api.List[Round], error) {
	unit, s, err := d.shown(ctx, c, in.Unit)
	if err != nil {
		return nil, err
	}
	year := cmp.Or(in.Year, c.Today().Year())
	all, err := d.Reads.Year(ctx, s, unit, year)
	if err != nil {
		return nil, err
	}
	all = slices.DeleteFunc(slices.Clone(all), func(r duty.RoundRow) bool {
		return r.Due.Year() != year || in.Duty != "" && string(r.Duty) != in.Duty || in.Missing && r.Cover.Missing() == 0
	})
	slices.SortFunc(all, func(a, b duty.RoundRow) int {
		return cmp.Or(cmp.Compare(a.Due.String(), b.Due.String()), cmp.Compare(a.ID, b.ID))
	})
	page, next, err := cut(all, in.Paged, func(r duty.RoundRow) string { return string(r.ID) })
	out := make([]Round, len(page))
	for i, r := range page {
		out[i] = roundOf(c, r)
	}
	return api.NewList(out, next), err
}

type idIn struct {
	ID string `path:"id" maxLength:"64"`
}

func (d duties) round(ctx context.Context, c api.Call, in *idIn) (*api.One[Whole], error) {
	s := c.Actor.Scope(duty.SeeDuties)
	v, err := d.Reads.Round(ctx, s, duty.RoundID(in.ID))
	if err != nil {
		return nil, err
	}
	chart, err := d.Chart(ctx, c.Actor.Org)
	if err != nil {
		return nil, err
	}
	w := Whole{Round: roundOf(c, v.Row()), What: c.P.W(v.Of.What), Why: v.Why.Say(c.P), ByUnit: []Slice{}}
	if v.Slices > 1 {
		slices, err := d.Reads.Slices(ctx, s, v.ID)
		if err != nil {
			return nil, err
		}
		w.ByUnit = sliced(c, chart, slices)
	}
	return &api.One[Whole]{Body: w}, nil
}

type targetsIn struct {
	api.Paged
	idIn
	State string `query:"state" enum:"open,done,excused" doc:"还差的、已到的、免的；不填是全部 · those missing, done, excused; empty: all"`
}

func (d duties) targets(ctx context.Context, c api.Call, in *targetsIn) (*api.List[Target], error) {
	s := c.Actor.Scope(duty.SeeDuties)
	v, err := d.Reads.Round(ctx, s, duty.RoundID(in.ID))
	if err != nil {
		return nil, err
	}
	names := v.Of.Names(c.Actor)
	if names.None() {
		return nil, kernel.Err(kernel.Forbidden, "这一轮的名字只给办这件事的人看")
	}
	f := duty.TargetFilter{Round: v.ID, State: duty.TargetState(in.State), Slices: names.Own, Limit: in.Limit}
	if f.After, err = db.ParseCursor(in.Cursor, "ss"); err != nil {
		return nil, err
	}
	rows, err := d.Reads.Targets(ctx, s, f)
	if err != nil {
		return nil, err
	}
	refs := make([]record.Ref, len(rows))
	for i, t := range rows {
		refs[i] = t.Subject
	}
	called, err := d.Names(ctx, c.Actor.Org, c.P, refs)
	if err != nil {
		return nil, err
	}
	out := make([]Target, len(rows))
	for i, t := range rows {
		out[i] = targetOf(t, called[t.Subject])
	}
	next := ""
	if len(rows) == f.Limit && len(rows) > 0 {
		next = rows[len(rows)-1].Key(f).Cursor()
	}
	return api.NewList(out, next), nil
}
