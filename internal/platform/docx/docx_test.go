package docx

import (
	"archive/zip"
	"bytes"
	"encoding/base64"
	"encoding/xml"
	"errors"
	"image"
	"image/png"
	"io"
	"strings"
	"testing"
)

const page = `<!doctype html><html><body><div class="no-print">工具</div><main class="paper paper-dense" id="main">
<p class="paper-no">编号：1</p><h1>记录表</h1><p class="paper-void">作废：<br>写错了</p>
<table><tbody><tr><th>类型</th><td>定期</td><th>区域</th><td>食堂</td></tr><tr class="tall"><th>做法</th><td colspan="3"><p>一</p><p>二 &lt;三&gt; &amp; "四"</p></td></tr></tbody></table>
<table><thead><tr><th class="!w-[20mm]">项</th><th class="!w-auto">内容</th></tr></thead><tbody><tr><td>CT01</td><td>干净<span class="paper-photos"><img src="/f/x" alt="照片"></span></td></tr></tbody></table>
<div class="paper-keep"><table><tr><th>签名</th><td><span>张敏</span><div class="signed"><svg viewBox="0 0 100 40" aria-label="张敏的签名"><path d="M10 20L90 20"></path></svg></div><span class="block">九点</span></td></tr></table></div>
</main></body></html>`

func made(t *testing.T, page string) (*Doc, map[string][]byte) {
	t.Helper()
	var shot bytes.Buffer
	if err := png.Encode(&shot, image.NewGray(image.Rect(0, 0, 44, 16))); err != nil {
		t.Fatal(err)
	}
	d, err := FromHTML(strings.NewReader(page), func(string) (string, error) {
		return "data:image/png;base64," + base64.StdEncoding.EncodeToString(shot.Bytes()), nil
	})
	if err != nil {
		t.Fatal(err)
	}
	d.Foot = "第 %s 页，共 %s 页"
	var file bytes.Buffer
	if err := d.Write(&file); err != nil {
		t.Fatal(err)
	}
	return d, unpack(t, file.Bytes())
}

// unpack reads a file as an office program would begin to: a zip whose parts are well formed.
func unpack(t *testing.T, raw []byte) map[string][]byte {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string][]byte{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		if out[f.Name], err = io.ReadAll(r); err != nil {
			t.Fatal(err)
		}
		if !strings.HasPrefix(f.Name, "word/media/") {
			d := xml.NewDecoder(bytes.NewReader(out[f.Name]))
			for err = nil; err == nil; {
				_, err = d.Token()
			}
			if !errors.Is(err, io.EOF) {
				t.Errorf("%s: %v", f.Name, err)
			}
		}
	}
	return out
}

func TestAPaperIsWhatThePageSays(t *testing.T) {
	t.Parallel()
	d, files := made(t, page)
	if !d.Dense || d.Title != "记录表" {
		t.Errorf("dense %v, title %q", d.Dense, d.Title)
	}
	body := string(files["word/document.xml"])
	at := 0
	for _, want := range []string{"编号：1", "记录表", "作废：", "<w:br/>", "写错了", "类型", "定期", "区域", "食堂", "做法", `<w:gridSpan w:val="3"/>`, "一", "二 &lt;三&gt; &amp; &#34;四&#34;", "<w:tblHeader/>", "项", "内容", "CT01", "干净", `descr="照片"`, "签名", "张敏", `descr="张敏的签名"`, "九点"} {
		i := strings.Index(body[at:], want)
		if i < 0 {
			t.Fatalf("%q does not stand behind what comes before it in\n%s", want, body)
		}
		at += i
	}
	if strings.Contains(body, "工具") {
		t.Error("what is not printed stands in the file")
	}
	if files["word/media/image1.png"] == nil || files["word/media/image2.png"] == nil {
		t.Error("the pictures are missing")
	}
	if foot := string(files["word/footer1.xml"]); !strings.Contains(foot, "PAGE") || !strings.Contains(foot, "NUMPAGES") || !strings.Contains(foot, "，共 ") {
		t.Errorf("foot: %s", foot)
	}
	if w := body[strings.Index(body, "<w:pgSz"):]; !strings.HasPrefix(w, `<w:pgSz w:w="11906" w:h="16838"/>`) {
		t.Errorf("page: %.80s", w)
	}
}

func TestColumnsFillTheRoom(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		ws   []width
		want []float64
	}{
		"heads keep theirs":  {[]width{{head: true}, {}, {head: true}, {}}, []float64{20, 70, 20, 70}},
		"millimetres first":  {[]width{{mm: 30, head: true}, {head: true, free: true}}, []float64{30, 150}},
		"all known grow":     {[]width{{mm: 30}, {mm: 60}}, []float64{60, 120}},
		"heads alone":        {[]width{{head: true}, {head: true}}, []float64{90, 90}},
		"never without room": {[]width{{mm: 178}, {}}, []float64{178, 8}},
	} {
		got := share(c.ws, 180, 20)
		for i := range c.want {
			if d := got[i] - c.want[i]; d > .01 || d < -.01 {
				t.Errorf("%s: %v, want %v", name, got, c.want)
				break
			}
		}
	}
}

func TestControlCharactersAreDropped(t *testing.T) {
	t.Parallel()
	if got, want := escape("a\x00b\x0bc\td\u0085<\ufffe]]>"), "abc d&lt;]]&gt;"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestStrokesAreDrawnWhereTheyStand(t *testing.T) {
	t.Parallel()
	raw, ratio, err := Strokes("M10 20L90 20M50 5Q50 20 50 35", "0 0 100 40", 80)
	if err != nil || ratio != 2.5 {
		t.Fatalf("%v, ratio %v", err, ratio)
	}
	img, err := png.Decode(bytes.NewReader(raw))
	if err != nil || img.Bounds().Dx() != 200 || img.Bounds().Dy() != 80 {
		t.Fatalf("%v, %v", err, img.Bounds())
	}
	for _, p := range []struct {
		x, y int
		dark bool
	}{{100, 40, true}, {30, 40, true}, {100, 15, true}, {30, 15, false}, {5, 40, false}} {
		if _, _, _, a := img.At(p.x, p.y).RGBA(); (a > 0x8000) != p.dark {
			t.Errorf("at %d,%d: alpha %x, want dark %v", p.x, p.y, a, p.dark)
		}
	}
	for _, bad := range []string{"H5", "L", "M1 2 3", "M1 2A3 4", "Mx y"} {
		if _, _, err := Strokes(bad, "0 0 10 10", 20); err == nil {
			t.Errorf("%q was drawn", bad)
		}
	}
	if _, _, err := Strokes("M1 1L2 2", "0 0 0 10", 20); err == nil {
		t.Error("a box without width was drawn")
	}
}

func TestAPageWithoutAPaperIsRefused(t *testing.T) {
	t.Parallel()
	if _, err := FromHTML(strings.NewReader("<main>x</main>"), nil); err == nil {
		t.Error("want an error")
	}
}
