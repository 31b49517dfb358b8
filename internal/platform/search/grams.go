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

// gramsUsual is what a person's name, number and post come to.
const gramsUsual = 48

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
// run of letters and digits with its beginnings; of its names the pinyin besides; of its codes nothing but what they are.
// Texts are not spelled: two letters would find half of all sentences.
func Grams(names, texts []string, codes ...string) []string {
	g := &grams{seen: make(map[string]bool, gramsUsual), list: make([]string, 0, gramsUsual)}
	for _, n := range names {
		g.spelled(n)
		g.text(n)
	}
	for _, t := range texts {
		g.text(t)
	}
	for _, c := range codes {
		for _, r := range runs(c) {
			g.add(string(r.runes))
		}
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
	s = norm.NFKC.String(s)
	if !strings.Contains(s, "-") {
		return
	}
	for _, m := range number.FindAllStringSubmatch(s, -1) {
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
	have := WordsOf(names, texts)
	return !slices.ContainsFunc(words, func(w string) bool { return !have.Has(w) })
}

// WordSet is under which words something is found.
type WordSet map[string]bool

// Has tells whether a word of a query finds it.
func (w WordSet) Has(word string) bool { return w[word] }

// WordsOf is the set that Meant looks into, for who asks often.
func WordsOf(names, texts []string, codes ...string) WordSet {
	all := Grams(names, texts, codes...)
	have := make(WordSet, len(all))
	for _, g := range all {
		have[g] = true
	}
	return have
}

type run struct {
	runes []rune
	han   bool
}

// runs cuts a text where Han, letters or digits change into something else; full-width forms count as plain ones.
func runs(s string) []run {
	all := []rune(strings.ToLower(norm.NFKC.String(s)))
	out := make([]run, 0, 4)
	for from := 0; from < len(all); {
		k, to := kindOf(all[from]), from+1
		for to < len(all) && kindOf(all[to]) == k {
			to++
		}
		if k != other {
			out = append(out, run{all[from:to:to], k == han})
		}
		from = to
	}
	return out
}

type kind int

const (
	other kind = iota
	han
	letter // or digit
)

func kindOf(r rune) kind {
	switch {
	case r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r >= 'A' && r <= 'Z':
		return letter
	case r < 0x80:
		return other
	case r >= 0x4E00 && r <= 0x9FFF || unicode.Is(unicode.Han, r): // the first block is nearly all there is
		return han
	case unicode.IsLetter(r) || unicode.IsDigit(r):
		return letter
	}
	return other
}
