package safetyweb

import (
	"errors"
	"slices"

	"xiaojia/catalogue"
	"xiaojia/internal/engine/checklist"
	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/web"
	"xiaojia/internal/register/org"
	"xiaojia/internal/register/people"
)

// itemPhotos is how many pictures one item takes at a time.
const itemPhotos = 6

// readCard makes a draft of a card's form. What cannot be read is told at its field, and the rest comes back all the same.
func (h *PatrolPages) readCard(c *web.Ctx, f *web.Form) (checklist.Draft, error) {
	d := checklist.Draft{ID: checklist.RunID(c.ID()), Card: checklist.CardID{Code: f.Text("card"), Version: f.Text("card_version")}, Place: org.PlaceID(f.Text("place")),
		Round: f.Text("round"), With: people.ID(f.Text("with")), Escort: f.Text("escort"), SiteHead: f.Text("site_head"), Good: f.Text("good")}
	card, ok := h.Patrols.Cards.Card(d.Card.Code, d.Card.Version)
	if !ok {
		return d, kernel.Err(kernel.Invalid, "没有版本为 %s 的检查表 %s，请重新开始。", d.Card.Version, d.Card.Code)
	}
	var wrong kernel.Problems
	var err error
	if d.Version, err = f.Int("version"); atField(&wrong, "version", err) != nil {
		return d, err
	}
	if d.On, err = f.Date("on"); atField(&wrong, "on", err) != nil {
		return d, err
	}
	for _, i := range card.Items {
		a, err := h.readItem(c, f, i, d.On, &wrong)
		if err != nil {
			return d, err
		}
		d.Answers = append(d.Answers, a)
	}
	return d, wrong.Err()
}

func (h *PatrolPages) readItem(c *web.Ctx, f *web.Form, i checklist.Item, on kernel.Date, wrong *kernel.Problems) (checklist.Answer, error) {
	a := checklist.Answer{Item: i.Code, Verdict: checklist.Verdict(f.Text("v-" + i.Code)), Number: f.Text("n-" + i.Code), Note: f.Text("note-" + i.Code),
		AsHazard: f.Is("hz-"+i.Code, "1")}
	day, err := f.Date("d-" + i.Code)
	if err := atField(wrong, i.Code, err); err != nil {
		return a, err
	}
	a.Dated = day
	taken, err := h.Take(c, f, "p-"+i.Code, itemPhotos)
	if err := atField(wrong, "p-"+i.Code, err); err != nil {
		return a, err
	}
	a.Photos = slices.DeleteFunc(f.List("keep-"+i.Code), func(hash string) bool { return f.Has("drop-"+i.Code, hash) })
	a.Photos = append(a.Photos, taken...)
	a.Verdict = spoken(i, a, on)
	return a, nil
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

// spoken is the verdict that a figure or a day speaks for itself, where nobody has chosen one.
func spoken(i checklist.Item, a checklist.Answer, on kernel.Date) checklist.Verdict {
	good := true
	switch {
	case a.Verdict != checklist.Undecided:
		return a.Verdict
	case i.Type == catalogue.Count && a.Number != "" && i.Limit.Op != catalogue.OwnMark:
		n, err := catalogue.ParseNumber(a.Number)
		if err != nil {
			return checklist.Undecided
		}
		good = checklist.Within(i.Limit, n)
	case i.Type == catalogue.Until && !a.Dated.IsZero():
		good = !checklist.ValidTo(i, a.Dated).Before(on)
	default:
		return checklist.Undecided
	}
	if good {
		return checklist.Pass
	}
	return checklist.Fail
}
