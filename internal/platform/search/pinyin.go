package search

import (
	"strings"

	"github.com/mozillazg/go-pinyin"
)

// surnames are the readings that differ in a name from the character's usual one. The library knows characters alone, so a
// given name with an unusual reading (乐 as yue, 重 as chong) sorts under the usual one; search finds surnames by both.
var surnames = map[string]string{
	"单": "shan", "曾": "zeng", "解": "xie", "仇": "qiu", "查": "zha", "区": "ou", "盖": "ge", "朴": "piao", "翟": "zhai",
	"缪": "miao", "乐": "yue", "种": "chong", "员": "yun", "召": "shao", "黑": "he", "秘": "bi", "折": "she",
	"洗": "xian", "繁": "po", "覃": "qin", "隗": "wei", "牟": "mu",
	"尉迟": "yu chi", "万俟": "mo qi", "单于": "chan yu", "长孙": "zhang sun", "令狐": "ling hu", "澹台": "tan tai",
}

// Spell is the sort key of a name, syllables with blanks, and its initials: 曾静 is "zeng jing" and "zj". Characters that
// have no reading, and other scripts, stand as they are in small letters.
func Spell(name string) (key, first string) {
	var syllables []string
	for _, r := range runs(name) {
		if r.han {
			syllables = append(syllables, read(r.runes, len(syllables) == 0)...)
		} else {
			syllables = append(syllables, string(r.runes))
		}
	}
	return strings.Join(syllables, " "), initials(syllables)
}

func initials(syllables []string) string {
	var b strings.Builder
	for _, s := range syllables {
		for _, c := range s {
			b.WriteRune(c)
			break
		}
	}
	return b.String()
}

// read gives one syllable for each character; at the start of a name the surname decides.
func read(r []rune, start bool) []string {
	var out []string
	if start {
		for _, n := range []int{2, 1} {
			if s, ok := surnames[string(r[:min(n, len(r))])]; ok && len(r) > n-1 {
				out = strings.Fields(s)
				break
			}
		}
	}
	for _, c := range r[len(out):] {
		out = append(out, syllable(c))
	}
	return out
}

func syllable(c rune) string {
	args := pinyin.NewArgs() // without tones, the usual reading only
	if s := pinyin.SinglePinyin(c, args); len(s) > 0 {
		return strings.ReplaceAll(s[0], "ü", "v")
	}
	return string(c)
}
