package story

import (
	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/db"
)

// shot is a picture of the story: of what, and before or after the work.
type shot struct{ words, slot string }

var attachmentTable = db.Many{Table: "attachment", Cols: []string{"org_id", "owner_kind", "owner_id", "slot", "pos", "hash", "by_person", "at"}}

// album learns which pictures the story has; the bulk draws none of its own.
func (b *bulk) album() error {
	b.photos = map[shot]string{}
	rows, err := b.app.DB.Read.QueryContext(b.ctx, `SELECT m.title, a.slot, a.hash FROM attachment a JOIN matter m ON m.org_id = a.org_id AND m.id = a.owner_id
WHERE a.org_id = $1 AND a.owner_kind = 'matter' AND a.slot IN ('before','after') ORDER BY a.at, a.hash`, b.org)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var s shot
		var hash string
		if err := rows.Scan(&s.words, &s.slot, &hash); err != nil {
			return err
		}
		b.photos[s] = hash
	}
	return rows.Err()
}

// writePhotos shows what was found and what was made of it, for as long back as the history has each step.
func (b *bulk) writePhotos(tx db.Tx, list []bulkHazard) error {
	var rows [][]any
	for _, h := range list {
		if b.today.Sub(h.Raised) > pastDays {
			continue
		}
		add := func(slot string, by known, at kernel.Time) {
			if hash := b.photos[shot{h.words, slot}]; hash != "" {
				rows = append(rows, []any{b.org, "matter", string(h.ID), slot, 0, hash, string(by.id), int64(at)})
			}
		}
		reporter := h.reporter
		if h.blind() {
			reporter = known{}
		}
		add("before", reporter, h.steps[0])
		if !h.DoneOn.IsZero() {
			add("after", h.hand, h.steps[3])
		}
	}
	return attachmentTable.Insert(tx, rows)
}
