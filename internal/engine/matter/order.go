package matter

import (
	"fmt"
	"slices"

	"xiaojia/internal/kernel"
)

// grades from the worst on, as catalogue/grades.yaml has them.
var grades = []string{major, "A", "B", "C", "D"}

// majorFirst is longer than any deadline lies ahead: whatever is due, the major ones stand before it.
const majorFirst = 10_000_000_000_000_000

// Rank is the place of a grade, the worst first, what has none yet last.
func Rank(grade string) int {
	if i := slices.Index(grades, grade); i >= 0 {
		return i
	}
	return len(grades)
}

// OrderAt is where a matter of a deadline and a grade stands among what is to be done: what is due first stands first, before
// it all that is major.
func OrderAt(due kernel.Time, grade string) kernel.Time {
	if grade == major {
		return due - majorFirst
	}
	return due
}

// Num is a number as a number: as text 24-10000 would stand before 24-9999.
func Num(no string) int64 {
	var year, n int64
	if _, err := fmt.Sscanf(no, "%d-%d", &year, &n); err != nil {
		return 0
	}
	return (2000+year)*10_000_000 + n
}
