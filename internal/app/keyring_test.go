package app

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/platform/db/dbtest"
	"xiaojia/internal/platform/vault"
)

func TestADatabaseKeepsItsRing(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		here, there := filepath.Join(t.TempDir(), "keys.json"), filepath.Join(t.TempDir(), "keys.json")
		first, err := keyRing(t.Context(), d, here)
		if err != nil {
			t.Fatal(err)
		}
		again, err := keyRing(t.Context(), d, here)
		if err != nil || again.Mark() != first.Mark() {
			t.Fatalf("the second start: %v", err)
		}
		if _, err := keyRing(t.Context(), d, there); err == nil || !strings.Contains(err.Error(), "missing") {
			t.Errorf("a lost ring: %v", err)
		}
		if _, err := os.Stat(there); err == nil {
			t.Error("a lost ring was replaced")
		}
		if _, err := vault.Open(there); err != nil {
			t.Fatal(err)
		}
		if _, err := keyRing(t.Context(), d, there); err == nil || !strings.Contains(err.Error(), "not the one") {
			t.Errorf("the ring of another installation: %v", err)
		}
	})
}

func TestAnOlderCopyOfARotatedRingIsRefused(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		path := filepath.Join(t.TempDir(), "keys.json")
		if _, err := keyRing(t.Context(), d, path); err != nil {
			t.Fatal(err)
		}
		old, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := vault.Rotate(path); err != nil {
			t.Fatal(err)
		}
		if _, err := keyRing(t.Context(), d, path); err != nil {
			t.Fatalf("after rotating: %v", err)
		}
		if err := os.WriteFile(path, old, 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := keyRing(t.Context(), d, path); err == nil || !strings.Contains(err.Error(), "not the one") {
			t.Errorf("an older copy: %v", err)
		}
	})
}

// Databases from before the mark was kept are taken over with the ring that lies beside them.
func TestADatabaseInUseWithoutItsMarkNeedsARing(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		err := d.InTx(t.Context(), authz.Program("o1"), func(tx db.Tx) error {
			_, err := tx.ExecContext(tx.Ctx(), `INSERT INTO org (id, name_zh, name_en, at) VALUES ('o1', '公司', 'Company', 1)`)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		path := filepath.Join(t.TempDir(), "keys.json")
		if _, err := keyRing(t.Context(), d, path); err == nil {
			t.Fatal("a new ring was made beside a database in use")
		}
		if _, err := vault.Open(path); err != nil {
			t.Fatal(err)
		}
		if _, err := keyRing(t.Context(), d, path); err != nil {
			t.Error(err)
		}
	})
}
