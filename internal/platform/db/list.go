package db

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"strings"

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

// Column is the type of a column of an order. What does not fit it is refused here: PostgreSQL would fail on it.
type Column string

const (
	Number Column = "number"
	Text   Column = "text"
	Day    Column = "day"
)

func (c Column) fits(v any) bool {
	switch v := v.(type) {
	case int64:
		return c == Number
	case string:
		if c == Day {
			d, err := kernel.ParseDate(v)
			return err == nil && !d.IsZero()
		}
		return c == Text && !strings.ContainsRune(v, 0)
	}
	return false
}

// ParseCursor reads a cursor of an order's columns; text that somebody made up is refused.
func ParseCursor(s string, cols ...Column) (Key, error) {
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
	if err := d.Decode(&k); err != nil || len(k) != len(cols) {
		return nil, wrong
	}
	for i, v := range k {
		if n, ok := v.(json.Number); ok {
			if k[i], err = n.Int64(); err != nil {
				return nil, wrong
			}
		}
		if !cols[i].fits(k[i]) {
			return nil, wrong
		}
	}
	return k, nil
}
