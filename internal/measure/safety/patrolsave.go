package safety

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"xiaojia/internal/engine/checklist"
	"xiaojia/internal/engine/record"
	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/audit"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/platform/notify"
	"xiaojia/internal/register/org"
	"xiaojia/internal/register/people"
)

// SavedPatrol is what a phone reads after saving or signing.
type SavedPatrol struct {
	Patrol
	Changed           bool
	DroppedSignatures []record.Signature // that fell because the content was edited
	Raised            []string           // hazards that this call opened
}

// Save stores a draft whole. The same content again changes nothing, so a phone repeats it until it has an answer; a
// content that was made on an older version is refused with both (*checklist.Changed). An edit removes all signatures,
// says whose, and tells them.
func (p *Patrols) Save(ctx context.Context, by authz.Actor, d checklist.Draft) (SavedPatrol, error) {
	return p.Put(ctx, by, d, nil)
}

// Keep is Save for a form that must lose nothing of a stored run: where its day or its second person cannot stand, the stored
// ones stay, and the problem says why.
func (p *Patrols) Keep(ctx context.Context, by authz.Actor, d checklist.Draft) (SavedPatrol, kernel.Problems, error) {
	saved, err := p.Save(ctx, by, d)
	var e *kernel.Error
	if !errors.As(err, &e) || e.Field != "on" && e.Field != "with" {
		return saved, nil, err
	}
	stored, none := p.Runs.Load(ctx, p.DB.Read, by.Org, d.ID)
	if none != nil || !stored.Inspects(me(by)) {
		return saved, nil, err
	}
	d.On, d.With = stored.On, stored.With
	saved, err = p.Save(ctx, by, d)
	return saved, kernel.Problems{e}, err
}

// Put is Save with the signatures that were drawn under this very content (decision 27: fields, photos and signatures as
// one unit). A signature that stands already is passed over.
func (p *Patrols) Put(ctx context.Context, by authz.Actor, d checklist.Draft, signs []Signing) (out SavedPatrol, err error) {
	place, err := p.inspectable(ctx, by, d.Place)
	if err != nil {
		return out, err
	}
	card, err := p.card(d.Card, place)
	if err != nil {
		return out, err
	}
	d.Card = card.ID()
	err = p.DB.InTx(ctx, by, func(tx db.Tx) error {
		next, err := p.save(tx, place, card, d)
		if err != nil {
			return err
		}
		for _, s := range signs { // two at most: a third person is refused
			s.Content = next.Content
			if s.Person == "" {
				s.Person = me(by)
			}
			if next.SignedBy(s.Person) {
				continue
			}
			signed, err := p.sign(tx, d.ID, s, place.Name)
			if err != nil {
				return err
			}
			signed.DroppedSignatures, signed.Changed = next.DroppedSignatures, true
			signed.Raised = append(next.Raised, signed.Raised...)
			next = signed
		}
		out = next
		return nil
	})
	return out, err
}

func (p *Patrols) save(tx db.Tx, place org.Place, card checklist.Card, d checklist.Draft) (SavedPatrol, error) {
	old, err := p.Runs.Lock(tx, d.ID)
	if kernel.KindOf(err) == kernel.NotFound {
		return p.begin(tx, place, card, d)
	}
	if err != nil {
		return SavedPatrol{}, err
	}
	if !old.Inspects(me(tx.By())) {
		return SavedPatrol{}, errNoRun
	}
	return p.edit(tx, old, place, card, d)
}

func (p *Patrols) begin(tx db.Tx, place org.Place, card checklist.Card, d checklist.Draft) (SavedPatrol, error) {
	var err error
	if err = p.team(tx, place.Unit, me(tx.By()), d); err != nil {
		return SavedPatrol{}, err
	}
	if d.Round, err = p.round(tx, place, card, d); err != nil {
		return SavedPatrol{}, err
	}
	run, err := checklist.Begin(checklist.Origin{Org: tx.Org(), Unit: place.Unit, By: me(tx.By()), At: tx.Now()}, card, d)
	if err != nil {
		return SavedPatrol{}, err
	}
	if err := p.Runs.Insert(tx, run); err != nil {
		return SavedPatrol{}, err
	}
	if err := countState(tx, run, 1); err != nil {
		return SavedPatrol{}, err
	}
	return SavedPatrol{Patrol: Patrol{Run: run}, Changed: true}, audit.Write(tx, "patrol.start", subject(run.ID), "开始巡视%s", place.Name.Zh)
}

