package web

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"sync"
	"time"
)

// Meter counts what was answered, by line of the table and status, for whoever watches the server. It knows no address, no
// person and no query. The zero Meter is ready.
type Meter struct {
	mu   sync.Mutex
	seen map[answered]took
}

type answered struct {
	method, route string
	status        int
}

type took struct {
	n   int
	sum time.Duration
}

// Saw counts one answer.
func (m *Meter) Saw(method, route string, status int, d time.Duration) {
	if m == nil {
		return
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.seen == nil {
		m.seen = map[answered]took{}
	}
	at := answered{method, route, cmp.Or(status, 200)}
	t := m.seen[at]
	m.seen[at] = took{t.n + 1, t.sum + d}
}

// Write tells all in the text format of Prometheus, in one order.
func (m *Meter) Write(w io.Writer) error {
	m.mu.Lock()
	seen := maps.Clone(m.seen)
	m.mu.Unlock()
	keys := slices.SortedFunc(maps.Keys(seen), func(a, b answered) int {
		return cmp.Or(cmp.Compare(a.route, b.route), cmp.Compare(a.method, b.method), cmp.Compare(a.status, b.status))
	})
	b := bufio.NewWriter(w)
	fmt.Fprintln(b, "# HELP xiaojia_requests_total Answers by route and status.\n# TYPE xiaojia_requests_total counter")
	for _, k := range keys {
		fmt.Fprintf(b, "xiaojia_requests_total{%s} %d\n", k.labels(), seen[k].n)
	}
	fmt.Fprintln(b, "# HELP xiaojia_request_seconds_total Time spent on them.\n# TYPE xiaojia_request_seconds_total counter")
	for _, k := range keys {
		fmt.Fprintf(b, "xiaojia_request_seconds_total{%s} %.6f\n", k.labels(), seen[k].sum.Seconds())
	}
	return b.Flush()
}

func (k answered) labels() string {
	return "method=" + strconv.Quote(k.method) + ",route=" + strconv.Quote(k.route) + ",status=\"" + strconv.Itoa(k.status) + `"`
}
