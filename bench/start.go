package main

import (
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"time"
)

// start measures from the start of the process to the first page, with a warm and a cold page cache, and what an idle server holds.
func (r *run) start() error {
	dir, err := r.folder("hundred", manyPeople, manyHazards)
	if err != nil {
		return err
	}
	var warm, cold []time.Duration
	var idle int64
	for i := range 2 * rounds {
		if i%2 == 1 {
			if err := dropCaches(dir, r.bin); err != nil {
				return err
			}
		}
		p, err := r.serve(dir)
		if err != nil {
			return err
		}
		if err := fetch("http://" + p.base + "/door"); err != nil {
			return err
		}
		took := time.Since(p.born)
		if i%2 == 1 {
			cold = append(cold, took)
		} else {
			warm = append(warm, took)
		}
		if i == 2*rounds-1 {
			time.Sleep(3 * time.Second) // idle is what is left when the jobs of the start are done
			idle = p.resident("VmRSS")
		}
		if err := p.stop(); err != nil {
			return err
		}
	}
	wall := func(d time.Duration) float64 { return float64(d) }
	r.cheap("start to first page, warm", median(warm, wall), 150*time.Millisecond, 60*time.Millisecond)
	r.cheap("start to first page, cold page cache", median(cold, wall), 300*time.Millisecond, 150*time.Millisecond)
	r.small("resident when idle", idle, 60, 40)
	info, err := os.Stat(r.bin)
	if err != nil {
		return err
	}
	r.small("binary", info.Size(), 60, 45)
	return nil
}

func fetch(url string) error {
	res, err := http.Get(url)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	if _, err := io.Copy(io.Discard, res.Body); err != nil {
		return err
	}
	if res.StatusCode != http.StatusOK {
		return fmt.Errorf("%s: %s", url, res.Status)
	}
	return nil
}

// dropCaches takes the folder's and the program's pages out of memory: all of them as root, else by advice for these files.
func dropCaches(dir, bin string) error {
	if err := exec.Command("sync").Run(); err != nil {
		return err
	}
	if os.WriteFile("/proc/sys/vm/drop_caches", []byte("1"), 0o200) == nil {
		return nil
	}
	files, err := filepath.Glob(filepath.Join(dir, "xiaojia.db*"))
	for _, f := range append(files, bin) {
		if err := exec.Command("dd", "if="+f, "iflag=nocache", "count=0", "status=none").Run(); err != nil {
			return err
		}
	}
	return err
}
