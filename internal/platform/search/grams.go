// Package search finds records by what people type: two-character names, pieces from the middle of a title, pinyin
// initials, numbers. Grams are made here, because neither engine splits Chinese into words. It decides no visibility:
// the scope is part of the query.
package search

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// gramsMax bounds what one document adds to the index.
const gramsMax = 2000

// grams collects the words of one document, each once.
type grams struct {
	seen map[string]bool
	list []string
}

func (g *grams) add(word string) {
	if word != "" && !g.seen[word] && len(g.list) < gramsMax {
		g.seen[word] = true
		g.list = append(g.list, word)
	}
}

// Grams are the words under which a document is found: of its texts each Han character and each pair of neighbours, and each
// run of letters and digits with its beginnings; of its names the pinyin besides. Texts are not spelled: two letters would
// find half of all sentences.
func Grams(names, texts []string) []string {
	g := &grams{seen: map[string]bool{}}
	for _, n := range names {
		g.spelled(n)
		g.text(n)
	}
	for _, t := range texts {
		g.text(t)
	}
	return g.list
}

func (g *grams) text(s string) {
	for _, r := range runs(s) {
		if !r.han {
			g.latin(string(r.runes))
			continue
		}
		for j := range r.runes {
			g.add(string(r.runes[j]))
			g.add(string(r.runes[j:min(j+2, len(r.runes))]))
		}
	}
	g.numbers(s)
}

// latin adds a run with its beginnings, and the figures in it: 10003 finds K10003.
func (g *grams) latin(s string) {
	g.begins(s)
	g.begins(strings.TrimLeftFunc(s, unicode.IsLetter))
}

func (g *grams) begins(s string) {
	g.add(s)
	for n := 2; n < len(s) && n <= 12; n++ {
		g.add(s[:n])
	}
}

// number is what the program gives to a case: 24-0072.
var number = regexp.MustCompile(`\b(\d{2})-0*(\d+)\b`)

// numbers finds 24-0072 by 24-72 and by 240072 too: nobody types the dash and the zeros on a phone.
func (g *grams) numbers(s string) {
	for _, m := range number.FindAllStringSubmatch(norm.NFKC.String(s), -1) {
		g.add(m[2])
		g.begins(strings.ReplaceAll(m[0], "-", ""))
	}
}

// spelled adds the pinyin of a name from each of its characters on, whole and by initials: zhangmin, zm and min find 张敏.
func (g *grams) spelled(name string) {
	for _, r := range runs(name) {
		if !r.han || len(r.runes) > nameMost {
			continue
		}
		for _, of := range [][]string{read(r.runes, true), read(r.runes, false)} { // a surname by both its readings
			for i := range of {
				g.begins(strings.Join(of[i:], ""))
				g.begins(initials(of[i:]))
			}
		}
	}
}

// nameMost is longer than any name of a person, and than most of places and units.
const nameMost = 12

// Words are what a query must contain, all of them: Han as its pairs, the rest as it is.
func Words(query string) []string {
	var out []string
	for _, run := range runs(query) {
		switch {
		case !run.han:
			out = append(out, string(run.runes))
		case len(run.runes) == 1:
			out = append(out, string(run.runes))
		default:
			for i := 0; i+1 < len(run.runes); i++ {
				out = append(out, string(run.runes[i:i+2]))
			}
		}
	}
	if len(out) > 24 {
		out = out[:24]
	}
	return out
}

// Meant tells whether the words of a query find a document that is in no index because all of its kind are in memory.
func Meant(words []string, names, texts []string) bool {
	if len(words) == 0 {
		return false
	}
	have := map[string]bool{}
	for _, g := range Grams(names, texts) {
		have[g] = true
	}
	return !slices.ContainsFunc(words, func(w string) bool { return !have[w] })
}

type run struct {
	runes []rune
	han   bool
}

// runs cuts a text where Han, letters or digits change into something else; full-width forms count as plain ones.
func runs(s string) []run {
	var out []run
	kind := 0
	for _, r := range strings.ToLower(norm.NFKC.String(s)) {
		k := 0
		switch {
		case unicode.Is(unicode.Han, r):
			k = 1
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			k = 2
		}
		if k != 0 && k == kind {
			out[len(out)-1].runes = append(out[len(out)-1].runes, r)
		} else if k != 0 {
			out = append(out, run{runes: []rune{r}, han: k == 1})
		}
		kind = k
	}
	return out
}
