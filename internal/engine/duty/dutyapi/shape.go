package dutyapi

import (
	"cmp"
	"slices"

	"xiaojia/internal/engine/duty"
	"xiaojia/internal/platform/api"
	"xiaojia/internal/register/org"
)

// Duty is a standing duty of a branch.
type Duty struct {
	ID         string   `json:"id"`
	Mechanism  string   `json:"mechanism,omitempty" example:"S8" doc:"目录里的代号，自己加的没有 · code of the catalogue; empty for an officer's own"`
	Measure    string   `json:"measure" enum:"safety,warmth,voice,culture"`
	Name       string   `json:"name"`
	What       string   `json:"what,omitempty" doc:"怎样算做完 · when it is done"`
	Form       string   `json:"form"`
	Who        []string `json:"who" doc:"谁来做 · offices that do it"`
	Adopted    string   `json:"adopted" format:"date"`
	Retired    string   `json:"retired,omitempty" format:"date"`
	Unverified bool     `json:"unverified" doc:"日子待核实 · its date is not confirmed"`
}

// Coverage is how many are reached.
type Coverage struct {
	Targets int `json:"targets"`
	Done    int `json:"done"`
	Excused int `json:"excused"`
	Missing int `json:"missing"`
}

// Round is one turn of a duty.
type Round struct {
	ID        string   `json:"id"`
	Duty      api.Ref  `json:"duty"`
	Mechanism string   `json:"mechanism,omitempty"`
	Measure   string   `json:"measure"`
	Opens     string   `json:"opens" format:"date"`
	Due       string   `json:"due" format:"date"`
	Closes    string   `json:"closes" format:"date"`
	State     string   `json:"state" enum:"planned,open,closed"`
	Coverage  Coverage `json:"coverage"`
	DoneOn    string   `json:"done_on,omitempty" format:"date"`
}

// Whole is a round with what its page says beside its figures.
type Whole struct {
	Round
	What   string  `json:"what,omitempty"`
	Why    string  `json:"why" doc:"日子怎么来的 · how its day was derived"`
	ByUnit []Slice `json:"by_unit"`
}

// Slice is the part of a round that counts in one unit.
type Slice struct {
	Unit     api.Ref  `json:"unit"`
	Coverage Coverage `json:"coverage"`
}

// Target is somebody or something that a round must reach.
type Target struct {
	Kind   string `json:"kind" enum:"person,unit,place"`
	ID     string `json:"id"`
	Name   string `json:"name"`
	State  string `json:"state" enum:"open,done,excused"`
	DoneOn string `json:"done_on,omitempty" format:"date"`
	Reason string `json:"reason,omitempty" doc:"为什么免 · why excused"`
}

func dutyOf(c api.Call, d duty.Duty) Duty {
	who := make([]string, len(d.Who))
	for i, o := range d.Who {
		who[i] = string(o)
	}
	return Duty{ID: string(d.ID), Mechanism: d.Mechanism, Measure: string(d.Measure), Name: c.P.W(d.Name), What: c.P.W(d.What), Form: string(d.Form), Who: who,
		Adopted: api.Day(d.Adopted), Retired: api.Day(d.Retired), Unverified: d.Unverified}
}

func cover(c duty.Coverage) Coverage {
	return Coverage{Targets: c.Targets, Done: c.Done, Excused: c.Excused, Missing: c.Missing()}
}

func roundOf(c api.Call, r duty.RoundRow) Round {
	return Round{ID: string(r.ID), Duty: api.Ref{ID: string(r.Duty), Name: c.P.W(r.Name)}, Mechanism: r.Mechanism, Measure: string(r.Measure), Opens: api.Day(r.Opens), Due: api.Day(r.Due),
		Closes: api.Day(r.Closes), State: string(r.State), Coverage: cover(r.Cover), DoneOn: api.Day(r.DoneOn)}
}

func sliced(c api.Call, chart *org.Chart, m map[org.UnitID]duty.Coverage) []Slice {
	out := []Slice{}
	for u, x := range m {
		out = append(out, Slice{Unit: api.Ref{ID: string(u), Name: c.P.W(chart.Name(u))}, Coverage: cover(x)})
	}
	slices.SortFunc(out, func(a, b Slice) int { return cmp.Compare(a.Unit.ID, b.Unit.ID) })
	return out
}

func targetOf(t duty.Target, name string) Target {
	return Target{Kind: t.Subject.Kind, ID: t.Subject.ID, Name: name, State: string(t.State), DoneOn: api.Day(t.DoneOn), Reason: t.Reason}
}
