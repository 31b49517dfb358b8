package safety

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
	"unicode/utf8"

	"xiaojia/internal/engine/matter"
	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/audit"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/platform/notify"
)

// Word is one sentence of the talk with a reporter. It has a day and no minute.
type Word struct {
	ID           string // in the order of the talk, without a time in it
	FromReporter bool
	Text         string
	On           kernel.Date
	By           string       // person; empty for a reporter whose name is not shown
	Office       authz.Office // as what somebody asks; empty for the reporter
}

// Spoke says that somebody added a word; N counts the words of the hazard.
type Spoke struct {
	ID           matter.ID `json:"id"`
	N            int       `json:"n"`
	FromReporter bool      `json:"from_reporter"`
}

func (Spoke) EventName() string { return "safety.spoke" }

// wordsMost bounds a talk: whoever holds a receipt needs no account.
const wordsMost = 100

// seal is what is kept of a receipt: who reads the database cannot answer in the reporter's place.
func seal(receipt string) string {
	if receipt == "" {
		return ""
	}
	sum := sha256.Sum256([]byte("receipt " + receipt))
	return hex.EncodeToString(sum[:])
}

// Follow finds a hazard by its receipt, for whoever holds the receipt.
func (h *Hazards) Follow(ctx context.Context, receipt string) (orgID string, out Hazard, err error) {
	return h.store.ByReceipt(ctx, h.db.Read, seal(kernel.CleanReceipt(receipt)))
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
	return h.db.InTx(ctx, authz.Actor{Org: orgID}, func(tx db.Tx) error {
		said, err := h.store.Said(tx, hz.ID, strings.TrimSpace(text))
		if err != nil || said { // a page that was sent again says nothing new
			return err
		}
		return h.say(tx, hz, Word{FromReporter: true, Text: text}, true)
	})
}

// Ask puts a word into the talk between the reporter and those who judge and assign: a question, or his answer.
func (h *Hazards) Ask(ctx context.Context, by authz.Actor, id matter.ID, text string) error {
	if err := sayable(text); err != nil {
		return err
	}
	return h.db.InTx(ctx, by, func(tx db.Tx) error {
		hz, err := h.store.Load(tx.Ctx(), tx, tx.Org(), id)
		if err != nil {
			return err
		}
		if err := MayAsk(by, hz.Matter); err != nil {
			return err
		}
		mine := has(Roles(by, hz.Matter), matter.Reporter)
		w := Word{FromReporter: mine, Text: text, By: by.Person, Office: speaksAs(Roles(by, hz.Matter))}
		if hidden := mine && hz.Mode == Hidden; hidden {
			w.By = ""
			return h.say(tx, hz, w, true)
		}
		return h.say(tx, hz, w, false)
	})
}

// speaksAs is the office that speaks for somebody in the talk.
func speaksAs(roles []matter.Role) authz.Office {
	switch {
	case has(roles, matter.Reporter):
		return ""
	case has(roles, matter.Judge):
		return authz.HSE
	case has(roles, matter.Above):
		return authz.CompanyChair
	}
	return authz.Chair
}

// MayAsk tells why an actor may not take part in the talk with the reporter; nil when he may.
func MayAsk(a authz.Actor, m matter.Matter) error {
	switch {
	case !SeenHazards(a).Sees(m):
		return errUnseen
	case !SeenHazards(a).Hears(m):
		return kernel.Err(kernel.Forbidden, "只有安环部门、分工会主席和上报人能在这里说话。")
	}
	return nil
}

// say writes the word and its line of history; what was said stays out of the history.
func (h *Hazards) say(tx db.Tx, hz Hazard, w Word, blind bool) error {
	n, err := db.Next(tx, "word/"+string(hz.ID))
	if err != nil {
		return err
	}
	if n > wordsMost {
		return kernel.Wrong("text", "这里已经写满 %d 条，请直接联系安环部门。", wordsMost)
	}
	w.ID, w.Text, w.On = fmt.Sprintf("%03d", n), strings.TrimSpace(w.Text), tx.Today()
	if err := h.store.Say(tx, hz.ID, w); err != nil {
		return err
	}
	write, text := audit.Write, "问上报人"
	if w.FromReporter {
		text = "上报人补充"
		if err := notify.Settle(tx, awaited(hz.ID, awaitsReporter)); err != nil {
			return err
		}
	}
	if blind {
		write = audit.WriteBlind
	}
	if err := write(tx, "hazard.say", matter.Subject(hz.ID), text); err != nil {
		return err
	}
	e := Spoke{ID: hz.ID, N: n, FromReporter: w.FromReporter}
	if blind {
		return h.bus.EmitBlind(tx, e)
	}
	return h.bus.Emit(tx, e)
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
