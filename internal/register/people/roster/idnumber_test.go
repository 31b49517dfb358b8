package roster

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"xiaojia/internal/kernel"
)

// number makes a right ID number of a county that was never assigned.
func idFor(birth kernel.Date, seq int) string {
	body := fmt.Sprintf("310199%04d%02d%02d%03d", birth.Year(), int(birth.Month()), birth.Day(), seq)
	for _, c := range "0123456789X" {
		if IDNumber(body + string(c)).Check() {
			return body + string(c)
		}
	}
	return ""
}

func TestIDNumber(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		written, normal string
		ok              bool
	}{
		{"310199198312263210", "310199198312263210", true},
		{"360498 19751207 0370", "360498197512070370", true},
		{"３２０６９８１９８９０３１２４８１３", "320698198903124813", true},
		{"33069819890818223x", "33069819890818223X", true},
		{"'360498197403176475", "360498197403176475", true},
		{"310198197010187499", "310198197010187499", false}, // the check digit of another year of birth
		{"310199198313263210", "310199198313263210", false}, // a thirteenth month
		{"31019919831226321", "31019919831226321", false},
		{"X10199198312263210", "X10199198312263210", false},
		{"", "", false},
	} {
		n := NormalizeID(c.written)
		if string(n) != c.normal || n.Check() != c.ok {
			t.Errorf("%q: got %q %v, want %q %v", c.written, n, n.Check(), c.normal, c.ok)
		}
	}
	n := IDNumber("310199198312263210")
	if got := n.Mask(); got != "310***********3210" {
		t.Errorf("mask: got %q", got)
	}
	if got := IDNumber("12345").Mask(); got != "*****" {
		t.Errorf("mask: got %q", got)
	}
	if n.Birth() != kernel.MustDate("1983-12-26") || n.Sex() != "男" {
		t.Errorf("got %v %v", n.Birth(), n.Sex())
	}
	if !IDNumber("330698720215817").Old() || n.Old() {
		t.Error("15 digits are old, 18 are not")
	}
}

func TestEverySingleWrongDigitIsFound(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		born := kernel.MustDate("1940-01-01").Add(rapid.IntRange(0, 25000).Draw(t, "born"))
		n := []byte(idFor(born, rapid.IntRange(1, 999).Draw(t, "seq")))
		if got := IDNumber(n).Birth(); got != born {
			t.Fatalf("birth: got %v, want %v", got, born)
		}
		i := rapid.IntRange(0, 16).Draw(t, "place")
		n[i] = '0' + (n[i]-'0'+byte(rapid.IntRange(1, 9).Draw(t, "by")))%10
		if IDNumber(n).Check() {
			t.Fatalf("a wrong digit at %d passes: %s", i, n)
		}
	})
}
