package org

import (
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"xiaojia/catalogue"
	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/db"
)

// Store is what the use cases need of the database; orgdb fills it.
type Store interface {
	Orgs(ctx context.Context, q db.DBTX) ([]Org, error)
	Chart(ctx context.Context, q db.DBTX, org string) (*Chart, error)
	PlaceByCode(ctx context.Context, q db.DBTX, code string) (org string, p Place, err error)
	AddOrg(tx db.Tx, o Org) error
	SaveUnit(tx db.Tx, u Unit) error
	SavePlace(tx db.Tx, p Place) error
}

// Service holds the use cases of units and places.
type Service struct {
	db    *db.DB
	store Store
	dir   *Directory
	kinds []catalogue.PlaceKind
}

// NewService takes the kinds of place that the catalogue has.
func NewService(d *db.DB, s Store, dir *Directory, kinds []catalogue.PlaceKind) *Service {
	return &Service{d, s, dir, kinds}
}

// PlaceKinds lists what a place can be, for the field of a form.
func (s *Service) PlaceKinds() []catalogue.PlaceKind { return s.kinds }

func (s *Service) hasKind(key string) bool {
	return slices.ContainsFunc(s.kinds, func(k catalogue.PlaceKind) bool { return k.Key == key })
}

// Directory is the cached view for reading.
func (s *Service) Directory() *Directory { return s.dir }

// nameLimit fits a line of the narrowest list.
const nameLimit = 40

// cleanName takes the blanks away and refuses what no list can show.
func cleanName(w kernel.Words) (kernel.Words, error) {
	w = kernel.Words{Zh: strings.Join(strings.Fields(w.Zh), " "), En: strings.Join(strings.Fields(w.En), " ")}
	switch {
	case w.Zh == "":
		return w, kernel.Wrong("name", "请填名称。")
	case utf8.RuneCountInString(w.Zh) > nameLimit:
		return w, kernel.Wrong("name", "名称最多 %d 个字。", nameLimit)
	case len(w.En) > 2*nameLimit:
		return w, kernel.Wrong("name_en", "英文名称最多 %d 个字母。", 2*nameLimit)
	}
	return w, nil
}

func missing() error {
	return kernel.Err(kernel.NotFound, "找不到这个单位或场所，可能已经停用。")
}

func notYours() error {
	return kernel.Err(kernel.Forbidden, "这个单位不归你管。要办这件事，请找上一级工会。")
}
