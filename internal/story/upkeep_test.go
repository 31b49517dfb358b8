package story

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"xiaojia/internal/engine/checklist/checklistdb"
	"xiaojia/internal/engine/record"
	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/audit"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/backup"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/platform/db/dbtest"
	"xiaojia/internal/platform/files"
	"xiaojia/internal/proof/upkeep"
	"xiaojia/internal/register/org"
)

// look checks the folder and answers the findings as lines, and the report.
func (h house) look(t *testing.T) ([]string, upkeep.Report) {
	t.Helper()
	var out []string
	k := h.app.Keeper
	r, err := upkeep.Verify(t.Context(), upkeep.Check{DB: h.app.DB, Files: k.Files, Runs: k.Runs, Tell: func(f upkeep.Finding) { out = append(out, f.String()) }})
	if err != nil {
		t.Fatal(err)
	}
	return out, r
}

func TestACleanFolderHasNoFindings(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		got, r := h.look(t)
		c := r.Counts
		if len(got) > 0 || c.History == 0 || c.Pictures == 0 || c.Counters == 0 || c.Rounds == 0 || c.Matters == 0 || c.Signatures == 0 || c.Skipped > 0 {
			t.Errorf("looked at %+v, found:\n%s", c, strings.Join(got, "\n"))
		}
	})
}

