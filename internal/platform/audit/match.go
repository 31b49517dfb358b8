package audit

import (
	"bytes"
	"encoding/json"
)

// Line is a stored line with the columns that repeat what its body says.
type Line struct {
	Org, ID                   string
	At                        int64
	Actor, Act, Kind, Subject string
	Body, Leaf                []byte
}

// Whole tells whether the leaf is that of the body, and whether the columns say what the body says.
func (l Line) Whole() (leaf, columns bool) {
	sum := Leaf(l.Body)
	leaf = bytes.Equal(sum[:], l.Leaf)
	var b body
	if json.Unmarshal(l.Body, &b) != nil {
		return leaf, false
	}
	return leaf, b.Org == l.Org && b.ID == l.ID && b.At == l.At && b.Actor == l.Actor && b.Act == l.Act && b.Kind == l.Kind && b.Subject == l.Subject
}
