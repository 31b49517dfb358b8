-- name: InsertNote :execrows
INSERT INTO note (org_id, id, unit_id, measure, on_day, title, body, people, round_id, by_person, at, replaces, subjects)
VALUES (sqlc.arg(org), sqlc.arg(id), sqlc.arg(unit), sqlc.arg(measure), sqlc.arg(on_day), sqlc.arg(title), sqlc.arg(body), sqlc.arg(people),
  sqlc.narg(round), sqlc.arg(by_person), sqlc.arg(at), sqlc.narg(replaces), sqlc.arg(subjects))
ON CONFLICT (org_id, id) DO NOTHING;

-- name: GetNote :one
SELECT * FROM note WHERE org_id = sqlc.arg(org) AND id = sqlc.arg(id);

-- name: ReplaceNote :execrows
UPDATE note SET replaced_by = sqlc.arg(new_id) WHERE org_id = sqlc.arg(org) AND id = sqlc.arg(id) AND replaced_by IS NULL;

-- name: NotePeople :many
SELECT p.id, p.name FROM note_person n JOIN person p ON p.org_id = n.org_id AND p.id = n.person_id
WHERE n.org_id = sqlc.arg(org) AND n.note_id = sqlc.arg(note) LIMIT 500;
