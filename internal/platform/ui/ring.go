package ui

import (
	"fmt"
	"math"
	"slices"
	"sync"

	"xiaojia/internal/kernel"
)

// CellState is what a week of a measure shows: the worst of its rounds.
type CellState string

const (
	CellNone    CellState = "none"
	CellLater   CellState = "later"
	CellDue     CellState = "due"
	CellDone    CellState = "done"
	CellLate    CellState = "late"
	CellExcused CellState = "excused"
)

// Ring is the year ring (四季年轮): one band a measure, one cell an ISO week, January at the top, clockwise.
type Ring struct {
	Year    int
	Today   kernel.Date
	Bands   []RingBand
	Days    []RingDay
	Seasons []RingSeason
	Centre  []RingFigure
	Caption string // under the year, e.g. 甲辰年 · 第 51 周
	Small   bool   // without names of days and links: one picture for the phone
}

// RingBand is one measure.
type RingBand struct {
	Hue, Name string
	Cells     []RingCell
}

// RingCell is one week; Label is read aloud and shown as a tip.
type RingCell struct {
	State CellState
	Href  string
	Label string
	Now   bool
}

// RingDay is a festival on the rim.
type RingDay struct {
	On      kernel.Date
	Name    string
	Holiday bool
}

// RingSeason is a programme of the year, an arc outside the bands.
type RingSeason struct {
	From, To  kernel.Date
	Name, Hue string
}

// RingFigure is a line in the centre.
type RingFigure struct{ Hue, Name, Value, Href string }

// Radii of the parts, in units of the picture.
const (
	ringR      = 300.0
	rMonth     = ringR - 42
	rSeason    = ringR - 62
	bandOuter  = ringR - 76
	bandWidth  = 28.0
	bandGap    = 4.0
	ringMargin = 26.0
)

type point struct{ x, y float64 }

func polar(r, a float64) point { return point{r * math.Sin(a), -r * math.Cos(a)} }

func (p point) String() string { return fmt.Sprintf("%.2f %.2f", p.x, p.y) }

// angle of a day: its share of the year.
func (r Ring) angle(d kernel.Date) float64 {
	first := kernel.NewDate(r.Year, 1, 1)
	total := kernel.NewDate(r.Year+1, 1, 1).Sub(first)
	return float64(min(max(d.Sub(first), 0), total)) / float64(total) * 2 * math.Pi
}

// RingWeeks are the Mondays of the ISO weeks whose Thursday lies in the year.
func RingWeeks(year int) []kernel.Date {
	var out []kernel.Date
	for m := kernel.NewDate(year, 1, 4).Monday(); m.Add(3).Year() == year; m = m.Add(7) {
		out = append(out, m)
	}
	return out
}

func sector(r0, r1, a0, a1 float64) string {
	big := 0
	if a1-a0 > math.Pi {
		big = 1
	}
	return fmt.Sprintf("M%vA%.0f %.0f 0 %d 1 %vL%vA%.0f %.0f 0 %d 0 %vZ", polar(r1, a0), r1, r1, big, polar(r1, a1), polar(r0, a1), r0, r0, big, polar(r0, a0))
}

// arc is the line that a text runs along; low ones run backwards, so that no word stands on its head.
func arc(r, a0, a1 float64, back bool) string {
	big, sweep := 0, 1
	if a1-a0 > math.Pi {
		big = 1
	}
	if back {
		a0, a1, sweep = a1, a0, 0
	}
	return fmt.Sprintf("M%vA%.1f %.1f 0 %d %d %v", polar(r, a0), r, r, big, sweep, polar(r, a1))
}

type ringMonth struct {
	id, tick, path string
	n              int
}

func (r Ring) months() []ringMonth {
	out := make([]ringMonth, 12)
	for m := 1; m <= 12; m++ {
		a0, a1 := r.angle(kernel.NewDate(r.Year, 1, 1).AddMonths(m-1)), r.angle(kernel.NewDate(r.Year, 1, 1).AddMonths(m))
		low := math.Cos((a0+a1)/2) < -.01
		at := rMonth - 4.5
		if low {
			at = rMonth + 4.5
		}
		out[m-1] = ringMonth{id: fmt.Sprintf("ring-m%d", m), n: m, tick: fmt.Sprintf("M%vL%v", polar(rMonth+11, a0), polar(rMonth-9, a0)), path: arc(at, a0, a1, low)}
	}
	return out
}

