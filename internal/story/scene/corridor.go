package scene

// hall is the dormitory corridor in one-point perspective. along gives a point at depth t (0 near, 1 far),
// side s (-1 left wall, 1 right wall) and height v (0 floor, 1 ceiling).
func along(t, s, v float64) pt {
	k := 1 / (1 + 3.6*t) // what is farther is smaller
	const cx, cy, hw, up, down = 480, 330, 560, 440, 440
	y := cy + down*k
	if v > 0 {
		y = cy + down*k - v*(up+down)*k
	}
	return pt{cx + s*hw*k, y}
}

func (p *pen) panel(c ink, s, t0, t1, v0, v1 float64) {
	p.shapes(c, []pt{along(t0, s, v0), along(t1, s, v0), along(t1, s, v1), along(t0, s, v1)})
}

// slab lies on the floor (v 0) or the ceiling (v 1).
func (p *pen) slab(c ink, t0, t1, s0, s1, v float64) {
	p.shapes(c, []pt{along(t0, s0, v), along(t0, s1, v), along(t1, s1, v), along(t1, s0, v)})
}

// corridor is clear: doors to both sides, a window and the lit exit sign at its end.
func (p *pen) corridor() {
	p.rect(cream, -margin, -margin, width+2*margin, height+2*margin)
	const near = -.06
	p.slab(fade(0xf4efe4, 0xdcd3c3), near, 1, -1, 1, 1)
	p.slab(fade(0xa9997f, 0xcdbfa6), near, 1, -1, 1, 0)
	for _, s := range []float64{-1, 1} {
		p.panel(fade(0xf3ead9, 0xe0d4bf), s, near, 1, .36, 1)
		p.panel(fade(0x9dbba8, 0x86a893), s, near, 1, .05, .36)
		p.panel(hue(0x6c7f73), s, near, 1, 0, .05)
	}
	for i := range 6 {
		t := float64(i)*.17 + .03
		p.slab(glass(0x8d7c62, 60), t, t+.006, -1, 1, 0)
	}
	for _, t := range []float64{.04, .3, .56} {
		for _, s := range []float64{-1, 1} {
			p.door(s, t, t+.14)
		}
		p.slab(paper, t+.02, t+.1, -.12, .12, 1)
		p.slab(glass(paper, 60), t, t+.16, -.34, .34, 0)
	}
	a, b := along(1, -1, 1), along(1, 1, 0)
	p.rect(fade(0xefe6d6, 0xd8ccb6), a.x, a.y, b.x-a.x, b.y-a.y)
	p.rect(fade(0xc3dcea, 0xf4f3e4), a.x+58, a.y+52, b.x-a.x-116, 74)
	p.rect(paper, 477, a.y+52, 6, 74)
	p.round(green, 440, a.y+14, 80, 26, 4)
	p.line(paper, 4, 456, a.y+27, 486, a.y+27)
	p.fill(paper, 486, a.y+19, 500, a.y+27, 486, a.y+35)
	p.slab(glass(paper, 70), .5, 1, -.3, .3, 0)
}

func (p *pen) door(s, t0, t1 float64) {
	p.panel(hue(0x7c5f42), s, t0-.012, t1+.012, 0, .72)
	p.panel(fade(0xb98f62, 0xa27a50), s, t0, t1, 0, .7)
	p.panel(glass(0xdcebf0, 210), s, t0+.03, t1-.03, .48, .62)
	k := along(t0+.025, s, .33)
	p.oval(amber, k.x, k.y, 6, 6)
	n := along((t0+t1)/2, s*.995, .79)
	p.round(blue, n.x-11, n.y-8, 22, 16, 3)
}

// corridorBlocked has what people put before their doors.
func (p *pen) corridorBlocked() {
	p.corridor()
	p.shadow(330, 560, 190, 22)
	p.box(190, 560, 150, 120)
	p.box(204, 440, 124, 96)
	p.box(338, 556, 110, 84)
	p.box(212, 344, 92, 66)
	p.shadow(640, 596, 180, 22)
	p.chair(560, 596)
	p.line(soft(stone), 9, 712, 600, 760, 330)
	p.line(soft(stone), 9, 830, 604, 744, 330)
	p.line(soft(stone), 9, 690, 352, 860, 352)
	p.shirt(700, 352, skyway)
	p.shirt(790, 352, coral)
	p.fill(soft(plum), 470, 612, 500, 540, 548, 548, 566, 612)
	p.line(plum.darker(.2), 7, 504, 546, 520, 520, 540, 548)
}

func (p *pen) chair(x, y float64) {
	p.line(bark, 11, x, y, x, y-200)
	p.line(bark, 11, x+96, y-6, x+92, y-110)
	p.line(bark, 10, x+34, y+8, x+30, y-100)
	p.fill(soft(wood), x-10, y-112, x+90, y-112, x+106, y-92, x+4, y-92)
	p.round(soft(wood), x-10, y-206, 18, 90, 6)
}

func (p *pen) shirt(x, y float64, h hue) {
	p.fill(soft(h), x, y, x+24, y+10, x+48, y, x+76, y+34, x+58, y+52, x+54, y+128, x-6, y+128, x-10, y+52, x-28, y+34)
}

// corridorBike is an e-bike on a cable from a door's socket.
func (p *pen) corridorBike() {
	p.corridor()
	p.shadow(470, 636, 300, 26)
	for _, x := range []float64{270, 668} {
		p.oval(night, x, 560, 84, 84)
		p.oval(hue(0x8b928d), x, 560, 58, 58)
		p.oval(hue(0xaeb6b0), x, 560, 44, 44)
		p.oval(slate, x, 560, 14, 14)
	}
	p.line(night, 18, 276, 558, 356, 360)
	p.fill(soft(red), 330, 400, 392, 396, 432, 530, 590, 520, 628, 440, 720, 448, 742, 500, 652, 566, 560, 590, 420, 590, 372, 540)
	p.fill(glass(paper, 60), 344, 406, 372, 404, 412, 536, 392, 536)
	p.round(hue(0x33302c), 430, 520, 140, 22, 8)
	p.round(fade(0x3b3631, 0x211e1b), 556, 398, 190, 46, 22)
	p.line(night, 13, 352, 362, 312, 324)
	p.line(slate, 16, 318, 330, 290, 334)
	p.oval(hue(0xfff0c2), 336, 404, 20, 24)
	p.pie(soft(red.darker(.1)), 270, 546, 98, 92, 3.4, 5.9)
	p.round(paper, 742, 470, 26, 16, 4)
	p.hang(hue(0x1c1a18), 8, 556, 534, 884, 430, 110)
	p.round(soft(0x45413c), 540, 516, 34, 30, 6)
	p.round(paper, 862, 396, 48, 50, 6)
	p.round(night, 874, 412, 26, 26, 5)
	p.fill(amber, outline(604, 480, 40, .1, -.5, -.3, .1, -.02, .1, -.12, .55, .3, -.08, .04, -.08)...)
}
