package safety

import (
	"context"
	"strings"

	"xiaojia/catalogue"
	"xiaojia/internal/engine/checklist"
	"xiaojia/internal/engine/matter"
	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/audit"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/db"
)

// ReportNow is 现在就报: one failed item becomes a hazard before anybody has signed. Signing later links this hazard
// instead of making a second (decision 10); asking again answers with the same one.
func (p *Patrols) ReportNow(ctx context.Context, by authz.Actor, id checklist.RunID, item string) (out matter.ID, err error) {
	err = p.DB.InTx(ctx, by, func(tx db.Tx) (err error) {
		out, err = p.reportNow(tx, id, item)
		return err
	})
	return out, err
}

func (p *Patrols) reportNow(tx db.Tx, id checklist.RunID, item string) (matter.ID, error) {
	run, err := p.mine(tx, id)
	if err != nil {
		return "", err
	}
	a, _ := run.Answer(item)
	if a.Matter != "" {
		return matter.ID(a.Matter), nil
	}
	if err := run.Editable(); err != nil {
		return "", err
	}
	card, err := p.cardOf(run.Card)
	if err != nil {
		return "", err
	}
	if err := Reportable(run, card, item); err != nil {
		return "", err
	}
	i, _ := card.Item(item)
	raised, err := p.raise(tx, run, i, a)
	if err != nil {
		return "", err
	}
	return raised, audit.Write(tx, "patrol.report", subject(id), "现在就报：%s %s", item, i.Text.Zh)
}

// Reportable says why a failed item cannot become a hazard yet; nil where it can.
func Reportable(run checklist.Run, card checklist.Card, item string) error {
	a, _ := run.Answer(item)
	if _, ok := card.Item(item); !ok || a.Verdict != checklist.Fail {
		return kernel.Wrong(item, "先把这一项记成不合格，再报隐患。")
	}
	_, err := card.Judge(nil, []checklist.Answer{a}, run.On)
	return err
}

// raiseFails opens what the second signature opens: each failed key item, each general one that was ticked. An item that
// has its hazard already keeps it.
func (p *Patrols) raiseFails(tx db.Tx, run checklist.Run) ([]string, error) {
	var out []string
	for _, i := range run.Result.Fails { // a handful; each is a matter of its own with number and clock
		a, _ := run.Answer(i.Code)
		if a.Matter != "" || i.Severity != catalogue.Key && !a.AsHazard {
			continue
		}
		id, err := p.raise(tx, run, i, a)
		if err != nil {
			return nil, err
		}
		out = append(out, string(id))
	}
	return out, nil
}

func (p *Patrols) raise(tx db.Tx, run checklist.Run, i checklist.Item, a checklist.Answer) (matter.ID, error) {
	id, err := p.Hazards.RaiseFromPatrol(tx, Report{Unit: run.Unit, Place: run.Place, Title: titleOf(i, a), Description: found(i, a),
		Photos: a.Photos, Run: string(run.ID), Item: i.Code, Basis: basis(i, run.On)})
	if err != nil {
		return "", err
	}
	return id, p.Runs.Link(tx, run.ID, i.Code, string(id))
}

// found is what the inspectors saw, in their language: it becomes data of the hazard.
func found(i checklist.Item, a checklist.Answer) string {
	var parts []string
	if a.Number != "" {
		line := "实测 " + checklist.Measured(i, a.Number)
		if limit := checklist.LimitText(i.Limit); limit != "" {
			line += "，要求 " + limit
			if i.Unverified {
				line += "（待核实）"
			}
		}
		parts = append(parts, line+"。")
	}
	if end := checklist.ValidTo(i, a.Dated); !end.IsZero() {
		parts = append(parts, "有效期到 "+end.String()+"。")
	}
	if len(parts) > 0 || a.Note != "" {
		parts = append([]string{i.Text.Zh + "：不合格。"}, append(parts, a.Note)...)
	}
	return strings.Join(parts, "")
}

// basis is the rules in force on the day of the patrol.
func basis(i checklist.Item, on kernel.Date) string {
	var out []string
	for _, r := range i.RulesOn(on) {
		out = append(out, r.Cite())
	}
	return strings.Join(out, "；")
}

// titleOf is what the inspectors wrote, else the item that was not met, with the figure that says so.
func titleOf(i checklist.Item, a checklist.Answer) string {
	if t := firstLine(a.Note); t != "" {
		return t
	}
	if limit := checklist.LimitText(i.Limit); a.Number != "" && limit != "" {
		return i.Text.Zh + "：" + checklist.Measured(i, a.Number) + "，应 " + limit
	}
	return i.Text.Zh
}
