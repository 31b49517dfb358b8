package scene

import "math"

// yard is the open place of the works: sky, far hills, a hall, the paved ground.
func (p *pen) yard(ground float64) {
	p.rect(fade(0xb9d6ea, 0xf1efe0), -margin, -margin, width+2*margin, ground+margin)
	p.cloud(190, 100, 1)
	p.cloud(700, 70, .8)
	p.fill(fade(0xa9c2ae, 0xbfd0bb), -margin, ground, -margin, ground-120, 120, ground-190, 330, ground-110, 560, ground-200, 800, ground-120, 1040, ground-170, 1040, ground)
	p.rect(fade(0xb3ada0, 0xc9c2b4), -margin, ground, width+2*margin, height+margin-ground)
	for i := range 4 {
		p.rect(glass(paper, 60), -margin, ground+18+float64(i*i)*26, width+2*margin, 3)
	}
}

func (p *pen) cloud(x, y, k float64) {
	for _, o := range [][3]float64{{-60, 8, 36}, {-16, -10, 48}, {40, 0, 42}, {84, 12, 26}} {
		p.oval(glass(paper, 220), x+o[0]*k, y+o[1]*k, o[2]*k*1.2, o[2]*k*.8)
	}
}

// hall stands with its foot at y: brick wall, gate and a row of windows.
func (p *pen) hall(x, y, w, h float64) {
	p.rect(fade(0xd3a78c, 0xbf8f74), x, y-h, w, h)
	p.fill(fade(0x7d8f9a, 0x63757f), x-14, y-h, x+w*.5, y-h*1.3, x+w+14, y-h)
	n := int(w / 84)
	for i := range n {
		wx := x + 24 + float64(i)*(w-30)/float64(n)
		p.rect(paper, wx-4, y-h*.82, 52, h*.26)
		p.rect(fade(0x9fc0d2, 0xd8e6e6), wx, y-h*.82+4, 44, h*.26-8)
	}
	p.rect(fade(0x6d8577, 0x536b5e), x+w*.36, y-h*.42, w*.28, h*.42)
	for i := range 4 {
		p.rect(glass(night, 40), x+w*.36, y-h*.4+float64(i)*h*.1, w*.28, 3)
	}
}

// drill is everybody at the assembly point while smoke rises behind.
func (p *pen) drill() {
	p.yard(430)
	p.hall(40, 436, 470, 190)
	for i := range 9 {
		r := 26 + float64(i)*9
		p.oval(glass(0x6f6a66, 120-uint32(i)*8), 380+math.Sin(float64(i)*.9)*22+float64(i)*15, 250-float64(i)*30, r*1.2, r)
	}
	p.rect(stone, 800, 150, 16, 330)
	p.round(paper, 700, 60, 216, 168, 10)
	p.round(soft(green), 708, 68, 200, 152, 8)
	for _, a := range []float64{.25, .75, 1.25, 1.75} {
		sin, cos := math.Sincos(a * math.Pi)
		ax, ay := 808+cos*46, 144+sin*36
		p.line(paper, 9, 808+cos*98, 144+sin*66, ax, ay)
		p.fill(paper, ax-cos*18, ay-sin*18, ax+cos*6-sin*15, ay+sin*6+cos*15, ax+cos*6+sin*15, ay+sin*6-cos*15)
	}
	for i := range 4 {
		p.oval(paper, 784+float64(i)*16, 134, 6, 6)
		p.round(paper, 778+float64(i)*16, 142, 12, 22, 4)
	}
	for row := range 2 {
		for i := range 6 - row {
			x := 330 + float64(i)*96 + float64(row)*46 + p.jitter(5)
			helmet := []hue{amber, 0xf2efe6, skyway}[p.rng.IntN(3)]
			p.person(x, 580+float64(row)*96, 240+float64(row)*28, p.worker(helmet), standing())
		}
	}
	l := p.worker(red)
	l.shirt = 0xd97f3a
	p.person(150, 700, 340, l, reaching(-.06, .28, .13, -.1))
	p.fill(soft(paper), 224, 404, 290, 372, 290, 446, 224, 420)
	p.oval(soft(coral), 290, 409, 9, 38)
	p.line(paper, 9, 118, 520, 182, 520)
}

