package people

import (
	"slices"
	"strings"

	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/vault"
	"xiaojia/internal/register/org"
	"xiaojia/internal/register/people/roster"
)

// row decides about one row: never guessed, so whoever cannot be told for sure is skipped with the reason.
func (p *planner) row(r roster.Row, h here) (Planned, error) {
	x := Planned{Row: r, Problems: slices.Clone(r.Problems)}
	if p.build != nil {
		x.Problems = slices.DeleteFunc(x.Problems, func(q roster.Problem) bool { return q.Kind == roster.UnknownUnit })
	}
	no, blind := strings.ToUpper(r.No), ""
	if r.IDNumber != "" {
		blind = p.s.ring.Blind(kindOfID, string(r.IDNumber))
	}
	old, found := h.byNo[no]
	if p.barred(&x, old, found, h.byID[blind], blind) {
		x.Action = Skip
		return x, nil
	}
	e := p.entry(r, old)
	if !found {
		e.ID = ID(kernel.NewID(p.s.db.Clock.Now()))
	}
	var wrong kernel.Problems
	if e.checkSelf(&wrong, p.today); len(wrong) > 0 {
		x.refused(wrong)
		x.Action = Skip
		return x, nil
	}
	now, err := p.s.seal(p.by.Org, e, old)
	if err != nil {
		return x, err
	}
	x.Person, x.old, x.now = e.ID, old, now
	if r.HasWage && found {
		if err := p.sameWage(&x, r.WageFen); err != nil {
			return x, err
		}
	}
	p.label(&x, h.labels[e.ID])
	x.Changes = p.changes(x)
	switch {
	case !found:
		x.Action, x.Changes = Create, nil
	case len(x.Changes) == 0:
		x.Action = Unchanged
	default:
		x.Action = Update
	}
	return x, nil
}

// barred tells whether a row must not be taken, and says why.
func (p *planner) barred(x *Planned, old Record, found bool, same Record, blind string) bool {
	r := x.Row
	switch {
	case r.No == "" || r.Name == "":
		return true // the sheet's own problems say so
	case slices.ContainsFunc(r.Problems, func(q roster.Problem) bool { return q.Kind == roster.Duplicate }):
		return true
	case found && old.Branch != p.opt.Unit:
		x.problem(roster.Duplicate, roster.No, "工号", "工号 %s 在别的分工会名下，没有导入，请核对", r.No)
	case found && !old.Left.IsZero():
		x.problem(roster.Duplicate, roster.No, "工号", "工号 %s 的人已登记离开，没有导入；回来了请先在名册里重新入册", r.No)
	case found && old.Name != r.Name && (blind == "" || blind != old.IDBlind):
		x.problem(roster.Duplicate, roster.No, "工号", "工号 %s 在册的是“%s”，没有导入，请核对", r.No, old.Name)
	case blind != "" && same.ID != "" && (!found || same.ID != old.ID):
		x.same = same.ID
		x.problem(roster.Duplicate, roster.ID, "身份证号", "和在册的另一人（工号 %s）身份证号相同，没有导入，请核对", same.No)
	default:
		return false
	}
	return true
}

func (x *Planned) problem(k roster.Kind, f roster.Field, column, text string, args ...any) {
	x.Problems = append(x.Problems, roster.Problem{Column: column, Field: f, Kind: k, Text: "第 %d 行：" + text, Args: append([]any{x.Row.Number}, args...)})
}

// refused tells of each field that no form would take either, in the words of the sheet.
func (x *Planned) refused(wrong kernel.Problems) {
	for _, w := range wrong {
		kind, field, column := roster.Missing, roster.Name, "姓名"
		switch w.Field {
		case "no":
			field, column = roster.No, "工号"
		case "id_number", "sex":
			kind, field, column = roster.CheckDigit, roster.ID, "身份证号"
		case "birth":
			kind, field, column = roster.BadDate, roster.Birth, "出生日期"
		case "joined":
			kind, field, column = roster.BadDate, roster.Joined, "入职日期"
		case "phone":
			kind, field, column = roster.BadPhone, roster.Phone, "电话"
		case "wage":
			field, column = roster.Wage, "工资"
		}
		x.problem(kind, field, column, w.Text, w.Args...)
	}
}

