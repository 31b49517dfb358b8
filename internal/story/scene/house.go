package scene

// gifts are what is ready to be handed out before a feast.
func (p *pen) gifts() {
	p.room(0xefe5d3, 0xd2b48c, 0xb3977a, 500)
	p.banner(200, 50, 560, 76, 8)
	p.shadow(480, 684, 440, 26)
	p.rect(fade(0xb3211f, 0x8d1a18), 60, 470, 840, 200)
	for i := range 12 {
		p.fill(glass(night, 24), 80+float64(i)*70, 480, 100+float64(i)*70, 480, 108+float64(i)*70, 670, 74+float64(i)*70, 670)
	}
	p.fill(fade(0xd14a40, 0xb52a25), 44, 446, 916, 446, 930, 490, 30, 490)
	for i := range 4 {
		p.sack(70+float64(i)*88, 452, 130)
	}
	for i := range 3 {
		p.sack(112+float64(i)*88, 350, 120)
	}
	for i := range 5 {
		p.oil(446+float64(i)*60, 460, 128)
	}
	p.bag(752, 468, 136, red)
	p.bag(838, 480, 112, coral)
	for i := range 3 {
		p.box(470+float64(i)*92, 332, 86, 70)
	}
	for i := range 3 {
		p.round(soft([]hue{coral, amber, leaf}[i]), 480+float64(i)*92, 288, 66, 26, 4)
	}
	for i := range 4 {
		p.bag(110+float64(i)*200, 690, 130, []hue{red, coral, red, gold}[i])
	}
}

// notices is the board where the branch shows what it does.
func (p *pen) notices() {
	p.room(0xe9e2d5, 0xb7c8bb, 0xb5a68f, 600)
	p.tiles(glass(0x8f8068, 60), -70, 600, 1030, 790, 120)
	p.round(glass(night, 50), 96, 92, 776, 436, 10)
	p.round(fade(0x9a7348, 0x7c5a36), 84, 78, 776, 436, 10)
	p.rect(fade(0xf4ecdc, 0xe6dac3), 104, 148, 736, 346)
	p.banner(104, 92, 736, 52, 10)
	for i := range 4 {
		x := 126 + float64(i)*130
		p.sign([]hue{green, gold, blue, plum}[i], x, 170, 110, 146, 5)
		p.oval(red, x+55, 172, 6, 6)
	}
	p.sign(red, 650, 170, 168, 300, 10)
	for i := range 4 {
		x := 126 + float64(i)*130
		p.round(paper, x, 338, 110, 132, 3)
		p.rect(fade([]hue{0xbcd8ec, 0xd9cbb4, 0xb7d0bd, 0xe8c9a8}[i], 0xf0e8d8), x+8, 346, 94, 84)
		p.oval([]hue{coral, green, blue, gold}[i], x+40, 392, 12, 12)
		p.round([]hue{coral, green, blue, gold}[i], x+26, 404, 28, 26, 8)
		p.oval(slate, x+72, 396, 11, 11)
		p.round(stone, x+60, 408, 26, 22, 8)
		p.line(fog, 5, x+14, 450, x+90-float64(i%2)*24, 450)
	}
	p.fill(glass(paper, 50), 240, 148, 330, 148, 200, 494, 110, 494)
	p.plant(900, 640, 230)
	p.back(420+p.jitter(30), 560, 50, p.worker(amber))
	p.back(600+p.jitter(30), 580, 50, p.someone())
}

// dormitory is a room with bunks while its wall gets a new coat.
func (p *pen) dormitory() {
	p.room(0xdccfb6, 0, 0xc0a27a, 540)
	p.boards(glass(0x8a6238, 60), 540, 7)
	p.fill(fade(0xf8f4ea, 0xe6efe4), -70, -70, 690, -70, 676, 60, 694, 140, 670, 240, 690, 330, 672, 430, 686, 526, -70, 526)
	p.window(60, 110, 170, 200)
	p.bunk(290, 610)
	p.shadow(830, 690, 90, 14)
	for _, x := range []float64{700, 806} {
		p.line(soft(stone), 12, x+22, 250, x-20, 690)
	}
	for i := range 5 {
		y := 310 + float64(i)*82
		d := float64(i) * 8
		p.line(soft(fog), 11, 716-d, y, 820-d, y)
	}
	l := p.worker(0)
	l.shirt, l.trousers = 0xe8e2d4, 0x5b7a94
	p.person(872, 694, 440, l, reaching(-.22, -.22, .06, .3))
	p.line(stone, 8, 724, 450, 690, 250)
	p.line(soft(mint), 40, 640, 236, 716, 226)
	p.fill(fade(0xf4f1ea, 0xc9c4b8), 560, 610, 652, 610, 642, 692, 570, 692)
	p.oval(mint, 606, 610, 46, 13)
	p.oval(hue(0xe6efe4), 606, 610, 38, 10)
	p.fill(glass(paper, 200), 480, 700, 740, 696, 770, 716, 460, 718)
}

