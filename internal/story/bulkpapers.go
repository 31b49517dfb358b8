package story

import (
	"fmt"

	"xiaojia/internal/engine/matter"
	"xiaojia/internal/kernel"
	"xiaojia/internal/measure/safety"
	"xiaojia/internal/platform/audit"
	"xiaojia/internal/platform/db"
)

var letterTable = db.Many{Table: "letter", Cols: []string{"org_id", "id", "matter_id", "kind", "no", "to_unit", "advice", "stop_work", "until_on", "issued_by", "issued_on", "reply_due",
	"received_by", "received_on", "reply", "replied_on", "replied_by", "version"}}

// lettered tells whether a letter went out on a hazard: on the major ones, and some of grade A.
func (h *bulkHazard) lettered() bool {
	return h.Owner != "" && (h.Grade == "major" || h.Grade == "A" && chance(3, "letter", h.ID) == 0)
}

// writeLetters sends them on the day of the assignment; they are answered when the work is handed in. Their numbers are
// not of the branch's series.
func (b *bulk) writeLetters(tx db.Tx, list []bulkHazard) error {
	var rows [][]any
	for _, h := range list {
		if !h.lettered() {
			continue
		}
		on := h.steps[2].Date()
		reply, version, answered := "", 1, kernel.Date{}
		received, by := "", ""
		if h.reached(matter.Answered) {
			reply, version, answered, received, by = "接受建议，已安排整改。"+synthetic, 3, h.steps[3].Date(), h.hand.name, string(h.hand.id)
		}
		rows = append(rows, []any{b.org, kernel.NewID(h.steps[2]), string(h.ID), string(safety.Advice), fmt.Sprintf("合成〔%d〕%s 号", on.Year(), h.No), string(h.Owner), h.Measure, h.Grade == "major",
			on.Add(8), string(h.side.chair.id), on, on.Add(10), received, answered, reply, answered, by, version})
	}
	return letterTable.Insert(tx, rows)
}

// pastDays is for how long a hazard's history has each step; an older one has its first and its last line. A letter shows
// when the work was verified, and so keeps the whole.
const pastDays = 60

// writePast is the history of each hazard.
func (b *bulk) writePast(tx db.Tx, list []bulkHazard) error {
	lines := make([]audit.Past, 0, 2*len(list))
	for _, h := range list {
		all := h.past()
		if b.today.Sub(h.Raised) > pastDays && !h.lettered() {
			all = append(all[:1], all[max(1, len(all)-1):]...)
		}
		lines = append(lines, all...)
	}
	return audit.WriteMany(tx, lines)
}

func (h *bulkHazard) past() []audit.Past {
	raise := audit.Past{Actor: string(h.reporter.id), Name: h.reporter.name, Text: "上报", Blind: h.blind()}
	if h.Mode == safety.FromPatrol {
		raise.Actor, raise.Name = string(h.side.chair.id), h.side.chair.name
	}
	out := []audit.Past{h.line(0, "raise", raise)}
	if h.Outcome == matter.NotOne {
		return append(out, h.line(6, "refuse", by(h.side.judge, "判为不是隐患：%s", "到现场看过，是临时状态"+synthetic)))
	}
	grade := by(h.side.judge, "定级：一般 %s", h.Grade)
	if h.Grade == "major" {
		grade = by(h.side.judge, "定级：重大")
	}
	steps := []struct {
		act  matter.Act
		line audit.Past
	}{{safety.JudgeAct, grade}, {safety.Assign, by(h.side.chair, "五定交办，措施：%s；完成人：%s", h.Measure, h.Doer)}, {safety.Answer, by(h.hand, "申请验收：%s", h.DoneNote)},
		{safety.Verify, by(h.seer, "复查合格：%s", h.VerifyNote)}, {safety.Announce, by(h.side.chair, "通报：%s", h.AnnouncedHow)}, {safety.CloseHazard, by(h.side.chair, "销号")}}
	for k, s := range steps[:h.Version-1] {
		out = append(out, h.line(k+1, s.act, s.line))
	}
	return out
}

// line is a line of the step into the k-th state.
func (h *bulkHazard) line(k int, act matter.Act, l audit.Past) audit.Past {
	l.At, l.Act, l.Subject = h.steps[k], string(h.Kind)+"."+string(act), matter.Subject(h.ID)
	return l
}

func by(k known, text string, args ...string) audit.Past {
	return audit.Past{Actor: string(k.id), Name: k.name, Text: text, Args: args}
}
