-- name: InsertLetter :exec
INSERT INTO letter (org_id, id, matter_id, unit_id, kind, to_unit, inspectors, basis, advice, stop_work, until_on, issued_by)
VALUES (sqlc.arg(org), sqlc.arg(id), sqlc.arg(matter), sqlc.arg(unit), sqlc.arg(kind), sqlc.arg(to_unit), sqlc.arg(inspectors), sqlc.arg(basis), sqlc.arg(advice), sqlc.arg(stop_work), sqlc.narg(until_on), sqlc.arg(issued_by));

-- name: SaveLetter :execrows
UPDATE letter SET no = sqlc.arg(no), inspectors = sqlc.arg(inspectors), basis = sqlc.arg(basis), advice = sqlc.arg(advice), stop_work = sqlc.arg(stop_work), until_on = sqlc.narg(until_on),
  issued_by = sqlc.arg(issued_by), issued_on = sqlc.narg(issued_on), reply_due = sqlc.narg(reply_due),
  received_by = sqlc.arg(received_by), received_on = sqlc.narg(received_on), reply = sqlc.arg(reply), replied_on = sqlc.narg(replied_on), replied_by = sqlc.arg(replied_by),
  void_on = sqlc.narg(void_on), void_why = sqlc.arg(void_why), void_by = sqlc.arg(void_by), version = sqlc.arg(version)
WHERE org_id = sqlc.arg(org) AND id = sqlc.arg(id) AND version = sqlc.arg(version) - 1;

-- name: DropLetter :exec
DELETE FROM letter WHERE org_id = sqlc.arg(org) AND id = sqlc.arg(id) AND no = '';

-- name: Letter :one
SELECT * FROM letter WHERE org_id = sqlc.arg(org) AND id = sqlc.arg(id);

-- name: LettersOf :many
SELECT * FROM letter WHERE org_id = sqlc.arg(org) AND matter_id = sqlc.arg(matter) ORDER BY id;

-- name: LettersWaiting :many
SELECT l.id, l.matter_id, l.kind, l.no, l.reply_due, m.title, m.unit_id, m.place_id
FROM letter l JOIN matter m ON m.org_id = l.org_id AND m.id = l.matter_id
WHERE l.org_id = sqlc.arg(org) AND l.to_unit = sqlc.arg(to_unit) AND l.replied_on IS NULL AND l.void_on IS NULL AND l.issued_on IS NOT NULL
ORDER BY l.reply_due, l.id LIMIT 100;

-- name: LetterPrefix :one
SELECT u.name_zh, CAST(COALESCE(s.value, '') AS TEXT) AS prefix
FROM unit u LEFT JOIN setting s ON s.org_id = u.org_id AND s.name = sqlc.arg(name)
WHERE u.org_id = sqlc.arg(org) AND u.id = sqlc.arg(unit) AND u.kind = 'branch';

-- name: SetLetterPrefix :exec
INSERT INTO setting (org_id, name, value) VALUES (sqlc.arg(org), sqlc.arg(name), sqlc.arg(value))
ON CONFLICT (org_id, name) DO UPDATE SET value = excluded.value;
