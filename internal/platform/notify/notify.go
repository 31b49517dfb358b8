// Package notify keeps each person's inbox. A notice names what it is about once; sending it again changes nothing.
// Other channels come later behind the same seam.
package notify

import (
	"context"
	"encoding/json"
	"fmt"

	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/db"
)

// Notice is one sentence to one person, with the page it leads to.
type Notice struct {
	ID     string
	Person string
	Once   string // the same Once to the same person is the same notice
	Text   string // Chinese sentence, key of its translation
	Args   []any
	Href   string
	At     kernel.Time
	Read   bool
}

// Send puts a notice into the inbox in the caller's transaction, never twice.
func Send(tx db.Tx, n Notice) error {
	if n.Person == "" {
		return nil
	}
	args, err := json.Marshal(n.Args)
	if err != nil {
		return fmt.Errorf("notice %s: %w", n.Once, err)
	}
	if n.At == 0 {
		n.At = tx.Now() // a notice of what an anonymous person did carries the day instead
	}
	_, err = tx.ExecContext(tx.Ctx(), `INSERT INTO notice (org_id, person_id, id, once, text, args, href, at) VALUES ($1,$2,$3,$4,$5,$6,$7,$8)
ON CONFLICT (org_id, person_id, once) DO NOTHING`, tx.Org(), n.Person, kernel.NewID(n.At), n.Once, n.Text, string(args), n.Href, int64(n.At))
	if err != nil {
		return fmt.Errorf("notice %s: %w", n.Once, err)
	}
	return nil
}

// Inbox is the newest notices of a person, at most 100.
func Inbox(ctx context.Context, q db.DBTX, org, person string) ([]Notice, error) {
	rows, err := q.QueryContext(ctx, `SELECT id, text, args, href, at, read_at FROM notice WHERE org_id = $1 AND person_id = $2 ORDER BY id DESC LIMIT 100`, org, person)
	if err != nil {
		return nil, fmt.Errorf("inbox of %s: %w", person, err)
	}
	defer rows.Close()
	var out []Notice
	for rows.Next() {
		var n Notice
		var args string
		var read kernel.Time
		if err := rows.Scan(&n.ID, &n.Text, &args, &n.Href, &n.At, &read); err != nil {
			return nil, fmt.Errorf("inbox of %s: %w", person, err)
		}
		if err := json.Unmarshal([]byte(args), &n.Args); err != nil {
			return nil, fmt.Errorf("notice %s: %w", n.ID, err)
		}
		for i, a := range n.Args {
			if f, ok := a.(float64); ok { // JSON knows no whole numbers
				n.Args[i] = int(f)
			}
		}
		n.Read = !read.IsZero()
		out = append(out, n)
	}
	return out, rows.Err()
}

// Unread counts a person's unread notices up to a hundred: more is shown as 99+.
func Unread(ctx context.Context, q db.DBTX, org, person string) (n int, err error) {
	err = q.QueryRowContext(ctx, `SELECT count(*) FROM (SELECT 1 FROM notice WHERE org_id = $1 AND person_id = $2 AND read_at = 0 LIMIT 100) AS u`, org, person).Scan(&n)
	if err != nil {
		return 0, fmt.Errorf("unread of %s: %w", person, err)
	}
	return n, nil
}

// MarkRead marks all of a person's notices up to the given one.
func MarkRead(tx db.Tx, person, upTo string) error {
	_, err := tx.ExecContext(tx.Ctx(), `UPDATE notice SET read_at = $4 WHERE org_id = $1 AND person_id = $2 AND id <= $3 AND read_at = 0`, tx.Org(), person, upTo, int64(tx.Now()))
	if err != nil {
		return fmt.Errorf("mark read of %s: %w", person, err)
	}
	return nil
}
