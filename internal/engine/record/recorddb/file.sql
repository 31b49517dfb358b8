-- name: SaveFile :exec
INSERT INTO file (org_id, hash, kind, size, thumb, width, height, at)
VALUES (sqlc.arg(org), sqlc.arg(hash), sqlc.arg(kind), sqlc.arg(size), sqlc.arg(thumb), sqlc.arg(width), sqlc.arg(height), sqlc.arg(at))
ON CONFLICT (org_id, hash) DO UPDATE SET at = excluded.at WHERE file.at < excluded.at;

-- name: TouchSlot :exec
UPDATE file SET at = sqlc.arg(at) WHERE file.org_id = sqlc.arg(org) AND file.hash IN (SELECT a.hash FROM attachment a
  WHERE a.org_id = sqlc.arg(org) AND a.owner_kind = sqlc.arg(kind) AND a.owner_id = sqlc.arg(owner) AND a.slot = sqlc.arg(slot));

-- name: Orphans :many
SELECT f.hash, f.thumb FROM file f WHERE f.org_id = sqlc.arg(org) AND f.at >= sqlc.arg(since) AND f.at < sqlc.arg(before)
  AND NOT EXISTS (SELECT 1 FROM attachment a WHERE a.org_id = f.org_id AND a.hash = f.hash)
ORDER BY f.at, f.hash LIMIT 500;

-- name: DropOrphan :execrows
DELETE FROM file WHERE file.org_id = sqlc.arg(org) AND file.hash = sqlc.arg(hash) AND file.at < sqlc.arg(before)
  AND NOT EXISTS (SELECT 1 FROM attachment a WHERE a.org_id = sqlc.arg(org) AND a.hash = sqlc.arg(hash));

-- name: Known :one
SELECT EXISTS (SELECT 1 FROM file WHERE file.org_id = sqlc.arg(org) AND (file.hash = sqlc.arg(hash) OR file.thumb = sqlc.arg(hash)));

-- name: ClearSlot :exec
DELETE FROM attachment WHERE org_id = sqlc.arg(org) AND owner_kind = sqlc.arg(kind) AND owner_id = sqlc.arg(owner) AND slot = sqlc.arg(slot);

-- name: AttachmentsOf :many
SELECT a.slot, a.pos, a.by_person, a.at, f.hash, f.kind, f.size, f.thumb, f.width, f.height
FROM attachment a JOIN file f ON f.org_id = a.org_id AND f.hash = a.hash
WHERE a.org_id = sqlc.arg(org) AND a.owner_kind = sqlc.arg(kind) AND a.owner_id = sqlc.arg(owner)
ORDER BY a.slot, a.pos LIMIT 200;
