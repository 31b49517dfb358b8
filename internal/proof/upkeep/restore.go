package upkeep

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/audit"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/backup"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/platform/files"
)

// Restore puts a backup into an empty folder, and into an empty PostgreSQL where the backup is of one. The whole file is checked
// before anything is put anywhere; it is unpacked beside its place and renamed at the end. Sessions, one-time links and keys of
// programs do not come along: who has somebody else's backup is signed in nowhere. It answers what the backup was of.
func Restore(ctx context.Context, file, dir, database string, clock kernel.Clock) (backup.Manifest, error) {
	there, err := empty(dir)
	if err != nil {
		return backup.Manifest{}, err
	}
	m, err := backup.Check(file)
	if err != nil {
		return m, err
	}
	if err := fits(m, database); err != nil {
		return m, err
	}
	part := filepath.Clean(dir) + ".part"
	if err := os.MkdirAll(filepath.Dir(part), 0o755); err != nil {
		return m, fmt.Errorf("restore: %w", err)
	}
	if err := os.Mkdir(part, 0o700); errors.Is(err, fs.ErrExist) {
		return m, fmt.Errorf("restore: %w (a restore that broke off leaves such a folder; remove it)", err)
	} else if err != nil {
		return m, fmt.Errorf("restore: %w (the copy is made beside the folder: restore as root, and give it to the service's user)", err)
	}
	err = backup.Extract(file, part, m, true)
	if err == nil && database == "" {
		err = settleSQLite(ctx, part, m.Head, clock)
	} else if err == nil {
		err = settlePostgres(ctx, part, database, m.Head, clock)
	}
	if err != nil {
		return m, errors.Join(err, os.RemoveAll(part))
	}
	if there {
		if err := os.Remove(dir); err != nil {
			return m, errors.Join(fmt.Errorf("restore: %w", err), os.RemoveAll(part))
		}
	}
	if err := os.Rename(part, dir); err != nil {
		return m, fmt.Errorf("restore: %w", err)
	}
	return m, files.SyncFolder(filepath.Dir(filepath.Clean(dir)))
}

// fits refuses what this program or this place cannot take.
func fits(m backup.Manifest, database string) error {
	knows, err := db.Knows(db.Engine(m.Engine))
	switch {
	case m.Engine != string(db.SQLite) && m.Engine != string(db.Postgres):
		return fmt.Errorf("%w: it is of no known engine", backup.ErrDamaged)
	case err != nil:
		return err
	case m.Schema > knows:
		return fmt.Errorf("this backup was written by a newer 小家 (schema %d, this program knows %d): use the newer program", m.Schema, knows)
	case m.Engine == string(db.Postgres) && database == "":
		return fmt.Errorf("this backup is of a PostgreSQL: give an empty one with --database")
	case m.Engine == string(db.SQLite) && database != "":
		return fmt.Errorf("this backup is of SQLite: leave --database out")
	case m.Engine == string(db.Postgres) && m.Schema < knows:
		return fmt.Errorf("this backup has schema %d, this program %d: restore it with the program that wrote it (%s), then upgrade", m.Schema, knows, m.Program)
	case !slices.ContainsFunc(m.Entries, func(e backup.Entry) bool { return e.Name == databaseName || strings.HasPrefix(e.Name, tableDir+"/") }):
		return fmt.Errorf("%w: it holds no database", backup.ErrDamaged)
	}
	for _, e := range m.Entries {
		if !belongs(e.Name) {
			return fmt.Errorf("%w: it holds %s, which belongs to no folder", backup.ErrDamaged, e.Name)
		}
	}
	return nil
}

// belongs tells the names that Backup writes.
func belongs(name string) bool {
	top, _, deep := strings.Cut(name, "/")
	if deep {
		return top == "files" || top == tableDir
	}
	return name == databaseName || name == "keys.json" || name == "demo.json"
}

