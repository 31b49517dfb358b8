package roster

import (
	"fmt"

	"xiaojia/internal/kernel"
)

// Kind is the sort of a problem; scripts rely on the words.
type Kind string

const (
	DigitsLost  Kind = "digits_lost"
	CheckDigit  Kind = "check_digit"
	OldFormat   Kind = "old_format"
	Duplicate   Kind = "duplicate"
	UnknownUnit Kind = "unknown_unit"
	BadDate     Kind = "bad_date"
	BadPhone    Kind = "bad_phone"
	Missing     Kind = "missing"
)

// Problem is what a person has to decide about one cell. Text is the Chinese sentence with fmt verbs and the
// key of its translation; it holds no ID number.
type Problem struct {
	Column string // the header as the sheet has it
	Field  Field  // what the column means
	Kind   Kind
	Part   bool // the cell has a part of a day, which is kept as it is: nothing that must be put right
	Text   string
	Args   []any
}

// Message is the whole sentence, with row and column in front.
func (p Problem) Message() string { return fmt.Sprintf(p.Text, p.Args...) }

// where stands in front of every sentence: an office worker looks for the cell first.
const where = "第 %d 行 %s 列「%s」："

func (r *Row) report(c Column, k Kind, text string, args ...any) {
	r.Problems = append(r.Problems, Problem{
		Column: c.Header, Field: c.Field, Kind: k, Text: where + text,
		Args: append([]any{r.Number, c.Letter, c.Header}, args...),
	})
}

func wrongFile(text string, args ...any) error { return kernel.Wrong("file", text, args...) }

func tooLarge(text string, args ...any) error {
	return &kernel.Error{Kind: kernel.TooLarge, Field: "file", Text: text, Args: args}
}

// damaged is the answer to a part that ends early or is no XML.
func damaged() error {
	return wrongFile("这个工作簿已损坏，读不下去。请在 Excel 或 WPS 里打开后另存为 .xlsx 再上传")
}
