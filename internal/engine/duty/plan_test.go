package duty

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"xiaojia/catalogue"

	"xiaojia/internal/kernel"
	"xiaojia/internal/kernel/calendar"
)

var published = calendar.NewWorkdays(calendar.Published())

func dutyOf(r catalogue.Rhythm) Duty {
	return Duty{ID: "d", Unit: "u", Rhythm: r, Adopted: kernel.MustDate("2020-01-01")}
}

// short is "period opens..due..closes" without the year of the first.
func short(all []Round) []string {
	var out []string
	for _, r := range all {
		out = append(out, fmt.Sprintf("%s %v..%v..%v", r.Period, r.Opens, r.Due, r.Closes))
	}
	return out
}

func want(t *testing.T, name string, got []string, lines string) {
	t.Helper()
	var all []string
	for l := range strings.Lines(lines) {
		if l = strings.TrimSpace(l); l != "" {
			all = append(all, l)
		}
	}
	if !slices.Equal(got, all) {
		t.Errorf("%s:\ngot\n%s\nwant\n%s", name, strings.Join(got, "\n"), strings.Join(all, "\n"))
	}
}

func TestPatrolsBeforeTheHolidays(t *testing.T) {
	t.Parallel()
	d := dutyOf(catalogue.Rhythm{Kind: catalogue.BeforeBlock, Workdays: 3, Lead: 10})
	for year, lines := range map[int]string{
		// 2023 and 2025: 中秋 and 国庆 are one block and one round.
		2023: `2023-block-newyear 2022-12-18..2022-12-28..2022-12-30
			2023-block-spring 2023-01-08..2023-01-18..2023-01-20
			2023-block-qingming 2023-03-21..2023-03-31..2023-04-04
			2023-block-labour 2023-04-16..2023-04-26..2023-04-28
			2023-block-dragonboat 2023-06-09..2023-06-19..2023-06-21
			2023-block-midautumn 2023-09-16..2023-09-26..2023-09-28`,
		2024: `2024-block-newyear 2023-12-17..2023-12-27..2023-12-29
			2024-block-spring 2024-01-28..2024-02-07..2024-02-09
			2024-block-qingming 2024-03-22..2024-04-01..2024-04-03
			2024-block-labour 2024-04-18..2024-04-28..2024-04-30
			2024-block-dragonboat 2024-05-26..2024-06-05..2024-06-07
			2024-block-midautumn 2024-09-02..2024-09-12..2024-09-14
			2024-block-national 2024-09-17..2024-09-27..2024-09-30`,
		2025: `2025-block-newyear 2024-12-17..2024-12-27..2024-12-31
			2025-block-spring 2025-01-14..2025-01-24..2025-01-27
			2025-block-qingming 2025-03-22..2025-04-01..2025-04-03
			2025-block-labour 2025-04-18..2025-04-28..2025-04-30
			2025-block-dragonboat 2025-05-18..2025-05-28..2025-05-30
			2025-block-national 2025-09-18..2025-09-28..2025-09-30`,
		2026: `2026-block-newyear 2025-12-19..2025-12-29..2025-12-31
			2026-block-spring 2026-02-02..2026-02-12..2026-02-14
			2026-block-qingming 2026-03-22..2026-04-01..2026-04-03
			2026-block-labour 2026-04-18..2026-04-28..2026-04-30
			2026-block-dragonboat 2026-06-06..2026-06-16..2026-06-18
			2026-block-midautumn 2026-09-12..2026-09-22..2026-09-24
			2026-block-national 2026-09-18..2026-09-28..2026-09-30`,
	} {
		want(t, fmt.Sprint(year), short(d.Plan(year, published)), lines)
	}
}

func TestVisitsBeforeFestivals(t *testing.T) {
	t.Parallel()
	spring := dutyOf(catalogue.Rhythm{Kind: catalogue.BeforeFestival, Festivals: []string{"spring"}, Workdays: 3, Lead: 21})
	for year, line := range map[int]string{
		2023: "2023-spring 2022-12-28..2023-01-18..2023-01-29",
		2024: "2024-spring 2024-01-17..2024-02-07..2024-02-17",
		2025: "2025-spring 2025-01-03..2025-01-24..2025-02-05",
		2026: "2026-spring 2026-01-22..2026-02-12..2026-02-24",
		2027: "2027-spring 2027-01-12..2027-02-02..2027-02-13", // 春节 is 02-06, and not the 02-07 of ICU
	} {
		want(t, fmt.Sprint(year), short(spring.Plan(year, published)), line)
	}
	day := dutyOf(catalogue.Rhythm{Kind: catalogue.BeforeFestival, Festivals: []string{"women", "chongyang", "midautumn", "national"}, Lead: 10})
	want(t, "on the day, or the working day before", short(day.Plan(2023, published)), `
		2023-women 2023-02-26..2023-03-08..2023-03-15
		2023-midautumn 2023-09-18..2023-09-28..2023-10-06
		2023-national 2023-09-18..2023-09-28..2023-10-08
		2023-chongyang 2023-10-13..2023-10-23..2023-10-30`)
	want(t, "Women's Day on a Saturday", short(day.Plan(2025, published))[:1], "2025-women 2025-02-25..2025-03-07..2025-03-15")
}

