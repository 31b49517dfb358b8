package people_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"

	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/platform/db/dbtest"
	"xiaojia/internal/platform/notify"
	"xiaojia/internal/register/people"
	"xiaojia/internal/register/people/roster"
)

func sheet(rows ...roster.Row) people.Source {
	return func(yield func(roster.Row) bool) error {
		for i, r := range rows {
			r.Number = i + 2
			if !yield(r) {
				return nil
			}
		}
		return nil
	}
}

func said(list []people.Planned) string {
	var out []string
	for _, x := range list {
		s := x.Row.No + ":" + string(x.Action)
		for _, c := range x.Changes {
			s += fmt.Sprintf(" %s[%s→%s]", c.Field, c.Old, c.New)
		}
		for _, p := range x.Problems {
			s += " " + string(p.Kind)
		}
		out = append(out, s)
	}
	return strings.Join(out, "\n")
}

// both runs the preview and then the import, and holds them to the same plan.
func (h *house) both(t *testing.T, by authz.Actor, opt people.ImportOptions, src people.Source) (people.Batch, []people.Planned, []people.MissingUnit) {
	t.Helper()
	var seen, done []people.Planned
	tally, missing, err := h.Preview(t.Context(), by, opt, src, func(x people.Planned) error { seen = append(seen, x); return nil })
	if err != nil {
		t.Fatalf("preview: %v", err)
	}
	b, err := h.Import(t.Context(), by, opt, src, func(x people.Planned) error { done = append(done, x); return nil })
	if err != nil {
		t.Fatalf("import: %v", err)
	}
	if a, c := said(seen), said(done); a != c || tally != b.Tally {
		t.Errorf("preview %+v:\n%s\nimport %+v:\n%s", tally, a, b.Tally, c)
	}
	return b, done, missing
}

func TestImportPlansEachRow(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		no := false
		if _, err := h.Create(t.Context(), prog, people.Entry{Person: people.Person{Branch: h.a, No: "K20", Name: "有号", Sex: "女"}, IDNumber: goodID}); err != nil {
			t.Fatal(err)
		}
		if err := h.Leave(t.Context(), prog, h.byNo["K04"], 1, day("2024-12-01")); err != nil {
			t.Fatal(err)
		}
		_, list, missing := h.both(t, h.chair(), people.ImportOptions{Unit: h.a, File: "名册.xlsx"}, sheet(
			roster.Row{No: "k01", Name: "张敏", Sex: "女", Department: "装配车间", Team: "钳工班", Post: "班长", Phone: "13900000000", ModelWorker: "市级"},
			roster.Row{No: "K02", Name: "曾静", Department: "装配车间"},
			roster.Row{No: "K03", Name: "欧阳小敏", Department: "焊接车间", Team: "一班", Member: &no},
			roster.Row{No: "K04", Name: "安宁"},
			roster.Row{No: "K05", Name: "别的人"},
			roster.Row{No: "K06", Name: "王桂芬"},
			roster.Row{No: "K10", Name: "新来", Sex: "男", WageFen: 500000, HasWage: true, Site: "洋山项目部"},
			roster.Row{No: "K11", Name: "同号", IDNumber: goodID},
			roster.Row{No: "K12", Name: "重复", Problems: []roster.Problem{{Kind: roster.Duplicate}}},
			roster.Row{No: "", Name: "无号", Problems: []roster.Problem{{Kind: roster.Missing}}},
			roster.Row{No: "K13", Name: "少年", Birth: day("2015-01-01")},
		))
		want := strings.Join([]string{
			"k01:update post[钳工→班长] phone[138****5678→139****0000] model_worker[→市级]", "K02:unchanged", "K03:update member[是→否]",
			"K04:skip duplicate", "K05:skip duplicate", "K06:skip duplicate", "K10:create", "K11:skip duplicate", "K12:skip duplicate", ":skip missing", "K13:skip bad_date"}, "\n")
		if got := said(list); got != want {
			t.Errorf("got\n%s\nwant\n%s", got, want)
		}
		if fmt.Sprint(missing) != "[{焊接车间 } {焊接车间 一班}]" {
			t.Errorf("missing: got %v", missing)
		}
		if got := h.names(t, h.chair(), people.Filter{}); got != "李国强 欧阳小敏 新来 有号 曾静 张敏" || h.count(t, h.a) != 6 {
			t.Errorf("after: got %s, %d", got, h.count(t, h.a))
		}
		if got := h.names(t, h.chair(), people.Filter{Label: "site-worker"}); got != "新来" {
			t.Errorf("on site: got %s", got)
		}
		for _, p := range list[3].Problems {
			if !strings.Contains(p.Message(), "第 5 行") {
				t.Errorf("message: got %s", p.Message())
			}
		}
	})
}

