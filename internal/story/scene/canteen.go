package scene

// fridge is the open sample fridge of the canteen; enough tells whether every box holds its grams.
func (p *pen) fridge(enough bool) {
	p.room(0xe3d8c4, 0, 0xc7b493, 640)
	p.tiles(glass(paper, 90), -70, -70, 1030, 640, 88)
	p.shadow(480, 690, 400, 26)
	p.round(fade(0xdfe5e1, 0xb9c4be), 130, 24, 620, 660, 22)
	p.round(fade(0xf4f8f6, 0xdde6e2), 168, 108, 544, 540, 8)
	p.rect(glass(0xfffff0, 90), 168, 108, 544, 26)
	p.round(night, 190, 44, 128, 44, 8)
	p.digits(hue(0x8fe0b0), 214, 54, 24, "3.6")
	p.round(stone, 640, 52, 80, 26, 13)
	p.fill(fade(0xcdd6d1, 0xa9b5ae), 750, 40, 896, 4, 896, 706, 750, 668) // the open door
	p.fill(fade(0xe8efec, 0xcfd9d4), 764, 66, 880, 38, 880, 670, 764, 640)
	for i := range 3 {
		y := 200 + float64(i)*150
		p.line(hue(0xb3beb8), 8, 772, y, 872, y+float64(i-1)*16)
	}
	food := [...]hue{0x7fa05a, 0xc9843a, 0xb65a3c, 0xe0c98f, 0x94693f, 0xd9b43f}
	for row := range 3 {
		y := 278 + float64(row)*166
		p.rect(fade(0xc4cfca, 0x9fada6), 168, y, 544, 10)
		for i := range 4 {
			if !enough && row == 1 && i > 1 {
				continue
			}
			level := .62
			if !enough {
				level = .2
			}
			p.sample(196+float64(i)*130, y, 104, 96, food[(row*4+i+row)%6], level+p.jitter(.04))
		}
	}
	if !enough {
		p.scale(452, 444, "068")
	}
}

// sample is a lidded glass box with its label, standing on y and filled to a part of its height.
func (p *pen) sample(x, y, w, h float64, food hue, level float64) {
	p.round(glass(0xffffff, 190), x, y-h, w, h, 10)
	p.round(fade(food.lighter(.12), food.darker(.08)), x+5, y-5-h*level, w-10, h*level, 8)
	for i := range 5 {
		p.oval(food.lighter(.25), x+16+float64(i)*(w-32)/4, y-4-h*level+p.jitter(4), 8, 6)
	}
	p.round(soft(0x5f93b4), x-5, y-h-9, w+10, 20, 7)
	p.round(paper, x+w*.22, y-h*.62, w*.56, h*.36, 3)
	p.line(stone, 3, x+w*.3, y-h*.5, x+w*.7, y-h*.5)
	p.line(stone, 3, x+w*.3, y-h*.38, x+w*.58, y-h*.38)
}

// scale weighs one sample, the number in red.
func (p *pen) scale(x, y float64, grams string) {
	p.sample(x+66, y-58, 104, 66, 0xc9843a, .2)
	p.round(fade(0xf3f3ee, 0xc9cec9), x+22, y-58, 192, 14, 5)
	p.fill(fade(0xe9ebe6, 0xaeb6b0), x+38, y-44, x+198, y-44, x+226, y, x+10, y)
	p.round(hue(0x2b302d), x+70, y-38, 98, 32, 5)
	p.digits(hue(0xff7a5c), x+84, y-32, 19, grams)
}

