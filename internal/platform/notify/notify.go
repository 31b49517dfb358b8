// Package notify keeps each person's inbox. A notice names what it is about once; sending it again changes nothing.
// Other channels come later behind the same seam.
package notify

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
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
	About  string // what it waits for; Settle marks it read. Empty for plain news
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
	_, err = tx.ExecContext(tx.Ctx(), `INSERT INTO notice (org_id, person_id, id, once, text, args, href, about, at) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9)
ON CONFLICT (org_id, person_id, once) DO NOTHING`, tx.Org(), n.Person, kernel.NewID(n.At), n.Once, n.Text, string(args), n.Href, n.About, int64(n.At))
	if err != nil {
		return fmt.Errorf("notice %s: %w", n.Once, err)
	}
	return nil
}

// SendEach sends a notice to each of several, such as the holders of an office: a handful.
func SendEach[P ~string](tx db.Tx, who []P, n Notice) error {
	for _, p := range who {
		n.Person = string(p)
		if err := Send(tx, n); err != nil {
			return err
		}
	}
	return nil
}

// Filter picks a page of an inbox: all, or what is unread; After continues behind the notice of that id.
type Filter struct {
	Unread bool
	After  string
}

// inboxPage is one page of an inbox.
const inboxPage = 50

// Inbox is a page of a person's notices, the newest first, and the id to continue behind; empty behind the last page.
func Inbox(ctx context.Context, q db.DBTX, org, person string, f Filter) ([]Notice, string, error) {
	text, args := inbox(org, person, f)
	rows, err := q.QueryContext(ctx, text, args...)
	if err != nil {
		return nil, "", fmt.Errorf("inbox of %s: %w", person, err)
	}
	defer rows.Close()
	var out []Notice
	for rows.Next() {
		n, err := scan(rows)
		if err != nil {
			return nil, "", fmt.Errorf("inbox of %s: %w", person, err)
		}
		out = append(out, n)
	}
	if err := rows.Err(); err != nil || len(out) <= inboxPage {
		return out, "", err
	}
	return out[:inboxPage], out[inboxPage-1].ID, nil
}

func inbox(org, person string, f Filter) (string, []any) {
	q := db.From(`SELECT id, text, args, href, at, read_at FROM notice`).And("org_id = ?", org).And("person_id = ?", person)
	if f.Unread {
		q.And("read_at = 0")
	}
	if f.After != "" {
		q.And("id < ?", f.After)
	}
	return q.SQL("id DESC", inboxPage+1)
}

func scan(rows *sql.Rows) (Notice, error) {
	var n Notice
	var args string
	var read kernel.Time
	if err := rows.Scan(&n.ID, &n.Text, &args, &n.Href, &n.At, &read); err != nil {
		return n, err
	}
	if err := json.Unmarshal([]byte(args), &n.Args); err != nil {
		return n, err
	}
	for i, a := range n.Args {
		if f, ok := a.(float64); ok { // JSON knows no whole numbers
			n.Args[i] = int(f)
		}
	}
	n.Read = !read.IsZero()
	return n, nil
}

// Unread counts a person's unread notices up to a hundred: more is shown as 99+.
func Unread(ctx context.Context, q db.DBTX, org, person string) (n int, err error) {
	err = q.QueryRowContext(ctx, `SELECT count(*) FROM (SELECT 1 FROM notice WHERE org_id = $1 AND person_id = $2 AND read_at = 0 LIMIT 100) AS u`, org, person).Scan(&n)
	if err != nil {
		return 0, fmt.Errorf("unread of %s: %w", person, err)
	}
	return n, nil
}

// Settle marks as read whatever waits for this, in the transaction that settles it: nobody is to look for what is done. Of the
// instant only the day is kept, since the one who settled it may be without a name.
func Settle(tx db.Tx, about string) error { return SettleFor(tx, about, "") }

// SettleFor is Settle for one person alone; for everybody where the person is empty.
func SettleFor(tx db.Tx, about, person string) error {
	_, err := tx.ExecContext(tx.Ctx(), settleSQL, tx.Org(), about, int64(tx.Today().At(0, 0)), person)
	if err != nil {
		return fmt.Errorf("settle notices about %s: %w", about, err)
	}
	return nil
}

// settleSQL repeats the condition of its partial index.
const settleSQL = `UPDATE notice SET read_at = $3 WHERE org_id = $1 AND about = $2 AND read_at = 0 AND about <> '' AND ($4 = '' OR person_id = $4)`

// MarkRead marks those of a person's notices that he has been shown; one that came meanwhile, or bears an earlier day, stays.
func MarkRead(tx db.Tx, person string, shown []string) error {
	raw, err := json.Marshal(shown)
	if err != nil {
		return fmt.Errorf("mark read of %s: %w", person, err)
	}
	ids := `(SELECT e.value FROM json_each($4) AS e)`
	if tx.Engine() == db.Postgres {
		ids = `(SELECT e.value FROM json_array_elements_text(CAST($4 AS json)) AS e(value))`
	}
	_, err = tx.ExecContext(tx.Ctx(), `UPDATE notice SET read_at = $3 WHERE org_id = $1 AND person_id = $2 AND read_at = 0 AND id IN `+ids,
		tx.Org(), person, int64(tx.Now()), string(raw))
	if err != nil {
		return fmt.Errorf("mark read of %s: %w", person, err)
	}
	return nil
}

// Open marks one of a person's notices as read and answers where it leads; empty where he has no such notice.
func Open(tx db.Tx, person, id string) (href string, err error) {
	err = tx.QueryRowContext(tx.Ctx(), `SELECT href FROM notice WHERE org_id = $1 AND person_id = $2 AND id = $3`, tx.Org(), person, id).Scan(&href)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	if err != nil {
		return "", fmt.Errorf("notice %s: %w", id, err)
	}
	return href, MarkRead(tx, person, []string{id})
}
