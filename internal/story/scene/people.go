package scene

// seated is somebody on a chair or sofa: the hip at x, y, the feet on the floor below.
func (p *pen) seated(x, y, h float64, l look, s pose) {
	for _, side := range []float64{-1, 1} {
		p.line(l.trousers.darker(.1), h*.1, x+side*.06*h, y, x+side*.09*h, y+.07*h, x+side*.085*h, y+.27*h)
		p.line(night, h*.055, x+side*.085*h, y+.285*h, x+side*.125*h, y+.285*h)
	}
	p.upper(x, y, h, l, s)
}

// bag is a red gift bag with gold ribbon, standing on y.
func (p *pen) bag(x, y, h float64, c hue) {
	w := h * .8
	p.stroke(soft(gold), h*.04, arc(x+w/2, y-h, w*.2, h*.2, 3.2, 6.2))
	p.fill(fade(c.lighter(.12), c.darker(.08)), x, y-h, x+w, y-h, x+w*.97, y, x+w*.03, y)
	p.fill(glass(night, 26), x+w*.76, y-h, x+w, y-h, x+w*.97, y, x+w*.8, y)
	p.rect(soft(0xe6bf6a), x+w*.03, y-h*.62, w*.94, h*.1)
	p.oval(soft(0xe6bf6a), x+w*.45, y-h*.57, h*.14, h*.14)
	p.oval(c, x+w*.45, y-h*.57, h*.08, h*.08)
}

// sack is rice in a woven bag.
func (p *pen) sack(x, y, h float64) {
	w := h * .74
	p.fill(fade(0xfaf5ea, 0xdccfb6), x+w*.1, y-h, x+w*.9, y-h, x+w*.82, y-h*.9, x+w, y-h*.6, x+w, y-h*.1, x+w*.92, y, x+w*.08, y, x, y-h*.1, x, y-h*.6, x+w*.18, y-h*.9)
	p.round(soft(leaf), x+w*.12, y-h*.66, w*.76, h*.42, 6)
	p.oval(paper, x+w*.5, y-h*.45, w*.2, h*.13)
	p.line(hue(0xd9b34a), h*.03, x+w*.5, y-h*.36, x+w*.5, y-h*.55)
	p.line(hue(0xd9b34a), h*.03, x+w*.5, y-h*.46, x+w*.58, y-h*.54)
}

// oil is a bottle of cooking oil.
func (p *pen) oil(x, y, h float64) {
	w := h * .5
	p.round(soft(red), x+w*.32, y-h, w*.36, h*.14, 4)
	p.fill(fade(0xf3c95a, 0xd99a2b), x+w*.34, y-h*.88, x+w*.66, y-h*.88, x+w, y-h*.62, x+w, y-h*.04, x+w*.92, y, x+w*.08, y, x, y-h*.04, x, y-h*.62)
	p.rect(glass(paper, 90), x+w*.1, y-h*.6, w*.1, h*.54)
	p.round(soft(green), x+w*.12, y-h*.44, w*.8, h*.3, 4)
	p.line(paper, h*.04, x+w*.3, y-h*.3, x+w*.7, y-h*.3)
}

// visit is the living room of somebody at home: two of the branch bring a bag and a red envelope.
func (p *pen) visit() {
	p.room(0xefe3cf, 0, 0xc49d6e, 560)
	p.boards(glass(0x8a6238, 60), 560, 7)
	p.window(70, 110, 190, 240)
	for _, x := range []float64{20, 256} {
		p.fill(fade(0xd9a58a, 0xc48a6d), x, 84, x+56, 84, x+44+p.jitter(4), 430, x-6, 430)
	}
	p.round(soft(bark), 500, 120, 230, 130, 4)
	p.rect(fade(0xcfe0e2, 0xe9ead6), 512, 132, 206, 106)
	p.fill(soft(leaf), 512, 238, 580, 178, 630, 214, 690, 160, 718, 196, 718, 238)
	p.shadow(610, 640, 270, 22)
	p.round(fade(0x8fa58f, 0x6f8873), 390, 330, 440, 260, 40)
	p.round(fade(0xa3b8a3, 0x839b86), 410, 456, 400, 96, 26)
	for _, x := range []float64{360, 800} {
		p.round(fade(0x9bb09b, 0x768f79), x, 410, 66, 200, 28)
	}
	a, b := p.someone(), p.someone()
	a.grey, a.shirt = true, 0x8d6f58
	b.grey, b.shirt = true, plum
	p.seated(520, 500, 420, a, pose{lh: pt{-.06, .22}, rh: pt{.0, .24}})
	p.seated(690, 500, 400, b, pose{lh: pt{-.16, .08}, rh: pt{-.06, .24}})
	g, h := p.someone(), p.someone()
	g.shirt, h.shirt = 0x5b7a94, coral
	p.person(300, 690, 470, g, reaching(-.05, .3, .2, .08))
	p.round(soft(red), 408, 330, 58, 38, 4)
	p.line(hue(0xf0cf86), 4, 418, 348, 456, 348)
	p.person(866, 694, 450, h, reaching(-.12, .27, .06, .3))
	p.bag(716, 606, 96, red)
	p.plant(60, 640, 200)
}

