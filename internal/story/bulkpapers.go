package story

import (
	"fmt"
	"strings"

	"xiaojia/internal/engine/matter"
	"xiaojia/internal/kernel"
	"xiaojia/internal/measure/safety"
	"xiaojia/internal/platform/audit"
	"xiaojia/internal/platform/db"
)

var letterTable = db.Many{Table: "letter", Cols: []string{"org_id", "id", "matter_id", "unit_id", "kind", "no", "to_unit", "inspectors", "basis", "advice", "stop_work", "until_on", "issued_by", "issued_on", "reply_due",
	"received_by", "received_on", "reply", "replied_on", "replied_by", "version"}}

// lettered tells whether a letter went out on a hazard: on the major ones, and some of grade A.
func (h *bulkHazard) lettered() bool {
	return h.Owner != "" && (h.Grade == "major" || h.Grade == "A" && chance(3, "letter", h.ID) == 0)
}

// writeLetters writes them on the day of the assignment.
func (b *bulk) writeLetters(tx db.Tx, list []bulkHazard) error {
	var rows [][]any
	for _, h := range list {
		if !h.lettered() {
			continue
		}
		l := h.letter()
		rows = append(rows, []any{b.org, l.ID, string(l.Matter), string(l.Unit), string(l.Kind), l.No, string(l.To), l.Inspectors, l.Basis, l.Advice, l.StopWork, l.Until,
			string(l.Issued), l.IssuedOn, l.ReplyDue, l.Received, l.RecvOn, l.Reply, l.RepliedOn, string(l.RepliedBy), l.Version})
	}
	return letterTable.Insert(tx, rows)
}

// letter is answered when the work is handed in; until then one of three is a draft still. Their numbers are not of the
// branch's series.
func (h *bulkHazard) letter() safety.Letter {
	on := h.steps[2].Date()
	l := safety.Letter{ID: kernel.NewID(h.steps[2]), Matter: h.ID, Unit: h.Unit, Kind: safety.Advice, Issued: h.side.chair.id, Version: 1,
		Wanted: safety.Wanted{To: h.Owner, Inspectors: h.seer.name, Advice: h.Measure, StopWork: h.Grade == "major", Until: h.FixBy}}
	if h.State == matter.Assigned && chance(3, "draft", h.ID) == 0 {
		return l
	}
	l.No, l.IssuedOn, l.ReplyDue, l.Version = fmt.Sprintf("合成〔%d〕%s 号", on.Year(), h.No), on, on.Add(10), 2
	if h.reached(matter.Answered) {
		l.Received, l.RecvOn, l.Version = h.hand.name, h.DoneOn, 4
		l.Reply, l.RepliedOn, l.RepliedBy = "接受建议，已安排整改。"+synthetic, h.DoneOn, h.hand.id
	}
	return l
}

// noHazard is why one was none.
const noHazard = "到现场看过，是临时状态" + synthetic

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
		return append(out, h.line(6, "refuse", by(h.side.judge, "判为不是隐患：%s", noHazard)))
	}
	grade := by(h.side.judge, "定级：一般 %s", h.Grade)
	if h.Grade == "major" {
		grade = by(h.side.judge, "定级：重大")
	}
	steps := []struct {
		act  matter.Act
		line audit.Past
	}{{safety.JudgeAct, grade}, {safety.Assign, by(h.side.chair, "五定交办，措施：%s；完成人：%s", strings.TrimRight(h.Measure, "。"), h.Doer)}, {safety.Answer, by(h.hand, "申请验收：%s", h.DoneNote)},
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
