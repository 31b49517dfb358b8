package safety

import (
	"context"
	"errors"
	"slices"

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

// Drop gives a patrol up that is not signed by both. What was reported at once stays reported.
func (p *Patrols) Drop(ctx context.Context, by authz.Actor, id checklist.RunID) error {
	seen, err := p.Runs.Load(ctx, p.DB.Read, by.Org, id)
	if err != nil {
		return err
	}
	place, err := p.Place(ctx, by.Org, seen.Place)
	if err != nil {
		return err
	}
	return p.DB.InTx(ctx, by, func(tx db.Tx) error { return p.drop(tx, id, place.Name) })
}

func (p *Patrols) drop(tx db.Tx, id checklist.RunID, place kernel.Words) error {
	run, err := p.mine(tx, id)
	if err != nil {
		return err
	}
	was := Patrol{Run: run}
	if was.Signatures, err = p.Signatures.Signed(tx, id.Ref()); err != nil {
		return err
	}
	next, err := run.Move(checklist.Dropped)
	if err != nil {
		return err
	}
	if _, err := p.dropSignatures(tx, was, place, "%s的巡视记录作废了，你的签名也不算了。", ""); err != nil {
		return err
	}
	return errors.Join(p.mark(tx, run.State, next), audit.Write(tx, "patrol.drop", subject(id), "作废这份没签完的记录"))
}

// SignatureDenied listens in the transaction of 不是我签的 (record.SignatureDenied). Only a signature from somebody else's
// phone can be denied. The patrol waits for that signature again and counts for nothing until it has it: its rounds are open,
// the place forgets what was asked. Hazards stay, because a danger does not depend on who signed; their history says it.
func (p *Patrols) SignatureDenied(tx db.Tx, e record.SignatureDenied) error {
	if e.Owner.Kind != checklist.Kind {
		return nil
	}
	run, err := p.Runs.Lock(tx, checklist.RunID(e.Owner.ID))
	if err != nil {
		return err
	}
	was := Patrol{Run: run}
	if was.Signatures, err = p.Signatures.Signed(tx, e.Owner); err != nil {
		return err
	}
	i := slices.IndexFunc(was.Signatures, func(s record.Signature) bool { return s.Person == e.Person })
	if i < 0 {
		return kernel.Err(kernel.NotFound, "这里没有你的签名。")
	}
	if was.Signatures[i].Proof == record.BySession {
		return kernel.Err(kernel.Forbidden, "这是你自己登录后签的，不能说不是你签的。内容不对，请和一起检查的人商量，或者找分工会主席。")
	}
	next, err := was.Lift(e.Person)
	if err != nil {
		return err
	}
	if err := notify.SettleFor(tx, denyAwaits(run.ID), string(e.Person)); err != nil {
		return err
	}
	if err := p.mark(tx, run.State, next.Run); err != nil {
		return err
	}
	if run.State == checklist.Signed {
		if err := p.takeBack(tx, run, e.Person); err != nil {
			return err
		}
	}
	return tellDenied(tx, run, e.Person)
}

func (p *Patrols) takeBack(tx db.Tx, run checklist.Run, who people.ID) error {
	err := errors.Join(p.Memory.Forget(tx, run), countMonth(tx, run, -1), p.Duties.Reopen(tx, run.ID.Ref()))
	for _, a := range run.Answers { // a handful have a hazard
		if a.Matter != "" {
			err = errors.Join(err, audit.Write(tx, "hazard.doubt", matter.Subject(matter.ID(a.Matter)), "带出本隐患的巡视签名被否认，请到现场核对"))
		}
	}
	return errors.Join(err, p.Bus.Emit(tx, PatrolReopened{Run: run.ID, Unit: run.Unit, Who: who}))
}

func tellDenied(tx db.Tx, run checklist.Run, who people.ID) error {
	for _, x := range run.Inspectors() {
		if x == who {
			continue
		}
		return notify.Send(tx, notify.Notice{Person: string(x), Once: "patrol.denied." + string(run.ID) + "." + kernel.NewID(tx.Now()),
			Text: "一起检查的人说巡视上的签名不是他本人签的。要他本人再签，这次巡视才算数。", Href: patrolHref(run.ID), About: signAwaits(run.ID)})
	}
	return nil
}
