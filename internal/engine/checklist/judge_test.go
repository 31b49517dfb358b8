package checklist_test

import (
	"errors"
	"math/big"
	"testing"

	"pgregory.net/rapid"

	"xiaojia/catalogue"
	"xiaojia/internal/engine/checklist"
	"xiaojia/internal/kernel"
)

// allPass is a complete sheet that one case changes in one place.
func allPass() []checklist.Answer {
	day := kernel.MustDate
	return []checklist.Answer{
		{Item: "XX01", Verdict: checklist.Pass}, {Item: "XX02", Verdict: checklist.Pass}, {Item: "XX03", Verdict: checklist.NA},
		{Item: "XX04", Verdict: checklist.Pass, Number: "8"}, {Item: "XX05", Verdict: checklist.Pass, Number: "0.3"},
		{Item: "XX06", Verdict: checklist.Pass, Dated: day("2023-12-20")}, {Item: "XX07", Verdict: checklist.Pass, Dated: day("2024-12-20")},
		{Item: "XX08", Verdict: checklist.Pass, Number: "-40"},
	}
}

func with(a checklist.Answer) []checklist.Answer {
	out := allPass()
	for i := range out {
		if out[i].Item == a.Item {
			out[i] = a
			return out
		}
	}
	return append(out, a)
}

func TestJudge(t *testing.T) {
	t.Parallel()
	type answer = checklist.Answer
	fail, pass, na := checklist.Fail, checklist.Pass, checklist.NA
	day := kernel.MustDate
	for _, c := range []struct {
		name    string
		answers []answer
		field   string // of the one problem; empty: sound
		says    string
		want    checklist.Result
	}{
		{"all on the limit", allPass(), "", "", checklist.Result{Items: 8, Passed: 7, NA: 1}},
		{"one not looked at", with(answer{Item: "XX02", Note: "等会儿"}), "XX02", "还没看：月度会议", checklist.Result{}},
		{"unknown item", with(answer{Item: "ZZ99", Verdict: pass}), "ZZ99", "这张检查表没有“ZZ99”这一项。", checklist.Result{}},
		{"fail without a word", with(answer{Item: "XX01", Verdict: fail}), "XX01", "不合格要写一句或拍一张：通道畅通", checklist.Result{}},
		{"key fail with a photo", with(answer{Item: "XX01", Verdict: fail, Photos: []string{"a"}}), "", "", checklist.Result{Items: 8, Passed: 6, Failed: 1, KeyFailed: 1, NA: 1}},
		{"general fail with a word", with(answer{Item: "XX02", Verdict: fail, Note: "没开"}), "", "", checklist.Result{Items: 8, Passed: 6, Failed: 1, NA: 1}},
		{"too warm cannot pass", with(answer{Item: "XX04", Verdict: pass, Number: "8.001"}), "XX04", "实测 8.001 ℃，要求 0–8 ℃（限值待核实），不能算合格。", checklist.Result{}},
		{"too near cannot pass", with(answer{Item: "XX05", Verdict: pass, Number: "0.299"}), "XX05", "实测 0.299 m，要求 ≥ 0.3 m，不能算合格。", checklist.Result{}},
		{"too warm fails", with(answer{Item: "XX04", Verdict: fail, Number: "12", Note: "门没关"}), "", "", checklist.Result{Items: 8, Passed: 6, Failed: 1, KeyFailed: 1, NA: 1}},
		{"within the limit may fail for another reason", with(answer{Item: "XX04", Verdict: fail, Number: "4", Note: "温度计坏了"}), "", "", checklist.Result{Items: 8, Passed: 6, Failed: 1, KeyFailed: 1, NA: 1}},
		{"no figure", with(answer{Item: "XX04", Verdict: pass}), "XX04", "请填实测数：冷藏温度", checklist.Result{}},
		{"no figure and a photo alone", with(answer{Item: "XX04", Verdict: fail, Photos: []string{"a"}}), "XX04", "请填实测数：冷藏温度", checklist.Result{}},
		{"no thermometer", with(answer{Item: "XX04", Verdict: fail, Note: "没有温度计"}), "", "", checklist.Result{Items: 8, Passed: 6, Failed: 1, KeyFailed: 1, NA: 1}},
		{"no figure where it does not apply", with(answer{Item: "XX04", Verdict: na}), "", "", checklist.Result{Items: 8, Passed: 6, NA: 2}},
		{"no number", with(answer{Item: "XX05", Verdict: pass, Number: "半米"}), "XX05", "“半米”认不出是几，请按 m 只用数字写，像 4.5 这样。", checklist.Result{}},
		{"too warm needs no word", with(answer{Item: "XX04", Verdict: fail, Number: "12"}), "", "", checklist.Result{Items: 8, Passed: 6, Failed: 1, KeyFailed: 1, NA: 1}},
		{"within the limit and failed without a word", with(answer{Item: "XX04", Verdict: fail, Number: "4"}), "XX04", "不合格要写一句或拍一张：冷藏温度", checklist.Result{}},
		{"kept as typed", with(answer{Item: "XX04", Typed: "七十五"}), "XX04", "“七十五”认不出是几，请按 ℃ 只用数字写，像 4.5 这样。", checklist.Result{}},
		{"kept as typed and ticked", with(answer{Item: "XX04", Verdict: pass, Typed: "七十五"}), "XX04", "“七十五”认不出是几，请按 ℃ 只用数字写，像 4.5 这样。", checklist.Result{}},
		{"a day kept as typed", with(answer{Item: "XX07", Typed: "去年冬天"}), "XX07", "“去年冬天”认不出是哪一天，请写成 2024-12-25 这样。", checklist.Result{}},
		{"a figure not measured", with(answer{Item: "XX04"}), "XX04", "请填实测数：冷藏温度", checklist.Result{}},
		{"expired needs no word", with(answer{Item: "XX07", Verdict: fail, Dated: day("2024-12-19")}), "", "", checklist.Result{Items: 8, Passed: 6, Failed: 1, KeyFailed: 1, NA: 1}},
		{"no day", with(answer{Item: "XX07", Verdict: pass}), "XX07", "请填日期：报警器检定", checklist.Result{}},
		{"expired yesterday", with(answer{Item: "XX07", Verdict: pass, Dated: day("2024-12-19")}), "XX07", "有效期到 2024-12-19，检查那天已经过期，不能算合格。", checklist.Result{}},
		{"a year and a day old", with(answer{Item: "XX06", Verdict: pass, Dated: day("2023-12-19")}), "XX06", "有效期到 2024-12-19，检查那天已经过期，不能算合格。", checklist.Result{}},
		{"issued tomorrow", with(answer{Item: "XX06", Verdict: pass, Dated: day("2024-12-21")}), "XX06", "日期 2024-12-21 还没到，请核对。", checklist.Result{}},
		{"expired fails", with(answer{Item: "XX07", Verdict: fail, Dated: day("2024-12-19"), Note: "过期"}), "", "", checklist.Result{Items: 8, Passed: 6, Failed: 1, KeyFailed: 1, NA: 1}},
		{"no paper at all", with(answer{Item: "XX07", Verdict: fail, Note: "找不到报告"}), "", "", checklist.Result{Items: 8, Passed: 6, Failed: 1, KeyFailed: 1, NA: 1}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got, err := card().Judge(card().Items, c.answers, day("2024-12-20"))
			if field, says := only(err); field != c.field || says != c.says {
				t.Fatalf("problem %q %q, want %q %q", field, says, c.field, c.says)
			}
			got.Fails = nil
			if got.Items != c.want.Items || got.Passed != c.want.Passed || got.Failed != c.want.Failed || got.KeyFailed != c.want.KeyFailed || got.NA != c.want.NA {
				t.Errorf("got %+v, want %+v", got, c.want)
			}
		})
	}
}

