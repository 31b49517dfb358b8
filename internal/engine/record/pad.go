package record

import (
	"encoding/json"
	"errors"
	"fmt"
	"strconv"

	"xiaojia/internal/kernel"
)

// A drawn name is fitted into a box of this size, whatever the phone, so that papers print all of them alike.
const (
	PadWidth  = 360
	PadHeight = 144
)

const (
	padMax  = 600_000  // bytes of a pad's JSON; with its milliseconds a point takes some ten times the path
	padSide = 10_000.0 // no screen is larger
)

// pad is what a signature pad sends: strokes of points x, y, milliseconds on a canvas of w × h.
type pad struct {
	W       float64       `json:"w"`
	H       float64       `json:"h"`
	Strokes [][][]float64 `json:"strokes"`
}

// FromPad makes SVG path data of what a signature pad sent, M and L only, one decimal, fitted into PadWidth × PadHeight.
// What it returns has passed CheckStrokes. The milliseconds are dropped: how fast somebody writes is nobody's business.
func FromPad(raw string) (string, error) {
	if raw == "" {
		return "", CheckStrokes("")
	}
	if len(raw) > padMax {
		return "", kernel.Wrong("signature", "签名画得太多了，请擦掉重签")
	}
	var p pad
	if err := json.Unmarshal([]byte(raw), &p); err != nil || !p.plausible() {
		return "", errors.Join(kernel.Wrong("signature", "签名没有读懂，请擦掉重签"), err)
	}
	path, err := p.path()
	if err != nil {
		return "", err
	}
	return path, CheckStrokes(path)
}

func (p pad) plausible() bool {
	return p.W > 0 && p.W <= padSide && p.H > 0 && p.H <= padSide
}

// path draws a stroke of one point as a line to itself, which a round pen shows as a dot.
func (p pad) path() (string, error) {
	k := min(PadWidth/p.W, PadHeight/p.H)
	dx, dy := (PadWidth-p.W*k)/2, (PadHeight-p.H*k)/2
	var b []byte
	for _, stroke := range p.Strokes {
		for i, at := range stroke {
			if len(at) < 2 {
				return "", kernel.Wrong("signature", "签名没有读懂，请擦掉重签")
			}
			b = point(b, "ML"[min(i, 1)], at[0]*k+dx, at[1]*k+dy)
			if len(stroke) == 1 {
				b = point(b, 'L', at[0]*k+dx, at[1]*k+dy)
			}
		}
	}
	return string(b), nil
}

func point(b []byte, command byte, x, y float64) []byte {
	b = strconv.AppendFloat(append(b, command), x, 'f', 1, 64)
	return strconv.AppendFloat(append(b, ' '), y, 'f', 1, 64)
}

// ViewBox is the part of the drawing plane that shows a signature with a little room around it; empty for no signature.
func ViewBox(strokes string) string {
	xs, ys, ok := points(strokes)
	if !ok {
		return ""
	}
	const room = 6
	left, top := lowest(xs)-room, lowest(ys)-room
	return fmt.Sprintf("%.1f %.1f %.1f %.1f", left, top, span(xs)+2*room, span(ys)+2*room)
}

func lowest(v []float64) float64 {
	low := v[0]
	for _, x := range v {
		low = min(low, x)
	}
	return low
}
