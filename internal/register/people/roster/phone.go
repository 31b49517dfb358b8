package roster

import (
	"regexp"
	"strings"
)

var (
	mobile     = regexp.MustCompile(`^1[3-9]\d{9}$`)
	landline   = regexp.MustCompile(`^(010|02\d|0[3-9]\d{2})-?([2-8]\d{6,7})(?:-(\d{1,6}))?$`)
	phoneMarks = strings.NewReplacer("–", "-", "—", "-", "－", "-", "转", "-", "(", "", ")", "-", "'", "", ".", "", "·", "")
	local      = regexp.MustCompile(`^[2-8]\d{6,7}$`)
)

// ReadPhone is a mobile number as 11 digits, a landline as area-number(-extension), or false.
func ReadPhone(s string) (string, bool) {
	s = phoneMarks.Replace(squeeze(halfWidth(s)))
	bare := strings.ReplaceAll(s, "-", "")
	for _, country := range []string{"", "+86", "0086", "86"} {
		if n, ok := strings.CutPrefix(bare, country); ok && mobile.MatchString(n) {
			return n, true
		}
	}
	s = strings.TrimPrefix(strings.TrimPrefix(s, "+86"), "-")
	if m := landline.FindStringSubmatch(s); m != nil {
		return strings.TrimSuffix(m[1]+"-"+m[2]+"-"+m[3], "-"), true
	}
	return bare, local.MatchString(bare)
}
