-- name: GetDuty :one
SELECT * FROM duty WHERE org_id = sqlc.arg(org) AND id = sqlc.arg(id);

-- name: DutiesOf :many
SELECT * FROM duty WHERE org_id = sqlc.arg(org) AND unit_id = sqlc.arg(unit);

-- name: Unplanned :many
SELECT * FROM duty WHERE org_id = sqlc.arg(org) AND planned_to < sqlc.arg(stamp);

-- name: RetireDuty :exec
UPDATE duty SET retired_on = sqlc.arg(retired_on), version = version + 1 WHERE org_id = sqlc.arg(org) AND id = sqlc.arg(id);

-- name: ChangeDuty :execrows
UPDATE duty SET measure = sqlc.arg(measure), name_zh = sqlc.arg(name_zh), name_en = sqlc.arg(name_en), what_zh = sqlc.arg(what_zh), what_en = sqlc.arg(what_en),
  rhythm = sqlc.arg(rhythm), who = sqlc.arg(who), targets = sqlc.arg(targets), form = sqlc.arg(form), card = sqlc.arg(card), place_id = sqlc.arg(place),
  signers = sqlc.arg(signers), adopted_on = sqlc.arg(adopted_on), planned_to = 0, version = version + 1
WHERE org_id = sqlc.arg(org) AND id = sqlc.arg(id) AND version = sqlc.arg(version);

-- name: DropPlannedTargets :exec
DELETE FROM target WHERE target.org_id = sqlc.arg(org)
  AND round_id IN (SELECT id FROM round WHERE round.org_id = sqlc.arg(org) AND duty_id = sqlc.arg(duty) AND state = 'planned' AND opens_on > sqlc.arg(after));

-- name: DropPlanned :exec
DELETE FROM round WHERE org_id = sqlc.arg(org) AND duty_id = sqlc.arg(duty) AND state = 'planned' AND opens_on > sqlc.arg(after);

-- name: Replan :exec
UPDATE duty SET planned_to = 0 WHERE org_id = sqlc.arg(org);

-- name: Orgs :many
SELECT id FROM org ORDER BY id;
