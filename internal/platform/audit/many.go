package audit

import (
	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/db"
)

// Past is a line of history with an instant and a name of its own: many new records at once, or the demo's rows that nobody made.
type Past struct {
	At    kernel.Time
	Actor string
	Name  string
	Act   string
	Subject
	Text  string
	Args  []string
	Blind bool // a random id, only the day, nobody's name
}

// WriteMany records lines of the past, with the same body and leaf as Write.
func WriteMany(tx db.Tx, lines []Past) error {
	rows := make([][]any, len(lines))
	for i, l := range lines {
		b := body{At: int64(l.At), Actor: l.Actor, Name: l.Name, Act: l.Act, Kind: l.Kind, Subject: l.ID, Text: l.Text, Args: l.Args}
		var err error
		switch {
		case l.Blind:
			b.ID, b.At, b.Actor, b.Name = kernel.BlindID(), int64(l.At.Date().At(0, 0)), "", ""
		case l.At < tx.Now(): // of the past, among what was written then
			b.ID = kernel.NewID(l.At)
		default:
			b.ID, err = NewID(tx)
		}
		if err != nil {
			return err
		}
		if rows[i], err = row(tx.Org(), b); err != nil {
			return err
		}
	}
	return db.Many{Table: "audit", Cols: columns}.Insert(tx, rows)
}
