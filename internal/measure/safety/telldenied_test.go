package safety_test

import (
	"testing"

	"xiaojia/internal/engine/checklist"
	"xiaojia/internal/measure/safety"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/platform/db/dbtest"
	"xiaojia/internal/platform/notify"
	"xiaojia/internal/register/org"
	"xiaojia/internal/register/people"
)

// A signature that somebody denies is the chair's business too, and told once.
func TestADeniedSignatureReachesTheChair(t *testing.T) {
	t.Parallel()
	d := dbtest.SQLite(t, dbtest.NewClock("2024-12-20"))
	program := authz.Program("o1")
	if err := d.InTx(t.Context(), program, func(tx db.Tx) error {
		_, err := tx.ExecContext(tx.Ctx(), `INSERT INTO org (id, name_zh, at) VALUES ('o1','公司工会',1)`)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	teller := safety.NewTeller(safety.TellerParts{DB: d, Holders: func(_ db.Tx, o authz.Office, u org.UnitID) ([]people.ID, error) {
		if o == authz.Chair && u == "b1" {
			return []people.ID{"chen"}, nil
		}
		return nil, nil
	}})
	for range 2 {
		if err := d.InTx(t.Context(), program, func(tx db.Tx) error {
			return teller.Reopened(tx, safety.PatrolReopened{Run: checklist.RunID("R1"), Unit: "b1", Who: "li"})
		}); err != nil {
			t.Fatal(err)
		}
	}
	list, _, err := notify.Inbox(t.Context(), d.Read, "o1", "chen", notify.Filter{})
	if err != nil || len(list) != 1 || list[0].Href != "/safety/patrols/R1" {
		t.Errorf("the chair reads %+v with %v, want it told once", list, err)
	}
}
