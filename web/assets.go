package web

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
)

// Prefix is where the handler of Assets has to be mounted.
const Prefix = "/assets/"

// needed are the files without which no page looks or works as it should.
var needed = []string{"app.css", "app.js", "icons.svg", "favicon.svg", "manifest.webmanifest"}

// An asset is one built file with what a response needs, ready in memory.
type asset struct {
	name    string
	hashed  string // app.1a2b3c4d.css
	kind    string
	body    []byte
	squeeze []byte // gzip of body, nil where it saves nothing
}

// Assets are the built files of dist under addresses that carry a hash of their content. The zero value has none.
type Assets struct {
	byName map[string]*asset // by plain and by hashed name
}

// New reads the embedded files; files that are not built are not an error here, see Missing.
func New() (*Assets, error) {
	return read(dist)
}

func read(files fs.FS) (*Assets, error) {
	a := &Assets{byName: map[string]*asset{}}
	names, err := fs.Glob(files, "dist/*.*")
	if err != nil {
		return nil, fmt.Errorf("list assets: %w", err)
	}
	for _, name := range names {
		if strings.HasPrefix(path.Base(name), ".") {
			continue
		}
		body, err := fs.ReadFile(files, name)
		if err != nil {
			return nil, fmt.Errorf("read asset %s: %w", name, err)
		}
		one, err := newAsset(path.Base(name), body)
		if err != nil {
			return nil, err
		}
		a.byName[one.name], a.byName[one.hashed] = one, one
	}
	return a, nil
}

func newAsset(name string, body []byte) (*asset, error) {
	sum := sha256.Sum256(body)
	ext := path.Ext(name)
	one := &asset{name: name, body: body, kind: kinds[ext]}
	one.hashed = strings.TrimSuffix(name, ext) + "." + hex.EncodeToString(sum[:4]) + ext
	if one.kind == "" {
		one.kind = "application/octet-stream"
	}
	var out bytes.Buffer
	w, err := gzip.NewWriterLevel(&out, gzip.BestCompression)
	if err != nil {
		return nil, fmt.Errorf("compress %s: %w", name, err)
	}
	if _, err := w.Write(body); err != nil {
		return nil, fmt.Errorf("compress %s: %w", name, err)
	}
	if err := w.Close(); err != nil {
		return nil, fmt.Errorf("compress %s: %w", name, err)
	}
	if out.Len() < len(body)*9/10 {
		one.squeeze = out.Bytes()
	}
	return one, nil
}

// kinds are fixed here because the tables of the operating system differ from machine to machine.
var kinds = map[string]string{
	".css":         "text/css; charset=utf-8",
	".js":          "text/javascript; charset=utf-8",
	".svg":         "image/svg+xml",
	".txt":         "text/plain; charset=utf-8",
	".webmanifest": "application/manifest+json",
}

// Path gives the address of an asset, with the hash of its content; a file that is not built keeps its plain name.
func (a *Assets) Path(name string) string {
	if one, ok := a.byName[name]; ok {
		return Prefix + one.hashed
	}
	return Prefix + name
}

// Missing lists the files that a server needs and that were not there when the program was built; empty means all is well.
func (a *Assets) Missing() []string {
	return slices.DeleteFunc(slices.Clone(needed), func(name string) bool {
		_, ok := a.byName[name]
		return ok
	})
}
