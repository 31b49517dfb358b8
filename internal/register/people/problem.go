package people

import (
	"context"
	"slices"

	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/register/org"
	"xiaojia/internal/register/people/roster"
)

// Severity says what a problem of a roster costs.
type Severity string

const (
	Must Severity = "must" // the row is not taken until it is put right
	Gap  Severity = "gap"  // the row is taken without this field
	Hint Severity = "hint" // the row is taken as it is meant
)

// Severity of one problem of a planned row.
func (x Planned) Severity(q roster.Problem) Severity {
	switch {
	case q.Part:
		return Hint
	case x.Action == Skip:
		return Must
	}
	return Gap
}

// BatchProblem is what an import could not take of one cell. It stays with the batch after the file is gone.
type BatchProblem struct {
	Pos, Row int
	No, Name string
	Person   ID // empty for a row that was not taken
	Field    roster.Field
	Kind     roster.Kind
	Skipped  bool
	Text     string
	Args     []any
	Mended   bool // the person has it by now
}

// leftover turns the problems of a chunk into rows of the batch; after is how many it has already.
func leftover(list []Planned, after int) []BatchProblem {
	var out []BatchProblem
	for _, x := range list {
		for _, q := range x.Problems {
			s := x.Severity(q)
			if s == Hint {
				continue
			}
			out = append(out, BatchProblem{Pos: after + len(out) + 1, Row: x.Row.Number, No: x.Row.No, Name: x.Row.Name, Person: x.Person,
				Field: q.Field, Kind: q.Kind, Skipped: s == Must, Text: q.Text, Args: q.Args})
		}
	}
	return out
}

// Batch is one import into a unit that the actor may import into, with how many problems it left.
func (s *Service) Batch(ctx context.Context, by authz.Actor, id string) (b Batch, problems int, err error) {
	if b, err = s.reached(ctx, by, id); err != nil {
		return b, 0, err
	}
	problems, err = s.store.CountProblems(ctx, s.db.Read, by.Org, id)
	return b, problems, err
}

func (s *Service) reached(ctx context.Context, by authz.Actor, id string) (Batch, error) {
	b, err := s.store.Batch(ctx, s.db.Read, by.Org, id)
	if err != nil {
		return b, err
	}
	c, err := s.chart(ctx, by.Org)
	if err != nil {
		return b, err
	}
	if u, _ := c.Unit(b.Unit); !coversBranch(by.Scope(ImportPeople), u.Branch) {
		return b, kernel.Err(kernel.NotFound, "找不到这一批导入。")
	}
	return b, nil
}

// Problems lists what an import left, in the order of the sheet; next continues behind the last one, 0 at the end.
func (s *Service) Problems(ctx context.Context, by authz.Actor, batch string, after, n int) (list []BatchProblem, next int, err error) {
	if _, err := s.reached(ctx, by, batch); err != nil {
		return nil, 0, err
	}
	n = min(max(n, 1), pageSize)
	list, err = s.store.Problems(ctx, s.db.Read, by.Org, batch, after, n+1)
	if len(list) > n {
		list = list[:n]
		next = list[n-1].Pos
	}
	return list, next, err
}

// CloseEmpty closes the departments and groups that an import made and that nobody belongs to any more.
func (s *Service) CloseEmpty(ctx context.Context, by authz.Actor, batch string) (closed int, err error) {
	ids, err := s.EmptyUnits(ctx, by, batch)
	if err != nil || len(ids) == 0 {
		return 0, err
	}
	return s.units.CloseUnits(ctx, by, ids)
}

// EmptyUnits lists the departments and groups that an import made, are still open, and have nobody.
func (s *Service) EmptyUnits(ctx context.Context, by authz.Actor, batch string) ([]org.UnitID, error) {
	if _, err := s.reached(ctx, by, batch); err != nil {
		return nil, err
	}
	c, err := s.chart(ctx, by.Org)
	if err != nil {
		return nil, err
	}
	ids, err := s.store.EmptyUnits(ctx, s.db.Read, by.Org, batch, s.today())
	return slices.DeleteFunc(ids, func(id org.UnitID) bool { u, ok := c.Unit(id); return !ok || !u.Closed.IsZero() }), err
}
