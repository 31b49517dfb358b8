package story

import (
	"archive/zip"
	"encoding/csv"
	"encoding/json"
	"io"
	"path/filepath"
	"strings"
	"testing"

	"xiaojia/internal/measure/safety"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/db"
)

// Everything leaves as tables that other programs read; who asked that his name be hidden, and whatever lets somebody in, stay.
func TestEverythingIsExported(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		must(t, h.app.DB.InTx(t.Context(), authz.Program(""), func(tx db.Tx) error {
			_, err := tx.ExecContext(tx.Ctx(), `UPDATE hazard SET reporter_mode = $1, description = '=1+1' WHERE matter_id = (SELECT min(id) FROM matter WHERE reporter <> '')`, string(safety.Hidden))
			return err
		}))
		var hidden, secret string
		must(t, h.app.DB.Read.QueryRowContext(t.Context(), `SELECT min(id) FROM matter WHERE reporter <> ''`).Scan(&hidden))
		must(t, h.app.DB.Read.QueryRowContext(t.Context(), `SELECT max(secret) FROM account`).Scan(&secret))
		file := filepath.Join(t.TempDir(), "all.zip")
		e, err := h.app.Keeper.Export(t.Context(), file)
		must(t, err)
		z, err := zip.OpenReader(file)
		must(t, err)
		defer z.Close()
		text := map[string]string{}
		pictures := 0
		for _, f := range z.File {
			if strings.HasPrefix(f.Name, "files/") {
				pictures++
				continue
			}
			r, err := f.Open()
			must(t, err)
			b, err := io.ReadAll(r)
			must(t, err)
			text[f.Name] = string(b)
			if secret != "" && strings.Contains(string(b), secret) {
				t.Errorf("%s holds the hash of a password", f.Name)
			}
		}
		if pictures != e.Pictures || pictures == 0 || len(text) != 2*e.Tables+2 {
			t.Errorf("got %d pictures and %d texts, want %+v", pictures, len(text), e)
		}
		for _, stays := range []string{"session", "invite", "api_token", "notice"} {
			if _, ok := text["tables/"+stays+".csv"]; ok {
				t.Errorf("%s left the program", stays)
			}
		}
		rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(text["tables/matter.csv"], "\uFEFF"))).ReadAll()
		must(t, err)
		lines := strings.Count(text["tables/matter.jsonl"], "\n")
		if !strings.HasPrefix(text["tables/matter.csv"], "\uFEFF") || lines != len(rows)-1 || lines == 0 {
			t.Errorf("%d rows and %d lines", len(rows)-1, lines)
		}
		for l := range strings.Lines(text["tables/matter.jsonl"]) {
			var m struct{ ID, Reporter string }
			must(t, json.Unmarshal([]byte(l), &m))
			if m.ID == hidden && m.Reporter != "" {
				t.Errorf("the reporter of a hidden report left the program")
			}
		}
		if !strings.Contains(text["tables/hazard.csv"], ",'=1+1,") {
			t.Errorf("a text that begins like a formula is one in a spreadsheet")
		}
		if _, err := h.app.Keeper.Export(t.Context(), file); err == nil {
			t.Errorf("an export over another was taken")
		}
	})
}
