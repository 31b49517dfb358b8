// Package audit writes one row a change: the event that people read in a record's history and the RFC 6962 leaf that
// proves it are the same bytes (decision 16). It never holds personal data of level P2 or P3.
package audit

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/unicode/norm"

	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/db"
)

// Subject is the record that was changed.
type Subject struct{ Kind, ID string }

// body is the fixed shape of what is hashed: no map, no float, text in NFC.
type body struct {
	V       int      `json:"v"`
	Org     string   `json:"org"`
	ID      string   `json:"id"`
	At      int64    `json:"at"`
	Actor   string   `json:"actor"`
	Name    string   `json:"name"`
	Act     string   `json:"act"`
	Kind    string   `json:"kind"`
	Subject string   `json:"subject"`
	Text    string   `json:"text"`
	Args    []string `json:"args"`
}

// Write records a change in the transaction that makes it. Text is the Chinese sentence that people read, key of its
// translation; args are P0 or P1 only.
func Write(tx db.Tx, act string, s Subject, text string, args ...string) error {
	id, err := NewID(tx)
	if err != nil {
		return err
	}
	by := tx.By()
	return write(tx, body{ID: id, At: int64(tx.Now()), Actor: by.Person, Name: by.Name,
		Act: act, Kind: s.Kind, Subject: s.ID, Text: text, Args: args})
}

// WriteBlind records what an anonymous person did: no actor, a random id, and only the day.
func WriteBlind(tx db.Tx, act string, s Subject, text string, args ...string) error {
	return write(tx, body{ID: kernel.BlindID(), At: int64(tx.Today().At(0, 0)), Act: act, Kind: s.Kind, Subject: s.ID, Text: text, Args: args})
}

// columns are what row answers.
var columns = []string{"org_id", "id", "at", "actor", "act", "subject_kind", "subject_id", "body", "leaf"}

func row(org string, b body) ([]any, error) {
	b.V, b.Org = 1, org
	b.Text, b.Name = norm.NFC.String(b.Text), norm.NFC.String(b.Name)
	for i, a := range b.Args {
		b.Args[i] = norm.NFC.String(a)
	}
	raw, err := json.Marshal(b)
	if err != nil {
		return nil, fmt.Errorf("audit %s %s: %w", b.Act, b.Subject, err)
	}
	leaf := Leaf(raw)
	return []any{b.Org, b.ID, b.At, b.Actor, b.Act, b.Kind, b.Subject, raw, leaf[:]}, nil
}

func write(tx db.Tx, b body) error {
	r, err := row(tx.Org(), b)
	if err != nil {
		return err
	}
	if err := (db.Many{Table: "audit", Cols: columns}).Insert(tx, [][]any{r}); err != nil {
		return fmt.Errorf("audit %s %s: %w", b.Act, b.Subject, err)
	}
	return nil
}

// NewID is an id for a line of history, or for a row beside one. It keeps a union's lines in the order in which they were written
// where the clock goes back too: at is what the clock said, the id is the order.
func NewID(tx db.Tx) (string, error) {
	id, err := tx.InOrder("audit", func() (id string, err error) {
		err = tx.QueryRowContext(tx.Ctx(), `SELECT coalesce(max(id), '') FROM audit WHERE org_id = $1 AND id < '1'`, tx.Org()).Scan(&id) // a blind one begins later
		return id, err
	})
	if err != nil {
		return "", fmt.Errorf("newest line of history: %w", err)
	}
	return id, nil
}

// Exported notes that a list left the program: who took it, narrowed by what, how many rows. Of is the branch whose list it
// was, empty for the whole company union.
func Exported(ctx context.Context, d *db.DB, by authz.Actor, list, of, filter string, rows int) error {
	return d.InTx(ctx, by, func(tx db.Tx) error {
		return Write(tx, "export", Exports(list, of), "导出了 %s 行：%s", strconv.Itoa(rows), filter)
	})
}

// Exports is the subject under which the exports of a list stand.
func Exports(list, of string) Subject {
	return Subject{Kind: "export", ID: strings.TrimSuffix(list+"/"+of, "/")}
}

// Leaf is the hash of RFC 6962: SHA-256 of a zero byte and the body.
func Leaf(body []byte) [32]byte { return sha256.Sum256(append([]byte{0}, body...)) }

// Entry is one line of a record's history.
type Entry struct {
	At    kernel.Time
	Actor string
	Name  string
	Act   string
	Text  string
	Args  []any

	id string
}

// historyLimit bounds one page of a history; a record with more shows its newest.
const historyLimit = 200

// History is what was done to a record, oldest first.
func History(ctx context.Context, q db.DBTX, org string, s Subject) ([]Entry, error) {
	rows, err := q.QueryContext(ctx, `SELECT body FROM audit WHERE org_id = $1 AND subject_kind = $2 AND subject_id = $3 ORDER BY id DESC LIMIT 200`, org, s.Kind, s.ID)
	if err != nil {
		return nil, fmt.Errorf("history of %s %s: %w", s.Kind, s.ID, err)
	}
	defer rows.Close()
	out := make([]Entry, 0, historyLimit)
	for rows.Next() {
		var raw []byte
		if err := rows.Scan(&raw); err != nil {
			return nil, fmt.Errorf("history of %s %s: %w", s.Kind, s.ID, err)
		}
		var b body
		if err := json.Unmarshal(raw, &b); err != nil {
			return nil, fmt.Errorf("history of %s %s: %w", s.Kind, s.ID, err)
		}
		out = append(out, entry(b))
	}
	slices.Reverse(out)
	return InOrder(out, func(e Entry) (string, kernel.Time) { return e.id, e.At }), rows.Err()
}

// Wrote tells whether an act stands in the history of a record.
func Wrote(tx db.Tx, s Subject, act string) (yes bool, err error) {
	err = tx.QueryRowContext(tx.Ctx(), `SELECT EXISTS (SELECT 1 FROM audit WHERE org_id = $1 AND subject_kind = $2 AND subject_id = $3 AND act = $4)`,
		tx.Org(), s.Kind, s.ID, act).Scan(&yes)
	if err != nil {
		return false, fmt.Errorf("history of %s %s: %w", s.Kind, s.ID, err)
	}
	return yes, nil
}

func entry(b body) Entry {
	e := Entry{At: kernel.Time(b.At), Actor: b.Actor, Name: b.Name, Act: b.Act, Text: b.Text, id: b.ID}
	for _, a := range b.Args {
		e.Args = append(e.Args, a)
	}
	return e
}
