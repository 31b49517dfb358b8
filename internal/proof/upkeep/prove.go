package upkeep

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/backup"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/platform/files"
	"xiaojia/internal/platform/vault"
)

// prove reads the file that was just written, restores it into a scratch folder and checks everything there.
func (j *job) prove(part string) (Report, error) {
	j.step("从头读一遍", 0, 0)
	m, err := backup.Check(part)
	if err != nil {
		return Report{}, err
	}
	j.step("恢复到一个临时的地方", 0, 0)
	dir := filepath.Join(j.scratch, "proof")
	if err := os.Mkdir(dir, 0o700); err != nil {
		return Report{}, fmt.Errorf("prove: %w", err)
	}
	if err := backup.Extract(part, dir, m, false); err != nil {
		return Report{}, err
	}
	d, drop, err := j.opened(dir)
	if err != nil {
		return Report{}, err
	}
	j.step("逐条核对", 0, 0)
	out, err := Verify(j.ctx, Check{DB: d, Files: files.NewStore(filepath.Join(dir, "files")), Runs: j.k.Runs, Demo: j.k.Demo})
	if err == nil {
		err = opens(j.ctx, d, filepath.Join(dir, "keys.json"))
	}
	return out, errors.Join(err, drop())
}

// opened is the restored database: the file, or a schema of its own beside that of a PostgreSQL.
func (j *job) opened(dir string) (*db.DB, func() error, error) {
	if j.k.DB.Engine == db.SQLite {
		d, err := db.Open(j.ctx, dir, "", j.k.DB.Clock)
		if err != nil {
			return nil, nil, err
		}
		return d, d.Close, nil
	}
	d, drop, err := j.k.DB.Scratch(j.ctx, j.k.Database)
	if err != nil {
		return nil, nil, err
	}
	if err := fillPostgres(j.ctx, d, dir, func(db.DBTX) error { return nil }); err != nil {
		return nil, nil, errors.Join(err, drop())
	}
	return d, drop, nil
}

// opens wants the key ring that the database was sealed with: another would make every ID number unreadable.
func opens(ctx context.Context, d *db.DB, ring string) error {
	mark, err := d.Installation(ctx, "ring")
	if err != nil || mark == "" {
		return err
	}
	r, err := vault.Load(ring)
	if err != nil {
		return err
	}
	if !r.Opens(mark) {
		return kernel.Err(kernel.Conflict, "密钥文件不是这个数据库用的那一把。")
	}
	return nil
}
