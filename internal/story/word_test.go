package story

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"xiaojia/internal/platform/docx"
)

var papers = []string{"/safety/patrols/{id}/paper", "/safety/hazards/{id}/letters/{letter}", "/safety/overview/month"}

// A paper as a Word file says what the printed page says, word for word and in its order.
func TestPapersGoToWord(t *testing.T) {
	t.Parallel()
	h := open(t)
	chair := h.enter(t, "chair")
	for _, path := range h.papers(t) {
		doc := h.page(t, path, chair)
		if doc.Find(`a[data-word]`).Length() != 1 {
			t.Errorf("%s offers no Word file", path)
		}
		file := h.word(t, path, chair)
		want, got := squeeze(doc.Find("main.paper").Text()), squeeze(wordText(t, file))
		if got != want {
			t.Errorf("%s:\nword %s\npage %s", path, got, want)
		}
		if n, want := len(parts(t, file, "word/media/")), doc.Find("main.paper img, main.paper .signed svg").Length(); n != want {
			t.Errorf("%s: %d pictures, want %d", path, n, want)
		}
	}
}

// papers are addresses of papers that the demo has.
func (h house) papers(t *testing.T) (out []string) {
	t.Helper()
	for _, r := range h.app.Routes().List() {
		for _, p := range papers {
			if r.Path == p && r.Method == http.MethodGet {
				if r.Example != "" {
					p = h.app.Example(t.Context(), r.Path, Example(string(r.Example)), brace)
				}
				out = append(out, p)
			}
		}
	}
	if len(out) != len(papers) {
		t.Fatalf("papers: %v", out)
	}
	return out
}

func (h house) word(t *testing.T, path, session string) []byte {
	t.Helper()
	w := h.ask(t.Context(), http.MethodGet, path+"/word", session)
	if w.Code != http.StatusOK || w.Header().Get("Content-Type") != docx.Type {
		t.Fatalf("%s/word: %d %s", path, w.Code, w.Header().Get("Content-Type"))
	}
	return w.Body.Bytes()
}

// parts are the files of a Word file under a name; each that is XML has to be well formed.
func parts(t *testing.T, file []byte, under string) map[string][]byte {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string][]byte{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		raw, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasSuffix(f.Name, ".xml") || strings.HasSuffix(f.Name, ".rels") {
			wellFormed(t, f.Name, raw)
		}
		if strings.HasPrefix(f.Name, under) {
			out[f.Name] = raw
		}
	}
	return out
}

func wellFormed(t *testing.T, name string, raw []byte) {
	t.Helper()
	for d := xml.NewDecoder(bytes.NewReader(raw)); ; {
		if _, err := d.Token(); errors.Is(err, io.EOF) {
			return
		} else if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
	}
}

// wordText is all text of the body.
func wordText(t *testing.T, file []byte) string {
	t.Helper()
	var b strings.Builder
	inside := false
	for d := xml.NewDecoder(bytes.NewReader(parts(t, file, "word/document.xml")["word/document.xml"])); ; {
		token, err := d.Token()
		switch x := token.(type) {
		case xml.StartElement:
			inside = x.Name.Local == "t"
		case xml.EndElement:
			inside = false
		case xml.CharData:
			if inside {
				b.Write(x)
			}
		}
		if err != nil {
			return b.String()
		}
	}
}

func squeeze(s string) string { return strings.Join(strings.Fields(s), "") }

var sheetOf = regexp.MustCompile(`/Type\s*/Page[^s]`)

// What two people sign is one sheet from the browser's printer (the tours look at that), and so it is from an office program.
// Where a machine has none, there is nothing to look at.
func TestWordHasAsManySheetsAsPrint(t *testing.T) {
	t.Parallel()
	office, err := exec.LookPath("soffice")
	if err != nil {
		t.Skip("no office program here")
	}
	h := open(t)
	chair := h.enter(t, "chair")
	for _, path := range h.papers(t) {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, "paper.docx"), h.word(t, path, chair), 0o600); err != nil {
			t.Fatal(err)
		}
		say, err := exec.CommandContext(t.Context(), office, "-env:UserInstallation=file://"+dir+"/office", "--headless", "--convert-to", "pdf", "--outdir", dir, filepath.Join(dir, "paper.docx")).CombinedOutput()
		if err != nil {
			t.Fatalf("%v: %s", err, say)
		}
		pdf, err := os.ReadFile(filepath.Join(dir, "paper.pdf"))
		if err != nil {
			t.Fatal(err)
		}
		if n := len(sheetOf.FindAll(pdf, -1)); n != 1 {
			t.Errorf("%s: %d sheets, want one as in print", path, n)
		}
	}
}