func TestImportMakesMissingUnits(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		src := sheet(
			roster.Row{No: "K03", Name: "欧阳小敏", Department: "焊接车间", Team: "一班", Problems: []roster.Problem{{Kind: roster.UnknownUnit}}},
			roster.Row{No: "K31", Name: "焊工", Department: "焊接车间", Team: "一班"}, roster.Row{No: "K32", Name: "钳工", Department: "装配车间", Team: "一班"})
		_, list, missing := h.both(t, h.chair(), people.ImportOptions{Unit: h.a, CreateMissing: true}, src)
		if got, want := said(list), "K03:update department[→焊接车间] team[→一班]\nK31:create\nK32:create"; got != want || len(missing) != 3 {
			t.Errorf("got\n%s, %v missing", got, missing)
		}
		c, err := h.units.Directory().Of(t.Context(), "o1")
		if err != nil {
			t.Fatal(err)
		}
		p, q := h.get(t, "K03"), people.Person{}
		for _, r := range list {
			if r.Row.No == "K32" {
				x, err := h.Get(t.Context(), prog, r.Person)
				if err != nil {
					t.Fatal(err)
				}
				q = x.Person
			}
		}
		if c.Name(p.Department).Zh != "焊接车间" || c.Name(p.Group).Zh != "一班" || c.Name(q.Group).Zh != "一班" || p.Group == q.Group {
			t.Errorf("got %+v and %+v", p, q)
		}
		if known := people.KnownUnits(c, h.a); !known("焊接车间", "一班") || known("焊接车间", "二班") || known("锻工车间", "") || !people.KnownUnits(c, h.a)("装配车间", "") {
			t.Error("known units")
		}
	})
}

// An import is broken off after each of its transactions in turn: whom it told of is there, and the same roster again brings
// everybody in once.
func TestAnImportBrokenOffAnywhereIsDoneAgain(t *testing.T) {
	t.Parallel()
	rows := make([]roster.Row, 4_300) // three chunks, into two units that are not there
	for i := range rows {
		rows[i] = roster.Row{No: fmt.Sprintf("T%04d", i), Name: "某某", Department: []string{"焊接车间", "锻工车间"}[i/2500]}
	}
	dbtest.Each(t, func(t *testing.T, empty *db.DB) {
		n := 1
		for after := 0; after <= n; after++ { // once more than there are: undisturbed
			t.Run(fmt.Sprint(after), func(t *testing.T) {
				d := dbtest.Fresh(t, empty, empty.Clock)
				h := newHouse(t, d)
				had, opt := h.count(t, h.a), people.ImportOptions{Unit: h.a, File: "名册.xlsx", CreateMissing: true}
				ctx, all := db.WithBreak(t.Context(), after)
				var told []string
				_, err := h.Import(ctx, h.chair(), opt, sheet(rows...), func(p people.Planned) error { told = append(told, p.Row.No); return nil })
				n = max(n, all.N())
				if broken := errors.Is(err, db.ErrBroken); broken != (after < all.N()) || !broken && err != nil {
					t.Fatalf("broken off after %d of %d: %v", after, all.N(), err)
				}
				if got := h.count(t, h.a) - had; got != len(told) {
					t.Errorf("%d are there, told of %d", got, len(told))
				}
				b, err := h.Import(t.Context(), h.chair(), opt, sheet(rows...), nil)
				if err != nil || b.Tally.Created != len(rows)-len(told) || b.Tally.Unchanged != len(told) {
					t.Errorf("again: %+v, %v, want %d new", b.Tally, err, len(rows)-len(told))
				}
				var here, units int
				row := d.Read.QueryRowContext(t.Context(), `SELECT (SELECT count(DISTINCT no) FROM person WHERE no LIKE 'T%'), (SELECT count(*) FROM unit WHERE name_zh IN ('焊接车间', '锻工车间'))`)
				if err := row.Scan(&here, &units); err != nil || here != len(rows) || units != 2 || h.count(t, h.a)-had != len(rows) {
					t.Errorf("%d people in %d new units, counted %d more, %v", here, units, h.count(t, h.a)-had, err)
				}
			})
		}
		if n < 6 {
			t.Errorf("%d transactions, want one for each chunk and unit", n)
		}
	})
}

