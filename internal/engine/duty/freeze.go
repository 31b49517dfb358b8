package duty

import (
	"context"
	"slices"
	"strconv"

	"xiaojia/catalogue"

	"xiaojia/internal/engine/record"
	"xiaojia/internal/platform/audit"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/db"

	"xiaojia/internal/kernel"
	"xiaojia/internal/register/org"
)

// Opening is a planned round whose day has come, with what its duty covers.
type Opening struct {
	Round   RoundID
	Unit    org.UnitID
	Form    catalogue.Form
	Opens   kernel.Date
	Targets catalogue.Selector
	Place   org.PlaceID
}

// freezeChunk bounds the targets that one transaction writes (decision 6).
const freezeChunk = 1000

// openPage bounds the rounds that are read at a time.
const openPage = 200

// openDue freezes the targets of rounds whose day has come. A round for which there is nobody yet stays planned, so that a branch
// that is still entering its people does not lose the period.
func (s *Service) openDue(ctx context.Context, o string, today kernel.Date) error {
	known := map[string][]Subject{}
	var after db.Key
	for {
		due, err := s.store.Openable(ctx, o, today, after, openPage)
		if err != nil {
			return err
		}
		for _, x := range due {
			all, err := s.subjects(ctx, o, x, known)
			if err != nil {
				return err
			}
			if err := s.freeze(ctx, o, x, all); err != nil {
				return err
			}
			after = db.Key{x.Opens.String(), string(x.Round)}
		}
		if len(due) < openPage {
			return nil
		}
	}
}

// subjects resolves whom a round covers, once for all rounds of one run that ask the same.
func (s *Service) subjects(ctx context.Context, o string, x Opening, known map[string][]Subject) ([]Subject, error) {
	if x.Place != "" {
		return []Subject{{Ref: record.Ref{Kind: record.KindPlace, ID: string(x.Place)}, Slice: x.Unit}}, nil
	}
	key := string(x.Unit) + " " + string(x.Targets.Kind)
	for _, v := range x.Targets.Values {
		key += " " + v
	}
	if all, ok := known[key]; ok {
		return all, nil
	}
	all, err := s.resolver.Resolve(ctx, o, x.Unit, x.Targets)
	if err != nil {
		return nil, err
	}
	all = once(all)
	known[key] = all
	return all, nil
}

// once drops subjects that are named twice, as somebody in two groups is.
func once(all []Subject) []Subject {
	seen := make(map[record.Ref]bool, len(all))
	return slices.DeleteFunc(slices.Clone(all), func(s Subject) bool {
		was := seen[s.Ref]
		seen[s.Ref] = true
		return was
	})
}

// freeze opens a round with these targets, about a thousand a transaction. If another server takes the round in between, this
// one leaves it.
func (s *Service) freeze(ctx context.Context, o string, x Opening, all []Subject) error {
	if len(all) == 0 {
		return nil
	}
	turn, mine := 0, true
	for i := 0; i < len(all) && mine; i += freezeChunk {
		part := all[i:min(i+freezeChunk, len(all))]
		last := i+len(part) == len(all)
		err := s.db.InTx(ctx, authz.Program(o), func(tx db.Tx) (err error) {
			if i == 0 {
				if turn, err = s.store.Take(tx, x.Round); err != nil || turn == 0 {
					mine = false
					return err
				}
			}
			if mine, err = s.store.Add(tx, x.Round, turn, part); err != nil || !mine || !last {
				return err
			}
			return s.open(tx, x, turn, all)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func (s *Service) open(tx db.Tx, x Opening, turn int, all []Subject) error {
	parts := map[org.UnitID]int{}
	for _, t := range all {
		parts[t.Slice]++
	}
	mine, err := s.store.Open(tx, x.Round, turn, len(all), len(parts))
	if err != nil || !mine {
		return err
	}
	if len(parts) > 1 {
		for slice, n := range parts {
			if err := s.store.Count(tx, x.Round, slice, Coverage{Targets: n}); err != nil {
				return err
			}
		}
	}
	if err := audit.Write(tx, "duty.open", audit.Subject{Kind: "round", ID: string(x.Round)}, "本轮开始，名单定下 %s 个对象", strconv.Itoa(len(all))); err != nil {
		return err
	}
	return s.bus.Emit(tx, RoundOpened{Round: x.Round, Unit: x.Unit, Form: x.Form, Opens: x.Opens})
}

// RoundOpened is told in the transaction in which a round gets its targets. Its window may have begun days before: records of
// those days may count for it.
type RoundOpened struct {
	Round RoundID
	Unit  org.UnitID
	Form  catalogue.Form
	Opens kernel.Date
}

func (RoundOpened) EventName() string { return "duty.round_opened" }

// Joiners is who would be covered today and is not in an open round's frozen list: shown, never smuggled in (decision 6).
func (s *Service) Joiners(ctx context.Context, o string, v RoundView) ([]Subject, error) {
	if v.State != Open || v.Of.Place != "" {
		return nil, nil
	}
	all, err := s.subjects(ctx, o, Opening{Unit: v.Unit, Targets: v.Of.Targets}, map[string][]Subject{})
	if err != nil {
		return nil, err
	}
	frozen, err := s.store.Frozen(ctx, o, v.ID)
	if err != nil {
		return nil, err
	}
	in := distinct(frozen)
	return slices.DeleteFunc(all, func(x Subject) bool { return in[x.Ref] }), nil
}
