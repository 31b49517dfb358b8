package duty

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"xiaojia/catalogue"

	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/i18n"
)

func printers(t *testing.T) (zh, en *i18n.Printer) {
	t.Helper()
	b, err := i18n.Read(English)
	if err != nil {
		t.Fatal(err)
	}
	return b.Printer(i18n.Zh), b.Printer(i18n.En)
}

func TestWhyInWords(t *testing.T) {
	t.Parallel()
	zh, en := printers(t)
	for _, c := range []struct {
		r          catalogue.Rhythm
		year, i    int
		zhSay, enS string
	}{
		{catalogue.Rhythm{Kind: catalogue.BeforeBlock, Workdays: 3, Lead: 10}, 2025, 0,
			"元旦：节前 3 个工作日 = 12月27日（周五）", "New Year's Day: 3 working days before the holiday = 27 Dec (Fri)"},
		{catalogue.Rhythm{Kind: catalogue.BeforeBlock, Workdays: 3, Lead: 10}, 2023, 5,
			"中秋、国庆：节前 3 个工作日 = 9月26日（周二）", "Mid-Autumn Festival, National Day: 3 working days before the holiday = 26 Sep (Tue)"},
		{catalogue.Rhythm{Kind: catalogue.BeforeBlock, Workdays: 3, Lead: 10}, 2027, 1,
			"春节：节前 3 个工作日 = 2月2日（周二）（2027 年放假安排未公布，待核实）", "Spring Festival: 3 working days before the holiday = 2 Feb (Tue) (days off of 2027 not yet published, to be confirmed)"},
		{catalogue.Rhythm{Kind: catalogue.BeforeFestival, Festivals: []string{"women"}, Lead: 10}, 2025, 0,
			"妇女节当天 = 3月8日（周六），遇休息日提前到 3月7日（周五）", "On Women's Day = 8 Mar (Sat), brought forward to 7 Mar (Fri) for days off"},
		{catalogue.Rhythm{Kind: catalogue.Weekly, Weekday: 5}, 2024, 50, "每周五", "Every Fri"},
		{catalogue.Rhythm{Kind: catalogue.Weekly, Weekday: 5}, 2024, 6, "每周五，遇休息日顺延到 2月18日（周日）", "Every Fri, put off to 18 Feb (Sun) for days off"},
		{catalogue.Rhythm{Kind: catalogue.Monthly}, 2024, 5, "每月最后一个工作日 = 6月28日（周五）", "Last working day of every month = 28 Jun (Fri)"},
		{catalogue.Rhythm{Kind: catalogue.InMonths, Months: []int{6}, BeforeEnd: 5}, 2024, 0, "6月末前 5 天 = 6月25日（周二）", "5 days before the end of June = 25 Jun (Tue)"},
		{catalogue.Rhythm{Kind: catalogue.Quarterly, BeforeEnd: 5}, 2024, 3, "第四季度末前 5 天 = 12月26日（周四）", "5 days before the end of the fourth quarter = 26 Dec (Thu)"},
		{catalogue.Rhythm{Kind: catalogue.Yearly, Month: 1, Day: 10, EndMonth: 3, EndDay: 31}, 2024, 0,
			"每年1月10日至3月31日，遇休息日提前到 3月29日（周五）", "10 Jan to 31 Mar each year, brought forward to 29 Mar (Fri) for days off"},
		{catalogue.Rhythm{Kind: catalogue.Season, Month: 12, Day: 1, EndMonth: 2, EndDay: 28}, 2024, 0, "每年12月1日至次年2月28日", "1 Dec to 28 Feb of the next year, each year"},
	} {
		w := dutyOf(c.r).Plan(c.year, published)[c.i].Why
		if got := w.Say(zh); got != c.zhSay {
			t.Errorf("got  %s\nwant %s", got, c.zhSay)
		}
		if got := w.Say(en); got != c.enS {
			t.Errorf("got  %s\nwant %s", got, c.enS)
		}
	}
}

func TestWhyNamesTheDaysItSkipped(t *testing.T) {
	t.Parallel()
	zh, _ := printers(t)
	w := dutyOf(catalogue.Rhythm{Kind: catalogue.BeforeBlock, Workdays: 3, Lead: 10}).Plan(2025, published)[0].Why
	if got, want := w.Passes(zh), "中间休息不算：12月28日、12月29日"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestWhySurvivesStorageAndIsTranslated(t *testing.T) {
	t.Parallel()
	_, en := printers(t)
	rapid.Check(t, func(t *rapid.T) {
		for _, r := range dutyOf(rhythm(t)).Plan(rapid.IntRange(2023, 2028).Draw(t, "year"), published) {
			raw, err := json.Marshal(r.Why)
			if err != nil {
				t.Fatal(err)
			}
			var back Why
			if err := json.Unmarshal(raw, &back); err != nil || !reflect.DeepEqual(back, r.Why) {
				t.Fatalf("got %+v %v, want %+v", back, err, r.Why)
			}
			if s := back.Say(en) + back.Passes(en); s == "" || strings.Contains(s, i18n.Missing) || strings.Contains(s, "%!") {
				t.Fatalf("%s: got %q", raw, s)
			}
		}
	})
}

func TestTheStampGrows(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		day  string
		want int
	}{{"2024-10-31", 2024}, {"2024-11-01", 2025}, {"2025-01-01", 2025}} {
		if got := horizon(kernel.MustDate(c.day)); got != c.want {
			t.Errorf("%s: got %d, want %d", c.day, got, c.want)
		}
	}
	if a, b := planStamp(2025, published), planStamp(2026, published); a >= b {
		t.Errorf("got %d then %d, want a rise", a, b)
	}
}
