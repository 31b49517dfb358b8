-- name: Mandate :one
SELECT m.*, p.name FROM mandate m JOIN person p ON p.org_id = m.org_id AND p.id = m.person_id
WHERE m.org_id = sqlc.arg(org) AND m.id = sqlc.arg(id);

-- name: MandatesOn :many
SELECT m.*, p.name FROM mandate m JOIN person p ON p.org_id = m.org_id AND p.id = m.person_id
WHERE m.org_id = sqlc.arg(org) AND m.from_on <= sqlc.arg(day) AND (m.to_on IS NULL OR m.to_on >= sqlc.arg(day))
  AND (p.left_on IS NULL OR p.left_on >= sqlc.arg(day)) ORDER BY p.pinyin, m.id;

-- name: Holders :many
SELECT m.*, p.name FROM mandate m JOIN person p ON p.org_id = m.org_id AND p.id = m.person_id
WHERE m.org_id = sqlc.arg(org) AND m.office = sqlc.arg(office) AND m.unit_id = sqlc.arg(unit)
  AND m.from_on <= sqlc.arg(day) AND (m.to_on IS NULL OR m.to_on >= sqlc.arg(day))
  AND (p.left_on IS NULL OR p.left_on >= sqlc.arg(day)) ORDER BY p.pinyin, m.id;

-- name: MandatesOfPerson :many
SELECT m.*, p.name FROM mandate m JOIN person p ON p.org_id = m.org_id AND p.id = m.person_id
WHERE m.org_id = sqlc.arg(org) AND m.person_id = sqlc.arg(person) ORDER BY m.from_on DESC, m.id DESC;

-- name: InsertMandate :exec
INSERT INTO mandate (org_id, id, person_id, office, unit_id, from_on, to_on, appointed_by, at)
VALUES (sqlc.arg(org), sqlc.arg(id), sqlc.arg(person), sqlc.arg(office), sqlc.arg(unit), sqlc.arg(from_on), sqlc.arg(to_on), sqlc.arg(appointed_by), sqlc.arg(at));

-- name: EndMandate :execrows
UPDATE mandate SET to_on = sqlc.arg(to_on), ended_why = sqlc.arg(why), version = version + 1
WHERE org_id = sqlc.arg(org) AND id = sqlc.arg(id) AND version = sqlc.arg(version);

-- name: EndMandatesOf :exec
UPDATE mandate SET to_on = sqlc.arg(day), ended_why = sqlc.arg(why), version = version + 1
WHERE org_id = sqlc.arg(org) AND person_id = sqlc.arg(person) AND (to_on IS NULL OR to_on > sqlc.arg(day));

-- name: HeldAt :many
SELECT m.*, p.name FROM mandate m JOIN person p ON p.org_id = m.org_id AND p.id = m.person_id
WHERE m.org_id = sqlc.arg(org) AND m.unit_id = sqlc.arg(unit) ORDER BY p.pinyin, m.id;

-- name: HeldUnits :many
SELECT DISTINCT m.unit_id FROM mandate m JOIN person p ON p.org_id = m.org_id AND p.id = m.person_id
WHERE m.org_id = sqlc.arg(org) AND m.office = sqlc.arg(office) AND m.from_on <= sqlc.arg(day) AND (m.to_on IS NULL OR m.to_on >= sqlc.arg(day))
  AND (p.left_on IS NULL OR p.left_on >= sqlc.arg(day));
