package safetyweb

import (
	"fmt"
	"strings"

	"rsc.io/qr"

	"xiaojia/internal/kernel"
	"xiaojia/internal/register/org"
)

// wallCode is what hangs on the wall of a place: its address as a picture that any phone's camera reads.
type wallCode struct {
	Name, Unit kernel.Words
	Code       string
	Address    string
	Path       string // of an SVG: a square a module, drawn row by row
	Box        string // the drawing's viewBox, with the white edge that readers need
}

// quiet is the white edge that a reader needs, in modules (ISO/IEC 18004).
const quiet = 4

func newWallCode(pl org.Place, unit kernel.Words, address string) (wallCode, error) {
	code, err := qr.Encode(address, qr.M)
	if err != nil {
		return wallCode{}, fmt.Errorf("code of place %s: %w", pl.ID, err)
	}
	return wallCode{Name: pl.Name, Unit: unit, Code: pl.Code, Address: address, Path: squares(code),
		Box: fmt.Sprintf("%d %d %d %d", -quiet, -quiet, code.Size+2*quiet, code.Size+2*quiet)}, nil
}

// squares draws runs of black modules as rectangles.
func squares(code *qr.Code) string {
	var b strings.Builder
	for y := range code.Size {
		for x := 0; x < code.Size; x++ {
			run := 0
			for code.Black(x+run, y) {
				run++
			}
			if run > 0 {
				fmt.Fprintf(&b, "M%d %dh%dv1h-%dz", x, y, run, run)
				x += run
			}
		}
	}
	return b.String()
}
