package safetyweb_test

import (
	"testing"

	"github.com/PuerkitoBio/goquery"

	"xiaojia/internal/engine/matter"
	"xiaojia/internal/engine/record"
	"xiaojia/internal/measure/safety"
	"xiaojia/internal/measure/safety/safetyweb"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/platform/i18n"
)

type noCloser struct{}

func (noCloser) Done(db.Tx, record.Completion) error { return nil }

// bareRaiser opens a bare matter, one an item.
type bareRaiser struct{}

func (bareRaiser) RaiseFromPatrol(tx db.Tx, r safety.Report) (matter.ID, error) {
	_, err := tx.ExecContext(tx.Ctx(), `INSERT INTO matter (org_id, id, no, kind, unit_id, place_id, title, state, raised_on, due_at) VALUES ($1,$2,$3,'hazard',$4,$5,$6,'raised',$7,0)`,
		tx.Org(), "m-"+r.Item, "24-"+r.Item, string(r.Unit), string(r.Place), r.Title, tx.Today())
	return matter.ID("m-" + r.Item), err
}

type goquerySelection = goquery.Selection

func printer(t *testing.T) *i18n.Printer {
	t.Helper()
	book, err := i18n.Read(safetyweb.PatrolEnglish)
	if err != nil {
		t.Fatal(err)
	}
	return book.Printer(i18n.Zh)
}