// Each kind of damage is found at its row, and says what is wrong. The damages stand in this order: each adds one sentence.
func TestEveryDamageIsFound(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		one := func(q string) string {
			var s string
			if err := h.app.DB.Read.QueryRowContext(t.Context(), q).Scan(&s); err != nil {
				t.Fatalf("%s: %v", q, err)
			}
			return s
		}
		run := func(q string, args ...any) func() {
			return func() {
				t.Helper()
				err := h.app.DB.InTx(t.Context(), authz.Program(""), func(tx db.Tx) error {
					r, err := tx.ExecContext(tx.Ctx(), q, args...)
					if err != nil {
						return err
					}
					if n, err := r.RowsAffected(); err != nil || n != 1 {
						return fmt.Errorf("%d rows (%w)", n, err)
					}
					return nil
				})
				if err != nil {
					t.Fatalf("%s: %v", q, err)
				}
			}
		}
		shown := one(`SELECT min(hash) FROM attachment`)
		other := one(`SELECT max(hash) FROM attachment`)
		path := func(hash string) string {
			return filepath.Join(h.app.Config.Data, "files", one(`SELECT min(org_id) FROM attachment`), hash[:2], hash[2:4], hash)
		}
		type damage struct{ name, table, key, says string }
		for _, c := range []struct {
			damage
			do func()
		}{
			{damage{"a leaf", "audit", one(`SELECT min(id) FROM audit WHERE act = 'person.create'`), "its leaf is not the hash"}, run(`UPDATE audit SET leaf = $1 WHERE id = (SELECT min(id) FROM audit WHERE act = 'person.create')`, []byte{1})},
			{damage{"a body", "audit", one(`SELECT max(id) FROM audit WHERE act = 'person.create'`), "its leaf is not the hash"}, run(`UPDATE audit SET body = $1 WHERE id = (SELECT max(id) FROM audit WHERE act = 'person.create')`, []byte(`{}`))},
			{damage{"a column", "audit", one(`SELECT min(id) FROM audit WHERE act = 'note.write'`), "columns do not say"}, run(`UPDATE audit SET actor = 'another' WHERE id = (SELECT min(id) FROM audit WHERE act = 'note.write')`)},
			{damage{"a picture's bytes", "file", shown, "the file is damaged"}, func() { must(t, os.WriteFile(path(shown), []byte("x"), 0o600)) }},
			{damage{"a picture gone", "file", other, "its file is not there"}, func() { must(t, os.Remove(path(other))) }},
			{damage{"a counter", "counter", "/person/x", "says 1, counted are 0"}, run(`INSERT INTO counter (org_id, name, key, slot, n) SELECT min(id), 'person', 'x', 0, 1 FROM org`)},
			{damage{"a counter of units", "counter", "/person.unit/x", "says 2"}, run(`INSERT INTO counter (org_id, name, key, slot, n) SELECT min(id), 'person.unit', 'x', 0, 2 FROM org`)},
			{damage{"a counter of hazards", "counter", "/hazard/u/x/late", "says 3"}, run(`INSERT INTO counter (org_id, name, key, slot, n) SELECT min(id), 'hazard', 'u/x/late', 0, 3 FROM org`)},
			{damage{"a counter of patrols", "counter", "/patrol/x/signed", "says 4"}, run(`INSERT INTO counter (org_id, name, key, slot, n) SELECT min(id), 'patrol', 'x/signed', 0, 4 FROM org`)},
			{damage{"a counter of a month", "counter", "/patrol.signed/x", "says 5"}, run(`INSERT INTO counter (org_id, name, key, slot, n) SELECT min(id), 'patrol.signed', 'x', 0, 5 FROM org`)},
			{damage{"a counter of fails", "counter", "/patrol.failed/x", "says 6"}, run(`INSERT INTO counter (org_id, name, key, slot, n) SELECT min(id), 'patrol.failed', 'x', 0, 6 FROM org`)},
			{damage{"a coverage", "counter", "/cover/x/y/t", "says 7"}, run(`INSERT INTO counter (org_id, name, key, slot, n) SELECT min(id), 'cover', 'x/y/t', 0, 7 FROM org`)},
			{damage{"a round", "round", one(`SELECT min(id) FROM round WHERE state <> 'planned'`), "due, reached, excused are"}, run(`UPDATE round SET done = done + 1 WHERE id = (SELECT min(id) FROM round WHERE state <> 'planned')`)},
			{damage{"a state", "matter", one(`SELECT min(id) FROM matter WHERE state = 'closed' AND outcome = 'solved'`), "by its history it should be"}, run(`UPDATE matter SET state = 'announced' WHERE id = (SELECT min(id) FROM matter WHERE state = 'closed' AND outcome = 'solved')`)},
			{damage{"a step", "matter", one(`SELECT max(id) FROM matter WHERE state = 'closed' AND outcome = 'solved'`), "lacks a step"}, run(`DELETE FROM audit WHERE act = 'hazard.answer' AND subject_id = (SELECT max(id) FROM matter WHERE state = 'closed' AND outcome = 'solved')`)},
			{damage{"its first line", "matter", one(`SELECT max(id) FROM matter WHERE state <> 'closed'`), "does not say that it was raised"}, run(`DELETE FROM audit WHERE act = 'hazard.raise' AND subject_id = (SELECT max(id) FROM matter WHERE state <> 'closed')`)},
			{damage{"what was signed", "signature", one(`SELECT min(id) FROM run WHERE state = 'signed'`), "is not what was signed"}, run(`UPDATE run SET good = 'changed' WHERE id = (SELECT min(id) FROM run WHERE state = 'signed')`)},
			{damage{"an answer", "signature", one(`SELECT max(id) FROM run WHERE state = 'signed'`), "is not what was signed"}, run(`UPDATE answer SET note = 'changed' WHERE run_id = (SELECT max(id) FROM run WHERE state = 'signed') AND item = (SELECT min(item) FROM answer WHERE run_id = (SELECT max(id) FROM run WHERE state = 'signed'))`)},
			{damage{"whom a signed note is for", "signature", one(`SELECT min(n.id) FROM note n JOIN signature s ON s.owner_kind = 'note' AND s.owner_id = n.id WHERE n.round_id IS NOT NULL`), "is not what was signed"}, run(`UPDATE note SET subjects = '[]' WHERE id = (SELECT min(n.id) FROM note n JOIN signature s ON s.owner_kind = 'note' AND s.owner_id = n.id WHERE n.round_id IS NOT NULL)`)},
			{damage{"a signed record", "signature", "/run/gone/", "is not there"}, run(`INSERT INTO signature (org_id, owner_kind, owner_id, person_id, office, proof, strokes, content, at) SELECT min(s.org_id), 'run', 'gone', min(s.person_id), 'chair', 'none', '', '', 0 FROM signature s`)},
		} {
			before, _ := h.look(t)
			c.do()
			after, r := h.look(t)
			fresh := missing(after, before)
			hit := false
			for _, f := range fresh {
				hit = hit || strings.HasPrefix(f, c.table+"\t") && strings.Contains(f, c.key) && strings.Contains(f, c.says)
			}
			if !hit || r.N != len(after) {
				t.Errorf("%s: want %s %s %q, got:\n%s", c.name, c.table, c.key, c.says, strings.Join(fresh, "\n"))
			}
		}
	})
}

