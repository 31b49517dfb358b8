package dutyweb

import (
	"xiaojia/internal/engine/duty"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/platform/web"
)

// rounds fills the coming and the past rounds of a duty. Coming ones are planned anew, because their derivation is wanted; they
// link to what is written of them.
func (h *Pages) rounds(c *web.Ctx, p *dutyPage) error {
	ctx, scope, tomorrow := c.R.Context(), c.Actor.Scope(duty.SeeDuties), c.Today().Add(1)
	coming, err := h.reads.Rounds(ctx, scope, p.D.ID, nil, written)
	if err != nil {
		return err
	}
	planned, err := h.duties.Next(ctx, c.Actor.Org, p.D.Duty, nextMost)
	if err != nil {
		return err
	}
	known := map[duty.Period]duty.RoundRow{}
	for _, r := range coming {
		known[r.Period] = r
	}
	for _, r := range planned {
		if row, ok := known[r.Period]; ok && row.Cover.Complete() && row.State != duty.Planned {
			continue // done before its day
		}
		l := nextLine{On: r.Due, Why: r.Why.Say(p.P), Passes: r.Why.Passes(p.P)}
		if row, ok := known[r.Period]; ok {
			l.Href = "/rounds/" + string(row.ID)
		}
		p.Next = append(p.Next, l)
	}
	after, err := db.ParseCursor(c.Query("after"), "ds")
	if err != nil {
		return err
	}
	if after == nil {
		after = db.Key{tomorrow.String(), ""}
	}
	past, err := h.reads.Rounds(ctx, scope, p.D.ID, after, pastPage+1)
	if err != nil {
		return err
	}
	if len(past) > pastPage {
		past = past[:pastPage]
		p.More = past[pastPage-1].Key().Cursor()
	}
	p.Past = roundLines(p.Page, past)
	return nil
}
