package almanac_test

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"sync"
	"testing"

	"xiaojia/internal/kernel"
	"xiaojia/internal/kernel/calendar"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/platform/db/dbtest"
	"xiaojia/internal/platform/outbox"
	"xiaojia/internal/register/almanac"
	"xiaojia/internal/register/almanac/almanacdb"
)

var day = kernel.MustDate

func officer(o authz.Office) authz.Actor {
	return authz.NewSet(almanac.Rules()).Resolve(authz.Actor{Org: "o1", Person: "p", Grants: []authz.Grant{{Office: o, Unit: "a", Branch: "a"}}})
}

func entry(off, work []kernel.Date) almanac.Entry {
	return almanac.Entry{Arrangement: calendar.Arrangement{Year: 2026, Off: off, Work: work, Source: "关于 2026 年的通知"}}
}

// branches is the number of branches of each company union in these tests.
var branches = map[string]int{"o1": 1, "o2": 1, "many": 2}

func service(d *db.DB) *almanac.Service {
	return almanac.NewService(d, almanacdb.Store{}, outbox.NewBus(), func(_ context.Context, o string) (int, error) { return branches[o], nil })
}

// The days count for the whole company: with several branches the chair of one does not enter them.
func TestWithSeveralBranchesTheCompanyEnters(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s, good := service(d), entry([]kernel.Date{day("2026-03-02")}, nil)
		for o, want := range map[authz.Office]bool{authz.Chair: false, authz.CompanyChair: true} {
			by := officer(o)
			by.Org = "many"
			if err := s.Enter(t.Context(), by, good); (err == nil) != want {
				t.Errorf("%s: got %v, want allowed %v", o, err, want)
			}
			if may, err := s.MayEnter(t.Context(), by); err != nil || may != want {
				t.Errorf("%s: the page offers it: %v %v", o, may, err)
			}
		}
	})
}

// Whoever plans by the days hears of the change in the same transaction.
func TestAChangeIsHeardBeforeItIsDone(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		bus := outbox.NewBus()
		s := almanac.NewService(d, almanacdb.Store{}, bus, func(context.Context, string) (int, error) { return 1, nil })
		var saw []int
		outbox.On(bus, func(_ db.Tx, e almanac.Changed) error { saw = append(saw, e.Year); return errors.New("not now") })
		if err := s.Enter(t.Context(), officer(authz.Chair), entry([]kernel.Date{day("2026-03-02")}, nil)); err == nil || len(saw) == 0 || saw[0] != 2026 {
			t.Fatalf("got %v, heard %v", err, saw)
		}
		if list, err := s.Entered(t.Context(), "o1"); err != nil || len(list) != 0 {
			t.Errorf("entered although the plan could not follow: %v %v", list, err)
		}
	})
}

func TestAnEnteredYearCounts(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s, ctx := service(d), t.Context()
		days := func(org string) *calendar.Workdays {
			t.Helper()
			w, err := s.Workdays(ctx, org)
			if err != nil {
				t.Fatal(err)
			}
			return w
		}
		if !days("o1").Is(day("2026-03-02")) || days("o1").Known(2027) {
			t.Fatal("want only what ships")
		}
		e := entry([]kernel.Date{day("2026-03-02")}, []kernel.Date{day("2026-03-07")})
		if err := s.Enter(ctx, officer(authz.Chair), e); err != nil {
			t.Fatal(err)
		}
		if w := days("o1"); w.Is(day("2026-03-02")) || !w.Is(day("2026-03-07")) || !w.Is(day("2026-02-17")) {
			t.Error("the entered year does not count as a whole")
		}
		if !days("o2").Is(day("2026-03-02")) {
			t.Error("another company union got it too")
		}
		if got := kernel.KindOf(s.Enter(ctx, officer(authz.Chair), e)); got != kernel.Conflict {
			t.Errorf("entered twice: got %v, want Conflict", got)
		}
		list, err := s.Entered(ctx, "o1")
		if err != nil || len(list) != 1 || fmt.Sprint(list[0]) != fmt.Sprint(almanac.Entry{Arrangement: e.Arrangement, Version: 1}) {
			t.Errorf("got %v %v", list, err)
		}
		e.Version, e.Off = 1, []kernel.Date{day("2026-03-03")}
		if err := s.Enter(ctx, officer(authz.Admin), e); err != nil {
			t.Fatal(err)
		}
		if w := days("o1"); !w.Is(day("2026-03-02")) || w.Is(day("2026-03-03")) {
			t.Error("the amended one does not count")
		}
		if got := kernel.KindOf(s.Enter(ctx, officer(authz.Chair), e)); got != kernel.Conflict {
			t.Errorf("the second tab: got %v, want Conflict", got)
		}
	})
}

