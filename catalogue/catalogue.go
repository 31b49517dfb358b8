// Package catalogue holds the four measures and their proof as data: standing duties with their rhythm, checklists,
// clocks, grades, and the keys of offices, people's groups and kinds of place. Everything is embedded YAML
// that Load reads strictly: an unknown field, a missing language or a dangling key is an error at the start.
//
// It says what the rules are and where they come from. It never judges an answer, counts a day or
// knows a branch: that is the engine's work. What officers add of their own lives in the database in the same types.
package catalogue

import (
	"embed"
	"errors"
	"fmt"
)

//go:embed *.yaml duties/*.yaml cards/*.yaml
var shipped embed.FS

// Catalogue is everything that ships. Slices stand in the order of the files; a reader must not change them.
type Catalogue struct {
	Measures   []MeasureInfo
	Duties     []Duty
	Cards      []Card
	Clocks     []Clock
	Grades     []Grade
	Majors     []Major
	Groups     []Group
	Offices    []Office
	PlaceKinds []PlaceKind
}

// Load reads and checks the shipped files. The program calls it once, at the start, and hands the result on.
func Load() (*Catalogue, error) { return read(shipped) }

// Duty finds a shipped duty by its code, such as S8.canteen.
func (c *Catalogue) Duty(code string) (Duty, bool) {
	return find(c.Duties, func(d Duty) bool { return d.Code == code })
}

// DutiesOf lists the shipped duties of one measure.
func (c *Catalogue) DutiesOf(m Measure) []Duty {
	var out []Duty
	for _, d := range c.Duties {
		if d.Measure == m {
			out = append(out, d)
		}
	}
	return out
}

// Card finds a checklist by code and version; an empty version means the newest.
func (c *Catalogue) Card(code, version string) (Card, bool) {
	var best Card
	found := false
	for _, k := range c.Cards {
		if k.Code != code || version != "" && k.Version != version {
			continue
		}
		if !found || newer(k.Version, best.Version) {
			best, found = k, true
		}
	}
	return best, found
}

// CardFor finds the newest checklist of a kind of place; there is none for places of kind "other".
func (c *Catalogue) CardFor(place string) (Card, bool) {
	k, ok := c.PlaceKind(place)
	if !ok || k.Card == "" {
		return Card{}, false
	}
	return c.Card(k.Card, "")
}

// Clock finds a time limit by its key, such as judge or rectify.A.
func (c *Catalogue) Clock(key string) (Clock, bool) {
	return find(c.Clocks, func(k Clock) bool { return k.Key == key })
}

// Grade finds a hazard's grade by its key: major, A, B, C or D.
func (c *Catalogue) Grade(key string) (Grade, bool) {
	return find(c.Grades, func(g Grade) bool { return g.Key == key })
}

// Group finds a people's group by its key.
func (c *Catalogue) Group(key string) (Group, bool) {
	return find(c.Groups, func(g Group) bool { return g.Key == key })
}

// Office finds an office by its key.
func (c *Catalogue) Office(key string) (Office, bool) {
	return find(c.Offices, func(o Office) bool { return o.Key == key })
}

// PlaceKind finds a kind of place by its key.
func (c *Catalogue) PlaceKind(key string) (PlaceKind, bool) {
	return find(c.PlaceKinds, func(p PlaceKind) bool { return p.Key == key })
}

// Mechanism finds the name of a standing mechanism by its code, such as S8, with its measure.
func (c *Catalogue) Mechanism(code string) (Mechanism, Measure, bool) {
	for _, m := range c.Measures {
		if k, ok := find(m.Mechanisms, func(k Mechanism) bool { return k.Code == code }); ok {
			return k, m.Key, true
		}
	}
	return Mechanism{}, "", false
}

func find[T any](all []T, is func(T) bool) (T, bool) {
	for _, v := range all {
		if is(v) {
			return v, true
		}
	}
	var none T
	return none, false
}

// failures gathers everything that is wrong in the files, so that an author sees all of it at once.
type failures []error

func (f *failures) add(where, format string, args ...any) {
	*f = append(*f, fmt.Errorf("%s: %s", where, fmt.Sprintf(format, args...)))
}

func (f failures) err() error { return errors.Join(f...) }
