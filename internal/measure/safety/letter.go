package safety

import (
	"context"
	"fmt"
	"strings"
	"unicode/utf8"

	"xiaojia/internal/engine/matter"
	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/platform/outbox"
	"xiaojia/internal/register/org"
	"xiaojia/internal/register/people"
)

// LetterKind: a union issues 整改建议书, the safety department 整改通知书 (domain 4.5).
type LetterKind string

const (
	Advice LetterKind = "advice"
	Order  LetterKind = "order"
)

// KindLetter is the kind under which search knows letters.
const KindLetter = "letter"

// Title is the paper's name.
func (k LetterKind) Title() string {
	if k == Order {
		return "事故隐患整改通知书"
	}
	return "事故隐患整改建议书"
}

// Letter asks a unit in writing to rectify a hazard; what was found stands in the hazard. A draft has no number; what was
// issued keeps its number, also when it is withdrawn.
type Letter struct {
	ID     string
	Matter matter.ID
	Unit   org.UnitID // the branch in whose series it is numbered
	Kind   LetterKind
	No     string // 科一安监〔2024〕17 号
	Wanted
	Issued   people.ID // who drafted it, then who issued it
	IssuedOn kernel.Date
	ReplyDue kernel.Date // ten days: the machinery industry's 三联单 (domain 4.5)

	Received  string // 签收人, as he writes his name
	RecvOn    kernel.Date
	Reply     string // 整改意见与措施（回执）
	RepliedOn kernel.Date
	RepliedBy people.ID

	VoidOn  kernel.Date // 作废
	VoidWhy string
	VoidBy  people.ID
	Version int
}

// Wanted is what a letter says and asks.
type Wanted struct {
	To         org.UnitID // empty: the unit that answers for the hazard
	Inspectors string     // 检查人, where no patrol found it
	Basis      string     // 依据条款
	Advice     string     // 建议措施
	StopWork   bool       // 建议停止作业或撤离
	Until      kernel.Date
}

// Draft tells that it has not been issued yet.
func (l Letter) Draft() bool { return l.IssuedOn.IsZero() }

// Void tells that it was withdrawn.
func (l Letter) Void() bool { return !l.VoidOn.IsZero() }

// Waits tells that an answer is still to come.
func (l Letter) Waits() bool { return !l.Draft() && !l.Void() && l.RepliedOn.IsZero() }

// LetterHref is the page of a letter.
func LetterHref(l Letter) string { return HazardHref(l.Matter) + "/letters/" + l.ID }

// Late tells whether the answer is overdue on a day.
func (l Letter) Late(today kernel.Date) bool { return l.Waits() && today.After(l.ReplyDue) }

// LetterChanged says what happened to a letter: issue, void, receive or reply.
type LetterChanged struct {
	ID     string    `json:"id"`
	Matter matter.ID `json:"matter"`
	Act    string    `json:"act"`
	By     people.ID `json:"by"`
}

func (LetterChanged) EventName() string { return "safety.letter" }

// LetterStore keeps letters. Save refuses a version that somebody has changed meanwhile.
type LetterStore interface {
	Insert(tx db.Tx, l Letter) error
	Load(ctx context.Context, q db.DBTX, org string, id string) (Letter, error)
	Save(tx db.Tx, l Letter) error
	Drop(tx db.Tx, id string) error
	Of(ctx context.Context, q db.DBTX, org string, id matter.ID) ([]Letter, error)
	// Prefix is what a branch set for its numbers, empty where it set none, and the branch's name; NotFound where the unit is none.
	Prefix(ctx context.Context, q db.DBTX, org string, branch org.UnitID, k LetterKind) (prefix, name string, err error)
	SetPrefix(tx db.Tx, branch org.UnitID, k LetterKind, prefix string) error
}

// Letters is the use cases of letters.
type Letters struct{ LetterParts }

// LetterParts is what Letters is put together from.
type LetterParts struct {
	DB      *db.DB
	Matters *matter.Service
	Hazards HazardStore
	Store   LetterStore
	Roster  Roster
	Bus     *outbox.Bus
}

func NewLetters(p LetterParts) *Letters { return &Letters{p} }

// MayIssue tells why an actor may not issue a letter on a hazard now; nil when he may. Who stands in for the safety
// department grades for it and does not sign for it.
func MayIssue(a authz.Actor, m matter.Matter, k LetterKind) error {
	if err := mayWrite(a, m, k); err != nil {
		return err
	}
	switch {
	case m.State == matter.Raised:
		return kernel.Err(kernel.Conflict, "还没有定级，定了级再发。")
	case m.State != matter.Judged && m.State != matter.Assigned && m.State != matter.Answered:
		return kernel.Err(kernel.Conflict, "现在是“%s”，不用再发了。", matter.StandingName(m.State, m.Outcome))
	}
	return nil
}

