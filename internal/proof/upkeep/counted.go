package upkeep

import "slices"

// counted are the counters with the rows that each counts; the modules move them in the transaction that changes a row
// (people, matter, safety, duty). A counter that is not named here is not checked: a test holds the list against the demo.
var counted = []struct{ name, want string }{
	{"person", `SELECT org_id, branch_id AS key, count(*) AS n FROM person WHERE left_on IS NULL GROUP BY org_id, branch_id`},
	{"person.unit", `SELECT org_id, key, count(*) AS n FROM (SELECT org_id, department_id AS key FROM person WHERE left_on IS NULL AND department_id IS NOT NULL
UNION ALL SELECT org_id, group_id FROM person WHERE left_on IS NULL AND group_id IS NOT NULL) AS u GROUP BY org_id, key`},
	{"hazard", `SELECT org_id, key, count(*) AS n FROM (
SELECT org_id, 'u/' || unit_id || '/' || ` + standing + ` AS key FROM matter WHERE kind = 'hazard'
UNION ALL SELECT org_id, 'u/' || unit_id || '/late' FROM matter WHERE kind = 'hazard' AND ` + late + `
UNION ALL SELECT org_id, 'b/' || unit_id || '/' || COALESCE(owner_unit, '-') || '/' || ` + standing + ` FROM matter WHERE kind = 'hazard'
UNION ALL SELECT org_id, 'b/' || unit_id || '/' || COALESCE(owner_unit, '-') || '/late' FROM matter WHERE kind = 'hazard' AND ` + late + `
UNION ALL SELECT org_id, 'o/' || owner_unit || '/' || ` + standing + ` FROM matter WHERE kind = 'hazard' AND owner_unit IS NOT NULL
UNION ALL SELECT org_id, 'o/' || owner_unit || '/late' FROM matter WHERE kind = 'hazard' AND owner_unit IS NOT NULL AND ` + late + `
UNION ALL SELECT org_id, 'y/' || unit_id || '/' || ` + inMonth + ` FROM matter WHERE kind = 'hazard'
UNION ALL SELECT org_id, 'x/' || unit_id || '/' || ` + inMonth + ` FROM matter WHERE kind = 'hazard' AND state = 'closed' AND outcome NOT IN ('', 'solved')
UNION ALL SELECT org_id, 'r/' || unit_id || '/' || substr(` + inMonth + `, 1, 4) || '/' || place_id || '/' || topic FROM matter WHERE kind = 'hazard' AND again AND outcome IN ('', 'solved')
UNION ALL SELECT org_id, 'f/' || unit_id || '/' || ` + fixed + `
UNION ALL SELECT org_id, 'f/*/' || ` + fixed + `) AS u GROUP BY org_id, key`},
	{"patrol", `SELECT org_id, unit_id || '/' || state AS key, count(*) AS n FROM run GROUP BY org_id, unit_id || '/' || state`},
	{"patrol.signed", `SELECT org_id, ` + month + ` AS key, count(*) AS n FROM run WHERE state = 'signed' GROUP BY org_id, ` + month},
	{"patrol.failed", `SELECT org_id, ` + month + ` AS key, sum(failed) AS n FROM run WHERE state = 'signed' GROUP BY org_id, ` + month},
	{"cover", `SELECT org_id, key, count(*) AS n FROM (SELECT t.org_id, t.round_id || '/' || t.slice || '/t' AS key FROM target t ` + sliced + `
UNION ALL SELECT t.org_id, t.round_id || '/' || t.slice || '/d' FROM target t ` + sliced + ` AND t.state = 'done'
UNION ALL SELECT t.org_id, t.round_id || '/' || t.slice || '/e' FROM target t ` + sliced + ` AND t.state = 'excused') AS u GROUP BY org_id, key`},
}

// Checks tells whether a counter is held against its rows.
func Checks(name string) bool {
	return slices.ContainsFunc(counted, func(c struct{ name, want string }) bool { return c.name == name })
}

const (
	standing = `CASE WHEN state = 'closed' AND outcome NOT IN ('', 'solved') THEN outcome ELSE state END`
	late     = `open AND late_at <> 0`
	inMonth  = `substr(CAST(raised_on AS TEXT), 1, 7)`
	fixed    = inMonth + ` || '/' || CASE WHEN grade = '' THEN '-' ELSE grade END || '/' || CASE WHEN took > 400 THEN 400 ELSE took END || '/' || CASE WHEN overran THEN 'over' ELSE 'in' END
FROM matter WHERE kind = 'hazard' AND state IN ('verified', 'announced', 'closed') AND outcome IN ('', 'solved') AND took >= 0`
	month  = `unit_id || '/' || substr(CAST(on_day AS TEXT), 1, 7) || '/' || card`
	sliced = `JOIN round r ON r.org_id = t.org_id AND r.id = t.round_id WHERE r.state <> 'planned' AND r.slices > 1`
)