func missing(list, from []string) (out []string) {
	had := map[string]bool{}
	for _, s := range from {
		had[s] = true
	}
	for _, s := range list {
		if !had[s] {
			out = append(out, s)
		}
	}
	return out
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// A counter that nobody checks is no proof of anything.
func TestEveryCounterIsChecked(t *testing.T) {
	t.Parallel()
	h := open(t)
	rows, err := h.app.DB.Read.QueryContext(t.Context(), `SELECT DISTINCT name FROM counter`)
	must(t, err)
	defer rows.Close()
	for rows.Next() {
		var name string
		must(t, rows.Scan(&name))
		if !upkeep.Checks(name) {
			t.Errorf("nothing holds the counter %s against its rows: name it in upkeep/counted.go", name)
		}
	}
	must(t, rows.Err())
}

// restored puts a backup into a new place of the same engine and opens it.
func (h house) restored(t *testing.T, file string) (*db.DB, *files.Store) {
	t.Helper()
	dir, address := filepath.Join(t.TempDir(), "again"), ""
	if h.app.DB.Engine == db.Postgres {
		address = emptied(t)
	}
	_, err := upkeep.Restore(t.Context(), file, dir, address, h.app.DB.Clock)
	must(t, err)
	d, err := db.Open(t.Context(), dir, address, h.app.DB.Clock)
	must(t, err)
	t.Cleanup(func() { _ = d.Close() }) // the test is over
	return d, files.NewStore(filepath.Join(dir, "files"))
}

func (h house) org(t *testing.T) (id string) {
	t.Helper()
	must(t, h.app.DB.Read.QueryRowContext(t.Context(), `SELECT min(id) FROM org`).Scan(&id))
	return id
}

// emptied is the address of a PostgreSQL with nothing in it.
func emptied(t *testing.T) string {
	t.Helper()
	address := dbtest.PostgresAddress(t)
	d, err := db.Open(t.Context(), "", address, kernel.WallClock{})
	must(t, err)
	must(t, errors.Join(d.DropTables(t.Context()), d.Close()))
	return address
}

// Eight writers write while the backup is taken: its copy is whole, and has all that was acknowledged before it began.
func TestABackupUnderWritersHoldsWhatWasAcknowledged(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		chair, err := h.app.Accounts.As(t.Context(), "chair")
		must(t, err)
		ctx, stop := context.WithCancel(t.Context())
		var mu sync.Mutex
		var acknowledged []record.NoteID
		var writers sync.WaitGroup
		enough := make(chan struct{})
		for i := range 8 {
			writers.Go(func() {
				for n := 0; ctx.Err() == nil; n++ {
					id, err := h.app.Records.Write(t.Context(), chair, record.NewNote{Unit: org.UnitID(chair.Branch), Measure: "warmth", On: h.app.DB.Clock.Now().Date(),
						Title: fmt.Sprintf("写 %d %d", i, n), Body: "一边写一边备份"})
					if err != nil {
						t.Error(err)
						return
					}
					mu.Lock()
					if acknowledged = append(acknowledged, id); len(acknowledged) == 40 {
						close(enough)
					}
					mu.Unlock()
				}
			})
		}
		<-enough
		mu.Lock()
		had := append([]record.NoteID{}, acknowledged...)
		mu.Unlock()
		file := filepath.Join(t.TempDir(), "b.tar")
		made, err := h.app.Keeper.Backup(t.Context(), file, nil)
		if found, _ := h.look(t); len(found) > 0 {
			t.Errorf("a check of a folder under writers finds what is not there:\n%s", strings.Join(found, "\n"))
		}
		stop()
		writers.Wait()
		must(t, err)
		if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 || info.Size() != made.Size || made.Proof.N != 0 || made.Proof.Counts.History == 0 {
			t.Errorf("got %v, %v, %+v", info, err, made)
		}
		d, pictures := h.restored(t, file)
		r, err := upkeep.Verify(t.Context(), upkeep.Check{DB: d, Files: pictures, Runs: checklistdb.Store{}.Load})
		if err != nil || r.N > 0 {
			t.Errorf("the restored copy: %v %v", err, r.Findings)
		}
		for _, id := range had {
			var n int
			if err := d.Read.QueryRowContext(t.Context(), `SELECT count(*) FROM note WHERE id = $1`, string(id)).Scan(&n); err != nil || n != 1 {
				t.Errorf("note %s was acknowledged before the backup began and is not in it (%v)", id, err)
			}
		}
		left, err := filepath.Glob(filepath.Join(filepath.Dir(file), "*"))
		if err != nil || len(left) != 1 {
			t.Errorf("left beside the backup: %v %v", left, err)
		}
	})
}

