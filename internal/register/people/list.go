package people

import (
	"context"

	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/platform/vault"
	"xiaojia/internal/register/org"
)

// Row is a person as the actor may see him: where Full is false, only what is of level P0 and P1 is filled.
type Row struct {
	Person
	Full bool
}

// List is one page of a list; Next is the cursor of the page after it, empty at the end.
type List struct {
	Rows []Row
	Next string
}

// pageSize is the longest page.
const pageSize = 200

// List shows the people whom the actor may see, by pinyin. A filter by label reaches no further than SeeDetails, because
// the labels themselves are of level P2.
func (s *Service) List(ctx context.Context, by authz.Actor, f Filter, cursor string, n int) (List, error) {
	after, err := db.ParseCursor(cursor, "ss")
	if err != nil {
		return List{}, err
	}
	c, err := s.chart(ctx, by.Org)
	if err != nil {
		return List{}, err
	}
	perm := SeePeople
	if f.Label != "" {
		perm = SeeDetails
	}
	scope, f, ok := narrow(by.Scope(perm), f, c)
	if !ok {
		return List{}, nil
	}
	n = min(max(n, 1), pageSize)
	rows, err := s.store.List(ctx, s.db, scope, f, s.today(), after, n+1)
	if err != nil {
		return List{}, err
	}
	var out List
	if len(rows) > n {
		rows = rows[:n]
		out.Next = db.Key{rows[n-1].Pinyin, string(rows[n-1].ID)}.Cursor()
	}
	for _, r := range rows {
		out.Rows = append(out.Rows, show(by, r.Person))
	}
	return out, nil
}

// narrow turns the scope over a group or department into one over its branch with a filter, which the indexes fit.
func narrow(s authz.Scope, f Filter, c *org.Chart) (authz.Scope, Filter, bool) {
	if u, ok := c.Unit(f.Department); ok && f.Branch == "" && u.Branch != "" {
		f.Branch = u.Branch
	}
	if s.Reach != authz.Owner {
		return s, f, true
	}
	u, ok := c.Unit(org.UnitID(s.ID))
	if !ok {
		return s, f, false
	}
	field := &f.Department
	if u.Kind == org.Group {
		field = &f.Group
	}
	if *field != "" && *field != u.ID {
		return s, f, false
	}
	*field = u.ID
	if u.Branch == "" {
		return authz.Scope{Org: s.Org, Reach: authz.Org}, f, true
	}
	return authz.Scope{Org: s.Org, Reach: authz.Unit, ID: string(u.Branch)}, f, true
}

// show leaves of a person what the actor may see. Everybody sees himself.
func show(by authz.Actor, p Person) Row {
	self := by.Person != "" && by.Person == string(p.ID)
	if self {
		return Row{p, true}
	}
	if covers(by.Scope(SeeDetails), p) {
		if p.Phone != "" {
			p.Phone = vault.MaskPhone(p.Phone)
		}
		return Row{p, true}
	}
	p.Birth, p.Joined, p.Phone, p.Household, p.Note, p.IDMask, p.Employment = kernel.Date{}, kernel.Date{}, "", "", "", "", ""
	return Row{p, false}
}

// Page is all that the page of one person shows; the parts that the actor may not see are empty.
type Page struct {
	Row
	Mandates  Mandates // past ones too, the newest first
	Labels    []Label
	Reveals   []Reveal // who opened his secrets; he himself and his officers see it
	MayEdit   bool
	MayReveal bool
	HasID     bool
	HasWage   bool
}

// Get is one person; NotFound where the actor may not see him.
func (s *Service) Get(ctx context.Context, by authz.Actor, id ID) (Page, error) {
	r, err := s.store.Person(ctx, s.db.Read, by.Org, id)
	if err != nil {
		return Page{}, err
	}
	self := by.Person != "" && by.Person == string(id)
	if !self && !covers(by.Scope(SeePeople), r.Person) && !covers(by.Scope(SeeDetails), r.Person) {
		return Page{}, Unknown()
	}
	p := Page{Row: show(by, r.Person), MayEdit: covers(by.Scope(EditPeople), r.Person),
		MayReveal: !self && covers(by.Scope(RevealSealed), r.Person), HasID: len(r.IDSealed) > 0, HasWage: len(r.WageSealed) > 0}
	if p.Mandates, err = s.store.MandatesOf(ctx, s.db.Read, by.Org, id); err != nil || !p.Full {
		return p, err
	}
	if p.Labels, err = s.store.Labels(ctx, s.db.Read, by.Org, id); err != nil {
		return p, err
	}
	p.Reveals, err = s.store.Reveals(ctx, s.db.Read, by.Org, id)
	return p, err
}

// ForEdit is what the form of a person starts with: phone and what is sealed stay away, the whole phone too is shown for a
// reason only.
func (s *Service) ForEdit(ctx context.Context, by authz.Actor, id ID) (Entry, error) {
	r, err := s.store.Person(ctx, s.db.Read, by.Org, id)
	if err != nil {
		return Entry{}, err
	}
	switch {
	case covers(by.Scope(EditPeople), r.Person):
		e := Entry{Person: r.Person, Kept: Kept{Wage: len(r.WageSealed) > 0}}
		if r.Phone != "" {
			e.Phone, e.Kept.Phone = "", vault.MaskPhone(r.Phone)
		}
		return e, nil
	case covers(by.Scope(SeePeople), r.Person):
		return Entry{}, notYours()
	}
	return Entry{}, Unknown()
}
