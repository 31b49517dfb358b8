-- name: Places :many
SELECT org_id, id, unit_id, parent_id, kind, name_zh, name_en, code, owner_unit, sort, closed_on, version FROM place WHERE org_id = sqlc.arg(org) ORDER BY sort, id;

-- name: PlaceByCode :one
SELECT org_id, id, unit_id, parent_id, kind, name_zh, name_en, code, owner_unit, sort, closed_on, version FROM place WHERE code = sqlc.arg(code);

-- name: InsertPlace :exec
INSERT INTO place (org_id, id, unit_id, parent_id, kind, name_zh, name_en, code, owner_unit, sort)
VALUES (sqlc.arg(org), sqlc.arg(id), sqlc.arg(unit), sqlc.arg(parent), sqlc.arg(kind), sqlc.arg(name_zh), sqlc.arg(name_en), sqlc.arg(code), sqlc.arg(owner), sqlc.arg(sort));

-- name: UpdatePlace :execrows
UPDATE place SET parent_id = sqlc.arg(parent), kind = sqlc.arg(kind), name_zh = sqlc.arg(name_zh), name_en = sqlc.arg(name_en),
  owner_unit = sqlc.arg(owner), sort = sqlc.arg(sort), closed_on = sqlc.arg(closed), version = version + 1
WHERE org_id = sqlc.arg(org) AND id = sqlc.arg(id) AND version = sqlc.arg(version);
