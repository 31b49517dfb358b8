package scene

import "math"

// gym is the hall of the games: boarded floor, banner, spectators at the far side.
func (p *pen) gym(floor float64, crowd int) {
	p.room(0xdfe3da, 0x8fae9a, 0xd0a066, floor)
	p.boards(glass(0x9a6f3c, 70), floor, 9)
	for i := range crowd {
		x := 30 + float64(i)*900/float64(crowd) + p.jitter(8)
		p.upper(x, floor-6, 190, p.someone(), pose{lh: pt{-.03, .24}, rh: pt{.03, .24}})
	}
	p.round(fade(0xf2ece0, 0xd6ccb9), -margin, floor-34, width+2*margin, 44, 4)
	for i := range 8 {
		p.round(soft([]hue{red, blue, green, gold}[i%4]), -40+float64(i)*136, floor-28, 122, 30, 3)
	}
}

// player wears the colour and number of his side.
func (p *pen) player(x, y, h float64, c hue, s pose) {
	l := p.someone()
	l.shirt, l.trousers = c, c.darker(.25)
	p.person(x, y, h, l, s)
	p.round(glass(paper, 230), x-.035*h, y-.69*h, .02*h, .1*h, 2)
	p.round(glass(paper, 230), x+.01*h, y-.69*h, .05*h, .1*h, 2)
	p.round(c, x+.025*h, y-.67*h, .02*h, .06*h, 2)
}

// basketball is a throw at the basket.
func (p *pen) basketball() {
	p.gym(400, 9)
	p.stroke(paper, 9, arc(60, 560, 360, 120, -1.4, 1.4))
	p.rect(fade(0x77827b, 0x565f59), 40, 130, 26, 480)
	p.line(slate, 14, 52, 150, 130, 120)
	p.fill(glass(0xffffff, 235), 118, 20, 168, 6, 168, 210, 118, 196)
	p.line(red, 5, 130, 110, 158, 106, 158, 164, 130, 162)
	p.line(soft(0xe0642e), 9, 164, 178, 264, 178)
	for i := range 6 {
		x := 172 + float64(i)*17
		p.line(glass(0xffffff, 230), 3, x, 182, 186+float64(i)*11, 256)
		p.line(glass(0xffffff, 230), 3, x+12, 182, 180+float64(i)*12, 256)
	}
	p.player(760, 640, 330, blue, reaching(-.16, .1, .2, .06))
	p.player(560, 660, 350, blue, reaching(-.16, -.22, .14, -.2))
	jump := pose{lh: pt{-.12, -.24}, rh: pt{-.16, -.22}, lf: pt{-.13, -.04}, rf: pt{.09, .0}}
	p.shadow(420, 664, 60, 12)
	p.player(424, 600, 370, red, jump)
	p.player(250, 690, 360, red, reaching(-.18, .02, .16, .0))
	p.ball(322, 210, 32)
	for i := range 3 {
		p.line(glass(paper, 160), 4, 366+float64(i)*12, 214+float64(i)*16, 390+float64(i)*12, 226+float64(i)*18)
	}
}

func (p *pen) ball(x, y, r float64) {
	p.oval(fade(0xe58a44, 0xc2602a), x, y, r, r)
	p.line(night, 2.5, x-r, y, x+r, y)
	p.line(night, 2.5, x, y-r, x, y+r)
	p.stroke(night, 2.5, arc(x-r*1.25, y, r*.8, r*.9, -.9, .9))
	p.stroke(night, 2.5, arc(x+r*1.25, y, r*.8, r*.9, math.Pi-.9, math.Pi+.9))
}

// tableTennis is a rally over the blue table.
func (p *pen) tableTennis() {
	p.gym(390, 8)
	p.banner(270, 40, 420, 62, 7)
	p.player(140, 640, 400, red, reaching(-.12, .12, .22, .0))
	p.player(830, 640, 400, blue, reaching(-.22, .06, .14, .14))
	p.paddle(300, 322, red)
	p.paddle(672, 358, night)
	p.shadow(484, 676, 300, 24)
	p.line(slate, 13, 290, 520, 290, 664)
	p.line(slate, 13, 680, 520, 680, 664)
	p.fill(fade(0x3f7fbf, 0x2f639b), 270, 446, 700, 446, 790, 520, 180, 520)
	p.fill(paper, 180, 520, 790, 520, 790, 532, 180, 532)
	p.line(paper, 4, 484, 446, 484, 520)
	p.line(paper, 4, 274, 448, 696, 448)
	p.fill(glass(0xffffff, 170), 476, 396, 492, 392, 492, 512, 476, 520)
	p.line(paper, 5, 476, 396, 492, 392)
	p.oval(paper, 404, 370, 12, 12)
	for i := range 3 {
		p.line(glass(paper, 170), 4, 372-float64(i)*22, 364-float64(i)*10, 384-float64(i)*22, 367-float64(i)*10)
	}
	p.round(night, 424, 560, 120, 66, 6)
	p.digits(hue(0xffc15a), 438, 580, 26, "11")
	p.digits(hue(0xffc15a), 498, 580, 26, "09")
}

func (p *pen) paddle(x, y float64, c hue) {
	p.line(wood, 13, x, y+40, x, y+66)
	p.oval(soft(c), x, y+8, 34, 38)
	p.ring(bark, 4, x, y+8, 34, 38)
}