func TestFestivalsOfTheCatalogueEveryYear(t *testing.T) {
	t.Parallel()
	cat, err := catalogue.Load()
	if err != nil {
		t.Fatal(err)
	}
	for year := 2023; year <= 2026; year++ {
		for _, c := range cat.Duties {
			d := Adopt(c, "d", "u", kernel.MustDate("2020-01-01"))
			got, n := d.Plan(year, published), 1
			switch c.Rhythm.Kind {
			case catalogue.Weekly:
				n = 52
				if year == 2026 {
					n = 53
				}
			case catalogue.Monthly:
				n = 12
			case catalogue.Quarterly:
				n = 4
			case catalogue.InMonths:
				n = len(c.Rhythm.Months)
			case catalogue.BeforeFestival:
				n = len(c.Rhythm.Festivals)
			case catalogue.BeforeBlock:
				n = len(published.Blocks(year))
			}
			if len(got) != n {
				t.Errorf("%s %d: got %d rounds, want %d", c.Code, year, len(got), n)
			}
			for _, r := range got {
				if !published.Is(r.Due) || r.Why.Unsure != 0 && r.Due.Year() > 2022 && year < 2026 {
					t.Errorf("%s %s: due on %v, unsure %d", c.Code, r.Period, r.Due, r.Why.Unsure)
				}
			}
		}
	}
}

func TestWeeksGiveWayToHolidays(t *testing.T) {
	t.Parallel()
	d := dutyOf(catalogue.Rhythm{Kind: catalogue.Weekly, Weekday: 5})
	for _, c := range []struct {
		year, week int
		line       string
	}{
		{2024, 51, "2024-W51 2024-12-16..2024-12-20..2024-12-29"},
		{2024, 40, "2024-W40 2024-09-30..2024-09-30..2024-10-13"}, // Friday lies in 国庆: the Monday is worked
		{2024, 7, "2024-W07 2024-02-12..2024-02-18..2024-02-25"},  // only the Sunday of that week is worked
		{2023, 40, "2023-W40 2023-10-02..2023-10-07..2023-10-15"}, // only Saturday and Sunday are worked
		{2026, 8, "2026-W08 2026-02-14..2026-02-14..2026-03-01"},  // the whole week is off: the last working day before it
		{2025, 1, "2025-W01 2024-12-30..2025-01-03..2025-01-12"},
	} {
		got := short(d.Plan(c.year, published))
		want(t, "week", got[c.week-1:c.week], c.line)
	}
}

func TestPeriodsThatEndOnDaysOff(t *testing.T) {
	t.Parallel()
	monthly := dutyOf(catalogue.Rhythm{Kind: catalogue.Monthly})
	want(t, "month", short(monthly.Plan(2024, published))[:6], `
		2024-01 2024-01-01..2024-01-31..2024-02-15
		2024-02 2024-02-01..2024-02-29..2024-03-15
		2024-03 2024-03-01..2024-03-29..2024-04-15
		2024-04 2024-04-01..2024-04-30..2024-05-15
		2024-05 2024-05-01..2024-05-31..2024-06-15
		2024-06 2024-06-01..2024-06-28..2024-07-15`)
	lead := dutyOf(catalogue.Rhythm{Kind: catalogue.InMonths, Months: []int{6, 12}, Lead: 20})
	want(t, "half-years", short(lead.Plan(2024, published)), `
		2024-06 2024-06-08..2024-06-28..2024-07-15
		2024-12 2024-12-11..2024-12-31..2025-01-15`)
	quarter := dutyOf(catalogue.Rhythm{Kind: catalogue.Quarterly, BeforeEnd: 10})
	want(t, "quarter", short(quarter.Plan(2024, published)), `
		2024-Q1 2024-01-01..2024-03-21..2024-04-30
		2024-Q2 2024-04-01..2024-06-20..2024-07-30
		2024-Q3 2024-07-01..2024-09-20..2024-10-30
		2024-Q4 2024-10-01..2024-12-20..2025-01-30`)
	winter := dutyOf(catalogue.Rhythm{Kind: catalogue.Season, Month: 12, Day: 1, EndMonth: 2, EndDay: 28})
	want(t, "winter", short(winter.Plan(2024, published)), "2024 2024-12-01..2025-02-28..2025-03-30")
	survey := dutyOf(catalogue.Rhythm{Kind: catalogue.Yearly, Month: 1, Day: 10, EndMonth: 3, EndDay: 31})
	want(t, "survey", short(survey.Plan(2024, published)), "2024 2024-01-10..2024-03-29..2024-04-30")
}

