package files

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"image"
	"image/jpeg"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"xiaojia/internal/kernel"
)

// pngHeader is a PNG that claims a size and holds nothing.
func pngHeader(w, h uint32, depth byte) []byte {
	ihdr := binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32([]byte("IHDR"), w), h)
	ihdr = append(ihdr, depth, 2, 0, 0, 0)
	out := append([]byte("\x89PNG\r\n\x1a\n"), 0, 0, 0, 13)
	return binary.BigEndian.AppendUint32(append(out, ihdr...), crc32.ChecksumIEEE(ihdr))
}

// claim rewrites the size in a JPEG's frame header.
func claim(b []byte, w, h uint16) []byte {
	b = bytes.Clone(b)
	at := bytes.Index(b, []byte{0xFF, 0xC0})
	binary.BigEndian.PutUint16(b[at+5:], h)
	binary.BigEndian.PutUint16(b[at+7:], w)
	return b
}

func TestRefusals(t *testing.T) {
	t.Parallel()
	photo := jpegOf(t, paint(40, 30, "RGBY"))
	for name, c := range map[string]struct {
		raw  []byte
		kind kernel.Kind
		says string
	}{
		"empty":              {nil, kernel.Invalid, "空的"},
		"text named jpg":     {[]byte("dear union, this is no photo"), kernel.Invalid, "这不是照片"},
		"pdf":                {[]byte("%PDF-1.7\n"), kernel.Invalid, "这不是照片"},
		"heic":               {[]byte("\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1"), kernel.Invalid, "兼容性最佳"},
		"video":              {[]byte("\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00"), kernel.Invalid, "这不是照片"},
		"gif":                {[]byte("GIF89a........"), kernel.Invalid, "这种图片格式"},
		"webp":               {[]byte("RIFF\x00\x00\x00\x00WEBPVP8 "), kernel.Invalid, "这种图片格式"},
		"short riff":         {[]byte("RIFF"), kernel.Invalid, "这不是照片"},
		"head of a jpeg":     {[]byte("\xff\xd8\xff\xe0"), kernel.Invalid, "没有传完整"},
		"jpeg head, text":    {[]byte("\xff\xd8\xffhello, I only claim to be one"), kernel.Invalid, "这张照片"},
		"41 megapixels jpeg": {claim(photo, 8200, 5000), kernel.TooLarge, "4100 万"},
		"41 megapixels png":  {pngHeader(8200, 5000, 8), kernel.TooLarge, "4100 万"},
		"png bomb":           {pngHeader(60000, 60000, 8), kernel.TooLarge, "太大了"},
		"wide bomb":          {pngHeader(2147483647, 1, 8), kernel.TooLarge, "太大了"},
		"36 MP of 16 bits":   {pngHeader(6000, 6000, 16), kernel.TooLarge, "处理不了"},
		"36 MP, no data":     {pngHeader(6000, 6000, 8), kernel.Invalid, "没有传完整"},
		"21 MB":              {append(bytes.Clone(photo), make([]byte, 21<<20)...), kernel.TooLarge, "20 MB"},
	} {
		_, err := take(t, Standard(), c.raw)
		if kernel.KindOf(err) != c.kind || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: got kind %v %v, want kind %v saying %q", name, kernel.KindOf(err), err, c.kind, c.says)
		}
	}
}

func TestProgressiveJPEGIsWeighed(t *testing.T) {
	t.Parallel()
	raw := claim(jpegOf(t, paint(40, 30, "RGBY")), 6000, 6000)
	raw[bytes.Index(raw, []byte{0xFF, 0xC0})+1] = 0xC2
	if _, err := take(t, Standard(), raw); kernel.KindOf(err) != kernel.TooLarge {
		t.Errorf("36 MP progressive = %v, want TooLarge", err)
	}
}

func TestEveryCutIsToldAsACut(t *testing.T) {
	t.Parallel()
	for name, whole := range map[string][]byte{"jpeg": jpegOf(t, paint(40, 30, "RGBY")), "png": pngOf(t, paint(40, 30, "RGBY"))} {
		for n := 8; n < len(whole); n++ {
			if _, err := take(t, small, whole[:n]); err == nil || !strings.Contains(err.Error(), "没有传完整") {
				t.Errorf("%s cut to %d of %d: %v, want a sentence about the cut", name, n, len(whole), err)
			}
		}
	}
}

func TestNoSlotIsToldInWords(t *testing.T) {
	t.Parallel()
	in := NewIntake(small)
	for range cap(in.slots) {
		in.slots <- struct{}{}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	raw := jpegOf(t, paint(40, 30, "RGBY"))
	if _, err := in.Picture(ctx, bytes.NewReader(raw)); kernel.KindOf(err) != kernel.Busy {
		t.Errorf("Picture without a slot = %v, want Busy", err)
	}
	<-in.slots
	if _, err := in.Picture(t.Context(), bytes.NewReader(raw)); err != nil {
		t.Errorf("Picture with a slot = %v", err)
	}
	if got, want := len(in.slots), cap(in.slots)-1; got != want {
		t.Errorf("slots taken after = %d, want %d", got, want)
	}
}

// whole checks what must hold for any bytes: a clean picture within the limits, or a sentence for a person.
func whole(t interface{ Fatalf(string, ...any) }, raw []byte) {
	pic, err := NewIntake(small).Picture(context.Background(), bytes.NewReader(raw))
	var said *kernel.Error
	if err != nil {
		if !errors.As(err, &said) {
			t.Fatalf("error %v is no sentence", err)
		}
		return
	}
	conf, err := jpeg.DecodeConfig(bytes.NewReader(pic.Big))
	if err != nil || conf.Width != pic.W || conf.Height != pic.H || max(pic.W, pic.H) > small.Big || min(pic.W, pic.H) < 1 {
		t.Fatalf("picture %d×%d, config %+v, %v", pic.W, pic.H, conf, err)
	}
}

func TestAnyBytesEndWell(t *testing.T) {
	t.Parallel()
	seeds := seeds(t)
	rapid.Check(t, func(t *rapid.T) {
		raw := bytes.Clone(rapid.SampledFrom(seeds).Draw(t, "seed"))
		for range rapid.IntRange(0, 6).Draw(t, "changes") {
			at := rapid.IntRange(0, len(raw)-1).Draw(t, "at")
			raw[at] = rapid.Byte().Draw(t, "byte")
		}
		whole(t, raw[:rapid.IntRange(0, len(raw)).Draw(t, "cut")])
	})
}

func FuzzPicture(f *testing.F) {
	for _, s := range seeds(f) {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, raw []byte) { whole(t, raw) })
}

func seeds(t testing.TB) [][]byte {
	photo := jpegOf(t, paint(40, 30, "RGBY"))
	return [][]byte{
		photo, withEXIF(photo, binary.BigEndian, 6), withEXIF(photo, binary.LittleEndian, 3), pngOf(t, paint(40, 30, "RGBY")),
		pngOf(t, image.NewGray16(image.Rect(0, 0, 9, 9))), jpegOf(t, image.NewGray(image.Rect(0, 0, 64, 3))), pngHeader(64, 64, 16),
	}
}
