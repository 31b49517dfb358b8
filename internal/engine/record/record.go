// Package record holds what every record of the trade needs: who signed it, which photos belong to it, and 记一笔, the plain
// note of day, words, photos and people that does a duty which has no form of its own yet.
//
// Main nouns: Ref, the name of any record; Signature, one person under one content; Attachment, a stored photo in a place of a
// form; Note, a record that a later version may replace but never change.
// It never alters a saved record silently, and knows nothing of rounds but their ids.
package record

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"

	"xiaojia/internal/platform/authz"
	"xiaojia/internal/register/org"
)

// Ref names any record or subject inside one company union.
type Ref struct {
	Kind string `json:"k"`
	ID   string `json:"i"`
}

// Kinds of what rounds cover and of what proves it. A module adds its own kinds beside its records.
const (
	KindUnit      = "unit" // a branch, group or site
	KindPlace     = "place"
	KindPerson    = "person"
	KindHousehold = "household" // named by the id of its person
	KindNote      = "note"
)

// RoundID names a round of a duty; the rounds themselves are the duty engine's.
type RoundID string

// Within tells whether a scope holds the rows of a branch: the whole union, or that branch.
func Within(s authz.Scope, unit org.UnitID) bool {
	return s.Reach == authz.Org && s.Org != "" || s.Reach == authz.Unit && s.ID != "" && s.ID == string(unit)
}

// ContentHash is what a signature covers: SHA-256 of the JSON of a fixed struct, in hex.
func ContentHash(content any) (string, error) {
	raw, err := json.Marshal(content)
	if err != nil {
		return "", fmt.Errorf("hash content: %w", err)
	}
	sum := sha256.Sum256(raw)
	return hex.EncodeToString(sum[:]), nil
}