func TestNothingIsOwedBeforeAdoptionOrAfterRetirement(t *testing.T) {
	t.Parallel()
	d := dutyOf(catalogue.Rhythm{Kind: catalogue.Monthly})
	d.Adopted, d.Retired = kernel.MustDate("2024-03-20"), kernel.MustDate("2024-05-15")
	want(t, "adopted", short(d.Plan(2024, published)), `
		2024-03 2024-03-20..2024-03-29..2024-04-15
		2024-04 2024-04-01..2024-04-30..2024-05-15
		2024-05 2024-05-01..2024-05-31..2024-06-15`)
	d.Adopted = kernel.MustDate("2024-03-30")
	if got := d.Plan(2024, published); got[0].Period != "2024-04" {
		t.Errorf("got %s first, want April: March was due before", got[0].Period)
	}
}

func TestAnUnpublishedYearSaysSo(t *testing.T) {
	t.Parallel()
	d := dutyOf(catalogue.Rhythm{Kind: catalogue.BeforeBlock, Workdays: 3, Lead: 10})
	got := d.Plan(2027, published)
	if len(got) != 7 || got[0].Period != "2027-block-newyear" || got[0].Due != kernel.MustDate("2026-12-29") {
		t.Errorf("got %v, want seven festivals, the first due on 2026-12-29", short(got))
	}
	for _, r := range got {
		if r.Why.Unsure != 2027 {
			t.Errorf("%s: got unsure %d, want 2027", r.Period, r.Why.Unsure)
		}
	}
}

func rhythm(t *rapid.T) catalogue.Rhythm {
	r := catalogue.Rhythm{Kind: rapid.SampledFrom(catalogue.RhythmKinds()).Draw(t, "kind")}
	window := func(month, day string) (int, int) {
		return rapid.IntRange(1, 12).Draw(t, month), rapid.IntRange(1, 28).Draw(t, day)
	}
	switch r.Kind {
	case catalogue.Weekly:
		r.Weekday = rapid.IntRange(1, 7).Draw(t, "weekday")
	case catalogue.InMonths:
		r.Months = []int{rapid.IntRange(1, 6).Draw(t, "first"), rapid.IntRange(7, 12).Draw(t, "second")}
		r.BeforeEnd, r.Lead = rapid.IntRange(0, 27).Draw(t, "before"), rapid.IntRange(0, 90).Draw(t, "lead")
	case catalogue.Monthly, catalogue.Quarterly:
		r.BeforeEnd, r.Lead = rapid.IntRange(0, 27).Draw(t, "before"), rapid.IntRange(0, 90).Draw(t, "lead")
	case catalogue.Yearly, catalogue.Season:
		r.Month, r.Day = window("month", "day")
		r.EndMonth, r.EndDay = window("end month", "end day")
	case catalogue.BeforeFestival:
		for _, f := range calendar.Festivals() {
			if rapid.Bool().Draw(t, f.Key) {
				r.Festivals = append(r.Festivals, f.Key)
			}
		}
		r.Workdays, r.Lead = rapid.IntRange(0, 20).Draw(t, "workdays"), rapid.IntRange(1, 90).Draw(t, "lead")
	case catalogue.BeforeBlock:
		r.Workdays, r.Lead = rapid.IntRange(1, 20).Draw(t, "workdays"), rapid.IntRange(1, 90).Draw(t, "lead")
	}
	return r
}

func TestEveryPlanIsSound(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		d, year := dutyOf(rhythm(t)), rapid.IntRange(2022, 2030).Draw(t, "year")
		seen, last := map[Period]bool{}, kernel.Date{}
		for _, r := range d.Plan(year, published) {
			if r.Due.Before(r.Opens) || r.Closes.Before(r.Due) || seen[r.Period] || r.Due.Before(last) || !published.Is(r.Due) || r.Why.Due != r.Due {
				t.Fatalf("%+v after %v: want opens ≤ due ≤ closes, a new period, a rising and worked due day", r, last)
			}
			if !strings.HasPrefix(string(r.Period), fmt.Sprint(year)) {
				t.Fatalf("period %s of %d", r.Period, year)
			}
			seen[r.Period], last = true, r.Due
		}
		if d.Rhythm.Kind != catalogue.Weekly {
			return
		}
		for m := firstMonday(year); m.Add(3).Year() == year; m = m.Add(7) {
			if _, n := m.ISOWeek(); !seen[Period(fmt.Sprintf("%d-W%02d", year, n))] {
				t.Fatalf("week %d of %d has no round", n, year)
			}
		}
	})
}
