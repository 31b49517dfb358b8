package upkeep

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"xiaojia/internal/engine/checklist"
	"xiaojia/internal/engine/matter"
	"xiaojia/internal/kernel"
	"xiaojia/internal/measure/safety"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/platform/files"
	"xiaojia/internal/platform/i18n"
)

// Finding is one row that is not as it must be. It names the row and no data in it.
type Finding struct {
	Table string         `json:"table"`
	Key   string         `json:"key"`
	Text  string         `json:"text"` // Chinese sentence, key of its translation
	Args  []kernel.Words `json:"args"`
}

var english = sync.OnceValues(func() (*i18n.Printer, error) {
	book, err := i18n.Read(English)
	if err != nil {
		return nil, err
	}
	return book.Printer(i18n.En), nil
})

// In is the sentence in the language of a printer.
func (f Finding) In(p *i18n.Printer) string {
	args := make([]any, len(f.Args))
	for i, a := range f.Args {
		args[i] = a
	}
	return p.T(f.Text, args...)
}

// English is the sentence for a terminal.
func (f Finding) English() string {
	p, err := english()
	if err != nil {
		return f.Text // only a broken file of translations, which a test finds
	}
	return f.In(p)
}

// String is one line: table, key, what.
func (f Finding) String() string { return f.Table + "\t" + f.Key + "\t" + f.English() }

// Counts is how many rows of each kind were looked at.
type Counts struct {
	History    int `json:"history"`
	Pictures   int `json:"pictures"`
	Counters   int `json:"counters"`
	Rounds     int `json:"rounds"`
	Matters    int `json:"matters"`
	Signatures int `json:"signatures"`
	Skipped    int `json:"skipped"` // signatures whose content cannot be made anew
}

// Report is what a check of everything came to. Findings holds the first of them; N is how many there are.
type Report struct {
	At       kernel.Time   `json:"at"`
	Took     time.Duration `json:"took"`
	Counts   Counts        `json:"counts"`
	N        int           `json:"n"`
	Findings []Finding     `json:"findings"`
}

// keptFindings is how many findings a report keeps; tell hears of all.
const keptFindings = 100

// RunOf loads a checklist run in the reader's state of the database; checklistdb has it.
type RunOf func(ctx context.Context, q db.DBTX, org string, id checklist.RunID) (checklist.Run, error)

// Check is what Verify needs. Demo lets the made-up rows of a load test have a history of two lines.
type Check struct {
	DB    *db.DB
	Files *files.Store
	Runs  RunOf
	Demo  bool
	Tell  func(Finding) // hears of each as it is found; may be nil
}

// checking is one check under way.
type checking struct {
	Check
	ctx   context.Context
	q     db.DBTX
	flows map[matter.Kind]matter.Flow
	out   Report
}

// Verify looks at one state of the database and at its pictures: every line of history against its leaf, every picture against
// its name, every counter against its rows, every matter against its history, every signature against what it covers. Rows are
// read page by page. An error means that it could not look, not that something was found.
func Verify(ctx context.Context, c Check) (Report, error) {
	start := time.Now()
	have, err := c.DB.Schema(ctx)
	if err != nil {
		return Report{}, err
	}
	if knows, err := db.Knows(c.DB.Engine); err != nil || have != knows {
		return Report{}, errors.Join(err, fmt.Errorf("the schema is %d, this program checks %d: run xiaojia migrate first", have, knows))
	}
	v := &checking{Check: c, ctx: ctx, flows: map[matter.Kind]matter.Flow{matter.Hazard: safety.HazardFlow()}}
	v.out.At = c.DB.Clock.Now()
	err = c.DB.Frozen(ctx, func(q db.DBTX) error {
		v.q = q
		for _, part := range []func() error{v.engine, v.history, v.pictures, v.counters, v.rounds, v.matters, v.signatures} {
			if err := errors.Join(ctx.Err(), part()); err != nil {
				return fmt.Errorf("verify: %w", err)
			}
		}
		return nil
	})
	v.out.Took = time.Since(start)
	return v.out, err
}

func (v *checking) found(table, key, text string, args ...any) {
	f := Finding{Table: table, Key: key, Text: text}
	for _, a := range args {
		w, ok := a.(kernel.Words)
		if !ok {
			w = kernel.Words{Zh: fmt.Sprint(a), En: fmt.Sprint(a)}
		}
		f.Args = append(f.Args, w)
	}
	if v.out.N++; len(v.out.Findings) < keptFindings {
		v.out.Findings = append(v.out.Findings, f)
	}
	if v.Tell != nil {
		v.Tell(f)
	}
}

// each reads the rows of a query and hands them to scan.
func (v *checking) each(scan func(row func(...any) error) error, text string, args ...any) (n int, err error) {
	rows, err := v.q.QueryContext(v.ctx, text, args...)
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	for ; rows.Next(); n++ {
		if err := scan(rows.Scan); err != nil {
			return n, err
		}
	}
	return n, rows.Err()
}

// pageRows is how many rows are in memory at once.
const pageRows = 500

// pages reads a query by its key, page by page; text ends with its order, scan answers the key of its row.
func (v *checking) pages(key db.Key, scan func(row func(...any) error) (db.Key, error), then func() error, text string) error {
	for {
		n, err := v.each(func(row func(...any) error) error {
			k, err := scan(row)
			key = k
			return err
		}, fmt.Sprintf("%s LIMIT %d", text, pageRows), key...)
		if err != nil {
			return err
		}
		if err := then(); err != nil || n < pageRows {
			return err
		}
	}
}

// engine asks SQLite itself; PostgreSQL has no such question.
func (v *checking) engine() error {
	if v.DB.Engine != db.SQLite {
		return nil
	}
	_, err := v.each(func(row func(...any) error) error {
		var said string
		if err := row(&said); err != nil || said == "ok" {
			return err
		}
		v.found("sqlite", "integrity_check", "数据库文件有损坏：%s", said)
		return nil
	}, "PRAGMA integrity_check(50)")
	if err != nil {
		return err
	}
	_, err = v.each(func(row func(...any) error) error {
		var table, parent string
		var rowid, fk any
		if err := row(&table, &rowid, &parent, &fk); err != nil {
			return err
		}
		v.found(table, fmt.Sprint("rowid ", rowid), "它指向的 %s 不在了", parent)
		return nil
	}, "PRAGMA foreign_key_check")
	return err
}
