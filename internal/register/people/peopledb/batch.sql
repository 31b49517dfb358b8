-- name: InsertBatch :exec
INSERT INTO batch (org_id, id, unit_id, file_name, by_person, at) VALUES (sqlc.arg(org), sqlc.arg(id), sqlc.arg(unit), sqlc.arg(file_name), sqlc.arg(by_person), sqlc.arg(at));

-- name: TallyBatch :exec
UPDATE batch SET created = created + sqlc.arg(created), updated = updated + sqlc.arg(updated), skipped = skipped + sqlc.arg(skipped)
WHERE org_id = sqlc.arg(org) AND id = sqlc.arg(id);

-- name: FindBatch :one
SELECT id, unit_id, file_name, by_person, at, created, updated, skipped, undone_at FROM batch WHERE org_id = sqlc.arg(org) AND id = sqlc.arg(id);

-- name: Batches :many
SELECT id, unit_id, file_name, by_person, at, created, updated, skipped, undone_at FROM batch WHERE org_id = sqlc.arg(org) ORDER BY id DESC LIMIT 50;

-- name: MarkUndone :execrows
UPDATE batch SET undone_at = sqlc.arg(at) WHERE org_id = sqlc.arg(org) AND id = sqlc.arg(id) AND undone_at = 0;

-- name: InsertBatchRow :exec
INSERT INTO batch_row (org_id, batch_id, person_id, version, before) VALUES (sqlc.arg(org), sqlc.arg(batch), sqlc.arg(person), sqlc.arg(version), sqlc.arg(before));

-- name: BatchRows :many
SELECT r.person_id, r.version, r.before, coalesce(p.version, 0) AS now, coalesce(p.name, '') AS name,
  CAST(EXISTS (SELECT 1 FROM mandate m WHERE m.org_id = r.org_id AND m.person_id = r.person_id)
    OR EXISTS (SELECT 1 FROM membership a WHERE a.org_id = r.org_id AND a.person_id = r.person_id)
    OR EXISTS (SELECT 1 FROM target t WHERE t.org_id = r.org_id AND t.subject_id = r.person_id) AS INTEGER) AS holds
FROM batch_row r LEFT JOIN person p ON p.org_id = r.org_id AND p.id = r.person_id
WHERE r.org_id = sqlc.arg(org) AND r.batch_id = sqlc.arg(batch) AND r.person_id > sqlc.arg(after) ORDER BY r.person_id LIMIT sqlc.arg(n);
