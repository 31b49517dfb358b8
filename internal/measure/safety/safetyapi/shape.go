package safetyapi

import (
	"xiaojia/internal/engine/matter"
	"xiaojia/internal/measure/safety"
	"xiaojia/internal/platform/api"
	"xiaojia/internal/register/org"
	"xiaojia/internal/register/people"
)

// Hazard is a line of the list.
type Hazard struct {
	ID        string   `json:"id"`
	No        string   `json:"no" example:"24-0117"`
	Title     string   `json:"title"`
	State     string   `json:"state" enum:"raised,judged,assigned,answered,verified,announced,closed"`
	Outcome   string   `json:"outcome,omitempty" enum:"solved,unsolved,no_hazard,duplicate,withdrawn"`
	Grade     string   `json:"grade,omitempty" enum:"D,C,B,A,major"`
	Unit      *api.Ref `json:"unit,omitempty"`
	Place     *api.Ref `json:"place,omitempty"`
	Owner     *api.Ref `json:"owner,omitempty"`
	Due       string   `json:"due,omitempty" format:"date-time"`
	Late      bool     `json:"late"`
	Closed    string   `json:"closed,omitempty" format:"date-time"`
	Rework    int      `json:"rework,omitempty"`
	Extended  int      `json:"extended,omitempty"`
	Escalated int      `json:"escalated,omitempty"`
}

// Detail is one hazard whole.
type Detail struct {
	Hazard
	Version      int      `json:"version"`
	Description  string   `json:"description,omitempty"`
	Spot         string   `json:"spot,omitempty"`
	ReporterMode string   `json:"reporter_mode,omitempty" enum:"named,hidden,anonymous,patrol"`
	Reporter     *api.Ref `json:"reporter,omitempty"`
	Raised       string   `json:"raised,omitempty" format:"date"`
	Basis        string   `json:"basis,omitempty"`
	Rectifier    *api.Ref `json:"rectifier,omitempty"`
	Verifier     *api.Ref `json:"verifier,omitempty"`
	Measure      string   `json:"measure,omitempty"`
	Doer         string   `json:"doer,omitempty"`
	FixBy        string   `json:"fix_by,omitempty" format:"date"`
	DoneNote     string   `json:"done_note,omitempty"`
	DoneOn       string   `json:"done_on,omitempty" format:"date"`
	VerifyNote   string   `json:"verify_note,omitempty"`
	VerifiedOn   string   `json:"verified_on,omitempty" format:"date"`
	Announced    string   `json:"announced,omitempty" format:"date"`
	AnnouncedHow string   `json:"announced_how,omitempty"`
	AskedUntil   string   `json:"asked_until,omitempty" format:"date"`
	Photos       []Photo  `json:"photos"`
	Acts         []Act    `json:"acts" doc:"现在能办的 · what the owner of the key may do now"`
	History      []Entry  `json:"history"`
}

// Photo is where a picture stands in the hazard.
type Photo struct {
	Slot string `json:"slot" doc:"before, after, verify, …"`
	Name string `json:"name"`
	Path string `json:"path" doc:"登录以后打开 · for who is signed in"`
	At   string `json:"at,omitempty" format:"date-time"`
}

// Act is what may be done now and what it needs.
type Act struct {
	Act   string   `json:"act"`
	Name  string   `json:"name"`
	Needs []string `json:"needs,omitempty"`
}

// Entry is a line of the history.
type Entry struct {
	At   string `json:"at" format:"date-time"`
	Act  string `json:"act"`
	Who  string `json:"who,omitempty"`
	Text string `json:"text"`
}

// Raised is the answer to a report.
type Raised struct {
	ID      string `json:"id"`
	No      string `json:"no"`
	Title   string `json:"title"`
	State   string `json:"state"`
	Grade   string `json:"grade,omitempty"`
	Due     string `json:"due" format:"date-time"`
	Version int    `json:"version"`
	Receipt string `json:"receipt,omitempty" doc:"匿名的查询码，只说这一次 · of an anonymous report, told once"`
}

func ref(id, name string) *api.Ref {
	if id == "" {
		return nil
	}
	return &api.Ref{ID: id, Name: name}
}

func line(c api.Call, chart *org.Chart, r safety.HazardRow) Hazard {
	return Hazard{ID: string(r.ID), No: r.No, Title: r.Title, State: string(r.State), Outcome: string(r.Outcome), Grade: r.Grade,
		Unit: ref(string(r.Unit), c.P.W(chart.Name(r.Unit))), Place: ref(string(r.Place), c.P.W(chart.PlaceName(r.Place))), Owner: ref(string(r.Owner), c.P.W(chart.Name(r.Owner))),
		Due: api.Moment(r.Due), Late: r.Late, Closed: api.Moment(r.Closed), Rework: r.Rework, Extended: r.Extended, Escalated: r.Escalated}
}

func detail(c api.Call, chart *org.Chart, t safety.Told, steps []matter.Step) Detail {
	m := t.Matter
	d := Detail{Hazard: line(c, chart, safety.HazardRow{ID: m.ID, No: m.No, Title: m.Title, State: m.State, Outcome: m.Outcome, Grade: m.Grade, Unit: m.Unit, Place: m.Place, Owner: m.Owner,
		Due: m.Due, Late: m.Late(), Closed: m.ClosedAt, Rework: m.Rework, Extended: m.Extended, Escalated: m.Escalated}),
		Version: m.Version, Description: t.Description, Spot: t.Spot, ReporterMode: string(t.Mode), Raised: api.Day(m.Raised), Basis: t.Basis, Rectifier: person(t, m.Rectifier), Verifier: person(t, m.Verifier),
		Measure: t.Measure, Doer: t.Doer, FixBy: api.Day(t.FixBy), DoneNote: t.DoneNote, DoneOn: api.Day(t.DoneOn), VerifyNote: t.VerifyNote, VerifiedOn: api.Day(t.VerifiedOn),
		Announced: api.Day(m.Announced), AnnouncedHow: t.AnnouncedHow, AskedUntil: api.Day(t.AskedUntil), Photos: []Photo{}, Acts: []Act{}, History: []Entry{}}
	if t.Mode == safety.Named {
		d.Reporter = person(t, m.Reporter)
	}
	for _, a := range t.Photos {
		d.Photos = append(d.Photos, Photo{Slot: a.Slot, Name: a.Hash, Path: "/f/" + a.Hash, At: api.Moment(a.At)})
	}
	for _, s := range steps {
		needs := make([]string, len(s.Needs))
		for i, n := range s.Needs {
			needs[i] = string(n)
		}
		d.Acts = append(d.Acts, Act{Act: string(s.Act), Name: c.P.W(s.Name), Needs: needs})
	}
	for _, e := range t.History {
		d.History = append(d.History, Entry{At: api.Moment(e.At), Act: e.Act, Who: e.Name, Text: c.P.T(e.Text, e.Args...)})
	}
	return d
}

func person(t safety.Told, id people.ID) *api.Ref { return ref(string(id), t.Names[id]) }
