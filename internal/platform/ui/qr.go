package ui

import (
	"fmt"
	"strings"

	"rsc.io/qr"
)

// quiet is the white edge that a reader needs around the code (ISO/IEC 18004: four modules).
const quiet = 4

// QRCode is a code as the data of one SVG path and the box that shows it.
type QRCode struct{ Path, Box string }

// NewQRCode draws an address. Level M still reads with a seventh of it dirty, which a wall does to paper.
func NewQRCode(text string) (QRCode, error) {
	c, err := qr.Encode(text, qr.M)
	if err != nil {
		return QRCode{}, fmt.Errorf("code of %d letters: %w", len(text), err)
	}
	var b strings.Builder
	for y := range c.Size {
		for x := 0; x < c.Size; x++ {
			if !c.Black(x, y) {
				continue
			}
			from := x
			for x < c.Size && c.Black(x, y) {
				x++
			}
			fmt.Fprintf(&b, "M%d %dh%dv1h-%dz", from+quiet, y+quiet, x-from, x-from)
		}
	}
	return QRCode{b.String(), fmt.Sprintf("0 0 %d %d", c.Size+2*quiet, c.Size+2*quiet)}, nil
}
