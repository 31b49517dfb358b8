package roster

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"
)

const (
	skipTotal  = "合计"
	skipHeader = "重复的表头"
	skipSign   = "签名或说明"
	skipSample = "填写示例"
	skipNobody = "不是一个人：没有姓名和号码，或只有一格"
)

var (
	totals  = regexp.MustCompile(`^(本页|本表|部门|人数|车间)?(合计|总计|小计|共计|总数|累计|总人数|人数)`)
	sample  = regexp.MustCompile(`^(例|示例|样例|填写示例|举例)[0-9:]*$`)
	signs   = regexp.MustCompile(`^(制表|填表|填报|审核|审批|批准|复核|经办|负责人|分管|主管领导|领导|盖章|签字|签名|注[0-9:.]|备注|说明|以下空白|\(?以下空白)`)
	heavens = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥"
)

const maxSkips = 1000 // that a report names one by one

func (r *reader) skip(number int, why string) {
	if len(r.tally.Skipped) < maxSkips {
		r.tally.Skipped = append(r.tally.Skipped, Skip{number, why})
	}
}

// noPerson tells rows that hold something else: totals, signatures, remarks, headings, a header printed again.
func (r *reader) noPerson(l *line) (why string, skip bool) {
	name := CleanName(text(r.cell(l, Name)))
	no := text(r.cell(l, No))
	id := r.cell(l, ID)
	first := firstText(l)
	numbered := no != "" || id.kind != empty && id.kind != fault && !nothing(text(id))
	switch {
	case totals.MatchString(first) || totals.MatchString(name):
		return skipTotal, true
	case sample.MatchString(first):
		return skipSample, true
	case isHeader(name), numbering(l):
		return skipHeader, true
	case isSign(no), signs.MatchString(name), !numbered && (isSign(name) || signs.MatchString(first)):
		return skipSign, true
	case name != "" && !hasLetter(name), name == "" && !numbered:
		return skipNobody, true
	}
	if r.known(l) < 2 { // a heading between the people, or a number prepared for somebody
		return skipNobody, true
	}
	return "", false
}

// isSign tells a caption such as "制表:", which no name and no number is.
func isSign(s string) bool { return strings.ContainsAny(s, ":\uff1a") || signs.MatchString(s) }

// known counts the mapped columns in which the line itself has something.
func (r *reader) known(l *line) (n int) {
	for _, list := range r.cols {
		for _, c := range list {
			if l.at(c.Index).kind != empty {
				n++
			}
		}
	}
	return n
}

func firstText(l *line) string {
	for _, c := range l.cells {
		if c.kind == words {
			return squeeze(halfWidth(c.text))
		}
	}
	return ""
}

func isHeader(name string) bool {
	if !strings.Contains(name, "名") && !strings.EqualFold(name, "name") {
		return false
	}
	c, ok := claimOf(name)
	return ok && c.field == Name && len([]rune(name)) <= 4
}

// numbering tells the line below some headers that counts the columns: 1 2 3 … or 甲 乙 丙 ….
func numbering(l *line) bool {
	n := 0
	for i, c := range l.cells {
		if c.kind == empty {
			continue
		}
		n++
		t := squeeze(halfWidth(text(c)))
		if t != strconv.Itoa(i+1) && t != strconv.Itoa(n) && !(len([]rune(t)) == 1 && strings.Contains(heavens, t)) {
			return false
		}
	}
	return n >= 3
}

func hasLetter(s string) bool { return strings.IndexFunc(s, unicode.IsLetter) >= 0 }
