package scene

// aisle is the marked way between the machines, seen along it.
func (p *pen) aisle(clear bool) {
	p.workshop(360)
	p.boards(glass(0x5f7166, 70), 360, 6)
	p.fill(fade(0x6d9a80, 0x84b096), 400, 368, 560, 368, 900, 790, 60, 790)
	p.fill(amber, 392, 368, 404, 368, 84, 790, 40, 790)
	p.fill(amber, 556, 368, 568, 368, 920, 790, 876, 790)
	p.lathe(30, 460, 250, false)
	p.lathe(700, 460, 250, true)
	p.lathe(-40, 660, 300, false)
	p.lathe(740, 660, 300, true)
	p.rect(slate, 418, 196, 124, 166)
	p.rect(fade(0xd8e6ea, 0xf4f1e2), 428, 206, 104, 156)
	p.rect(slate, 477, 206, 6, 156)
	p.round(green, 434, 160, 92, 28, 4)
	p.line(paper, 4, 452, 174, 496, 174)
	p.fill(paper, 494, 166, 510, 174, 494, 182)
	if clear {
		for _, k := range []float64{0, 1, 2} {
			y, s := 430+k*100, 1+k*.55
			p.fill(glass(paper, 210), 480, y-22*s, 480+26*s, y+6*s, 480+9*s, y+6*s, 480+9*s, y+24*s, 480-9*s, y+24*s, 480-9*s, y+6*s, 480-26*s, y+6*s)
		}
		p.person(596, 470, 190, p.worker(amber), standing())
		return
	}
	p.shadow(470, 640, 300, 24)
	p.pallet(250, 640, 250)
	p.box(264, 606, 116, 100)
	p.box(386, 606, 106, 88)
	p.box(300, 506, 130, 90)
	for i := range 6 {
		y := 612 + float64(i%3)*15
		x := 520 + float64(i)*7
		p.line(fade(0xaab3ac, 0x69726b), 15, x, y, x+270, y-70-float64(i)*3)
		p.oval(hue(0x4d554f), x, y, 8, 8)
	}
	p.fill(soft(0x6d87a0), 540, 520, 660, 500, 680, 570, 556, 590)
	p.oval(night, 580, 594, 16, 16)
	p.oval(night, 664, 572, 16, 16)
	p.line(slate, 9, 545, 530, 506, 430)
}

func (p *pen) pallet(x, y, w float64) {
	p.rect(soft(wood), x, y-34, w, 12)
	p.rect(soft(bark), x, y-8, w, 12)
	for i := range 3 {
		p.rect(bark.darker(.1), x+float64(i)*(w-36)/2, y-22, 36, 14)
	}
}

// lathe is a machine beside the way; right ones are mirrored.
func (p *pen) lathe(x, y, w float64, right bool) {
	at := func(k float64) float64 {
		if right {
			return x + w - k*w
		}
		return x + k*w
	}
	bar := func(c ink, k0, k1, up, h float64) {
		a, b := min(at(k0), at(k1)), max(at(k0), at(k1))
		p.round(c, a, y-up*w, b-a, h*w, w*.025)
	}
	p.shadow(x+w/2, y, w*.55, w*.05)
	bar(fade(0x5d6c74, 0x465259), 0, 1, .3, .3)
	bar(fade(0xe3e8e2, 0xb9c4bb), 0, .42, .66, .4)
	bar(fade(0x8aa2b0, 0x6b8594), .06, .3, .6, .14)
	bar(soft(stone), .42, 1, .36, .08)
	bar(soft(slate), .42, .56, .5, .12)
	bar(soft(0xb9c4bb), .84, .98, .52, .18)
	p.line(fade(0xd7ddd8, 0x8c958e), w*.045, at(.56), y-.44*w, at(.86), y-.44*w)
	p.oval(red, at(.36), y-.34*w, w*.03, w*.03)
	p.line(amber, w*.02, at(.1), y-.66*w, at(.1), y-.8*w)
	p.oval(hue(0x4fc58f), at(.1), y-.82*w, w*.028, w*.028)
}

// switchboard is a distribution cabinet, closed with its sign or open with a wire led out.
func (p *pen) switchboard(closed bool) {
	p.room(0xc9cdc4, 0, 0x9aa295, 610)
	p.tiles(glass(0xb4baaf, 110), -70, 60, 1030, 610, 130)
	p.shadow(470, 650, 300, 22)
	p.rect(fade(0x353b37, 0x202522), 250, 650, 440, 22)
	p.rect(fade(0x3a423e, 0x23292b), 250, 626, 440, 54)
	p.stripes(200, 682, 540, 24)
	p.round(fade(0xdfe4df, 0xb5beb7), 262, 66, 416, 570, 8)
	p.rect(fade(0x77827b, 0x5c6660), 300, -margin, 60, 140)
	p.rect(fade(0x77827b, 0x5c6660), 580, -margin, 40, 140)
	if closed {
		p.rect(glass(night, 60), 468, 80, 4, 544)
		for i, x := range []float64{280, 484} {
			p.round(glass(paper, 70), x, 84, 178, 536, 4)
			for k := range 7 {
				p.round(glass(night, 60), x+46, 520+float64(k)*12, 86, 5, 2)
			}
			p.round(slate, x+162-float64(i)*158, 340, 14, 60, 5)
		}
		p.warning(374, 220, 62)
		p.sign(blue, 524, 150, 100, 130, 4)
		for i, c := range []hue{0xe0584c, 0xf0c24a, 0x4fc58f} {
			p.oval(slate, 330+float64(i)*44, 122, 15, 15)
			p.oval(c, 330+float64(i)*44, 122, 11, 11)
		}
		p.round(amber, 452, 376, 36, 32, 6)
		p.stroke(stone, 7, arc(470, 376, 13, 18, 3.14, 6.28))
		return
	}
	p.rect(fade(0x4b544f, 0x353c38), 290, 92, 360, 520)
	p.fill(fade(0xd3dad4, 0xa2aca5), 262, 66, 92, 22, 92, 690, 262, 636)
	p.fill(fade(0xe3e9e4, 0xb8c2ba), 678, 66, 858, 22, 858, 690, 678, 636)
	p.warning(772, 220, 50)
	for row := range 3 {
		y := 130 + float64(row)*130
		p.rect(fog, 306, y+28, 328, 10)
		for i := range 6 {
			x := 316 + float64(i)*53
			p.round(fade(0xf0f2ee, 0xc9cfc9), x, y, 42, 72, 4)
			p.round(night, x+13, y+20+float64((i+row)%2)*14, 16, 20, 3)
			c := []hue{amber, green, red}[i%3]
			p.hang(c, 6, x+21, y+72, x+21+p.jitter(26), y+124, p.jitter(10))
		}
	}
	p.rect(fade(0xc88b4a, 0x9c632b), 310, 520, 320, 14)
	p.rect(fade(0xc88b4a, 0x9c632b), 310, 556, 320, 14)
	p.hang(red, 9, 430, 526, 250, 760, 60)
	p.hang(amber, 9, 470, 526, 310, 770, 70)
	p.hang(night, 9, 520, 562, 400, 770, 40)
	p.round(fade(0xf0f0ea, 0xcfcfc6), 676, 640, 150, 44, 8)
	p.hang(night, 8, 560, 562, 690, 660, 70)
	for i := range 3 {
		p.oval(night, 708+float64(i)*42, 662, 11, 11)
	}
}
