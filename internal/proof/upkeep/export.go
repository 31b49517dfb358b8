package upkeep

import (
	"archive/zip"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"time"

	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/platform/files"
)

// Exported is what an export came to.
type Exported struct{ Tables, Rows, Pictures int }

// Export writes one state of everything as a zip that needs no 小家: each table as CSV and as JSON lines, the pictures, and what
// each column holds. ID numbers stay masked; passwords, wages, codes of anonymous reporters and whatever lets somebody in stay out.
// It streams, and a file of that name must not be there.
func (k *Keeper) Export(ctx context.Context, file string) (out Exported, err error) {
	part := file + ".part"
	if _, err := os.Lstat(file); !errors.Is(err, os.ErrNotExist) {
		return out, errors.Join(fmt.Errorf("%s is there already: give another name", file), err)
	}
	f, err := os.OpenFile(part, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return out, fmt.Errorf("export: %w", err)
	}
	z := zip.NewWriter(f)
	err = k.DB.Frozen(ctx, func(q db.DBTX) error {
		e := &exporting{k: k, ctx: ctx, q: q, z: z}
		err := e.all()
		out = e.out
		return err
	})
	err = errors.Join(err, z.Close(), f.Sync(), f.Close())
	if err == nil {
		err = os.Rename(part, file)
	}
	if err != nil {
		return out, errors.Join(fmt.Errorf("export: %w", err), os.Remove(part))
	}
	return out, files.SyncFolder(filepath.Dir(file))
}

type exporting struct {
	k   *Keeper
	ctx context.Context
	q   db.DBTX
	z   *zip.Writer
	out Exported
}

func (e *exporting) all() error {
	tables, err := e.k.DB.Tables(e.ctx, e.q)
	if err != nil {
		return err
	}
	slices.Sort(tables)
	var cols []Column
	for _, t := range tables {
		if stays[t] != "" {
			continue
		}
		of, err := e.columns(t)
		if err != nil {
			return err
		}
		cols = append(cols, of...)
		if err := errors.Join(e.table(t, of, asCSV), e.table(t, of, asJSON)); err != nil {
			return err
		}
		e.out.Tables++
	}
	return errors.Join(e.words(cols), e.pictures())
}

// columns are those of a table that leave the program, in the order of the database. What nobody has described stays.
func (e *exporting) columns(table string) ([]Column, error) {
	rows, err := e.q.QueryContext(e.ctx, "SELECT * FROM "+table+" LIMIT 0")
	if err != nil {
		return nil, err
	}
	names, err := rows.Columns()
	if err = errors.Join(err, rows.Close()); err != nil {
		return nil, err
	}
	var out []Column
	for _, n := range names {
		if c, ok := Describe(table, n); ok && c.Kind != "no" {
			out = append(out, c)
		}
	}
	return out, nil
}

func (e *exporting) create(name string, packed bool) (io.Writer, error) {
	h := &zip.FileHeader{Name: name, Method: zip.Store, Modified: time.UnixMicro(int64(e.k.DB.Clock.Now()))}
	if packed {
		h.Method = zip.Deflate
	}
	return e.z.CreateHeader(h)
}

// pictures writes the files that the database names; one that is not there was swept.
func (e *exporting) pictures() error {
	rows, err := e.q.QueryContext(e.ctx, `SELECT org_id, hash FROM file ORDER BY org_id, hash`)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var org, hash string
		if err := rows.Scan(&org, &hash); err != nil {
			return err
		}
		err := e.picture(org, hash)
		if kernel.KindOf(err) == kernel.NotFound {
			continue
		}
		if err != nil {
			return err
		}
		e.out.Pictures++
	}
	return rows.Err()
}

func (e *exporting) picture(org, hash string) error {
	f, err := e.k.Files.Open(org, hash)
	if err != nil {
		return err
	}
	defer f.Close() // only read
	w, err := e.create("files/"+org+"/"+hash, false)
	if err == nil {
		_, err = io.Copy(w, cancelled{e.ctx, f})
	}
	return err
}
