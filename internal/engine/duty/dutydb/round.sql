-- name: LockRound :one
UPDATE round SET version = version + 1 WHERE org_id = sqlc.arg(org) AND id = sqlc.arg(id) RETURNING *;

-- name: CoverRound :exec
UPDATE round SET done = sqlc.arg(done), excused = sqlc.arg(excused), done_on = sqlc.narg(done_on) WHERE org_id = sqlc.arg(org) AND id = sqlc.arg(id);

-- name: TakeRound :one
UPDATE round SET version = version + 1 WHERE org_id = sqlc.arg(org) AND id = sqlc.arg(id) AND state = 'planned' RETURNING version;

-- name: HoldRound :execrows
UPDATE round SET version = version WHERE org_id = sqlc.arg(org) AND id = sqlc.arg(id) AND state = 'planned' AND version = sqlc.arg(turn);

-- name: ClearTargets :exec
DELETE FROM target WHERE org_id = sqlc.arg(org) AND round_id = sqlc.arg(round);

-- name: OpenRound :execrows
UPDATE round SET state = 'open', targets = sqlc.arg(targets), slices = sqlc.arg(slices)
WHERE org_id = sqlc.arg(org) AND id = sqlc.arg(id) AND state = 'planned' AND version = sqlc.arg(turn);

-- name: Overdue :many
SELECT r.id, r.duty_id, r.unit_id, r.measure, r.due_on, r.targets - r.done - r.excused AS missing, d.name_zh, d.name_en
FROM round r JOIN duty d ON d.org_id = r.org_id AND d.id = r.duty_id
WHERE r.org_id = sqlc.arg(org) AND r.state = 'open' AND r.due_on < sqlc.arg(today) AND NOT r.late AND r.done + r.excused < r.targets LIMIT sqlc.arg(most);

-- name: CloseOpen :execrows
UPDATE round SET state = 'closed', version = version + 1 WHERE round.org_id = sqlc.arg(org) AND round.id IN
  (SELECT r.id FROM round r WHERE r.org_id = sqlc.arg(org) AND r.state = 'open' AND r.closes_on < sqlc.arg(today) LIMIT sqlc.arg(most));

-- name: CloseEmpty :execrows
UPDATE round SET state = 'closed', version = version + 1 WHERE round.org_id = sqlc.arg(org) AND round.id IN
  (SELECT r.id FROM round r WHERE r.org_id = sqlc.arg(org) AND r.state = 'planned' AND r.opens_on <= sqlc.arg(today) AND r.closes_on < sqlc.arg(today) LIMIT sqlc.arg(most));

-- name: GetRound :one
SELECT * FROM round WHERE org_id = sqlc.arg(org) AND id = sqlc.arg(id);
