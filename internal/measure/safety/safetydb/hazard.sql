-- name: InsertHazard :exec
INSERT INTO hazard (org_id, matter_id, description, spot, reporter_mode, receipt, run_id, item, basis)
VALUES (sqlc.arg(org), sqlc.arg(id), sqlc.arg(description), sqlc.arg(spot), sqlc.arg(mode), sqlc.arg(receipt), sqlc.narg(run), sqlc.arg(item), sqlc.arg(basis));

-- name: SaveHazard :exec
UPDATE hazard SET measure = sqlc.arg(measure), doer = sqlc.arg(doer), done_note = sqlc.arg(done_note), verify_note = sqlc.arg(verify_note), asked_until = sqlc.narg(asked_until), asked_why = sqlc.arg(asked_why),
  announced_on = sqlc.narg(announced_on), announced_how = sqlc.arg(announced_how), congress = sqlc.arg(congress)
WHERE org_id = sqlc.arg(org) AND matter_id = sqlc.arg(id);

-- name: Hazard :one
SELECT description, spot, reporter_mode, receipt, run_id, item, basis, measure, doer, done_note, verify_note, asked_until, asked_why, announced_on, announced_how, congress
FROM hazard WHERE org_id = sqlc.arg(org) AND matter_id = sqlc.arg(id);

-- name: HazardByReceipt :one
SELECT org_id, matter_id FROM hazard WHERE receipt = sqlc.arg(receipt) AND receipt <> '';

-- name: HazardByItem :one
SELECT matter_id FROM hazard WHERE org_id = sqlc.arg(org) AND run_id = sqlc.arg(run) AND item = sqlc.arg(item);

-- name: InsertWord :exec
INSERT INTO hazard_word (org_id, matter_id, id, from_reporter, text, on_day, by_person)
VALUES (sqlc.arg(org), sqlc.arg(matter), sqlc.arg(id), sqlc.arg(from_reporter), sqlc.arg(text), sqlc.arg(on_day), sqlc.arg(by_person));

-- name: Words :many
SELECT id, from_reporter, text, on_day, by_person FROM hazard_word WHERE org_id = sqlc.arg(org) AND matter_id = sqlc.arg(matter) ORDER BY on_day, id;
