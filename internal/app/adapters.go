package app

import (
	"context"
	"slices"

	"xiaojia/catalogue"
	"xiaojia/internal/engine/duty"
	"xiaojia/internal/engine/record"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/platform/i18n"
	"xiaojia/internal/platform/web"
	"xiaojia/internal/register/account"
	"xiaojia/internal/register/org"
	"xiaojia/internal/register/org/orgdb"
	"xiaojia/internal/register/people"
)

// resolver answers whom a round has to reach, from the register.
type resolver struct {
	a *App
	m *Modules
}

func (r resolver) Resolve(ctx context.Context, orgID string, unit org.UnitID, sel catalogue.Selector) ([]duty.Subject, error) {
	chart, err := r.m.Directory.Of(ctx, orgID)
	if err != nil {
		return nil, err
	}
	switch sel.Kind {
	case catalogue.TheBranch:
		return []duty.Subject{{Ref: record.Ref{Kind: record.KindUnit, ID: string(unit)}, Slice: unit}}, nil
	case catalogue.EachGroup:
		return units(chart.Units(org.Group, unit)), nil
	case catalogue.EachSite:
		return units(chart.Units(org.Site, unit)), nil
	case catalogue.EachPlace:
		return places(chart, unit, sel.Values), nil
	}
	return r.persons(ctx, orgID, unit, sel)
}

func (r resolver) persons(ctx context.Context, orgID string, unit org.UnitID, sel catalogue.Selector) ([]duty.Subject, error) {
	kind, labels := record.KindPerson, sel.Values
	switch sel.Kind {
	case catalogue.EveryMember:
		labels = nil
	case catalogue.EachFamily:
		kind = record.KindHousehold
	}
	list, err := r.m.people.InGroups(ctx, r.a.DB.Read, orgID, unit, labels, r.a.DB.Clock.Now().Date())
	out := make([]duty.Subject, len(list))
	for i, p := range list {
		out[i] = duty.Subject{Ref: record.Ref{Kind: kind, ID: string(p.ID)}, Slice: slice(p, unit)}
	}
	return out, err
}

// slice is the union group whose coverage a person counts in, the branch for one without.
func slice(p people.Person, unit org.UnitID) org.UnitID {
	if p.Group != "" {
		return p.Group
	}
	return unit
}

func units(list []org.Unit) []duty.Subject {
	out := make([]duty.Subject, len(list))
	for i, u := range list {
		out[i] = duty.Subject{Ref: record.Ref{Kind: record.KindUnit, ID: string(u.ID)}, Slice: u.ID}
	}
	return out
}

func places(chart *org.Chart, unit org.UnitID, kinds []string) []duty.Subject {
	var out []duty.Subject
	for _, k := range kinds {
		for _, p := range chart.Places(unit, k) {
			out = append(out, duty.Subject{Ref: record.Ref{Kind: record.KindPlace, ID: string(p.ID)}, Slice: unit})
		}
	}
	return out
}

// names answers what people are called, in one query.
func (m *Modules) names(a *App) func(context.Context, string, []people.ID) (map[people.ID]string, error) {
	return func(ctx context.Context, orgID string, ids []people.ID) (map[people.ID]string, error) {
		return m.people.Names(ctx, a.DB.Read, orgID, ids)
	}
}

// named answers what subjects of rounds are called in the reader's language: units and places from memory, people and households
// in one query.
func (a *App) named(c *web.Ctx, refs []record.Ref) (map[record.Ref]string, error) {
	return a.called(c.R.Context(), c.Actor.Org, c.P, refs)
}

func (a *App) called(ctx context.Context, inOrg string, p *i18n.Printer, refs []record.Ref) (map[record.Ref]string, error) {
	chart, err := a.Directory.Of(ctx, inOrg)
	if err != nil {
		return nil, err
	}
	out := map[record.Ref]string{}
	var rest []record.Ref
	var ids []people.ID
	for _, r := range refs {
		switch r.Kind {
		case record.KindUnit:
			out[r] = p.W(chart.Name(org.UnitID(r.ID)))
		case record.KindPlace:
			out[r] = p.W(chart.PlaceName(org.PlaceID(r.ID)))
		default:
			ids = append(ids, people.ID(r.ID))
		}
		if out[r] == "" {
			rest = append(rest, r)
		}
	}
	names, err := a.people.Names(ctx, a.DB.Read, inOrg, ids)
	for _, r := range rest {
		switch n := names[people.ID(r.ID)]; {
		case n == "":
			out[r] = p.T("名册里已经没有")
		case r.Kind == record.KindHousehold:
			out[r] = p.T("%s家", n)
		default:
			out[r] = n
		}
	}
	return out, err
}

