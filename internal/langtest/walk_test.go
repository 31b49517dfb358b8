package langtest

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/net/html"
)

// root is the project's folder, seen from here.
const root = "../.."

// sentence is one Chinese text of the code and where it stands.
type sentence struct {
	Text  string
	Dir   string // package folder
	Where string // file and line
	Args  int    // how many arguments are given; -1 where the code alone does not tell
	Alone bool   // names in both languages, whose English half is missing
}

// dataOnly are packages whose Chinese is data or the language of another world; no page prints it through a Printer.
var dataOnly = map[string]string{
	"internal/platform/i18n":          "the printer's own weekdays",
	"internal/platform/search":        "characters for the index of syllables",
	"internal/story":                  "what the people of the demo say and write",
	"internal/story/scene":            "signs in the drawn pictures",
	"internal/kernel/calendar":        "names of festivals and solar terms stand in both languages beside each other",
	"internal/register/people/roster": "captions of foreign workbooks; what a person reads goes through the strict calls",
	"catalogue":                       "names are data in both languages; messages are for who edits the catalogue",
}

func hasHan(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return unicode.Is(unicode.Han, r) })
}

// sources parses every hand-written and templ-made Go file that is no test.
func sources(t *testing.T) (*token.FileSet, map[string]*ast.File) {
	t.Helper()
	set, out := token.NewFileSet(), map[string]*ast.File{}
	for _, top := range []string{"internal", "web", "catalogue"} {
		err := filepath.WalkDir(filepath.Join(root, top), func(path string, d fs.DirEntry, err error) error {
			if err != nil {
				return err
			}
			if d.IsDir() && (d.Name() == "testdata" || d.Name() == "sqlcgen" || d.Name() == "node_modules") {
				return filepath.SkipDir
			}
			if page, ok := strings.CutSuffix(path, ".templ"); ok {
				if _, err := os.Stat(page + "_templ.go"); err != nil {
					return fmt.Errorf("the Go of %s is not built, run make gen: %w", path, err)
				}
			}
			if !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
				return nil
			}
			f, err := parser.ParseFile(set, path, nil, 0)
			if err != nil {
				return fmt.Errorf("parse %s: %w", path, err)
			}
			out[path] = f
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return set, out
}

// said collects the Chinese sentences of all files, and what templates print by mistake.
func said(t *testing.T) (out []sentence, lost []string) {
	t.Helper()
	set, files := sources(t)
	for path, f := range files {
		rel, err := filepath.Rel(root, path)
		if err != nil {
			t.Fatal(err)
		}
		w := &walker{dir: filepath.ToSlash(filepath.Dir(rel)), set: set, data: dataOnly[filepath.ToSlash(filepath.Dir(rel))] != ""}
		ast.Walk(w, f)
		out, lost = append(out, w.out...), append(lost, w.lost...)
	}
	return out, lost
}

// walker goes through one file. What a strict call says is taken with its number of arguments; every other Chinese
// literal is taken too, unless its place shows that it is no sentence.
type walker struct {
	dir  string
	set  *token.FileSet
	data bool // only strict calls count
	out  []sentence
	page strings.Builder
	lost []string // expressions that a template prints as plain text
}

// swallowed is Go that stands in a page as text: "@Icon(p, "x") { p.T("…") }" on one line makes it the children of Icon.
var swallowed = regexp.MustCompile(`\bp\.[A-Z]\w*[.( ]`)

func (w *walker) Visit(n ast.Node) ast.Visitor {
	switch n := n.(type) {
	case *ast.ImportSpec, *ast.CaseClause:
		if c, ok := n.(*ast.CaseClause); ok {
			for _, s := range c.Body {
				ast.Walk(w, s)
			}
		}
		return nil
	case *ast.Field:
		return nil // struct tags
	case *ast.FuncDecl:
		w.function(n)
		return nil
	case *ast.BinaryExpr:
		return w.binary(n)
	case *ast.CompositeLit:
		return w.composite(n)
	case *ast.CallExpr:
		return w.call(n)
	case *ast.BasicLit:
		w.take(n, -1, false)
	}
	return w
}

// binary leaves out what is compared and joins what is a literal in two lines.
func (w *walker) binary(b *ast.BinaryExpr) ast.Visitor {
	switch b.Op {
	case token.EQL, token.NEQ:
		return nil
	case token.ADD:
		if _, ok := text(b); ok {
			w.take(b, -1, false)
			return nil
		}
	}
	return w
}

// composite knows names in both languages and notices with their arguments.
func (w *walker) composite(c *ast.CompositeLit) ast.Visitor {
	keys := map[string]ast.Expr{}
	for _, e := range c.Elts {
		if kv, ok := e.(*ast.KeyValueExpr); ok {
			if k, ok := kv.Key.(*ast.Ident); ok {
				keys[k.Name] = kv.Value
			}
		}
	}
	if zh, ok := keys["Zh"]; ok {
		if en, ok := text(keys["En"]); !ok && keys["En"] == nil || ok && en == "" {
			w.take(zh, -1, true)
		}
		return nil
	}
	if keys["Login"] != nil { // somebody of the demo's cast: the name is a name
		delete(keys, "Name")
		for _, v := range keys {
			ast.Walk(w, v)
		}
		return nil
	}
	t, ok := keys["Text"]
	if !ok {
		return w
	}
	args := 0
	if a, ok := keys["Args"].(*ast.CompositeLit); ok {
		args = len(a.Elts)
	} else if keys["Args"] != nil {
		args = -1
	}
	w.take(t, args, false)
	for k, v := range keys {
		if k != "Text" {
			ast.Walk(w, v)
		}
	}
	return nil
}

// strict says which argument of a call is the sentence; the arguments after it fill its verbs.
var strict = map[string]int{
	"T": 0, "Err": 1, "Wrong": 1, "Add": 1, "Write": 3, "WriteBlind": 3, "See": 1, "Page": 2, "Field": 2, "TextField": 2, "AreaField": 2,
	"DateField": 2, "SelectField": 2, "PhotoField": 2, "SignPad": 2, "Seg": 2, "report": 2, "problem": 3, "wrongFile": 0, "tooLarge": 0,
}

// headed are strict calls that put the place in front: the key of the translation is the whole sentence. Nothing: the page puts it there.
var headed = map[string]string{"report": "第 %d 行 %s 列「%s」：", "problem": ""}

// fixed are strict calls whose sentence takes no arguments, because what follows is something else.
var fixed = map[string]bool{"Field": true, "TextField": true, "AreaField": true, "DateField": true, "SelectField": true, "PhotoField": true, "SignPad": true, "Seg": true}

func (w *walker) call(c *ast.CallExpr) ast.Visitor {
	pkg, name := callee(c)
	switch {
	case pkg == "strings" || pkg == "regexp" || pkg == "unicode" || pkg == "errors" && name != "Join" || pkg == "fmt" && name == "Errorf" || name == "panic":
		return nil // compared, cut, or read in the log only
	case name == "words" && len(c.Args) == 2:
		return nil // the module's short form of a name in both languages; the second half is English by its place
	case name == "WriteString" && pkg == "templruntime":
		w.html(c)
		return nil
	}
	at, ok := strict[name]
	if !ok || at >= len(c.Args) {
		return w
	}
	args := len(c.Args) - at - 1
	if c.Ellipsis.IsValid() {
		args = -1
	}
	if fixed[name] {
		args = 0
	}
	for i, a := range c.Args {
		if _, lit := text(a); i == at && lit {
			w.headed(a, args, headed[name])
			continue
		}
		ast.Walk(w, a)
	}
	ast.Walk(w, c.Fun)
	return nil
}

// headed takes a sentence with what its call puts in front.
func (w *walker) headed(e ast.Expr, args int, head string) {
	n := len(w.out)
	w.take(e, args, false)
	if head == "" || len(w.out) == n {
		return
	}
	s := &w.out[n]
	s.Text = head + s.Text
	if s.Args >= 0 {
		s.Args += len(verbs(head))
	}
}

// html keeps what a template prints outside of every expression.
func (w *walker) html(c *ast.CallExpr) {
	s, ok := text(c.Args[len(c.Args)-1])
	if !ok {
		return
	}
	if swallowed.MatchString(s) {
		p := w.set.Position(c.Pos())
		w.lost = append(w.lost, fmt.Sprintf("%s/%s:%d: %q", w.dir, filepath.Base(p.Filename), p.Line, s))
		return
	}
	w.page.WriteString(s)
}

// function takes the Chinese of one template that stands neither in a sentence nor inside an element of that language.
func (w *walker) function(f *ast.FuncDecl) {
	w.page.Reset()
	if f.Body != nil {
		ast.Walk(w, f.Body)
	}
	depth, open, z := 0, []bool(nil), html.NewTokenizer(strings.NewReader(w.page.String()))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return
		case html.StartTagToken:
			t := z.Token()
			zh := slices.ContainsFunc(t.Attr, func(a html.Attribute) bool { return a.Key == "lang" && strings.HasPrefix(a.Val, "zh") })
			if slices.Contains(void, t.Data) {
				continue
			}
			if open = append(open, zh); zh {
				depth++
			}
		case html.EndTagToken:
			if n := len(open); n > 0 {
				if open[n-1] {
					depth--
				}
				open = open[:n-1]
			}
		case html.TextToken:
			if s := strings.TrimSpace(string(z.Raw())); depth == 0 && hasHan(s) {
				p := w.set.Position(f.Pos())
				w.out = append(w.out, sentence{Text: s, Dir: w.dir, Where: fmt.Sprintf("%s in %s: say it by p.T", filepath.Base(p.Filename), f.Name.Name), Args: -1})
			}
		}
	}
}