type ringArc struct {
	id, shape, path, name, hue string
	named                      bool
}

// arcs cuts a programme that runs over New Year in two.
func (r Ring) arcs() []ringArc {
	var out []ringArc
	for i, s := range r.Seasons {
		a0, a1 := r.angle(s.From), r.angle(s.To.Add(1))
		spans := [][2]float64{{a0, a1}}
		if a1 < a0 {
			spans = [][2]float64{{a0, 2 * math.Pi}, {0, a1}}
		}
		for k, w := range spans {
			low := math.Cos((w[0]+w[1])/2) < -.01
			at := rSeason - 4
			if low {
				at = rSeason + 4
			}
			out = append(out, ringArc{id: fmt.Sprintf("ring-s%d-%d", i, k), hue: s.Hue, name: s.Name, named: w[1]-w[0] > .09*float64(len([]rune(s.Name))-1),
				shape: sector(rSeason-8, rSeason+8, w[0]+.006, w[1]-.006), path: arc(at, w[0], w[1], low)})
		}
	}
	return out
}

type ringSpot struct {
	dot, text point
	anchor    string
	RingDay
}

func (r Ring) spots() []ringSpot {
	out := make([]ringSpot, len(r.Days))
	for i, d := range r.Days {
		a := r.angle(d.On)
		s := ringSpot{RingDay: d, dot: polar(rMonth+17, a), text: polar(rMonth+23, a), anchor: "start"}
		switch {
		case math.Abs(math.Sin(a)) < .25:
			s.anchor = "middle"
		case math.Sin(a) < 0:
			s.anchor = "end"
		}
		switch {
		case math.Cos(a) > .6:
			s.text.y -= 2
		case math.Cos(a) < -.6:
			s.text.y += 11
		default:
			s.text.y += 4
		}
		out[i] = s
	}
	return out
}

type ringShape struct {
	RingCell
	path string
	mid  point
	week int
}

func (r Ring) cells(band int) []ringShape {
	out := slices.Clone(r.outlines(band))
	out = out[:min(len(out), len(r.Bands[band].Cells))]
	for k := range out {
		out[k].RingCell = r.Bands[band].Cells[k]
	}
	return out
}

// drawn are the outlines of each year's bands: they are the same for everybody, and there are as many as years are looked at.
var drawn sync.Map

func (r Ring) outlines(band int) []ringShape {
	key := [2]int{r.Year, band}
	if had, ok := drawn.Load(key); ok {
		return had.([]ringShape)
	}
	weeks := RingWeeks(r.Year)
	r1 := bandOuter - float64(band)*(bandWidth+bandGap)
	r0, pad := r1-bandWidth, .9/r1*1.2
	out := make([]ringShape, 0, len(weeks))
	for k, w := range weeks {
		a0, a1 := r.angle(w)+pad, r.angle(w.Add(7))-pad
		out = append(out, ringShape{path: sector(r0, r1, a0, a1), mid: polar((r0+r1)/2, (a0+a1)/2), week: k + 1})
	}
	drawn.Store(key, out)
	return out
}

// inner is the radius of the free disc in the middle.
func (r Ring) inner() float64 {
	n := float64(len(r.Bands))
	return bandOuter - n*bandWidth - (n-1)*bandGap - 6
}

func (r Ring) now() (from, to point) {
	a := r.angle(r.Today)
	return polar(r.inner(), a), polar(bandOuter+5, a)
}

func (r Ring) viewBox() string {
	w := ringR
	if !r.Small {
		w += ringMargin
	}
	return fmt.Sprintf("%.0f %.0f %.0f %.0f", -w, -ringR, 2*w, 2*ringR)
}

func f2(f float64) string { return fmt.Sprintf("%.2f", f) }
