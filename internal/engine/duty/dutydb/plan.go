package dutydb

import (
	"strconv"

	"xiaojia/internal/engine/duty"
	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/db"
)

// roundRow is a planned round as JSON for the insert.
type roundRow struct {
	ID      string      `json:"id"`
	Duty    string      `json:"duty"`
	Unit    string      `json:"unit"`
	Measure string      `json:"measure"`
	Form    string      `json:"form"`
	Period  string      `json:"period"`
	Opens   kernel.Date `json:"opens"`
	Due     kernel.Date `json:"due"`
	Closes  kernel.Date `json:"closes"`
	Why     string      `json:"why"`
}

// SavePlan writes the rounds of these duties for these years: new ones are added, planned ones get the days of the plan,
// planned ones that are not in it any more go. Open and closed ones stay as they are.
func (Store) SavePlan(tx db.Tx, all []duty.Duty, rounds []duty.Round, from, to, stamp int) error {
	by, names := map[duty.ID]duty.Duty{}, make([]duty.ID, len(all))
	for i, d := range all {
		by[d.ID], names[i] = d, d.ID
	}
	rows := make([]roundRow, len(rounds))
	for i, r := range rounds {
		why, err := list(r.Why)
		if err != nil {
			return wrap("plan", string(r.Duty), err)
		}
		d := by[r.Duty]
		rows[i] = roundRow{ID: string(r.ID), Duty: string(r.Duty), Unit: string(r.Unit), Measure: string(d.Measure), Form: string(d.Form), Period: string(r.Period),
			Opens: r.Opens, Due: r.Due, Closes: r.Closes, Why: why}
	}
	planned, err := list(rows)
	if err != nil {
		return wrap("plan", tx.Org(), err)
	}
	owners, err := list(names)
	if err != nil {
		return wrap("plan", tx.Org(), err)
	}
	return savePlan(tx, owners, planned, from, to, stamp)
}

func savePlan(tx db.Tx, owners, planned string, from, to, stamp int) error {
	e := tx.Engine()
	gone := ` FROM round WHERE org_id = $1 AND duty_id IN ` + ids(e, "$2") + ` AND state = 'planned' AND period >= $3 AND period < $4
AND (duty_id, period) NOT IN (SELECT e.value->>'duty', e.value->>'period' FROM ` + each(e, "$5") + `)`
	// A planned round has targets where its opening broke off in the middle.
	for _, q := range []string{`DELETE FROM target WHERE org_id = $1 AND round_id IN (SELECT id` + gone + `)`, `DELETE` + gone} {
		if _, err := tx.ExecContext(tx.Ctx(), q, tx.Org(), owners, strconv.Itoa(from), strconv.Itoa(to+1), planned); err != nil {
			return wrap("drop what is not planned in", tx.Org(), err)
		}
	}
	_, err := tx.ExecContext(tx.Ctx(), `INSERT INTO round (org_id, id, duty_id, unit_id, measure, form, period, opens_on, due_on, closes_on, why, state)
SELECT $1, e.value->>'id', e.value->>'duty', e.value->>'unit', e.value->>'measure', e.value->>'form', e.value->>'period', `+day(e, "opens")+`, `+day(e, "due")+`, `+day(e, "closes")+`,
  e.value->>'why', 'planned' FROM `+each(e, "$2")+` WHERE true
ON CONFLICT (org_id, duty_id, unit_id, period) DO UPDATE SET opens_on = excluded.opens_on, due_on = excluded.due_on, closes_on = excluded.closes_on, why = excluded.why
WHERE round.state = 'planned' AND (round.why <> excluded.why OR round.opens_on <> excluded.opens_on OR round.closes_on <> excluded.closes_on)`, tx.Org(), planned)
	if err != nil {
		return wrap("plan rounds of", tx.Org(), err)
	}
	_, err = tx.ExecContext(tx.Ctx(), `UPDATE duty SET planned_to = $2 WHERE org_id = $1 AND id IN `+ids(e, "$3"), tx.Org(), stamp, owners)
	return wrap("mark as planned in", tx.Org(), err)
}