// Whoever has the file of somebody else is signed in nowhere.
func TestNobodyIsSignedInAfterARestore(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		h.enter(t, "chair")
		must(t, h.app.DB.InTx(t.Context(), authz.Program(h.org(t)), func(tx db.Tx) error {
			for _, text := range []string{
				`INSERT INTO invite (token, org_id, purpose, at, ends_at) VALUES ('i', $1, 'join', 0, 0)`,
				`INSERT INTO api_token (token, account_id, org_id, name, scopes, at, ends_on) SELECT 't', min(id), $1, 'n', '', 0, '2030-01-01' FROM account`,
				`INSERT INTO feed (org_id, account_id, token, made_on) SELECT $1, min(id), 'f', '2024-12-01' FROM account`,
				`INSERT INTO challenge (hash, data, ends_at) SELECT 'c' || $1, '', 0`,
				`INSERT INTO device (account_id, mark, on_day) SELECT min(id), 'd' || $1, '2024-12-01' FROM account`,
				`INSERT INTO mail (org_id, person_id, key, state, lines, at, next_at) SELECT $1, min(id), 'k', 'waiting', '', 0, 0 FROM person`,
			} {
				if _, err := tx.ExecContext(tx.Ctx(), text, tx.Org()); err != nil {
					return fmt.Errorf("%s: %w", text, err)
				}
			}
			return nil
		}))
		file := filepath.Join(t.TempDir(), "b.tar")
		_, err := h.app.Keeper.Backup(t.Context(), file, nil)
		must(t, err)
		d, _ := h.restored(t, file)
		if past, err := audit.History(t.Context(), d.Read, h.org(t), upkeep.About()); err != nil || len(past) != 1 || past[0].Act != "system.restore" {
			t.Errorf("the history of the copy: got %v, %v, want the restore", past, err)
		}
		for _, table := range []string{"session", "invite", "api_token", "feed", "challenge", "device", "mail WHERE state = 'waiting'"} {
			var had, has int
			must(t, h.app.DB.Read.QueryRowContext(t.Context(), `SELECT count(*) FROM `+table).Scan(&had))
			must(t, d.Read.QueryRowContext(t.Context(), `SELECT count(*) FROM `+table).Scan(&has))
			if had == 0 || has != 0 {
				t.Errorf("%s: %d of %d rows came along", table, has, had)
			}
		}
	})
}

func TestADamagedBackupIsRefusedAndLeavesNothing(t *testing.T) {
	t.Parallel()
	h := open(t)
	dir := t.TempDir()
	file := filepath.Join(dir, "b.tar")
	_, err := h.app.Keeper.Backup(t.Context(), file, nil)
	must(t, err)
	good, err := os.ReadFile(file)
	must(t, err)
	try := func(name string, bytes []byte) {
		bad, to := filepath.Join(dir, "bad.tar"), filepath.Join(dir, "to")
		must(t, os.WriteFile(bad, bytes, 0o600))
		if _, err := upkeep.Restore(t.Context(), bad, to, "", h.app.DB.Clock); err == nil {
			t.Errorf("%s was restored", name)
		}
		for _, left := range []string{to, to + ".part"} {
			if _, err := os.Lstat(left); err == nil {
				t.Fatalf("%s left %s behind", name, left)
			}
		}
	}
	const samples = 41
	for i := range samples {
		at := i * (len(good) - 1) / (samples - 1)
		good[at] ^= 0x10
		try(fmt.Sprintf("a flipped bit at %d of %d", at, len(good)), good)
		good[at] ^= 0x10
	}
	for _, n := range []int{0, 1, 511, 512, len(good) / 3, len(good) / 2, len(good) - 1024, len(good) - 512, len(good) - 1} {
		try(fmt.Sprintf("cut at %d of %d", n, len(good)), good[:n])
	}
	full := filepath.Join(dir, "full")
	must(t, errors.Join(os.Mkdir(full, 0o700), os.WriteFile(filepath.Join(full, "mine"), nil, 0o600)))
	if _, err := upkeep.Restore(t.Context(), file, full, "", h.app.DB.Clock); err == nil || !strings.Contains(err.Error(), "not empty") {
		t.Errorf("into a folder that is not empty: got %v", err)
	}
}

