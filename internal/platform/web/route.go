// Package web is the one edge between HTTP and the use cases: a table of routes with a permission on each line, one
// place where errors become pages, sessions, limits and headers. It knows no record of the trade.
package web

import (
	"fmt"
	"net/http"
	"slices"
	"strings"

	"xiaojia/internal/platform/authz"
)

// Handler parses, calls one use case, and renders or redirects. What it returns becomes an error page at the edge.
type Handler func(c *Ctx) error

// Example names a record of the demo that stands in for the {id} of a GET route; look, axe and permission tests use it.
type Example string

// Route is one line of the table.
type Route struct {
	Method  string
	Path    string
	Perm    authz.Perm
	Example Example
	Files   bool // its form may bring files
	keep    bool // see Keep
	handle  Handler
}

// Option says more of a route that takes a form.
type Option func(*Route)

// Files lets a form bring photos or workbooks; any other form is small.
func Files(rt *Route) { rt.Files = true }

// Routes is the table of contents of the program.
type Routes struct{ list []Route }

// Get adds a page. A path with {id} names its example.
func (r *Routes) Get(path string, perm authz.Perm, h Handler, eg ...Example) {
	rt := Route{Method: http.MethodGet, Path: path, Perm: perm, handle: h}
	if len(eg) > 0 {
		rt.Example = eg[0]
	}
	r.list = append(r.list, rt)
}

// Post adds a form's target.
func (r *Routes) Post(path string, perm authz.Perm, h Handler, opts ...Option) {
	r.add(Route{Method: http.MethodPost, Path: path, Perm: perm, handle: h}, opts)
}

// Put adds the target of a whole record sent with its own id.
func (r *Routes) Put(path string, perm authz.Perm, h Handler, opts ...Option) {
	r.add(Route{Method: http.MethodPut, Path: path, Perm: perm, handle: h}, opts)
}

func (r *Routes) add(rt Route, opts []Option) {
	for _, o := range opts {
		o(&rt)
	}
	r.list = append(r.list, rt)
}

// List is the table in the order in which the modules were put together.
func (r *Routes) List() []Route { return slices.Clone(r.list) }

// Check refuses a table that somebody could not defend: no permission, an unknown one, an {id} without example.
func (r *Routes) Check(known []authz.Rule) error {
	perms := map[authz.Perm]bool{authz.Public: true, authz.SignedIn: true}
	for _, k := range known {
		perms[k.Perm] = true
	}
	for _, rt := range r.list {
		switch {
		case rt.Perm == "":
			return fmt.Errorf("route %s %s has no permission", rt.Method, rt.Path)
		case !perms[rt.Perm]:
			return fmt.Errorf("route %s %s: nobody can have permission %q", rt.Method, rt.Path, rt.Perm)
		case rt.Method == http.MethodGet && strings.Contains(rt.Path, "{") && rt.Example == "":
			return fmt.Errorf("route %s %s names no example", rt.Method, rt.Path)
		}
	}
	return nil
}
