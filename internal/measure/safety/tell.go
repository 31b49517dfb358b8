package safety

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"xiaojia/internal/engine/matter"
	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/platform/notify"
	"xiaojia/internal/platform/search"
	"xiaojia/internal/register/org"
	"xiaojia/internal/register/people"
)

// Holders answers who holds an office today for a unit: of a branch also those who hold it for the whole company where the
// office is 安环部门; an empty unit is the company.
type Holders func(tx db.Tx, office authz.Office, unit org.UnitID) ([]people.ID, error)

// Teller tells people what concerns them. Its methods are harmless when run twice: a notice is named by act, hazard and
// version, and the search index is put anew.
type Teller struct{ TellerParts }

// TellerParts is what Teller is put together from.
type TellerParts struct {
	DB      *db.DB
	Hazards HazardStore
	Letters LetterStore
	Holders Holders
}

func NewTeller(p TellerParts) *Teller { return &Teller{p} }

// Changed is for outbox.Later: what follows from an act, after its transaction.
func (t *Teller) Changed(ctx context.Context, inOrg string, e matter.Changed) error {
	if e.Kind != matter.Hazard {
		return nil
	}
	return t.DB.InTx(ctx, authz.Program(inOrg), func(tx db.Tx) error { return t.Tell(tx, e) })
}

// Tell sends the notices of an act and indexes the hazard.
func (t *Teller) Tell(tx db.Tx, e matter.Changed) error {
	hz, err := t.Hazards.Load(tx.Ctx(), tx, tx.Org(), e.ID)
	if err != nil {
		return err
	}
	if slices.Contains([]matter.Act{"raise", Assign, Transfer, Return}, e.Act) { // what search shows or is scoped by changes only here
		if err := search.Put(tx, SearchDoc(hz)); err != nil {
			return err
		}
	}
	if err := settle(tx, e.ID, e.Act, e.From, e.To); err != nil { // once more: an older event may have been carried round only now
		return err
	}
	if hz.Version != e.Version {
		hz.LastWhy = "写在经过里" // somebody has given another reason meanwhile
	}
	l := letterbox{t: t, tx: tx, hz: hz, once: fmt.Sprintf("hazard.%s/%s/%d", e.Act, e.ID, e.Version), but: people.ID(e.By)}
	if hz.Mode.blind() && (e.Act == "raise" || e.Act == Withdraw) {
		l.at = tx.Today().At(0, 0)
	}
	return l.ofAct(e.Act)
}

// SearchDoc is a hazard as search knows it; who reported it is not in it.
func SearchDoc(h Hazard) search.Doc {
	return search.Doc{Kind: "hazard", ID: string(h.ID), Unit: string(h.Unit), Owner: string(h.Owner), On: h.Raised, Title: h.Title, Detail: h.No,
		Href: HazardHref(h.ID), Text: []string{h.Description, h.Spot}}
}

// letterbox gathers who gets which sentence about one event.
type letterbox struct {
	t    *Teller
	tx   db.Tx
	hz   Hazard
	once string
	href string
	but  people.ID // who did it needs no notice
	at   kernel.Time

	about string // what the notice waits for
	stale bool   // that has happened already
}

func (l letterbox) send(who []people.ID, text string, args ...any) error {
	if l.stale {
		return nil
	}
	href := l.href
	if href == "" {
		href = HazardHref(l.hz.ID)
	}
	who = slices.DeleteFunc(slices.Clone(who), func(p people.ID) bool { return p == l.but })
	return notify.SendEach(l.tx, who, notify.Notice{Once: l.once, Text: text, Args: args, Href: href, About: l.about, At: l.at})
}

// tell sends a sentence whose arguments are number and title.
func (l letterbox) tell(who []people.ID, text string) error {
	if strings.Contains(text, "重大隐患") { // says it already
		return l.send(who, text, l.hz.No, l.hz.Title)
	}
	return l.send(who, text, l.hz.No, l.title())
}

// title marks what is major: it must not drown among the others.
func (l letterbox) title() string {
	if l.hz.Grade == "major" {
		return "【重大】" + l.hz.Title
	}
	return l.hz.Title
}

// judges are those who grade: the safety department, or where nobody holds that office the branch's chair in its place.
func (l letterbox) judges() (who []people.ID, standIn bool, err error) {
	if who, err = l.t.Holders(l.tx, authz.HSE, l.hz.Unit); err != nil || len(who) > 0 {
		return who, false, err
	}
	who, err = l.t.Holders(l.tx, authz.Chair, l.hz.Unit)
	return who, true, err
}

// judge sends a sentence to those who grade; who stands in for them is told why he gets it.
func (l letterbox) judge(text, standsIn string) error {
	who, standIn, err := l.judges()
	if err != nil {
		return err
	}
	if standIn {
		text = standsIn
	}
	return l.tell(who, text)
}

// to sends a sentence to the holders of an office.
func (l letterbox) to(o authz.Office, u org.UnitID, text string) error {
	who, err := l.t.Holders(l.tx, o, u)
	if err != nil {
		return err
	}
	return l.tell(who, text)
}

// owner sends a sentence to the contacts of the unit that answers.
func (l letterbox) owner(u org.UnitID, text string) error {
	if u == "" {
		return nil
	}
	if err := l.to(authz.DeptContact, u, text); err != nil {
		return err
	}
	return l.to(authz.Contractor, u, text)
}
