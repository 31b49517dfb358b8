package recordweb_test

import (
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"xiaojia/internal/engine/record"
	"xiaojia/internal/engine/record/recorddb"
	"xiaojia/internal/engine/record/recordweb"
	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/platform/db/dbtest"
	"xiaojia/internal/platform/files"
	"xiaojia/internal/platform/outbox"
)

// attic is a file store with its records, on each engine.
type attic struct {
	t      *testing.T
	db     *db.DB
	clock  *dbtest.Clock
	dir    string
	store  *files.Store
	s      *record.Service
	photos *recordweb.Photos
}

func eachAttic(t *testing.T, fn func(a *attic)) {
	t.Helper()
	t.Parallel()
	clock := dbtest.NewClock("2024-12-20")
	dbtest.EachAt(t, clock, func(t *testing.T, d *db.DB) {
		clock.SetDay("2024-12-20")
		a := &attic{t: t, db: d, clock: clock, dir: t.TempDir(), s: record.New(d, recorddb.Store{}, &rounds{map[record.Ref]record.Ref{}}, outbox.NewBus())}
		a.store = files.NewStore(a.dir)
		a.photos = recordweb.NewPhotos(d, a.store, files.NewIntake(files.Standard()), a.s)
		if err := d.InTx(t.Context(), authz.Program("o1"), rows); err != nil {
			t.Fatal(err)
		}
		fn(a)
	})
}

// keep stores a picture of one colour.
func (a *attic) keep(grey uint8) string {
	a.t.Helper()
	h, err := a.photos.Keep(a.t.Context(), "o1", []io.Reader{bytes.NewReader(picture(a.t, grey))})
	if err != nil {
		a.t.Fatal(err)
	}
	return h[0]
}

func (a *attic) attach(id string, hashes ...string) {
	a.t.Helper()
	err := a.db.InTx(a.t.Context(), authz.Actor{Org: "o1", Person: "li"}, func(tx db.Tx) error {
		return a.s.Attach(tx, record.Ref{Kind: "note", ID: id}, "photo", hashes)
	})
	if err != nil {
		a.t.Fatal(err)
	}
}

func (a *attic) sweepOn(day string) {
	a.t.Helper()
	a.clock.SetDay(day)
	if err := a.photos.Sweep(a.t.Context()); err != nil {
		a.t.Fatal(err)
	}
}

// files counts what lies in the folder.
func (a *attic) files() (n int) {
	a.t.Helper()
	err := filepath.WalkDir(a.dir, func(_ string, e os.DirEntry, err error) error {
		if err == nil && !e.IsDir() {
			n++
		}
		return err
	})
	if err != nil {
		a.t.Fatal(err)
	}
	return n
}

func (a *attic) has(hash string) bool {
	a.t.Helper()
	there, err := a.store.Exists("o1", hash)
	known, err2 := a.s.Known(a.t.Context(), "o1", hash)
	if err := errors.Join(err, err2); err != nil || there != known {
		a.t.Fatalf("on disk %v, in the database %v: %v", there, known, err)
	}
	return there
}

func TestPhotosThatNoRecordShowsGo(t *testing.T) {
	eachAttic(t, func(a *attic) {
		shown, never := a.keep(10), a.keep(200)
		a.attach("n1", shown)
		a.sweepOn("2024-12-22")
		if !a.has(never) {
			a.t.Error("a form that lies open for two days lost its photo")
		}
		a.sweepOn("2024-12-24")
		if a.has(never) || !a.has(shown) || a.files() != 2 {
			a.t.Errorf("never shown: %v, shown: %v, files: %d", a.has(never), a.has(shown), a.files())
		}
		a.clock.SetDay("2025-03-01") // long after it was stored it is taken off its record
		a.attach("n1", a.keep(50))
		a.sweepOn("2025-03-02")
		if !a.has(shown) {
			a.t.Error("a photo that was just replaced is gone at once")
		}
		a.sweepOn("2025-03-05")
		if a.has(shown) || a.files() != 2 {
			a.t.Errorf("replaced: %v, files: %d", a.has(shown), a.files())
		}
	})
}

func TestASweepThatBrokeOffIsSettled(t *testing.T) {
	eachAttic(t, func(a *attic) {
		shown, gone := a.keep(10), a.keep(200)
		a.attach("n1", shown)
		for _, h := range []string{shown, gone} {
			if err := a.store.Aside("o1", h); err != nil {
				a.t.Fatal(err)
			}
		}
		if _, err := a.s.DropOrphans(a.t.Context(), "o1", []string{gone}, kernel.MustDate("2025-01-01").At(0, 0)); err != nil {
			a.t.Fatal(err)
		}
		day := func(back int) string { return time.Now().UTC().AddDate(0, 0, -back).Format("20060102") }
		half, fresh := filepath.Join(a.dir, "o1", "incoming", day(2)+"-half"), filepath.Join(a.dir, "o1", "incoming", day(0)+"-half")
		if err := errors.Join(os.WriteFile(half, []byte("x"), 0o600), os.WriteFile(fresh, []byte("x"), 0o600), os.Chtimes(fresh, time.Unix(0, 0), time.Unix(0, 0))); err != nil {
			a.t.Fatal(err)
		}
		a.sweepOn("2024-12-21")
		if !a.has(shown) || a.has(gone) {
			a.t.Errorf("shown: %v, gone: %v", a.has(shown), a.has(gone))
		}
		if _, err := os.Stat(half); err == nil {
			a.t.Error("half an upload is still there")
		}
		if _, err := os.Stat(fresh); err != nil {
			a.t.Error("an upload that is under way is gone")
		}
	})
}

// Somebody sends the same picture while its old copy is swept: it is there afterwards, whatever came first.
func TestStoringDuringASweepLosesNothing(t *testing.T) {
	eachAttic(t, func(a *attic) {
		for n := range 12 {
			a.clock.SetDay("2024-12-20")
			hash := a.keep(uint8(20 * n))
			a.clock.SetDay("2024-12-30")
			var both sync.WaitGroup
			both.Go(func() {
				if err := a.photos.Sweep(a.t.Context()); err != nil {
					a.t.Error(err)
				}
			})
			both.Go(func() { a.keep(uint8(20 * n)) })
			both.Wait()
			if err := a.photos.Sweep(a.t.Context()); err != nil { // settles
				a.t.Fatal(err)
			}
			if !a.has(hash) {
				a.t.Fatalf("picture %d was stored and is gone", n)
			}
		}
	})
}
