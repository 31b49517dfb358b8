package duty

import (
	"cmp"
	"slices"

	"xiaojia/internal/kernel"
)

// AtRow is one subject in one open round.
type AtRow struct {
	Round  RoundID
	Name   kernel.Words // of the duty
	Period Period
	Due    kernel.Date
	State  TargetState
	DoneOn kernel.Date
}

// SortAt puts what is still open first, then what is due first.
func SortAt(rows []AtRow) {
	slices.SortFunc(rows, func(a, b AtRow) int {
		return cmp.Or(reached(a)-reached(b), a.Due.Compare(b.Due), cmp.Compare(a.Round, b.Round))
	})
}

func reached(a AtRow) int {
	if a.State == Missing {
		return 0
	}
	return 1
}
