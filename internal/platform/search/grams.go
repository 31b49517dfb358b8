package search

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// A run is a stretch of text of one sort: Han characters, or letters and digits of other scripts.
type run struct {
	han   bool
	runes []rune
}

// longest bounds what of one text is indexed or searched for, in runes.
const longest = 2000

// runs cuts a text into its stretches; full width becomes half width, capitals become small, the rest divides.
func runs(text string) []run {
	var out []run
	n := 0
	for _, r := range strings.ToLower(norm.NFKC.String(text)) {
		if n++; n > longest {
			break
		}
		han := unicode.Is(unicode.Han, r)
		switch {
		case !han && !unicode.IsLetter(r) && !unicode.IsNumber(r):
			out = append(out, run{}) // divides
		case len(out) == 0 || len(out[len(out)-1].runes) == 0 || out[len(out)-1].han != han:
			out = append(out, run{han, []rune{r}})
		default:
			out[len(out)-1].runes = append(out[len(out)-1].runes, r)
		}
	}
	return slices.DeleteFunc(out, func(r run) bool { return len(r.runes) == 0 })
}

// chain are grams that stand next to each other: the bigrams of a run, or one gram alone.
type chain []string

func bigrams(r []rune) chain {
	var out chain
	for i := 0; i+1 < len(r); i++ {
		out = append(out, string(r[i:i+2]))
	}
	return out
}

// index lists what finds a record: chains of bigrams, so that a substring of any length is one phrase; each character and
// each word alone; and of the title the pinyin initials and the syllables from every position on.
func index(title, detail string) []chain {
	var out []chain
	alone := map[string]bool{}
	for _, r := range slices.Concat(runs(title), runs(detail)) {
		if !r.han {
			alone[string(r.runes)] = true
			continue
		}
		for _, c := range r.runes {
			alone[string(c)] = true
		}
		if len(r.runes) > 1 {
			out = append(out, bigrams(r.runes))
		}
	}
	for _, r := range runs(title) {
		if r.han {
			spoken(r.runes, alone)
		}
	}
	words := make([]string, 0, len(alone))
	for w := range alone {
		words = append(words, w)
	}
	slices.Sort(words) // the same text gives the same grams
	for _, w := range words {
		out = append(out, chain{w})
	}
	return out
}

// term is a part of a query: grams in a row, the last perhaps only the beginning of a word.
type term struct {
	grams  chain
	prefix bool
}

// maxTerms bounds what one query may cost.
const maxTerms = 8

// query is what must all be found for the text.
func query(text string) []term {
	var out []term
	for _, r := range runs(text) {
		switch {
		case !r.han:
			out = append(out, term{chain{string(r.runes)}, true})
		case len(r.runes) == 1:
			out = append(out, term{chain{string(r.runes)}, false})
		default:
			out = append(out, term{bigrams(r.runes), false})
		}
	}
	return out[:min(len(out), maxTerms)]
}