// mayWrite: a union advises, the safety department orders.
func mayWrite(a authz.Actor, m matter.Matter, k LetterKind) error {
	roles := Roles(a, m)
	switch {
	case !SeenHazards(a).Sees(m):
		return errUnseen
	case k == Advice && !has(roles, matter.Chair):
		return kernel.Err(kernel.Forbidden, "建议书由分工会主席签发。")
	case k == Order && !has(roles, matter.Judge):
		return kernel.Err(kernel.Forbidden, "通知书由安环部门签发。")
	case k != Advice && k != Order:
		return kernel.Wrong("kind", "请选建议书还是通知书。")
	}
	return nil
}

// MayVoid tells why an actor may not withdraw a letter; nil when he may.
func MayVoid(a authz.Actor, l Letter, m matter.Matter) error {
	switch {
	case mayWrite(a, m, l.Kind) != nil:
		return mayWrite(a, m, l.Kind)
	case l.Draft():
		return kernel.Err(kernel.Conflict, "还没有发出，丢掉草稿就行。")
	case l.Void():
		return kernel.Err(kernel.Conflict, "%s 已经作废。", l.No)
	case !l.RepliedOn.IsZero():
		return kernel.Err(kernel.Conflict, "%s 已经答复，不能作废。", l.No)
	}
	return nil
}

// answersFor: a contact of the unit that the letter goes to.
func answersFor(a authz.Actor, to org.UnitID) bool {
	s := a.Scope(AnswerHazard)
	return to != "" && s.Reach == authz.Owner && s.ID == string(to)
}

// MayReceive tells why an actor may not sign for a letter or answer it; nil when he may.
func MayReceive(a authz.Actor, l Letter, m matter.Matter) error {
	mine := answersFor(a, l.To) || m.Owner == l.To && has(Roles(a, m), matter.Rectifier)
	switch {
	case mine && l.Draft():
		return errUnseen
	case mine && l.Void():
		return kernel.Err(kernel.Conflict, "%s 已经作废，不用再办。", l.No)
	case mine:
		return nil
	case !SeenHazards(a).Sees(m):
		return errUnseen
	}
	return kernel.Err(kernel.Forbidden, "由责任单位来答复。")
}

// ReadsLetter: who sees the hazard, and the unit that the letter goes to. A draft is read by those who judge and assign.
func ReadsLetter(s HazardSight, l Letter, m matter.Matter) bool {
	if l.Draft() {
		return s.Decides(m)
	}
	return s.Sees(m) || s.Scope.Reach == authz.Owner && s.Scope.ID != "" && s.Scope.ID == string(l.To)
}

const (
	adviceMax = 1000
	basisMax  = 200
	prefixMax = 20
)

// check is what a letter must say before it goes out. Its day fits 五定: a letter gives nobody more time.
func (n Wanted) check(hz Hazard, today kernel.Date) error {
	var p kernel.Problems
	if n.To == "" {
		p.Add("", "先五定交办，定下责任单位，才能发给它。")
	}
	n.fit(&p)
	if strings.TrimSpace(n.Advice) == "" {
		p.Add("advice", "请写建议的措施。")
	}
	switch {
	case n.Until.IsZero() || n.Until.Before(today):
		p.Add("until", "请选整改期限，不能早于今天。")
	case n.To == hz.Owner && !hz.FixBy.IsZero() && n.Until.After(hz.FixBy):
		p.Add("until", "五定的完成时间是 %s，整改期限不能比它晚。", hz.FixBy)
	}
	return p.Err()
}

// fit is what also a draft has to keep to.
func (n Wanted) fit(p *kernel.Problems) {
	for _, f := range []struct {
		field, text string
		most        int
	}{{"advice", n.Advice, adviceMax}, {"basis", n.Basis, basisMax}, {"inspectors", n.Inspectors, basisMax}} {
		if utf8.RuneCountInString(strings.TrimSpace(f.text)) > f.most {
			p.Add(f.field, "太长了，最多 %d 个字。", f.most)
		}
	}
}

func (n Wanted) trimmed() Wanted {
	n.Inspectors, n.Basis, n.Advice = strings.TrimSpace(n.Inspectors), strings.TrimSpace(n.Basis), strings.TrimSpace(n.Advice)
	return n
}

// number is the official number, 科一安监〔2024〕17 号: the branch's own prefix, the year in 六角括号, the number of that year.
func number(prefix, branch string, k LetterKind, year, n int) string {
	return fmt.Sprintf("%s〔%d〕%d 号", prefixOf(prefix, branch, k), year, n)
}

// prefixOf is the branch's own prefix, or one made of its name.
func prefixOf(prefix, branch string, k LetterKind) string {
	if prefix != "" {
		return prefix
	}
	if k == Order {
		return strings.TrimSuffix(branch, "分工会") + "安环"
	}
	return strings.TrimSuffix(branch, "分工会") + "安监"
}