// A real backup is refused for a bit anywhere and for any missing end: at the edges of every member and at some hundred places
// that are others each time.
func TestABitAnywhereInARealBackupIsSeen(t *testing.T) {
	t.Parallel()
	h := open(t)
	file := filepath.Join(t.TempDir(), "b.tar")
	_, err := h.app.Keeper.Backup(t.Context(), file, nil)
	must(t, err)
	good, err := os.ReadFile(file)
	must(t, err)
	m, err := backup.Check(file)
	must(t, err)
	var at []int
	edge := 0
	for i, e := range m.Entries { // its header, its first and last byte, the first and last of its padding
		end := edge + 512 + int(e.Size)
		next := (end + 511) / 512 * 512
		if i%max(1, len(m.Entries)/20) == 0 {
			at = append(at, edge, edge+rand.IntN(512), edge+512, end-1, min(end, next-1), next-1)
		}
		edge = next
	}
	at = append(at, edge, edge+512, len(good)-1025, len(good)-1024, len(good)-1) // the manifest, and two empty blocks
	for range 200 {
		at = append(at, rand.IntN(len(good)))
	}
	seen := func(what string, bytesOf []byte) {
		if _, err := backup.Read(bytes.NewReader(bytesOf), nil); !errors.Is(err, backup.ErrDamaged) {
			t.Errorf("%s of %d: got %v", what, len(good), err)
		}
	}
	for _, i := range at {
		bit := byte(1) << rand.IntN(8)
		good[i] ^= bit
		seen(fmt.Sprintf("bit %#x of byte %d", bit, i), good)
		good[i] ^= bit
		if i%3 == 0 {
			seen(fmt.Sprintf("cut at %d", i), good[:i])
		}
	}
	if _, err := backup.Read(bytes.NewReader(good), nil); err != nil {
		t.Errorf("with nothing flipped: %v", err)
	}
	t.Logf("%d places in %d members, %d bytes", len(at), len(m.Entries), len(good))
}

// What is made well but belongs nowhere, or comes from a later program, is refused too.
func TestAForeignBackupIsRefused(t *testing.T) {
	t.Parallel()
	knows, err := db.Knows(db.SQLite)
	must(t, err)
	for name, c := range map[string]struct {
		entry string
		head  backup.Head
		says  string
	}{
		"newer":          {"xiaojia.db", backup.Head{Engine: "sqlite", Schema: knows + 1}, "written by a newer 小家"},
		"no database":    {"keys.json", backup.Head{Engine: "sqlite", Schema: knows}, "holds no database"},
		"a strange file": {"cron.d/x", backup.Head{Engine: "sqlite", Schema: knows}, "no database"},
		"PostgreSQL":     {"tables/001-org.csv", backup.Head{Engine: "postgres", Schema: knows}, "--database"},
		"no engine":      {"xiaojia.db", backup.Head{Engine: "oracle", Schema: knows}, "no known engine"},
	} {
		file, to := filepath.Join(t.TempDir(), "b.tar"), filepath.Join(t.TempDir(), "to")
		f, err := os.Create(file)
		must(t, err)
		w := backup.NewWriter(f)
		must(t, w.Add(c.entry, 1, strings.NewReader("x")))
		_, err = w.Close(c.head)
		must(t, errors.Join(err, f.Close()))
		if _, err := upkeep.Restore(t.Context(), file, to, "", kernel.WallClock{}); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: got %v, want %q", name, err, c.says)
		}
		if _, err := os.Lstat(to); err == nil {
			t.Errorf("%s left a folder behind", name)
		}
	}
}

type fullDisk struct {
	w    io.Writer
	left int
}

var errDisk = syscall.ENOSPC

func (f *fullDisk) Write(p []byte) (int, error) {
	if f.left -= len(p); f.left < 0 {
		return 0, errDisk
	}
	return f.w.Write(p)
}