// entry lays what the row has over what is here; an empty cell changes nothing.
func (p *planner) entry(r roster.Row, old Record) Entry {
	e := Entry{Person: old.Person, IDNumber: string(r.IDNumber)}
	e.Branch, e.No, e.Name = p.opt.Unit, r.No, r.Name
	for _, f := range []struct {
		into *string
		from string
	}{{&e.Sex, r.Sex}, {&e.Post, r.Post}, {&e.Employment, r.Employment}, {&e.Phone, r.Phone}, {&e.Household, r.Household}, {&e.Note, r.Note}} {
		if f.from != "" {
			*f.into = f.from
		}
	}
	if !r.Birth.IsZero() {
		e.Birth = r.Birth
	}
	if !r.Joined.IsZero() || r.JoinedPart != "" && e.Joined.IsZero() {
		e.Joined, e.JoinedPart = r.Joined, r.JoinedPart
	}
	if r.Member != nil {
		e.IsMember = *r.Member
	}
	if r.HasWage {
		e.Wage = &r.WageFen
	}
	p.place(&e, r)
	return e.clean()
}

// place puts the person into department and group; a new department without a group leaves the old group behind.
func (p *planner) place(e *Entry, r roster.Row) {
	d, ok := findDepartment(p.chart, p.opt.Unit, r.Department)
	if !ok {
		return
	}
	if e.Department != d.ID {
		e.Department, e.Group = d.ID, ""
	}
	if g := findGroup(p.chart, p.opt.Unit, d.ID, r.Team); r.Team != "" && g != "" {
		e.Group = g
	}
}

// sameWage keeps the old sealed text where the wage is the same, because each sealing gives another text.
func (p *planner) sameWage(x *Planned, wage kernel.Money) error {
	was, err := p.s.open(p.by.Org, x.old, SecretWage)
	if err == nil && was == fen(wage) {
		x.now.WageSealed = x.old.WageSealed
	}
	return err
}

// label turns 劳模, 特殊工种 and 外地项目 of the sheet into labels from today on.
func (p *planner) label(x *Planned, have []Label) {
	for _, l := range []struct{ key, detail string }{{"model-worker", x.Row.ModelWorker}, {"special-trade", x.Row.Special}, {"site-worker", x.Row.Site}} {
		if l.detail == "" {
			continue
		}
		put := Label{Person: x.Person, Key: l.key, Term: kernel.Span{From: p.today}, Detail: l.detail}
		i := slices.IndexFunc(have, func(o Label) bool { return o.Key == l.key })
		if i >= 0 {
			if have[i].Detail == l.detail {
				continue
			}
			put.Term = have[i].Term
			x.before = append(x.before, have[i])
		}
		x.labels = append(x.labels, put)
	}
}

// changes lists what differs, as the preview shows it.
func (p *planner) changes(x Planned) []Change {
	a, b := x.old, x.now
	name := func(id org.UnitID) string { return p.chart.Name(id).Zh }
	yes := map[bool]string{true: "是", false: "否"}
	var out []Change
	for _, c := range []Change{
		{roster.Name, a.Name, b.Name}, {roster.Sex, a.Sex, b.Sex}, {roster.Birth, a.Birth.String(), b.Birth.String()},
		{roster.Department, name(a.Department), name(b.Department)}, {roster.Team, name(a.Group), name(b.Group)}, {roster.Post, a.Post, b.Post},
		{roster.Employment, a.Employment, b.Employment}, {roster.Joined, a.joinedOn(), b.joinedOn()}, {roster.Member, yes[a.IsMember], yes[b.IsMember]},
		{roster.Phone, a.Phone, b.Phone}, {roster.Household, a.Household, b.Household}, {roster.Note, a.Note, b.Note},
	} {
		if c.Old != c.New {
			if c.Field == roster.Phone {
				c.Old, c.New = vault.MaskPhone(c.Old), vault.MaskPhone(c.New)
			}
			out = append(out, c)
		}
	}
	if a.IDBlind != b.IDBlind {
		out = append(out, Change{roster.ID, a.IDMask, b.IDMask})
	}
	if string(a.WageSealed) != string(b.WageSealed) {
		out = append(out, Change{roster.Wage, "", "***"})
	}
	for _, l := range x.labels {
		c := Change{Field: map[string]roster.Field{"model-worker": roster.ModelWorker, "special-trade": roster.Special, "site-worker": roster.Site}[l.Key], New: l.Detail}
		for _, o := range x.before {
			if o.Key == l.Key {
				c.Old = o.Detail
			}
		}
		out = append(out, c)
	}
	return out
}