// only is the one problem of an error; two are shown as a problem of their own.
func only(err error) (field, says string) {
	if err == nil {
		return "", ""
	}
	var p kernel.Problems
	if !errors.As(err, &p) || len(p) != 1 {
		return "?", err.Error()
	}
	return p[0].Field, p[0].Error()
}

func TestJudgeAsksOnlyWhatIsAsked(t *testing.T) {
	t.Parallel()
	answers := []checklist.Answer{{Item: "XX01", Verdict: checklist.Pass}, {Item: "XX02", Verdict: checklist.Fail, Note: "没开"}}
	got, err := card().Judge(card().Items[:1], answers, kernel.MustDate("2024-12-20"))
	if err != nil || got.Items != 2 || codes(got.Fails) != "2" {
		t.Errorf("got %+v, %v; want the item that was not asked judged too", got, err)
	}
}

// A figure is held against its limit exactly, as fractions and never as floats.
func TestWithinIsExact(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		number := rapid.StringMatching(`-?[0-9]{1,5}(\.[0-9]{1,3})?`).Draw(t, "number")
		limit := catalogue.Number(rapid.Int64Range(-100_000, 100_000).Draw(t, "limit"))
		n, err := catalogue.ParseNumber(number)
		if err != nil {
			t.Fatal(err)
		}
		exact, _ := new(big.Rat).SetString(number)
		bound := big.NewRat(int64(limit), 1000)
		if got, want := checklist.Within(catalogue.Limit{Op: catalogue.AtLeast, Min: limit}, n), exact.Cmp(bound) >= 0; got != want {
			t.Errorf("%s ≥ %s: got %v, want %v", number, limit, got, want)
		}
		if got, want := checklist.Within(catalogue.Limit{Op: catalogue.AtMost, Max: limit}, n), exact.Cmp(bound) <= 0; got != want {
			t.Errorf("%s ≤ %s: got %v, want %v", number, limit, got, want)
		}
	})
}
