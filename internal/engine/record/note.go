package record

import (
	"slices"
	"strings"
	"unicode/utf8"

	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/register/org"
	"xiaojia/internal/register/people"

	"xiaojia/catalogue"
)

// NoteID names a note.
type NoteID string

// Note is 记一笔: what was done on a day, in words, with the people who were there. A correction is a new note that names
// the old one; the old one stays.
type Note struct {
	ID         NoteID
	Unit       org.UnitID
	Measure    catalogue.Measure
	On         kernel.Date
	Title      string
	Body       string
	People     []people.ID
	Round      RoundID
	Subjects   []Ref // what it was written for, in the order of the form
	By         people.ID
	At         kernel.Time
	Replaces   NoteID
	ReplacedBy NoteID
}

// Ref names the note as a proof.
func (n Note) Ref() Ref { return Ref{KindNote, string(n.ID)} }

// PhotoSlot is the place of a note's photos.
const PhotoSlot = "photo"

// NewNote is what the form of 记一笔 carries. ID may come from the form, so that sending it twice saves it once.
type NewNote struct {
	ID       NoteID
	Unit     org.UnitID
	Measure  catalogue.Measure
	On       kernel.Date
	Title    string
	Body     string
	People   []people.ID
	Round    RoundID
	Subjects []Ref // the targets of the round that this note does
	Photos   []string
	Strokes  string // the writer's signature, empty without one
	Replaces NoteID
}

const (
	titleMax  = 60
	bodyMax   = 4000
	peopleMax = 500
)

// check gathers what is wrong in the form. The day is held against the round's window where the round is done.
func (n NewNote) check(today kernel.Date) error {
	var p kernel.Problems
	if t := strings.TrimSpace(n.Title); t == "" {
		p.Add("title", "请写一个标题，比如“走访困难职工”")
	} else if utf8.RuneCountInString(t) > titleMax {
		p.Add("title", "标题最多 %d 个字", titleMax)
	}
	if b := strings.TrimSpace(n.Body); b == "" {
		p.Add("body", "请写几句做了什么")
	} else if utf8.RuneCountInString(b) > bodyMax {
		p.Add("body", "内容最多 %d 个字", bodyMax)
	}
	switch {
	case n.On.IsZero():
		p.Add("on", "请选择是哪一天做的")
	case n.On.After(today):
		p.Add("on", "日期不能晚于今天")
	}
	if len(n.People) > peopleMax {
		p.Add("people", "一次最多记 %d 个人", peopleMax)
	}
	if n.Round != "" && len(n.Subjects) == 0 {
		p.Add("subject", "请选择这次做到了谁或哪里")
	}
	var m catalogue.Measure
	if m.UnmarshalText([]byte(n.Measure)) != nil {
		p.Add("measure", "请选择属于哪一项举措")
	}
	return p.Err()
}

func (n NewNote) note(a authz.Actor, at kernel.Time) Note {
	who := slices.Clone(n.People)
	slices.Sort(who)
	return Note{ID: n.ID, Unit: n.Unit, Measure: n.Measure, On: n.On, Title: strings.TrimSpace(n.Title), Body: strings.TrimSpace(n.Body),
		People: slices.Compact(who), Round: n.Round, Subjects: n.Subjects, By: people.ID(a.Person), At: at, Replaces: n.Replaces}
}

// content is what the writer's signature covers.
func (n NewNote) content(note Note) (string, error) {
	return ContentHash(struct {
		Unit   org.UnitID  `json:"unit"`
		On     kernel.Date `json:"on"`
		Title  string      `json:"title"`
		Body   string      `json:"body"`
		People []people.ID `json:"people"`
		Round  RoundID     `json:"round"`
		For    []Ref       `json:"for"`
		Photos []string    `json:"photos"`
	}{note.Unit, note.On, note.Title, note.Body, note.People, note.Round, n.Subjects, n.Photos})
}

// Hashes are what the signature of a stored note may cover: an empty list was sent as none or as an empty one.
func (n Note) Hashes(photos []string) ([]string, error) {
	var out []string
	for k := range 8 {
		x, wish := n, NewNote{Photos: photos, Subjects: n.Subjects}
		if k&1 != 0 && len(x.People) == 0 {
			x.People = []people.ID{}
		}
		if k&2 != 0 && len(photos) == 0 {
			wish.Photos = []string{}
		}
		if k&4 != 0 && len(n.Subjects) == 0 {
			wish.Subjects = []Ref{}
		}
		h, err := wish.content(x)
		if err != nil {
			return nil, err
		}
		out = append(out, h)
	}
	return out, nil
}

// mayCorrect: the writer or the branch's chair, and only the newest version.
func (n Note) mayCorrect(a authz.Actor) error {
	if n.ReplacedBy != "" {
		return kernel.Err(kernel.Conflict, "这一笔已经有更正后的一版，请在新的一版上改")
	}
	if !a.System && string(n.By) != a.Person && !a.HoldsAt(authz.Chair, string(n.Unit)) {
		return kernel.Err(kernel.Forbidden, "只有记的人和分工会主席可以更正这一笔")
	}
	return nil
}
