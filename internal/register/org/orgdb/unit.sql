-- name: InsertOrg :exec
INSERT INTO org (id, name_zh, name_en, at) VALUES (sqlc.arg(id), sqlc.arg(name_zh), sqlc.arg(name_en), sqlc.arg(at));

-- name: Orgs :many
SELECT id, name_zh, name_en FROM org ORDER BY at, id;

-- name: Units :many
SELECT org_id, id, parent_id, branch_id, kind, name_zh, name_en, sort, closed_on, version FROM unit WHERE org_id = sqlc.arg(org) ORDER BY sort, id;

-- name: InsertUnit :exec
INSERT INTO unit (org_id, id, parent_id, branch_id, kind, name_zh, name_en, sort)
VALUES (sqlc.arg(org), sqlc.arg(id), sqlc.arg(parent), sqlc.arg(branch), sqlc.arg(kind), sqlc.arg(name_zh), sqlc.arg(name_en), sqlc.arg(sort));

-- name: UpdateUnit :execrows
UPDATE unit SET name_zh = sqlc.arg(name_zh), name_en = sqlc.arg(name_en), sort = sqlc.arg(sort), parent_id = sqlc.arg(parent), closed_on = sqlc.arg(closed), version = version + 1
WHERE org_id = sqlc.arg(org) AND id = sqlc.arg(id) AND version = sqlc.arg(version);
