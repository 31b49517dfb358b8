package matter

import (
	"fmt"
	"time"

	"xiaojia/catalogue"
	"xiaojia/internal/kernel"
	"xiaojia/internal/kernel/calendar"
)

// CatalogueClocks reads the lengths from the rows that ship with the program.
type CatalogueClocks struct{ Catalogue *catalogue.Catalogue }

// workingDays is how most lengths are said.
const workingDays = "%d 个工作日"

// OfGrade is the clock of a grade.
func (c CatalogueClocks) OfGrade(grade string) (string, bool) {
	g, ok := c.Catalogue.Grade(grade)
	return g.Clock, ok
}

// Due is the end of a clock that starts at an instant. Working days end with the day, so that a deadline never tells the
// minute of an anonymous report; running hours end to the minute.
func (c CatalogueClocks) Due(key string, from kernel.Time, w *calendar.Workdays) (kernel.Time, Why, error) {
	k, ok := c.Catalogue.Clock(key)
	if !ok {
		return 0, Why{}, fmt.Errorf("no clock %q", key)
	}
	n := k.Amount
	switch k.Unit {
	case catalogue.WorkingDays:
		return w.Add(from.Date(), n).At(23, 59), Why{Text: workingDays, Args: []any{n}}, nil
	case catalogue.RunningHours:
		return from.Add(time.Duration(n) * time.Hour), Why{Text: "%d 小时", Args: []any{n}}, nil
	case catalogue.CalendarDays:
		return from.Date().Add(n).At(23, 59), Why{Text: "%d 天", Args: []any{n}}, nil
	}
	return 0, Why{}, fmt.Errorf("clock %q has no length of its own", key)
}
