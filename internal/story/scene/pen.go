package scene

import (
	"bytes"
	"image"
	"image/draw"
	"math"
	"math/rand/v2"

	"golang.org/x/image/vector"
)

// The canvas, and the room around it that a shifted view may show.
const (
	width, height = 960, 720
	margin        = 70
)

type pt struct{ x, y float64 }

// pen draws on one canvas. Shapes are given in canvas units and pass through its view: a small zoom and shift.
type pen struct {
	m            *image.RGBA
	zoom, dx, dy float64
	rng          *rand.Rand
	ras          vector.Rasterizer
	mask         image.Alpha
	full         []uint8 // a row that covers all
}

func newPen(rng *rand.Rand) *pen {
	p := &pen{m: image.NewRGBA(image.Rect(0, 0, width, height)), rng: rng, full: bytes.Repeat([]uint8{255}, width)}
	for i := 3; i < len(p.m.Pix); i += 4 {
		p.m.Pix[i] = 255
	}
	p.zoom = 1.01 + .05*rng.Float64()
	p.dx, p.dy = p.jitter(18), p.jitter(12)
	return p
}

// view carries a point to the pixels.
func (p *pen) view(a pt) pt {
	return pt{(a.x-width/2)*p.zoom + width/2 + p.dx, (a.y-height/2)*p.zoom + height/2 + p.dy}
}

// shapes fills closed outlines in one pass, so that overlaps of one turn do not show.
func (p *pen) shapes(c ink, outlines ...[]pt) {
	lo, hi := pt{math.Inf(1), math.Inf(1)}, pt{math.Inf(-1), math.Inf(-1)}
	for _, o := range outlines {
		for i, a := range o {
			a = p.view(a)
			o[i] = a
			lo = pt{min(lo.x, a.x), min(lo.y, a.y)}
			hi = pt{max(hi.x, a.x), max(hi.y, a.y)}
		}
	}
	box := image.Rect(int(math.Floor(lo.x)), int(math.Floor(lo.y)), int(math.Ceil(hi.x)), int(math.Ceil(hi.y)))
	seen := box.Intersect(p.m.Rect)
	if seen.Empty() {
		return
	}
	p.ras.Reset(seen.Dx(), seen.Dy())
	for _, o := range outlines {
		for i, a := range o {
			x, y := float32(a.x-float64(seen.Min.X)), float32(a.y-float64(seen.Min.Y))
			if i == 0 {
				p.ras.MoveTo(x, y)
			} else {
				p.ras.LineTo(x, y)
			}
		}
		p.ras.ClosePath()
	}
	p.blend(c, lo.y, hi.y, seen)
}

// blend lays the ink through the mask of the rasterizer; its colour runs from top to low over the shape's height.
func (p *pen) blend(c ink, top, low float64, seen image.Rectangle) {
	n := seen.Dx() * seen.Dy()
	if cap(p.mask.Pix) < n {
		p.mask.Pix = make([]uint8, n)
	}
	p.mask = image.Alpha{Pix: p.mask.Pix[:n], Stride: seen.Dx(), Rect: image.Rect(0, 0, seen.Dx(), seen.Dy())}
	p.ras.DrawOp = draw.Src // overwrites the mask, which is cheaper than to clear it and lay over
	p.ras.Draw(&p.mask, p.mask.Rect, image.Opaque, image.Point{})
	p.rows(c, top, low, seen, func(y int) []uint8 { return p.mask.Pix[y*p.mask.Stride:][:seen.Dx()] })
}

// rows blends row by row, each through its own mask.
func (p *pen) rows(c ink, top, low float64, seen image.Rectangle, mask func(y int) []uint8) {
	a, b, alpha := c.run()
	for y := range seen.Dy() {
		col := a
		if a != b {
			col = a.mix(b, (float64(seen.Min.Y+y)-top)/max(1, low-top))
		}
		blendRow(p.m.Pix[p.m.PixOffset(seen.Min.X, seen.Min.Y+y):], mask(y), col, alpha)
	}
}

func blendRow(row, mask []uint8, col hue, alpha uint32) {
	r, g, b := col.parts()
	for x, k := range mask {
		if k == 0 {
			continue
		}
		px := row[x*4 : x*4+4 : x*4+4]
		if k == 255 && alpha == 255 {
			px[0], px[1], px[2] = uint8(r), uint8(g), uint8(b)
			continue
		}
		w := uint32(k) * alpha / 255
		v := 255 - w
		px[0] = uint8((r*w + uint32(px[0])*v + 127) / 255)
		px[1] = uint8((g*w + uint32(px[1])*v + 127) / 255)
		px[2] = uint8((b*w + uint32(px[2])*v + 127) / 255)
	}
}