func settleSQLite(ctx context.Context, dir string, of backup.Head, clock kernel.Clock) error {
	d, err := db.Open(ctx, dir, "", clock)
	if err != nil {
		return err
	}
	have, err := d.Schema(ctx)
	if err == nil {
		err = d.InTx(ctx, program, func(tx db.Tx) error { return settle(tx.Ctx(), tx, have) })
	}
	if err == nil {
		err = noted(ctx, d, of)
	}
	return errors.Join(err, d.Close())
}

// About is the subject under which the history of the installation stands, in each company union.
func About() audit.Subject { return audit.Subject{Kind: "system", ID: "upkeep"} }

// noted writes into the history of each company union that it came out of a backup.
func noted(ctx context.Context, d *db.DB, of backup.Head) error {
	rows, err := d.Read.QueryContext(ctx, `SELECT id FROM org ORDER BY id`)
	if err != nil {
		return fmt.Errorf("restore: %w", err)
	}
	defer rows.Close()
	var all []string
	for rows.Next() {
		var id string
		if err := rows.Scan(&id); err != nil {
			return fmt.Errorf("restore: %w", err)
		}
		all = append(all, id)
	}
	for _, id := range all { // a handful
		err = errors.Join(err, d.InTx(ctx, authz.Program(id), func(tx db.Tx) error {
			return audit.Write(tx, "system.restore", About(), "从 %s 的备份恢复", of.Created.In(kernel.Shanghai).Format("2006-01-02 15:04"))
		}))
	}
	return errors.Join(err, rows.Err())
}

func settlePostgres(ctx context.Context, dir, database string, of backup.Head, clock kernel.Clock) error {
	d, err := db.Open(ctx, dir, database, clock)
	if err != nil {
		return err
	}
	have, err := d.Tables(ctx, d.Read)
	if err == nil && len(have) > 0 {
		err = fmt.Errorf("the database has %d tables already, and is left alone", len(have))
	}
	if err == nil {
		var up db.Upgrade
		up, err = d.Migrate(ctx)
		if err == nil {
			err = fillPostgres(ctx, d, dir, func(q db.DBTX) error { return settle(ctx, q, up.To) })
		}
		if err == nil {
			err = noted(ctx, d, of)
		}
		if err != nil {
			err = errors.Join(err, d.DropTables(ctx))
		}
	}
	return errors.Join(err, d.Close(), os.RemoveAll(filepath.Join(dir, tableDir)))
}

// The schemas in which keys of programs and calendar addresses came.
const (
	tokensSince = 15
	feedsSince  = 17
)

// settle ends what must not survive a restore and frees what a server was working on.
func settle(ctx context.Context, q db.DBTX, schema int64) error {
	todo := []string{`DELETE FROM session`, `DELETE FROM invite`, `UPDATE job SET lease_until = 0`}
	if schema >= tokensSince {
		todo = append(todo, `DELETE FROM api_token`)
	}
	if schema >= feedsSince { // and a copy sends no mail that the original has sent
		todo = append(todo, `DELETE FROM feed`, `DELETE FROM challenge`, `DELETE FROM device`, `DELETE FROM mail WHERE state IN ('sending', 'waiting')`)
	}
	for _, text := range todo {
		if _, err := q.ExecContext(ctx, text); err != nil {
			return fmt.Errorf("restore: %w", err)
		}
	}
	return nil
}

// fillPostgres reads the tables of an unpacked backup into an empty schema.
func fillPostgres(ctx context.Context, d *db.DB, dir string, after func(db.DBTX) error) error {
	list, err := filepath.Glob(filepath.Join(dir, tableDir, "*.csv"))
	if err != nil {
		return fmt.Errorf("restore: %w", err)
	}
	slices.Sort(list)
	var open *os.File
	defer func() { _ = open.Close() }() // only read
	return d.CopyIn(ctx, func() (string, io.Reader, error) {
		_ = open.Close() // only read
		if len(list) == 0 {
			return "", nil, io.EOF
		}
		_, table, _ := strings.Cut(strings.TrimSuffix(filepath.Base(list[0]), ".csv"), "-")
		if open, err = os.Open(list[0]); err != nil {
			return "", nil, fmt.Errorf("restore: %w", err)
		}
		list = list[1:]
		return table, open, nil
	}, after)
}

var program = authz.Program("")
