package scene

// depot is the chemical store: pale wall, a sealed floor with a yellow line, a grille for the air.
func (p *pen) depot(floor float64) {
	p.room(0xcfd6d6, 0x9db0b6, 0x9fb0a8, floor)
	p.round(stone, 40, 60, 130, 96, 6)
	for i := range 6 {
		p.rect(fog, 50, 72+float64(i)*14, 110, 6)
	}
	p.rect(amber, -margin, floor+46, width+2*margin, 12)
}

// jug is a white bottle of bleach with a blue label, standing on y.
func (p *pen) jug(x, y, h float64) {
	w := h * .56
	p.oval(glass(night, 60), x+w/2, y, w*.56, h*.05)
	p.fill(fade(0xfbfbf8, 0xd2d8d9), x, y-h*.6, x+w*.2, y-h*.8, x+w*.34, y-h*.86, x+w*.66, y-h*.86, x+w*.86, y-h*.76, x+w, y-h*.6, x+w, y-h*.04, x+w*.95, y, x+w*.05, y, x, y-h*.04)
	p.round(soft(blue), x+w*.32, y-h, w*.36, h*.16, 4)
	p.stroke(hue(0xc3cbcc), h*.05, arc(x+w*.8, y-h*.62, w*.12, h*.12, -1.6, 2.2))
	p.round(soft(skyway), x+w*.1, y-h*.48, w*.8, h*.36, 4)
	p.oval(paper, x+w*.32, y-h*.3, w*.13, w*.13)
	p.line(paper, h*.03, x+w*.54, y-h*.36, x+w*.82, y-h*.36)
	p.line(paper, h*.03, x+w*.54, y-h*.26, x+w*.74, y-h*.26)
}

// can is a red tin of solvent with the flame diamond, standing on y.
func (p *pen) can(x, y, h float64) {
	w := h * .68
	p.oval(glass(night, 60), x+w/2, y, w*.56, h*.05)
	p.round(fade(0xd2604a, 0xa83a2b), x, y-h*.84, w, h*.84, h*.05)
	p.rect(glass(paper, 50), x+w*.08, y-h*.8, w*.1, h*.76)
	p.rect(soft(fog), x, y-h*.86, w, h*.06)
	p.rect(soft(fog), x, y-h*.05, w, h*.05)
	p.round(soft(slate), x+w*.66, y-h*.98, w*.2, h*.14, 3)
	p.stroke(slate, h*.035, arc(x+w*.36, y-h*.86, w*.2, h*.09, 3.14, 6.28))
	p.diamond(x+w*.52, y-h*.42, h*.24, true)
}

// store holds bleach and solvent: side by side on one shelf, or each in its own cabinet.
func (p *pen) store(apart bool) {
	p.depot(620)
	if !apart {
		p.shadow(480, 664, 380, 22)
		for _, x := range []float64{120, 820} {
			p.rect(fade(0x7f95a0, 0x5d737e), x, 110, 24, 552)
		}
		for row := range 3 {
			y := 300 + float64(row)*172
			p.rect(fade(0xb3c1c6, 0x84979f), 112, y, 742, 16)
			for i := range 6 {
				x := 158 + float64(i)*112
				if (i+row)%2 == 0 {
					p.jug(x, y, 138)
				} else {
					p.can(x-6, y, 132)
				}
			}
		}
		return
	}
	p.cabinet(96, 0xe3b341, true)
	p.cabinet(536, 0x5f93b4, false)
	for i := range 2 {
		for k := range 3 {
			p.can(140+float64(k)*92, 342+float64(i)*226, 130)
			p.jug(586+float64(k)*92, 342+float64(i)*226, 138)
		}
	}
	p.sign(green, 430, 210, 90, 130, 4)
}

func (p *pen) cabinet(x float64, h hue, flame bool) {
	p.shadow(x+170, 664, 210, 20)
	p.round(fade(h.lighter(.12), h.darker(.12)), x, 96, 340, 566, 10)
	p.rect(fade(h.darker(.45), h.darker(.3)), x+24, 176, 292, 446)
	p.rect(soft(h.lighter(.3)), x+24, 342, 292, 14)
	p.rect(soft(h.lighter(.3)), x+24, 568, 292, 14)
	p.diamond(x+170, 136, 34, flame)
	p.round(slate, x+318, 330, 12, 80, 5)
}

