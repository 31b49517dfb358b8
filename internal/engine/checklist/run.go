package checklist

import (
	"cmp"
	"regexp"
	"slices"
	"unicode/utf8"

	"xiaojia/internal/engine/record"
	"xiaojia/internal/kernel"
	"xiaojia/internal/register/org"
	"xiaojia/internal/register/people"
)

// RunID is a ULID that the phone makes, so that sending the same run twice is harmless (decision 27).
type RunID string

var ulid = regexp.MustCompile(`^[0-7][0-9A-HJKMNP-TV-Z]{25}$`)

// Kind names runs among the records that have signatures, photos and rounds.
const Kind = "run"

// Ref is the run's name among all records.
func (id RunID) Ref() record.Ref { return record.Ref{Kind: Kind, ID: string(id)} }

// ParseRunID refuses what is no ULID.
func ParseRunID(s string) (RunID, error) {
	if !ulid.MatchString(s) {
		return "", kernel.Err(kernel.Invalid, "这份记录的编号不对，请重新开始。")
	}
	return RunID(s), nil
}

// Draft is a run as a phone sends it.
type Draft struct {
	ID       RunID
	Card     CardID
	Place    org.PlaceID
	Round    string // after which it is named; empty for a visit of its own accord. Not signed: which rounds it does is found at the end
	On       kernel.Date
	With     people.ID // the second inspector
	Leader   people.ID // 组长, one of the two
	Escort   string    // 陪同; recorded, no gate (decision 11)
	SiteHead string    // 现场负责人; the same
	Good     string    // 好的做法
	Answers  []Answer
	Version  int // of the stored run that the phone last saw; 0 for a new one
}

// State is where a run stands.
//
//	draft ⇄ signing ⇄ signed
//	  └── dropped ┘
//
// An edit takes signing back to draft, a denied signature takes signed back to signing.
type State string

const (
	Drafted State = "draft"
	Signing State = "signing"
	Signed  State = "signed"
	Dropped State = "dropped"
)

// Run is a stored run. Its Version counts contents: a signature does not change it, an edit does.
type Run struct {
	Draft
	Unit     org.UnitID // the branch that inspects
	State    State
	By       people.ID // who began it
	Content  string    // hash of all that was found; signatures cover it
	Result   Result    // counts; set by the first signature, Fails only where just judged
	Started  kernel.Time
	SignedAt kernel.Time
}

// Inspectors are the one or two persons of the run.
func (r Run) Inspectors() []people.ID {
	if r.With == "" {
		return []people.ID{r.By}
	}
	return []people.ID{r.By, r.With}
}

// Inspects tells whether the person is one of them.
func (r Run) Inspects(p people.ID) bool { return p != "" && slices.Contains(r.Inspectors(), p) }

// Answer finds what was found at an item.
func (r Run) Answer(item string) (Answer, bool) {
	i := slices.IndexFunc(r.Answers, func(a Answer) bool { return a.Item == item })
	if i < 0 {
		return Answer{}, false
	}
	return r.Answers[i], true
}

// Open tells whether it can still be edited.
func (r Run) Open() bool { return r.State == Drafted || r.State == Signing }

// Editable is the sentence for a run that is closed, nil for one that is open.
func (r Run) Editable() error {
	if r.Open() {
		return nil
	}
	return r.closed()
}

// Move is the one place of all transitions.
func (r Run) Move(to State) (Run, error) {
	ok := false
	switch to {
	case Drafted:
		ok = r.Open()
	case Signing:
		ok = r.State == Drafted || r.State == Signing || r.State == Signed
	case Signed:
		ok = r.State == Signing
	case Dropped:
		ok = r.Open()
	}
	if !ok {
		return r, r.closed()
	}
	r.State = to
	return r, nil
}

func (r Run) closed() error {
	if r.State == Dropped {
		return kernel.Err(kernel.Gone, "这份记录已经作废。")
	}
	return kernel.Err(kernel.Conflict, "这份记录已经签完，不能再改。")
}

// clean brings a draft into the one form that is hashed and stored: tidy text, answers in the order of the card.
func (d Draft) clean(c Card) (Draft, error) {
	var p kernel.Problems
	d.Escort, d.SiteHead, d.Good = tidy(d.Escort), tidy(d.SiteHead), tidy(d.Good)
	tooLong(&p, "escort", d.Escort, maxName)
	tooLong(&p, "site_head", d.SiteHead, maxName)
	tooLong(&p, "good", d.Good, maxNote)
	var out []Answer
	pos := map[string]int{}
	for n, i := range c.Items {
		pos[i.Code] = n
	}
	seen := map[string]bool{}
	for _, a := range d.Answers {
		i, ok := c.Item(a.Item)
		if !ok || seen[a.Item] {
			p.Add(a.Item, "这张检查表没有“%s”这一项。", a.Item)
			continue
		}
		seen[a.Item] = true
		if a = a.clean(i, d.On, &p); !a.empty() {
			out = append(out, a)
		}
	}
	slices.SortFunc(out, func(a, b Answer) int { return cmp.Compare(pos[a.Item], pos[b.Item]) })
	d.Answers = out
	return d, p.Err()
}

func tooLong(p *kernel.Problems, field, s string, most int) {
	if utf8.RuneCountInString(s) > most {
		p.Add(field, "太长了，最多 %d 个字。", most)
	}
}
