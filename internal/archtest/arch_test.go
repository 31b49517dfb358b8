// Package archtest holds the floors: who may use whom, with the reason of each rule (docs/architecture.md).
package archtest

import (
	"fmt"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// order lists the packages from the ground up. A package may use those before it and never those after it: so a change
// upstairs never reaches downstairs, and a newcomer may read from any floor down.
var order = []string{
	"internal/kernel", "internal/kernel/calendar", "catalogue", "web", // 1
	"internal/platform/config", "internal/platform/i18n", "internal/platform/authz", "internal/platform/db", "internal/platform/db/dbtest",
	"internal/platform/vault", "internal/platform/audit", "internal/platform/files", "internal/platform/backup", "internal/platform/outbox", "internal/platform/jobs",
	"internal/platform/search", "internal/platform/sheet", "internal/platform/docx", "internal/platform/ics", "internal/platform/notify", "internal/platform/smtp", "internal/platform/web", "internal/platform/ui", "internal/platform/api", // 2
	"internal/register/org", "internal/register/almanac", "internal/register/people/roster", "internal/register/people", "internal/register/account", // 3
	"internal/engine/record", "internal/engine/checklist", "internal/engine/duty", "internal/engine/matter", // 4
	"internal/measure/safety", // 5: measures never use each other
	"internal/proof/upkeep",
	"internal/proof/overview/overviewweb", // 6: above the measures, asks them all
	"internal/story/scene",
	"internal/app", // 7: the only place that knows every module
	"internal/story", "cmd/xiaojia",
}

// parts are the halves of a module; both may use the module, and neither the other, so that rules never meet SQL or HTTP.
var parts = []string{"db", "web", "api"}

func TestFloors(t *testing.T) {
	t.Parallel()
	for pkg, files := range sources(t) {
		at, module := place(pkg)
		if at < 0 {
			t.Errorf("%s stands on no floor: name it in archtest's order", pkg)
			continue
		}
		for file, imports := range files {
			for _, imp := range imports {
				if why := refused(pkg, module, at, imp, strings.HasSuffix(file, "_test.go")); why != "" {
					t.Errorf("%s imports %s: %s", file, imp, why)
				}
			}
		}
	}
}

func refused(pkg, module string, at int, imp string, test bool) string {
	own, ok := strings.CutPrefix(imp, "xiaojia/")
	if !ok {
		return foreign(pkg, imp)
	}
	to, toModule := place(own)
	if to < 0 || test {
		return ""
	}
	top := pkg == "internal/app" || pkg == "internal/story" || pkg == "cmd/xiaojia"
	switch {
	case top:
		return ""
	case own == module && pkg != module:
		return "" // xdb and xweb use x
	case strings.HasSuffix(pkg, "db") && strings.HasSuffix(own, "db") && to < at:
		return "" // a db half may load the rows of a module below it in its own query
	case toModule != own && own != pkg && !strings.HasPrefix(own, pkg+"/sqlcgen") && !strings.HasPrefix(own, pkg):
		return "the halves of a module are known to internal/app alone"
	case to > at:
		return "a floor never uses the floors above it"
	}
	return ""
}

// foreign keeps databases and HTTP out of the rules.
func foreign(pkg, imp string) string {
	_, module := place(pkg)
	rules := pkg == module && (strings.HasPrefix(pkg, "internal/register/") || strings.HasPrefix(pkg, "internal/engine/") || strings.HasPrefix(pkg, "internal/measure/"))
	switch {
	case rules && imp == "net/http":
		return "rules know no HTTP: put it into the module's web half"
	case rules && imp == "database/sql":
		return "rules know no SQL: put it into the module's db half"
	case imp == "math/rand":
		return "use crypto/rand, or math/rand/v2 where nothing is secret"
	}
	return ""
}

// place is the floor of a package and the module that it belongs to.
func place(pkg string) (int, string) {
	if i := slices.Index(order, pkg); i >= 0 {
		return i, pkg
	}
	for i, m := range order {
		base := m[strings.LastIndex(m, "/")+1:]
		for _, p := range parts {
			half := m + "/" + base + p
			if pkg == half || strings.HasPrefix(pkg, half+"/") {
				return i, m
			}
		}
	}
	return -1, ""
}

func sources(t *testing.T) map[string]map[string][]string {
	t.Helper()
	root := "../.."
	out := map[string]map[string][]string{}
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, _ := filepath.Rel(root, path)
		if d.IsDir() && (d.Name() == "node_modules" || strings.HasPrefix(d.Name(), ".") && rel != "." || rel == "tools" || rel == "internal/archtest" || rel == "internal/langtest" || rel == "bench") {
			return filepath.SkipDir
		}
		if !strings.HasSuffix(path, ".go") {
			return nil
		}
		f, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly)
		if err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		pkg := filepath.ToSlash(filepath.Dir(rel))
		if out[pkg] == nil {
			out[pkg] = map[string][]string{}
		}
		for _, i := range f.Imports {
			p, _ := strconv.Unquote(i.Path.Value)
			out[pkg][rel] = append(out[pkg][rel], p)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// TestWhereAModuleIsNamed prints the five places that a new module touches when one of them forgot it.
func TestWhereAModuleIsNamed(t *testing.T) {
	t.Parallel()
	seen := sources(t)
	for _, m := range order {
		if _, ok := seen[m]; !ok && !strings.HasPrefix(m, "cmd/") {
			t.Errorf("%s is in the order but not in the tree; a module is named in five places: internal/app/modules.go, this order, sqlc.yaml, a migration of both engines, its perms.go", m)
		}
	}
}
