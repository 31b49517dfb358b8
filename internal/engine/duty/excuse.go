package duty

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"xiaojia/internal/engine/record"
	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/audit"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/register/people"
)

const reasonMax = 200

// Excuse takes targets off those that are missing, all or none, with a reason that everybody can read. A missed round that has
// closed can still be excused; what was done cannot. Named is the subjects in words for the history, empty where their names are
// not for everybody.
func (s *Service) Excuse(ctx context.Context, a authz.Actor, id RoundID, subjects []record.Ref, named, reason string) error {
	reason = strings.TrimSpace(reason)
	if n := utf8.RuneCountInString(reason); n < 2 || n > reasonMax {
		return kernel.Wrong("reason", "请写明原因，2 到 %d 个字", reasonMax)
	}
	to := Target{Round: id, State: Excused, Reason: reason, By: people.ID(a.Person)}
	return s.db.InTx(ctx, a, func(tx db.Tx) error {
		if err := s.turn(tx, subjects, Missing, to); err != nil {
			return err
		}
		if at := (audit.Subject{Kind: "round", ID: string(id)}); named != "" {
			return audit.Write(tx, "duty.excuse", at, "免去 %s：%s", named, reason)
		} else {
			return audit.Write(tx, "duty.excuse", at, "免去 %s 个：%s", strconv.Itoa(len(subjects)), reason)
		}
	})
}

// Unexcuse takes excuses back: the targets are missing again.
func (s *Service) Unexcuse(ctx context.Context, a authz.Actor, id RoundID, subjects []record.Ref, named string) error {
	return s.db.InTx(ctx, a, func(tx db.Tx) error {
		if err := s.turn(tx, subjects, Excused, Target{Round: id, State: Missing}); err != nil {
			return err
		}
		return audit.Write(tx, "duty.unexcuse", audit.Subject{Kind: "round", ID: string(id)}, "取消了免去，重新算应到：%s", cmp.Or(named, strconv.Itoa(len(subjects))))
	})
}

// turn moves targets from a state to another, under the lock of their round.
func (s *Service) turn(tx db.Tx, subjects []record.Ref, from TargetState, to Target) error {
	r, err := s.store.Lock(tx, to.Round)
	if err != nil {
		return err
	}
	if !record.Within(tx.By().Scope(SeeDuties), r.Unit) && !record.Within(tx.By().Scope(ExcuseTargets), r.Unit) {
		return kernel.Err(kernel.NotFound, "这一轮不在了，或者您不能看")
	}
	if err := may(tx.By(), ExcuseTargets, r.Unit); err != nil {
		return err
	}
	if len(subjects) == 0 {
		return kernel.Wrong("target", "请先选几个")
	}
	old, err := s.store.Pick(tx, r.ID, subjects)
	if err != nil {
		return err
	}
	if len(old) < len(subjects) {
		return kernel.Wrong("target", "这一轮的名单里没有选中的对象；名单在本轮开始那天定下")
	}
	if slices.ContainsFunc(old, func(t Target) bool { return t.State != from }) {
		return kernel.Err(kernel.Conflict, "这个对象的情况刚刚变了，请刷新看看")
	}
	if err := s.store.Set(tx, subjects, to); err != nil {
		return err
	}
	moved := shifts{}
	moved.shift(old, to.State)
	return s.cover(tx, r, moved, tx.Today())
}
