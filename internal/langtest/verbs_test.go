package langtest

import (
	"maps"
	"regexp"
	"strconv"
	"testing"
)

// verb is one verb of fmt: flags, an index in brackets, the letter.
var verb = regexp.MustCompile(`%(?:\[(\d+)\])?[-+# 0]*\d*(?:\.\d+)?(?:\[(\d+)\])?([a-zA-Z%])`)

// verbs maps the number of each argument to the kind of verb that prints it. %s and %v are one kind: a Printer prints
// days and names as text.
func verbs(format string) map[int]string {
	out, next := map[int]string{}, 1
	for _, m := range verb.FindAllStringSubmatch(format, -1) {
		kind := m[3]
		if kind == "%" {
			continue
		}
		for _, index := range []string{m[1], m[2]} {
			if n, err := strconv.Atoi(index); err == nil {
				next = n
			}
		}
		if kind == "v" {
			kind = "s"
		}
		out[next] = kind
		next++
	}
	return out
}

func TestVerbs(t *testing.T) {
	t.Parallel()
	for format, want := range map[string]map[int]string{
		"没有":                           {},
		"100%%":                        {},
		"还差 %d 人次":                     {1: "d"},
		"%s：节前 %d 个":                   {1: "s", 2: "d"},
		"%[2]d days before %[1]v":      {1: "s", 2: "d"},
		"%.1f of %02d":                 {1: "f", 2: "d"},
		"%d%% of %[1]d":                {1: "d"},
		"%[1]s, again %[1]s, then %d!": {1: "s", 2: "d"},
	} {
		if got := verbs(format); !maps.Equal(got, want) {
			t.Errorf("verbs(%q) = %v, want %v", format, got, want)
		}
	}
}
