package web

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"sync"
	"time"

	"github.com/a-h/templ"

	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/i18n"
)

// Prefs is how a person wants to see the program.
type Prefs struct {
	Lang  i18n.Lang
	Theme string // xiaojia, xiaojia-night, or empty for the device's own
	Size  string // large for 大字版
}

// Ctx is one request on its way through a handler.
type Ctx struct {
	W       http.ResponseWriter
	R       *http.Request
	Actor   authz.Actor
	P       *i18n.Printer
	Prefs   Prefs
	Session string // hash of the session's token
	Now     kernel.Time
	Flash   string
	Client  Client
	MaxBody int64 // what this request may send
	memo    map[string]any
	query   url.Values
}

// Memo answers what was found out before in the same request, under the name.
func Memo[T any](c *Ctx, name string, find func() (T, error)) (T, error) {
	if v, ok := c.memo[name].(T); ok {
		return v, nil
	}
	v, err := find()
	if err != nil {
		return v, err
	}
	if c.memo == nil {
		c.memo = map[string]any{}
	}
	c.memo[name] = v
	return v, nil
}

// Today is the day in Shanghai.
func (c *Ctx) Today() kernel.Date { return c.Now.Date() }

// Query is a parameter of the address.
func (c *Ctx) Query(name string) string { return c.queries().Get(name) }

// queries are the parameters of the address, read once; nobody changes them.
func (c *Ctx) queries() url.Values {
	if c.query == nil {
		c.query = c.R.URL.Query()
	}
	return c.query
}

const branchCookie = "branch"

// Branch is the part of the company that somebody who sees several wants to see: what the address says, and from then on on
// every page. Empty is the whole company. It is a wish: the page asks whether the actor may.
func (c *Ctx) Branch() string {
	q := c.queries()
	if !q.Has("unit") {
		return cookie(c.R, branchCookie)
	}
	unit := q.Get("unit")
	if len(unit) <= 64 && unit != cookie(c.R, branchCookie) {
		http.SetCookie(c.W, &http.Cookie{Name: branchCookie, Value: url.QueryEscape(unit), Path: "/", HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: c.Client.Secure})
	}
	return unit
}

// Int is a number of the address within bounds.
func (c *Ctx) Int(name string, def, low, high int) int {
	n, err := strconv.Atoi(c.Query(name))
	if err != nil {
		return def
	}
	return min(max(n, low), high)
}

// ID is the {id} of the path.
func (c *Ctx) ID() string { return c.R.PathValue("id") }

// Part names the fragment that a script asked for, empty for the whole page.
func (c *Ctx) Part() string { return c.R.Header.Get("X-Part") }

var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// Render sends a page with status 200. It is rendered into a buffer first, so that an error never sends half a page.
func (c *Ctx) Render(t templ.Component) error { return c.RenderStatus(http.StatusOK, t) }

// RenderStatus sends a page, or the named part of it, with a status.
func (c *Ctx) RenderStatus(status int, t templ.Component) error {
	b := buffers.Get().(*bytes.Buffer)
	defer func() { b.Reset(); buffers.Put(b) }()
	var err error
	if part := c.Part(); part != "" {
		c.W.Header().Add("Vary", "X-Part")
		err = templ.RenderFragments(c.R.Context(), b, t, part)
	} else {
		err = t.Render(c.R.Context(), b)
	}
	if err != nil {
		return fmt.Errorf("render %s: %w", c.R.Pattern, err)
	}
	out := b.Bytes()
	if c.P.Lang == i18n.En {
		var marked bytes.Buffer
		if err := i18n.MarkChinese(&marked, out); err != nil {
			return fmt.Errorf("mark %s: %w", c.R.Pattern, err)
		}
		out = marked.Bytes()
	}
	h := c.W.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Length", strconv.Itoa(len(out)))
	h.Set("Cache-Control", "no-store")
	c.W.WriteHeader(status)
	_, err = c.W.Write(out)
	return sent(err)
}

// sent drops the error of a visitor who hung up: there is nobody to tell.
func sent(err error) error {
	if err != nil {
		return errHungUp
	}
	return nil
}

var errHungUp = errors.New("the visitor hung up")

// See answers a form with the page to look at next (303), and a sentence that it shows once.
func (c *Ctx) See(to, flash string, args ...any) error {
	if flash != "" {
		c.SetFlash(c.P.T(flash, args...))
	}
	if c.sent() { // a script cannot see where a redirect leads, and would use up the sentence on the way
		c.W.Header().Set("X-Go", to)
		c.W.WriteHeader(http.StatusNoContent)
		return nil
	}
	http.Redirect(c.W, c.R, to, http.StatusSeeOther)
	return nil
}

// sent tells that a form came by our script (web/src/send.ts).
func (c *Ctx) sent() bool { return c.R.Header.Get("X-Send") != "" }

const flashCookie = "xj_flash"

// SetFlash leaves a sentence for the next page.
func (c *Ctx) SetFlash(text string) {
	http.SetCookie(c.W, &http.Cookie{Name: flashCookie, Value: base64.RawURLEncoding.EncodeToString([]byte(text)),
		Path: "/", MaxAge: 60, HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: c.Client.Secure})
}

func (c *Ctx) takeFlash() {
	k, err := c.R.Cookie(flashCookie)
	if err != nil {
		return
	}
	if text, err := base64.RawURLEncoding.DecodeString(k.Value); err == nil && len(text) < 2000 {
		c.Flash = string(text)
	}
	http.SetCookie(c.W, &http.Cookie{Name: flashCookie, Path: "/", MaxAge: -1})
}

// JSON sends a value for a script of our own.
func (c *Ctx) JSON(status int, v any) error {
	b, err := json.Marshal(v)
	if err != nil {
		return fmt.Errorf("answer %s: %w", c.R.Pattern, err)
	}
	c.W.Header().Set("Content-Type", "application/json; charset=utf-8")
	c.W.Header().Set("Cache-Control", "no-store")
	c.W.WriteHeader(status)
	_, err = c.W.Write(b)
	return sent(err)
}

// Attach sends a file for saving; the name may be Chinese.
func (c *Ctx) Attach(name, mime string) {
	c.W.Header().Set("Content-Type", mime)
	c.W.Header().Set("Content-Disposition", "attachment; filename*=UTF-8''"+url.PathEscape(name))
	c.W.Header().Set("Cache-Control", "no-store")
}

// With is the address of this page with some parameters changed; an empty value removes one. Cursors never survive a filter.
func (c *Ctx) With(pairs ...string) templ.SafeURL { return c.Beside(c.R.URL.Path, pairs...) }

// Beside is the address of another page with the parameters of this one, changed as With changes them: the export of a list.
func (c *Ctx) Beside(path string, pairs ...string) templ.SafeURL {
	q := c.R.URL.Query()
	q.Del("after")
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] == "" {
			q.Del(pairs[i])
		} else {
			q.Set(pairs[i], pairs[i+1])
		}
	}
	if len(q) == 0 {
		return templ.SafeURL(path)
	}
	return templ.SafeURL(path + "?" + q.Encode())
}

// Cookie keeps a small preference on the device for a year.
func (c *Ctx) Cookie(name, value string) {
	http.SetCookie(c.W, &http.Cookie{Name: name, Value: value, Path: "/", Expires: time.Now().AddDate(1, 0, 0), SameSite: http.SameSiteLaxMode, Secure: c.Client.Secure})
}
