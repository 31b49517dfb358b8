// Package org holds the company union's units and places: who answers for what, and where things are.
// A branch (分工会), its groups, departments, contractors and sites are units; the company union is the root unit.
package org

import "xiaojia/internal/kernel"

// UnitID and PlaceID name a unit and a place inside one company union.
type (
	UnitID  string
	PlaceID string
)

// UnitKind is a closed set.
type UnitKind string

const (
	Company    UnitKind = "company"
	Branch     UnitKind = "branch"
	Group      UnitKind = "group"
	Department UnitKind = "department"
	Contractor UnitKind = "contractor"
	Site       UnitKind = "site"
)

// Unit is one node of the company union.
type Unit struct {
	ID      UnitID
	Parent  UnitID
	Branch  UnitID // the branch it belongs to; itself for a branch, empty for the company
	Kind    UnitKind
	Name    kernel.Words
	Sort    int
	Closed  kernel.Date
	Version int
}

// Place is somewhere that is inspected; its code stands on the wall.
type Place struct {
	ID      PlaceID
	Unit    UnitID // the branch that inspects it
	Parent  PlaceID
	Kind    string // key of catalogue/placekinds.yaml
	Name    kernel.Words
	Code    string // 6 letters, unique in the installation
	Owner   UnitID // the department or contractor that answers for it
	Sort    int
	Closed  kernel.Date
	Version int
}
