package record

import (
	"context"

	"xiaojia/catalogue"

	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/register/org"
)

// Rounds tells the form of 记一笔 about the round that a note does; the duty engine is it. A round that the actor may not see
// is NotFound, one whose names are not for him Forbidden.
type Rounds interface {
	Brief(ctx context.Context, a authz.Actor, id RoundID) (RoundBrief, error)
}

// RoundBrief is a round as the form of 记一笔 needs it.
type RoundBrief struct {
	ID      RoundID
	Unit    org.UnitID
	Name    kernel.Words
	What    kernel.Words
	Measure catalogue.Measure
	Form    catalogue.Form
	Opens   kernel.Date
	Due     kernel.Date
	Closes  kernel.Date
	Open    bool // it takes notes today
	Targets []TargetBrief
}

// TargetBrief is one target of it.
type TargetBrief struct {
	Ref
	Slice   org.UnitID
	Missing bool
	Proof   Ref // what did it
}
