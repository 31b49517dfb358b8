package story

import (
	"database/sql"
	"errors"
	"fmt"
	"xiaojia/internal/engine/checklist"
	"xiaojia/internal/kernel"

	"xiaojia/internal/measure/safety"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/db"
)

// Example is the setting under which a record stands that stands in for the {id} of a route.
func Example(name string) string { return "example." + name }

// underway leaves a card that is half done and one that waits for the second signature, as they lie on real phones.
func (t *teller) underway(d kernel.Date) error {
	if err := t.lookups(d); err != nil {
		return err
	}
	chart, err := t.app.Directory.Of(t.ctx, t.org)
	if err != nil {
		return err
	}
	for i, name := range []string{"装配车间", "焊接车间"} {
		at, _ := placeNamed(chart, t.branch, name)
		t.clock.set(d.At(9, 10+20*i))
		sheet, err := t.app.Patrols.Start(t.ctx, t.actors["worker-rep"], at, d, "")
		if err != nil {
			return err
		}
		draft := checklist.Draft{ID: sheet.ID, Card: sheet.Card.ID(), Place: at, Round: string(sheet.Round), On: d, With: t.ids["member-rep"], Escort: "值班班长"}
		for k, it := range sheet.Asked {
			if i == 0 || k < len(sheet.Asked)/2 {
				draft.Answers = append(draft.Answers, good(it, d))
			}
		}
		var signs []safety.Signing
		if i == 0 {
			signs = []safety.Signing{{Strokes: strokes("worker-rep")}}
		}
		if _, err := t.app.Patrols.Put(t.ctx, t.actors["worker-rep"], draft, signs); err != nil {
			return err
		}
		if err := t.set(Example([]string{"run-signing", "run-open"}[i]), string(sheet.ID)); err != nil {
			return err
		}
	}
	return nil
}

// examples names one record for each kind of page, for pictures and tests.
func (t *teller) examples() error {
	found := map[string]string{"measure": "warmth", "card": "CT", "setup": "no-such-link", "invite": "no-such-link", "mail-stop": "no-such-link"}
	all := authz.Scope{Org: t.org, Reach: authz.Org}
	rows, _, err := t.app.HazardReads.List(t.ctx, all, safety.HazardFilter{Tab: safety.OpenTab, Limit: 50}, nil)
	if err != nil {
		return err
	}
	for _, r := range rows {
		found["hazard"] = string(r.ID)
		if r.Grade == "major" {
			break
		}
	}
	rounds, err := t.app.DutyReads.Year(t.ctx, all, t.branch, t.last.Year())
	if err != nil {
		return err
	}
	for _, r := range rounds {
		if r.Mechanism == "W9" && r.Cover.Targets > 0 {
			found["round"], found["duty"] = string(r.ID), string(r.Duty)
		}
	}
	chart, err := t.app.Directory.Of(t.ctx, t.org)
	if err != nil {
		return err
	}
	for _, p := range chart.Places(t.branch, "canteen") {
		found["place"], found["place-id"] = p.Code, string(p.ID)
	}
	found["person"] = string(t.ids["worker-rep"])
	feed, err := t.app.Accounts.Subscribe(t.ctx, t.actors["worker-rep"], true, "zh")
	if err != nil {
		return err
	}
	found["calendar"] = feed + ".ics"
	for k, v := range found {
		if err := t.set(Example(k), v); err != nil {
			return fmt.Errorf("%s: %w", k, err)
		}
	}
	return t.seen()
}

// seen finds a signed patrol, a note, a picture and a letter among what the story made.
func (t *teller) seen() error {
	for name, q := range map[string]string{
		"run":           "SELECT id FROM run WHERE org_id = $1 AND unit_id = $2 AND state = 'signed' AND failed > 0 ORDER BY id DESC LIMIT 1",
		"batch":         "SELECT id FROM batch WHERE org_id = $1 AND unit_id = $2 ORDER BY id LIMIT 1",
		"note":          "SELECT id FROM note WHERE org_id = $1 AND unit_id = $2 AND round_id IS NOT NULL ORDER BY id DESC LIMIT 1",
		"photo":         "SELECT hash FROM attachment WHERE org_id = $1 AND owner_id IN (SELECT id FROM note WHERE unit_id = $2) LIMIT 1",
		"notice":        "SELECT n.id FROM notice n JOIN person p ON p.org_id = n.org_id AND p.id = n.person_id WHERE n.org_id = $1 AND p.branch_id = $2 ORDER BY n.id DESC LIMIT 1",
		"letter":        "SELECT id FROM letter WHERE org_id = $1 AND unit_id = $2 AND no <> '' ORDER BY id DESC LIMIT 1",
		"letter-hazard": "SELECT matter_id FROM letter WHERE org_id = $1 AND unit_id = $2 AND no <> '' ORDER BY id DESC LIMIT 1",
	} {
		var id string
		switch err := t.app.DB.Read.QueryRowContext(t.ctx, q, t.org, string(t.branch)).Scan(&id); {
		case errors.Is(err, sql.ErrNoRows):
			continue // the story has none yet
		case err != nil:
			return fmt.Errorf("example %s: %w", name, err)
		}
		if err := t.set(Example(name), id); err != nil {
			return err
		}
	}
	return nil
}

func (t *teller) set(name, value string) error {
	return t.app.DB.InTx(t.ctx, t.program(), func(tx db.Tx) error {
		_, err := tx.ExecContext(tx.Ctx(), `INSERT INTO setting (org_id, name, value) VALUES ($1,$2,$3) ON CONFLICT (org_id, name) DO UPDATE SET value = excluded.value`, t.org, name, value)
		return err
	})
}
