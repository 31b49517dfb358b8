// Package ics writes calendars that phones subscribe to (RFC 5545): all-day events, the same UID for the same thing, a higher
// SEQUENCE when it has changed. It never holds more of a person than what the caller puts into a title.
package ics

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"
	"strings"
	"time"
	"unicode"

	ical "github.com/arran4/golang-ical"

	"xiaojia/internal/kernel"
)

// Event is something on one day or on several, both ends included.
type Event struct {
	UID      string // the same for the same thing, for ever; letters, digits, - and .
	From, To kernel.Date
	Title    string
	Detail   string
	Href     string // page of this program, such as /rounds/01J…
	Free     bool   // it takes nobody's time: a span in which something may be done
	Late     bool   // its day is over and it still waits
}

// Mark is how an event stood when it was last sent.
type Mark struct {
	Sum string      `json:"s"`
	Seq int         `json:"n"`
	At  kernel.Time `json:"t"`
}

// Memory is the marks of a calendar's events by UID.
type Memory map[string]Mark

// ReadMemory reads what Memory.String wrote; what is no memory is an empty one.
func ReadMemory(s string) Memory {
	m := Memory{}
	if err := json.Unmarshal([]byte(s), &m); err != nil || m == nil {
		return Memory{}
	}
	return m
}

func (m Memory) String() string {
	b, err := json.Marshal(m)
	if err != nil {
		return "" // only text and numbers go in
	}
	return string(b)
}

// Next is the memory after these events, and whether it is another one: a changed event gets the next number and the day.
func (m Memory) Next(list []Event, today kernel.Date) (Memory, bool) {
	out := Memory{}
	for _, e := range list {
		mark, sum := m[e.UID], e.sum()
		if mark.Sum != sum {
			if mark.Sum != "" {
				mark.Seq++
			}
			mark.Sum, mark.At = sum, today.At(0, 0)
		}
		out[e.UID] = mark
	}
	return out, !maps.Equal(m, out)
}

func (e Event) sum() string {
	h := sha256.Sum256(fmt.Appendf(nil, "%q %s %s %q %q %q %v", e.UID, e.From, e.To, e.Title, e.Detail, e.Href, e.Free))
	return hex.EncodeToString(h[:8])
}

// refresh is how often a phone is asked to look again.
const refresh = "PT6H"

// Write is the calendar as text: lines of at most 75 octets that end with CRLF. base is put before each Href; m holds a mark
// for each event.
func Write(name, base string, list []Event, m Memory) string {
	c := ical.NewCalendar()
	c.SetProductId("-//xiaojia//calendar//ZH")
	c.SetMethod(ical.MethodPublish)
	c.SetXWRCalName(clean(name))
	c.SetXWRTimezone("Asia/Shanghai")
	c.SetRefreshInterval(refresh)
	c.SetXPublishedTTL(refresh)
	for _, e := range list {
		mark := m[e.UID]
		v := c.AddEvent(e.UID + "@xiaojia") // whatever the address by which the phone came
		v.SetDtStampTime(at(mark.At))
		v.SetModifiedAt(at(mark.At))
		v.SetSequence(mark.Seq)
		v.SetAllDayStartAt(day(e.From))
		v.SetAllDayEndAt(day(e.To.Add(1))) // the end is the first day on which it is over
		v.SetSummary(clean(e.Title))
		if e.Detail != "" {
			v.SetDescription(clean(e.Detail))
		}
		if e.Href != "" {
			v.SetURL(address(base + e.Href))
		}
		if e.Free {
			v.SetTimeTransparency(ical.TransparencyTransparent)
		}
	}
	return c.Serialize(ical.WithNewLine("\r\n"))
}

func at(t kernel.Time) time.Time { return time.UnixMicro(int64(t)).UTC() }

func day(d kernel.Date) time.Time {
	return time.Date(d.Year(), d.Month(), d.Day(), 0, 0, 0, 0, time.UTC)
}

// clean is text without what could end a line; line feeds stay, the writer escapes them.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		if r != '\n' && (unicode.IsControl(r) || r == '\u2028' || r == '\u2029') {
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, ""))
}

// address is an address without what none can hold.
func address(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.IsSpace(r) {
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, ""))
}
