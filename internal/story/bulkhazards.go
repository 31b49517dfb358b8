package story

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"

	"xiaojia/internal/engine/matter"
	"xiaojia/internal/kernel"
	"xiaojia/internal/measure/safety"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/platform/search"
)

// bulkSpan is over how many days the bulk spreads what it reports.
const bulkSpan = 730

var (
	matterTable = db.Many{Table: "matter", Cols: []string{"org_id", "id", "no", "kind", "unit_id", "place_id", "title", "state", "outcome", "open", "late", "grade", "reporter", "owner_unit", "rectifier",
		"verifier", "waits_for", "waits_also", "raised_on", "due_at", "due_why", "late_at", "rework", "escalated", "closed_at", "version",
		"num", "order_at", "grade_rank", "announced_on", "took", "overran"}}
	hazardTable = db.Many{Table: "hazard", Cols: []string{"org_id", "matter_id", "description", "spot", "reporter_mode", "receipt", "measure", "doer", "done_note", "verify_note",
		"announced_how", "fix_by", "done_on", "verified_on", "last_why"}}
)

// hazards reports so many over two years, the oldest first, as numbers are given.
func (b *bulk) hazards(n int) error {
	for from := 0; from < n; from += bulkChunk {
		list := make([]bulkHazard, 0, bulkChunk)
		for i := from; i < min(from+bulkChunk, n); i++ {
			h, err := b.hazard(i, b.today.Add(-bulkSpan+i*bulkSpan/n))
			if err != nil {
				return err
			}
			list = append(list, h)
		}
		if err := b.chunk(len(list), func(tx db.Tx) (counted, error) { return b.writeHazards(tx, list) }); err != nil {
			return err
		}
	}
	return nil
}

// writeHazards gives them their numbers and writes all that belongs to them.
func (b *bulk) writeHazards(tx db.Tx, list []bulkHazard) (counted, error) {
	n := counted{}
	if err := number(tx, list); err != nil {
		return n, err
	}
	flow := b.app.Hazards.Flow()
	matters, hazards, docs := make([][]any, len(list)), make([][]any, len(list)), make([]search.Doc, len(list))
	for i, h := range list {
		first, also, keys := matter.Beside(flow, h.Matter)
		for _, k := range keys {
			n.add(string(matter.Hazard), k)
		}
		why, err := json.Marshal(h.DueWhy)
		if err != nil {
			return n, err
		}
		matters[i] = []any{b.org, string(h.ID), h.No, string(h.Kind), string(h.Unit), kernel.Opt(h.Place), h.Title, string(h.State), string(h.Outcome), h.Open(), h.Late(), h.Grade, string(h.Reporter),
			kernel.Opt(h.Owner), string(h.Rectifier), string(h.Verifier), first, also, h.Raised, int64(h.Due), string(why), int64(h.LateAt), h.Rework, h.Escalated, int64(h.ClosedAt), h.Version,
			matter.Num(h.No), int64(matter.OrderAt(h.Due, h.Grade)), matter.Rank(h.Grade), h.Announced, h.Took(), h.Overran}
		hazards[i] = []any{b.org, string(h.ID), h.Description, h.Spot, string(h.Mode), h.receipt(), h.Measure, h.Doer, h.DoneNote, h.VerifyNote, h.AnnouncedHow,
			h.FixBy, h.DoneOn, h.VerifiedOn, h.LastWhy}
		docs[i] = safety.SearchDoc(h.Hazard)
	}
	if err := matterTable.Insert(tx, matters); err != nil {
		return n, err
	}
	if err := hazardTable.Insert(tx, hazards); err != nil {
		return n, err
	}
	if err := b.writeLetters(tx, list); err != nil {
		return n, err
	}
	if err := b.writePhotos(tx, list); err != nil {
		return n, err
	}
	if err := b.writePast(tx, list); err != nil {
		return n, err
	}
	return n, search.PutMany(tx, docs)
}

// number takes numbers of the series of each year, in the order of the list.
func number(tx db.Tx, list []bulkHazard) error {
	for i := 0; i < len(list); {
		year, k := list[i].Raised.Year(), i
		for k < len(list) && list[k].Raised.Year() == year {
			k++
		}
		n, err := db.NextMany(tx, fmt.Sprintf("%s/%02d", matter.Hazard, year%100), k-i)
		if err != nil {
			return err
		}
		for ; i < k; i, n = i+1, n+1 {
			list[i].No = fmt.Sprintf("%02d-%04d", year%100, n)
		}
	}
	return nil
}

// receipt stands for the seal of a receipt that nobody holds.
func (h *bulkHazard) receipt() string {
	if h.Mode != safety.Anonymous {
		return ""
	}
	sum := sha256.Sum256([]byte(h.ID))
	return hex.EncodeToString(sum[:])
}
