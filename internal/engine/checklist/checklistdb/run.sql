-- name: LockRun :one
UPDATE run SET version = version WHERE org_id = sqlc.arg(org) AND id = sqlc.arg(id)
RETURNING id, unit_id, card, card_version, place_id, round_id, on_day, state, by_person, with_person, leader, escort, site_head, good, content,
  items, passed, failed, key_failed, started_at, signed_at, version;

-- name: Run :one
SELECT id, unit_id, card, card_version, place_id, round_id, on_day, state, by_person, with_person, leader, escort, site_head, good, content,
  items, passed, failed, key_failed, started_at, signed_at, version
FROM run WHERE org_id = sqlc.arg(org) AND id = sqlc.arg(id);

-- name: Answers :many
SELECT item, verdict, number, typed, dated, note, as_hazard, matter_id FROM answer WHERE org_id = sqlc.arg(org) AND run_id = sqlc.arg(run) ORDER BY item;

-- name: Photos :many
SELECT slot, hash FROM attachment WHERE org_id = sqlc.arg(org) AND owner_kind = 'run' AND owner_id = sqlc.arg(run) ORDER BY slot, pos;

-- name: InsertRun :exec
INSERT INTO run (org_id, id, unit_id, card, card_version, place_id, round_id, on_day, state, by_person, with_person, leader, escort, site_head, good, content, started_at, version)
VALUES (sqlc.arg(org), sqlc.arg(id), sqlc.arg(unit), sqlc.arg(card), sqlc.arg(card_version), sqlc.arg(place), sqlc.narg(round), sqlc.arg(on_day), sqlc.arg(state),
  sqlc.arg(by_person), sqlc.arg(with_person), sqlc.arg(leader), sqlc.arg(escort), sqlc.arg(site_head), sqlc.arg(good), sqlc.arg(content), sqlc.arg(started_at), sqlc.arg(version));

-- name: SaveRun :execrows
UPDATE run SET card_version = sqlc.arg(card_version), round_id = sqlc.narg(round), on_day = sqlc.arg(on_day), state = sqlc.arg(state), with_person = sqlc.arg(with_person), leader = sqlc.arg(leader),
  escort = sqlc.arg(escort), site_head = sqlc.arg(site_head), good = sqlc.arg(good), content = sqlc.arg(content), items = 0, passed = 0, failed = 0, key_failed = 0,
  version = sqlc.arg(version)
WHERE org_id = sqlc.arg(org) AND id = sqlc.arg(id) AND version = sqlc.arg(version) - 1;

-- name: MarkRun :execrows
UPDATE run SET state = sqlc.arg(state), round_id = sqlc.narg(round), items = sqlc.arg(items), passed = sqlc.arg(passed), failed = sqlc.arg(failed), key_failed = sqlc.arg(key_failed), signed_at = sqlc.arg(signed_at)
WHERE org_id = sqlc.arg(org) AND id = sqlc.arg(id) AND version = sqlc.arg(version);

-- name: LinkAnswer :execrows
UPDATE answer SET matter_id = sqlc.arg(matter) WHERE org_id = sqlc.arg(org) AND run_id = sqlc.arg(run) AND item = sqlc.arg(item);

-- name: DeleteAnswers :exec
DELETE FROM answer WHERE org_id = sqlc.arg(org) AND run_id = sqlc.arg(run);

-- name: TouchPhotos :exec
UPDATE file SET at = sqlc.arg(at) WHERE file.org_id = sqlc.arg(org)
  AND file.hash IN (SELECT a.hash FROM attachment a WHERE a.org_id = sqlc.arg(org) AND a.owner_kind = 'run' AND a.owner_id = sqlc.arg(run));

-- name: DeletePhotos :exec
DELETE FROM attachment WHERE org_id = sqlc.arg(org) AND owner_kind = 'run' AND owner_id = sqlc.arg(run);

-- name: SignedSince :many
SELECT id FROM run WHERE org_id = sqlc.arg(org) AND unit_id = sqlc.arg(unit) AND on_day >= sqlc.arg(from_day) AND state = 'signed' ORDER BY on_day, id;
