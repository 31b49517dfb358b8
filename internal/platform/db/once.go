package db

import (
	"fmt"

	"xiaojia/internal/kernel"
)

// OnceDays is how long it is remembered that a form or a call was sent.
const OnceDays = 30

// Once keeps in the caller's transaction that key, sent with this content, has brought about the subject. Where the key was
// used before it answers what it brought about then, and the caller does nothing; with another content it is a Conflict.
func Once(tx Tx, key, content, subject string) (earlier string, err error) {
	r, err := tx.ExecContext(tx.Ctx(), `INSERT INTO once (org_id, key, content, subject_id, on_day) VALUES ($1,$2,$3,$4,$5) ON CONFLICT (org_id, key) DO NOTHING`,
		tx.Org(), key, content, subject, tx.Today())
	if err != nil {
		return "", fmt.Errorf("once: %w", err)
	}
	if n, err := r.RowsAffected(); err != nil || n == 1 {
		return "", err
	}
	var had string
	if err := tx.QueryRowContext(tx.Ctx(), `SELECT content, subject_id FROM once WHERE org_id = $1 AND key = $2`, tx.Org(), key).Scan(&had, &earlier); err != nil {
		return "", fmt.Errorf("once: %w", err)
	}
	if had != content {
		return "", kernel.Err(kernel.Conflict, "这个键已经用在别的内容上了，请换一个。")
	}
	return earlier, nil
}

// ForgetOnce drops what was remembered longer than OnceDays.
func ForgetOnce(tx Tx) error {
	_, err := tx.ExecContext(tx.Ctx(), `DELETE FROM once WHERE on_day < $1`, tx.Today().Add(-OnceDays))
	if err != nil {
		return fmt.Errorf("forget once: %w", err)
	}
	return nil
}
