package files

import (
	"image"
	"image/color"
	"image/draw"

	xdraw "golang.org/x/image/draw"
)

// fit returns the picture on white, its longest edge at most edge; it never enlarges.
// A large one is first averaged by a whole factor in strips: sharp kernels would need ten times its memory.
func fit(src image.Image, edge int) *image.RGBA {
	b := src.Bounds()
	if k := max(b.Dx(), b.Dy()) / edge; k > 1 {
		src = average(src, k)
		b = src.Bounds()
	}
	w, h := b.Dx(), b.Dy()
	if long := max(w, h); long > edge {
		w, h = max(1, w*edge/long), max(1, h*edge/long)
	}
	dst := image.NewRGBA(image.Rect(0, 0, w, h))
	draw.Draw(dst, dst.Rect, image.White, image.Point{}, draw.Src)
	if w == b.Dx() && h == b.Dy() {
		draw.Draw(dst, dst.Rect, src, b.Min, draw.Over)
		return dst
	}
	xdraw.ApproxBiLinear.Scale(dst, dst.Rect, src, b, xdraw.Over, nil)
	return dst
}

// average makes one pixel of each k × k block; what does not fill a block at the right and lower edge falls away.
func average(src image.Image, k int) *image.RGBA {
	b := src.Bounds()
	w, h := max(1, b.Dx()/k), max(1, b.Dy()/k)
	kx, ky := min(k, b.Dx()), min(k, b.Dy())
	dst := image.NewRGBA(image.Rect(0, 0, w, h))
	strip := image.NewRGBA(image.Rect(0, 0, w*kx, ky))
	sums := make([][3]uint32, w)
	for y := range h {
		draw.Draw(strip, strip.Rect, image.White, image.Point{}, draw.Src)
		draw.Draw(strip, strip.Rect, src, b.Min.Add(image.Pt(0, y*ky)), draw.Over)
		clear(sums)
		for row := range ky {
			addRow(sums, strip.Pix[row*strip.Stride:], kx)
		}
		n := uint32(kx * ky)
		for x, s := range sums {
			dst.SetRGBA(x, y, color.RGBA{uint8(s[0] / n), uint8(s[1] / n), uint8(s[2] / n), 255})
		}
	}
	return dst
}

// addRow adds k pixels of a row to each sum.
func addRow(sums [][3]uint32, pix []byte, k int) {
	for x := range sums {
		s := &sums[x]
		for i := x * k * 4; i < (x+1)*k*4; i += 4 {
			s[0] += uint32(pix[i])
			s[1] += uint32(pix[i+1])
			s[2] += uint32(pix[i+2])
		}
	}
}

// upright undoes an EXIF orientation: 2–4 mirror or turn by 180°, 5–8 swap the edges too (CIPA DC-008, tag 0x0112).
func upright(m *image.RGBA, turn int) *image.RGBA {
	if turn <= 1 || turn > 8 {
		return m
	}
	w, h := m.Rect.Dx(), m.Rect.Dy()
	dw, dh := w, h
	if turn >= 5 {
		dw, dh = h, w
	}
	dst := image.NewRGBA(image.Rect(0, 0, dw, dh))
	for y := range dh {
		for x := range dw {
			sx, sy := origin(turn, x, y, w, h)
			copy(dst.Pix[dst.PixOffset(x, y):][:4], m.Pix[m.PixOffset(sx, sy):][:4])
		}
	}
	return dst
}

// origin is where the upright pixel x, y lies in the stored picture of w × h.
func origin(turn, x, y, w, h int) (int, int) {
	switch turn {
	case 2:
		return w - 1 - x, y
	case 3:
		return w - 1 - x, h - 1 - y
	case 4:
		return x, h - 1 - y
	case 5:
		return y, x
	case 6:
		return y, h - 1 - x
	case 7:
		return w - 1 - y, h - 1 - x
	case 8:
		return w - 1 - y, x
	}
	return x, y
}
