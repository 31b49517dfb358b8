package safetydb

import (
	"database/sql"
	"errors"
	"fmt"

	"xiaojia/internal/engine/matter"
	"xiaojia/internal/kernel"
	"xiaojia/internal/measure/safety"
	"xiaojia/internal/platform/db"
)

// Pictures keeps the rows of a hazard's pictures.
type Pictures struct{}

var _ safety.Pictures = Pictures{}

// picturesMost bounds one act's pictures.
const picturesMost = 9

// moment is when a picture came: the day alone where nobody may learn more.
func moment(tx db.Tx, blind bool) (at kernel.Time, by string) {
	if blind {
		return tx.Today().At(0, 0), ""
	}
	return tx.Now(), tx.By().Person
}

// Attach fills safety.Pictures in one statement.
func (Pictures) Attach(tx db.Tx, id matter.ID, slot string, hashes []string, blind bool) error {
	if len(hashes) > picturesMost {
		return kernel.Wrong("photos", "一次最多放 %d 张照片。", picturesMost)
	}
	at, by := moment(tx, blind)
	args := []any{tx.Org(), string(id), slot, by, int64(at)}
	q := `INSERT INTO attachment (org_id, owner_kind, owner_id, slot, pos, hash, by_person, at) VALUES `
	for i, h := range hashes {
		if i > 0 {
			q += ","
		}
		args = append(args, h)
		q += fmt.Sprintf(`($1,'matter',$2,$3,%d + (SELECT COALESCE(max(a.pos) + 1, 0) FROM attachment a WHERE a.org_id = $1 AND a.owner_kind = 'matter' AND a.owner_id = $2 AND a.slot = $3),$%d,$4,$5)`, i, len(args))
	}
	_, err := tx.ExecContext(tx.Ctx(), q, args...)
	switch {
	case db.IsMissingParent(err):
		return kernel.Wrong("photos", "有一张照片没有传上来，请重新选一次。")
	case err != nil:
		return fmt.Errorf("pictures of hazard %s: %w", id, err)
	}
	return nil
}

// Shown fills safety.Pictures.
func (Pictures) Shown(tx db.Tx, id matter.ID, hashes []string) (bool, error) {
	marks, args := db.List(hashes)
	q, args := db.From("SELECT 1 FROM attachment").And("org_id = ? AND owner_kind = 'matter' AND owner_id = ?", tx.Org(), string(id)).
		And("hash IN ("+marks+")", args...).SQL("", 1)
	var one int
	switch err := tx.QueryRowContext(tx.Ctx(), q, args...).Scan(&one); {
	case errors.Is(err, sql.ErrNoRows):
		return false, nil
	case err != nil:
		return false, fmt.Errorf("pictures of hazard %s: %w", id, err)
	}
	return true, nil
}
