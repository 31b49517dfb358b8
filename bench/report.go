package main

import (
	"fmt"
	"slices"
	"time"
)

// line is one figure with its limit.
type line struct {
	job, figure, limit string
	ratio              float64 // what was reached against what is the least; 1 and more is good
	stretch            string
}

// fast notes a rate against a share of the limit's.
func (r *run) fast(job string, got, limit, least, stretch float64, of string) {
	r.table = append(r.table, line{job: job, figure: fmt.Sprintf("%.0f/s = %.3f of %s (%.0f/s)", got, got/limit, of, limit), limit: fmt.Sprintf("≥ %.2f", least),
		ratio: got / limit / least, stretch: reached(stretch == 0 || got/limit >= stretch, stretch != 0, fmt.Sprintf("%.2f", stretch))})
}

// cheap notes a cost against the most that it may be.
func (r *run) cheap(job string, got, most, stretch time.Duration) {
	r.table = append(r.table, line{job: job, figure: fmt.Sprintf("%.3f ms", ms(got)), limit: fmt.Sprintf("≤ %.2f ms", ms(most)), ratio: float64(most) / float64(max(got, 1)),
		stretch: reached(got <= stretch, stretch != 0, fmt.Sprintf("%.2f ms", ms(stretch)))})
}

// told notes a cost that has no limit.
func (r *run) told(job string, got time.Duration) {
	r.table = append(r.table, line{job: job, figure: fmt.Sprintf("%.3f ms", ms(got)), limit: "–", ratio: 1, stretch: "–"})
}

// small notes a size in MB.
func (r *run) small(job string, got, most, stretch int64) {
	r.table = append(r.table, line{job: job, figure: fmt.Sprintf("%d MB", got>>20), limit: fmt.Sprintf("≤ %d MB", most), ratio: float64(most<<20) / float64(max(got, 1)),
		stretch: reached(got>>20 <= stretch, stretch != 0, fmt.Sprintf("%d MB", stretch))})
}

func reached(yes, is bool, what string) string {
	if !is {
		return "–"
	}
	if yes {
		return what + " reached"
	}
	return what
}

func ms(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }

// print writes the table and answers how many figures miss their limit.
func (r *run) print() (missed int) {
	fmt.Println("| job | figure | least | of the least | stretch |\n|---|---|---|---|---|")
	for _, l := range r.table {
		mark := ""
		if l.ratio < 1 {
			mark, missed = " **missed**", missed+1
		}
		fmt.Printf("| %s | %s | %s | %.2f%s | %s |\n", l.job, l.figure, l.limit, l.ratio, mark, l.stretch)
	}
	return missed
}

func median[T any](all []T, key func(T) float64) T {
	all = slices.Clone(all)
	slices.SortFunc(all, func(a, b T) int {
		switch x, y := key(a), key(b); {
		case x < y:
			return -1
		case x > y:
			return 1
		}
		return 0
	})
	return all[len(all)/2]
}
