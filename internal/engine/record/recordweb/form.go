package recordweb

import (
	"errors"
	"net/http"
	"slices"

	"xiaojia/catalogue"

	"xiaojia/internal/engine/record"
	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/ui"
	"xiaojia/internal/platform/web"
	"xiaojia/internal/register/org"
	"xiaojia/internal/register/people"
)

type formPage struct {
	*ui.Page
	Round    record.RoundBrief // zero without one
	Old      record.NoteView   // the one that is corrected, zero without one
	Draft    string
	Measures []ui.Option
	Targets  []pickGroup // by unit; the only one of a round is Single
	Single   string      // its name
	Missing  int
	People   []pickGroup
	Kept     []keptPhoto // of the old version
	Saved    []string    // photos that arrived before something else was wrong, for browsers without scripts
}

// pickGroup is some boxes under one heading.
type pickGroup struct {
	Name  string
	Items []ui.Option
	On    int // how many are ticked
}

// keptPhoto is a photo of the old version that the correction may keep.
type keptPhoto struct {
	Hash, Thumb string
	Kept        bool
}

// photosMost is how many photos one note takes.
const photosMost = 9

// wish is what a note starts from: a round, or an older note.
type wish struct {
	id    record.NoteID // of the note that is sent, maybe for the second time
	round record.RoundBrief
	old   record.NoteView
	kept  []record.Attachment
}

// unit is the branch that the note belongs to.
func (w wish) unit(c *web.Ctx) org.UnitID {
	if w.old.ID != "" {
		return w.old.Unit
	}
	return org.UnitID(c.Actor.Scope(record.WriteNotes).ID)
}

// start reads what a note starts from; a round that takes no note says why.
func (h *Pages) start(c *web.Ctx, round record.RoundID, replaces record.NoteID) (w wish, err error) {
	ctx := c.R.Context()
	if replaces != "" {
		if w.old, err = h.reads.Note(ctx, c.Actor.Scope(record.SeeNotes), replaces); err != nil {
			return w, err
		}
		if w.kept, err = h.reads.Attachments(ctx, c.Actor.Org, w.old.Ref()); err != nil {
			return w, err
		}
		round = w.old.Round
	}
	if round == "" {
		return w, nil
	}
	if w.round, err = h.Rounds.Brief(ctx, c.Actor, round); err != nil {
		return w, err
	}
	today := c.Today()
	switch {
	case w.round.Form != catalogue.Note:
		return w, kernel.Err(kernel.Invalid, "这一轮要按检查表巡视，不能用记一笔代替")
	case w.round.Open || replaces != "":
		return w, nil
	case w.round.Opens.After(today):
		return w, kernel.Err(kernel.Invalid, "这一轮 %s 才开始，还没有名单", w.round.Opens)
	case w.round.Closes.Before(today):
		return w, kernel.Err(kernel.Gone, "这一轮 %s 已经结束，不能再补", w.round.Closes)
	}
	return w, kernel.Err(kernel.Invalid, "这一轮的名单还是空的，先看看名册和场所")
}

func (h *Pages) newNote(c *web.Ctx) error {
	w, err := h.start(c, record.RoundID(c.Query("round")), record.NoteID(c.Query("replaces")))
	if err != nil {
		return err
	}
	if w.round.ID != "" && w.old.ID == "" && len(w.missing()) == 0 {
		return c.See(w.back(), "这一轮一个都不差了。")
	}
	f := web.NewForm("id", kernel.NewID(c.Now), "on", c.Today().String())
	switch {
	case w.old.ID != "":
		w.fillOld(f)
	case w.round.ID != "":
		w.fillRound(c, f)
	}
	return h.form(c, http.StatusOK, f, w, nil)
}

// fillRound starts the form of a round: its name, and the targets that are most likely meant.
func (w wish) fillRound(c *web.Ctx, f *web.Form) {
	f.Values.Set("round", string(w.round.ID))
	f.Values.Set("measure", string(w.round.Measure))
	f.Values.Set("title", c.P.W(w.round.Name))
	if w.round.Closes.Before(c.Today()) {
		f.Values.Set("on", w.round.Closes.String())
	}
	missing := w.missing()
	for _, t := range missing {
		if len(missing) == 1 || t.ID == c.Query("to") || ownUnit(c, t) {
			f.Values.Add("subject", key(t.Ref))
		}
	}
}

// ownUnit tells that the target is the reader's own group or site.
func ownUnit(c *web.Ctx, t record.TargetBrief) bool {
	return c.Query("to") == "" && t.Kind == record.KindUnit && slices.ContainsFunc(c.Actor.Grants, func(g authz.Grant) bool { return g.Unit == t.ID })
}

