-- name: SaveFile :exec
INSERT INTO file (org_id, hash, kind, size, thumb, width, height, at)
VALUES (sqlc.arg(org), sqlc.arg(hash), sqlc.arg(kind), sqlc.arg(size), sqlc.arg(thumb), sqlc.arg(width), sqlc.arg(height), sqlc.arg(at))
ON CONFLICT (org_id, hash) DO NOTHING;

-- name: ClearSlot :exec
DELETE FROM attachment WHERE org_id = sqlc.arg(org) AND owner_kind = sqlc.arg(kind) AND owner_id = sqlc.arg(owner) AND slot = sqlc.arg(slot);

-- name: AttachmentsOf :many
SELECT a.slot, a.pos, a.by_person, a.at, f.hash, f.kind, f.size, f.thumb, f.width, f.height
FROM attachment a JOIN file f ON f.org_id = a.org_id AND f.hash = a.hash
WHERE a.org_id = sqlc.arg(org) AND a.owner_kind = sqlc.arg(kind) AND a.owner_id = sqlc.arg(owner)
ORDER BY a.slot, a.pos LIMIT 200;
