// Package search finds records by what people type: two-character names, pieces from the middle of a title, pinyin
// initials, numbers. Grams are made here, because neither engine splits Chinese into words. It decides no visibility:
// the scope is part of the query.
package search

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// gramsMax bounds what one document adds to the index.
const gramsMax = 2000

// Grams are the words under which a text is found: each Han character and each pair of neighbours, each run of letters
// and digits with its beginnings, and the pinyin initials of each run of Han up to eight characters.
func Grams(texts ...string) []string {
	seen := map[string]bool{}
	var out []string
	add := func(g string) {
		if g != "" && !seen[g] && len(out) < gramsMax {
			seen[g] = true
			out = append(out, g)
		}
	}
	for _, t := range texts {
		for _, run := range runs(t) {
			if run.han {
				hanGrams(run.runes, add)
			} else {
				latinGrams(string(run.runes), add)
			}
		}
	}
	return out
}

func hanGrams(r []rune, add func(string)) {
	for i := range r {
		add(string(r[i]))
		if i+1 < len(r) {
			add(string(r[i : i+2]))
		}
	}
	_, initials := Spell(string(r))
	in := []rune(initials)
	for i := range in {
		for n := 2; n <= 8 && i+n <= len(in); n++ {
			add(string(in[i : i+n]))
		}
	}
}

func latinGrams(s string, add func(string)) {
	add(s)
	for n := 2; n < len(s) && n <= 12; n++ {
		add(s[:n])
	}
}

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
