// Package i18n prints sentences, dates and names in Chinese or English. The Chinese sentence is the key of its
// translation (decision 25), so that a page reads as the page; English comes from the modules' en.toml files.
package i18n

import (
	"fmt"
	"strings"
	"time"

	"github.com/BurntSushi/toml"

	"xiaojia/internal/kernel"
)

// Lang is a language of the interface.
type Lang string

const (
	Zh Lang = "zh"
	En Lang = "en"
)

// Missing stands before a sentence that has no translation, so that tests and reviewers see it.
const Missing = "⟦?⟧"

// Book holds the English sentence of each Chinese one.
type Book struct{ en map[string]string }

// Read puts the modules' translation files together; where two translate one sentence, the first one's stands.
func Read(files ...string) (*Book, error) {
	b := &Book{en: map[string]string{}}
	for _, text := range files {
		var part map[string]string
		if _, err := toml.Decode(text, &part); err != nil {
			return nil, fmt.Errorf("read translations: %w", err)
		}
		for zh, en := range part {
			if _, ok := b.en[zh]; !ok {
				b.en[zh] = en
			}
		}
	}
	return b, nil
}

// Has tells whether the sentence has a translation.
func (b *Book) Has(key string) bool { _, ok := b.en[key]; return ok }

// English lists all pairs for the test of their verbs.
func (b *Book) English() map[string]string { return b.en }

// Printer prints in one language.
type Printer struct {
	Lang Lang
	book *Book
}

func (b *Book) Printer(l Lang) *Printer {
	if l != En {
		l = Zh
	}
	return &Printer{Lang: l, book: b}
}

// T prints a sentence. Days, instants and words among the arguments are printed in the language too.
func (p *Printer) T(zh string, args ...any) string {
	format := zh
	if p.Lang == En {
		if en, ok := p.book.en[zh]; ok {
			format = en
		} else if hasHan(zh) {
			format = Missing + zh
		}
	}
	if len(args) == 0 {
		return strings.ReplaceAll(format, "%%", "%")
	}
	out := make([]any, len(args))
	for i, a := range args {
		out[i] = p.arg(a)
	}
	return fmt.Sprintf(format, out...)
}

func (p *Printer) arg(a any) any {
	switch a := a.(type) {
	case kernel.Words:
		return p.W(a)
	case kernel.Date:
		return p.Day(a)
	case kernel.Time:
		return p.Moment(a)
	case *kernel.Error:
		return p.Err(a)
	}
	return a
}

// W is a name in the printer's language, the Chinese one where there is no other.
func (p *Printer) W(w kernel.Words) string {
	if p.Lang == En && w.En != "" {
		return w.En
	}
	return w.Zh
}

// Err is the sentence of an error that a person may read.
func (p *Printer) Err(e *kernel.Error) string { return p.T(e.Text, e.Args...) }

// Day is a day as people say it: 12月20日 · 20 Dec. Another year than that of the reader is the caller's business: see Date.
func (p *Printer) Day(d kernel.Date) string {
	if d.IsZero() {
		return "—"
	}
	if p.Lang == En {
		return fmt.Sprintf("%d %s", d.Day(), d.Month().String()[:3])
	}
	return fmt.Sprintf("%d月%d日", int(d.Month()), d.Day())
}

// Date is a day with its year: 2024年12月20日 · 20 Dec 2024.
func (p *Printer) Date(d kernel.Date) string {
	if d.IsZero() {
		return "—"
	}
	if p.Lang == En {
		return fmt.Sprintf("%s %d", p.Day(d), d.Year())
	}
	return fmt.Sprintf("%d年%s", d.Year(), p.Day(d))
}

// DayIn is Day, with the year where it is not the given one.
func (p *Printer) DayIn(d kernel.Date, year int) string {
	if d.Year() == year || d.IsZero() {
		return p.Day(d)
	}
	return p.Date(d)
}

// Moment is a day with its time: 12月20日 08:12 · 20 Dec 08:12.
func (p *Printer) Moment(t kernel.Time) string {
	if t.IsZero() {
		return "—"
	}
	h, m := t.Clock()
	return fmt.Sprintf("%s %02d:%02d", p.Day(t.Date()), h, m)
}

// Month is a month with its year: 2024年12月 · Dec 2024.
func (p *Printer) Month(y int, m time.Month) string {
	if p.Lang == En {
		return fmt.Sprintf("%s %d", m.String()[:3], y)
	}
	return fmt.Sprintf("%d年%d月", y, int(m))
}

var weekdays = [...]string{"星期日", "星期一", "星期二", "星期三", "星期四", "星期五", "星期六"}

// Weekday is 星期五 · Friday.
func (p *Printer) Weekday(d kernel.Date) string {
	if p.Lang == En {
		return d.Weekday().String()
	}
	return weekdays[d.Weekday()]
}

// Money is whole fen as yuan: 1,234.50 元 · ¥1,234.50.
func (p *Printer) Money(m kernel.Money) string {
	sign := ""
	if m < 0 {
		sign, m = "-", -m
	}
	text := fmt.Sprintf("%s%s.%02d", sign, thousands(int64(m)/100), int64(m)%100)
	if p.Lang == En {
		return "¥" + text
	}
	return text + " 元"
}

// N is a whole number with its thousands marked.
func (p *Printer) N(n int) string { return thousands(int64(n)) }

func thousands(n int64) string {
	s := fmt.Sprint(n)
	for i := len(s) - 3; i > 0 && s[i-1] != '-'; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// Join lists names: 甲、乙 · A, B.
func (p *Printer) Join(names []string) string {
	if p.Lang == En {
		return strings.Join(names, ", ")
	}
	return strings.Join(names, "、")
}
