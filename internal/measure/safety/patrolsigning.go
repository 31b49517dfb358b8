package safety

import (
	"context"
	"errors"
	"fmt"

	"xiaojia/internal/engine/checklist"
	"xiaojia/internal/engine/matter"
	"xiaojia/internal/engine/record"
	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/audit"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/platform/notify"
	"xiaojia/internal/register/people"
)

// Signing is a signature as a phone sends it. PIN says that account has checked the person's PIN on somebody else's
// phone; without it such a signature is unproved and may be denied for two days (decision 11).
type Signing struct {
	Person  people.ID    // empty: who is signed in
	Office  authz.Office // empty: the one that is missing
	Strokes string
	PIN     bool
	Content string // hash of what the person was shown
}

// Sign adds one signature. With the second one, in the same transaction: the patrol counts, what it asked is remembered,
// its round is done, each failed key item and each ticked general one becomes a hazard.
func (p *Patrols) Sign(ctx context.Context, by authz.Actor, id checklist.RunID, s Signing) (out SavedPatrol, err error) {
	seen, err := p.Runs.Load(ctx, p.DB.Read, by.Org, id)
	if err != nil {
		return out, err
	}
	place, err := p.Place(ctx, by.Org, seen.Place)
	if err != nil {
		return out, err
	}
	err = p.DB.InTx(ctx, by, func(tx db.Tx) (err error) {
		out, err = p.sign(tx, id, s, place.Name)
		return err
	})
	return out, err
}

func (p *Patrols) sign(tx db.Tx, id checklist.RunID, in Signing, place kernel.Words) (SavedPatrol, error) {
	run, err := p.mine(tx, id)
	if err != nil {
		return SavedPatrol{}, err
	}
	if err := run.Editable(); err != nil {
		return SavedPatrol{}, err
	}
	card, err := p.cardOf(run.Card)
	if err != nil {
		return SavedPatrol{}, err
	}
	was := Patrol{Run: run}
	if was.Signatures, err = p.Signatures.Signed(tx, id.Ref()); err != nil {
		return SavedPatrol{}, err
	}
	if was.Result, err = p.judge(tx, was, card); err != nil {
		return SavedPatrol{}, err
	}
	reps, err := p.reps(tx.Ctx(), tx, tx.Org(), run.Unit)
	if err != nil {
		return SavedPatrol{}, err
	}
	signature := in.signature(tx, run)
	next, err := was.Sign(signature, reps)
	if err != nil {
		return SavedPatrol{}, err
	}
	return p.signed(tx, was, next, card, place)
}

func (in Signing) signature(tx db.Tx, run checklist.Run) record.Signature {
	if in.Person == "" {
		in.Person = me(tx.By())
	}
	proof := record.Unproved
	switch {
	case in.Person == me(tx.By()):
		proof = record.BySession
	case in.PIN:
		proof = record.ByPIN
	}
	return record.Signature{Owner: run.ID.Ref(), Person: in.Person, Office: in.Office, Proof: proof, Strokes: in.Strokes, Content: in.Content, At: tx.Now()}
}

// judge wants all asked items before the first signature. Under the second one stands the same content, so what others
// have asked at the place meanwhile adds nothing.
func (p *Patrols) judge(tx db.Tx, was Patrol, card checklist.Card) (checklist.Result, error) {
	if len(was.Standing()) > 0 {
		return card.Judge(nil, was.Answers, was.On)
	}
	asked, err := p.Memory.Asked(tx.Ctx(), tx, tx.Org(), was.Place)
	if err != nil {
		return checklist.Result{}, err
	}
	return card.Judge(card.Ask(was.On, asked), was.Answers, was.On)
}