// Seen says the same of a right guess and of a wrong one.
func TestAPreviewTellsNothingSealed(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		wage := kernel.Money(850050)
		if _, err := h.Create(t.Context(), prog, people.Entry{Person: people.Person{Branch: h.a, No: "K60", Name: "赵六", Sex: "女", Birth: day("1949-12-31")}, IDNumber: goodID, Wage: &wage}); err != nil {
			t.Fatal(err)
		}
		for name, r := range map[string]roster.Row{
			"right wage": {WageFen: wage, HasWage: true}, "wrong wage": {WageFen: 1, HasWage: true}, "right number": {IDNumber: goodID}, "another number": {IDNumber: "110105194912310089", HasWage: true, WageFen: wage},
		} {
			r.No, r.Name = "K60", "赵六"
			_, _, err := h.Preview(t.Context(), h.chair(), people.ImportOptions{Unit: h.a}, sheet(r), func(x people.Planned) error {
				if s := x.Seen(); s.Action != people.Unchanged || len(s.Changes) != 0 || !s.Sealed {
					t.Errorf("%s: seen as %s with %v", name, s.Action, s.Changes)
				}
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
		}
		_, list, _ := h.both(t, h.chair(), people.ImportOptions{Unit: h.a}, sheet(roster.Row{No: "K61", Name: "钱七", IDNumber: goodID}))
		told, _, err := notify.Inbox(t.Context(), d.Read, "o1", string(h.id(t, "赵六")), notify.Filter{})
		if err != nil || len(told) != 1 || list[0].Action != people.Skip {
			t.Errorf("whose number was in another's row is told: got %+v %v", told, err)
		}
	})
}

func TestWhoImports(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		row := sheet(roster.Row{No: "K99", Name: "某人"})
		for name, c := range map[string]struct {
			by   authz.Actor
			want bool
		}{"chair": {h.chair(), true}, "company chair": {h.companyChair(), true}, "the program": {prog, true}, "member": {h.member(), false},
			"administrator": {h.as(authz.Admin, h.root, "", ""), false}, "chair of b": {h.as(authz.Chair, h.b, h.b, ""), false}} {
			_, _, err := h.Preview(t.Context(), c.by, people.ImportOptions{Unit: h.a}, row, func(people.Planned) error { return nil })
			if (err == nil) != c.want || err != nil && kernel.KindOf(err) != kernel.Forbidden {
				t.Errorf("%s previews: got %v", name, err)
			}
			b, err := h.Import(t.Context(), c.by, people.ImportOptions{Unit: h.a}, row, nil)
			if (err == nil) != c.want {
				t.Errorf("%s imports: got %v", name, err)
			}
			if err == nil {
				if _, err := h.Undo(t.Context(), h.as(authz.Chair, h.b, h.b, ""), b.ID); kernel.KindOf(err) != kernel.NotFound {
					t.Errorf("the chair of b takes it back: got %v", err)
				}
			}
		}
		for by, want := range map[string]int{"chair": 3, "b": 0} {
			actor := map[string]authz.Actor{"chair": h.chair(), "b": h.as(authz.Chair, h.b, h.b, "")}[by]
			if got, err := h.Batches(t.Context(), actor); err != nil || len(got) != want {
				t.Errorf("%s sees %d imports, %v, want %d", by, len(got), err, want)
			}
		}
		_, err := h.Import(t.Context(), prog, people.ImportOptions{Unit: h.dept}, row, nil)
		wantKind(t, "into a department", err, kernel.Invalid)
	})
}