// kitchen is the row of stoves under the hood; a dirty hood drips over a stained wall.
func (p *pen) kitchen(clean bool) {
	p.room(0xe9e2d2, 0, 0xb7aa94, 560)
	p.tiles(glass(0xcdbfa6, 120), -70, -70, 1030, 546, 64)
	if !clean {
		p.stains()
	}
	p.window(740, 250, 130, 150)
	p.hood(clean)
	for i := range 3 {
		p.stove(70+float64(i)*218, 420)
	}
	p.round(fade(0xe2e8e4, 0xb3beb7), 724, 430, 260, 22, 4)
	p.rect(fade(0xc2ccc6, 0x97a39c), 736, 452, 240, 170)
	p.round(soft(leaf), 770, 392, 72, 38, 16)
	p.oval(soft(coral), 872, 410, 24, 22)
	p.oval(soft(coral), 906, 414, 20, 18)
	if clean {
		p.chef(664, 690)
		p.line(glass(paper, 170), 5, 150, 86, 240, 190)
		p.line(glass(paper, 110), 12, 190, 86, 284, 190)
	}
}

func (p *pen) hood(clean bool) {
	body, lip := fade(0xe6ece8, 0xb7c2bb), hue(0x98a49d)
	if !clean {
		body, lip = fade(0xb9ab8a, 0x80694a), 0x5d4a30
	}
	p.rect(soft(0xc2ccc6), 240, -70, 130, 110)
	p.fill(body, 110, 60, 590, 60, 690, 214, 16, 214)
	p.rect(lip, 10, 210, 686, 30)
	for i := range 8 {
		x := 44 + float64(i)*80
		grid := hue(0xd4ddd7)
		if !clean {
			grid = 0x6b5636
		}
		p.round(grid, x, 222, 62, 12, 3)
	}
	if clean {
		return
	}
	for i := range 17 {
		x := 26 + float64(i)*39 + p.jitter(12)
		l := 22 + 70*p.rng.Float64()
		p.line(hue(0x5a4222), 7, x, 236, x, 236+l)
		p.oval(soft(0x6a4d24), x, 238+l, 7, 11)
	}
	for range 9 {
		p.oval(glass(0x4a3415, 90), 120+p.rng.Float64()*460, 90+p.rng.Float64()*110, 24+p.rng.Float64()*46, 10+p.rng.Float64()*16)
	}
}

// stains are what grease leaves on the tiles.
func (p *pen) stains() {
	for range 22 {
		x, y := 30+p.rng.Float64()*640, 270+p.rng.Float64()*120
		r := 14 + p.rng.Float64()*44
		p.oval(glass(0x8a6a33, 46), x, y, r, r*.7)
		p.line(glass(0x7a5a28, 80), 6, x, y, x+p.jitter(5), y+30+p.rng.Float64()*60)
	}
}

// stove is one burner with its wok.
func (p *pen) stove(x, y float64) {
	p.rect(fade(0xcfd8d2, 0x8f9b94), x, y+20, 206, 190)
	p.round(fade(0xe6ece8, 0xbcc6c0), x-6, y, 218, 24, 5)
	p.round(hue(0x6f7a73), x+24, y+84, 158, 100, 6)
	for i := range 3 {
		p.oval(night, x+48+float64(i)*52, y+54, 12, 12)
		p.line(fog, 3, x+48+float64(i)*52, y+54, x+48+float64(i)*52, y+44)
	}
	for i := range 5 {
		p.flame(x+62+float64(i)*20, y+2, 22, skyway, ice)
	}
	p.pie(fade(0x3a3835, 0x171615), x+103, y-34, 86, 38, 0, 3.1416)
	p.oval(hue(0x55504a), x+103, y-34, 86, 13)
	p.oval(hue(0xb88a44), x+103, y-33, 60, 8)
	p.line(hue(0x6e4b2c), 12, x+180, y-38, x+226, y-58)
}

// chef stands in white with his tall hat.
func (p *pen) chef(x, y float64) {
	l := p.someone()
	l.shirt, l.trousers = 0xf1ede4, 0x5c6a72
	p.person(x, y, 430, l, reaching(-.17, .17, .06, .3))
	hx, hy := x, y-.905*430-26
	p.oval(paper, hx-18, hy-26, 24, 20)
	p.oval(paper, hx+18, hy-26, 24, 20)
	p.oval(paper, hx, hy-36, 26, 22)
	p.rect(fade(paper, sand), hx-30, hy-22, 60, 32)
	p.line(soft(stone), 8, x-.285*430, y-.6*430, x-.48*430, y-.56*430)
}
