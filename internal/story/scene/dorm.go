package scene

// socket is a table with its electricity: one strip feeding another with everything in it, or two plugs and clipped cables.
func (p *pen) socket(tidy bool) {
	p.room(0xe9dfcc, 0, 0xbba27c, 470)
	p.rect(fade(0xc39a6b, 0xa97f52), -margin, 470, width+2*margin, 320)
	for i := range 5 {
		p.hang(glass(0x8a6238, 70), 3, -70, 500+float64(i)*52, 1030, 512+float64(i)*50, p.jitter(14))
	}
	p.round(paper, 90, 130, 110, 110, 12)
	p.round(sand, 100, 140, 90, 90, 10)
	for _, x := range []float64{128, 162} {
		p.round(night, x-4, 168, 8, 26, 3)
	}
	if tidy {
		p.tidy()
		return
	}
	p.cooker(640, 470)
	p.kettle(470, 470)
	p.heater(796, 480)
	p.hang(night, 11, 145, 200, 150, 600, -30)
	p.strip(130, 566, 420, 6)
	p.strip(400, 640, 420, 6)
	colours := [...]hue{night, 0xe9e4d8, 0x3c4a55, night, 0x7a2f2a, night}
	for i := range 6 {
		x := 178 + float64(i)*64
		p.plug(x, 586, colours[i])
		p.hang(colours[i], 9, x, 566, 470+float64(i)*66, 470, 40+float64(i%3)*34)
	}
	for i := range 5 {
		x := 448 + float64(i)*64
		p.plug(x, 660, colours[5-i])
		p.hang(colours[5-i], 9, x, 640, x+110-float64(i)*40, 520+float64(i%2)*20, 52)
	}
	p.oval(glass(0x2a1608, 120), 340, 588, 44, 20)
	p.oval(glass(0x2a1608, 90), 340, 596, 70, 30)
	for i := range 3 {
		p.hang(glass(stone, 120-uint32(i)*20), 15-float64(i)*3, 330+float64(i)*14, 548, 352+float64(i)*26, 380-float64(i)*20, float64(i%2)*16-8)
	}
	p.flame(340, 580, 46, amber, 0xffe9a8)
}

func (p *pen) tidy() {
	p.lampDesk(740, 470)
	p.shadow(480, 572, 220, 16)
	p.fill(fade(0xb9c1ba, 0x98a19a), 290, 560, 670, 560, 640, 500, 320, 500)
	p.round(hue(0x33393a), 330, 300, 300, 204, 10)
	p.rect(fade(0x9fc0d8, 0xd7e5ea), 344, 314, 272, 176)
	p.round(glass(paper, 120), 364, 340, 120, 12, 6)
	p.round(glass(paper, 120), 364, 366, 180, 12, 6)
	p.plant(166, 566, 150)
	p.round(paper, 238, 132, 300, 70, 14)
	p.strip(244, 136, 288, 4)
	p.plug(290, 156, night)
	p.plug(354, 156, slate)
	p.line(night, 8, 200, 188, 240, 170)
	p.line(night, 8, 290, 178, 290, 232, 300, 240, 560, 240, 570, 250, 570, 300)
	p.line(slate, 8, 354, 178, 354, 214, 366, 222, 792, 222, 802, 232, 802, 470)
	for _, x := range []float64{420, 520, 640, 740} {
		p.round(stone, x, 214, 14, 34, 4)
	}
}

// strip is a row of n sockets.
func (p *pen) strip(x, y, w float64, n int) {
	p.round(glass(night, 60), x+4, y+10, w, 52, 12)
	p.round(fade(0xfaf8f2, 0xd9d4c8), x, y, w, 52, 12)
	for i := range n {
		cx := x + 48 + float64(i)*64
		p.round(hue(0xe9e4d8), cx-24, y+8, 48, 36, 6)
		p.line(slate, 5, cx-9, y+18, cx-9, y+34)
		p.line(slate, 5, cx+9, y+18, cx+9, y+34)
	}
	p.round(soft(red), x+w-30, y+16, 18, 20, 4)
}

func (p *pen) plug(x, y float64, h hue) {
	p.round(soft(h), x-21, y-22, 42, 44, 9)
	p.round(h.mix(stone, .4), x-9, y-26, 18, 10, 4)
}

func (p *pen) cooker(x, y float64) {
	p.shadow(x+70, y, 90, 12)
	p.round(fade(0xf4efe6, 0xd3c8b6), x, y-130, 140, 130, 26)
	p.pie(soft(coral), x+70, y-124, 72, 34, 3.1416, 6.2832)
	p.round(night, x+56, y-170, 28, 14, 6)
	p.round(night, x+46, y-66, 48, 26, 5)
	for i := range 2 {
		p.hang(glass(paper, 150), 9, x+50+float64(i)*36, y-180, x+60+float64(i)*36, y-250, float64(i)*22-11)
	}
}

