package scene

import (
	"fmt"
	"golang.org/x/image/draw"
	"image"
	"image/png"
	"os"
	"strings"
	"testing"
)

func TestSheet(t *testing.T) {
	out := os.Getenv("SHEET")
	if out == "" {
		return
	}
	var names []string
	for _, n := range Names() {
		if only := os.Getenv("ONLY"); only == "" || strings.Contains(","+only+",", ","+n+",") {
			names = append(names, n)
		}
	}
	cols := 4
	if len(names) > 12 {
		cols = 5
	}
	w, h := 480, 360
	if len(names) > 12 {
		w, h = 384, 288
	}
	rows := (len(names) + cols - 1) / cols
	m := image.NewRGBA(image.Rect(0, 0, cols*w, rows*h))
	for i, n := range names {
		s, err := Draw(n, int64(i%4))
		if err != nil {
			t.Fatal(err)
		}
		r := image.Rect(0, 0, w-6, h-6).Add(image.Pt(i%cols*w, i/cols*h))
		draw.BiLinear.Scale(m, r, s, s.Bounds(), draw.Src, nil)
		fmt.Println(i, n)
	}
	f, _ := os.Create(out)
	png.Encode(f, m)
	f.Close()
}
func BenchmarkDraw(b *testing.B) {
	for _, n := range Names() {
		b.Run(n, func(b *testing.B) {
			for b.Loop() {
				Draw(n, 1)
			}
		})
	}
}
