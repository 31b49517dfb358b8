package docx

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"math"
	"strconv"
	"strings"
)

// Strokes draws path data of M and L, as signatures are kept, within the box "x y width height" as a PNG on nothing, so many
// pixels high. The pen is round and of the width of the page's.
func Strokes(path, box string, high int) ([]byte, float64, error) {
	b, err := numbers(box)
	if err != nil || len(b) != 4 || b[2] <= 0 || b[3] <= 0 || high <= 0 || high > 2000 {
		return nil, 0, fmt.Errorf("strokes: no box in %q", box)
	}
	lines, err := segments(path)
	if err != nil {
		return nil, 0, err
	}
	k := float64(high) / b[3]
	wide := min(max(int(b[2]*k+.5), 1), 4000)
	img := image.NewNRGBA(image.Rect(0, 0, wide, high))
	for _, l := range lines {
		stroke(img, (l[0]-b[0])*k, (l[1]-b[1])*k, (l[2]-b[0])*k, (l[3]-b[1])*k, penWide*k/2)
	}
	var out bytes.Buffer
	if err := png.Encode(&out, img); err != nil {
		return nil, 0, fmt.Errorf("strokes: %w", err)
	}
	return out.Bytes(), b[2] / b[3], nil
}

// penWide is the stroke's width on the page, in units of its box.
const penWide = 2.4

func numbers(s string) ([]float64, error) {
	var out []float64
	for _, f := range strings.Fields(s) {
		n, err := strconv.ParseFloat(f, 64)
		if err != nil {
			return nil, fmt.Errorf("strokes: %w", err)
		}
		out = append(out, n)
	}
	return out, nil
}

// segments are the lines of a path, from and to.
func segments(path string) ([][4]float64, error) {
	path = strings.NewReplacer("M", " M ", "L", " L ", ",", " ").Replace(path)
	var out [][4]float64
	var x, y float64
	f := strings.Fields(path)
	for i := 0; i < len(f); i += 3 {
		if i+2 >= len(f) || f[i] != "M" && f[i] != "L" {
			return nil, fmt.Errorf("strokes: %q is no path of M and L", path)
		}
		at, err := numbers(f[i+1] + " " + f[i+2])
		if err != nil {
			return nil, err
		}
		if f[i] == "L" {
			out = append(out, [4]float64{x, y, at[0], at[1]})
		}
		x, y = at[0], at[1]
	}
	return out, nil
}

// stroke darkens each pixel by how far the round pen covers it.
func stroke(img *image.NRGBA, x0, y0, x1, y1, r float64) {
	box := image.Rect(int(min(x0, x1)-r-2), int(min(y0, y1)-r-2), int(max(x0, x1)+r+2), int(max(y0, y1)+r+2)).Intersect(img.Rect)
	dx, dy := x1-x0, y1-y0
	long := dx*dx + dy*dy
	for y := box.Min.Y; y < box.Max.Y; y++ {
		for x := box.Min.X; x < box.Max.X; x++ {
			px, py := float64(x)+.5-x0, float64(y)+.5-y0
			t := 0.0
			if long > 0 {
				t = min(max((px*dx+py*dy)/long, 0), 1)
			}
			cover := min(max(r+.5-math.Hypot(px-t*dx, py-t*dy), 0), 1)
			if a := uint8(cover * 255); a > img.NRGBAAt(x, y).A {
				img.SetNRGBA(x, y, color.NRGBA{A: a})
			}
		}
	}
}