func (p *pen) kettle(x, y float64) {
	p.shadow(x+55, y, 70, 10)
	p.fill(fade(0xd8dfdb, 0x95a19a), x+14, y-120, x+96, y-120, x+116, y-6, x-6, y-6)
	p.ring(night, 14, x+118, y-70, 24, 40)
	p.fill(fade(0xd8dfdb, 0x95a19a), x+12, y-110, x-26, y-126, x+6, y-74)
	p.round(night, x-10, y-10, 130, 12, 5)
	p.oval(night, x+55, y-124, 42, 10)
}

func (p *pen) heater(x, y float64) {
	p.round(fade(0x6b5f55, 0x3a332d), x, y-260, 130, 260, 16)
	for i := range 3 {
		py := y - 226 + float64(i)*66
		p.round(hue(0x1f1a16), x+14, py, 102, 44, 8)
		p.round(fade(0xffb16a, 0xe0542f), x+20, py+14, 90, 16, 8)
	}
	for i := range 5 {
		p.oval(glass(0xff9a4a, 10), x+65, y-130, 90+float64(i)*20, 150+float64(i)*18)
	}
}

func (p *pen) lampDesk(x, y float64) {
	p.fill(glass(0xfff3c4, 90), x-46, 210, x+26, 190, x+80, y+90, x-190, y+90)
	p.oval(soft(slate), x+62, y+10, 64, 16)
	p.line(slate, 11, x+62, y+6, x+84, 330, x-6, 196)
	p.fill(soft(green), x-30, 160, x+26, 180, x+26, 196, x-56, 224)
}

// extinguishers is the place on the corridor wall where two must stand.
func (p *pen) extinguishers(there bool) {
	p.room(0xf0e7d7, 0x9dbba8, 0xc4b59b, 590)
	p.tiles(glass(0x9a8a70, 70), -70, 590, 1030, 790, 110)
	p.frontDoor(690, 590)
	p.sign(red, 350, 74, 190, 150, 3)
	p.flame(445, 108, 26, paper, paper)
	p.shadow(432, 640, 220, 20)
	p.round(soft(red), 236, 292, 392, 340, 10)
	p.round(hue(0x7d1714), 252, 326, 360, 292, 4)
	p.rect(fade(0x5f1210, 0x8a201d), 262, 336, 340, 272)
	p.line(paper, 10, 330, 310, 430, 310)
	p.line(paper, 10, 452, 310, 534, 310)
	if there {
		p.bottle(348, 600)
		p.bottle(512, 600)
		p.fill(glass(paper, 34), 262, 608, 400, 336, 470, 336, 330, 608)
		p.round(paper, 640, 380, 40, 62, 4)
		p.line(green, 5, 648, 404, 656, 414, 672, 392)
		p.line(fog, 4, 648, 426, 672, 426)
		return
	}
	for _, x := range []float64{348, 512} {
		p.oval(glass(0xe6c9b0, 130), x, 598, 56, 12)
		p.ring(glass(0x2a0908, 120), 4, x, 598, 50, 10)
	}
	p.line(soft(wood), 13, 300, 604, 452, 250)
	for i := range 7 {
		p.hang(hue(0xcfc6b4), 11, 300, 560, 262+float64(i)*13, 612, 8)
	}
	p.fill(soft(skyway), 470, 520, 560, 520, 548, 604, 482, 604)
	p.stroke(stone, 6, arc(515, 524, 44, 54, 3.2, 6.2))
}

// frontDoor is a room's door seen straight on, its foot at y.
func (p *pen) frontDoor(x, y float64) {
	p.rect(hue(0x7c5f42), x-12, y-440, 204, 440)
	p.rect(fade(0xbb9165, 0x9d754c), x, y-428, 180, 428)
	p.round(fade(0xd5e6ee, 0xeef1e6), x+44, y-386, 92, 120, 6)
	p.round(glass(night, 34), x+30, y-220, 120, 180, 6)
	p.oval(amber, x+22, y-206, 11, 11)
	p.round(blue, x+62, y-486, 60, 34, 5)
	p.line(paper, 5, x+76, y-469, x+108, y-469)
}

// bottle is one fire extinguisher standing on y.
func (p *pen) bottle(x, y float64) {
	p.oval(glass(night, 90), x, y, 58, 12)
	p.round(fade(0xd9473c, 0xa81f1b), x-48, y-196, 96, 196, 34)
	p.round(glass(paper, 70), x-34, y-176, 16, 150, 8)
	p.round(paper, x-24, y-134, 60, 76, 4)
	p.line(stone, 4, x-14, y-116, x+24, y-116)
	p.line(stone, 4, x-14, y-100, x+14, y-100)
	p.oval(leaf, x+6, y-78, 10, 10)
	p.round(night, x-16, y-220, 32, 28, 5)
	p.line(night, 11, x-40, y-240, x+34, y-226)
	p.hang(night, 11, x+12, y-210, x+62, y-70, 22)
	p.line(night, 17, x+62, y-76, x+64, y-34)
}
