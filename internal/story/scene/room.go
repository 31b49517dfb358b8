package scene

// room is a wall and a floor that meet at y, the wall's lower part in its own colour where dado is not 0.
func (p *pen) room(wall, dado, floor hue, y float64) {
	p.rect(fade(wall.lighter(.3), wall), -margin, -margin, width+2*margin, y+margin)
	if dado != 0 {
		p.rect(fade(dado.lighter(.1), dado), -margin, y-170, width+2*margin, 170)
		p.rect(dado.darker(.12), -margin, y-172, width+2*margin, 4)
	}
	p.rect(fade(floor.darker(.12), floor.lighter(.12)), -margin, y, width+2*margin, height+margin-y)
	p.rect(paper.darker(.25), -margin, y-14, width+2*margin, 14)
	p.rect(glass(night, 46), -margin, y, width+2*margin, 9)
}

// tiles lays a light grid over a wall.
func (p *pen) tiles(c ink, x0, y0, x1, y1, step float64) {
	for x := x0; x <= x1; x += step {
		p.rect(c, x, y0, 2, y1-y0)
	}
	for y := y0; y <= y1; y += step {
		p.rect(c, x0, y, x1-x0, 2)
	}
}

// boards draws the floor's lines, running to a vanishing point above its far edge.
func (p *pen) boards(c ink, y float64, n int) {
	for i := -n; i <= n; i++ {
		d := float64(i) * 920 / float64(n)
		p.line(c, 2.5, width/2+d*.42, y, width/2+d*1.25, height+margin)
	}
	for _, k := range []float64{.12, .32, .62, 1} {
		p.rect(c, -margin, y+(height-y)*k, width+2*margin, 2.5)
	}
}

// window lets the day in; its light falls through the room to the left.
func (p *pen) window(x, y, w, h float64) {
	p.round(paper, x-10, y-10, w+20, h+20, 4)
	p.rect(fade(0xbcd8ec, 0xf3f3e6), x, y, w, h)
	p.fill(glass(leaf, 130), x, y+h, x, y+h*.72, x+w*.2, y+h*.6, x+w*.42, y+h*.74, x+w*.7, y+h*.58, x+w, y+h*.7, x+w, y+h)
	p.rect(paper, x+w/2-4, y, 8, h)
	p.rect(paper, x, y+h*.38, w, 8)
	p.rect(clay, x-16, y+h+8, w+32, 10)
	p.fill(glass(paper, 26), x, y+h*.2, x+w, y+h*.2, x+w-260, height+margin, x-420, height+margin)
}

// sign is a notice with lines for its words: a coloured head and grey rows.
func (p *pen) sign(head ink, x, y, w, h float64, rows int) {
	p.round(glass(night, 40), x+4, y+6, w, h, 6)
	p.round(paper, x, y, w, h, 6)
	p.round(head, x, y, w, h*.24, 6)
	for i := range rows {
		ly := y + h*.24 + (h*.68)*(float64(i)+.6)/float64(rows)
		p.line(fog, h*.04, x+w*.12, ly, x+w*(.88-.22*float64(i%3)/2), ly)
	}
}

// lamp is a tube at the ceiling with its light.
func (p *pen) lamp(x, y, w float64) {
	p.fill(glass(paper, 30), x, y, x+w, y, x+w+150, y+330, x-150, y+330)
	p.round(fog, x-8, y-10, w+16, 12, 4)
	p.round(paper, x, y, w, 12, 6)
}

// banner is the red cloth over a gathering, with a pale stroke for each of its characters.
func (p *pen) banner(x, y, w, h float64, chars int) {
	p.rect(glass(night, 40), x+4, y+8, w, h)
	p.rect(soft(red), x, y, w, h)
	step := w / float64(chars+1)
	for i := range chars {
		p.glyph(x+step*(float64(i)+1), y+h/2, h*.22, i)
	}
}

// glyph is a block of pale strokes: a character from afar, none from near, so that no banner says what nobody meant.
func (p *pen) glyph(x, y, s float64, i int) {
	const gilt hue = 0xf6dfae
	if i%2 == 0 {
		p.round(gilt, x-s, y-s, s*.6, s*2, s*.2)
		p.round(gilt, x-s*.2, y-s, s*1.2, s*.8, s*.2)
		p.round(gilt, x-s*.2, y+s*.1, s*1.2, s*.9, s*.2)
		return
	}
	p.round(gilt, x-s, y-s, s*2, s*.6, s*.2)
	p.round(gilt, x-s, y-s*.2, s*.9, s*1.2, s*.2)
	p.round(gilt, x+s*.1, y-s*.2, s*.9, s*1.2, s*.2)
}
