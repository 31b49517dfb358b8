package scene

import "math"

// look is what a person wears; pose is how he stands, hands from the shoulders and feet from the middle, in body heights.
type look struct {
	shirt, trousers, hair, skin hue
	helmet                      hue  // 0 = none
	grey, long                  bool // of the hair
}

type pose struct{ lh, rh, lf, rf pt }

// Poses that many scenes share.
func standing() pose {
	return pose{lh: pt{-.05, .3}, rh: pt{.05, .3}, lf: pt{-.06, 0}, rf: pt{.06, 0}}
}

func reaching(lx, ly, rx, ry float64) pose {
	return pose{lh: pt{lx, ly}, rh: pt{rx, ry}, lf: pt{-.07, 0}, rf: pt{.07, 0}}
}

// worker is somebody in the clothes of the works: grey-blue jacket, safety helmet.
func (p *pen) worker(helmet hue) look {
	l := p.someone()
	l.shirt, l.trousers, l.helmet = 0x5b7a94, 0x3f5266, helmet
	return l
}

// someone is a person in everyday clothes, another one each time.
func (p *pen) someone() look {
	shirts := [...]hue{0x5b7a94, 0xc77f5a, 0x7d9a86, 0xb9a27c, 0x8d79a6, 0xb8564c, 0x4f7f8c, 0xd0b26a}
	skins := [...]hue{0xecc6a0, 0xe3b78e, 0xd9a97f}
	hairs := [...]hue{0x2f2824, 0x241f1c, 0x46372d}
	return look{
		shirt: shirts[p.rng.IntN(len(shirts))], trousers: slate, hair: hairs[p.rng.IntN(len(hairs))],
		skin: skins[p.rng.IntN(len(skins))], long: p.rng.IntN(5) < 2,
	}
}

// person stands with the feet at x, y.
func (p *pen) person(x, y, h float64, l look, s pose) {
	p.shadow(x, y, h*.16, h*.03)
	for _, f := range []pt{s.lf, s.rf} {
		side := math.Copysign(.055, f.x)
		p.line(l.trousers, h*.095, x+side*h, y-.46*h, x+(side+f.x)/2*h, y-(.23-f.y/2)*h, x+f.x*h, y-(.045-f.y)*h)
		p.line(night, h*.06, x+f.x*h-h*.01, y-(.025-f.y)*h, x+f.x*h+math.Copysign(.03, f.x)*h, y-(.025-f.y)*h)
	}
	p.upper(x, y-.46*h, h, l, s)
}

// upper is the person above the hip, which lies at x, y.
func (p *pen) upper(x, y, h float64, l look, s pose) {
	if l.long {
		p.round(l.hair.lighter(.05), x-.09*h, y-.5*h, .18*h, .19*h, .06*h)
	}
	p.arm(x-.115*h, y-.31*h, h, -1, s.lh, l)
	p.arm(x+.115*h, y-.31*h, h, 1, s.rh, l)
	p.line(l.skin.darker(.12), h*.06, x, y-.37*h, x, y-.33*h)
	p.fill(soft(l.shirt), outline(x, y, h, -.06, -.36, .06, -.36, .115, -.345, .15, -.29, .125, -.12, .115, .02, -.115, .02, -.125, -.12, -.15, -.29, -.115, -.345)...)
	p.fill(l.skin.darker(.06), outline(x, y, h, -.035, -.362, .035, -.362, 0, -.31)...)
	p.line(glass(night, 40), h*.008, x, y-.3*h, x, y)
	p.head(x, y-.445*h, h*.078, l)
}

func outline(x, y, h float64, xy ...float64) []float64 {
	for i := range xy {
		if i%2 == 0 {
			xy[i] = x + xy[i]*h
		} else {
			xy[i] = y + xy[i]*h
		}
	}
	return xy
}

// arm reaches from the shoulder at x, y to the hand; the elbow gives way outwards.
func (p *pen) arm(x, y, h, side float64, hand pt, l look) {
	ex, ey := x+hand.x*h/2+side*.035*h, y+hand.y*h/2+.03*h
	hx, hy := x+hand.x*h, y+hand.y*h
	p.line(l.shirt.darker(.1), h*.068, x, y, ex, ey, ex+(hx-ex)*.7, ey+(hy-ey)*.7)
	p.line(l.skin, h*.05, ex+(hx-ex)*.78, ey+(hy-ey)*.78, hx, hy)
}

// head is a face with hair or helmet, its middle at x, y.
func (p *pen) head(x, y, r float64, l look) {
	hair := l.hair
	if l.grey {
		hair = fog
	}
	p.oval(hair, x, y-r*.12, r*1.06, r*1.05)
	p.oval(l.skin, x, y+r*.12, r*.9, r*.98)
	p.pie(hair, x, y-r*.1, r*1.0, r*.92, math.Pi, 2*math.Pi)
	p.oval(glass(coral, 70), x-r*.48, y+r*.4, r*.2, r*.14)
	p.oval(glass(coral, 70), x+r*.48, y+r*.4, r*.2, r*.14)
	p.oval(night, x-r*.34, y+r*.14, r*.09, r*.11)
	p.oval(night, x+r*.34, y+r*.14, r*.09, r*.11)
	p.stroke(hue(0x9c5a48), r*.09, arc(x, y+r*.46, r*.24, r*.16, .25, math.Pi-.25))
	if l.helmet != 0 {
		p.pie(soft(l.helmet), x, y-r*.12, r*1.16, r*1.12, math.Pi, 2*math.Pi)
		p.line(l.helmet.darker(.12), r*.2, x-r*1.2, y-r*.12, x+r*1.2, y-r*.12)
		p.line(glass(paper, 110), r*.12, x-r*.35, y-r*.95, x-r*.3, y-r*.4)
	}
}

// back is a listener seen from behind: shoulders and hair, the shoulders' middle at x, y.
func (p *pen) back(x, y, r float64, l look) {
	p.round(soft(l.shirt), x-r*2, y-r*.2, r*4, r*4, r*1.3)
	p.line(l.skin.darker(.1), r*.8, x, y-r*.6, x, y)
	p.oval(l.hair, x, y-r*1.35, r*1.02, r*1.12)
	p.oval(l.skin, x-r*1.02, y-r*1.25, r*.16, r*.26)
	p.oval(l.skin, x+r*1.02, y-r*1.25, r*.16, r*.26)
	if l.long {
		p.round(l.hair, x-r*1.08, y-r*1.5, r*2.16, r*1.75, r*.7)
	}
	p.stroke(glass(paper, 30), r*.14, arc(x, y-r*1.4, r*.66, r*.74, math.Pi*1.1, math.Pi*1.6))
	if l.helmet != 0 {
		p.pie(soft(l.helmet), x, y-r*1.2, r*1.16, r*1.2, math.Pi, 2*math.Pi)
		p.line(l.helmet.darker(.15), r*.2, x-r*1.15, y-r*1.2, x+r*1.15, y-r*1.2)
	}
}
