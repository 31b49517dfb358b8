// Package account lets people in: one account an installation (工号 or phone), memberships in company unions, sessions,
// and one-time links. There is never a default password; a forgotten one means a new link from leader or officer.
package account

import (
	"context"

	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/register/org"
	"xiaojia/internal/register/people"
)

// InvitePeople is the right to hand out links by which people get in.
const InvitePeople authz.Perm = "invite-people"

// Rules: leaders invite their branch's people, the company union everybody's, the administrator whom it asks him to.
func Rules() []authz.Rule {
	return []authz.Rule{
		{Office: authz.GroupLeader, Perm: InvitePeople, Reach: authz.Owner},
		{Office: authz.Chair, Perm: InvitePeople, Reach: authz.Unit},
		{Office: authz.CompanyChair, Perm: InvitePeople, Reach: authz.Org},
		{Office: authz.Admin, Perm: InvitePeople, Reach: authz.Org},
	}
}

// Account is who may sign in.
type Account struct {
	ID     string
	Login  string
	Secret string
	Closed kernel.Time
	Org    string
	Person people.ID
}

// Session is one signed-in device.
type Session struct {
	Token  string // SHA-256 of what the cookie holds
	Device string
	At     kernel.Time
	Seen   kernel.Time
}

// Purpose is what a one-time link is for.
type Purpose string

const (
	Setup Purpose = "setup" // the first chair of an empty installation
	Join  Purpose = "join"  // a person of the roster gets an account
	Reset Purpose = "reset" // a forgotten password
)

// Invite is a one-time link.
type Invite struct {
	Org     string
	Person  people.ID
	Purpose Purpose
	Ends    kernel.Time
	Used    kernel.Time
}

// Holder is what an account must know of its person.
type Holder struct {
	Name, No, Phone string
	Branch, Group   org.UnitID
	Left            kernel.Date
}

// Live is a session with its person, as the edge needs it at every request.
type Live struct {
	Account, Org string
	Person       people.ID
	Name         string
	Branch       org.UnitID
	Member       bool
	Left         kernel.Date
	Seen, Ends   kernel.Time
	Grants       []authz.Grant
}

// gone tells whether the person has left before a day.
func (l Live) gone(today kernel.Date) bool { return !l.Left.IsZero() && l.Left.Before(today) }

// Store keeps accounts, sessions and links.
type Store interface {
	Live(ctx context.Context, q db.DBTX, token string, today kernel.Date) (Live, error)
	ByLogin(ctx context.Context, q db.DBTX, login string) (Account, error)
	OfPerson(ctx context.Context, q db.DBTX, org string, p people.ID) (Account, error)
	Holder(ctx context.Context, q db.DBTX, org string, p people.ID) (Holder, error)
	Joined(ctx context.Context, q db.DBTX, org string, ids []people.ID) (map[people.ID]bool, error)
	Guests(ctx context.Context, q db.DBTX, org string, ids []people.ID, today kernel.Date) (map[people.ID]Guest, error)
	Secret(ctx context.Context, q db.DBTX, account string) (string, error)
	Empty(ctx context.Context, q db.DBTX) (bool, error)
	Create(tx db.Tx, a Account) error
	SetSecret(tx db.Tx, id, secret string) error
	Close(tx db.Tx, id string) error
	Sessions
	Invites
	Passkeys
	Feeds
	Wishes
	Mails
	Tokens
}

// Sessions is the part of the store that keeps signed-in devices.
type Sessions interface {
	Begin(tx db.Tx, account, org string, s Session, ends kernel.Time) error
	Saw(tx db.Tx, token string) error
	Devices(ctx context.Context, q db.DBTX, account string, now kernel.Time) ([]Session, error)
	End(tx db.Tx, account, token string) (bool, error)
	EndAll(tx db.Tx, account string) error
	EndOthers(tx db.Tx, account, but string) error
	Sweep(tx db.Tx) error
}

// Invites is the part of the store that keeps one-time links.
type Invites interface {
	Invite(ctx context.Context, q db.DBTX, token string) (Invite, error)
	AddInvite(tx db.Tx, token string, i Invite) error
	UseInvite(tx db.Tx, token string) (bool, error)
	// VoidInvites ends the open links of a person, but for those that one maker made.
	VoidInvites(tx db.Tx, p, but people.ID) error
}
