package dutyweb

import (
	"cmp"
	"errors"
	"slices"
	"strconv"

	"xiaojia/catalogue"

	"xiaojia/internal/engine/duty"
	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/web"
	"xiaojia/internal/register/org"
)

// reader reads the fields of an own duty and gathers what is no number and no day.
type reader struct {
	f     *web.Form
	wrong kernel.Problems
}

// readOwn reads what an officer typed; fields that the chosen rhythm, form or target has no use for are left out.
func readOwn(c *web.Ctx, f *web.Form) (duty.OwnDuty, error) {
	r := reader{f: f}
	o := duty.OwnDuty{Unit: org.UnitID(c.Actor.Scope(duty.ManageDuties).ID), Name: kernel.Words{Zh: f.Text("name"), En: f.Text("name_en")},
		What: kernel.Words{Zh: f.Text("what"), En: f.Text("what_en")}, Measure: catalogue.Measure(f.Text("measure")), Rhythm: r.rhythm()}
	for _, w := range f.List("who") {
		o.Who = append(o.Who, authz.Office(w))
	}
	r.targets(&o)
	on, err := f.Date("on")
	o.Adopted = on
	r.take(err)
	if !on.IsZero() && on.Before(c.Today()) {
		r.wrong.Add("on", "从今天或以后的一天起")
	}
	if f.Is("form", string(catalogue.Patrol)) {
		if o.Card = f.Text("card"); o.Card == "" {
			r.wrong.Add("card", "请选检查表")
		}
	}
	return o, r.wrong.Err()
}

// leadUsual is how many days before a holiday its work opens, where nothing else is said.
const leadUsual = 10

// fillOwn is the form of a duty as it stands; a change holds from today on.
func fillOwn(d duty.Duty, today kernel.Date) *web.Form {
	r := d.Rhythm
	f := web.NewForm("name", d.Name.Zh, "name_en", d.Name.En, "what", d.What.Zh, "what_en", d.What.En, "measure", string(d.Measure), "kind", string(r.Kind), "on", today.String(),
		"weekday", itoa(r.Weekday), "before_end", itoa(r.BeforeEnd), "workdays", itoa(r.Workdays), "lead", itoa(cmp.Or(r.Lead, leadUsual)), "targets", string(d.Targets.Kind),
		"place", string(d.Place), "form", string(d.Form), "card", d.Card, "version", itoa(d.Version))
	if r.Month > 0 {
		for name, n := range map[string]int{"month": r.Month, "day": r.Day, "end_month": r.EndMonth, "end_day": r.EndDay} {
			f.Values.Set(name, itoa(n))
		}
	}
	for _, m := range r.Months {
		f.Values.Add("months", itoa(m))
	}
	f.Values["festivals"] = r.Festivals
	switch {
	case d.Place != "":
		f.Values.Set("targets", onePlace)
	case d.Targets.Kind == catalogue.EachPlace:
		f.Values["kinds"] = d.Targets.Values
	default:
		f.Values["groups"] = d.Targets.Values
	}
	for _, w := range d.Who {
		f.Values.Add("who", string(w))
	}
	return f
}

func (r *reader) take(err error) {
	var e *kernel.Error
	if errors.As(err, &e) {
		r.wrong = append(r.wrong, e)
	}
}

func (r *reader) number(name string) int {
	n, err := r.f.Int(name)
	r.take(err)
	return n
}

func (r *reader) rhythm() catalogue.Rhythm {
	out := catalogue.Rhythm{Kind: catalogue.RhythmKind(r.f.Text("kind"))}
	switch out.Kind {
	case catalogue.Weekly:
		out.Weekday = r.number("weekday")
	case catalogue.Monthly, catalogue.Quarterly:
		out.BeforeEnd = r.number("before_end")
	case catalogue.InMonths:
		out.BeforeEnd = r.number("before_end")
		for _, m := range r.f.List("months") {
			n, err := strconv.Atoi(m)
			if err != nil {
				r.wrong.Add("months", "请按先后选 1 月到 12 月中的月份")
				break
			}
			out.Months = append(out.Months, n)
		}
		slices.Sort(out.Months)
	case catalogue.Yearly, catalogue.Season:
		out.Month, out.Day, out.EndMonth, out.EndDay = r.number("month"), r.number("day"), r.number("end_month"), r.number("end_day")
	case catalogue.BeforeFestival, catalogue.BeforeBlock:
		if out.Kind == catalogue.BeforeFestival {
			out.Festivals = r.f.List("festivals")
		}
		out.Workdays, out.Lead = r.number("workdays"), r.number("lead")
	}
	return out
}

func (r *reader) targets(o *duty.OwnDuty) {
	switch kind := r.f.Text("targets"); kind {
	case onePlace:
		if o.Place = org.PlaceID(r.f.Text("place")); o.Place == "" {
			r.wrong.Add("place", "请选是哪个场所")
		}
	case string(catalogue.EachPlace):
		o.Targets = catalogue.Selector{Kind: catalogue.EachPlace, Values: r.f.List("kinds")}
	case string(catalogue.EachPerson), string(catalogue.EachFamily):
		o.Targets = catalogue.Selector{Kind: catalogue.TargetKind(kind), Values: r.f.List("groups")}
	default:
		o.Targets = catalogue.Selector{Kind: catalogue.TargetKind(kind)}
	}
}
