package peopleweb

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"

	"xiaojia/internal/platform/ui"
	"xiaojia/internal/register/people"
	"xiaojia/internal/register/people/roster"
)

// problemGroup is one kind of problem in one column, with in how many rows it stands.
type problemGroup struct {
	Key      string
	Severity people.Severity
	Kind     roster.Kind
	Field    roster.Field
	N        int
}

// groupsOf names the kinds of problems of a row, each once.
func groupsOf(x people.Planned) []problemGroup {
	var out []problemGroup
	for _, q := range x.Problems {
		g := problemGroup{Severity: x.Severity(q), Kind: q.Kind, Field: q.Field}
		g.Key = strings.Join([]string{string(g.Severity), string(q.Kind), string(q.Field)}, ".")
		if !slices.Contains(out, g) {
			out = append(out, g)
		}
	}
	return out
}

// grades are the severities that a row has; one that is not taken is grave whatever its cells say.
func grades(x people.Planned) map[people.Severity]bool {
	out := map[people.Severity]bool{}
	for _, q := range x.Problems {
		out[x.Severity(q)] = true
	}
	if x.Action == people.Skip {
		out[people.Must] = true
	}
	return out
}

// look tells whether a person should see a row before it is imported.
func look(x people.Planned) bool { g := grades(x); return g[people.Must] || g[people.Gap] }

// severities are in the order in which a person should care.
var severities = []struct {
	people.Severity
	Name, Hint, Chip string
}{
	{people.Must, "必须改", "不改，这一行就不导入", "late"}, {people.Gap, "会导入，但缺这一项", "人照样进名册，这一项先空着，以后在各人的页上补", "soon"},
	{people.Hint, "提示", "照写的意思存，不用管", "calm"},
}

// of lists the groups of one severity, the most frequent first.
func (p previewPage) of(s people.Severity) []problemGroup {
	var out []problemGroup
	for _, g := range p.Groups {
		if g.Severity == s {
			out = append(out, *g)
		}
	}
	slices.SortFunc(out, func(a, b problemGroup) int { return cmp.Or(b.N-a.N, strings.Compare(a.Key, b.Key)) })
	return out
}

var kindWords = map[roster.Kind]string{roster.DigitsLost: "后几位丢了", roster.CheckDigit: "对不上", roster.OldFormat: "还是 15 位的旧号", roster.Duplicate: "重复",
	roster.UnknownUnit: "系统里没有", roster.BadDate: "读不出", roster.BadPhone: "不是电话号码", roster.Missing: "没有或读不出"}

func groupWord(p *ui.Page, g problemGroup) string {
	word := kindWords[g.Kind]
	if g.Severity == people.Hint {
		word = "只写到年、月"
	}
	return p.T(fieldNames[g.Field]) + "：" + p.T(word)
}

// outcome says what an import makes of a problem.
func outcome(p *ui.Page, x people.Planned, q roster.Problem) string {
	name := p.T(fieldNames[q.Field])
	switch s := x.Severity(q); {
	case s == people.Must:
		return ""
	case s == people.Hint:
		return p.T("「%s」只写到 %s，照这样存", q.Column, joinedPart(p, x.Row.JoinedPart))
	case x.Action != people.Create:
		return p.T("照样更新，%s不动", name)
	case q.Field == roster.Member:
		return p.T("照样导入，先不算会员")
	}
	return p.T("照样导入，%s留空", name)
}

// joinedPart is 2012-06 or 2012 as people say it.
func joinedPart(p *ui.Page, part string) string {
	y, m, month := strings.Cut(part, "-")
	year, err := strconv.Atoi(y)
	if err != nil {
		return part
	}
	if n, err := strconv.Atoi(m); month && err == nil {
		return p.P.Month(year, time.Month(n))
	}
	return p.T("%d 年", year)
}
