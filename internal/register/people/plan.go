package people

import (
	"context"
	"strings"

	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/search"
	"xiaojia/internal/register/org"
	"xiaojia/internal/register/people/roster"
)

// Action is what an import does with a row; scripts rely on the words.
type Action string

const (
	Create    Action = "create"
	Update    Action = "update"
	Unchanged Action = "unchanged"
	Skip      Action = "skip"
)

// Change is one field that an update changes; secrets are masked.
type Change struct {
	Field    roster.Field
	Old, New string
}

// Planned is one row of the roster with what becomes of it. Preview and import share it, so that what is shown is what is done.
type Planned struct {
	Row      roster.Row
	Action   Action
	Person   ID
	Changes  []Change         // of an update
	Problems []roster.Problem // of the sheet, and against who is here already
	Sealed   bool             // the sheet has sealed fields, which are kept as it has them, compared or not
	old, now Record
	doc      search.Doc // of somebody new, made before the transaction
	labels   []Label    // to put
	before   []Label    // what stood under the same key and day
	same     ID         // who has the ID number of the sheet and is somebody else
}

// ImportOptions say where a roster goes.
type ImportOptions struct {
	Unit          org.UnitID // the branch; the company for its own staff
	File          string     // its name, for the list of imports
	CreateMissing bool       // make the departments and groups that the roster names and the branch lacks
}

// Source gives the rows of a roster in order, as roster.Book.Read does; it can be asked twice.
type Source func(yield func(roster.Row) bool) error

// planChunk is how many rows are planned and written together: as many as the database takes without keeping others waiting
// for longer than a fifth of a second.
const planChunk = 2000

// planner plans one roster; units that are made on the way enter its chart.
type planner struct {
	s       *Service
	by      authz.Actor
	opt     ImportOptions
	chart   *org.Chart
	today   kernel.Date
	build   func(org.NewUnit) (org.Unit, error) // nil: missing units stay missing
	missing []MissingUnit
	told    map[MissingUnit]bool
	left    int // problems that are written already
}

func (s *Service) planner(ctx context.Context, by authz.Actor, opt ImportOptions) (*planner, error) {
	c, err := s.chart(ctx, by.Org)
	if err != nil {
		return nil, err
	}
	u, ok := c.Unit(opt.Unit)
	if !ok || !u.Closed.IsZero() || u.Kind != org.Branch && u.Kind != org.Company {
		return nil, kernel.Wrong("unit", "请选名册是哪个分工会的。")
	}
	if !coversBranch(by.Scope(ImportPeople), u.Branch) {
		return nil, kernel.Err(kernel.Forbidden, "只能导入自己分工会的名册。")
	}
	return &planner{s: s, by: by, opt: opt, chart: c, today: s.today(), told: map[MissingUnit]bool{}}, nil
}

// chunks hands the rows out in chunks.
func chunks(src Source, each func([]roster.Row) error) error {
	var chunk []roster.Row
	var failed error
	err := src(func(r roster.Row) bool {
		chunk = append(chunk, r)
		if len(chunk) < planChunk {
			return true
		}
		failed = each(chunk)
		chunk = nil
		return failed == nil
	})
	switch {
	case failed != nil:
		return failed
	case err != nil:
		return err
	case len(chunk) > 0:
		return each(chunk)
	}
	return nil
}

// plan decides about one chunk of rows against who is here.
func (p *planner) plan(ctx context.Context, rows []roster.Row) ([]Planned, error) {
	if err := p.units(rows); err != nil {
		return nil, err
	}
	known, err := p.known(ctx, rows)
	if err != nil {
		return nil, err
	}
	out := make([]Planned, len(rows))
	for i, r := range rows {
		if out[i], err = p.row(r, known); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// here is who is in the roster already, by staff number and by the blind index of the ID number.
type here struct {
	byNo, byID map[string]Record
	labels     map[ID][]Label
}

func (p *planner) known(ctx context.Context, rows []roster.Row) (here, error) {
	var nos, blinds []string
	for _, r := range rows {
		if r.No != "" {
			nos = append(nos, strings.ToUpper(r.No))
		}
		if r.IDNumber != "" {
			blinds = append(blinds, p.s.ring.Blind(kindOfID, string(r.IDNumber)))
		}
	}
	h := here{map[string]Record{}, map[string]Record{}, map[ID][]Label{}}
	found, err := p.s.store.Matching(ctx, p.s.db.Read, p.by.Org, nos, blinds)
	if err != nil {
		return h, err
	}
	var ids []ID
	for _, r := range found {
		if _, twice := h.byNo[r.No]; !twice {
			ids = append(ids, r.ID)
		}
		h.byNo[r.No] = r
		if r.IDBlind != "" {
			h.byID[r.IDBlind] = r
		}
	}
	labels, err := p.s.store.LabelsOf(ctx, p.s.db.Read, p.by.Org, ids, p.today)
	for _, l := range labels {
		h.labels[l.Person] = append(h.labels[l.Person], l)
	}
	return h, err
}
