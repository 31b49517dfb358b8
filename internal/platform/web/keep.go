package web

import (
	"bytes"
	"fmt"
	"hash/maphash"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"

	"xiaojia/internal/kernel"
)

// keepMost bounds the memory of finished pages; keepPage that of one of them.
const (
	keepMost = 16 << 20
	keepPage = 512 << 10
)

// seenAs is all that a kept page depends on: who asks for what, how he likes to see it, what his union has written so far, and
// the minute, because things fall due.
type seenAs struct {
	account, address, branch string
	prefs                    Prefs
	version                  uint64
	minute                   kernel.Time
}

type kept struct {
	body []byte
	etag string
}

// seed is one for each start: what a browser has from before is sent anew once.
var seed = maphash.MakeSeed()

// keeper holds finished pages while nobody writes. It answers nobody who may not see: it is asked behind the permission.
type keeper struct {
	mu    sync.Mutex
	pages map[seenAs]kept
	size  int
}

func (k *keeper) get(at seenAs) (kept, bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	p, ok := k.pages[at]
	return p, ok
}

// put keeps a page; when there are too many, all old ones go.
func (k *keeper) put(at seenAs, body []byte) kept {
	p := kept{bytes.Clone(body), fmt.Sprintf(`"%016x"`, maphash.Bytes(seed, body))}
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.pages == nil || k.size+len(body) > keepMost {
		k.pages, k.size = map[seenAs]kept{}, 0
	}
	if _, had := k.pages[at]; !had {
		k.size += len(body)
	}
	k.pages[at] = p
	return p
}

// Keep marks pages that are the same for the same person as long as nothing was written; they must set no cookie of their own
// and hold nothing that may be used once.
func (r *Routes) Keep(paths ...string) {
	for i, rt := range r.list {
		for _, p := range paths {
			if rt.Method == http.MethodGet && rt.Path == p {
				r.list[i].keep = true
			}
		}
	}
}

// page answers a kept page, or makes it and keeps it.
func (cfg Config) page(c *Ctx, rt Route) error {
	if !rt.keep || cfg.Version == nil || c.Part() != "" || c.Flash != "" || c.Actor.Account == "" {
		return rt.handle(c)
	}
	at := seenAs{c.Actor.Account, c.R.URL.RequestURI(), cookie(c.R, branchCookie), c.Prefs, cfg.Version(c.Actor.Org), c.Now.Truncate(time.Minute)}
	if p, ok := cfg.keeper.get(at); ok {
		return p.send(c)
	}
	out := c.W
	made := &draft{header: out.Header()}
	c.W = made
	err := rt.handle(c)
	c.W = out
	if err != nil {
		return err
	}
	good := made.status == http.StatusOK && out.Header().Get("Set-Cookie") == "" && made.body.Len() <= keepPage && strings.HasPrefix(out.Header().Get("Content-Type"), "text/html")
	if good {
		return cfg.keeper.put(at, made.body.Bytes()).send(c)
	}
	out.WriteHeader(made.status)
	_, err = out.Write(made.body.Bytes())
	return sent(err)
}

// send answers 304 to whoever has the page. Over plain http nobody can tell a browser to forget, so it may keep nothing.
func (p kept) send(c *Ctx) error {
	h := c.W.Header()
	h.Set("ETag", p.etag)
	h.Set("Cache-Control", "no-store")
	if c.Client.Secure {
		h.Set("Cache-Control", "private, no-cache")
	}
	if c.R.Header.Get("If-None-Match") == p.etag {
		h.Del("Content-Length")
		c.W.WriteHeader(http.StatusNotModified)
		return nil
	}
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Length", strconv.Itoa(len(p.body)))
	c.W.WriteHeader(http.StatusOK)
	_, err := c.W.Write(p.body)
	return sent(err)
}

// draft gathers an answer that is not sent yet.
type draft struct {
	header http.Header
	status int
	body   bytes.Buffer
}

func (d *draft) Header() http.Header { return d.header }

func (d *draft) WriteHeader(s int) {
	if d.status == 0 {
		d.status = s
	}
}

func (d *draft) Write(b []byte) (int, error) {
	d.WriteHeader(http.StatusOK)
	return d.body.Write(b)
}
