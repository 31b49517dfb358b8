package checklist

import (
	"slices"

	"xiaojia/internal/engine/record"
	"xiaojia/internal/kernel"
	"xiaojia/internal/register/org"
	"xiaojia/internal/register/people"
)

// Changed is the answer to a phone whose run was changed elsewhere meanwhile: it carries both, so that a person decides.
type Changed struct {
	Stored Run
	Yours  Draft
}

func (c *Changed) Error() string { return c.Unwrap().Error() }

func (c *Changed) Unwrap() error {
	return kernel.Err(kernel.Conflict, "另一台手机改过这份记录。两份都在下面，请选一份。")
}

// Origin is what a new run needs beside the draft.
type Origin struct {
	Org  string
	Unit org.UnitID
	By   people.ID
	At   kernel.Time
}

// Begin makes a run of a new draft.
func Begin(o Origin, c Card, d Draft) (Run, error) {
	d, err := checked(c, d, o.By)
	if err != nil {
		return Run{}, err
	}
	d.Version = 1
	r := Run{Draft: d, Unit: o.Unit, By: o.By, State: Drafted, Started: o.At}
	r.Content = r.hash(o.Org)
	return r, nil
}

// Edit puts a newer draft in the place of the old one. The same content again changes nothing, whatever its version; a
// draft that was made on top of another version is refused with both. An edited run is a draft again.
func (r Run) Edit(inOrg string, c Card, d Draft) (Run, error) {
	d, err := checked(c, d, r.By)
	if err != nil {
		return r, err
	}
	if d.Place != r.Place || d.Card.Code != r.Card.Code {
		return r, kernel.Err(kernel.Invalid, "一份记录只能属于一个地点，请另开一份。")
	}
	base := d.Version
	next := r
	next.Draft, next.Version = d, r.Version+1
	next.Content = next.hash(inOrg)
	if next.Content == r.Content {
		return r, nil
	}
	if next, err = next.Move(Drafted); err != nil {
		return r, err
	}
	if base != r.Version {
		return r, &Changed{Stored: r, Yours: d}
	}
	next.Result = Result{}
	next.Answers, err = keepLinks(r.Answers, next.Answers)
	return next, err
}

func checked(c Card, d Draft, by people.ID) (Draft, error) {
	if _, err := ParseRunID(string(d.ID)); err != nil {
		return d, err
	}
	if d.With != "" && d.With == by {
		return d, kernel.Wrong("with", "要两个不同的人一起查。")
	}
	if d.Leader != d.With || d.Leader == "" {
		d.Leader = by // who began it leads, unless the other one was named
	}
	return d.clean(c)
}

// keepLinks carries the hazards that were raised at once; such an item cannot become unanswered again.
func keepLinks(old, now []Answer) ([]Answer, error) {
	now = slices.Clone(now)
	for _, a := range old {
		if a.Matter == "" {
			continue
		}
		i := slices.IndexFunc(now, func(b Answer) bool { return b.Item == a.Item })
		if i < 0 {
			return now, kernel.Wrong(a.Item, "这一项已经报成隐患，不能留空。")
		}
		now[i].Matter = a.Matter
	}
	return now, nil
}

// content is the fixed shape of what is hashed: no map, no float, text in NFC, answers in the order of the card. What
// follows from the run (a hazard's id, a version, the rounds that it does) is not in it; version 1 still had the round.
type content struct {
	V           int     `json:"v"`
	Org         string  `json:"org"`
	Run         RunID   `json:"run"`
	Unit        string  `json:"unit"`
	Card        string  `json:"card"`
	CardVersion string  `json:"card_version"`
	Place       string  `json:"place"`
	On          string  `json:"on"`
	By          string  `json:"by"`
	With        string  `json:"with"`
	Leader      string  `json:"leader"`
	Escort      string  `json:"escort"`
	SiteHead    string  `json:"site_head"`
	Good        string  `json:"good"`
	Answers     []found `json:"answers"`
}

type found struct {
	Item     string   `json:"item"`
	Verdict  Verdict  `json:"verdict"`
	Number   string   `json:"number"`
	Typed    string   `json:"typed"`
	Dated    string   `json:"dated"`
	Note     string   `json:"note"`
	AsHazard bool     `json:"as_hazard"`
	Photos   []string `json:"photos"`
}

// hash is what signatures cover.
func (r Run) hash(inOrg string) string {
	c := content{V: 2, Org: inOrg, Run: r.ID, Unit: string(r.Unit), Card: r.Card.Code, CardVersion: r.Card.Version, Place: string(r.Place),
		On: r.On.String(), By: string(r.By), With: string(r.With), Leader: string(r.Leader), Escort: r.Escort, SiteHead: r.SiteHead, Good: r.Good, Answers: []found{}}
	for _, a := range r.Answers {
		c.Answers = append(c.Answers, found{Item: a.Item, Verdict: a.Verdict, Number: a.Number, Typed: a.Typed, Dated: a.Dated.String(),
			Note: a.Note, AsHazard: a.AsHazard, Photos: append([]string{}, a.Photos...)})
	}
	h, err := record.ContentHash(c)
	if err != nil {
		return "" // only text and numbers go in
	}
	return h
}

// Hash is what signatures of a stored run cover, made anew from its rows.
func (r Run) Hash(inOrg string) string { return r.hash(inOrg) }
