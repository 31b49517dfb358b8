package roster

import "xiaojia/internal/kernel"

// joinedOn cannot be confirmed by anything: a day that is not whole is reported, and kept as far as it goes.
func (r *reader) joinedOn(l *line, row *Row) {
	c, ok := r.column(Joined)
	x := r.cell(l, Joined)
	if !ok || nothing(text(x)) {
		return
	}
	w := r.book.readDate(x)
	row.Joined = w.settle(ago(r.opt.Today, 60), r.opt.Today)
	if !row.Joined.IsZero() {
		return
	}
	row.reportDate(c, w, text(x))
	if row.JoinedPart = w.part(r.opt.Today); row.JoinedPart != "" {
		row.Problems[len(row.Problems)-1].Part = true
	}
}

// birth comes from the sheet. A checked ID number completes a day of which the sheet has a part, and contradicts
// one that differs; then a person decides.
func (r *reader) birth(l *line, row *Row) {
	c, ok := r.column(Birth)
	x := r.cell(l, Birth)
	byNumber := row.IDNumber.Birth()
	if !ok || nothing(text(x)) {
		row.Birth = byNumber
		if ok && byNumber.IsZero() {
			row.report(c, Missing, absent)
		}
		return
	}
	w := r.book.readDate(x)
	d := w.settle(ago(r.opt.Today, 100), ago(r.opt.Today, 16))
	switch {
	case byNumber.IsZero() && d.IsZero():
		row.reportDate(c, w, text(x))
	case byNumber.IsZero():
		row.bornOn(c, d, r.opt.Today)
	case w.agrees(byNumber):
		row.Birth = byNumber
	case d.IsZero() && w.month[0] == 0 && !w.two:
		row.reportDate(c, w, text(x))
	default:
		row.report(c, BadDate, "和身份证号里的出生日期不一致，请核对")
	}
}

func (r *Row) bornOn(c Column, d, today kernel.Date) {
	if !today.IsZero() && d.After(today) {
		r.report(c, BadDate, "“%s”还没有到，不会是出生日期", d)
		return
	}
	r.Birth = d
}

func (r *Row) reportDate(c Column, w written, text string) {
	switch {
	case w.two:
		r.report(c, BadDate, "写的是“%s”，年份只有两位，定不下来，请写四位年份", shorten(text))
	case w.month[1] != 0:
		r.report(c, BadDate, "只写到月（%d 年 %d 月），没有日，请补上日", w.month[0], w.month[1])
	case w.month[0] != 0:
		r.report(c, BadDate, "只写了年份（%d 年），请补上月和日", w.month[0])
	default:
		r.report(c, BadDate, "写的是“%s”，读不出是哪一天，请写成 2012-06-26 的样子", shorten(text))
	}
}

// ago is the same day years before; no day stays no day.
func ago(d kernel.Date, years int) kernel.Date {
	if d.IsZero() {
		return d
	}
	return d.AddMonths(-12 * years)
}
