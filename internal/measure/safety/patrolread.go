package safety

import (
	"context"
	"time"

	"xiaojia/internal/engine/checklist"
	"xiaojia/internal/engine/record"
	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/register/org"
	"xiaojia/internal/register/people"
)

// PatrolTab is a tab of the list.
type PatrolTab string

const (
	AllPatrols    PatrolTab = ""
	OpenPatrols   PatrolTab = "open" // not signed by both
	SignedPatrols PatrolTab = "signed"
)

// PatrolFilter narrows the list; zero values do not.
type PatrolFilter struct {
	Tab   PatrolTab
	Unit  org.UnitID // one branch, for who sees several
	Place org.PlaceID
	Who   people.ID // one of the two inspectors
	Card  string    // of one kind of area
	Year  int
	Month time.Month // of Year
}

// Days is the first and the last day of the filter's year or month.
func (f PatrolFilter) Days() (first, last kernel.Date) {
	if f.Month == 0 {
		return kernel.NewDate(f.Year, time.January, 1), kernel.NewDate(f.Year, time.December, 31)
	}
	first = kernel.NewDate(f.Year, f.Month, 1)
	return first, first.EndOfMonth()
}

// PatrolLine is one row of the list.
type PatrolLine struct {
	ID        checklist.RunID
	Unit      org.UnitID
	On        kernel.Date
	State     checklist.State
	Card      string
	Place     org.PlaceID
	PlaceName kernel.Words
	PlaceKind string
	By, With  string // names; With may be empty in a draft
	Round     record.RoundID
	Duty      kernel.Words // empty for a visit of its own accord
	Period    string
	Result    checklist.Result // counts alone
	SignedAt  kernel.Time
}

// PatrolTodo is a patrol of mine that is not signed by both.
type PatrolTodo struct {
	PatrolLine
	ISigned bool // then it waits for the other one
	Began   bool // by me
}

// WaitsForMe tells whether the other one has signed and I have not.
func (t PatrolTodo) WaitsForMe() bool { return t.State == checklist.Signing && !t.ISigned }

// PatrolHazard is the hazard that an item led to.
type PatrolHazard struct{ Matter, No, State, Outcome, Grade string }

// PatrolRound is one of the rounds that a signed patrol did.
type PatrolRound struct {
	ID          record.RoundID
	Duty        kernel.Words
	Period      string
	Due, DoneOn kernel.Date
}

// Late is how many days after its day the round was done.
func (r PatrolRound) Late() int { return max(0, r.DoneOn.Sub(r.Due)) }

// PatrolAbout is what stands around a run on page and paper.
type PatrolAbout struct {
	PatrolLine
	PlaceCode  string
	UnitName   kernel.Words
	Signatures []record.Signature
	Names      map[people.ID]string    // of everybody named in it
	Hazards    map[string]PatrolHazard // by item
	Did        []PatrolRound           // of a signed one, the earliest due first
}

// PatrolPage is everything of one patrol.
type PatrolPage struct {
	Patrol
	Card  checklist.Card
	About PatrolAbout
	Asked []checklist.Item // of an open one: what still has to be looked at or is answered
	Facts []checklist.Fact // of an open one
}

// PatrolReads is the lists and pages; safetydb fills it.
type PatrolReads interface {
	Patrols(ctx context.Context, see PatrolSight, f PatrolFilter, after db.Key) ([]PatrolLine, db.Key, error)
	PatrolAbout(ctx context.Context, inOrg string, id checklist.RunID) (PatrolAbout, error)
	PatrolsOf(ctx context.Context, inOrg string, who people.ID) ([]PatrolTodo, error)
	PatrolTargets(ctx context.Context, inOrg string, unit org.UnitID, year int) ([]PatrolTarget, error)
	// Held is the targets of a year's rounds of some branches, one query.
	Held(ctx context.Context, inOrg string, units []org.UnitID, year int) ([]HeldTarget, error)
	// OpenPatrolTargets is what a patrol of the branch on a day may do, the earliest due first.
	OpenPatrolTargets(ctx context.Context, inOrg string, unit org.UnitID, on kernel.Date) ([]PatrolTarget, error)
	// NextPatrol is the next round of the card at the place behind a day; nil where none is planned.
	NextPatrol(ctx context.Context, inOrg string, r checklist.Run) (*PatrolTarget, error)
}

// Show is one patrol as the actor may see it.
func (p *Patrols) Show(ctx context.Context, by authz.Actor, id checklist.RunID) (PatrolPage, error) {
	run, err := p.Runs.Load(ctx, p.DB.Read, by.Org, id)
	if err != nil {
		return PatrolPage{}, err
	}
	if !seesPatrol(by, run) {
		return PatrolPage{}, errNoRun
	}
	out := PatrolPage{Patrol: Patrol{Run: run}}
	if out.Card, err = p.cardOf(run.Card); err != nil {
		return PatrolPage{}, err
	}
	if out.About, err = p.Reads.PatrolAbout(ctx, by.Org, id); err != nil {
		return PatrolPage{}, err
	}
	out.Signatures = out.About.Signatures
	if run.State == checklist.Signed {
		return out, nil
	}
	asked, err := p.Memory.Asked(ctx, p.DB.Read, by.Org, run.Place)
	out.Asked, out.Facts = out.Card.Ask(run.On, asked), out.Card.Facts(run.On, asked)
	return out, err
}

// seesPatrol: within reach, and an open one only for those who see open ones, or who do it.
func seesPatrol(by authz.Actor, run checklist.Run) bool {
	see := SeenPatrols(by)
	if run.Inspects(me(by)) {
		return true
	}
	return record.Within(see.Scope, run.Unit) && (run.State == checklist.Signed || !see.SignedOnly)
}