// lecture is a full room before a screen.
func (p *pen) lecture() {
	p.room(0xe9e1d2, 0, 0xb6a78e, 430)
	p.lamp(200, 20, 180)
	p.lamp(600, 20, 180)
	p.round(slate, 262, 66, 446, 262, 8)
	p.rect(fade(0xf7f9f6, 0xdfe9ea), 272, 76, 426, 242)
	p.rect(soft(blue), 272, 76, 426, 46)
	p.line(paper, 10, 300, 99, 480, 99)
	for i, v := range []float64{60, 96, 78, 132, 112} {
		p.round(fade([]hue{leaf, amber, skyway, coral, plum}[i], [...]hue{green, gold, blue, red, plum}[i]), 306+float64(i)*46, 296-v, 30, v, 3)
	}
	for i := range 4 {
		p.line(fog, 7, 560, 160+float64(i)*36, 660-float64(i%2)*36, 160+float64(i)*36)
	}
	l := p.someone()
	l.shirt = 0x47566b
	p.person(818, 470, 300, l, reaching(-.24, -.02, .02, .26))
	p.fill(fade(0xb98f62, 0x8f6a43), 770, 352, 880, 352, 868, 474, 782, 474)
	p.line(slate, 4, 806, 352, 796, 318)
	for row := range 3 {
		r := 25 + float64(row)*8
		n := 9 - row
		for i := range n {
			x := 480 + (float64(i)-float64(n-1)/2)*r*4.5 + p.jitter(6)
			p.back(x, 496+float64(row)*96+p.jitter(5), r, p.someone())
		}
	}
}

// meeting is a table with the committee behind it and others before it.
func (p *pen) meeting() {
	p.room(0xece3d3, 0xc9b08c, 0xb09574, 470)
	p.banner(190, 44, 580, 74, 9)
	p.plant(70, 486, 220)
	p.plant(900, 486, 220)
	for i := range 5 {
		x := 204 + float64(i)*138
		p.round(fade(0x9c7350, 0x7c583a), x-66, 318, 132, 140, 26)
		l := p.someone()
		hands := pose{lh: pt{.03, .28}, rh: pt{-.03, .28}}
		if i == 2 {
			hands = pose{lh: pt{-.1, .12}, rh: pt{.12, .16}}
		}
		p.upper(x, 446, 380, l, hands)
	}
	p.shadow(480, 640, 430, 30)
	p.round(fade(0x8a6440, 0x694929), 84, 470, 792, 150, 60)
	p.round(fade(0xc49a6a, 0xa97f52), 70, 424, 820, 118, 58)
	p.round(glass(paper, 40), 110, 434, 740, 30, 15)
	for i := range 5 {
		x := 172 + float64(i)*138
		p.fill(paper, x, 454, x+56, 454, x+50, 492, x-12, 492)
		p.line(fog, 3, x+4, 466, x+44, 466)
		p.line(fog, 3, x, 478, x+34, 478)
		p.round(fade(0xf7f4ec, 0xd6d0c2), x+70, 448, 24, 34, 6)
	}
	for _, x := range []float64{190, 480, 770} {
		p.back(x+p.jitter(12), 640, 46, p.someone())
	}
}
