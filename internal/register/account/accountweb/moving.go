package accountweb

import (
	"context"
	"sync"

	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/platform/ui"
	"xiaojia/internal/platform/web"
	"xiaojia/internal/register/account"
	"xiaojia/internal/register/org"
	"xiaojia/internal/register/people"
)

// MovingParts is what the pages by which a branch moves in ask.
type MovingParts struct {
	Frame     *ui.Frame
	DB        *db.DB
	Accounts  *account.Service
	Founder   *account.Founder
	Roster    *people.Service
	Directory *org.Directory
	PublicURL string // empty where it was not set
	Data      string // folder that the server works on
	Addr      string // what the server listens on, HOST:PORT
	TLS       bool   // by certificate file
	Under     func(ctx context.Context, orgID string, branch org.UnitID) (Under, error)
}

// Moving is the pages by which a real branch moves in: set-up, one-time links, how phones find this machine.
type Moving struct {
	MovingParts
	lan    func() ([]string, error)
	ready  sync.Map // branches that have nothing left to set up
	sheets sheets
}

func NewMoving(p MovingParts) *Moving { return &Moving{MovingParts: p, lan: lanAddresses} }

// Routes adds the lines to the table.
func (h *Moving) Routes(r *web.Routes) {
	r.Get("/setup/{token}", authz.Public, h.setup, web.Example("setup"))
	r.Post("/setup/{token}", authz.Public, h.found)
	r.Get("/connect", authz.SignedIn, h.connect)
	r.Get("/people/invites", account.InvitePeople, h.choose)
	r.Post("/people/invites", account.InvitePeople, h.inviteMany)
	r.Get("/people/invites/made", account.InvitePeople, h.made)
	r.Post("/people/{id}/invite", account.InvitePeople, h.invite)
}
