package app

import (
	"fmt"
	"io"
	"net/http"
	"runtime"
	"strconv"
)

// metrics tells how the server is doing in the text format of Prometheus: answers, memory, jobs. Nobody's data is in it.
func (a *App) metrics(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
	if err := a.meter.Write(w); err != nil {
		return // whoever asked has hung up
	}
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	gauge(w, "xiaojia_goroutines", "Goroutines.", float64(runtime.NumGoroutine()))
	gauge(w, "xiaojia_heap_bytes", "Heap in use.", float64(m.HeapInuse))
	gauge(w, "xiaojia_memory_bytes", "Memory taken from the system.", float64(m.Sys))
	list, err := a.jobs.List(r.Context())
	if err != nil {
		a.Log.Error("metrics", "err", err)
		return
	}
	fmt.Fprintln(w, "# HELP xiaojia_job_ended_seconds When a job ended last, in seconds since 1970; 0: never.\n# TYPE xiaojia_job_ended_seconds gauge")
	for _, j := range list {
		fmt.Fprintf(w, "xiaojia_job_ended_seconds{job=%s} %d\n", strconv.Quote(j.Name), int64(j.Ended)/1_000_000)
	}
	fmt.Fprintln(w, "# HELP xiaojia_job_failed Whether its last run failed.\n# TYPE xiaojia_job_failed gauge")
	for _, j := range list {
		failed := 0
		if j.Error != "" {
			failed = 1
		}
		fmt.Fprintf(w, "xiaojia_job_failed{job=%s} %d\n", strconv.Quote(j.Name), failed)
	}
}

func gauge(w io.Writer, name, help string, v float64) {
	fmt.Fprintf(w, "# HELP %s %s\n# TYPE %s gauge\n%s %g\n", name, help, name, name, v)
}
