package ui

import (
	"math"
	"testing"
)

func TestBarsShareTheRoomOfTheLongest(t *testing.T) {
	t.Parallel()
	b := Bars{Rows: []ChartRow{{Parts: []ChartPart{{N: 3, Key: "done"}, {N: 0, Key: "over"}, {N: 1, Key: "not"}}}, {Parts: []ChartPart{{N: 2, Key: "done"}}}, {}}}
	got := b.shapes()
	from, room := b.room()
	for i, want := range []float64{from + room, from + room/2, from} {
		if math.Abs(got[i].end-want) > .01 {
			t.Errorf("bar %d ends at %.1f, want %.1f", i, got[i].end, want)
		}
	}
	if n := len(got[0].pieces); n != 2 {
		t.Errorf("%d pieces, want those that have something", n)
	}
	if p := got[0].pieces; math.Abs(p[1].x-(from+room*3/4)) > .01 || p[0].w >= room*3/4 {
		t.Errorf("pieces %v do not lie side by side with a gap", p)
	}
	if b.viewBox() != "0 0 360 78" || (Bars{}).viewBox() != "0 0 360 26" {
		t.Errorf("pictures %q, %q", b.viewBox(), (Bars{}).viewBox())
	}
}

func TestARowIsHeardAsItIsSeen(t *testing.T) {
	t.Parallel()
	if got := (ChartRow{Name: "1月", Text: "3", Label: "按时 3"}).said(); got != "1月 3 按时 3" {
		t.Errorf("got %q", got)
	}
}

func TestALineHasGapsWhereThereIsNothing(t *testing.T) {
	t.Parallel()
	l := Lines{Steps: []string{"1", "2", "3", "4"}}
	for _, c := range []struct {
		points []int
		want   string
		spots  int
	}{
		{[]int{100, 50, -1, 0}, "M73.0 20.0L151.0 80.0M307.0 140.0", 3}, {[]int{-1, -1, -1, -1}, "", 0},
	} {
		s := ChartLine{Points: c.points}
		if got := l.path(s); got != c.want {
			t.Errorf("%v: %q, want %q", c.points, got, c.want)
		}
		if got := l.points(s); len(got) != c.spots {
			t.Errorf("%v: %d spots, want %d", c.points, len(got), c.spots)
		}
	}
}

func TestAGridHasRoomForNames(t *testing.T) {
	t.Parallel()
	h := Heat{Cols: make([]string, 12), Rows: make([]HeatRow, 2)}
	if h.wide() != 30 || h.y(1)-h.y(0) != heatName+heatHigh+heatGap || h.viewBox() != "0 0 360 118" {
		t.Errorf("%v wide, rows at %v and %v, %q", h.wide(), h.y(0), h.y(1), h.viewBox())
	}
	if (HeatCell{Text: "4/4"}).size() == (HeatCell{Text: "12/12"}).size() {
		t.Error("a longer text needs smaller letters")
	}
}

// Whatever stands before and behind them, bars and words stay in the picture.
func TestWordsStayInThePicture(t *testing.T) {
	t.Parallel()
	for _, r := range []ChartRow{{Name: "1月", Text: "4247 = 3948+119+10+170"}, {Name: "危化品存储区域", Text: "12 次"}, {Name: "Chemicals st…", Text: "18067, median 3 d"}} {
		r.Parts = []ChartPart{{N: 5, Key: "done"}}
		b := Bars{Rows: []ChartRow{r}}
		if end := b.shapes()[0].end + 6 + wide(r.Text); end > chartWide+.01 {
			t.Errorf("%s %s ends at %.0f of %.0f", r.Name, r.Text, end, chartWide)
		}
	}
}
