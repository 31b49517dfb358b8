package safety

import (
	"context"

	"xiaojia/internal/engine/record"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/register/org"
)

// HeldTarget is a target as the overview counts it: where, in which branch, when, whether.
type HeldTarget struct {
	Unit org.UnitID
	PatrolTarget
}

// Held is a year's patrols by month of the day due: in rows by kind of place, or by branch.
type Held struct {
	Rows map[string]*[12]HeldMonth
	Sum  HeldMonth
}

// HeldMonth is how many targets stand how.
type HeldMonth map[CoverState]int

// Due is how many had to be done by now: all but what is still ahead or open in time.
func (m HeldMonth) Due() int { return m[CoverDone] + m[CoverLate] + m[CoverMissed] + m[CoverExcused] }

// Came is how many were done.
func (m HeldMonth) Came() int { return m[CoverDone] + m[CoverLate] }

// ByKind and ByBranch say what a row of Held is about.
func ByKind(t HeldTarget) string   { return t.PlaceKind }
func ByBranch(t HeldTarget) string { return string(t.Unit) }

// Held adds up the branches that the actor sees among those that are asked for.
func (p *Patrols) Held(ctx context.Context, by authz.Actor, units []org.UnitID, year int, row func(HeldTarget) string) (Held, error) {
	out := Held{Rows: map[string]*[12]HeldMonth{}, Sum: HeldMonth{}}
	var mine []org.UnitID
	for _, u := range units {
		if record.Within(by.Scope(SeePatrols), u) {
			mine = append(mine, u)
		}
	}
	if len(mine) == 0 {
		return out, nil
	}
	targets, err := p.Reads.Held(ctx, by.Org, mine, year)
	today := p.DB.Clock.Now().Date()
	for _, t := range targets {
		months := out.Rows[row(t)]
		if months == nil {
			months = &[12]HeldMonth{}
			out.Rows[row(t)] = months
		}
		m := t.Due.Month() - 1
		if months[m] == nil {
			months[m] = HeldMonth{}
		}
		months[m][t.shows(today)]++
		out.Sum[t.shows(today)]++
	}
	return out, err
}
