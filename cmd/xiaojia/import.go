package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime/debug"

	"xiaojia/internal/app"
	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/config"
	"xiaojia/internal/platform/vault"
	"xiaojia/internal/register/org"
	"xiaojia/internal/register/people"
	"xiaojia/internal/register/people/roster"
)

// importMemory is from where on the import collects garbage as usual; the database has some more outside of it.
const importMemory = 160 << 20

// importOptions are the flags of `import people`.
type importOptions struct {
	cfg                          config.Config
	unit, file                   string
	dryRun, json, reveal, create bool
}

// importPeople reads a roster into a branch as the page does, or only says what it would do. Scripts rely on its JSON.
func importPeople(ctx context.Context, args []string, out, say io.Writer) error {
	if len(args) == 0 || args[0] != "people" {
		return fmt.Errorf("%w: xiaojia import people --data DIR --unit UNIT --file F", config.ErrUsage)
	}
	var opt importOptions
	f := config.NewSet("import people", say)
	f.Common(&opt.cfg)
	f.StringVar(&opt.unit, "unit", "", "branch: its id or full name")
	f.StringVar(&opt.file, "file", "", "Excel workbook (.xlsx)")
	f.BoolVar(&opt.dryRun, "dry-run", false, "say what would be done and write nothing")
	f.BoolVar(&opt.json, "json", false, "print one JSON object")
	f.BoolVar(&opt.reveal, "reveal", false, "print whole ID numbers and phones, and the wages")
	f.BoolVar(&opt.create, "create-units", false, "make the departments and groups that are missing")
	if err := f.Parse(args[1:]); err != nil {
		return err
	}
	if opt.unit == "" || opt.file == "" {
		return fmt.Errorf("%w: --unit and --file are needed", config.ErrUsage)
	}
	debug.SetGCPercent(400) // the process lives for this alone: memory for time, up to a bound
	debug.SetMemoryLimit(importMemory)
	a, err := existing(ctx, opt.cfg, say)
	if err != nil {
		return err
	}
	return errors.Join(runImport(ctx, a, opt, out, say), a.Close())
}

// existing opens a data folder that is there already; a command never makes one by mistake.
func existing(ctx context.Context, cfg config.Config, say io.Writer) (*app.App, error) {
	if err := app.Made(cfg); err != nil {
		return nil, err
	}
	return app.Open(ctx, cfg, logger(say))
}

func runImport(ctx context.Context, a *app.App, opt importOptions, out, say io.Writer) error {
	inOrg, unit, err := findUnit(ctx, a, opt.unit)
	if err != nil {
		return err
	}
	file, err := os.Open(opt.file)
	if err != nil {
		return fmt.Errorf("roster: %w", err)
	}
	defer file.Close() // only read from
	info, err := file.Stat()
	if err != nil {
		return fmt.Errorf("roster: %w", err)
	}
	book, err := roster.Open(file, info.Size(), roster.Limits{})
	if err != nil {
		return err
	}
	chart, err := a.Directory.Of(ctx, inOrg)
	if err != nil {
		return err
	}
	r := &report{out: out, json: opt.json, reveal: opt.reveal}
	fmt.Fprintf(say, "%s → %s\n", filepath.Base(opt.file), unit.Name.Zh)
	read := func(yield func(roster.Row) bool) error {
		m := roster.Options{Today: a.DB.Clock.Now().Date(), Known: people.KnownUnits(chart, unit.ID)}
		t, err := book.Read(book.Propose(), m, yield)
		r.summary.NoPerson = len(t.Skipped)
		return err
	}
	into := people.ImportOptions{Unit: unit.ID, File: filepath.Base(opt.file), CreateMissing: opt.create}
	by := authz.Program(inOrg)
	if opt.dryRun {
		_, _, err = a.Roster.Preview(ctx, by, into, read, r.row)
	} else {
		var b people.Batch
		b, err = a.Roster.Import(ctx, by, into, read, r.row)
		r.summary.Batch = b.ID
	}
	if err != nil {
		return err
	}
	return r.end()
}