func TestWhoEntersAndWhatIsRefused(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := service(d)
		good := entry([]kernel.Date{day("2026-03-02")}, nil)
		for o, want := range map[authz.Office]bool{authz.Chair: true, authz.CompanyChair: true, authz.Admin: true, authz.Member: false, authz.HSE: false, authz.Committee: false, authz.Auditor: false} {
			err := s.Enter(t.Context(), officer(o), good)
			if got := kernel.KindOf(err) != kernel.Forbidden; got != want {
				t.Errorf("%s: got %v, want allowed %v", o, err, want)
			}
		}
		for name, c := range map[string]struct {
			e     almanac.Entry
			field string
		}{
			"off on a Saturday":  {entry([]kernel.Date{day("2026-03-07")}, nil), "off"},
			"worked on a Monday": {entry([]kernel.Date{day("2026-03-03")}, []kernel.Date{day("2026-03-02")}), "work"},
			"another year":       {entry([]kernel.Date{day("2027-03-02")}, nil), "off"},
			"twice":              {entry([]kernel.Date{day("2026-03-02"), day("2026-03-02")}, nil), "off"},
			"over":               {almanac.Entry{Arrangement: calendar.Arrangement{Year: 2023, Off: []kernel.Date{day("2023-03-02")}, Source: "x"}}, "year"},
			"nothing":            {entry(nil, nil), "off"},
			"no source":          {almanac.Entry{Arrangement: calendar.Arrangement{Year: 2026, Off: []kernel.Date{day("2026-03-02")}, Source: "  "}}, "source"},
			"far away":           {almanac.Entry{Arrangement: calendar.Arrangement{Year: 2031, Off: []kernel.Date{day("2031-03-03")}, Source: "x"}}, "year"},
		} {
			var many kernel.Problems
			if err := s.Enter(t.Context(), officer(authz.Chair), c.e); !errors.As(err, &many) || len(many) != 1 || many[0].Field != c.field {
				t.Errorf("%s: got %v, want one problem at %s", name, err, c.field)
			}
		}
	})
}

func TestParseDays(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ text, want string }{
		{"2027-02-08", "[2027-02-08]"}, {"02-09 02-08", "[2027-02-08 2027-02-09]"}, {"02-05~02-09", "[2027-02-05 2027-02-08 2027-02-09]"},
		{"02-08～10，05-03", "[2027-02-08 2027-02-09 2027-02-10 2027-05-03]"}, {"", "[]"},
	} {
		got, err := almanac.ParseDays(2027, c.text)
		if err != nil || fmt.Sprint(got) != c.want {
			t.Errorf("%q: got %v %v, want %s", c.text, got, err, c.want)
		}
	}
	for _, bad := range []string{"春节", "02-30", "02-09~02-08", "8", "~", "02-08~", "01-01~12-31"} {
		if got, err := almanac.ParseDays(2027, bad); err == nil {
			t.Errorf("%q: got %v, want an error", bad, got)
		}
	}
}

// As many transactions as there are connections ask for the days at once: nobody waits for a connection that another holds.
func TestDaysInsideATransactionTakeNoOtherConnection(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		n := 1 // SQLite has one writer
		if d.Engine == db.Postgres {
			n = 4 * runtime.NumCPU()
		}
		s := service(d)
		var inside, done sync.WaitGroup
		inside.Add(n)
		for range n {
			done.Go(func() {
				arrived := sync.OnceFunc(inside.Done)
				err := d.InTx(t.Context(), authz.Program("o1"), func(tx db.Tx) error {
					arrived()
					inside.Wait()
					w, err := s.WorkdaysIn(tx)
					if err == nil && !w.Is(day("2026-03-02")) {
						t.Error("an ordinary Monday is off")
					}
					return err
				})
				if err != nil {
					t.Error(err)
				}
			})
		}
		done.Wait()
	})
}
