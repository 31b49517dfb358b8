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

-- name: BatchProblems :many
SELECT b.pos, b.row_no, b.no, b.name, b.person_id, b.field, b.kind, b.skipped, b.text, b.args, coalesce(p.id_mask, '') AS id_mask, coalesce(p.sex, '') AS sex,
  p.birth, p.joined, coalesce(p.joined_part, '') AS joined_part, coalesce(p.phone, '') AS phone, p.department_id
FROM batch_problem b LEFT JOIN person p ON p.org_id = b.org_id AND p.id = b.person_id
WHERE b.org_id = sqlc.arg(org) AND b.batch_id = sqlc.arg(batch) AND b.pos > sqlc.arg(after) ORDER BY b.pos LIMIT sqlc.arg(n);

-- name: CountBatchProblems :one
SELECT count(*) FROM batch_problem WHERE org_id = sqlc.arg(org) AND batch_id = sqlc.arg(batch);

-- name: DropBatchProblems :exec
DELETE FROM batch_problem WHERE org_id = sqlc.arg(org) AND batch_id = sqlc.arg(batch);

-- name: InsertBatchUnit :exec
INSERT INTO batch_unit (org_id, batch_id, unit_id) VALUES (sqlc.arg(org), sqlc.arg(batch), sqlc.arg(unit));

-- name: EmptyBatchUnits :many
SELECT u.unit_id FROM batch_unit u JOIN batch b ON b.org_id = u.org_id AND b.id = u.batch_id
WHERE u.org_id = sqlc.arg(org) AND u.batch_id = sqlc.arg(batch)
  AND NOT EXISTS (SELECT 1 FROM person p WHERE p.org_id = b.org_id AND p.branch_id = b.unit_id AND p.left_on IS NULL AND (p.department_id = u.unit_id OR p.group_id = u.unit_id))
  AND NOT EXISTS (SELECT 1 FROM mandate m WHERE m.org_id = u.org_id AND m.unit_id = u.unit_id AND (m.to_on IS NULL OR m.to_on >= sqlc.arg(today)));

-- name: BatchRows :many
SELECT r.person_id, r.version, r.before, coalesce(p.version, 0) AS now, coalesce(p.name, '') AS name,
  CAST(EXISTS (SELECT 1 FROM mandate m WHERE m.org_id = r.org_id AND m.person_id = r.person_id)
    OR EXISTS (SELECT 1 FROM membership a WHERE a.org_id = r.org_id AND a.person_id = r.person_id)
    OR EXISTS (SELECT 1 FROM target t WHERE t.org_id = r.org_id AND t.subject_id = r.person_id) AS INTEGER) AS holds
FROM batch_row r LEFT JOIN person p ON p.org_id = r.org_id AND p.id = r.person_id
WHERE r.org_id = sqlc.arg(org) AND r.batch_id = sqlc.arg(batch) AND r.person_id > sqlc.arg(after) ORDER BY r.person_id LIMIT sqlc.arg(n);