// heads counts the people of each unit from the counters that every change of the roster moves.
func (a *App) heads(ctx context.Context, orgID string) (map[org.UnitID]int, error) {
	out := map[org.UnitID]int{}
	for _, name := range []string{people.Counter, people.UnitCounter} {
		n, err := db.Counts(ctx, a.DB.Read, orgID, name, "")
		if err != nil {
			return nil, err
		}
		for id, k := range n {
			out[org.UnitID(id)] += k
		}
	}
	return out, nil
}

// held tells which offices somebody holds for a branch today: in it, or in the company above it.
func (a *App) held(ctx context.Context, orgID string, branch org.UnitID) (map[authz.Office]bool, error) {
	chart, err := a.Directory.Of(ctx, orgID)
	if err != nil {
		return nil, err
	}
	all, err := a.people.MandatesOn(ctx, a.DB.Read, orgID, a.DB.Clock.Now().Date())
	out := map[authz.Office]bool{}
	for _, m := range all {
		if u, _ := chart.Unit(m.Unit); u.Branch == branch || u.Branch == "" {
			out[m.Office] = true
		}
	}
	return out, err
}

// holders answers who holds an office for a unit today. The safety department of a branch is a department below it or one
// of the company; an empty unit is the company.
func (m *Modules) holders(tx db.Tx, office authz.Office, unit org.UnitID) ([]people.ID, error) {
	chart, err := orgdb.Store{}.Chart(tx.Ctx(), tx, tx.Org())
	if err != nil {
		return nil, err
	}
	held, err := m.people.MandatesOn(tx.Ctx(), tx, tx.Org(), tx.Today())
	if err != nil {
		return nil, err
	}
	var out []people.ID
	for _, x := range held {
		if x.Office == office && serves(chart, x.Unit, office, unit) && !slices.Contains(out, x.Person) {
			out = append(out, x.Person)
		}
	}
	return out, nil
}

// unjudged tells that nobody holds 安环部门 for a branch: then its chair grades hazards in its place.
func (m *Modules) unjudged(a *App) func(ctx context.Context, orgID string, branch org.UnitID) (bool, error) {
	return func(ctx context.Context, orgID string, branch org.UnitID) (bool, error) {
		chart, err := m.Directory.Of(ctx, orgID)
		if err != nil {
			return false, err
		}
		held, err := m.people.HeldUnits(ctx, a.DB.Read, orgID, authz.HSE, a.DB.Clock.Now().Date())
		return !slices.ContainsFunc(held, func(at org.UnitID) bool { return serves(chart, at, authz.HSE, branch) }), err
	}
}

// standIns gives a branch's chair what 安环部门 does with hazards, while nobody holds that office there.
func (m *Modules) standIns(a *App) account.StandIns {
	unjudged := m.unjudged(a)
	return func(ctx context.Context, by authz.Actor) ([]authz.Grant, error) {
		var out []authz.Grant
		for _, g := range by.Grants { // a person is the chair of one branch
			if g.Office != authz.Chair {
				continue
			}
			none, err := unjudged(ctx, by.Org, org.UnitID(g.Unit))
			if err != nil {
				return nil, err
			}
			if none {
				out = append(out, authz.Grant{Office: authz.StandIn, Unit: g.Unit, Branch: g.Branch})
			}
		}
		return out, nil
	}
}

func serves(chart *org.Chart, at org.UnitID, office authz.Office, unit org.UnitID) bool {
	u, ok := chart.Unit(at)
	switch {
	case !ok:
		return false
	case unit == "":
		return u.Branch == ""
	case office == authz.HSE:
		return u.Branch == unit || u.Branch == ""
	}
	return at == unit
}
