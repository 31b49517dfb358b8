// Command newmodule copies the shape of the reference module to a new noun of a measure: rules and use cases, db half with
// its query file, web half with routes, pages and translations, migrations of both engines, and its lines in sqlc.yaml and
// archtest's order. What needs a decision it prints and leaves to a person. It never changes a file that is there already
// except those two lists.
//
//	go run ./tools/newmodule -measure voice -noun ticket -zh 报修单 -en "Repair request"
package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"regexp"
	"strings"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "newmodule:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	f := flag.NewFlagSet("newmodule", flag.ContinueOnError)
	root := f.String("root", ".", "the project's folder")
	measure := f.String("measure", "", "the measure: safety, warmth, voice, culture")
	noun := f.String("noun", "", "the noun in English, singular, lower case")
	zh := f.String("zh", "单子", "the noun as people say it")
	en := f.String("en", "", "the noun on English pages (default: the noun)")
	if err := f.Parse(args); err != nil {
		return err
	}
	w, err := words(*measure, *noun, *zh, *en)
	if err != nil {
		return err
	}
	if err := write(*root, w); err != nil {
		return err
	}
	if err := enlist(*root, w); err != nil {
		return err
	}
	fmt.Print(remaining(w))
	return nil
}

// Words are the noun in all the forms that the shape needs.
type Words struct {
	Measure, Noun, Nouns, Type, Types, Table, Zh, En, EnLower string
}

var name = regexp.MustCompile(`^[a-z][a-z0-9]{1,30}$`)

func words(measure, noun, zh, en string) (Words, error) {
	if !name.MatchString(measure) || !name.MatchString(noun) {
		return Words{}, errors.New("-measure and -noun are lower-case English words, e.g. -measure voice -noun ticket")
	}
	if en == "" {
		en = title(noun)
	}
	return Words{Measure: measure, Noun: noun, Nouns: plural(noun), Type: title(noun), Types: title(plural(noun)), Table: noun,
		Zh: zh, En: en, EnLower: strings.ToLower(en[:1]) + en[1:]}, nil
}

func title(s string) string { return strings.ToUpper(s[:1]) + s[1:] }

func plural(s string) string {
	switch {
	case strings.HasSuffix(s, "y") && !strings.ContainsAny(s[len(s)-2:len(s)-1], "aeiou"):
		return s[:len(s)-1] + "ies"
	case strings.HasSuffix(s, "s"), strings.HasSuffix(s, "x"), strings.HasSuffix(s, "ch"), strings.HasSuffix(s, "sh"):
		return s + "es"
	}
	return s + "s"
}

// remaining says what no program can decide.
func remaining(w Words) string {
	return fmt.Sprintf(`written. Now, in this order:
  1. make gen                                 Go from %[4]s.sql and %[4]s.templ
  2. internal/platform/db/migrations/*        read both new migrations: columns, CHECKs, the index of each list
  3. internal/measure/%[1]s/perms_%[4]s.go    which office may what, and how far
  4. internal/app/modules.go                  store, use cases, pages, %[2]sRules, %[2]sEnglish, the menu's entry
  5. internal/story                           the demo makes one and keeps its id as example.%[4]s
  6. docs/glossary.md                         the word, before it is used anywhere else
then make check; addresses begin with /%[1]s/%[3]s
`, w.Measure, w.Type, w.Nouns, w.Noun)
}
