package duty

import (
	"strconv"

	"xiaojia/internal/engine/record"
	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/audit"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/platform/notify"
	"xiaojia/internal/register/org"
)

// Done does targets of a round in the caller's transaction, with coverage. Doing a target twice is harmless: the last proof
// stays, with the earlier day. What a replaced record had done is open again first. After the round closed only a correction
// is taken, and it changes no figure.
func (s *Service) Done(tx db.Tx, c record.Completion) error {
	r, err := s.store.Lock(tx, c.Round)
	if err != nil {
		return err
	}
	if r.Unit != c.Unit {
		return kernel.Err(kernel.NotFound, "这一轮不在了，或者您不能看")
	}
	if r.State == Closed && c.Replaces.ID != "" {
		return s.store.Move(tx, r.ID, c.Replaces, c.Proof)
	}
	if err := r.takes(c.On); err != nil {
		return err
	}
	moved, err := s.release(tx, r, c.Replaces)
	if err != nil {
		return err
	}
	old, err := s.store.Pick(tx, r.ID, c.Subjects)
	if err != nil {
		return err
	}
	if len(old) < len(distinct(c.Subjects)) {
		return kernel.Wrong("subject", "这一轮的名单里没有选中的对象；名单在本轮开始那天定下")
	}
	if err := s.store.Set(tx, c.Subjects, Target{Round: r.ID, State: Done, DoneOn: c.On, Proof: c.Proof, By: c.By}); err != nil {
		return err
	}
	moved.shift(old, Done)
	if err := s.cover(tx, r, moved, c.On); err != nil {
		return err
	}
	return audit.Write(tx, "duty.done", audit.Subject{Kind: "round", ID: string(r.ID)}, "做到了 %s 个对象", strconv.Itoa(len(old)))
}

// Reopen takes back what a record had done, in whatever rounds: its targets are missing again. A round that has closed meanwhile
// tells the truth too; it takes no new record, but it can be excused.
func (s *Service) Reopen(tx db.Tx, proof record.Ref) error {
	rounds, err := s.store.DoneBy(tx, proof)
	if err != nil {
		return err
	}
	for _, r := range rounds { // a handful: what one record does at one subject
		if err := s.reopen(tx, r, proof); err != nil {
			return err
		}
	}
	return nil
}

func (s *Service) reopen(tx db.Tx, round RoundID, proof record.Ref) error {
	r, err := s.store.Lock(tx, round)
	if err != nil {
		return err
	}
	moved, err := s.release(tx, r, proof)
	if err != nil || len(moved) == 0 {
		return err
	}
	if err := s.cover(tx, r, moved, tx.Today()); err != nil {
		return err
	}
	return audit.Write(tx, "duty.reopen", audit.Subject{Kind: "round", ID: string(r.ID)}, "凭证不算数了，重新算应到")
}

// takes refuses a day on which the round does not count.
func (r Round) takes(on kernel.Date) error {
	switch {
	case r.State == Planned:
		return kernel.Err(kernel.Invalid, "这一轮 %s 才开始，还没有名单", r.Opens)
	case r.State == Closed:
		return kernel.Err(kernel.Gone, "这一轮 %s 已经结束，不能再补", r.Closes)
	case on.Before(r.Opens):
		return kernel.Wrong("on", "这一轮从 %s 开始，那天还不算", r.Opens)
	case on.After(r.Closes):
		return kernel.Wrong("on", "这一轮到 %s 为止，那天不算了", r.Closes)
	}
	return nil
}

// release opens again what a replaced record had done.
func (s *Service) release(tx db.Tx, r Round, proof record.Ref) (shifts, error) {
	moved := shifts{}
	if proof.ID == "" {
		return moved, nil
	}
	had, err := s.store.Proved(tx, r.ID, proof)
	if err != nil || len(had) == 0 {
		return moved, err
	}
	moved.shift(had, Missing)
	return moved, s.store.Set(tx, subjects(had), Target{Round: r.ID, State: Missing})
}

// shifts is how the coverage of each slice moves.
type shifts map[org.UnitID]Coverage

func (m shifts) shift(from []Target, to TargetState) {
	for _, t := range from {
		m[t.Slice] = m[t.Slice].Plus(one(to, 1)).Plus(one(t.State, -1))
	}
}

func one(s TargetState, n int) Coverage {
	switch s {
	case Done:
		return Coverage{Done: n}
	case Excused:
		return Coverage{Excused: n}
	}
	return Coverage{}
}

// LateAwaits names what the notice of a late round waits for: that nobody is missing any more.
func LateAwaits(r RoundID) string { return "round/" + string(r) }

// cover writes the round's coverage, and the counters of its slices where it has several.
func (s *Service) cover(tx db.Tx, r Round, moved shifts, on kernel.Date) error {
	was := r.Cover.Complete()
	for slice, by := range moved {
		r.Cover = r.Cover.Plus(by)
		if r.Slices > 1 && by != (Coverage{}) {
			if err := s.store.Count(tx, r.ID, slice, by); err != nil {
				return err
			}
		}
	}
	switch now := r.Cover.Complete(); {
	case now && !was:
		r.DoneOn = on
		if err := notify.Settle(tx, LateAwaits(r.ID)); err != nil {
			return err
		}
	case !now:
		r.DoneOn = kernel.Date{}
	}
	return s.store.Cover(tx, r)
}

func subjects(all []Target) []record.Ref {
	out := make([]record.Ref, len(all))
	for i, t := range all {
		out[i] = t.Subject
	}
	return out
}

func distinct(all []record.Ref) map[record.Ref]bool {
	out := map[record.Ref]bool{}
	for _, r := range all {
		out[r] = true
	}
	return out
}
