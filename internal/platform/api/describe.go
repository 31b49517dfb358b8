package api

import (
	"net/http"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"xiaojia/internal/kernel"
)

// Field is what a call may bring, for the page that explains the API.
type Field struct {
	Name, Kind string
	In         string // query, path, header or body
	Doc        kernel.Words
	Needed     bool
	Enum       []string
}

// Described is an operation with what it takes.
type Described struct {
	Op
	Fields []Field
}

// Describe explains each operation from the same description that clients are made from.
func (a *API) Describe() []Described {
	out := make([]Described, len(a.ops))
	for i, o := range a.ops {
		out[i] = Described{Op: o, Fields: a.fields(o)}
	}
	return out
}

func (a *API) fields(o Op) []Field {
	doc := a.huma.OpenAPI()
	item := doc.Paths[Root+o.Path]
	op := item.Get
	if o.Method == http.MethodPost {
		op = item.Post
	}
	var out []Field
	for _, p := range op.Parameters {
		out = append(out, field(p.Name, p.In, p.Description, p.Required, p.Schema))
	}
	if op.RequestBody == nil || op.RequestBody.Content["application/json"] == nil {
		return out
	}
	s := op.RequestBody.Content["application/json"].Schema
	if s.Ref != "" {
		s = doc.Components.Schemas.SchemaFromRef(s.Ref)
	}
	names := make([]string, 0, len(s.Properties))
	for n := range s.Properties {
		if n != "$schema" {
			names = append(names, n)
		}
	}
	slices.SortFunc(names, func(a, b string) int {
		if x, y := slices.Contains(s.Required, a), slices.Contains(s.Required, b); x != y {
			if x {
				return -1
			}
			return 1
		}
		return strings.Compare(a, b)
	})
	for _, n := range names {
		p := s.Properties[n]
		out = append(out, field(n, "body", p.Description, slices.Contains(s.Required, n), p))
	}
	return out
}

func field(name, in, doc string, needed bool, s *huma.Schema) Field {
	f := Field{Name: name, In: in, Needed: needed, Kind: s.Type}
	if s.Format != "" && s.Type == "string" {
		f.Kind = s.Format
	}
	if doc == "" {
		doc = s.Description
	}
	f.Doc.Zh, f.Doc.En, _ = strings.Cut(doc, " · ")
	for _, e := range s.Enum {
		if v, ok := e.(string); ok {
			f.Enum = append(f.Enum, v)
		}
	}
	return f
}