// void elements have no end.
var void = []string{"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}

func (w *walker) take(e ast.Expr, args int, alone bool) {
	s, ok := text(e)
	if !ok || !hasHan(s) || w.data && args < 0 && !alone {
		return
	}
	p := w.set.Position(e.Pos())
	w.out = append(w.out, sentence{Text: s, Dir: w.dir, Where: fmt.Sprintf("%s:%d", w.dir+"/"+filepath.Base(p.Filename), p.Line), Args: args, Alone: alone})
}

// text is the value of a literal, or of literals joined by +.
func text(e ast.Expr) (string, bool) {
	switch e := e.(type) {
	case *ast.BasicLit:
		if e.Kind != token.STRING {
			return "", false
		}
		s, err := strconv.Unquote(e.Value)
		return s, err == nil
	case *ast.BinaryExpr:
		a, ok := text(e.X)
		b, more := text(e.Y)
		return a + b, ok && more && e.Op == token.ADD
	}
	return "", false
}

// callee is the package or receiver and the name of what is called.
func callee(c *ast.CallExpr) (string, string) {
	switch f := c.Fun.(type) {
	case *ast.Ident:
		return "", f.Name
	case *ast.SelectorExpr:
		if x, ok := f.X.(*ast.Ident); ok {
			return x.Name, f.Sel.Name
		}
		return "", f.Sel.Name
	}
	return "", ""
}