// signed stores a signature and what follows from it.
func (p *Patrols) signed(tx db.Tx, was, next Patrol, card checklist.Card, place kernel.Words) (SavedPatrol, error) {
	s := next.Signatures[len(next.Signatures)-1]
	if err := p.Signatures.Sign(tx, s); err != nil {
		return SavedPatrol{}, err
	}
	if next.State == checklist.Signed {
		next.SignedAt = tx.Now()
		var err error
		if next.Run, err = p.doRounds(tx, next.Run); err != nil {
			return SavedPatrol{}, err
		}
	}
	err := errors.Join(p.mark(tx, was.State, next.Run), settleSigned(tx, next, s), tellSigned(tx, next, s, place), p.ownHand(tx, was, s),
		audit.Write(tx, "patrol.sign", subject(next.ID), signedLine(s.Proof), OfficeName(s.Office).Zh))
	if err != nil {
		return SavedPatrol{}, err
	}
	out := SavedPatrol{Patrol: next, Changed: true}
	if next.State == checklist.Signed {
		out.Raised, err = p.complete(tx, next.Run, card)
	}
	return out, err
}

func signedLine(p record.Proof) string {
	switch p {
	case record.BySession:
		return "以%s签名，本人登录"
	case record.ByPIN:
		return "在这台手机上代收%s的签名，密码核对过"
	}
	return "在这台手机上代收%s的签名，没有核对身份"
}

// signAwaits names what waits for the signatures of a patrol, denyAwaits what waits for 不是我签的.
func signAwaits(id checklist.RunID) string { return "run/" + string(id) + "/sign" }
func denyAwaits(id checklist.RunID) string { return "run/" + string(id) + "/deny" }

// settleSigned marks as read what has waited for a signature: of the signer, of all where nobody is missing any more.
func settleSigned(tx db.Tx, p Patrol, s record.Signature) error {
	who := string(s.Person)
	if p.State == checklist.Signed {
		who = ""
	}
	return notify.SettleFor(tx, signAwaits(p.ID), who)
}

// tellSigned asks the one who has not signed, and asks the one in whose name somebody else's phone has signed.
func tellSigned(tx db.Tx, p Patrol, s record.Signature, place kernel.Words) error {
	var err error
	for _, who := range p.Inspectors() {
		if who != me(tx.By()) && !p.SignedBy(who) {
			err = errors.Join(err, notify.Send(tx, notify.Notice{Person: string(who), Once: fmt.Sprintf("patrol.wait.%s.%d", p.ID, s.At),
				Text: "%s的巡视等你签名。", Args: []any{place.Zh}, Href: patrolHref(p.ID), About: signAwaits(p.ID)}))
		}
	}
	if s.Proof == record.BySession {
		return err
	}
	return errors.Join(err, notify.Send(tx, notify.Notice{Person: string(s.Person), Once: fmt.Sprintf("patrol.signed.%s.%d", p.ID, s.At),
		Text: "有人用你的名字签了%s的巡视。不是你签的，两天内点开说一声。", Args: []any{place.Zh}, Href: patrolHref(p.ID), About: denyAwaits(p.ID)}))
}

// ownHand says in the history of the hazards that a denied signature had thrown doubt on: he has signed it himself now.
func (p *Patrols) ownHand(tx db.Tx, was Patrol, s record.Signature) error {
	if !was.DeniedBy(s.Person) {
		return nil
	}
	var err error
	for _, a := range was.Answers { // a handful have a hazard
		if a.Matter == "" {
			continue
		}
		h := matter.Subject(matter.ID(a.Matter))
		doubted, e := audit.Wrote(tx, h, "hazard.doubt")
		if err = errors.Join(err, e); doubted {
			err = errors.Join(err, audit.Write(tx, "hazard.trust", h, "带出本隐患的巡视，签名已由本人补签"))
		}
	}
	return err
}

// complete is everything that the second signature brings about.
func (p *Patrols) complete(tx db.Tx, run checklist.Run, card checklist.Card) ([]string, error) {
	items, asked := card.Recalled(run)
	if err := p.Memory.Remember(tx, run.Place, items, asked); err != nil {
		return nil, err
	}
	raised, err := p.raiseFails(tx, run)
	if err != nil {
		return nil, err
	}
	return raised, errors.Join(countMonth(tx, run, 1),
		p.Bus.Emit(tx, PatrolSigned{Run: run.ID, Unit: run.Unit, Place: run.Place, Card: run.Card.Code, On: run.On, Failed: run.Result.Failed}))
}