func TestUndoTakesBackAllButWhatChangedSince(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		if err := h.PutLabel(t.Context(), prog, people.Label{Person: h.byNo["K01"], Key: "model-worker", Term: kernel.Span{From: day("2020-01-01")}, Detail: "局级"}); err != nil {
			t.Fatal(err)
		}
		before := h.get(t, "K01")
		b, list, _ := h.both(t, h.chair(), people.ImportOptions{Unit: h.a}, sheet(
			roster.Row{No: "K01", Name: "张敏", Post: "班长", ModelWorker: "市级", Special: "电工作业", WageFen: 1, HasWage: true, IDNumber: goodID, Sex: "女", Birth: day("1949-12-31")},
			roster.Row{No: "K02", Name: "曾静", Post: "班长"},
			roster.Row{No: "K41", Name: "甲某", Site: "洋山项目部"}, roster.Row{No: "K42", Name: "乙某"}, roster.Row{No: "K43", Name: "丙某"},
			roster.Row{No: "K44", Name: "丁某"}, roster.Row{No: "K45", Name: "戊某"}))
		if err := h.PutLabel(t.Context(), h.chair(), people.Label{Person: list[5].Person, Key: "hardship", Term: kernel.Span{From: day("2024-12-20")}}); err != nil {
			t.Fatal(err)
		}
		h.frozen(t, list[6].Person)
		e, err := h.ForEdit(t.Context(), h.chair(), h.byNo["K02"])
		if err != nil {
			t.Fatal(err)
		}
		e.Post = "组长"
		if err := h.Update(t.Context(), h.chair(), e); err != nil {
			t.Fatal(err)
		}
		if _, err := h.Appoint(t.Context(), h.chair(), people.Appointment{Person: list[3].Person, Office: authz.WorkerRep, Unit: h.a, Term: term}); err != nil {
			t.Fatal(err)
		}
		got, err := h.Undo(t.Context(), h.chair(), b.ID)
		if err != nil || got.Removed != 2 || got.Restored != 1 || strings.Join(sorted(got.Kept), " ") != "丁某 乙某 戊某 曾静" {
			t.Fatalf("got %+v %v", got, err)
		}
		after := h.get(t, "K01")
		if len(after.Labels) != 1 || after.Labels[0].Detail != "局级" || after.HasID || after.HasWage {
			t.Errorf("labels: got %+v", after)
		}
		after.Version = before.Version
		if a, b := fmt.Sprint(after.Person), fmt.Sprint(before.Person); a != b {
			t.Errorf("got  %s\nwant %s", a, b)
		}
		if got := h.names(t, h.chair(), people.Filter{}); got != "安宁 丁某 李国强 欧阳小敏 戊某 乙某 曾静 张敏" || h.count(t, h.a) != 8 {
			t.Errorf("after: got %s, %d", got, h.count(t, h.a))
		}
		if got := h.names(t, h.chair(), people.Filter{Text: "丙某"}); got != "" {
			t.Errorf("still found: %s", got)
		}
		_, err = h.Undo(t.Context(), h.chair(), b.ID)
		wantKind(t, "twice", err, kernel.Conflict)
	})
}

