package upkeep

import (
	"bytes"
	_ "embed"
	"encoding/csv"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"time"
	"unicode/utf8"

	"xiaojia/internal/kernel"
)

// bom lets a spreadsheet read UTF-8.
const bom = "\uFEFF"

// shape writes the rows of a table in one of the two shapes.
type shape struct {
	ending string
	head   func(w io.Writer, cols []Column) error
	row    func(w io.Writer, cols []Column, values []any) error
}

var asCSV = shape{".csv", func(w io.Writer, cols []Column) error {
	if _, err := io.WriteString(w, bom); err != nil {
		return err
	}
	return line(w, names(cols))
}, func(w io.Writer, cols []Column, values []any) error {
	out := make([]string, len(values))
	for i, v := range values {
		out[i] = cell(cols[i], v)
	}
	return line(w, out)
}}

var asJSON = shape{".jsonl", func(io.Writer, []Column) error { return nil }, func(w io.Writer, cols []Column, values []any) error {
	var b bytes.Buffer
	b.WriteByte('{')
	for i, v := range values {
		if i > 0 {
			b.WriteByte(',')
		}
		raw, err := json.Marshal(plain(v))
		if err != nil {
			return err
		}
		fmt.Fprintf(&b, "%q:%s", cols[i].Name, raw)
	}
	b.WriteString("}\n")
	_, err := w.Write(b.Bytes())
	return err
}}

func names(cols []Column) []string {
	out := make([]string, len(cols))
	for i, c := range cols {
		out[i] = c.Name
	}
	return out
}

func line(w io.Writer, cells []string) error {
	c := csv.NewWriter(w)
	c.UseCRLF = true
	if err := c.Write(cells); err != nil {
		return err
	}
	c.Flush()
	return c.Error()
}

// table writes the rows of a table, one after the other.
func (e *exporting) table(table string, cols []Column, s shape) error {
	w, err := e.create("tables/"+table+s.ending, true)
	if err != nil {
		return err
	}
	if err := s.head(w, cols); err != nil {
		return err
	}
	rows, err := e.q.QueryContext(e.ctx, "SELECT "+strings.Join(wanted(cols), ", ")+" FROM "+table+" ORDER BY 1, 2")
	if err != nil {
		return fmt.Errorf("%s: %w", table, err)
	}
	defer rows.Close()
	values, into := make([]any, len(cols)), make([]any, len(cols))
	for i := range values {
		into[i] = &values[i]
	}
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			return fmt.Errorf("%s: %w", table, err)
		}
		if err := s.row(w, cols, values); err != nil {
			return fmt.Errorf("%s: %w", table, err)
		}
		if s.ending == asCSV.ending {
			e.out.Rows++
		}
	}
	return rows.Err()
}

// wanted are the columns as they leave the program: who asked that his name be hidden has none.
func wanted(cols []Column) []string {
	out := names(cols)
	for i, c := range cols {
		if c.Table == "matter" && c.Name == "reporter" {
			out[i] = `CASE WHEN EXISTS (SELECT 1 FROM hazard h WHERE h.org_id = matter.org_id AND h.matter_id = matter.id AND h.reporter_mode = 'hidden') THEN '' ELSE reporter END`
		}
	}
	return out
}

// plain is a value as JSON can hold it: a day as 2024-12-20, bytes as their text or else in hex.
func plain(v any) any {
	switch x := v.(type) {
	case time.Time:
		return x.Format(time.DateOnly)
	case []byte:
		if utf8.Valid(x) {
			return string(x)
		}
		return hex.EncodeToString(x)
	}
	return v
}

// cell is a value as a spreadsheet shows it; text that a spreadsheet would take for a formula gets an apostrophe.
func cell(c Column, v any) string {
	if n, ok := v.(int64); ok && c.Kind == "time" {
		if n == 0 {
			return ""
		}
		return kernel.Time(n).In().Format(time.DateTime)
	}
	switch x := plain(v).(type) {
	case nil:
		return ""
	case string:
		if x != "" && strings.ContainsRune("=+-@\t\r", rune(x[0])) {
			return "'" + x
		}
		return x
	default:
		return fmt.Sprint(x)
	}
}

// words writes what each column holds, for people and for programs.
func (e *exporting) words(cols []Column) error {
	w, err := e.create("columns.csv", true)
	if err != nil {
		return err
	}
	if _, err := io.WriteString(w, bom); err != nil {
		return err
	}
	if err := line(w, []string{"table", "column", "zh", "en"}); err != nil {
		return err
	}
	for _, c := range cols {
		if err := line(w, []string{c.Table, c.Name, c.Zh, c.En}); err != nil {
			return err
		}
	}
	if w, err = e.create("columns.md", true); err != nil {
		return err
	}
	fmt.Fprint(w, intro)
	at := ""
	for _, c := range cols {
		if c.Table != at {
			at = c.Table
			fmt.Fprintf(w, "\n## %s\n\n| | zh | en |\n|---|---|---|\n", at)
		}
		fmt.Fprintf(w, "| `%s` | %s | %s |\n", c.Name, c.Zh, c.En)
	}
	return nil
}

//go:embed export.md
var intro string