// fillOld starts a correction with what the old version says.
func (w wish) fillOld(f *web.Form) {
	f.Values.Set("replaces", string(w.old.ID))
	f.Values.Set("round", string(w.old.Round))
	f.Values.Set("measure", string(w.old.Measure))
	f.Values.Set("title", w.old.Title)
	f.Values.Set("body", w.old.Body)
	f.Values.Set("on", w.old.On.String())
	for _, p := range w.old.People {
		f.Values.Add("people", string(p))
	}
	for _, t := range w.round.Targets {
		if t.Proof == w.old.Ref() {
			f.Values.Add("subject", key(t.Ref))
		}
	}
	for _, a := range w.kept {
		f.Values.Add("old_photo", a.Hash)
	}
}

// missing is the targets that a note can do: those nobody did yet, and those that the corrected one did, or the note itself
// when it is sent twice.
func (w wish) missing() []record.TargetBrief {
	mine := func(id record.NoteID) record.Ref { return record.Note{ID: id}.Ref() }
	return slices.DeleteFunc(slices.Clone(w.round.Targets), func(t record.TargetBrief) bool {
		return !t.Missing && (t.Proof.ID == "" || t.Proof != mine(w.old.ID) && t.Proof != mine(w.id))
	})
}

func key(r record.Ref) string { return r.Kind + ":" + r.ID }

func (h *Pages) write(c *web.Ctx) error {
	f, err := c.Form()
	if err != nil {
		return err
	}
	w, err := h.start(c, record.RoundID(f.Text("round")), record.NoteID(f.Text("replaces")))
	if err != nil {
		return err
	}
	w.id = record.NoteID(f.Text("id"))
	n, err := h.read(c, f, w)
	if err == nil {
		var id record.NoteID
		if id, err = h.records.Write(c.R.Context(), c.Actor, n); err == nil {
			return c.See("/notes/"+string(id), "存好了。")
		}
	}
	if f.Take(c.P, err) {
		return h.form(c, http.StatusUnprocessableEntity, f, w, n.Photos)
	}
	return err
}

// read makes a note of the form. Photos are taken last, because they take longest; what arrived stays for the next try.
func (h *Pages) read(c *web.Ctx, f *web.Form, w wish) (record.NewNote, error) {
	n := record.NewNote{ID: record.NoteID(f.Text("id")), Unit: w.unit(c), Measure: catalogue.Measure(f.Text("measure")), Title: f.Text("title"), Body: f.Text("body"),
		Round: w.round.ID, Subjects: w.subjects(f), Replaces: w.old.ID}
	if w.round.ID != "" {
		n.Measure = w.round.Measure
	}
	if !plainID(n.ID) {
		n.ID = ""
	}
	for _, p := range f.List("people") {
		n.People = append(n.People, people.ID(p))
	}
	var errs [3]error
	n.On, errs[0] = f.Date("on")
	if pad := f.Text("signature"); pad != "" {
		n.Strokes, errs[1] = record.FromPad(pad)
	}
	n.Photos, errs[2] = h.photos(c, f, w)
	return n, problems(errs[:])
}

// photos is the kept ones of an older version, those that arrived with an earlier try, and the new ones; each once.
func (h *Pages) photos(c *web.Ctx, f *web.Form, w wish) ([]string, error) {
	fresh, err := h.Photos.Take(c, f, "photos", photosMost)
	var old, out []string
	for _, a := range w.kept {
		if f.Has("old_photo", a.Hash) {
			old = append(old, a.Hash)
		}
	}
	for _, hash := range slices.Concat(old, f.List("saved_photo"), fresh) {
		if !slices.Contains(out, hash) {
			out = append(out, hash)
		}
	}
	if err == nil && len(out) > photosMost {
		err = kernel.Wrong("photos", "最多 %d 张照片。", photosMost)
	}
	return out, err
}

// subjects reads what was ticked; 全部 means all that are still missing.
func (w wish) subjects(f *web.Form) []record.Ref {
	var out []record.Ref
	for _, t := range w.missing() {
		if f.Is("all", "1") || f.Has("subject", key(t.Ref)) {
			out = append(out, t.Ref)
		}
	}
	return out
}

// problems puts several wrong fields together; what is no field of the form comes first.
func problems(errs []error) error {
	var out kernel.Problems
	for _, err := range errs {
		var e *kernel.Error
		switch {
		case err == nil:
		case errors.As(err, &e) && e.Field != "":
			out = append(out, e)
		default:
			return err
		}
	}
	return out.Err()
}