// edit writes no line of history for a draft that nobody has signed: a phone saves every few seconds.
func (p *Patrols) edit(tx db.Tx, old checklist.Run, place org.Place, card checklist.Card, d checklist.Draft) (SavedPatrol, error) {
	var err error
	if d.Round = old.Round; d.On != old.On {
		if d.Round, err = p.round(tx, place, card, d); err != nil {
			return SavedPatrol{}, err
		}
	}
	if d.On != old.On || d.With != old.With {
		if err := p.team(tx, place.Unit, old.By, d); err != nil {
			return SavedPatrol{}, err
		}
	}
	signatures, err := p.Signatures.Signed(tx, old.ID.Ref())
	if err != nil {
		return SavedPatrol{}, err
	}
	was := Patrol{Run: old, Signatures: signatures}
	next, err := old.Edit(tx.Org(), card, d)
	if err != nil || next.Content == old.Content {
		return SavedPatrol{Patrol: was}, err
	}
	if err := p.Runs.Save(tx, next); err != nil {
		return SavedPatrol{}, err
	}
	if err := move(tx, old.State, next); err != nil {
		return SavedPatrol{}, err
	}
	out := SavedPatrol{Patrol: Patrol{Run: next}, Changed: true}
	out.DroppedSignatures, err = p.dropSignatures(tx, was, place.Name, "%s的巡视记录改过了，你的签名已作废。请看过新的再签。", signAwaits(next.ID))
	if err != nil || len(out.DroppedSignatures) == 0 {
		return out, err
	}
	return out, audit.Write(tx, "patrol.edit", subject(next.ID), "改了内容，原有的签名作废")
}

// dropSignatures removes all signatures of a patrol that was edited or given up, and tells those who had signed; about is what
// they are now waited for.
func (p *Patrols) dropSignatures(tx db.Tx, was Patrol, place kernel.Words, says, about string) ([]record.Signature, error) {
	if len(was.Signatures) == 0 {
		return nil, nil
	}
	if err := errors.Join(notify.Settle(tx, signAwaits(was.ID)), notify.Settle(tx, denyAwaits(was.ID))); err != nil {
		return nil, err
	}
	if _, err := p.Signatures.Drop(tx, was.ID.Ref()); err != nil {
		return nil, err
	}
	fallen := was.Standing()
	for _, s := range fallen { // two at most
		if s.Person == me(tx.By()) {
			continue
		}
		err := notify.Send(tx, notify.Notice{Person: string(s.Person), Once: fmt.Sprintf("patrol.fell.%s.%d", was.ID, was.Version),
			Text: says, Args: []any{place.Zh}, Href: patrolHref(was.ID), About: about})
		if err != nil {
			return nil, err
		}
	}
	return fallen, nil
}

// round is asked only where the day is new: afterwards a draft keeps the name of the round that it was begun for. Which rounds
// it does is found when both have signed.
func (p *Patrols) round(tx db.Tx, place org.Place, card checklist.Card, d checklist.Draft) (string, error) {
	fit, err := p.Duties.Fit(tx.Ctx(), tx, tx.Org(), want(place, card, d.On))
	return string(mainRound(fit, record.RoundID(d.Round))), err
}

// team checks the day and the two persons as far as they are named.
func (p *Patrols) team(tx db.Tx, unit org.UnitID, by people.ID, d checklist.Draft) error {
	if d.On.IsZero() || d.On.After(tx.Today()) {
		return kernel.Wrong("on", "请填检查的日期，不能晚于今天。")
	}
	if d.With == "" || d.With == by {
		return nil // a draft may lack the second person; the same one twice is refused by the run
	}
	reps, err := p.reps(tx.Ctx(), tx, tx.Org(), unit)
	if err != nil {
		return err
	}
	if slices.ContainsFunc(partners(at(reps, unit), by, d.On), func(m people.Mandate) bool { return m.Person == d.With }) {
		return nil
	}
	if late, ok := latest(at(reps, unit), func(m people.Mandate) bool { return m.Person == d.With }); ok && !late.Term.Has(d.On) {
		return outOfTerm("with", late, d.On)
	}
	return kernel.Wrong("with", "请选另一类代表：一名职工代表和一名会员代表一起查。")
}