// bunk is a steel bed for two, made up.
func (p *pen) bunk(x, y float64) {
	p.shadow(x+120, y, 170, 18)
	for _, dx := range []float64{0, 250} {
		p.line(fade(0x7f95a0, 0x5d737e), 14, x+dx, y-400, x+dx, y)
	}
	for i, up := range []float64{90, 290} {
		p.rect(soft(0x6f8894), x, y-up, 250, 18)
		p.round(fade(0xfaf6ee, 0xe3dac8), x+8, y-up-34, 234, 36, 12)
		p.round(fade([]hue{skyway, coral}[i], []hue{blue, red}[i].lighter(.2)), x+86, y-up-48, 158, 48, 14)
		p.rect(glass(paper, 70), x+130, y-up-46, 14, 44)
		p.rect(glass(paper, 70), x+180, y-up-46, 14, 44)
		p.round(fade(paper, sand), x+14, y-up-54, 66, 32, 14)
	}
	p.line(hue(0x6f8894), 8, x, y-380, x+250, y-380)
	for i := range 4 {
		p.line(hue(0x6f8894), 8, x+250, y-60-float64(i)*72, x+290, y-60-float64(i)*72)
	}
	p.line(hue(0x6f8894), 10, x+290, y-330, x+290, y)
}

// aircon is a unit with its lid up while its filter is washed.
func (p *pen) aircon() {
	p.room(0xdfe6e3, 0, 0xc2ab8b, 590)
	p.window(650, 250, 190, 210)
	p.round(glass(night, 40), 128, 122, 450, 150, 16)
	p.round(fade(0xfcfcf9, 0xd8dedb), 120, 108, 450, 150, 16)
	p.rect(fade(0x8b9a9c, 0x6c7b7d), 136, 146, 418, 66)
	for i := range 26 {
		p.rect(hue(0xaab8b9), 142+float64(i)*16, 148, 5, 62)
	}
	p.fill(glass(0xffffff, 240), 120, 112, 570, 112, 590, 54, 140, 54)
	p.line(fog, 3, 120, 112, 570, 112)
	p.round(slate, 144, 226, 402, 16, 8)
	p.digits(hue(0x6fc7a4), 500, 60, 26, "26")
	p.fill(glass(skyway, 150), 150, 262, 540, 262, 470, 420, 350, 470, 230, 420)
	p.line(glass(paper, 200), 4, 180, 272, 300, 410)
	p.line(glass(paper, 200), 4, 510, 272, 390, 410)
	p.shadow(300, 690, 110, 16)
	for _, x := range []float64{230, 370} {
		p.line(soft(amber), 13, 300+(x-300)*.6, 420, x, 690)
	}
	for i := range 4 {
		k := float64(i) * 13
		p.line(soft(gold), 11, 266-k, 470+float64(i)*62, 334+k, 470+float64(i)*62)
	}
	l := p.worker(0)
	l.shirt = 0x4f8a74
	p.person(470, 690, 470, l, reaching(-.15, -.26, .16, .1))
	p.round(fade(0xdff0f6, 0x9cc7dd), 384, 150, 36, 64, 10)
	p.line(slate, 10, 380, 146, 410, 140)
	for i := range 8 {
		p.oval(glass(paper, 210), 360-float64(i)*9+p.jitter(8), 140+p.jitter(26), 5, 5)
	}
	p.fill(fade(0x5f93b4, 0x47799a), 640, 610, 860, 610, 836, 700, 664, 700)
	p.oval(hue(0xcfe6f0), 750, 610, 110, 22)
	for i := range 7 {
		p.oval(glass(0xffffff, 230), 680+float64(i)*22, 604+p.jitter(7), 18, 13)
	}
	p.fill(fade(0xf3f5f2, 0xc7d0cc), 700, 520, 820, 500, 830, 596, 716, 604)
	p.tiles(glass(stone, 120), 716, 526, 812, 590, 16)
}
