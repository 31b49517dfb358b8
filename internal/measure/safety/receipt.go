package safety

import (
	"context"
	"strings"
	"unicode/utf8"

	"xiaojia/internal/engine/matter"
	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/db"
)

// Word is one sentence of the talk with a reporter whom nobody knows. It has a day and no minute.
type Word struct {
	ID           string
	FromReporter bool
	Text         string
	On           kernel.Date
	By           string // person, for words from our side
}

// Follow finds a hazard by its receipt, for whoever holds the receipt.
func (h *Hazards) Follow(ctx context.Context, receipt string) (orgID string, out Hazard, err error) {
	return h.store.ByReceipt(ctx, h.db.Read, kernel.CleanReceipt(receipt))
}

// AnswerByReceipt lets the anonymous reporter say more; nothing but the day is kept with it.
func (h *Hazards) AnswerByReceipt(ctx context.Context, receipt, text string) error {
	if err := sayable(text); err != nil {
		return err
	}
	orgID, hz, err := h.Follow(ctx, receipt)
	if err != nil {
		return err
	}
	id := kernel.BlindID()
	return h.db.InTx(ctx, authz.Actor{Org: orgID}, func(tx db.Tx) error {
		return h.store.Say(tx, hz.ID, Word{ID: id, FromReporter: true, Text: strings.TrimSpace(text), On: tx.Today()})
	})
}

// Ask puts a question to the reporter, whoever that is.
func (h *Hazards) Ask(ctx context.Context, by authz.Actor, id matter.ID, text string) error {
	if err := sayable(text); err != nil {
		return err
	}
	return h.db.InTx(ctx, by, func(tx db.Tx) error {
		hz, err := h.store.Load(tx.Ctx(), tx, tx.Org(), id)
		if err != nil {
			return err
		}
		roles := Roles(by, hz.Matter)
		mine := false
		for _, r := range roles {
			mine = mine || r == matter.Judge || r == matter.Chair || r == matter.Reporter
		}
		if !mine {
			return kernel.Err(kernel.Forbidden, "只有安环部门和分工会主席可以问上报人。")
		}
		return h.store.Say(tx, id, Word{ID: kernel.NewID(tx.Now()), Text: strings.TrimSpace(text), On: tx.Today(), By: by.Person})
	})
}

func sayable(text string) error {
	switch n := utf8.RuneCountInString(strings.TrimSpace(text)); {
	case n == 0:
		return kernel.Wrong("text", "请写一句话。")
	case n > 500:
		return kernel.Wrong("text", "太长了，最多 %d 个字。", 500)
	}
	return nil
}
