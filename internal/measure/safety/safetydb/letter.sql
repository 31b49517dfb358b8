-- name: InsertLetter :exec
INSERT INTO letter (org_id, id, matter_id, kind, no, to_unit, advice, stop_work, until_on, issued_by, issued_on, reply_due)
VALUES (sqlc.arg(org), sqlc.arg(id), sqlc.arg(matter), sqlc.arg(kind), sqlc.arg(no), sqlc.arg(to_unit), sqlc.arg(advice), sqlc.arg(stop_work), sqlc.narg(until_on), sqlc.arg(issued_by), sqlc.arg(issued_on), sqlc.arg(reply_due));

-- name: SaveLetter :execrows
UPDATE letter SET received_by = sqlc.arg(received_by), received_on = sqlc.narg(received_on), reply = sqlc.arg(reply), replied_on = sqlc.narg(replied_on), replied_by = sqlc.arg(replied_by), version = sqlc.arg(version)
WHERE org_id = sqlc.arg(org) AND id = sqlc.arg(id) AND version = sqlc.arg(version) - 1;

-- name: Letter :one
SELECT * FROM letter WHERE org_id = sqlc.arg(org) AND id = sqlc.arg(id);

-- name: LettersOf :many
SELECT * FROM letter WHERE org_id = sqlc.arg(org) AND matter_id = sqlc.arg(matter) ORDER BY id;
