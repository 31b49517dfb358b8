package files

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"image"
	"image/jpeg"
	"io"
	"runtime"
	"slices"

	"xiaojia/internal/kernel"
)

// Limits bound what a photo may be and become.
type Limits struct {
	Bytes  int64 // of the file as sent
	Pixels int64 // width times height
	Big    int   // longest edge of the picture kept
	Thumb  int   // longest edge of the small one
}

// Standard is 20 MB and 40 megapixels in, 2,560 and 320 pixels out (decisions.md 18, issue "Bad input").
func Standard() Limits {
	return Limits{Bytes: 20 << 20, Pixels: 40_000_000, Big: 2560, Thumb: 320}
}

const (
	bigQuality   = 85
	thumbQuality = 80
)

// Picture is a photo as it is kept: two upright JPEGs without EXIF, and the size of the big one.
type Picture struct {
	Big, Thumb []byte
	W, H       int
}

// Intake takes photos in, as many at once as there are processors, so that memory stays bounded.
type Intake struct {
	lim   Limits
	slots chan struct{}
}

// NewIntake makes an Intake with its own slots; one serves the whole server.
func NewIntake(lim Limits) *Intake {
	return &Intake{lim: lim, slots: make(chan struct{}, runtime.NumCPU())}
}

// Picture reads a JPEG or PNG and returns it upright and clean. A refusal is a kernel error that a worker can act on;
// the original is not kept anywhere.
func (in *Intake) Picture(ctx context.Context, r io.Reader) (Picture, error) {
	// The whole file is read before a slot is taken: a slow phone must not hold one.
	raw, err := io.ReadAll(io.LimitReader(r, in.lim.Bytes+1))
	if err != nil {
		return Picture{}, fmt.Errorf("read photo: %w", err)
	}
	if int64(len(raw)) > in.lim.Bytes {
		return Picture{}, kernel.Err(kernel.TooLarge, "这张照片太大了，超过 %d MB，请在手机里选小一点的尺寸再传", int(in.lim.Bytes>>20))
	}
	kind, err := sniff(raw)
	if err != nil {
		return Picture{}, err
	}
	// The header is judged before a byte of the picture is decoded: a small file may claim any size.
	turn, err := in.judge(kind, raw)
	if err != nil {
		return Picture{}, err
	}
	select {
	case in.slots <- struct{}{}:
		defer func() { <-in.slots }()
	case <-ctx.Done():
		return Picture{}, kernel.Err(kernel.Busy, "现在传照片的人多，请过一会儿再试")
	}
	rest := bytes.NewReader(raw)
	src, err := kind.decode(rest)
	if err != nil && rest.Len() == 0 { // both decoders tell a cut within the pixels as a wrong format
		err = io.ErrUnexpectedEOF
	}
	if err != nil {
		return Picture{}, unreadable(err)
	}
	return in.finish(src, turn)
}

// finish scales before it turns, because the small picture is quicker to turn.
func (in *Intake) finish(src image.Image, turn int) (Picture, error) {
	big := upright(fit(src, in.lim.Big), turn)
	thumb := fit(big, in.lim.Thumb)
	pic := Picture{W: big.Rect.Dx(), H: big.Rect.Dy()}
	var err error
	if pic.Big, err = encode(big, bigQuality); err != nil {
		return Picture{}, err
	}
	if pic.Thumb, err = encode(thumb, thumbQuality); err != nil {
		return Picture{}, err
	}
	return pic, nil
}

// Marked is the same picture with sixteen random bytes in a comment of its file, so that its hash cannot be made again from
// the photo that it came from.
func (p Picture) Marked() Picture {
	p.Big, p.Thumb = marked(p.Big), marked(p.Thumb)
	return p
}

// marked puts a COM segment (ITU-T T.81, B.2.4.5) behind the start of a JPEG.
func marked(file []byte) []byte {
	seg := make([]byte, 20)
	seg[0], seg[1], seg[3] = 0xff, 0xfe, 18 // marker, and the length of what follows with itself
	_, _ = rand.Read(seg[4:])               // never fails since Go 1.24
	return slices.Concat(file[:2], seg, file[2:])
}

func encode(m image.Image, quality int) ([]byte, error) {
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, &jpeg.Options{Quality: quality}); err != nil {
		return nil, fmt.Errorf("encode photo: %w", err)
	}
	return b.Bytes(), nil
}

// unreadable says why a file with a good header did not decode.
func unreadable(err error) error {
	var strange jpeg.UnsupportedError
	switch {
	case errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF):
		return kernel.Err(kernel.Invalid, "这张照片没有传完整，请重新选一次或重新拍一张")
	case errors.As(err, &strange):
		return kernel.Err(kernel.Invalid, "这张照片的格式太特殊，打不开，请用手机相机重新拍一张")
	}
	return kernel.Err(kernel.Invalid, "这张照片坏了，打不开，请重新拍一张")
}
