package scene

import "math"

// workshop is the hall of the works: high windows, grey-green wall, green floor.
func (p *pen) workshop(floor float64) {
	p.room(0xa9b5ab, 0x76877b, 0x7d8f82, floor)
	for i := range 4 {
		x := -20 + float64(i)*270
		p.rect(slate, x-8, 34, 196, 122)
		p.rect(fade(0xcfe2ea, 0xf1f1e2), x, 42, 180, 106)
		p.rect(slate, x+87, 42, 6, 106)
		p.rect(slate, x, 92, 180, 5)
	}
	for _, x := range []float64{210, 750} {
		p.rect(soft(0x8b978e), x, -margin, 34, floor+margin)
		p.rect(glass(night, 30), x+26, -margin, 8, floor+margin)
	}
}

// stripes is the yellow and black band of a moving or dangerous thing.
func (p *pen) stripes(x, y, w, h float64) {
	p.rect(amber, x, y, w, h)
	for a := x; a+h*1.5 <= x+w; a += h * 2 {
		p.fill(night, a, y+h, a+h*.75, y+h, a+h*1.5, y, a+h*.75, y)
	}
}

// crane is the hoist under its beam; a broken limit switch dangles and the hook has run up to the drum.
func (p *pen) crane(fixed bool) {
	p.workshop(640)
	p.rect(fade(0xe8b548, 0xc58d22), -margin, 96, width+2*margin, 74)
	p.rect(hue(0xa87317), -margin, 160, width+2*margin, 14)
	p.rect(glass(paper, 60), -margin, 100, width+2*margin, 8)
	p.stripes(-60, 116, 250, 30)
	for _, x := range []float64{342, 540} {
		p.oval(slate, x, 182, 27, 27)
		p.oval(fog, x, 182, 10, 10)
	}
	p.round(fade(0x6d87a0, 0x48637d), 300, 188, 290, 112, 16)
	p.round(fade(0x9aa39c, 0x6a736c), 330, 206, 196, 76, 12)
	for i := range 8 {
		p.line(slate, 4, 346+float64(i)*23, 208, 352+float64(i)*23, 280)
	}
	p.round(fade(0xd9a032, 0xa87317), 590, 206, 74, 76, 12)
	hook := 470.
	if !fixed {
		hook = 316
	}
	for _, x := range []float64{400, 432, 464} {
		p.line(night, 4, x, 284, x, hook)
	}
	p.hook(432, hook)
	p.limit(fixed)
	p.hang(night, 7, 300, 220, 140, 470, 60)
	p.round(fade(0xe8b548, 0xc58d22), 114, 452, 54, 150, 14)
	for i, c := range []hue{green, red, night} {
		p.oval(c, 141, 482+float64(i)*42, 15, 15)
	}
	p.watcher(820, 700, fixed)
}

// watcher looks up at what hangs there: pleased, or with his hand raised to stop.
func (p *pen) watcher(x, y float64, pleased bool) {
	s := reaching(-.18, -.22, .06, .3)
	if pleased {
		s = reaching(-.07, .3, .14, .16)
	}
	p.person(x, y, 330, p.worker(amber), s)
}

func (p *pen) hook(x, y float64) {
	p.round(fade(0xe8b548, 0xb98120), x-56, y-8, 112, 92, 18)
	p.oval(slate, x, y+38, 30, 30)
	p.oval(fog, x, y+38, 10, 10)
	p.rect(stone, x-12, y+82, 24, 28)
	p.stroke(slate, 20, arc(x-4, y+146, 36, 40, -1.4, 2.6))
	p.line(red, 7, x-34, y+120, x-8, y+112)
}

// limit is the switch that stops the hook, with its lever and lamp.
func (p *pen) limit(fixed bool) {
	if fixed {
		p.round(fade(0xe2e8e4, 0xaab5ae), 520, 296, 96, 74, 8)
		p.oval(hue(0x4fc58f), 592, 316, 11, 11)
		p.oval(glass(0x4fc58f, 60), 592, 316, 22, 22)
		p.line(slate, 10, 522, 346, 470, 366)
		p.line(red, 5, 470, 366, 470, 430)
		p.round(red, 452, 424, 36, 18, 6)
		return
	}
	for _, x := range []float64{546, 590} {
		p.oval(night, x, 310, 7, 7)
	}
	p.rect(glass(night, 50), 530, 300, 76, 6)
	p.hang(red, 5, 556, 300, 620, 420, 22)
	p.hang(night, 6, 574, 300, 640, 420, 30)
	p.fill(fade(0xd9dfdb, 0x98a49d), 592, 420, 682, 396, 704, 470, 612, 494)
	p.oval(red, 676, 416, 11, 11)
	p.oval(glass(red, 60), 676, 416, 22, 22)
	p.line(slate, 10, 612, 486, 572, 540, 588, 566)
	p.line(amber, 8, 400, 300, 372, 282)
	p.line(amber, 8, 478, 300, 508, 278)
}

