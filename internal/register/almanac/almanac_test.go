package almanac_test

import (
	"errors"
	"fmt"
	"testing"

	"xiaojia/internal/kernel"
	"xiaojia/internal/kernel/calendar"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/platform/db/dbtest"
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

func TestAnEnteredYearCounts(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s, ctx := almanac.NewService(d, almanacdb.Store{}), t.Context()
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
		s := almanac.NewService(d, almanacdb.Store{})
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
