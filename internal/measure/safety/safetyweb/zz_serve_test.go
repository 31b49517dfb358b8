package safetyweb_test

import (
	"io/fs"
	"path/filepath"
	"strings"
	"net/http"
	"net/url"
	"os"
	"testing"
	"time"

	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/i18n"
	"xiaojia/internal/platform/ui"
	"xiaojia/internal/platform/web"
	assets "xiaojia/web"
)

var _ = i18n.Zh
var _ ui.Shell
var _ kernel.Words
var _ web.Prefs

func TestServe(t *testing.T) {
	if os.Getenv("SERVE") == "" {
		return
	}
	h := openPatrols(t)
	for i, w := range []string{"2024-W%02d"} {
		_ = w
		_ = i
	}
	day := kernel.MustDate("2024-01-05")
	for n := 0; n < 50; n++ {
		id := "r" + day.Add(7*n).String()
		_, wk := day.Add(7 * n).ISOWeek()
		per := "2024-W" + string(rune('0'+wk/10)) + string(rune('0'+wk%10))
		st, done := "done", "'"+day.Add(7*n).String()+"'"
		if n == 20 {
			st, done = "excused", "NULL"
		}
		if n == 30 {
			st, done = "open", "NULL"
		}
		if n == 33 {
			done = "'" + day.Add(7*n+2).String() + "'"
		}
		h.exec(`INSERT INTO round (org_id, id, duty_id, unit_id, measure, form, period, opens_on, due_on, closes_on, why, state, targets) VALUES ('o1','`+id+`','d1','b1','safety','patrol','`+per+`','`+day.Add(7*n-4).String()+`','`+day.Add(7*n).String()+`','`+day.Add(7*n+9).String()+`','{}','open',1)`,
			`INSERT INTO target (org_id, round_id, kind, subject_id, slice, state, done_on, reason) VALUES ('o1','`+id+`','place','p1','b1','`+st+`',`+done+`,'停产检修')`)
	}
	for i := 0; i < 5; i++ {
		d := day.Add(7 * i).String()
		h.exec(`INSERT INTO run (org_id, id, unit_id, card, card_version, place_id, round_id, on_day, state, by_person, with_person, content, items, passed, failed, key_failed, started_at) VALUES ('o1','x` + d + `','b1','CT','2024.1','p1','r` + d + `','` + d + `','signed','zhang','li','c',26,24,` + string(rune('0'+i%2)) + `,1,0)`)
	}
	h.begun()
	f := h.full("1")
	f.Set("v-CT13", "fail")
	f.Set("note-CT13", "二号货架有三罐过期罐头，最早的过期两个月。")
	f.Set("v-CT21", "fail")
	f.Set("note-CT21", "后窗纱窗破了一个洞")
	f.Set("hz-CT21", "1")
	f.Set("good", "留样柜标签写得清楚，时间人名都有。")
	f.Set("site_head", "周师傅")
	if os.Getenv("SERVE") != "full" {
		f.Del("v-CT24")
		f.Del("v-CT22")
	}
	p := h.do(h.upload(f, "p-CT13", picture(t)), "zhang")
	t.Log(p.Code, p.doc.Find(".field-wrong").Text())
	if os.Getenv("SERVE") == "full" || os.Getenv("SERVE") == "sign" {
		f.Set("version", "2")
		f.Set("v-CT24", "pass")
		f.Set("v-CT22", "na")
		f.Set("keep-CT13", h.text("SELECT hash FROM attachment"))
		q := h.post("zhang", card, f)
		t.Log(q.Code, q.doc.Find(".field-wrong").Text())
		q = h.signAs("zhang", "zhang")
		t.Log(q.Code, q.Header(), q.doc.Find(".flash,.field-wrong").Text())
	}
	if os.Getenv("SERVE") == "full" {
		h.signAs("zhang", "li")
	}
	built, _ := assets.New()
	mux := http.NewServeMux()
	mux.Handle("/assets/", built)
	mux.HandleFunc("/f/", func(w http.ResponseWriter, r *http.Request) { w.Write(picture(t)) })
	mux.HandleFunc("/healthz", func(w http.ResponseWriter, r *http.Request) {})
	mux.Handle("/", h.h)
	_ = url.Values{}
	go http.ListenAndServe("127.0.0.1:"+os.Getenv("PORT"), mux)
	time.Sleep(100 * time.Second)
}

func allEnglish() []string {
	var out []string
	filepath.WalkDir("../../../../internal", func(p string, d fs.DirEntry, err error) error {
		if strings.HasSuffix(p, ".toml") && !strings.Contains(p, "testdata") {
			b, _ := os.ReadFile(p)
			out = append(out, string(b))
		}
		return nil
	})
	return out
}
