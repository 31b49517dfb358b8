package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"xiaojia/internal/app"
	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/config"
	"xiaojia/internal/register/account"
	"xiaojia/internal/register/org"
)

const roll = "../../internal/register/people/roster/testdata/roster-keyi.xlsx"

// settled is a data folder with a company union, the branch 科一分工会 and its chair K100.
func settled(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	a, err := app.Open(t.Context(), config.Config{Data: dir}, slog.New(slog.NewTextHandler(io.Discard, nil)))
	if err != nil {
		t.Fatal(err)
	}
	link, err := a.Accounts.SetupLink(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	_, err = a.Founder.SetUp(t.Context(), link, account.Founding{Company: kernel.Words{Zh: "机械公司工会"}, Branch: kernel.Words{Zh: "科一分工会"}, Name: "周主席",
		No: "K100", Password: "院里海棠花开了三次", Until: kernel.TimeOf(time.Now()).Date().AddMonths(12)}, "test")
	if err = errors.Join(err, a.Close()); err != nil {
		t.Fatal(err)
	}
	return dir
}

// call runs a command and gives its exit code and what it printed.
func call(t *testing.T, args ...string) (code int, out, say string) {
	t.Helper()
	var o, s bytes.Buffer
	code = exit(run(t.Context(), args, &o, &s), &s)
	return code, o.String(), s.String()
}

type printed struct {
	Rows []struct {
		Row      int
		No, Name string
		ID       string `json:"id_number"`
		Birth    string
		Member   bool
		Wage     *int64 `json:"wage_fen"`
		Phone    string
		Action   string
		Problems []struct{ Column, Kind, Message string }
	}
	Summary map[string]any
}

func importAs(t *testing.T, args ...string) printed {
	t.Helper()
	code, out, say := call(t, append([]string{"import", "people"}, args...)...)
	if code != 0 {
		t.Fatalf("%v: exit %d\n%s", args, code, say)
	}
	var p printed
	if err := json.Unmarshal([]byte(out), &p); err != nil {
		t.Fatalf("%v: %v\n%.300s", args, err, out)
	}
	return p
}

func TestARosterIsImportedFromTheCommandLine(t *testing.T) {
	t.Parallel()
	dir := settled(t)
	dry := importAs(t, "--data", dir, "--unit", "科一分工会", "--file", roll, "--dry-run", "--json")
	if len(dry.Rows) != 237 || dry.Summary["people"] != 237.0 || dry.Summary["batch"] != nil {
		t.Fatalf("got %d rows, summary %v", len(dry.Rows), dry.Summary)
	}
	kinds, masked := map[string]int{}, 0
	for _, r := range dry.Rows {
		for _, p := range r.Problems {
			kinds[p.Kind]++
		}
		if strings.Contains(r.ID, "***") {
			masked++
		} else if r.ID != "" {
			t.Errorf("row %d: a whole ID number without --reveal", r.Row)
		}
		if r.Wage != nil || r.Phone != "" && !strings.Contains(r.Phone, "*") {
			t.Errorf("row %d: wage %v and phone %q without --reveal", r.Row, r.Wage, r.Phone)
		}
	}
	if kinds["digits_lost"] != 7 || kinds["check_digit"] != 8 || kinds["old_format"] != 5 || kinds["duplicate"] != 1 || kinds["bad_phone"] != 2 || masked == 0 {
		t.Errorf("got problems %v, %d masked", kinds, masked)
	}
	whole := importAs(t, "--data", dir, "--unit", "科一分工会", "--file", roll, "--dry-run", "--json", "--reveal")
	wages := 0
	for i, r := range whole.Rows {
		if r.Wage != nil {
			wages++
		}
		if dry.Rows[i].ID != "" && (len(r.ID) != 18 || strings.Contains(r.ID, "*")) {
			t.Errorf("row %d with --reveal: %q", r.Row, r.ID)
		}
	}
	if wages == 0 {
		t.Error("no wage with --reveal")
	}
	done := importAs(t, "--data", dir, "--unit", "科一分工会", "--file", roll, "--json")
	if done.Summary["create"] != dry.Summary["create"] || done.Summary["batch"] == "" {
		t.Errorf("preview %v, import %v", dry.Summary, done.Summary)
	}
	again := importAs(t, "--data", dir, "--unit", "科一分工会", "--file", roll, "--json")
	if again.Summary["create"] != 0.0 || again.Summary["update"] != 0.0 || again.Summary["unchanged"] != done.Summary["create"] {
		t.Errorf("the second time: %v", again.Summary)
	}
}

func TestWrongUseOfImportIsTwo(t *testing.T) {
	t.Parallel()
	dir := settled(t)
	a, err := app.Open(t.Context(), config.Config{Data: dir}, slog.New(slog.NewTextHandler(io.Discard, nil)))
	if err != nil {
		t.Fatal(err)
	}
	orgs, err := a.Directory.Orgs(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	chart, err := a.Directory.Of(t.Context(), orgs[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	_, err = a.Units.AddUnit(t.Context(), authz.Program(orgs[0].ID), org.NewUnit{Kind: org.Branch, Parent: chart.Company().ID, Name: kernel.Words{Zh: "机械公司工会"}})
	if err = errors.Join(err, a.Close()); err != nil {
		t.Fatal(err)
	}
	text := filepath.Join(t.TempDir(), "a.xlsx")
	if err := os.WriteFile(text, []byte("工号,姓名\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		want int
		args []string
	}{
		{2, []string{"import"}},
		{2, []string{"import", "dogs"}},
		{2, []string{"import", "people", "--data", dir, "--file", roll}},
		{2, []string{"import", "people", "--data", dir, "--unit", "科一分工会"}},
		{2, []string{"import", "people", "--data", dir, "--unit", "科一", "--file", roll}},
		{2, []string{"import", "people", "--data", dir, "--unit", "机械公司工会", "--file", roll, "--json"}},
		{2, []string{"import", "people", "--moon"}},
		{1, []string{"import", "people", "--data", dir, "--unit", "科一分工会", "--file", text, "--json"}},
		{1, []string{"import", "people", "--data", dir, "--unit", "科一分工会", "--file", "nowhere.xlsx"}},
		{1, []string{"import", "people", "--data", filepath.Join(dir, "nowhere"), "--unit", "科一分工会", "--file", roll}},
		{2, []string{"user", "dance"}},
		{2, []string{"user", "invite", "--data", dir}},
		{2, []string{"user", "invite", "--data", dir, "--person", "K999"}},
		{2, []string{"user", "appoint", "--data", dir, "--person", "K100", "--office", "king"}},
	} {
		code, out, say := call(t, c.args...)
		if code != c.want || out != "" || say == "" {
			t.Errorf("%v: exit %d, want %d; stdout %q, stderr %q", c.args, code, c.want, out, say)
		}
	}
}

func TestPeopleAreLetInFromTheCommandLine(t *testing.T) {
	t.Parallel()
	dir := settled(t)
	code, out, say := call(t, "user", "invite", "--data", dir, "--person", "k100", "--public-url", "https://home.example")
	if code != 0 || !strings.HasPrefix(out, "https://home.example/join/") {
		t.Errorf("invite: %d %q %s", code, out, say)
	}
	if code, out, say = call(t, "user", "appoint", "--data", dir, "--person", "K100", "--office", "company-chair"); code != 0 || !strings.Contains(out, "company-chair") {
		t.Errorf("appoint: %d %q %s", code, out, say)
	}
	if code, _, _ = call(t, "user", "appoint", "--data", dir, "--person", "K100", "--office", "company-chair"); code != 1 {
		t.Errorf("appoint where somebody holds it: exit %d, want 1", code)
	}
	if code, _, _ = call(t, "user", "appoint", "--data", dir, "--person", "K100", "--office", "worker-rep"); code != 0 {
		t.Errorf("appoint to an office of the branch: exit %d, want 0", code)
	}
}