// training is somebody putting out a fire in a pan while the others look on.
func (p *pen) training() {
	p.yard(400)
	p.hall(520, 404, 520, 170)
	p.banner(40, 150, 420, 60, 7)
	p.line(stone, 9, 40, 150, 40, 430)
	p.line(stone, 9, 460, 150, 460, 430)
	for i := range 5 {
		p.person(480+float64(i)*98+p.jitter(8), 520+p.jitter(6), 226, p.worker([]hue{amber, skyway, 0xf2efe6}[i%3]), standing())
	}
	p.shadow(740, 660, 160, 20)
	p.fill(fade(0x6a655e, 0x46423d), 610, 612, 870, 612, 840, 664, 640, 664)
	p.oval(hue(0x2b2724), 740, 612, 130, 22)
	for i := range 6 {
		p.flame(650+float64(i)*36, 620, 90+float64(i%3)*44+p.jitter(10), 0xe8702e, 0xffd36a)
	}
	for i := range 4 {
		p.oval(glass(0x6f6a66, 60), 760+float64(i)*24, 440-float64(i)*52, 44+float64(i)*10, 34+float64(i)*8)
	}
	p.fill(glass(0xffffff, 200), 398, 520, 660, 556, 700, 640, 640, 650, 398, 532)
	for i := range 7 {
		p.oval(glass(0xffffff, 150), 560+float64(i)*24, 600-float64(i%3)*18, 34, 28)
	}
	p.person(270, 706, 390, p.worker(amber), reaching(.0, .26, .22, .12))
	p.hang(night, 9, 256, 566, 396, 526, 40)
	p.line(night, 18, 372, 522, 404, 526)
	p.round(fade(0xd9473c, 0xa81f1b), 214, 540, 62, 132, 24)
	p.round(paper, 230, 588, 32, 40, 3)
	p.line(night, 10, 226, 532, 268, 526)
	t := p.worker(red)
	t.shirt = 0xd97f3a
	p.person(110, 690, 370, t, reaching(-.06, .3, .2, -.04))
}

// drinks is water and melon for those who work in the heat.
func (p *pen) drinks() {
	p.yard(420)
	p.oval(hue(0xffe9a8), 830, 90, 52, 52)
	p.oval(glass(0xffe9a8, 90), 830, 90, 84, 84)
	p.hall(-60, 426, 420, 170)
	p.line(fog, 12, 500, 200, 500, 560)
	p.pie(soft(blue), 500, 236, 250, 110, math.Pi, 2*math.Pi)
	for i := range 2 {
		x := 354 + float64(i)*172
		p.fill(paper.mix(skyway, .2), 500, 126, x, 236, x+120, 236)
	}
	p.shadow(500, 650, 280, 22)
	p.rect(fade(0xf4efe6, 0xd9cfbe), 270, 520, 460, 120)
	p.fill(soft(red), 256, 500, 744, 500, 756, 548, 244, 548)
	for i := range 3 {
		x := 286 + float64(i)*72
		p.round(soft(skyway), x, 436, 64, 64, 5)
		p.round(paper, x+8, 456, 48, 22, 3)
	}
	p.round(soft(skyway), 322, 374, 64, 62, 5)
	p.round(paper, 330, 394, 48, 22, 3)
	for i := range 3 {
		x := 540 + float64(i)*66
		p.pie(green, x, 474, 40, 34, 0, math.Pi)
		p.pie(hue(0xe9f0d8), x, 474, 35, 29, 0, math.Pi)
		p.pie(soft(coral), x, 474, 32, 26, 0, math.Pi)
		p.oval(night, x-10, 484, 2.5, 4)
		p.oval(night, x+10, 486, 2.5, 4)
	}
	a := p.someone()
	a.shirt = red
	p.person(170, 680, 430, a, reaching(-.06, .3, .24, .06))
	p.person(846, 690, 450, p.worker(amber), reaching(-.26, .02, .06, .3))
	p.round(fade(0xe9f4fa, 0xa9cfe6), 672, 402, 26, 70, 9)
	p.round(blue, 677, 390, 16, 14, 3)
}
