-- name: Arrangements :many
SELECT year, source, days_off, days_worked, version FROM arrangement WHERE org_id = sqlc.arg(org) ORDER BY year;

-- name: InsertArrangement :exec
INSERT INTO arrangement (org_id, year, source, days_off, days_worked)
VALUES (sqlc.arg(org), sqlc.arg(year), sqlc.arg(source), sqlc.arg(days_off), sqlc.arg(days_worked));

-- name: UpdateArrangement :execrows
UPDATE arrangement SET source = sqlc.arg(source), days_off = sqlc.arg(days_off), days_worked = sqlc.arg(days_worked), version = version + 1
WHERE org_id = sqlc.arg(org) AND year = sqlc.arg(year) AND version = sqlc.arg(version);
