package people

import (
	"context"

	"xiaojia/catalogue"
	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/platform/outbox"
	"xiaojia/internal/platform/vault"
	"xiaojia/internal/register/org"
)

// Parts is what the service is put together from.
type Parts struct {
	DB      *db.DB
	Store   Store
	Ring    *vault.Ring
	Units   *org.Service
	Bus     *outbox.Bus
	Offices []catalogue.Office
	Groups  []catalogue.Group
	Clash   func(a, b authz.Grant) bool // two offices that nobody may hold together; nil for none
	Changed func()                      // after somebody's offices changed: who is signed in is looked up again; nil for none
}

// Service holds the use cases of persons, labels, mandates and imports.
type Service struct {
	db      *db.DB
	store   Store
	ring    *vault.Ring
	units   *org.Service
	bus     *outbox.Bus
	offices []catalogue.Office
	groups  []catalogue.Group
	clash   func(a, b authz.Grant) bool
	changed func()
}

func NewService(p Parts) *Service {
	if p.Clash == nil {
		p.Clash = func(authz.Grant, authz.Grant) bool { return false }
	}
	if p.Changed == nil {
		p.Changed = func() {}
	}
	return &Service{p.DB, p.Store, p.Ring, p.Units, p.Bus, p.Offices, p.Groups, p.Clash, p.Changed}
}

// Offices lists the offices of the catalogue, for names and fields.
func (s *Service) Offices() []catalogue.Office { return s.offices }

// Groups lists the groups that a person can be in, for names and fields.
func (s *Service) Groups() []catalogue.Group { return s.groups }

func (s *Service) today() kernel.Date { return s.db.Clock.Now().Date() }

func (s *Service) chart(ctx context.Context, org string) (*org.Chart, error) {
	return s.units.Directory().Of(ctx, org)
}

func notYours() error {
	return kernel.Err(kernel.Forbidden, "这个人不归你管。要改名册，请找分工会主席。")
}
