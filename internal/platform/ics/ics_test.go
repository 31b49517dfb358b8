package ics_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/ics"
)

var day = kernel.MustDate

// read takes a calendar apart by the letter of RFC 5545 and nothing of the writer's: unfolded lines, name and value, events apart.
func read(t *testing.T, text string) (head map[string]string, events []map[string]string) {
	t.Helper()
	if !strings.HasSuffix(text, "\r\n") || strings.Contains(strings.ReplaceAll(text, "\r\n", ""), "\n") || strings.Contains(strings.ReplaceAll(text, "\r\n", ""), "\r") {
		t.Fatalf("a line does not end with CRLF alone: %q", text)
	}
	for l := range strings.SplitSeq(strings.TrimSuffix(text, "\r\n"), "\r\n") {
		if len(l) > 75 || !utf8.ValidString(l) {
			t.Fatalf("%d octets, or cut inside a character: %q", len(l), l)
		}
	}
	head = map[string]string{}
	in := head
	depth := 0
	for l := range strings.SplitSeq(strings.TrimSuffix(strings.ReplaceAll(text, "\r\n ", ""), "\r\n"), "\r\n") {
		name, value, ok := strings.Cut(l, ":")
		if !ok {
			t.Fatalf("no name and value: %q", l)
		}
		switch l {
		case "BEGIN:VEVENT":
			in = map[string]string{}
			depth++
			continue
		case "END:VEVENT":
			events = append(events, in)
			in = head
			depth--
			continue
		}
		if _, twice := in[name]; twice && depth > 0 {
			t.Fatalf("%s stands twice", name)
		}
		in[name] = value
	}
	if depth != 0 || head["BEGIN"] != "VCALENDAR" || head["END"] != "VCALENDAR" {
		t.Fatalf("no whole calendar: %q", text)
	}
	return head, events
}

// plain undoes the escapes of TEXT (RFC 5545, 3.3.11).
func plain(t *testing.T, s string) string {
	t.Helper()
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == ';' || s[i] == ',' {
			t.Fatalf("unescaped %q in %q", s[i], s)
		}
		if s[i] != '\\' {
			b.WriteByte(s[i])
			continue
		}
		i++
		if i == len(s) {
			t.Fatalf("ends with a backslash: %q", s)
		}
		switch s[i] {
		case 'n', 'N':
			b.WriteByte('\n')
		case '\\', ';', ',':
			b.WriteByte(s[i])
		default:
			t.Fatalf("unknown escape in %q", s)
		}
	}
	return b.String()
}

func write(list ...ics.Event) string {
	m, _ := ics.Memory{}.Next(list, day("2024-12-20"))
	return ics.Write("小家", "https://home.example", list, m)
}

func TestACalendarIsReadByAnother(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("食堂、配电间和危化品库每周巡视；", 12)
	head, events := read(t, write(
		ics.Event{UID: "round-1.due", From: day("2024-12-27"), To: day("2024-12-27"), Title: long, Detail: "第一行\n第二行, 有\\反斜杠", Href: "/rounds/1"},
		ics.Event{UID: "round-1.open", From: day("2024-12-23"), To: day("2024-12-27"), Title: "🏠" + long, Free: true},
	))
	if head["VERSION"] != "2.0" || head["PRODID"] != "-//xiaojia//calendar//ZH" || head["METHOD"] != "PUBLISH" || head["X-WR-TIMEZONE"] != "Asia/Shanghai" || len(events) != 2 {
		t.Fatalf("head %v, %d events", head, len(events))
	}
	e := events[0]
	for name, want := range map[string]string{"UID": "round-1.due@xiaojia", "DTSTART;VALUE=DATE": "20241227", "DTEND;VALUE=DATE": "20241228", "SEQUENCE": "0",
		"URL": "https://home.example/rounds/1", "DTSTAMP": "20241219T160000Z", "LAST-MODIFIED": "20241219T160000Z"} {
		if e[name] != want {
			t.Errorf("%s: got %q, want %q", name, e[name], want)
		}
	}
	if got := plain(t, e["SUMMARY"]); got != long {
		t.Errorf("title: got %q", got)
	}
	if got := plain(t, e["DESCRIPTION"]); got != "第一行\n第二行, 有\\反斜杠" {
		t.Errorf("detail: got %q", got)
	}
	if events[1]["TRANSP"] != "TRANSPARENT" || events[1]["DTEND;VALUE=DATE"] != "20241228" || plain(t, events[1]["SUMMARY"]) != "🏠"+long {
		t.Errorf("span: got %v", events[1])
	}
}

func TestWhatHasChangedHasAHigherNumber(t *testing.T) {
	t.Parallel()
	a, b := ics.Event{UID: "a", From: day("2024-12-27"), To: day("2024-12-27"), Title: "甲"}, ics.Event{UID: "b", From: day("2024-12-27"), To: day("2024-12-27"), Title: "乙"}
	first, changed := ics.Memory{}.Next([]ics.Event{a, b}, day("2024-12-20"))
	if !changed || first["a"].Seq != 0 || first["a"].At != day("2024-12-20").At(0, 0) {
		t.Fatalf("first: %v %v", first, changed)
	}
	again, changed := ics.ReadMemory(first.String()).Next([]ics.Event{a, b}, day("2024-12-21"))
	if changed || again["a"] != first["a"] {
		t.Errorf("nothing has changed: %v %v", again, changed)
	}
	a.To = day("2024-12-30")
	second, changed := first.Next([]ics.Event{a}, day("2024-12-22"))
	if !changed || second["a"].Seq != 1 || second["a"].At != day("2024-12-22").At(0, 0) || len(second) != 1 {
		t.Errorf("a has moved and b is gone: %v %v", second, changed)
	}
	if len(ics.ReadMemory("no memory")) != 0 || len(ics.ReadMemory("null")) != 0 {
		t.Error("nonsense is an empty memory")
	}
}

// FuzzWrite: whatever a title holds, a reader finds one event and the same words.
func FuzzWrite(f *testing.F) {
	for _, s := range []string{"", "食堂每周巡视", "a;b,c\\n\\", "x\r\nBEGIN:VEVENT\r\nUID:evil", strings.Repeat("宽", 40), "\xff\xfe", "é\u2028🏠\t", strings.Repeat("a b<", 30)} {
		f.Add(s, s)
	}
	f.Fuzz(func(t *testing.T, title, href string) {
		_, events := read(t, write(ics.Event{UID: "x", From: day("2024-12-27"), To: day("2024-12-27"), Title: title, Detail: title, Href: "/" + href}))
		if len(events) != 1 || events[0]["UID"] != "x@xiaojia" {
			t.Fatalf("got %v", events)
		}
		want := strings.Map(func(r rune) rune {
			if r < ' ' && r != '\n' || r >= 0x7f && r < 0xa0 || r == '\u2028' || r == '\u2029' {
				return -1
			}
			return r
		}, strings.ToValidUTF8(title, ""))
		if got := plain(t, events[0]["SUMMARY"]); got != want {
			t.Errorf("title %q came back as %q", want, got)
		}
	})
}