// drums stand on the bare floor with what leaked, or on a tray that would hold it.
func (p *pen) drums(tray bool) {
	p.depot(480)
	p.window(640, 90, 190, 190)
	if tray {
		p.shadow(470, 670, 400, 26)
		p.fill(fade(0xe8b83e, 0xc9952a), 110, 560, 830, 560, 880, 600, 60, 600)
		p.fill(hue(0x6e5a24), 140, 568, 800, 568, 842, 594, 98, 594)
		for i := range 16 {
			x := 150 + float64(i)*43
			p.line(hue(0xd9a63a), 5, x, 568, 470+(x-470)*1.14, 594)
		}
		p.fill(fade(0xf0c54f, 0xbd8822), 60, 600, 880, 600, 880, 672, 60, 672)
		for i := range 3 {
			p.round(glass(night, 70), 120+float64(i)*260, 632, 180, 30, 6)
		}
	} else {
		p.spill()
	}
	for i, c := range []hue{0x3f78ad, 0x3f78ad, 0x4f8a74} {
		p.drum(150+float64(i)*226, 592, c)
	}
	p.sign(amber, 310, 110, 140, 160, 4)
}

func (p *pen) spill() {
	for _, o := range [][4]float64{{440, 640, 330, 44}, {300, 662, 160, 30}, {620, 668, 190, 28}} {
		p.oval(glass(0x4a3a12, 120), o[0], o[1], o[2], o[3])
	}
	for _, o := range [][4]float64{{400, 634, 190, 14}, {590, 660, 100, 8}} {
		p.oval(glass(0xe9dca0, 70), o[0], o[1], o[2], o[3])
	}
	p.oval(glass(skyway, 70), 330, 652, 70, 9)
	p.oval(glass(plum, 60), 380, 656, 40, 6)
}

func (p *pen) drum(x, y float64, h hue) {
	p.oval(glass(night, 100), x+86, y, 104, 18)
	p.fill(fade(h.lighter(.1), h.darker(.2)), x, y-280, x+172, y-280, x+172, y-4, x+150, y+8, x+86, y+14, x+22, y+8, x, y-4)
	p.rect(glass(paper, 50), x+16, y-276, 20, 272)
	p.rect(glass(night, 40), x+140, y-276, 32, 272)
	for _, d := range []float64{96, 190} {
		p.round(h.darker(.25), x-4, y-d, 180, 12, 5)
	}
	p.oval(h.lighter(.25), x+86, y-280, 86, 20)
	p.oval(h.lighter(.08), x+86, y-280, 72, 15)
	p.oval(slate, x+124, y-280, 15, 5)
	p.round(paper, x+40, y-176, 92, 72, 4)
	p.diamond(x+66, y-140, 22, true)
	p.line(stone, 4, x+94, y-154, x+124, y-154)
	p.line(stone, 4, x+94, y-138, x+116, y-138)
	p.line(stone, 4, x+94, y-122, x+120, y-122)
}

// bottles stand on a bench; one has no label and nobody knows what is in it.
func (p *pen) bottles(labelled bool) {
	p.depot(640)
	p.rect(fade(0xe9ede9, 0xc3ccc6), -margin, 500, width+2*margin, 34)
	p.rect(fade(0xa7b5b0, 0x83938d), -margin, 534, width+2*margin, 300)
	for i := range 4 {
		p.round(glass(paper, 60), 20+float64(i)*240, 562, 216, 160, 6)
		p.round(slate, 108+float64(i)*240, 580, 44, 10, 4)
	}
	liquids := [...]hue{0x8a5a2a, 0xd8c25a, 0x6f4c8a, 0x5a8f6a}
	for i, c := range liquids {
		x := 110 + float64(i)*200
		bare := !labelled && i%2 == 1
		p.flask(x, 512, c, bare)
	}
	if labelled {
		p.sign(green, 560, 50, 110, 120, 4)
		p.sign(green, 700, 50, 110, 120, 4)
	}
}

func (p *pen) flask(x, y float64, c hue, bare bool) {
	p.oval(glass(night, 70), x+70, y, 86, 13)
	body := []float64{x, y - 180, x + 14, y - 206, x + 46, y - 222, x + 48, y - 262, x + 92, y - 262, x + 94, y - 222, x + 126, y - 206, x + 140, y - 180, x + 140, y - 8, x + 132, y, x + 8, y, x, y - 8}
	p.fill(fade(c.mix(paper, .5), c.mix(paper, .35)), body...)
	p.rect(fade(c.lighter(.1), c.darker(.15)), x+6, y-150, 128, 144)
	p.oval(c.lighter(.3), x+70, y-150, 64, 8)
	p.rect(glass(paper, 90), x+14, y-190, 14, 176)
	p.round(fade(0x4c5450, 0x2e3431), x+40, y-292, 60, 36, 6)
	if bare {
		p.fill(glass(paper, 90), x+40, y-120, x+108, y-126, x+98, y-96, x+112, y-70, x+60, y-62, x+52, y-84, x+36, y-90)
		return
	}
	p.round(paper, x+20, y-130, 104, 100, 4)
	p.diamond(x+52, y-88, 27, c == 0x8a5a2a || c == 0xd8c25a)
	p.line(stone, 5, x+84, y-112, x+114, y-112)
	p.line(stone, 5, x+84, y-94, x+108, y-94)
	p.line(stone, 5, x+84, y-76, x+114, y-76)
	p.rect(red, x+20, y-48, 104, 10)
}
