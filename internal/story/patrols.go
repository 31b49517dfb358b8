package story

import (
	"cmp"
	"fmt"
	"slices"

	"xiaojia/catalogue"
	"xiaojia/internal/engine/checklist"
	"xiaojia/internal/engine/duty"
	"xiaojia/internal/engine/record"
	"xiaojia/internal/kernel"
	"xiaojia/internal/measure/safety"
	"xiaojia/internal/register/org"
)

// pairs are the representatives who go together.
var pairs = [][2]string{{"worker-rep", "member-rep"}, {"rep-3", "rep-4"}}

// finding is what a patrol finds wrong: the item, the words, the picture before.
type finding struct{ item, words, scene string }

// findings by area; the scenes have an after of their own.
var findings = map[string][]finding{
	"CT": {{"CT18a", "凉菜留样只有 90 克，不足 125 克", "fridge-small"}, {"CT23", "烟罩油污厚，过滤网没有按期清洗", "hood-dirty"}, {"CT17", "生熟砧板没有分开放", "hood-dirty"}},
	"DM": {{"DM02", "三号楼二层走道堆了纸箱，占住疏散通道", "corridor-blocked"}, {"DM12", "楼道里给电动自行车充电", "ebike-corridor"}, {"DM10", "302 室插座串接，发热", "socket-overloaded"}, {"DM06", "一层东头灭火器不在位", "extinguisher-missing"}},
	"PD": {{"PD12", "行车上升限位失灵，吊钩可冲顶", "crane-broken"}, {"PD09", "皮带轮防护罩拆下后没有装回", "guard-missing"}, {"PD17", "配电箱门没关，前面堆料", "switchboard-open"}, {"PD20", "通道堆料，占压黄线", "aisle-blocked"}},
	"HZ": {{"HZ05", "漂粉精与溶剂同架存放，未分离", "store-mixed"}, {"HZ10", "两桶溶剂没有安全标签", "label-missing"}, {"HZ18", "防泄漏托盘缺一只", "tray-missing"}},
}

// patrol does a round at a place: one representative goes through the card, both sign.
func (t *teller) patrol(d kernel.Date, place org.PlaceID, round record.RoundID, n int) error {
	pair := pairs[n%len(pairs)]
	a, b := t.actors[pair[0]], t.actors[pair[1]]
	sheet, err := t.app.Patrols.Start(t.ctx, a, place, d, round)
	if err != nil {
		return fmt.Errorf("start: %w", err)
	}
	draft := checklist.Draft{ID: sheet.ID, Card: sheet.Card.ID(), Place: place, Round: string(sheet.Round), On: d, With: t.ids[pair[1]], Escort: "值班班长", SiteHead: "现场负责人"}
	wrong := t.wrong(sheet, d, n)
	for _, it := range sheet.Asked {
		ans := good(it, d)
		if it.Code == wrong.item {
			photo, err := t.photo(wrong.scene, 0)
			if err != nil {
				return err
			}
			ans = checklist.Answer{Item: it.Code, Verdict: checklist.Fail, Number: bad(it), Note: wrong.words, Photos: []string{photo}, AsHazard: it.Severity == catalogue.General}
		}
		draft.Answers = append(draft.Answers, ans)
	}
	if wrong.item == "" && n%3 == 0 {
		draft.Good = "记录齐全，标识清楚，可以推广。"
	}
	saved, err := t.app.Patrols.Put(t.ctx, a, draft, []safety.Signing{{Strokes: strokes(pair[0])}})
	if err != nil {
		return fmt.Errorf("save: %w", err)
	}
	t.clock.set(t.clock.Now().Add(4 * 60 * 1e9))
	done, err := t.app.Patrols.Sign(t.ctx, b, sheet.ID, safety.Signing{Strokes: strokes(pair[1]), Content: saved.Content})
	if err != nil {
		return fmt.Errorf("second signature: %w", err)
	}
	for _, id := range done.Raised {
		t.follow(id, wrong.scene, d)
	}
	return nil
}

// wrong is what this patrol finds; most find nothing.
func (t *teller) wrong(s safety.Sheet, d kernel.Date, n int) finding {
	list := findings[s.Card.Code]
	if len(list) == 0 || chance(100, "fail", s.Place.Name.Zh, d) >= t.share(d) {
		return finding{}
	}
	f := list[chance(len(list), "which", s.Place.Name.Zh, d, n)]
	for _, it := range s.Asked {
		if it.Code == f.item {
			return f
		}
	}
	return finding{}
}

