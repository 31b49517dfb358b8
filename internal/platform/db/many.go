package db

import (
	"fmt"
	"strings"
)

// Many writes rows to one table, several in a statement.
type Many struct {
	Table string
	Cols  []string
	As    map[string]string // what is made of a column's value, with ? in its place
}

// marksMost is how many parameters a statement gets; both engines take more.
const marksMost = 8000

// fewRows share a statement on SQLite. More go one by one: a statement of several rows keeps a copy of each page that it touches,
// to take back its first rows if a later one fails, and that costs more than calling it so often.
const fewRows = 16

// Insert writes the rows in the order given. Full statements have one text, so that it is prepared once.
func (m Many) Insert(tx Tx, rows [][]any) error {
	step := marksMost / len(m.Cols)
	if tx.Engine() == SQLite && len(rows) > fewRows {
		step = 1
	}
	for len(rows) > 0 {
		n := min(step, len(rows))
		args := make([]any, 0, n*len(m.Cols))
		for _, r := range rows[:n] {
			args = append(args, r...)
		}
		if _, err := tx.ExecContext(tx.Ctx(), m.text(tx.Engine(), n), args...); err != nil {
			return fmt.Errorf("insert %d rows of %s: %w", n, m.Table, err)
		}
		rows = rows[n:]
	}
	return nil
}

// text numbers the parameters for PostgreSQL. SQLite gets bare ones: it keeps "$1" as a name, and looks a name up in the list
// of all names at each binding, which takes three quarters of the time where there are thousands.
func (m Many) text(e Engine, rows int) string {
	var b strings.Builder
	fmt.Fprintf(&b, "INSERT INTO %s (%s) VALUES ", m.Table, strings.Join(m.Cols, ", "))
	n := 0
	for i := range rows {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteByte('(')
		for k, c := range m.Cols {
			if k > 0 {
				b.WriteByte(',')
			}
			mark := "?"
			if n++; e == Postgres {
				mark = Mark(n)
			}
			if as, ok := m.As[c]; ok {
				mark = strings.Replace(as, "?", mark, 1)
			}
			b.WriteString(mark)
		}
		b.WriteByte(')')
	}
	return b.String()
}

// NextMany takes so many numbers of a series at once and answers the first of them.
func NextMany(tx Tx, series string, count int) (first int, err error) {
	var last int
	err = tx.QueryRowContext(tx.Ctx(), `INSERT INTO series (org_id, name, n) VALUES ($1,$2,$3)
ON CONFLICT (org_id, name) DO UPDATE SET n = series.n + excluded.n RETURNING n`, tx.Org(), series, count).Scan(&last)
	if err != nil {
		return 0, fmt.Errorf("next %d of %s: %w", count, series, err)
	}
	return last - count + 1, nil
}
