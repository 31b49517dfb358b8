-- name: InsertMatter :exec
INSERT INTO matter (org_id, id, no, kind, unit_id, place_id, title, state, outcome, open, late, grade, reporter, owner_unit, rectifier, verifier,
  waits_for, waits_also, raised_on, due_at, due_why, late_at, rework, extended, escalated, suspended, merged_into, closed_at, version, num, order_at, grade_rank, topic, again)
VALUES (sqlc.arg(org), sqlc.arg(id), sqlc.arg(no), sqlc.arg(kind), sqlc.arg(unit), sqlc.narg(place), sqlc.arg(title), sqlc.arg(state), sqlc.arg(outcome), sqlc.arg(is_open), sqlc.arg(is_late),
  sqlc.arg(grade), sqlc.arg(reporter), sqlc.narg(owner), sqlc.arg(rectifier), sqlc.arg(verifier), sqlc.arg(waits_for), sqlc.arg(waits_also), sqlc.arg(raised_on), sqlc.arg(due_at), sqlc.arg(due_why),
  0, 0, 0, 0, FALSE, '', 0, 1, sqlc.arg(num), sqlc.arg(order_at), sqlc.arg(grade_rank), sqlc.arg(topic), sqlc.arg(again));

-- name: LastOfTopic :one
SELECT raised_on FROM matter WHERE org_id = sqlc.arg(org) AND kind = sqlc.arg(kind) AND place_id = sqlc.arg(place) AND topic = sqlc.arg(topic) AND topic <> ''
  AND outcome IN ('','solved','unsolved')
ORDER BY raised_on DESC LIMIT 1;

-- name: LockMatter :exec
UPDATE matter SET version = version WHERE org_id = sqlc.arg(org) AND id = sqlc.arg(id);

-- name: Matter :one
SELECT id, no, kind, unit_id, place_id, title, state, outcome, grade, reporter, owner_unit, rectifier, verifier, raised_on, due_at, due_why, late_at,
  rework, extended, escalated, suspended, merged_into, closed_at, version, announced_on, topic, again, took, overran
FROM matter WHERE org_id = sqlc.arg(org) AND id = sqlc.arg(id);

-- name: SaveMatter :execrows
UPDATE matter SET place_id = sqlc.narg(place), title = sqlc.arg(title), state = sqlc.arg(state), outcome = sqlc.arg(outcome), open = sqlc.arg(is_open), late = sqlc.arg(is_late), grade = sqlc.arg(grade),
  owner_unit = sqlc.narg(owner), rectifier = sqlc.arg(rectifier), verifier = sqlc.arg(verifier), waits_for = sqlc.arg(waits_for), waits_also = sqlc.arg(waits_also),
  due_at = sqlc.arg(due_at), due_why = sqlc.arg(due_why), late_at = sqlc.arg(late_at), rework = sqlc.arg(rework), extended = sqlc.arg(extended), escalated = sqlc.arg(escalated),
  suspended = sqlc.arg(suspended), merged_into = sqlc.arg(merged_into), closed_at = sqlc.arg(closed_at), version = sqlc.arg(version),
  order_at = sqlc.arg(order_at), grade_rank = sqlc.arg(grade_rank), announced_on = sqlc.narg(announced_on), took = sqlc.arg(took), overran = sqlc.arg(overran)
WHERE org_id = sqlc.arg(org) AND id = sqlc.arg(id) AND version = sqlc.arg(version) - 1;

-- name: StampMatter :execrows
UPDATE matter SET late = TRUE, late_at = sqlc.arg(late_at), escalated = sqlc.arg(escalated)
WHERE org_id = sqlc.arg(org) AND id = sqlc.arg(id) AND version = sqlc.arg(version) AND open;

-- name: Overdue :many
SELECT org_id, id FROM matter WHERE open AND late_at = 0 AND due_at < sqlc.arg(now) ORDER BY due_at, id LIMIT sqlc.arg(max);

-- name: ToEscalate :many
SELECT org_id, id FROM matter WHERE open AND late AND escalated = 1 AND late_at <= sqlc.arg(before) ORDER BY late_at, id LIMIT sqlc.arg(max);
