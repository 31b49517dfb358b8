package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"xiaojia/internal/app"
	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/config"
	"xiaojia/internal/register/org"
	"xiaojia/internal/register/people"
)

// user lets people in from the machine itself: a one-time link, and the first holder of a company office.
func user(ctx context.Context, args []string, out, say io.Writer) error {
	if len(args) > 0 && args[0] == "token" {
		return token(ctx, args[1:], out, say)
	}
	if len(args) == 0 || args[0] != "invite" && args[0] != "appoint" {
		return fmt.Errorf("%w: xiaojia user invite|appoint --data DIR --person NO · token --data DIR --user LOGIN", config.ErrUsage)
	}
	var cfg config.Config
	f := config.NewSet("user "+args[0], say)
	f.Common(&cfg)
	f.StringVar(&cfg.Addr, "addr", "127.0.0.1:8080", "address that the server listens on")
	f.StringVar(&cfg.PublicURL, "public-url", "", "address under which phones reach this machine")
	no := f.String("person", "", "staff number")
	office := f.String("office", "", "office to give, such as company-chair")
	until := f.String("until", "", "last day of the term (default: the longest term)")
	if err := f.Parse(args[1:]); err != nil {
		return err
	}
	if *no == "" || args[0] == "appoint" && *office == "" {
		return fmt.Errorf("%w: --person is needed, and --office to appoint", config.ErrUsage)
	}
	to, err := kernel.ParseDate(*until)
	if err != nil {
		return fmt.Errorf("%w: --until is a day like 2027-12-31", config.ErrUsage)
	}
	a, err := existing(ctx, cfg, say)
	if err != nil {
		return err
	}
	who, inOrg, err := findPerson(ctx, a, *no)
	switch {
	case err != nil:
	case args[0] == "invite":
		err = inviteOne(ctx, a, inOrg, who, out)
	default:
		err = appointFirst(ctx, a, inOrg, who, authz.Office(*office), to, out)
	}
	return errors.Join(err, a.Close())
}

// findPerson is who has the staff number; none or two is wrong use.
func findPerson(ctx context.Context, a *app.App, no string) (people.Row, string, error) {
	orgs, err := a.Directory.Orgs(ctx)
	if err != nil {
		return people.Row{}, "", err
	}
	var in string
	var found []people.Row
	for _, o := range orgs {
		l, err := a.Roster.List(ctx, authz.Program(o.ID), people.Filter{Text: no}, "", 50)
		if err != nil {
			return people.Row{}, "", err
		}
		for _, r := range l.Rows {
			if strings.EqualFold(r.No, no) {
				in, found = o.ID, append(found, r)
			}
		}
	}
	if len(found) != 1 {
		return people.Row{}, "", fmt.Errorf("%w: %d people have the staff number %q", config.ErrUsage, len(found), no)
	}
	return found[0], in, nil
}

func inviteOne(ctx context.Context, a *app.App, inOrg string, who people.Row, out io.Writer) error {
	token, err := a.Accounts.InviteFor(ctx, authz.Program(inOrg), who.ID)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(out, "%s/join/%s\n", a.URL(a.Config.Addr), token)
	return err
}

// longest is the longest term that the rules allow, in months.
const longest = 60

// appointFirst gives an office that nobody holds: everybody after the first is appointed by who may, on the pages.
func appointFirst(ctx context.Context, a *app.App, inOrg string, who people.Row, office authz.Office, to kernel.Date, out io.Writer) error {
	chart, err := a.Directory.Of(ctx, inOrg)
	if err != nil {
		return err
	}
	o, ok := a.Catalogue.Office(string(office))
	if !ok {
		return fmt.Errorf("%w: no office %q", config.ErrUsage, office)
	}
	unit, ok := chart.Unit(who.Branch)
	if string(o.Held) == string(org.Company) {
		unit, ok = chart.Company(), true
	}
	if !ok || string(unit.Kind) != string(o.Held) {
		return fmt.Errorf("%w: %s is not given from the command line", config.ErrUsage, office)
	}
	today, by := a.DB.Clock.Now().Date(), authz.Program(inOrg)
	held, err := a.Roster.Mandates(ctx, by, today)
	if err != nil {
		return err
	}
	for _, m := range held {
		if m.Office == office && m.Unit == unit.ID {
			return fmt.Errorf("%s holds %s already: appoint on the pages", m.Name, office)
		}
	}
	if to.IsZero() && o.Term {
		to = today.AddMonths(longest).Add(-1)
	}
	term := kernel.Span{From: today, To: to}
	if _, err := a.Roster.Appoint(ctx, by, people.Appointment{Person: who.ID, Office: office, Unit: unit.ID, Term: term}); err != nil {
		return err
	}
	_, err = fmt.Fprintf(out, "%s %s %s %s–%s\n", who.No, who.Name, office, term.From, term.To)
	return err
}
