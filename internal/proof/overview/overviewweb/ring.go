package overviewweb

import (
	"fmt"
	"slices"
	"strings"

	"xiaojia/catalogue"
	"xiaojia/internal/engine/duty"
	"xiaojia/internal/kernel"
	"xiaojia/internal/kernel/calendar"
	"xiaojia/internal/platform/i18n"
	"xiaojia/internal/platform/ui"
	"xiaojia/internal/register/org"
)

var cellStates = map[duty.Cell]ui.CellState{duty.CellNone: ui.CellNone, duty.CellExcused: ui.CellExcused, duty.CellDone: ui.CellDone,
	duty.CellLater: ui.CellLater, duty.CellDue: ui.CellDue, duty.CellLate: ui.CellLate}

var cellWords = map[duty.Cell]string{duty.CellNone: "没有安排", duty.CellExcused: "有理由免", duty.CellDone: "已完成", duty.CellLater: "未到期", duty.CellDue: "本周到期", duty.CellLate: "超期"}

// pictured is the ring of a branch's year from its rounds; programmes that reach over New Year are asked for apart.
func (h *Pages) pictured(p *ui.Page, unit org.UnitID, rows []duty.RoundRow, year int) (ui.Ring, error) {
	over, err := h.Rounds.Crossing(p.C.R.Context(), p.C.Actor.Scope(duty.SeeDuties), unit, year)
	if err != nil {
		return ui.Ring{}, err
	}
	r := ring(p, rows, year)
	r.Seasons = seasons(p, slices.Concat(rows, over), year)
	return r, nil
}

// ring is the picture of a branch's year: four bands, the festivals on the rim, the long programmes as arcs.
func ring(p *ui.Page, rows []duty.RoundRow, year int) ui.Ring {
	today := p.C.Today()
	r := ui.Ring{Year: year, Today: today, Caption: caption(p, today)}
	bands := duty.Ring(rows, year, today)
	bands = slices.DeleteFunc(bands, func(b duty.Band) bool { return b.Measure == catalogue.Proof })
	totals := duty.Totals(rows, year, today)
	for _, b := range bands {
		name := p.T(measureNames[b.Measure])
		band := ui.RingBand{Hue: string(b.Measure), Name: name}
		for _, wk := range b.Weeks {
			band.Cells = append(band.Cells, ui.RingCell{State: cellStates[wk.State], Now: wk.Monday == today.Monday(),
				Href:  fmt.Sprintf("/year?year=%d&measure=%s&week=%d", year, b.Measure, wk.N),
				Label: p.T("%s 第 %d 周（%s 起）：%s，%d 轮", name, wk.N, wk.Monday, p.T(cellWords[wk.State]), len(wk.Rounds))})
		}
		r.Bands = append(r.Bands, band)
		if t := totals[b.Measure]; t.Due > 0 {
			r.Centre = append(r.Centre, ui.RingFigure{Hue: string(b.Measure), Name: name, Value: share(t.Done, t.Due)})
		}
	}
	r.Days = festivals(p, year)
	return r
}

// share rounds down, so that 100 % means all.
func share(n, of int) string {
	t := n * 1000 / of
	if t == 1000 {
		return "100%"
	}
	return fmt.Sprintf("%d.%d%%", t/10, t%10)
}

func caption(p *ui.Page, today kernel.Date) string {
	_, week := today.ISOWeek()
	if p.P.Lang == i18n.En {
		return p.T("第 %d 周", week)
	}
	return calendar.ToLunar(today).YearName() + " · " + p.T("第 %d 周", week)
}

func festivals(p *ui.Page, year int) []ui.RingDay {
	var out []ui.RingDay
	for _, f := range calendar.Festivals() {
		if !f.Statutory && f.Key != "lantern" && f.Key != "chongyang" && (f.Key != "dongzhi" || p.P.Lang == i18n.En) {
			continue
		}
		if on, ok := f.Day(year); ok {
			out = append(out, ui.RingDay{On: on, Name: short(p.W(f.Name)), Holiday: f.Statutory})
		}
	}
	return out
}

// short leaves out what the rim has no room for: Mid-Autumn Festival is Mid-Autumn there.
func short(name string) string {
	for _, tail := range []string{" Festival", "'s Day", " Day"} {
		name = strings.TrimSuffix(name, tail)
	}
	return name
}

// seasons are rounds that last long: programmes of the year, one arc each.
func seasons(p *ui.Page, rows []duty.RoundRow, year int) []ui.RingSeason {
	var out []ui.RingSeason
	for _, r := range rows {
		if r.Mechanism != "W6" && r.Mechanism != "S2" && r.Mechanism != "S4" {
			continue
		}
		if days := r.Due.Sub(r.Opens); days < 20 || r.Due.Year() != year && r.Opens.Year() != year {
			continue
		}
		out = append(out, ui.RingSeason{From: r.Opens, To: r.Due, Name: p.W(r.Name), Hue: string(r.Measure)})
	}
	return out
}
