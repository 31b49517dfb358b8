package audit

import (
	"cmp"
	"slices"
)

// sortByTime puts anonymous lines, whose ids are random, at the start of their day.
func sortByTime(e []Entry) {
	slices.Reverse(e) // rows come newest first
	slices.SortStableFunc(e, func(a, b Entry) int { return cmp.Compare(a.At, b.At) })
}
