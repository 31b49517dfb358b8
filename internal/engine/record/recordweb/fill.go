package recordweb

import (
	"maps"
	"slices"
	"strings"

	"xiaojia/internal/engine/record"
	"xiaojia/internal/platform/search"
	"xiaojia/internal/platform/ui"
	"xiaojia/internal/platform/web"
	"xiaojia/internal/register/org"
)

// plainID takes only what kernel.NewID makes: a made-up id would be an address on other people's pages.
func plainID(id record.NoteID) bool {
	return len(id) == 26 && strings.Trim(string(id), "0123456789ABCDEFGHJKMNPQRSTVWXYZ") == ""
}

func (h *Pages) form(c *web.Ctx, status int, f *web.Form, w wish, saved []string) error {
	title := "记一笔"
	if w.old.ID != "" {
		title = "更正"
	}
	p, err := h.frame.Page(c, "notes", title)
	if err != nil {
		return err
	}
	p.Form, p.NoDock, p.Back = f, true, w.back()
	page := formPage{Page: p, Round: w.round, Old: w.old, Draft: p.DraftKey("note", w.draft())}
	for _, hash := range saved {
		if !f.Has("old_photo", hash) {
			page.Saved = append(page.Saved, hash)
		}
	}
	for _, a := range w.kept {
		page.Kept = append(page.Kept, keptPhoto{Hash: a.Hash, Thumb: a.Thumb, Kept: f.Has("old_photo", a.Hash)})
	}
	for _, m := range h.Catalogue.Measures {
		page.Measures = append(page.Measures, ui.Option{Value: string(m.Key), Name: p.W(m.Name), Icon: ui.HueIcon(string(m.Key))})
	}
	chart, err := h.Chart(c.R.Context(), c.Actor.Org)
	if err != nil {
		return err
	}
	if err := h.fillTargets(c, &page, w, chart); err != nil {
		return err
	}
	if err := h.fillPeople(c, &page, w, chart); err != nil {
		return err
	}
	return c.RenderStatus(status, Form(page))
}

// draft names what is being written, so that it is found again after the form was opened anew.
func (w wish) draft() string {
	switch {
	case w.old.ID != "":
		return "for-" + string(w.old.ID)
	case w.round.ID != "":
		return string(w.round.ID)
	}
	return "new"
}

func (w wish) back() string {
	switch {
	case w.old.ID != "":
		return "/notes/" + string(w.old.ID)
	case w.round.ID != "":
		return "/rounds/" + string(w.round.ID)
	}
	return "/notes"
}

// fillTargets offers what the round must reach, by unit.
func (h *Pages) fillTargets(c *web.Ctx, p *formPage, w wish, chart *org.Chart) error {
	all := w.missing()
	refs := make([]record.Ref, len(all))
	for i, t := range all {
		refs[i] = t.Ref
	}
	names, err := h.Names(c, refs)
	if err != nil {
		return err
	}
	p.Missing = len(all)
	if len(w.round.Targets) == 1 && len(all) == 1 {
		p.Single = names[refs[0]]
		return nil
	}
	groups := newGroups(chart, p.Form, "subject")
	for _, t := range all {
		unit := t.Slice
		if t.Kind == record.KindUnit || t.Kind == record.KindPlace {
			unit = ""
		}
		groups.add(unit, ui.Option{Value: key(t.Ref), Name: names[t.Ref]})
	}
	p.Targets = groups.list(p.Page, "")
	return nil
}

// fillPeople offers who can have been there, by union group, else by department; somebody who has left stays on the note that names him.
func (h *Pages) fillPeople(c *web.Ctx, p *formPage, w wish, chart *org.Chart) error {
	all, err := h.reads.Present(c.R.Context(), c.Actor.Scope(record.WriteNotes), w.unit(c))
	if err != nil {
		return err
	}
	for _, old := range w.old.Names {
		if !slices.ContainsFunc(all, func(x record.Present) bool { return x.ID == old.ID }) {
			all = append(all, record.Present{PersonName: old})
		}
	}
	groups := newGroups(chart, p.Form, "people")
	for _, x := range all {
		groups.add(x.Unit, ui.Option{Value: string(x.ID), Name: x.Name, Spelt: x.Spelt})
	}
	p.People = groups.list(p.Page, "没有分组的")
	return nil
}

// grouped gathers boxes by unit.
type grouped struct {
	chart *org.Chart
	form  *web.Form
	field string
	by    map[org.UnitID][]ui.Option
}

func newGroups(chart *org.Chart, f *web.Form, field string) grouped {
	return grouped{chart, f, field, map[org.UnitID][]ui.Option{}}
}

func (g grouped) add(unit org.UnitID, o ui.Option) { g.by[unit] = append(g.by[unit], o) }

// list is the groups by kind of unit and by name, what belongs to none at the end under its own heading.
func (g grouped) list(p *ui.Page, none string) []pickGroup {
	keys := slices.SortedFunc(maps.Keys(g.by), func(a, b org.UnitID) int { return slices.Compare(g.place(a), g.place(b)) })
	out := make([]pickGroup, len(keys))
	for i, k := range keys {
		out[i] = pickGroup{Name: p.W(g.chart.Name(k)), Items: g.by[k]}
		if out[i].Name == "" && none != "" {
			out[i].Name = p.T(none)
		}
		for _, o := range g.by[k] {
			if g.form.Has(g.field, o.Value) {
				out[i].On++
			}
		}
	}
	return out
}

// place is what a group is sorted by: union groups before other units, each kind by the sound of its names.
func (g grouped) place(id org.UnitID) []string {
	u, ok := g.chart.Unit(id)
	if !ok {
		return []string{"z"}
	}
	kind := "b"
	if u.Kind == org.Group {
		kind = "a"
	}
	sound, _ := search.Spell(u.Name.Zh)
	return []string{kind, sound, string(id)}
}
