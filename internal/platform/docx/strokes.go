package docx

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"math"
	"strconv"
	"strings"
)

// Strokes draws path data of M, L, Q and C, as signatures are kept, within the box "x y width height" as a PNG on nothing, so many
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

// curveSteps is how many straight pieces stand for a curve.
const curveSteps = 10

// segments are the lines of a path, from and to; curves are cut into pieces. A command may take several points.
func segments(path string) ([][4]float64, error) {
	var out [][4]float64
	at := [2]float64{}
	for path = strings.TrimSpace(path); path != ""; {
		command, rest := path[0], path[1:]
		pairs := map[byte]int{'M': 1, 'L': 1, 'Q': 2, 'C': 3}[command]
		end := strings.IndexAny(rest, "MLQC")
		if end < 0 {
			end = len(rest)
		}
		n, err := numbers(strings.NewReplacer(",", " ", "-", " -").Replace(rest[:end]))
		if err != nil || pairs == 0 || len(n) == 0 || len(n)%(2*pairs) != 0 {
			return nil, fmt.Errorf("strokes: a signature has M, L, Q and C alone: %w", cmp.Or(err, errPath))
		}
		for ; len(n) > 0; n = n[2*pairs:] {
			out = append(out, pieces(command, at, n[:2*pairs])...)
			at = [2]float64{n[2*pairs-2], n[2*pairs-1]}
		}
		path = rest[end:]
	}
	return out, nil
}

var errPath = errors.New("wrong path")

// pieces is one command's way from a point.
func pieces(command byte, from [2]float64, n []float64) [][4]float64 {
	switch command {
	case 'M':
		return nil
	case 'L':
		return [][4]float64{{from[0], from[1], n[0], n[1]}}
	}
	points := [][2]float64{from}
	for i := 0; i < len(n); i += 2 {
		points = append(points, [2]float64{n[i], n[i+1]})
	}
	var out [][4]float64
	last := from
	for i := 1; i <= curveSteps; i++ {
		p := along(points, float64(i)/curveSteps)
		out = append(out, [4]float64{last[0], last[1], p[0], p[1]})
		last = p
	}
	return out
}

// along is the point of a curve at t, by halving its frame until one point is left (de Casteljau).
func along(p [][2]float64, t float64) [2]float64 {
	for len(p) > 1 {
		next := make([][2]float64, len(p)-1)
		for i := range next {
			next[i] = [2]float64{p[i][0] + (p[i+1][0]-p[i][0])*t, p[i][1] + (p[i+1][1]-p[i][1])*t}
		}
		p = next
	}
	return p[0]
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
