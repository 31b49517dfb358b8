package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

// Installation reads a fact about the installation itself; it is empty where none was kept.
func (d *DB) Installation(ctx context.Context, name string) (string, error) {
	var v string
	err := d.Read.QueryRowContext(ctx, `SELECT value FROM installation WHERE name = $1`, name).Scan(&v)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return "", fmt.Errorf("installation %s: %w", name, err)
	}
	return v, nil
}

// KeepInstallation keeps a fact where it still is what the caller read, and tells what stands there now: of two servers
// that keep one at once the slower reads that of the faster.
func KeepInstallation(tx Tx, name, was, value string) (string, error) {
	q := `INSERT INTO installation (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = $2 WHERE installation.value = $3`
	if _, err := tx.ExecContext(tx.Ctx(), q, name, value, was); err != nil {
		return "", fmt.Errorf("keep installation %s: %w", name, err)
	}
	var now string
	if err := tx.QueryRowContext(tx.Ctx(), `SELECT value FROM installation WHERE name = $1`, name).Scan(&now); err != nil {
		return "", fmt.Errorf("installation %s: %w", name, err)
	}
	return now, nil
}

// SetInstallation keeps a fact about the installation, whatever stood there.
func SetInstallation(tx Tx, name, value string) error {
	_, err := tx.ExecContext(tx.Ctx(), `INSERT INTO installation (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = $2`, name, value)
	if err != nil {
		return fmt.Errorf("set installation %s: %w", name, err)
	}
	return nil
}