// fill takes the outline as x, y, x, y …
func (p *pen) fill(c ink, xy ...float64) { p.shapes(c, points(xy)) }

func points(xy []float64) []pt {
	out := make([]pt, len(xy)/2)
	for i := range out {
		out[i] = pt{xy[2*i], xy[2*i+1]}
	}
	return out
}

// rect needs no rasterizer where it is large: its edges then lie on whole pixels.
func (p *pen) rect(c ink, x, y, w, h float64) {
	if w < 40 || h < 40 {
		p.fill(c, x, y, x+w, y, x+w, y+h, x, y+h)
		return
	}
	lo, hi := p.view(pt{x, y}), p.view(pt{x + w, y + h})
	seen := image.Rect(int(math.Round(lo.x)), int(math.Round(lo.y)), int(math.Round(hi.x)), int(math.Round(hi.y))).Intersect(p.m.Rect)
	full := p.full[:seen.Dx()]
	p.rows(c, lo.y, hi.y, seen, func(int) []uint8 { return full })
}

// round is a rectangle with round corners.
func (p *pen) round(c ink, x, y, w, h, r float64) {
	r = min(r, w/2, h/2)
	var o []pt
	for i, at := range []pt{{x + w - r, y + r}, {x + w - r, y + h - r}, {x + r, y + h - r}, {x + r, y + r}} {
		for s := range 7 {
			sin, cos := math.Sincos(math.Pi / 2 * (float64(i-1) + float64(s)/6))
			o = append(o, pt{at.x + r*cos, at.y + r*sin})
		}
	}
	p.shapes(c, o)
}

func (p *pen) oval(c ink, cx, cy, rx, ry float64) { p.shapes(c, arc(cx, cy, rx, ry, 0, 2*math.Pi)) }

// pie is the part of an oval between two angles, closed by its chord; 0 points right and angles run clockwise.
func (p *pen) pie(c ink, cx, cy, rx, ry, from, to float64) {
	p.shapes(c, arc(cx, cy, rx, ry, from, to))
}

func arc(cx, cy, rx, ry, from, to float64) []pt {
	n := 12 + int(math.Sqrt(rx+ry)*1.6)
	out := make([]pt, n)
	for i := range out {
		sin, cos := math.Sincos(from + (to-from)*float64(i)/float64(n-1))
		out[i] = pt{cx + rx*cos, cy + ry*sin}
	}
	return out
}

// line is a thick line with round ends and joints through the points x, y, x, y …
func (p *pen) line(c ink, w float64, xy ...float64) { p.stroke(c, w, points(xy)) }

func (p *pen) stroke(c ink, w float64, through []pt) {
	var o [][]pt
	for i, a := range through {
		o = append(o, arc(a.x, a.y, w/2, w/2, 0, 2*math.Pi))
		if i == 0 {
			continue
		}
		b := through[i-1]
		n := math.Hypot(a.x-b.x, a.y-b.y)
		if n == 0 {
			continue
		}
		nx, ny := -(a.y-b.y)/n*w/2, (a.x-b.x)/n*w/2
		// The turn of the joints' circles: two opposite turns would cut each other out.
		o = append(o, []pt{{b.x - nx, b.y - ny}, {a.x - nx, a.y - ny}, {a.x + nx, a.y + ny}, {b.x + nx, b.y + ny}})
	}
	p.shapes(c, o...)
}

// hang is a line that sags between two points: a cable, a rope, a banner's edge.
func (p *pen) hang(c ink, w, x0, y0, x1, y1, sag float64) {
	out := make([]pt, 15)
	for i := range out {
		t := float64(i) / 14
		out[i] = pt{x0 + (x1-x0)*t, y0 + (y1-y0)*t + 4*sag*t*(1-t)}
	}
	p.stroke(c, w, out)
}

// ring is the line of an oval.
func (p *pen) ring(c ink, w, cx, cy, rx, ry float64) {
	p.stroke(c, w, arc(cx, cy, rx, ry, 0, 2*math.Pi))
}

// shadow lies soft under a thing; it is what keeps flat shapes on the floor.
func (p *pen) shadow(cx, cy, rx, ry float64) {
	for i := range 4 {
		k := 1.12 - float64(i)*.14
		p.oval(glass(night, 22), cx, cy, rx*k, ry*k)
	}
}

// jitter is a small shift that differs from picture to picture.
func (p *pen) jitter(n float64) float64 { return (p.rng.Float64()*2 - 1) * n }
