package i18n

import (
	"bytes"
	"io"
	"strings"
	"unicode"

	"golang.org/x/net/html"
)

func hasHan(s string) bool {
	for _, r := range s {
		if unicode.Is(unicode.Han, r) {
			return true
		}
	}
	return false
}

// MarkChinese copies an English page and marks what people wrote in Chinese (names, titles, notes) with lang="zh",
// so that a screen reader changes its voice and a typesetter its font. Sentences of the program are translated by T.
func MarkChinese(w io.Writer, page []byte) error {
	z := html.NewTokenizer(bytes.NewReader(page))
	wrap := "span" // in a picture its own
	depth := 0     // inside an element that already says lang="zh"
	var open []bool
	var out bytes.Buffer
	for {
		kind := z.Next()
		raw := z.Raw()
		switch kind {
		case html.ErrorToken:
			if err := z.Err(); err != io.EOF {
				return err
			}
			_, err := w.Write(out.Bytes())
			return err
		case html.StartTagToken, html.SelfClosingTagToken:
			keep := bytes.Clone(raw)
			t := z.Token()
			zh := isZh(t)
			if t.Data == "svg" {
				wrap = "tspan"
			}
			if depth == 0 && !zh && tagHasHan(t) {
				keep = withLang(keep, t.Data)
			}
			if kind == html.StartTagToken && !void[t.Data] {
				open = append(open, zh)
				if zh {
					depth++
				}
			}
			if plainText[t.Data] && depth == 0 {
				keep = markPlain(z, keep, t.Data, &out)
				open = open[:len(open)-1]
			}
			out.Write(keep)
		case html.EndTagToken:
			out.Write(raw)
			if name, _ := z.TagName(); string(name) == "svg" {
				wrap = "span"
			}
			if n := len(open); n > 0 {
				if open[n-1] {
					depth--
				}
				open = open[:n-1]
			}
		case html.TextToken:
			if depth == 0 && hasHan(string(raw)) {
				markRuns(&out, wrap, string(raw))
			} else {
				out.Write(raw)
			}
		default:
			out.Write(raw)
		}
	}
}

var void = map[string]bool{"area": true, "base": true, "br": true, "col": true, "embed": true, "hr": true, "img": true, "input": true, "link": true, "meta": true, "source": true, "track": true, "wbr": true}

// plainText elements hold text only: a span inside would be shown or dropped, so the element itself says its language.
var plainText = map[string]bool{"option": true, "textarea": true, "title": true, "desc": true, "script": true, "style": true}

func isZh(t html.Token) bool {
	for _, a := range t.Attr {
		if a.Key == "lang" && strings.HasPrefix(a.Val, "zh") {
			return true
		}
	}
	return false
}

func tagHasHan(t html.Token) bool {
	for _, a := range t.Attr {
		switch a.Key {
		case "alt", "aria-label", "title", "placeholder", "value", "content", "label":
			if hasHan(a.Val) {
				return true
			}
		}
	}
	return false
}

func withLang(tag []byte, name string) []byte {
	at := 1 + len(name)
	return append(append(bytes.Clone(tag[:at]), []byte(` lang="zh-CN"`)...), tag[at:]...)
}

// markPlain copies an element that holds only text up to its end, with the language on its start tag.
func markPlain(z *html.Tokenizer, start []byte, name string, out *bytes.Buffer) []byte {
	var text bytes.Buffer
	for {
		kind := z.Next()
		if kind == html.ErrorToken {
			break
		}
		raw := bytes.Clone(z.Raw())
		text.Write(raw)
		if kind == html.EndTagToken {
			break
		}
	}
	if name != "script" && name != "style" && hasHan(text.String()) && !bytes.Contains(start, []byte("lang=")) {
		start = withLang(start, name)
	}
	out.Write(start)
	return text.Bytes()
}

// markRuns wraps each run of Chinese, its punctuation included, in an element.
func markRuns(out *bytes.Buffer, wrap, s string) {
	in := false
	for _, r := range s {
		zh := unicode.Is(unicode.Han, r) || in && (r >= 0x3000 && r <= 0x303f || r >= 0xff00 && r <= 0xffef || r == '·')
		if zh && !in {
			out.WriteString(`<` + wrap + ` lang="zh-CN">`)
		} else if !zh && in {
			out.WriteString(`</` + wrap + `>`)
		}
		in = zh
		out.WriteRune(r)
	}
	if in {
		out.WriteString(`</` + wrap + `>`)
	}
}
