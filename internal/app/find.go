package app

import (
	"cmp"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"xiaojia/internal/engine/duty"
	"xiaojia/internal/engine/duty/dutyweb"
	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/i18n"
	"xiaojia/internal/platform/search"
	"xiaojia/internal/platform/web"
	"xiaojia/internal/register/org"
	"xiaojia/internal/register/people"
)

// hereMost is how many of a kind the search shows of what is in memory.
const hereMost = 8

// findHere is what a search finds outside of the index: places, units, standing duties and their rounds, which are few and in memory
// or one query.
// Each kind shows what its own list shows to the reader.
func (a *App) findHere(c *web.Ctx, query string) ([]search.Hit, error) {
	chart, err := a.Directory.Of(c.R.Context(), c.Actor.Org)
	if err != nil {
		return nil, err
	}
	words := search.Words(query)
	out := append(placesMeant(c, chart, words), unitsMeant(c, chart, words)...)
	if !c.Actor.May(duty.SeeDuties) {
		return out, nil
	}
	s := c.Actor.Scope(duty.SeeDuties)
	unit, err := chart.Shown(s, c.Branch())
	if kernel.KindOf(err) == kernel.NotFound {
		return out, nil
	}
	if err != nil {
		return nil, err
	}
	duties, err := a.DutyReads.Duties(c.R.Context(), s, unit)
	if err != nil || len(words) == 0 {
		return out, err
	}
	n := 0
	for _, d := range duties {
		if n < hereMost && d.Retired.IsZero() && search.Meant(words, []string{d.Name.Zh}, []string{d.Name.En, d.Mechanism}) {
			n++
			out = append(out, search.Hit{Kind: "duty", Title: c.P.W(d.Name), Detail: c.P.T("常态化机制，看它的各轮"), Href: "/duties/" + string(d.ID)})
		}
	}
	rounds, err := a.roundsMeant(c, s, unit, words)
	return append(out, rounds...), err
}

// roundsMeant finds rounds of the branch by their duty and their period, the nearest to today first: of last year and this one,
// of the next where it is planned, and of the years that are named.
func (a *App) roundsMeant(c *web.Ctx, s authz.Scope, unit org.UnitID, words []string) ([]search.Hit, error) {
	today := c.Today()
	var all []duty.RoundRow
	for _, y := range yearsMeant(today.Year(), words) {
		rows, err := a.DutyReads.Year(c.R.Context(), s, unit, y)
		if err != nil {
			return nil, err
		}
		all = append(all, rows...)
	}
	names, periods := map[string]search.WordSet{}, map[duty.Period]search.WordSet{} // some dozens of each, for hundreds of rounds
	var found []duty.RoundRow
	for _, r := range all {
		of, known := names[string(r.Duty)]
		if !known {
			of = search.WordsOf([]string{r.Name.Zh}, []string{r.Name.En}, r.Mechanism)
			names[string(r.Duty)] = of
		}
		in, known := periods[r.Period]
		if !known {
			in = search.WordsOf(nil, append(spoken(c.P, r.Period), string(r.Period), dutyweb.Period(c.P, r.Period)))
			periods[r.Period] = in
		}
		if !slices.ContainsFunc(words, func(w string) bool { return !of.Has(w) && !in.Has(w) }) {
			found = append(found, r)
		}
	}
	slices.SortStableFunc(found, func(x, y duty.RoundRow) int { return cmp.Compare(apart(today, x.Due), apart(today, y.Due)) })
	var out []search.Hit
	for _, r := range found[:min(len(found), hereMost)] {
		out = append(out, search.Hit{Kind: "round", ID: string(r.ID), Title: c.P.W(r.Name), Detail: dutyweb.Period(c.P, r.Period) + " · " + reached(c, r), Href: "/rounds/" + string(r.ID)})
	}
	return out, nil
}

func apart(a, b kernel.Date) int { return max(a.Sub(b), b.Sub(a)) }

// reached is how far a round has come.
func reached(c *web.Ctx, r duty.RoundRow) string {
	if r.State == duty.Planned {
		return c.P.T("%s开始，%s前做完", c.P.DayIn(r.Opens, c.Today().Year()), c.P.DayIn(r.Due, c.Today().Year()))
	}
	return c.P.T("%s前做完，到了 %d/%d", c.P.DayIn(r.Due, c.Today().Year()), r.Cover.Done+r.Cover.Excused, r.Cover.Targets)
}

// yearsMeant are those around this one and those that the words name.
func yearsMeant(now int, words []string) []int {
	out := []int{now, now - 1, now + 1}
	for _, w := range words {
		if y, err := strconv.Atoi(w); err == nil && len(w) == 4 && y > 1990 && y < 2100 && !slices.Contains(out, y) && len(out) < 6 {
			out = append(out, y)
		}
	}
	return out
}

var quarters = [...]string{"第一季度", "第二季度", "第三季度", "第四季度"}

// spoken is how people call a quarter besides its figure.
func spoken(p *i18n.Printer, key duty.Period) []string {
	_, n, is := strings.Cut(string(key), "-Q")
	if i, err := strconv.Atoi(n); is && err == nil && i >= 1 && i <= len(quarters) {
		return []string{quarters[i-1], p.T(quarters[i-1])}
	}
	return nil
}

func placesMeant(c *web.Ctx, chart *org.Chart, words []string) []search.Hit {
	s, branch := c.Actor.Scope(org.SeePlaces), org.UnitID("")
	all := []org.Place{}
	switch s.Reach {
	case authz.Owner:
		all = chart.PlacesOwnedBy(org.UnitID(s.ID))
	case authz.Unit:
		branch = org.UnitID(s.ID)
		fallthrough
	case authz.Org:
		all = chart.Places(branch, "")
	}
	var out []search.Hit
	for _, p := range all {
		if len(out) < hereMost && search.Meant(words, []string{p.Name.Zh}, []string{p.Name.En, p.Code}) {
			out = append(out, search.Hit{Kind: "place", ID: string(p.ID), Title: c.P.W(p.Name), Detail: c.P.W(chart.Name(p.Unit)), Href: "/p/" + p.Code})
		}
	}
	return out
}

// unitsMeant leads to the people of a unit; who may not list people finds no units.
func unitsMeant(c *web.Ctx, chart *org.Chart, words []string) []search.Hit {
	s := c.Actor.Scope(people.SeePeople)
	branch := org.UnitID("")
	switch s.Reach {
	case authz.Unit:
		branch = org.UnitID(s.ID)
	case authz.Org:
	default:
		return nil
	}
	var out []search.Hit
	for _, u := range chart.Units("", branch) {
		by, ok := map[org.UnitKind]string{org.Group: "group", org.Department: "department", org.Branch: "branch"}[u.Kind]
		if ok && len(out) < hereMost && search.Meant(words, []string{u.Name.Zh}, []string{u.Name.En}) {
			out = append(out, search.Hit{Kind: "unit", ID: string(u.ID), Title: c.P.W(u.Name), Detail: c.P.T("单位，看里面的人"), Href: "/people?" + url.Values{by: {string(u.ID)}}.Encode()})
		}
	}
	return out
}
