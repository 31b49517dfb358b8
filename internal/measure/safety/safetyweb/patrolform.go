package safetyweb

import (
	"errors"
	"slices"
	"strings"

	"xiaojia/catalogue"
	"xiaojia/internal/engine/checklist"
	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/web"
	"xiaojia/internal/register/org"
	"xiaojia/internal/register/people"
)

// itemPhotos is how many pictures one item takes at a time.
const itemPhotos = 6

// sentCard is a card's form as it was read. What could not be taken stands in wrong, at its field; the draft holds the rest.
type sentCard struct {
	draft checklist.Draft
	wrong kernel.Problems
}

// readCard makes a draft of a card's form. Figures and days come as they were typed: the draft keeps them.
func (h *PatrolPages) readCard(c *web.Ctx, f *web.Form) (sentCard, error) {
	s := sentCard{draft: checklist.Draft{ID: checklist.RunID(c.ID()), Card: checklist.CardID{Code: f.Text("card"), Version: f.Text("card_version")}, Place: org.PlaceID(f.Text("place")),
		Round: f.Text("round"), With: people.ID(f.Text("with")), Leader: people.ID(f.Text("leader")), Escort: f.Text("escort"), SiteHead: f.Text("site_head"), Good: f.Text("good")}}
	card, ok := h.Patrols.Cards.Card(s.draft.Card.Code, s.draft.Card.Version)
	if !ok {
		return s, kernel.Err(kernel.Invalid, "没有版本为 %s 的检查表 %s，请重新开始。", s.draft.Card.Version, s.draft.Card.Code)
	}
	var err error
	if s.draft.Version, err = f.Int("version"); err != nil {
		return s, err
	}
	if s.draft.On, err = f.Date("on"); atField(&s.wrong, "on", err) != nil {
		return s, err
	}
	kept, err := h.attached(c)
	if err != nil {
		return s, err
	}
	for _, i := range card.Items {
		a, err := h.readItem(c, f, i, kept, &s.wrong)
		if err != nil {
			return s, err
		}
		s.draft.Answers = append(s.draft.Answers, a.Read(i, s.draft.On))
	}
	return s, nil
}

func (h *PatrolPages) readItem(c *web.Ctx, f *web.Form, i checklist.Item, kept []string, wrong *kernel.Problems) (checklist.Answer, error) {
	a := checklist.Answer{Item: i.Code, Verdict: checklist.Verdict(f.Text("v-" + i.Code)), Note: f.Text("note-" + i.Code), AsHazard: f.Is("hz-"+i.Code, "1")}
	switch i.Type {
	case catalogue.Count:
		a.Number = f.Text("n-" + i.Code)
	case catalogue.Until:
		day, err := f.Date("d-" + i.Code)
		if a.Dated = day; err != nil {
			a.Typed = f.Text("d-" + i.Code)
		}
	}
	taken, err := h.Take(c, f, "p-"+i.Code, itemPhotos)
	if err := atField(wrong, "p-"+i.Code, err); err != nil {
		return a, err
	}
	for _, k := range f.List("keep-" + i.Code) {
		if hash, ok := h.mayKeep(c, kept, k); ok && !f.Has("drop-"+i.Code, k) {
			a.Photos = append(a.Photos, hash)
		}
	}
	a.Photos = append(a.Photos, taken...)
	return a, nil
}

// attached is the pictures that this patrol has; a form may keep no others, so that nobody attaches what he only knows the
// name of.
func (h *PatrolPages) attached(c *web.Ctx) ([]string, error) {
	all, err := h.Attachments(c.R.Context(), c.Actor.Org, checklist.RunID(c.ID()).Ref())
	out := make([]string, len(all))
	for i, a := range all {
		out[i] = a.Hash
	}
	return out, err
}

// handed names a picture that this very person has sent and that is not stored with the patrol yet: the page with both
// versions of a card hands it back to him under a seal.
func (h *PatrolPages) handed(c *web.Ctx, hash string) string {
	return hash + "~" + h.Seal("patrol-photo", strings.Join([]string{c.Actor.Org, c.Actor.Account, c.ID(), hash}, "/"))
}

func (h *PatrolPages) mayKeep(c *web.Ctx, kept []string, name string) (string, bool) {
	hash, _, sealed := strings.Cut(name, "~")
	return hash, slices.Contains(kept, hash) || sealed && name == h.handed(c, hash)
}

// atField puts a sentence for people at its field, and hands back what is none.
func atField(wrong *kernel.Problems, field string, err error) error {
	var e *kernel.Error
	if !errors.As(err, &e) || e.Kind != kernel.Invalid && e.Kind != kernel.TooLarge {
		return err
	}
	wrong.Add(field, e.Text, e.Args...)
	return nil
}
