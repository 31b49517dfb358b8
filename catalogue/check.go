package catalogue

import (
	"regexp"
	"slices"

	"xiaojia/internal/kernel"
)

// check gathers what the types cannot say: unique codes, keys that exist, both languages, marks that match.
func (c *Catalogue) check() error {
	var f failures
	c.checkKeys(&f)
	for _, d := range c.Duties {
		c.checkDuty(&f, d)
	}
	for _, k := range c.Cards {
		c.checkCard(&f, k)
	}
	return f.err()
}

func (c *Catalogue) checkKeys(f *failures) {
	seen := map[string]bool{}
	once := func(what, key string, name kernel.Words) {
		if key == "" || seen[what+key] {
			f.add(what+" "+key, "key is missing or used twice")
		}
		seen[what+key] = true
		both(f, what+" "+key, name)
	}
	for _, m := range c.Measures {
		once("measure", string(m.Key), m.Name)
		both(f, string(m.Key), m.Motto)
		for _, k := range m.Mechanisms {
			once("mechanism", k.Code, k.Name)
		}
	}
	for _, g := range c.Groups {
		once("group", g.Key, g.Name)
	}
	for _, o := range c.Offices {
		once("office", o.Key, o.Name)
		given(f, "office "+o.Key, "held", string(o.Held))
	}
	for _, d := range c.Duties {
		once("duty", d.Code, d.Name)
	}
	for _, k := range c.Cards {
		once("card", k.Code+" "+k.Version, k.Name)
	}
	c.checkPlaceKinds(f, once)
	c.checkTimes(f, once)
}

func (c *Catalogue) checkPlaceKinds(f *failures, once func(what, key string, name kernel.Words)) {
	for _, p := range c.PlaceKinds {
		once("place kind", p.Key, p.Name)
		if p.Card == "" {
			continue
		}
		if k, ok := c.Card(p.Card, ""); !ok || k.Place != p.Key {
			f.add("place kind "+p.Key, "card %q is not a card of this kind", p.Card)
		}
	}
}

func (c *Catalogue) checkTimes(f *failures, once func(what, key string, name kernel.Words)) {
	for _, k := range c.Clocks {
		once("clock", k.Key, k.Name)
		given(f, "clock "+k.Key, "unit", string(k.Unit))
		if (k.Unit == ByPlan) != (k.Amount == 0) || k.Amount < 0 {
			f.add("clock "+k.Key, "amount %d does not fit unit %s", k.Amount, k.Unit)
		}
		sourced(f, "clock "+k.Key, k.Source, false)
	}
	for _, g := range c.Grades {
		once("grade", g.Key, g.Name)
		both(f, "grade "+g.Key, g.Meaning)
		if _, ok := c.Clock(g.Clock); !ok {
			f.add("grade "+g.Key, "no clock %q", g.Clock)
		}
		sourced(f, "grade "+g.Key, g.Source, false)
	}
	for _, m := range c.Majors {
		once("major", m.Code, m.Text)
		sourced(f, "major "+m.Code, m.Source, m.Unverified)
	}
}

func (c *Catalogue) checkDuty(f *failures, d Duty) {
	both(f, d.Code, d.What)
	if _, m, ok := c.Mechanism(d.Mechanism()); !ok || m != d.Measure {
		f.add(d.Code, "no such mechanism in %s", d.Measure)
	}
	if err := d.Rhythm.Validate(); err != nil {
		f.add(d.Code, "rhythm: %v", err)
	}
	given(f, d.Code, "form", string(d.Form))
	if len(d.Who) == 0 {
		f.add(d.Code, "nobody does it")
	}
	c.checkOffices(f, d.Code, d.Who)
	c.checkOffices(f, d.Code, d.Signers)
	c.checkSelector(f, d.Code, d.Targets)
	c.checkPatrol(f, d)
	sourced(f, d.Code, d.Source, d.Unverified)
}

// checkPatrol: a patrol goes to places that have a card and is signed by two offices (S3, S8); a note has neither.
func (c *Catalogue) checkPatrol(f *failures, d Duty) {
	if d.Form != Patrol {
		if d.Card != "" || len(d.Signers) > 0 {
			f.add(d.Code, "a note has no card and no signers")
		}
		return
	}
	if d.Targets.Kind != EachPlace || len(d.Signers) < 2 {
		f.add(d.Code, "a patrol needs places and two signing offices")
	}
	for _, kind := range d.Targets.Values {
		k, ok := c.CardFor(kind)
		if !ok || d.Card != "" && d.Card != k.Code {
			f.add(d.Code, "card %q does not fit place kind %q", d.Card, kind)
		}
	}
}

func (c *Catalogue) checkSelector(f *failures, where string, s Selector) {
	known := func(string) bool { return false }
	wants := true
	switch s.Kind {
	case EachPlace:
		known = func(v string) bool { _, ok := c.PlaceKind(v); return ok }
	case EachPerson, EachFamily:
		known = func(v string) bool { _, ok := c.Group(v); return ok }
	default:
		wants = false
	}
	given(f, where, "target kind", string(s.Kind))
	if wants != (len(s.Values) > 0) {
		f.add(where, "targets: %d values with kind %s", len(s.Values), s.Kind)
	}
	for i, v := range s.Values {
		if !known(v) || slices.Contains(s.Values[:i], v) {
			f.add(where, "targets: value %q is unknown or twice", v)
		}
	}
}

func (c *Catalogue) checkOffices(f *failures, where string, keys []string) {
	for i, k := range keys {
		if _, ok := c.Office(k); !ok || slices.Contains(keys[:i], k) {
			f.add(where, "office %q is unknown or twice", k)
		}
	}
}

// han finds Chinese characters and their punctuation, which have no place in English words.
var han = regexp.MustCompile(`\p{Han}|[\x{3000}-\x{303F}\x{FF00}-\x{FFEF}]`)

func both(f *failures, where string, w kernel.Words) {
	if !han.MatchString(w.Zh) || w.En == "" || han.MatchString(w.En) {
		f.add(where, "words need both languages: %q, %q", w.Zh, w.En)
	}
}

func given(f *failures, where, what, value string) {
	if value == "" {
		f.add(where, "%s is missing", what)
	}
}

// sourced: what nobody could confirm is always flagged, and only our own design may stand without a title.
func sourced(f *failures, where string, s Source, unverified bool) {
	given(f, where, "mark", string(s.Mark))
	if s.Title == "" && s.Mark != Design {
		f.add(where, "a source without title must be marked D")
	}
	if s.Mark == Unconfirmed && !unverified {
		f.add(where, "marked U without unverified: true")
	}
}
