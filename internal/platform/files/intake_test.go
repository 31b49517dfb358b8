package files

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"testing"
)

// small keeps the tests quick: what 40 megapixels are to a server, 64 × 64 are to it.
var small = Limits{Bytes: 64 << 10, Pixels: 64 * 64, Big: 48, Thumb: 12}

// paint draws four quarters, named by letters from left to right and top to bottom.
func paint(w, h int, quarters string) *image.NRGBA {
	m := image.NewNRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			m.SetNRGBA(x, y, colours[quarters[2*y/h*2+2*x/w]])
		}
	}
	return m
}

var colours = map[byte]color.NRGBA{'R': {220, 0, 0, 255}, 'G': {0, 160, 0, 255}, 'B': {0, 0, 220, 255}, 'Y': {240, 230, 0, 255}}

// quarters reads them back.
func quarters(t *testing.T, b []byte) string {
	t.Helper()
	m, err := jpeg.Decode(bytes.NewReader(b))
	if err != nil {
		t.Fatalf("output is no JPEG: %v", err)
	}
	w, h, out := m.Bounds().Dx(), m.Bounds().Dy(), ""
	for i := range 4 {
		r, g, b, _ := m.At(w/4+i%2*w/2, h/4+i/2*h/2).RGBA()
		letter := byte('?')
		for name, c := range colours {
			if near(r, c.R) && near(g, c.G) && near(b, c.B) {
				letter = name
			}
		}
		out += string(letter)
	}
	return out
}

func near(a uint32, b uint8) bool { return max(a>>8, uint32(b))-min(a>>8, uint32(b)) < 50 }

func jpegOf(t testing.TB, m image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, &jpeg.Options{Quality: 95}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func pngOf(t testing.TB, m image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// withEXIF puts an orientation, and a text where a place would be, behind the first mark of a JPEG.
func withEXIF(b []byte, order binary.AppendByteOrder, turn uint16) []byte {
	t := []byte("MM\x00*")
	if order == binary.AppendByteOrder(binary.LittleEndian) {
		t = []byte("II*\x00")
	}
	t = order.AppendUint32(t, 8)
	t = order.AppendUint16(t, 2)
	t = order.AppendUint32(order.AppendUint16(order.AppendUint16(t, 0x010F), 2), 4) // maker, so that the tag is not the first
	t = append(t, "abc\x00"...)
	t = order.AppendUint32(order.AppendUint16(order.AppendUint16(t, 0x0112), 3), 1)
	t = append(order.AppendUint16(t, turn), 0, 0, 0, 0, 0, 0)
	t = append(t, "GPS 36.65N 117.12E"...)
	body := append([]byte("Exif\x00\x00"), t...)
	out := append([]byte{0xFF, 0xD8, 0xFF, 0xE1}, binary.BigEndian.AppendUint16(nil, uint16(len(body)+2))...)
	return append(append(out, body...), b[2:]...)
}

func take(t *testing.T, lim Limits, raw []byte) (Picture, error) {
	t.Helper()
	return NewIntake(lim).Picture(t.Context(), bytes.NewReader(raw))
}

// The stored quarters follow from the table of CIPA DC-008: where the stored first row and first column are seen.
func TestEveryOrientationComesOutUpright(t *testing.T) {
	t.Parallel()
	for turn, stored := range map[uint16]string{1: "RGBY", 2: "GRYB", 3: "YBGR", 4: "BYRG", 5: "RBGY", 6: "GYRB", 7: "YGBR", 8: "BRYG", 0: "RGBY", 9: "RGBY"} {
		for _, order := range []binary.AppendByteOrder{binary.BigEndian, binary.LittleEndian} {
			w, h := 64, 48
			if turn >= 5 && turn <= 8 {
				w, h = h, w
			}
			pic, err := take(t, small, withEXIF(jpegOf(t, paint(w, h, stored)), order, turn))
			if err != nil {
				t.Errorf("turn %d: %v", turn, err)
				continue
			}
			if got := quarters(t, pic.Big); got != "RGBY" || pic.W != 48 || pic.H != 36 {
				t.Errorf("turn %d %v: got %s %d×%d, want RGBY 48×36", turn, order, got, pic.W, pic.H)
			}
			if got := quarters(t, pic.Thumb); got != "RGBY" {
				t.Errorf("turn %d %v: thumb %s, want RGBY", turn, order, got)
			}
		}
	}
}

func TestNothingOfTheEXIFIsKept(t *testing.T) {
	t.Parallel()
	raw := withEXIF(jpegOf(t, paint(60, 40, "RGBY")), binary.BigEndian, 1)
	if !bytes.Contains(raw, []byte("GPS 36")) {
		t.Fatal("the test photo tells no place")
	}
	pic, err := take(t, small, raw)
	if err != nil {
		t.Fatal(err)
	}
	for _, b := range [][]byte{pic.Big, pic.Thumb} {
		for _, word := range []string{"Exif", "GPS", "abc", "117.12E"} {
			if bytes.Contains(b, []byte(word)) {
				t.Errorf("output contains %q", word)
			}
		}
	}
}

func TestSizes(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ w, h, bigW, bigH, thumbW, thumbH int }{
		{5200, 3900, 2560, 1920, 320, 240}, {3000, 4000, 1920, 2560, 240, 320}, {2560, 10, 2560, 10, 320, 1}, {200, 100, 200, 100, 200, 100}, {1, 1, 1, 1, 1, 1}, {9000, 2, 2560, 1, 320, 1},
	} {
		pic, err := take(t, Standard(), pngOf(t, image.NewGray(image.Rect(0, 0, c.w, c.h))))
		if err != nil {
			t.Errorf("%d×%d: %v", c.w, c.h, err)
			continue
		}
		thumb, err := jpeg.DecodeConfig(bytes.NewReader(pic.Thumb))
		if err != nil || pic.W != c.bigW || pic.H != c.bigH || thumb.Width != c.thumbW || thumb.Height != c.thumbH {
			t.Errorf("%d×%d: got %d×%d and %d×%d, %v, want %+v", c.w, c.h, pic.W, pic.H, thumb.Width, thumb.Height, err, c)
		}
	}
}

func TestClearPNGBecomesWhite(t *testing.T) {
	t.Parallel()
	for _, edge := range []int{8, 60} { // copied, and averaged
		pic, err := take(t, Limits{Bytes: 1 << 20, Pixels: 1 << 20, Big: 20, Thumb: 5}, pngOf(t, image.NewNRGBA(image.Rect(0, 0, edge, edge))))
		if err != nil {
			t.Fatal(err)
		}
		m, err := jpeg.Decode(bytes.NewReader(pic.Big))
		if err != nil {
			t.Fatal(err)
		}
		if r, g, b, _ := m.At(3, 3).RGBA(); r>>8 < 250 || g>>8 < 250 || b>>8 < 250 {
			t.Errorf("clear pixel of %d = %d %d %d, want white", edge, r>>8, g>>8, b>>8)
		}
	}
}