func TestAFullDiskLeavesNoBackupAndDeletesNone(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		k := upkeep.New(h.app.Keeper.Parts)
		k.Dir, k.Keep = t.TempDir(), 1
		old := filepath.Join(k.Dir, "xiaojia-20230101-023000.tar")
		must(t, os.WriteFile(old, nil, 0o600))
		for _, room := range []int{0, 1000, 200_000} {
			k.Wrap = func(w io.Writer) io.Writer { return &fullDisk{w, room} }
			if err := k.Nightly(t.Context()); !errors.Is(err, errDisk) {
				t.Errorf("room for %d: got %v", room, err)
			}
			list, err := os.ReadDir(k.Dir)
			if err != nil || len(list) != 1 || list[0].Name() != filepath.Base(old) {
				t.Errorf("room for %d: got %v %v, want the old one alone", room, list, err)
			}
		}
		s, err := k.State(t.Context())
		if err != nil || s.Backup != nil || s.Fail == nil || !s.Fail.Full || !strings.Contains(s.Fail.Text, "the disk is full, no backup was made") {
			t.Errorf("got %+v, %v", s, err)
		}
		k.Wrap = nil
		must(t, k.Nightly(t.Context()))
		kept, err := k.Kept()
		s, serr := k.State(t.Context())
		if err = errors.Join(err, serr); err != nil || len(kept) != 1 || kept[0].Name() == filepath.Base(old) || s.Backup == nil || s.Fail != nil || s.Stale(h.app.DB.Clock.Now()) {
			t.Errorf("after a good one: kept %v, %+v, %v", kept, s, err)
		}
	})
}

// What backups that were cut off have left goes a day later, and of unproved copies the newest stays.
func TestLeftoversOfBackupsAreSwept(t *testing.T) {
	t.Parallel()
	h := open(t)
	k := upkeep.New(h.app.Keeper.Parts)
	k.Dir, k.Keep = t.TempDir(), 2
	long := time.Now().Add(-48 * time.Hour)
	for name, old := range map[string]bool{"xiaojia-20230101-023000.tar.unproved": false, "xiaojia-20230102-023000.tar.unproved": false, "xiaojia-20230103-023000.tar.part": true,
		"xiaojia-20230104-023000.tar.part": false, "mine.tar.part": true, "xiaojia-20230105-023000.tar": true, "xiaojia-20230106-023000.tar": true} {
		file := filepath.Join(k.Dir, name)
		must(t, os.WriteFile(file, nil, 0o600))
		if old {
			must(t, os.Chtimes(file, long, long))
		}
	}
	must(t, k.Nightly(t.Context()))
	var got []string
	list, err := os.ReadDir(k.Dir)
	must(t, err)
	for _, e := range list {
		if !strings.HasPrefix(e.Name(), "xiaojia-202303") { // the demo's month
			got = append(got, e.Name())
		}
	}
	if want := "mine.tar.part xiaojia-20230102-023000.tar.unproved xiaojia-20230104-023000.tar.part xiaojia-20230106-023000.tar"; strings.Join(got, " ") != want || len(list) != len(got)+1 {
		t.Errorf("got %v of %d, want %s and the new one", got, len(list), want)
	}
}

// What is damaged in the folder is damaged in its copy: that is kept under another name and is no backup.
func TestADamagedFolderIsNoGoodBackup(t *testing.T) {
	t.Parallel()
	h := open(t)
	must(t, h.app.DB.InTx(t.Context(), authz.Program(""), func(tx db.Tx) error {
		_, err := tx.ExecContext(tx.Ctx(), `UPDATE round SET done = done + 1 WHERE id = (SELECT min(id) FROM round WHERE state <> 'planned')`)
		return err
	}))
	file := filepath.Join(t.TempDir(), "b.tar")
	_, err := h.app.Keeper.Backup(t.Context(), file, nil)
	var bad *upkeep.NotProved
	if !errors.As(err, &bad) || bad.Report.N != 1 {
		t.Fatalf("got %v", err)
	}
	if _, err := os.Lstat(file); err == nil {
		t.Error("it has the name of a good one")
	}
	if _, err := backup.Check(bad.File); err != nil {
		t.Errorf("the copy that was kept: %v", err)
	}
}

// The administrator is told once a day.
func TestAnOldBackupIsToldOnceADay(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		told := func() (n int) {
			must(t, h.app.DB.Read.QueryRowContext(t.Context(), `SELECT count(*) FROM notice WHERE once LIKE 'backup-old/%'`).Scan(&n))
			return n
		}
		for range 2 {
			must(t, h.app.WatchBackups(t.Context()))
		}
		if told() != 1 {
			t.Errorf("told %d times, want one administrator once", told())
		}
		must(t, h.app.Keeper.Remember(t.Context(), upkeep.Made{At: h.app.DB.Clock.Now()}))
		must(t, h.app.WatchBackups(t.Context()))
		if told() != 1 {
			t.Errorf("told although there is a good backup")
		}
	})
}
