package app

import (
	"context"
	"time"

	"xiaojia/internal/engine/duty"
	"xiaojia/internal/engine/matter"
	"xiaojia/internal/engine/record"
	"xiaojia/internal/measure/safety"
	"xiaojia/internal/measure/safety/safetydb"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/platform/jobs"
	"xiaojia/internal/platform/notify"
	"xiaojia/internal/platform/outbox"
	"xiaojia/internal/register/almanac"
	"xiaojia/internal/register/people"
)

// react lists who hears of what; On is in the same transaction, Later is after it and again until it succeeds.
func (m *Modules) react(a *App) {
	teller := safety.NewTeller(safety.TellerParts{DB: a.DB, Hazards: safetydb.Hazards{}, Letters: safetydb.Letters{}, Holders: m.holders})
	outbox.On(m.Bus, func(tx db.Tx, e people.Left) error { return m.Accounts.CloseFor(tx, e.Person) })
	outbox.On(m.Bus, func(tx db.Tx, e people.Appointed) error { return m.Accounts.VoidFor(tx, e.Person, e.By) })
	outbox.On(m.Bus, func(tx db.Tx, e record.SignatureDenied) error { return m.Patrols.SignatureDenied(tx, e) })
	outbox.On(m.Bus, teller.Reopened)
	outbox.On(m.Bus, m.Patrols.RoundOpened)
	outbox.On(m.Bus, m.tellLate)
	outbox.On(m.Bus, func(tx db.Tx, _ almanac.Changed) error { return m.Duties.Replan(tx) })
	outbox.Later(m.Bus, func(ctx context.Context, _ string, _ almanac.Changed) error { return m.Duties.Open(ctx) })
	outbox.Later(m.Bus, func(ctx context.Context, org string, e matter.Changed) error { return teller.Changed(ctx, org, e) })
	outbox.Later(m.Bus, func(ctx context.Context, org string, e matter.Overdue) error { return teller.Overdue(ctx, org, e) })
	outbox.Later(m.Bus, func(ctx context.Context, org string, e safety.LetterChanged) error { return teller.Letter(ctx, org, e) })
	outbox.Later(m.Bus, func(ctx context.Context, org string, e safety.Spoke) error { return teller.Spoke(ctx, org, e) })
}

// tellLate tells the branch chair once that a round is over its day.
func (m *Modules) tellLate(tx db.Tx, e duty.RoundLate) error {
	who, err := m.holders(tx, authz.Chair, e.Unit)
	if err != nil {
		return err
	}
	return notify.SendEach(tx, who, notify.Notice{Once: "round-late/" + string(e.Round), Text: "超期：%s，还差 %d 个", Args: []any{e.Name.Zh, e.Missing},
		Href: "/rounds/" + string(e.Round), About: duty.LateAwaits(e.Round)})
}

// schedule lists what comes back by the clock.
func (a *App) schedule() []jobs.Job {
	return append(append(append(a.Duties.Jobs(), a.mailJobs()...), a.upkeepJobs()...),
		jobs.Job{Name: "outbox", Every: 2 * time.Second, Run: a.Relay},
		jobs.Job{Name: "uploads", Every: 10 * time.Minute, Run: func(context.Context) error { return a.shelf.Sweep() }},
		jobs.Job{Name: "photos", Every: 24 * time.Hour, Run: a.Photos.Sweep},
		jobs.Job{Name: "once", Every: 24 * time.Hour, Run: func(ctx context.Context) error { return a.DB.InTx(ctx, authz.Program(""), db.ForgetOnce) }},
		jobs.Job{Name: "matters", Every: time.Hour, Run: func(ctx context.Context) error { return a.Matters.Tick(ctx, a.DB) }},
	)
}

// Relay hands out what waits until nothing is due.
func (a *App) Relay(ctx context.Context) error {
	for {
		n, err := a.Bus.Relay(ctx, a.DB)
		if err != nil || n == 0 {
			return err
		}
	}
}