// findUnit is the branch or company that a person means; none or two is wrong use.
func findUnit(ctx context.Context, a *app.App, idOrName string) (string, org.Unit, error) {
	orgs, err := a.Directory.Orgs(ctx)
	if err != nil {
		return "", org.Unit{}, err
	}
	var in string
	var found []org.Unit
	for _, o := range orgs {
		chart, err := a.Directory.Of(ctx, o.ID)
		if err != nil {
			return "", org.Unit{}, err
		}
		for _, u := range chart.FindAny(idOrName) {
			if u.Closed.IsZero() && (u.Kind == org.Branch || u.Kind == org.Company) {
				in, found = o.ID, append(found, u)
			}
		}
	}
	switch len(found) {
	case 0:
		return "", org.Unit{}, fmt.Errorf("%w: no branch has the id or name %q", config.ErrUsage, idOrName)
	case 1:
		return in, found[0], nil
	}
	return "", org.Unit{}, fmt.Errorf("%w: %d units are named %q, give the id of one", config.ErrUsage, len(found), idOrName)
}

// rowLine is one person of the sheet as scripts read it.
type rowLine struct {
	Row        int           `json:"row"`
	No         string        `json:"no"`
	Name       string        `json:"name"`
	Sex        string        `json:"sex"`
	IDNumber   string        `json:"id_number"`
	Birth      kernel.Date   `json:"birth"`
	Department string        `json:"department"`
	Team       string        `json:"team"`
	Post       string        `json:"post"`
	Employment string        `json:"employment"`
	Joined     kernel.Date   `json:"joined"`
	Member     bool          `json:"member"`
	Phone      string        `json:"phone"`
	Household  string        `json:"household"`
	WageFen    *kernel.Money `json:"wage_fen"`
	Action     people.Action `json:"action"`
	Problems   []problemLine `json:"problems"`
}

type problemLine struct {
	Column  string      `json:"column"`
	Kind    roster.Kind `json:"kind"`
	Message string      `json:"message"`
}

type summaryLine struct {
	People    int    `json:"people"`
	Create    int    `json:"create"`
	Update    int    `json:"update"`
	Unchanged int    `json:"unchanged"`
	Skip      int    `json:"skip"`
	Problems  int    `json:"problems"`
	NoPerson  int    `json:"rows_without_person"`
	Batch     string `json:"batch,omitempty"`
}

// report prints rows as they are read, so that a long roster needs no memory.
type report struct {
	out          io.Writer
	json, reveal bool
	summary      summaryLine
}

func (r *report) row(x people.Planned) error {
	s := &r.summary
	s.People++
	s.Problems += len(x.Problems)
	switch x.Action {
	case people.Create:
		s.Create++
	case people.Update:
		s.Update++
	case people.Unchanged:
		s.Unchanged++
	default:
		s.Skip++
	}
	if !r.json {
		return r.say(x)
	}
	raw, err := json.Marshal(r.line(x))
	if err != nil {
		return fmt.Errorf("row %d: %w", x.Row.Number, err)
	}
	before := ",\n"
	if s.People == 1 {
		before = `{"rows":[` + "\n"
	}
	_, err = fmt.Fprintf(r.out, "%s%s", before, raw)
	return err
}

func (r *report) line(x people.Planned) rowLine {
	w := x.Row
	l := rowLine{Row: w.Number, No: w.No, Name: w.Name, Sex: w.Sex, IDNumber: string(w.IDNumber), Birth: w.Birth, Department: w.Department, Team: w.Team, Post: w.Post,
		Employment: w.Employment, Joined: w.Joined, Member: w.Member != nil && *w.Member, Phone: w.Phone, Household: w.Household, Action: x.Action, Problems: []problemLine{}}
	switch {
	case !r.reveal:
		l.IDNumber = vault.MaskID(l.IDNumber)
		if l.Phone != "" {
			l.Phone = vault.MaskPhone(l.Phone)
		}
	case w.HasWage:
		l.WageFen = &w.WageFen
	}
	for _, p := range x.Problems {
		l.Problems = append(l.Problems, problemLine{p.Column, p.Kind, p.Message()})
	}
	return l
}

// say prints what a person at the terminal has to look at.
func (r *report) say(x people.Planned) error {
	for _, p := range x.Problems {
		if _, err := fmt.Fprintln(r.out, p.Message()); err != nil {
			return err
		}
	}
	return nil
}

func (r *report) end() error {
	s := r.summary
	if !r.json {
		_, err := fmt.Fprintf(r.out, "create %d · update %d · unchanged %d · skip %d\n", s.Create, s.Update, s.Unchanged, s.Skip)
		return err
	}
	raw, err := json.Marshal(s)
	if err != nil {
		return fmt.Errorf("summary: %w", err)
	}
	begin := ""
	if s.People == 0 {
		begin = `{"rows":[`
	}
	_, err = fmt.Fprintf(r.out, "%s\n],\"summary\":%s}\n", begin, raw)
	return err
}
