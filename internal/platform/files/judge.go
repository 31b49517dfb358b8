package files

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"io"
	"strings"

	"xiaojia/internal/kernel"
)

// format is one of the two kinds of picture that are taken.
type format struct {
	jpeg   bool
	config func(io.Reader) (image.Config, error)
	decode func(io.Reader) (image.Image, error)
}

// sniff looks at the first bytes; a file's name and declared type are never asked.
func sniff(b []byte) (format, error) {
	head := string(b[:min(len(b), 16)])
	switch {
	case len(b) == 0:
		return format{}, kernel.Err(kernel.Invalid, "这张照片是空的，请重新选一次")
	case strings.HasPrefix(head, "\xff\xd8\xff"):
		return format{jpeg: true, config: jpeg.DecodeConfig, decode: jpeg.Decode}, nil
	case strings.HasPrefix(head, "\x89PNG\r\n\x1a\n"):
		return format{config: png.DecodeConfig, decode: png.Decode}, nil
	case isHEIC(head):
		return format{}, kernel.Err(kernel.Invalid, "这张照片是 HEIC 格式，电脑打不开。请在手机“设置 › 相机 › 格式”里选“兼容性最佳”，再拍一张")
	case strings.HasPrefix(head, "GIF8"), strings.HasPrefix(head, "BM"), strings.HasPrefix(head, "II*\x00"), strings.HasPrefix(head, "MM\x00*"),
		strings.HasPrefix(head, "RIFF") && strings.HasPrefix(head[min(8, len(head)):], "WEBP"):
		return format{}, kernel.Err(kernel.Invalid, "这种图片格式收不了，请用手机相机拍，或者存成 JPG、PNG 再传")
	}
	return format{}, kernel.Err(kernel.Invalid, "这不是照片，请选手机拍的照片（JPG 或 PNG）")
}

// isHEIC knows the brands that phones write at the head of their HEIF files.
func isHEIC(head string) bool {
	if len(head) < 12 || head[4:8] != "ftyp" {
		return false
	}
	switch head[8:12] {
	case "heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1", "avif", "avis":
		return true
	}
	return false
}

// judge reads only the header: how large the picture is, what decoding it would cost, and which way it lies.
func (in *Intake) judge(kind format, raw []byte) (turn int, err error) {
	conf, err := kind.config(bytes.NewReader(raw))
	if err != nil {
		return 0, unreadable(err)
	}
	pixels := int64(conf.Width) * int64(conf.Height)
	if pixels <= 0 {
		return 0, unreadable(io.ErrNoProgress)
	}
	if pixels > in.lim.Pixels {
		return 0, kernel.Err(kernel.TooLarge, "这张照片太大了，有 %d 万像素，最多 %d 万，请在手机里选小一点的尺寸再拍", int(pixels/10_000), int(in.lim.Pixels/10_000))
	}
	facts := jpegFacts{turn: 1}
	if kind.jpeg {
		facts = readJPEG(raw)
	}
	// Six bytes for each pixel of the limit: every plain photo passes, a heavy kind of file must be smaller.
	if pixels*bytesPerPixel(conf.ColorModel, facts.progressive) > 6*in.lim.Pixels {
		return 0, kernel.Err(kernel.TooLarge, "这张照片太大了，处理不了，请在手机里选小一点的尺寸再拍")
	}
	return facts.turn, nil
}

// bytesPerPixel is what the standard decoders hold at most for a pixel.
func bytesPerPixel(m color.Model, progressive bool) int64 {
	n := int64(4)
	switch m {
	case color.NRGBA64Model, color.RGBA64Model:
		n = 8
	case color.GrayModel:
		n = 1
	case color.Gray16Model:
		n = 2
	case color.YCbCrModel:
		n = 3
	}
	if progressive {
		n *= 5 // and four bytes for each coefficient
	}
	return n
}
