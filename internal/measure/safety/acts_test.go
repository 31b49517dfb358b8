package safety_test

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"xiaojia/internal/engine/matter"
	"xiaojia/internal/kernel"
	"xiaojia/internal/measure/safety"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/i18n"
)

var update = flag.Bool("update", false, "write docs/acts.md anew")

// actors are the columns of docs/acts.md, as they stand to one hazard: wu reported it, the canteen's contractor answers for
// it, lou rectifies, yan verifies.
var actors = []struct{ key, name string }{
	{"wu", "上报人（会员）"}, {"zhang", "职工代表"}, {"li", "会员代表"}, {"ding", "工会小组长"}, {"chen", "分工会主席"}, {"an", "安环部门"},
	{"chu", "食堂承包单位（责任单位）"}, {"lou", "部门联系人（整改责任人）"}, {"yan", "验收人"}, {"zong", "公司工会主席"}, {"jing", "经审委员"}, {"guan", "系统管理员"},
}

// about is a hazard in a state, with those named who are named by then.
func about(s matter.State) matter.Matter {
	m := matter.Matter{ID: "m1", Kind: matter.Hazard, Unit: "b1", State: s, Reporter: "wu", Version: 1}
	if s != matter.Raised && s != matter.Judged {
		m.Owner, m.Rectifier, m.Verifier = "ct", "lou", "yan"
	}
	return m
}

var evidence = map[matter.Evidence]string{matter.Reason: "理由", matter.Grade: "等级", matter.FiveFixed: "五定（整改责任人、措施、完成人、验收人，责任单位）", matter.Words: "文字",
	matter.Photo: "照片", matter.Until: "日期", matter.Other: "已报的那一条", matter.How: "通报方式和日期", matter.Congress: "重大的还要报职代会", matter.Plan: "完成时间", matter.Examiner: "新的验收人"}

// paperOfActs writes the whole table: every act, every member of the cast, may or may not, and what he reads then.
func paperOfActs(t *testing.T) string {
	book, err := i18n.Read()
	if err != nil {
		t.Fatal(err)
	}
	p := book.Printer(i18n.Zh)
	var b strings.Builder
	b.WriteString("# 隐患：谁能办什么\n\n由 `go test ./internal/measure/safety -run Acts -update` 生成。每一张表是一个办法：在能办它的那个状态下，每个人能不能办；不能办的人读到哪一句。\n" +
		"例子里的隐患：会员上报，食堂承包单位负责，部门联系人整改，另一名会员验收，都在同一个分工会。\n")
	table := func(title, note string, may func(authz.Actor) error) {
		fmt.Fprintf(&b, "\n## %s\n\n%s\n\n| 谁 | 能不能 | 他读到 |\n|---|---|---|\n", title, note)
		for _, a := range actors {
			fmt.Fprintf(&b, "| %s | %s\n", a.name, verdict(p, may(who(a.key))))
		}
	}
	table("上报（具名、隐名）", "任何时候。匿名的谁都能报，站在墙前没有账号的人也能。", func(a authz.Actor) error { return safety.MayReport(a, safety.Named) })
	table("上报（匿名）", "任何时候。", func(a authz.Actor) error { return safety.MayReport(a, safety.Anonymous) })
	for _, s := range safety.HazardFlow().Steps {
		table(fmt.Sprintf("%s · %s", s.Name.Zh, s.Act), noteOf(s), func(a authz.Actor) error { return safety.MayAct(a, about(s.From[0]), s.Act) })
	}
	table("五定交办 · assign（重大，或超期三个工作日还没办）", "现在是“待交办”，已报公司工会。分工会主席的其他办法这时公司工会主席同样能办。", func(a authz.Actor) error {
		m := about(matter.Judged)
		m.Escalated = matter.Company
		return safety.MayAct(a, m, safety.Assign)
	})
	table("问上报人、补充 · say", "任何时候，只在上报人和定级、交办的人之间。", func(a authz.Actor) error { return safety.MayAsk(a, about(matter.Assigned)) })
	table("发整改建议书 · advice", "定级之后，复查合格之前。", func(a authz.Actor) error { return safety.MayIssue(a, about(matter.Assigned), safety.Advice) })
	table("发整改通知书 · order", "定级之后，复查合格之前。", func(a authz.Actor) error { return safety.MayIssue(a, about(matter.Assigned), safety.Order) })
	table("签收、答复文书 · receive, reply", "发出之后，答复之前。", func(a authz.Actor) error {
		return safety.MayReceive(a, safety.Letter{Wanted: safety.Wanted{To: "ct"}, IssuedOn: kernel.MustDate("2024-12-20")}, about(matter.Assigned))
	})
	return b.String()
}

func noteOf(s matter.Step) string {
	var needs, from []string
	for _, e := range s.Needs {
		needs = append(needs, evidence[e])
	}
	for _, f := range s.From {
		from = append(from, "“"+matter.StateName(f).Zh+"”")
	}
	out := "现在是" + strings.Join(from, "或") + "，办完"
	switch {
	case s.To == "":
		out += "状态不变"
	default:
		out += "是“" + matter.StateName(s.To).Zh + "”"
	}
	if len(needs) > 0 {
		out += "；要有：" + strings.Join(needs, "、")
	}
	return out + "。"
}

func verdict(p *i18n.Printer, err error) string {
	var e *kernel.Error
	switch {
	case err == nil:
		return "能 | |"
	case errors.As(err, &e) && e.Kind == kernel.NotFound:
		return "看不见 | " + p.Err(e) + " |"
	case errors.As(err, &e):
		return "不能 | " + p.Err(e) + " |"
	}
	return "出错 | " + err.Error() + " |"
}

func TestActs(t *testing.T) {
	t.Parallel()
	file := filepath.Join("..", "..", "..", "docs", "acts.md")
	got := paperOfActs(t)
	if *update {
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatalf("%v: run with -update", err)
	}
	if got == string(want) {
		return
	}
	old := strings.Split(string(want), "\n")
	for i, line := range strings.Split(got, "\n") {
		if i >= len(old) || old[i] != line {
			t.Fatalf("docs/acts.md is old, first at line %d:\ngot  %s\nwant %s", i+1, line, old[min(i, len(old)-1)])
		}
	}
	t.Fatal("docs/acts.md has more lines than the table")
}
