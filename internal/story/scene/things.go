package scene

// box is a cardboard box standing on y.
func (p *pen) box(x, y, w, h float64) {
	p.round(fade(0xcfa776, 0xb98d5b), x, y-h, w, h, 3)
	p.rect(hue(0xa87d4d), x, y-h, w, h*.1)
	p.rect(glass(0xf0dcb8, 200), x+w*.42, y-h, w*.16, h*.42)
	p.line(glass(night, 60), 3, x+w*.12, y-h*.2, x+w*.36, y-h*.2)
}

// diamond is a danger label: red frame on white, with a sign for its kind (flame, drop or cross).
func (p *pen) diamond(x, y, r float64, flame bool) {
	p.fill(red, x, y-r, x+r, y, x, y+r, x-r, y)
	p.fill(paper, x, y-r*.78, x+r*.78, y, x, y+r*.78, x-r*.78, y)
	if flame {
		p.flame(x, y+r*.36, r*.66, night, night)
		return
	}
	p.line(night, r*.12, x-r*.3, y+r*.24, x+r*.3, y+r*.24)
	p.line(night, r*.14, x-r*.12, y-r*.36, x-r*.06, y)
	p.line(night, r*.14, x+r*.2, y-r*.3, x+r*.1, y)
}

// flame burns upwards from x, y.
func (p *pen) flame(x, y, h float64, outer, inner hue) {
	p.fill(outer, outline(x, y, h, -.3, -.06, -.36, -.3, -.2, -.55, -.16, -.36, -.02, -1, .16, -.62, .22, -.5, .26, -.66, .36, -.3, .28, -.05, 0, .02)...)
	if inner != outer {
		p.fill(inner, outline(x, y, h, -.15, -.04, -.16, -.26, 0, -.56, .14, -.28, .14, -.04)...)
	}
}

// warning is the yellow triangle with a lightning stroke.
func (p *pen) warning(x, y, r float64) {
	p.fill(night, x, y-r, x+r*1.05, y+r*.8, x-r*1.05, y+r*.8)
	p.fill(amber, x, y-r*.78, x+r*.84, y+r*.68, x-r*.84, y+r*.68)
	p.fill(night, outline(x, y, r, .06, -.42, -.26, .2, -.04, .2, -.1, .56, .26, .02, .04, .02)...)
}

// digits shows a number as on a display, its left upper corner at x, y.
func (p *pen) digits(c ink, x, y, h float64, text string) {
	const lit = "1110111 0010010 1011101 1011011 0111010 1101011 1101111 1010010 1111111 1111011"
	w := h * .5
	bars := [7][4]float64{{0, 0, 1, 0}, {0, 0, 0, .5}, {1, 0, 1, .5}, {0, .5, 1, .5}, {0, .5, 0, 1}, {1, .5, 1, 1}, {0, 1, 1, 1}}
	for _, r := range text {
		if r == '.' {
			p.oval(c, x-w*.22, y+h, h*.08, h*.08)
			x += w * .3
			continue
		}
		for i, b := range bars {
			if lit[int(r-'0')*8+i] == '1' {
				p.line(c, h*.11, x+b[0]*w, y+b[1]*h, x+b[2]*w, y+b[3]*h)
			}
		}
		x += w * 1.6
	}
}

// plant is a pot with leaves, standing at x, y.
func (p *pen) plant(x, y, h float64) {
	p.shadow(x, y, h*.22, h*.05)
	for i := range 7 {
		d := (float64(i) - 3) / 3
		tip := pt{x + d*h*.34, y - h*(1-.3*d*d)}
		p.shapes(green.mix(leaf, float64(i%3)/2), []pt{{x, y - h*.3}, {(x+tip.x)/2 - h*.07, (y - h*.3 + tip.y) / 2}, tip, {(x+tip.x)/2 + h*.07, (y - h*.3 + tip.y) / 2}})
	}
	p.fill(soft(0xb5724f), x-h*.17, y-h*.32, x+h*.17, y-h*.32, x+h*.12, y, x-h*.12, y)
}
