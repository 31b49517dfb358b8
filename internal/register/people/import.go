package people

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/audit"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/platform/search"
	"xiaojia/internal/platform/vault"
	"xiaojia/internal/register/org"
	"xiaojia/internal/register/people/roster"
)

// kindOfBefore binds a sealed before-image to its batch and person.
const kindOfBefore = "import.before"

// chunkTries is how often a chunk is planned anew because somebody changed one of its persons meanwhile.
const chunkTries = 3

// Import plans a roster as Preview does and writes it, chunk by chunk. each (which may be nil) sees every row after its
// chunk is on disk; where it fails in the middle, what is written stays and the batch can be taken back.
func (s *Service) Import(ctx context.Context, by authz.Actor, opt ImportOptions, src Source, each func(Planned) error) (Batch, error) {
	p, err := s.planner(ctx, by, opt)
	if err != nil {
		return Batch{}, err
	}
	b := Batch{ID: kernel.NewID(s.db.Clock.Now()), Unit: opt.Unit, File: opt.File, By: ID(by.Person), At: s.db.Clock.Now()}
	if opt.CreateMissing {
		p.build = func(n org.NewUnit) (org.Unit, error) { return p.found(ctx, b.ID, n) }
	}
	if err := s.db.InTx(ctx, by, func(tx db.Tx) error {
		if err := s.store.AddBatch(tx, b); err != nil {
			return err
		}
		return audit.Write(tx, "roster.import", audit.Subject{Kind: "batch", ID: b.ID}, "导入名册 %s", opt.File)
	}); err != nil {
		return b, err
	}
	w := writing{planner: p, batch: b.ID}
	told := func(list []Planned, err error) error {
		for _, x := range list {
			b.Tally.add(x.Action)
			if each != nil && err == nil {
				err = each(x)
			}
		}
		return err
	}
	err = chunks(src, func(rows []roster.Row) error {
		list, err := p.plan(ctx, rows)
		if e := told(w.end(ctx)); e != nil {
			return e
		}
		if err == nil {
			w.begin(ctx, rows, list)
		}
		return err
	})
	if e := told(w.end(ctx)); e != nil {
		return b, e
	}
	return b, err
}

// found makes a missing unit for good, or opens it again, and notes which import did.
func (p *planner) found(ctx context.Context, batch string, n org.NewUnit) (u org.Unit, err error) {
	err = p.s.db.InTx(ctx, p.by, func(tx db.Tx) error {
		if u, err = p.s.units.AddUnitIn(tx, p.chart, n); err != nil {
			return err
		}
		return p.s.store.AddUnit(tx, batch, u.ID)
	})
	p.s.units.Directory().Forget(p.by.Org)
	return u, err
}

// writing is the chunk of an import that is being written while the next one is read and planned. A roster names nobody twice, so
// what one chunk does changes nothing for the next.
type writing struct {
	*planner
	batch string
	rows  []roster.Row
	list  []Planned
	ended chan error // nil: nothing is being written
}

// begin writes a planned chunk beside its caller.
func (w *writing) begin(ctx context.Context, rows []roster.Row, list []Planned) {
	spell(list)
	w.rows, w.list, w.ended = rows, list, make(chan error, 1)
	left := leftover(list, w.left)
	go func() { w.ended <- w.write(ctx, w.batch, list, left) }()
}

// spell makes the words by which the new ones are found.
func spell(list []Planned) {
	for i, x := range list {
		if x.Action == Create {
			list[i].doc = SearchDoc(x.now).Spelled()
		}
	}
}

// end waits until the chunk is on disk; where somebody was faster with one of its persons, it is planned and written anew.
func (w *writing) end(ctx context.Context) ([]Planned, error) {
	if w.ended == nil {
		return nil, nil
	}
	list, err := w.list, <-w.ended
	w.ended = nil
	for try := 1; faster(err) && try < chunkTries; try++ {
		if list, err = w.plan(ctx, w.rows); err == nil {
			spell(list)
			err = w.write(ctx, w.batch, list, leftover(list, w.left))
		}
	}
	switch {
	case faster(err):
		return nil, errors.Join(kernel.Err(kernel.Conflict, "导入的时候名册正被别人改，请再试一次。"), err)
	case err != nil:
		return nil, err
	}
	w.left += len(leftover(list, w.left))
	return list, nil
}

// faster tells that a write failed because somebody else had changed one of its persons.
func faster(err error) bool { return kernel.KindOf(err) == kernel.Conflict || db.IsDuplicate(err) }

func (p *planner) write(ctx context.Context, batch string, list []Planned, left []BatchProblem) error {
	before, err := p.images(batch, list)
	if err != nil {
		return err
	}
	return p.s.db.InTx(ctx, p.by, func(tx db.Tx) error {
		if err := p.s.store.AddProblems(tx, batch, left); err != nil {
			return err
		}
		return p.s.apply(tx, batch, list, before)
	})
}

// image is what an undo needs of one person.
type image struct {
	Old    Record
	Labels []Label // put by the import
	Before []Label // what stood in their place
}

// images seals the before-images outside the transaction.
func (p *planner) images(batch string, list []Planned) (map[ID][]byte, error) {
	out := map[ID][]byte{}
	for _, x := range list {
		if x.Action != Update {
			continue
		}
		raw, err := json.Marshal(image{x.old, x.labels, x.before})
		if err != nil {
			return nil, fmt.Errorf("image of %s: %w", x.Person, err)
		}
		text, err := p.s.ring.Seal(vault.Context{Org: p.by.Org, Kind: kindOfBefore, ID: batch + "/" + string(x.Person)}, raw)
		if err != nil {
			return nil, err
		}
		out[x.Person] = []byte(text)
	}
	return out, nil
}

func (s *Service) apply(tx db.Tx, batch string, list []Planned, before map[ID][]byte) error {
	var t Tally
	var fresh []Record
	var docs []search.Doc
	var labels []Label
	var rows []BatchRow
	for _, x := range list {
		t.add(x.Action)
		switch x.Action {
		case Create:
			if fresh = append(fresh, x.now); x.now.Left.IsZero() {
				docs = append(docs, x.doc)
			}
		case Update:
			if err := s.replace(tx, x.old, x.now, "从名册导入，修改：%s"); err != nil {
				return err
			}
		default:
			continue
		}
		labels = append(labels, x.labels...)
		rows = append(rows, BatchRow{Person: x.Person, Version: x.old.Version + 1, Before: before[x.Person]})
	}
	if err := s.store.AddPeople(tx, fresh); err != nil {
		return err
	}
	for _, l := range labels {
		if err := s.store.PutLabel(tx, l); err != nil {
			return err
		}
	}
	if err := shownMany(tx, fresh, docs); err != nil {
		return err
	}
	if err := s.store.AddBatchRows(tx, batch, rows); err != nil {
		return err
	}
	return s.store.TallyBatch(tx, batch, t)
}

// Batches lists the newest imports into the units that the actor may import into.
func (s *Service) Batches(ctx context.Context, by authz.Actor) ([]Batch, error) {
	c, err := s.chart(ctx, by.Org)
	if err != nil {
		return nil, err
	}
	all, err := s.store.Batches(ctx, s.db.Read, by.Org)
	var out []Batch
	for _, b := range all {
		if u, _ := c.Unit(b.Unit); coversBranch(by.Scope(ImportPeople), u.Branch) {
			out = append(out, b)
		}
	}
	return out, err
}