// belt is a motor that drives a machine; the guard hides what would catch a sleeve.
func (p *pen) belt(guarded bool) {
	p.workshop(560)
	p.shadow(480, 640, 400, 24)
	p.rect(fade(0x5c665e, 0x454d47), 130, 580, 700, 54)
	p.round(fade(0x7f9db0, 0x58788c), 150, 396, 210, 186, 20)
	for i := range 7 {
		p.round(hue(0x4d6c80), 164+float64(i)*22, 410, 9, 158, 4)
	}
	p.round(fade(0x6d8b5f, 0x4d6c44), 560, 250, 280, 332, 16)
	p.round(fade(0x86a577, 0x6a8b5e), 700, 280, 116, 130, 8)
	p.sign(blue, 716, 296, 84, 84, 3)
	p.oval(amber, 752, 470, 17, 17)
	p.oval(red, 790, 470, 17, 17)
	if guarded {
		p.guard()
		return
	}
	p.line(soft(0x33302c), 12, 392, 424, 600, 276)
	p.line(soft(0x33302c), 12, 412, 566, 640, 526)
	p.wheel(400, 494, 74)
	p.wheel(620, 400, 130)
	for i := range 3 {
		p.stroke(glass(paper, 130), 6, arc(620, 400, 152+float64(i)*14, 152+float64(i)*14, -1-.1*float64(i), -.35))
	}
	p.round(glass(amber, 255), 226, 650, 190, 26, 6)
	p.stripes(226, 650, 190, 26)
}

func (p *pen) wheel(x, y, r float64) {
	p.oval(fade(0x59625b, 0x39403b), x, y, r, r)
	p.oval(fade(0x9da69f, 0x747d76), x, y, r*.84, r*.84)
	for i := range 5 {
		sin, cos := math.Sincos(float64(i)*2*math.Pi/5 + .3)
		p.oval(hue(0x4b544d), x+cos*r*.5, y+sin*r*.5, r*.18, r*.18)
	}
	p.oval(slate, x, y, r*.2, r*.2)
	p.oval(fog, x, y, r*.08, r*.08)
}

// guard is the yellow hood with its grid over both wheels.
func (p *pen) guard() {
	p.fill(fade(0xe5b445, 0xc08a22), 318, 440, 560, 262, 620, 244, 700, 262, 770, 350, 772, 460, 700, 560, 400, 592, 330, 580, 306, 520)
	p.fill(hue(0x4c4a3c), 346, 456, 580, 288, 660, 276, 726, 330, 738, 440, 690, 526, 400, 560, 346, 540)
	for i := range 14 {
		x := 360 + float64(i)*28
		top := max(286, 456-(x-346)*.72)
		low := min(560-(x-400)*.115, 556)
		if x > 690 {
			top, low = 286+(x-690)*.9, 520-(x-690)*1.2
		}
		p.line(hue(0xd9a63a), 5, x, top, x, low)
	}
	for y := 320.; y < 550; y += 30 {
		l := max(350, 346+(456-y)/.72)
		p.line(hue(0xd9a63a), 5, l, y, min(728, 730-(y-450)*.5), y)
	}
	p.warning(420, 420, 40)
	for _, a := range []pt{{330, 560}, {420, 576}, {690, 548}, {756, 350}} {
		p.oval(slate, a.x, a.y, 8, 8)
	}
}

// grinder is the bench grinder with its shields, a tool at the wheel and the sparks.
func (p *pen) grinder() {
	p.workshop(600)
	p.shadow(450, 690, 220, 20)
	p.fill(fade(0x6f7a73, 0x4c554f), 360, 470, 540, 470, 580, 690, 320, 690)
	p.round(fade(0x8aa0ae, 0x5c7585), 320, 340, 260, 130, 30)
	for _, x := range []float64{270, 630} {
		p.round(slate, x-46, 392, 92, 24, 6)
		p.oval(fade(0xb5b0a4, 0x8e897d), x, 402, 104, 104)
		p.oval(hue(0x6f6b61), x, 402, 74, 74)
		p.oval(hue(0xb9c1ba), x, 402, 34, 34)
		p.oval(slate, x, 402, 12, 12)
		p.stroke(soft(green), 34, arc(x, 402, 114, 114, math.Pi*.95, math.Pi*1.9))
		p.fill(glass(0xd9eef5, 150), x-64, 250, x+74, 262, x+70, 326, x-70, 314)
	}
	p.round(red, 404, 420, 36, 30, 8)
	p.round(green, 460, 420, 36, 30, 8)
	p.round(soft(stone), 700, 440, 80, 18, 4)
	p.line(fade(0xd7ddd8, 0x8c958e), 20, 738, 424, 900, 380)
	for range 46 {
		a := .5 + p.rng.Float64()*1.1
		d := 30 + p.rng.Float64()*230
		sin, cos := math.Sincos(a)
		x, y := 722+cos*d*.7, 430+sin*d
		c := []hue{0xffe08a, 0xffb347, 0xf07a2e}[p.rng.IntN(3)]
		p.line(c, 2.5+p.rng.Float64()*2.5, x, y, x+cos*18, y+sin*26)
	}
	p.oval(glass(0xffe9a8, 130), 728, 426, 24, 24)
	p.sign(amber, 392, 186, 140, 120, 3)
	p.warning(462, 208, 18)
}
