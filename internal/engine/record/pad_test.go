package record

import (
	"fmt"
	"strings"
	"testing"

	"xiaojia/internal/kernel"
)

func TestFromPad(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, raw, want string }{
		{"same size", `{"w":360,"h":144,"strokes":[[[10,20,0],[110.04,20.06,16]]]}`, "M10.0 20.0L110.0 20.1"},
		{"twice as large", `{"w":720,"h":288,"strokes":[[[20,40,0],[220,40,16]]]}`, "M10.0 20.0L110.0 20.0"},
		{"upright canvas is centred", `{"w":144,"h":288,"strokes":[[[0,0,0],[144,288,9]]]}`, "M144.0 0.0L216.0 144.0"},
		{"two strokes, one a dot", `{"w":360,"h":144,"strokes":[[[10,20,0],[60,20,3]],[[30,40,90]]]}`, "M10.0 20.0L60.0 20.0M30.0 40.0L30.0 40.0"},
		{"without milliseconds", `{"w":360,"h":144,"strokes":[[[10,20],[60,20]]]}`, "M10.0 20.0L60.0 20.0"},
		{"outside the canvas", `{"w":360,"h":144,"strokes":[[[-10,20,0],[60,150,1]]]}`, "M-10.0 20.0L60.0 150.0"},
	} {
		got, err := FromPad(c.raw)
		if err != nil || got != c.want {
			t.Errorf("%s: got %q %v, want %q", c.name, got, err, c.want)
		}
	}
}

func TestFromPadRefuses(t *testing.T) {
	t.Parallel()
	long := `{"w":360,"h":144,"strokes":[[` + strings.Repeat("[1,2,3],", 9000) + `[300,100,4]]]}`
	for _, c := range []struct{ name, raw, want string }{
		{"nothing", "", "请在框里签上名字"},
		{"no strokes", `{"w":360,"h":144,"strokes":[]}`, "请在框里签上名字"},
		{"a dot", `{"w":360,"h":144,"strokes":[[[5,5,0],[6,6,1]]]}`, "这只是一个点，请签上名字"},
		{"no JSON", `<path d="M0 0">`, "签名没有读懂，请擦掉重签"},
		{"no size", `{"strokes":[[[5,5,0],[60,6,1]]]}`, "签名没有读懂，请擦掉重签"},
		{"half a point", `{"w":360,"h":144,"strokes":[[[5],[60,6,1]]]}`, "签名没有读懂，请擦掉重签"},
		{"far away", `{"w":360,"h":144,"strokes":[[[5,5,0],[1e9,6,1]]]}`, "签名没有读懂，请擦掉重签"},
		{"infinite", `{"w":360,"h":144,"strokes":[[[5,5,0],[1e999,6,1]]]}`, "签名没有读懂，请擦掉重签"},
		{"too many points", long, "签名画得太多了，请擦掉重签"},
		{"too long to read", strings.Repeat(" ", padMax+1), "签名画得太多了，请擦掉重签"},
	} {
		_, err := FromPad(c.raw)
		if kernel.KindOf(err) != kernel.Invalid || !strings.Contains(fmt.Sprint(err), c.want) {
			t.Errorf("%s: got %v, want %q", c.name, err, c.want)
		}
	}
}

func TestViewBox(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{"M10 20L110 60": "4.0 14.0 112.0 52.0", "": "", "<svg>": ""} {
		if got := ViewBox(in); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}

func FuzzFromPad(f *testing.F) {
	f.Add(`{"w":358,"h":144,"strokes":[[[1,2,3],[100,50,60]]]}`)
	f.Add(`{"w":1e-300,"h":1,"strokes":[[[1e300,2,3]]]}`)
	f.Add(`{"w":5,"h":5,"strokes":[[null,[]]]}`)
	f.Fuzz(func(t *testing.T, raw string) {
		path, err := FromPad(raw)
		if err != nil {
			if kernel.KindOf(err) != kernel.Invalid {
				t.Fatalf("%q: got %v, want a sentence", raw, err)
			}
			return
		}
		if err := CheckStrokes(path); err != nil || ViewBox(path) == "" || strings.Trim(path, "ML -.0123456789") != "" {
			t.Fatalf("%q: got %q %v", raw, path, err)
		}
	})
}
