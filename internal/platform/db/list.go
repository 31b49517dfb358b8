package db

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"unicode"

	"xiaojia/internal/kernel"
)

// Select builds the SQL of a list: fixed text, ANDed conditions, one order with its keyset. Never OFFSET, never a count.
type Select struct {
	text  string
	where []string
	args  []any
}

// From starts a list with its SELECT … FROM … text.
func From(text string) *Select { return &Select{text: text} }

// And adds a condition; each ? becomes the next numbered parameter. Literals that a partial index tests stay literals.
func (s *Select) And(cond string, args ...any) *Select {
	for _, a := range args {
		s.args = append(s.args, a)
		cond = strings.Replace(cond, "?", fmt.Sprintf("$%d", len(s.args)), 1)
	}
	s.where = append(s.where, cond)
	return s
}

// Key is where a page of a list ends: the values of the order's columns in the last row.
type Key []any

// After continues behind a key in the direction of the order.
func (s *Select) After(cols []string, desc bool, k Key) *Select {
	if len(k) != len(cols) {
		return s
	}
	marks := strings.TrimSuffix(strings.Repeat("?,", len(cols)), ",")
	op := ">"
	if desc {
		op = "<"
	}
	return s.And("("+strings.Join(cols, ",")+") "+op+" ("+marks+")", k...)
}

// SQL is the finished text with its order and limit, and the arguments.
func (s *Select) SQL(order string, limit int) (string, []any) {
	q := s.text
	if len(s.where) > 0 {
		q += " WHERE " + strings.Join(s.where, " AND ")
	}
	if order != "" {
		q += " ORDER BY " + order
	}
	if limit > 0 {
		s.args = append(s.args, limit)
		q += fmt.Sprintf(" LIMIT $%d", len(s.args))
	}
	return q, s.args
}

// List is the parameters of an IN and their marks. The last is repeated until their number is a power of two: a list of any
// length is one of a few statements, so that keeping them prepared costs little. An empty list finds nothing.
func List[T ~string](list []T) (marks string, args []any) {
	if len(list) == 0 {
		return "NULL", nil
	}
	n := 1
	for n < len(list) {
		n *= 2
	}
	args = make([]any, n)
	for i := range args {
		args[i] = string(list[min(i, len(list)-1)])
	}
	return strings.TrimSuffix(strings.Repeat("?,", n), ","), args
}

// Mark is the n-th parameter of a statement.
func Mark(n int) string { return "$" + strconv.Itoa(n) }

// Cursor is a key as text for an address.
func (k Key) Cursor() string {
	if len(k) == 0 {
		return ""
	}
	b, err := json.Marshal(k)
	if err != nil {
		return "" // only numbers and text go in
	}
	return base64.RawURLEncoding.EncodeToString(b)
}

// What the columns of a cursor hold, one letter each.
const (
	DayCursor    = 'd' // a day as 2024-12-20, or an empty text
	NumberCursor = 'n'
	TextCursor   = 's'
)

// ParseCursor reads a cursor whose columns are of the shape, such as "ds"; text that somebody made up is refused here and
// does not reach a statement.
func ParseCursor(s, shape string) (Key, error) {
	if s == "" {
		return nil, nil
	}
	wrong := kernel.Err(kernel.Invalid, "这一页的地址不对，请从第一页看起。")
	b, err := base64.RawURLEncoding.DecodeString(s)
	if err != nil || len(s) > 512 {
		return nil, wrong
	}
	d := json.NewDecoder(strings.NewReader(string(b)))
	d.UseNumber()
	var k Key
	if err := d.Decode(&k); err != nil || len(k) != len(shape) {
		return nil, wrong
	}
	for i := range k {
		if k[i] = column(k[i], shape[i]); k[i] == nil {
			return nil, wrong
		}
	}
	return k, nil
}

// column is a value of the kind, nil where it is not.
func column(v any, kind byte) any {
	text, isText := v.(string)
	switch {
	case kind == NumberCursor:
		if number, ok := v.(json.Number); ok {
			if n, err := number.Int64(); err == nil {
				return n
			}
		}
	case !isText || strings.ContainsFunc(text, unicode.IsControl):
	case kind == TextCursor:
		return text
	case kind == DayCursor:
		if _, err := kernel.ParseDate(text); err == nil || text == "" {
			return text
		}
	}
	return nil
}
