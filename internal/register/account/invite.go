package account

import (
	"context"
	"errors"
	"fmt"

	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/audit"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/platform/notify"
	"xiaojia/internal/register/org"
	"xiaojia/internal/register/people"
)

// Link is a one-time link that was just made; its token is known this once.
type Link struct {
	Person people.ID
	Holder
	Token string
}

// Refusal is somebody who got no link, and why.
type Refusal struct {
	Name string
	Why  *kernel.Error
}

// InviteFor makes a one-time link for a person: to join, or to set a new password where there is an account already. An
// older link of the same person ends.
func (s *Service) InviteFor(ctx context.Context, by authz.Actor, p people.ID) (token string, err error) {
	links, refused, err := s.InviteAll(ctx, by, []people.ID{p})
	switch {
	case err != nil:
		return "", err
	case len(refused) > 0:
		return "", refused[0].Why
	}
	return links[0].Token, nil
}

// InviteAll makes the links of one sheet. Who may not be let in by the actor is refused by name; the others get theirs.
func (s *Service) InviteAll(ctx context.Context, by authz.Actor, ids []people.ID) (links []Link, refused []Refusal, err error) {
	tokens := make([]string, len(ids))
	for i := range ids {
		tokens[i] = newToken()
	}
	err = s.db.InTx(ctx, by, func(tx db.Tx) error {
		links, refused = nil, nil
		who, err := s.store.Guests(tx.Ctx(), tx, tx.Org(), ids, tx.Today())
		if err != nil {
			return err
		}
		for i, id := range ids {
			g, ok := who[id]
			if !ok {
				return kernel.Err(kernel.NotFound, "没有找到。")
			}
			if why := g.refuse(by); why != nil {
				refused = append(refused, Refusal{g.Name, why})
				continue
			}
			if err := s.letIn(tx, id, g, tokens[i]); err != nil {
				return err
			}
			links = append(links, Link{id, g.Holder, tokens[i]})
		}
		return nil
	})
	return links, refused, err
}

// Guest is what decides whether somebody may be given a link.
type Guest struct {
	Holder
	Account bool // there is one already, so the link is for a new password
	Held    []authz.Grant
}

// refuse says why the actor may not let a person in. A link is as good as the mandates: who cannot give an office cannot
// give a link to its holder.
func (g Guest) refuse(by authz.Actor) *kernel.Error {
	if !reaches(by, g.Holder) {
		return forbidden("只能邀请自己小组、自己分工会的人。")
	}
	if !g.Left.IsZero() {
		return &kernel.Error{Kind: kernel.Conflict, Text: "%s 已经离开，不能再邀请。", Args: []any{g.Name}}
	}
	for _, h := range g.Held {
		if !people.Outranks(by, h.Office, org.UnitID(h.Branch)) {
			return forbidden("%s 担任着职务，链接要由能任免这个职务的人来发。", g.Name)
		}
	}
	return nil
}

func forbidden(text string, args ...any) *kernel.Error {
	return &kernel.Error{Kind: kernel.Forbidden, Text: text, Args: args}
}

func (s *Service) letIn(tx db.Tx, p people.ID, g Guest, token string) error {
	purpose := Join
	if g.Account {
		purpose = Reset
	}
	if err := s.store.VoidInvites(tx, p, ""); err != nil {
		return err
	}
	i := Invite{Org: tx.Org(), Person: p, Purpose: purpose, Ends: tx.Now().Add(inviteFor)}
	if err := s.store.AddInvite(tx, hashToken(token), i); err != nil {
		return err
	}
	if err := tellLink(tx, p, purpose); err != nil {
		return err
	}
	return audit.Write(tx, "account.invite", audit.Subject{Kind: "person", ID: string(p)}, "发了一次性进门链接")
}

// tellLink lets the holder of an account know that a link which opens it was made: whoever has the link is he.
func tellLink(tx db.Tx, p people.ID, purpose Purpose) error {
	if purpose != Reset {
		return nil
	}
	return notify.Send(tx, notify.Notice{Person: string(p), Once: fmt.Sprintf("account.link.%d", tx.Now()), Href: "/me",
		Text: "%s给你发了一个换密码的链接。不是你要的，请马上告诉分工会主席。", Args: []any{tx.By().Name}})
}

// VoidFor ends the open links of somebody who was given an office, but for those of who gave it: a link from before could
// have been made by somebody who may not open that office.
func (s *Service) VoidFor(tx db.Tx, p, by people.ID) error { return s.store.VoidInvites(tx, p, by) }

// reaches tells whether the right to invite covers a person.
func reaches(by authz.Actor, h Holder) bool {
	sc := by.Scope(InvitePeople)
	switch sc.Reach {
	case authz.Org:
		return sc.Org != ""
	case authz.Unit:
		return sc.ID != "" && sc.ID == string(h.Branch)
	case authz.Owner:
		return sc.ID != "" && sc.ID == string(h.Group)
	}
	return false
}

