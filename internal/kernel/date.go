package kernel

import (
	"database/sql/driver"
	"fmt"
	"time"
)

// Shanghai is the one time zone of the trade: days are local dates there, all the year at +8.
var Shanghai = time.FixedZone("CST", 8*3600)

// Date is a day of the calendar without time or zone. The zero value means "no day".
type Date struct {
	y    int16
	m, d int8
}

// NewDate makes a day; what is over the end of a month runs into the next, as in time.Date.
func NewDate(y int, m time.Month, d int) Date {
	return dateOf(time.Date(y, m, d, 0, 0, 0, 0, time.UTC))
}

// ParseDate reads "2006-01-02". Empty text is no day.
func ParseDate(s string) (Date, error) {
	if s == "" {
		return Date{}, nil
	}
	t, err := time.Parse("2006-01-02", s)
	if err != nil {
		return Date{}, fmt.Errorf("day %q: want YYYY-MM-DD", s)
	}
	return dateOf(t), nil
}

// MustDate is ParseDate for text that stands in the program.
func MustDate(s string) Date {
	d, err := ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

func dateOf(t time.Time) Date {
	y, m, d := t.Date()
	return Date{int16(y), int8(m), int8(d)}
}

func (d Date) Year() int             { return int(d.y) }
func (d Date) Month() time.Month     { return time.Month(d.m) }
func (d Date) Day() int              { return int(d.d) }
func (d Date) IsZero() bool          { return d == Date{} }
func (d Date) Weekday() time.Weekday { return d.utc().Weekday() }
func (d Date) YearDay() int          { return d.utc().YearDay() }

func (d Date) utc() time.Time {
	return time.Date(int(d.y), time.Month(d.m), int(d.d), 0, 0, 0, 0, time.UTC)
}

// Add moves by whole days.
func (d Date) Add(days int) Date { return NewDate(d.Year(), d.Month(), d.Day()+days) }

// AddMonths moves by months and stays inside the month: 31 January plus one is the last of February.
func (d Date) AddMonths(n int) Date {
	first := NewDate(d.Year(), d.Month()+time.Month(n), 1)
	last := first.EndOfMonth()
	if d.Day() >= last.Day() {
		return last
	}
	return NewDate(first.Year(), first.Month(), d.Day())
}

// EndOfMonth is the last day of d's month.
func (d Date) EndOfMonth() Date { return NewDate(d.Year(), d.Month()+1, 0) }

// Sub is the number of days from e to d.
func (d Date) Sub(e Date) int { return int(d.utc().Sub(e.utc()) / (24 * time.Hour)) }

func (d Date) Before(e Date) bool { return d.Compare(e) < 0 }
func (d Date) After(e Date) bool  { return d.Compare(e) > 0 }

// Compare orders days for slices.SortFunc.
func (d Date) Compare(e Date) int { return d.ordinal() - e.ordinal() }

func (d Date) ordinal() int { return int(d.y)<<9 | int(d.m)<<5 | int(d.d) }

// Monday is the first day of d's ISO week.
func (d Date) Monday() Date { return d.Add(-(int(d.Weekday()) + 6) % 7) }

// ISOWeek is the ISO year and week of d.
func (d Date) ISOWeek() (year, week int) { return d.utc().ISOWeek() }

// Quarter is 1 to 4.
func (d Date) Quarter() int { return (int(d.m)-1)/3 + 1 }

// String is "2006-01-02", empty for no day.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.y, d.m, d.d)
}

// At is the instant of an hour and minute on that day in Shanghai.
func (d Date) At(hour, minute int) Time {
	return TimeOf(time.Date(d.Year(), d.Month(), d.Day(), hour, minute, 0, 0, Shanghai))
}

func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

func (d *Date) UnmarshalText(b []byte) (err error) {
	*d, err = ParseDate(string(b))
	return err
}

// Value stores a day as text, which a DATE column of either engine takes; no day is NULL.
func (d Date) Value() (driver.Value, error) {
	if d.IsZero() {
		return nil, nil
	}
	return d.String(), nil
}

// Scan reads a DATE column of either engine.
func (d *Date) Scan(v any) error {
	switch v := v.(type) {
	case nil:
		*d = Date{}
	case time.Time:
		*d = dateOf(v)
	case string:
		return d.scanText(v)
	case []byte:
		return d.scanText(string(v))
	default:
		return fmt.Errorf("day from %T", v)
	}
	return nil
}

func (d *Date) scanText(s string) (err error) {
	if len(s) > 10 {
		s = s[:10]
	}
	*d, err = ParseDate(s)
	return err
}

// Span is a closed range of days; a zero To is open-ended.
type Span struct{ From, To Date }

// Has tells whether the day lies in the span.
func (s Span) Has(d Date) bool {
	return !d.Before(s.From) && (s.To.IsZero() || !d.After(s.To))
}
