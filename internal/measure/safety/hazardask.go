package safety

import (
	"xiaojia/internal/engine/matter"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/register/org"
)

// AskHazards reads what a list was asked for, by the names that addresses use: tab, grade, state, owner, sort, area, place.
// What it does not know it leaves out. Branch and what a search has found are the caller's.
func AskHazards(get func(name string) string, by authz.Actor, chart *org.Chart) HazardFilter {
	f := HazardFilter{Tab: Tab(get("tab")), Grade: get("grade"), Standing: get("state"), Owner: org.UnitID(get("owner")), Sort: SortOf(get("sort")), Waits: matter.WaitsFor(by)}
	if f.Tab == "" {
		f.Tab = OpenTab
	}
	if kind := get("area"); kind != "" {
		f.Place = []org.PlaceID{"-"} // an area without places has no hazards
		for _, pl := range chart.Places("", kind) {
			f.Place = append(f.Place, pl.ID)
		}
	}
	if id := get("place"); id != "" {
		f.Place = []org.PlaceID{org.PlaceID(id)}
	}
	return f
}

// Columns is the shape of the columns by which the list is ordered, for its cursor.
func (f HazardFilter) Columns(s authz.Scope) string {
	switch {
	case f.ByDay(s):
		return "dn"
	case f.Numbered(s):
		return "n"
	case f.Sort == ByGrade && f.Tab != MineTab:
		return "nns"
	}
	return "ns"
}
