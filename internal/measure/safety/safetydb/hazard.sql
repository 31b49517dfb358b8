-- name: InsertHazard :exec
INSERT INTO hazard (org_id, matter_id, description, spot, reporter_mode, receipt, run_id, item, basis)
VALUES (sqlc.arg(org), sqlc.arg(id), sqlc.arg(description), sqlc.arg(spot), sqlc.arg(mode), sqlc.arg(seal), sqlc.narg(run), sqlc.arg(item), sqlc.arg(basis));

-- name: SaveHazard :exec
UPDATE hazard SET measure = sqlc.arg(measure), doer = sqlc.arg(doer), done_note = sqlc.arg(done_note), verify_note = sqlc.arg(verify_note), asked_until = sqlc.narg(asked_until), asked_why = sqlc.arg(asked_why),
  announced_how = sqlc.arg(announced_how), congress = sqlc.arg(congress), fix_by = sqlc.narg(fix_by), done_on = sqlc.narg(done_on), verified_on = sqlc.narg(verified_on), last_why = sqlc.arg(last_why)
WHERE org_id = sqlc.arg(org) AND matter_id = sqlc.arg(id);

-- name: HazardByReceipt :one
SELECT org_id, matter_id FROM hazard WHERE receipt = sqlc.arg(seal) AND receipt <> '';

-- name: HazardByItem :one
SELECT matter_id FROM hazard WHERE org_id = sqlc.arg(org) AND run_id = sqlc.arg(run) AND item = sqlc.arg(item);

-- name: InsertWord :exec
INSERT INTO hazard_word (org_id, matter_id, id, from_reporter, text, on_day, by_person, office)
VALUES (sqlc.arg(org), sqlc.arg(matter), sqlc.arg(id), sqlc.arg(from_reporter), sqlc.arg(text), sqlc.arg(on_day), sqlc.arg(by_person), sqlc.arg(office));

-- name: Said :one
SELECT count(*) FROM hazard_word WHERE org_id = sqlc.arg(org) AND matter_id = sqlc.arg(matter) AND from_reporter AND text = sqlc.arg(text) AND on_day = sqlc.arg(day);

-- name: Words :many
SELECT id, from_reporter, text, on_day, by_person, office FROM hazard_word WHERE org_id = sqlc.arg(org) AND matter_id = sqlc.arg(matter) ORDER BY id;

-- name: Fit :one
SELECT
  CAST((SELECT count(*) FROM unit u WHERE u.org_id = sqlc.arg(org) AND u.id = sqlc.arg(owner) AND u.branch_id IN ('', sqlc.arg(branch)) AND u.closed_on IS NULL) AS BIGINT) AS owners,
  CAST((SELECT count(*) FROM person p WHERE p.org_id = sqlc.arg(org) AND p.id = sqlc.arg(rectifier) AND (p.left_on IS NULL OR p.left_on >= sqlc.arg(day))) AS BIGINT) AS rectifiers,
  CAST((SELECT count(*) FROM person w WHERE w.org_id = sqlc.arg(org) AND w.id = sqlc.arg(rectifier) AND sqlc.arg(owner) <> '' AND COALESCE(w.department_id, '') <> sqlc.arg(owner)
    AND (w.department_id IS NOT NULL OR EXISTS (SELECT 1 FROM mandate o WHERE o.org_id = w.org_id AND o.person_id = w.id AND o.office IN ('contractor','dept-contact') AND o.from_on <= sqlc.arg(day) AND (o.to_on IS NULL OR o.to_on >= sqlc.arg(day))))
    AND NOT EXISTS (SELECT 1 FROM mandate m WHERE m.org_id = w.org_id AND m.person_id = w.id AND m.unit_id = sqlc.arg(owner) AND m.from_on <= sqlc.arg(day) AND (m.to_on IS NULL OR m.to_on >= sqlc.arg(day)))) AS BIGINT) AS strangers,
  CAST((SELECT count(*) FROM person q WHERE q.org_id = sqlc.arg(org) AND q.id = sqlc.arg(verifier) AND (q.left_on IS NULL OR q.left_on >= sqlc.arg(day))) AS BIGINT) AS verifiers;

-- name: Inspectors :one
SELECT on_day, by_person, with_person FROM run WHERE org_id = sqlc.arg(org) AND id = sqlc.arg(run);