// share is how many patrols of a hundred find something; more of late, so that the demo has hazards at every station.
func (t *teller) share(d kernel.Date) int {
	if t.last.Sub(d) < 16 {
		return 70
	}
	return 24
}

// good is an answer within every limit.
func good(it checklist.Item, d kernel.Date) checklist.Answer {
	a := checklist.Answer{Item: it.Code, Verdict: checklist.Pass}
	switch it.Type {
	case catalogue.Count:
		a.Number = within(it.Limit)
	case catalogue.Until:
		a.Dated = d.Add(200)
		if it.ValidMonths > 0 {
			a.Dated = d.Add(-20)
		}
	}
	return a
}

func within(l catalogue.Limit) string {
	switch l.Op {
	case catalogue.AtLeast:
		return (l.Min + l.Min/5).String()
	case catalogue.AtMost:
		if l.Max < 0 {
			return (l.Max - 6000).String()
		}
		return (l.Max - l.Max/5).String()
	case catalogue.Between:
		return ((l.Min + l.Max) / 2).String()
	}
	return "22"
}

func bad(it checklist.Item) string {
	if it.Type != catalogue.Count {
		return ""
	}
	switch it.Limit.Op {
	case catalogue.AtLeast:
		return (it.Limit.Min - it.Limit.Min*28/100).String()
	case catalogue.AtMost, catalogue.Between:
		return (it.Limit.Max + 2000).String()
	}
	return ""
}

// rounds does what is due: patrols on their form, all else by 记一笔.
func (t *teller) rounds(d kernel.Date) error {
	if !d.Before(t.last) {
		return nil // today is for whoever walks the demo
	}
	due, err := t.app.DutyReads.Due(t.ctx, t.program().Scope(duty.SeeDuties), duty.DueFilter{Unit: t.branch, By: d.Add(6), Limit: 200})
	if err != nil {
		return err
	}
	// ids hold chance: rounds of one day go by their names
	slices.SortStableFunc(due, func(a, b duty.DueRow) int { return cmp.Or(a.Due.Compare(b.Due), cmp.Compare(a.Name.Zh, b.Name.Zh)) })
	for i, r := range due {
		if !t.turn(r, d) {
			continue
		}
		t.clock.set(d.At(8+i%8, 10+(i*7)%45))
		if r.Form == catalogue.Patrol {
			err = t.patrolRound(r, d)
		} else {
			err = t.note(r, d)
		}
		if err != nil {
			return fmt.Errorf("%s %s: %w", r.Name.Zh, r.Period, err)
		}
	}
	return nil
}

// turn tells whether a round is done today: up to some days before its day, a few a little late, one in a hundred never.
func (t *teller) turn(r duty.DueRow, d kernel.Date) bool {
	early := 0
	if days := r.Due.Sub(r.Opens); days > 7 {
		early = chance(5, "early", r.Period, r.Name.Zh)
	}
	luck := chance(100, "luck", t.branchName, r.Period, r.Name.Zh)
	if luck > 99-t.slack/4 {
		return false // forgotten: the ring shows it
	}
	when := r.Due.Add(-early)
	if luck < t.slack-1 {
		when = r.Due.Add(1 + luck%5)
	}
	return !d.Before(when)
}

func (t *teller) patrolRound(r duty.DueRow, d kernel.Date) error {
	targets, err := t.app.DutyReads.Targets(t.ctx, t.program().Scope(duty.SeeDuties), duty.TargetFilter{Round: r.ID, State: duty.Missing, Limit: 50})
	if err != nil {
		return err
	}
	for i, x := range targets {
		t.said++
		if err := t.patrol(d, org.PlaceID(x.Subject.ID), r.ID, t.said+i); err != nil {
			return err
		}
	}
	return nil
}

// strokes is a name as a finger draws it; each person's is his own.
func strokes(login string) string {
	s := "M14 34"
	x, y := 14, 34
	for i := range 7 {
		dx, up := 12+chance(14, login, i, "x"), 8+chance(22, login, i, "y")
		s += fmt.Sprintf(" Q%d %d %d %d", x+dx/2, y-up, x+dx, y-2+chance(9, login, i, "z"))
		x += dx
		y = 30 + chance(10, login, i, "w")
	}
	return s
}