func TestWhatAnImportLeftStaysWithIt(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		bad := func(f roster.Field, k roster.Kind) roster.Problem {
			return roster.Problem{Field: f, Kind: k, Column: "列", Text: "第 %d 行：请核对", Args: []any{7}}
		}
		month := bad(roster.Joined, roster.BadDate)
		month.Part = true
		src := sheet(roster.Row{No: "K51", Name: "甲某", Department: "锻工车间", Team: "一班", JoinedPart: "2012-06", Problems: []roster.Problem{month, bad(roster.ID, roster.DigitsLost)}},
			roster.Row{No: "", Name: "无号", Problems: []roster.Problem{bad(roster.No, roster.Missing)}}, roster.Row{No: "K52", Name: "乙某", Department: "装配车间", Problems: []roster.Problem{bad(roster.Phone, roster.BadPhone)}})
		opt := people.ImportOptions{Unit: h.a, CreateMissing: true}
		b, list, _ := h.both(t, h.chair(), opt, src)
		if got := list[0].Severity(month); got != people.Hint {
			t.Errorf("a month: got %s", got)
		}
		said := func() string {
			var out []string
			for after, more := 0, true; more; more = after != 0 {
				page, next, err := h.Problems(t.Context(), h.chair(), b.ID, after, 2)
				if err != nil {
					t.Fatal(err)
				}
				for _, p := range page {
					out = append(out, fmt.Sprintln(p.Pos, p.Name, p.Field, p.Skipped, p.Mended, fmt.Sprintf(p.Text, p.Args...)))
				}
				after = next
			}
			return strings.ReplaceAll(strings.Join(out, "|"), "\n", "")
		}
		if got, want := said(), "1 甲某 id_number false false 第 7 行：请核对|2 无号 no true false 第 7 行：请核对|3 乙某 phone false false 第 7 行：请核对"; got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
		h.byNo["K51"], h.byNo["K52"] = list[0].Person, list[2].Person
		if p := h.get(t, "K51"); p.JoinedPart != "2012-06" || !p.Joined.IsZero() {
			t.Errorf("joined: got %q and %v", p.JoinedPart, p.Joined)
		}
		e, err := h.ForEdit(t.Context(), h.chair(), h.byNo["K52"])
		if e.Phone = "13812345678"; err == nil {
			err = h.Update(t.Context(), h.chair(), e)
		}
		if err != nil || !strings.Contains(said(), "3 乙某 phone false true") {
			t.Errorf("mended: %v %s", err, said())
		}
		if _, _, err := h.Problems(t.Context(), h.as(authz.Chair, h.b, h.b, ""), b.ID, 0, 9); kernel.KindOf(err) != kernel.NotFound {
			t.Errorf("the chair of b: %v", err)
		}
		if ids, err := h.EmptyUnits(t.Context(), h.chair(), b.ID); err != nil || len(ids) != 0 {
			t.Errorf("empty before: got %v %v", ids, err)
		}
		if _, err := h.Undo(t.Context(), h.chair(), b.ID); err != nil {
			t.Fatal(err)
		}
		if _, n, err := h.Batch(t.Context(), h.chair(), b.ID); err != nil || n != 0 {
			t.Errorf("problems after it was taken back: %d %v", n, err)
		}
		ids, err := h.EmptyUnits(t.Context(), h.chair(), b.ID)
		if err != nil || len(ids) != 2 {
			t.Fatalf("empty after: got %v %v", ids, err)
		}
		if n, err := h.CloseEmpty(t.Context(), h.chair(), b.ID); err != nil || n != 2 {
			t.Fatalf("closed: got %d %v", n, err)
		}
		if _, _, missing := h.both(t, h.chair(), opt, src); len(missing) != 2 {
			t.Errorf("the second time it lacks %v", missing)
		}
		c, err := h.units.Directory().Of(t.Context(), "o1")
		if err != nil {
			t.Fatal(err)
		}
		if u, ok := c.Unit(ids[0]); !ok || !u.Closed.IsZero() {
			t.Errorf("the closed department is not taken up again: %+v", u)
		}
	})
}

func TestTheSampleRoster(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		raw, err := os.ReadFile("roster/testdata/roster-keyi.xlsx")
		if err != nil {
			t.Fatal(err)
		}
		book, err := roster.Open(bytes.NewReader(raw), int64(len(raw)), roster.Limits{})
		if err != nil {
			t.Fatal(err)
		}
		src := func(yield func(roster.Row) bool) error {
			_, err := book.Read(book.Propose(), roster.Options{Today: day("2024-12-20")}, yield)
			return err
		}
		b, list, missing := h.both(t, h.chair(), people.ImportOptions{Unit: h.a, CreateMissing: true}, src)
		if b.Tally.Created < 230 || b.Tally.Created+b.Tally.Skipped != len(list) || len(missing) < 12 {
			t.Errorf("got %+v of %d rows, %d missing units", b.Tally, len(list), len(missing))
		}
		again, err := h.Import(t.Context(), h.chair(), people.ImportOptions{Unit: h.a, CreateMissing: true}, src, nil)
		if err != nil || again.Tally.Unchanged != b.Tally.Created || again.Tally.Created+again.Tally.Updated != 0 {
			t.Errorf("the second time: got %+v %v", again.Tally, err)
		}
		u, err := h.Undo(t.Context(), h.chair(), b.ID)
		if err != nil || u.Removed != b.Tally.Created || len(u.Kept) != 0 || h.count(t, h.a) != 5 {
			t.Errorf("undo: got %+v %v, %d here", u, err, h.count(t, h.a))
		}
	})
}
