package scene

import (
	"bytes"
	"image"
	"image/jpeg"
	"slices"
	"sync"
	"testing"
)

func TestEverySceneFillsItsPicture(t *testing.T) {
	t.Parallel()
	for _, name := range Names() {
		m, err := Draw(name, 1)
		if err != nil {
			t.Fatalf("Draw(%s) = %v", name, err)
		}
		if got := m.Bounds(); got != image.Rect(0, 0, width, height) {
			t.Errorf("%s: bounds = %v, want 960×720", name, got)
		}
		seen := map[[3]uint8]bool{}
		for i := 0; i < len(m.Pix); i += 4 {
			if m.Pix[i+3] != 255 || m.Pix[i]|m.Pix[i+1]|m.Pix[i+2] < 8 {
				t.Fatalf("%s: pixel %d, %d was not painted: %v", name, i/4%width, i/4/width, m.Pix[i:i+4])
			}
			seen[[3]uint8{m.Pix[i] >> 4, m.Pix[i+1] >> 4, m.Pix[i+2] >> 4}] = true
		}
		if len(seen) < 40 {
			t.Errorf("%s: %d colours, want a drawing of at least 40", name, len(seen))
		}
	}
}

func TestSameSeedSamePicture(t *testing.T) {
	t.Parallel()
	for _, name := range Names() {
		var first [variants][]byte
		for v := range variants {
			m, err := Draw(name, int64(v))
			if err != nil {
				t.Fatal(err)
			}
			for before := range v {
				if bytes.Equal(first[before], m.Pix) {
					t.Errorf("%s: seeds %d and %d are the same picture", name, before, v)
				}
			}
			first[v] = m.Pix
		}
		again, err := Draw(name, 1+variants)
		if err != nil || !bytes.Equal(first[1], again.Pix) {
			t.Errorf("%s: seeds 1 and %d differ, %v, want the same picture", name, 1+variants, err)
		}
	}
}

func TestBeforeAndAfterDiffer(t *testing.T) {
	t.Parallel()
	names := Names()
	for _, name := range names {
		after, ok := After(name)
		if !ok {
			continue
		}
		if !slices.Contains(names, after) {
			t.Errorf("After(%s) = %q, which is no scene", name, after)
			continue
		}
		if _, more := After(after); more {
			t.Errorf("After(%s) = %s, which is itself a hazard", name, after)
		}
		if far := distance(t, name, after); far < 1 {
			t.Errorf("%s and %s differ by %.2f on average, want what an eye sees", name, after, far)
		}
	}
}

// distance is the mean difference of two scenes' pixels.
func distance(t *testing.T, a, b string) float64 {
	t.Helper()
	x, err := Draw(a, 0)
	if err != nil {
		t.Fatal(err)
	}
	y, err := Draw(b, 0)
	if err != nil {
		t.Fatal(err)
	}
	sum := 0
	for i := range x.Pix {
		sum += int(max(x.Pix[i], y.Pix[i]) - min(x.Pix[i], y.Pix[i]))
	}
	return float64(sum) / float64(len(x.Pix))
}

func TestNamesAndCaptions(t *testing.T) {
	t.Parallel()
	names := Names()
	sorted := slices.Clone(names)
	slices.Sort(sorted)
	if got := len(slices.Compact(sorted)); got != len(names) || got < 24 {
		t.Errorf("%d names, %d of them different, want two dozen and no name twice", len(names), got)
	}
	said := map[string]string{}
	for _, name := range names {
		w, ok := Caption(name)
		if !ok || w.Zh == "" || w.En == "" || said[w.Zh] != "" {
			t.Errorf("Caption(%s) = %+v, %v, as %q; want its own words in both languages", name, w, ok, said[w.Zh])
		}
		said[w.Zh] = name
	}
}

func TestUnknownNameIsAnError(t *testing.T) {
	t.Parallel()
	if m, err := Draw("moon", 0); err == nil {
		t.Errorf("Draw(moon) = %v, want an error", m.Bounds())
	}
	if b, err := NewAlbum().JPEG("moon", 0); err == nil {
		t.Errorf("JPEG(moon) = %d bytes, want an error", len(b))
	}
	if _, ok := After("moon"); ok {
		t.Error("After(moon) = true, want false")
	}
}

func TestAlbumKeepsWhatItDrew(t *testing.T) {
	t.Parallel()
	a := NewAlbum()
	want, err := JPEG("visit", 3)
	if err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	for _, seed := range []int64{3, 3 + variants, -1, 3 + 100*variants} {
		wg.Go(func() {
			if got, err := a.JPEG("visit", seed); err != nil || !bytes.Equal(got, want) {
				t.Errorf("Album.JPEG(visit, %d) = %d bytes, %v, want the %d of JPEG", seed, len(got), err, len(want))
			}
		})
	}
	wg.Wait()
	if len(a.kept) != 1 {
		t.Errorf("album keeps %d, want 1", len(a.kept))
	}
	conf, err := jpeg.DecodeConfig(bytes.NewReader(want))
	if err != nil || conf.Width != width || conf.Height != height {
		t.Errorf("JPEG is %+v, %v, want 960×720", conf, err)
	}
}

func BenchmarkDraw(b *testing.B) {
	names := Names()
	for i := 0; b.Loop(); i++ {
		if _, err := Draw(names[i%len(names)], int64(i)); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkJPEG(b *testing.B) {
	names := Names()
	for i := 0; b.Loop(); i++ {
		if _, err := JPEG(names[i%len(names)], int64(i)); err != nil {
			b.Fatal(err)
		}
	}
}