// Unset tells that nobody has an account yet: the one-time link of the start opens the house.
func (s *Service) Unset(ctx context.Context) (bool, error) { return s.store.Empty(ctx, s.db.Read) }

// SetupLink is the one link of an empty installation; none where somebody has an account already.
func (s *Service) SetupLink(ctx context.Context) (token string, err error) {
	empty, err := s.store.Empty(ctx, s.db.Read)
	if err != nil || !empty {
		return "", err
	}
	token = newToken()
	err = s.db.InTx(ctx, authz.Program(""), func(tx db.Tx) error {
		return s.store.AddInvite(tx, hashToken(token), Invite{Purpose: Setup, Ends: tx.Now().Add(inviteFor)})
	})
	return token, err
}

// Look answers what a link is for and whose it is; a used or old one is Gone.
func (s *Service) Look(ctx context.Context, token string) (Invite, Holder, error) {
	i, err := s.store.Invite(ctx, s.db.Read, hashToken(token))
	if kernel.KindOf(err) == kernel.NotFound || err == nil && (!i.Used.IsZero() || i.Ends <= s.db.Clock.Now()) {
		return i, Holder{}, linkUsed()
	}
	if err == nil && i.Purpose == Setup {
		var empty bool
		if empty, err = s.store.Empty(ctx, s.db.Read); err == nil && !empty { // somebody has moved in by another link
			return i, Holder{}, linkUsed()
		}
	}
	if err != nil || i.Purpose == Setup {
		return i, Holder{}, err
	}
	h, err := s.store.Holder(ctx, s.db.Read, i.Org, i.Person)
	return i, h, err
}

func linkUsed() error {
	return kernel.Err(kernel.Gone, "这个链接用过了，或者过期了。请找小组长或主席要一个新的。")
}

// Accept sets the password by a link and signs in. The account's name is the 工号.
func (s *Service) Accept(ctx context.Context, token, password, device string) (session string, err error) {
	i, h, err := s.Look(ctx, token)
	if err != nil {
		return "", err
	}
	if i.Purpose == Setup {
		return "", kernel.Err(kernel.NotFound, "没有这一页。")
	}
	if err := checkPassword(password, h); err != nil {
		return "", err
	}
	secret, acc := hashSecret(password), Account{ID: kernel.NewID(s.db.Clock.Now()), Login: cleanLogin(h.No), Org: i.Org, Person: i.Person}
	by := authz.Actor{Org: i.Org, Person: string(i.Person), Name: h.Name}
	err = s.db.InTx(ctx, by, func(tx db.Tx) error {
		return s.accept(tx, token, &acc, secret)
	})
	if db.IsDuplicate(err) {
		return "", kernel.Err(kernel.Conflict, "工号 %s 已经有人用来登录。请找系统管理员。", h.No)
	}
	if err != nil {
		return "", err
	}
	s.Forget()
	return s.begin(ctx, acc, device)
}

func (s *Service) accept(tx db.Tx, token string, acc *Account, secret string) error {
	ok, err := s.store.UseInvite(tx, hashToken(token))
	if err != nil {
		return err
	}
	if !ok {
		return linkUsed()
	}
	old, err := s.store.OfPerson(tx.Ctx(), tx, tx.Org(), acc.Person)
	switch {
	case kernel.KindOf(err) == kernel.NotFound:
		acc.Secret = secret
		err = s.store.Create(tx, *acc)
	case err == nil:
		acc.ID = old.ID
		err = errors.Join(s.store.SetSecret(tx, old.ID, secret), s.store.EndAll(tx, old.ID),
			notify.Send(tx, notify.Notice{Person: string(acc.Person), Once: fmt.Sprintf("account.reset.%d", tx.Now()), Href: "/me",
				Text: "你的密码用一次性链接换过了，别的设备都已退出。不是你换的，请马上告诉分工会主席。"}),
			s.mentionKeys(tx, *acc))
	}
	if err != nil {
		return err
	}
	return audit.Write(tx, "account.accept", audit.Subject{Kind: "person", ID: string(acc.Person)}, "设好密码，进了门")
}

// mentionKeys tells who has set a new password by a link that his passkeys still open the door: one may be on a lost phone.
func (s *Service) mentionKeys(tx db.Tx, acc Account) error {
	list, err := s.store.Passkeys(tx.Ctx(), tx, acc.ID)
	if err != nil || len(list) == 0 {
		return err
	}
	return notify.Send(tx, notify.Notice{Person: string(acc.Person), Once: fmt.Sprintf("account.keys.%d", tx.Now()), Href: "/me/passkeys",
		Text: "你的通行密钥照样能进门。丢了手机的话，请把那一把删掉。"})
}

// Open makes an account without a password, which only a link can give: the demo's cast and tests use it.
func (s *Service) Open(ctx context.Context, by authz.Actor, login string, p people.ID) error {
	acc := Account{ID: kernel.NewID(s.db.Clock.Now()), Login: login, Org: by.Org, Person: p}
	return s.db.InTx(ctx, by, func(tx db.Tx) error { return s.store.Create(tx, acc) })
}
