package upkeep

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/db"
)

// databaseName is the SQLite database in a folder and in a backup; tableDir holds the tables of a PostgreSQL in a backup.
const (
	databaseName = "xiaojia.db"
	tableDir     = "tables"
)

func (j *job) sqlite(list string) error {
	dir := filepath.Join(j.scratch, "snapshot")
	if err := os.Mkdir(dir, 0o700); err != nil {
		return fmt.Errorf("backup: %w", err)
	}
	file := filepath.Join(dir, databaseName)
	if err := j.k.DB.Snapshot(j.ctx, file); err != nil {
		return err
	}
	if err := j.add(databaseName, file); err != nil {
		return err
	}
	d, err := db.Open(j.ctx, dir, "", j.k.DB.Clock)
	if err != nil {
		return err
	}
	err = j.list(d.Read, list)
	return errors.Join(err, d.Close(), os.RemoveAll(dir))
}

func (j *job) postgres(list string) error {
	n := 0
	return j.k.DB.CopyOut(j.ctx, func(table string, write func(io.Writer) error) error {
		n++
		spool := filepath.Join(j.scratch, "table")
		f, err := os.OpenFile(spool, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
		if err != nil {
			return err
		}
		if err := errors.Join(write(f), f.Close()); err != nil {
			return err
		}
		j.step("抄数据库", n, 0)
		return j.add(fmt.Sprintf("%s/%03d-%s.csv", tableDir, n, table), spool)
	}, func(q db.DBTX) error { return j.list(q, list) })
}

// list writes down which pictures the state of the database names, a line each.
func (j *job) list(q db.DBTX, file string) (err error) {
	f, err := os.OpenFile(file, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return fmt.Errorf("backup: %w", err)
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	out := bufio.NewWriter(f)
	rows, err := q.QueryContext(j.ctx, `SELECT u.org_id, u.hash, max(u.shown) FROM (
SELECT f.org_id, f.hash, CASE WHEN EXISTS (SELECT 1 FROM attachment a WHERE a.org_id = f.org_id AND a.hash = f.hash) THEN 1 ELSE 0 END AS shown FROM file f
UNION ALL SELECT f.org_id, f.thumb, CASE WHEN EXISTS (SELECT 1 FROM attachment a WHERE a.org_id = f.org_id AND a.hash = f.hash) THEN 1 ELSE 0 END FROM file f WHERE f.thumb <> '') AS u
GROUP BY u.org_id, u.hash ORDER BY u.org_id, u.hash`)
	if err != nil {
		return fmt.Errorf("backup: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var org, hash string
		var shown int
		if err := rows.Scan(&org, &hash, &shown); err != nil {
			return fmt.Errorf("backup: %w", err)
		}
		j.made.Pictures++
		fmt.Fprintln(out, org, hash, shown)
	}
	return errors.Join(rows.Err(), out.Flush())
}

// pictures copies what the list names. One that no record shows may have been swept meanwhile.
func (j *job) pictures(list string) error {
	f, err := os.Open(list)
	if err != nil {
		return fmt.Errorf("backup: %w", err)
	}
	defer f.Close() // only read
	of := j.made.Pictures
	j.made.Pictures = 0
	lines := bufio.NewScanner(f)
	for n := 0; lines.Scan(); n++ {
		var org, hash string
		var shown int
		if _, err := fmt.Sscan(lines.Text(), &org, &hash, &shown); err != nil {
			return fmt.Errorf("backup: %w", err)
		}
		if n%100 == 0 {
			j.step("抄图片", n, of)
		}
		err := j.picture(org, hash)
		if kernel.KindOf(err) == kernel.NotFound && shown == 0 {
			continue
		}
		if err != nil {
			return fmt.Errorf("picture %s of %s: %w", hash, org, err)
		}
		j.made.Pictures++
	}
	return lines.Err()
}

func (j *job) picture(org, hash string) error {
	f, err := j.k.Files.Open(org, hash)
	if err != nil {
		return err
	}
	defer f.Close() // only read
	info, err := f.Stat()
	if err != nil {
		return err
	}
	return j.w.Add(fmt.Sprintf("files/%s/%s/%s/%s", org, hash[:2], hash[2:4], hash), info.Size(), cancelled{j.ctx, f})
}

// empty tells whether a folder is not there, or there with nothing in it.
func empty(dir string) (there bool, err error) {
	list, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err == nil && len(list) > 0 {
		err = fmt.Errorf("%s is not empty, and is left alone", dir)
	}
	return true, err
}
