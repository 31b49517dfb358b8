-- name: PatrolAbout :one
SELECT r.unit_id, r.on_day, r.state, r.card, r.place_id, r.round_id, r.by_person, r.with_person, r.items, r.passed, r.failed, r.key_failed, r.signed_at,
  p.name_zh AS place_zh, p.name_en AS place_en, p.kind AS place_kind, p.code AS place_code, u.name_zh AS unit_zh, u.name_en AS unit_en,
  b.name AS by_name, CAST(COALESCE(w.name, '') AS TEXT) AS with_name,
  CAST(COALESCE(d.name_zh, '') AS TEXT) AS duty_zh, CAST(COALESCE(d.name_en, '') AS TEXT) AS duty_en, CAST(COALESCE(rd.period, '') AS TEXT) AS period
FROM run r
JOIN place p ON p.org_id = r.org_id AND p.id = r.place_id
JOIN unit u ON u.org_id = r.org_id AND u.id = r.unit_id
JOIN person b ON b.org_id = r.org_id AND b.id = r.by_person
LEFT JOIN person w ON w.org_id = r.org_id AND w.id = r.with_person
LEFT JOIN round rd ON rd.org_id = r.org_id AND rd.id = r.round_id
LEFT JOIN duty d ON d.org_id = rd.org_id AND d.id = rd.duty_id
WHERE r.org_id = sqlc.arg(org) AND r.id = sqlc.arg(run);

-- name: PatrolSignatures :many
SELECT s.person_id, n.name, s.office, s.mandate_id, s.proof, s.strokes, s.content, s.at, s.denied_at
FROM signature s JOIN person n ON n.org_id = s.org_id AND n.id = s.person_id
WHERE s.org_id = sqlc.arg(org) AND s.owner_kind = 'run' AND s.owner_id = sqlc.arg(run);

-- name: PatrolHazards :many
SELECT a.item, m.id, m.no, m.state, m.outcome, m.grade
FROM answer a JOIN matter m ON m.org_id = a.org_id AND m.id = a.matter_id
WHERE a.org_id = sqlc.arg(org) AND a.run_id = sqlc.arg(run);

-- name: PatrolsOf :many
SELECT r.id, r.unit_id, r.on_day, r.state, r.card, r.place_id, r.round_id, r.items, r.passed, r.failed, r.key_failed, r.signed_at, r.by_person,
  p.name_zh AS place_zh, p.name_en AS place_en, p.kind AS place_kind, b.name AS by_name, CAST(COALESCE(w.name, '') AS TEXT) AS with_name,
  CAST(COALESCE(d.name_zh, '') AS TEXT) AS duty_zh, CAST(COALESCE(d.name_en, '') AS TEXT) AS duty_en, CAST(COALESCE(rd.period, '') AS TEXT) AS period,
  CAST(CASE WHEN EXISTS (SELECT 1 FROM signature s WHERE s.org_id = r.org_id AND s.owner_kind = 'run' AND s.owner_id = r.id
    AND s.person_id = sqlc.arg(who) AND s.content = r.content AND s.denied_at = 0) THEN 1 ELSE 0 END AS BIGINT) AS signed
FROM run r
JOIN place p ON p.org_id = r.org_id AND p.id = r.place_id
JOIN person b ON b.org_id = r.org_id AND b.id = r.by_person
LEFT JOIN person w ON w.org_id = r.org_id AND w.id = r.with_person
LEFT JOIN round rd ON rd.org_id = r.org_id AND rd.id = r.round_id
LEFT JOIN duty d ON d.org_id = rd.org_id AND d.id = rd.duty_id
WHERE r.org_id = sqlc.arg(org) AND r.id IN (
  SELECT x.id FROM run x WHERE x.org_id = sqlc.arg(org) AND x.by_person = sqlc.arg(who) AND x.state IN ('draft','signing')
  UNION ALL
  SELECT y.id FROM run y WHERE y.org_id = sqlc.arg(org) AND y.with_person = sqlc.arg(who) AND y.state IN ('draft','signing'))
LIMIT 100;

-- name: PatrolTargets :many
SELECT r.id, r.duty_id, d.card, r.period, r.opens_on, r.due_on, r.closes_on, t.subject_id, t.state, t.done_on, t.reason, t.proof_kind, t.proof_id,
  p.name_zh AS place_zh, p.name_en AS place_en, p.kind AS place_kind, p.sort, d.name_zh AS duty_zh, d.name_en AS duty_en
FROM round r
JOIN duty d ON d.org_id = r.org_id AND d.id = r.duty_id
JOIN target t ON t.org_id = r.org_id AND t.round_id = r.id AND t.kind = 'place'
JOIN place p ON p.org_id = t.org_id AND p.id = t.subject_id
WHERE r.org_id = sqlc.arg(org) AND r.unit_id = sqlc.arg(unit) AND r.due_on >= sqlc.arg(first_day) AND r.due_on <= sqlc.arg(last_day) AND r.form = 'patrol'
ORDER BY r.due_on, r.id;

-- name: OpenPatrolTargets :many
SELECT r.id, r.duty_id, d.card, r.period, r.opens_on, r.due_on, r.closes_on, t.subject_id, t.state, t.done_on, t.reason, t.proof_kind, t.proof_id,
  p.name_zh AS place_zh, p.name_en AS place_en, p.kind AS place_kind, p.sort, d.name_zh AS duty_zh, d.name_en AS duty_en
FROM round r
CROSS JOIN target t -- CROSS keeps SQLite from reading all targets of the org first
JOIN duty d ON d.org_id = r.org_id AND d.id = r.duty_id
JOIN place p ON p.org_id = t.org_id AND p.id = t.subject_id
WHERE t.org_id = r.org_id AND t.round_id = r.id AND t.kind = 'place' AND t.state = 'open' AND r.org_id = sqlc.arg(org) AND r.unit_id = sqlc.arg(unit) AND r.state = 'open' AND r.form = 'patrol' AND r.opens_on <= sqlc.arg(on_day) AND r.closes_on >= sqlc.arg(on_day)
ORDER BY r.due_on, r.id;

-- name: PatrolDid :many
SELECT r.id, r.period, r.due_on, t.done_on, d.name_zh AS duty_zh, d.name_en AS duty_en
FROM round r
JOIN duty d ON d.org_id = r.org_id AND d.id = r.duty_id
JOIN target t ON t.org_id = r.org_id AND t.round_id = r.id AND t.kind = 'place' AND t.proof_id = sqlc.arg(run)
WHERE r.org_id = sqlc.arg(org) AND r.id IN (SELECT x.round_id FROM target x WHERE x.org_id = sqlc.arg(org) AND x.proof_id = sqlc.arg(run) AND x.proof_id <> '');

-- name: NextPatrol :one
SELECT r.id, r.period, r.opens_on, r.due_on, d.name_zh AS duty_zh, d.name_en AS duty_en
FROM round r
JOIN duty d ON d.org_id = r.org_id AND d.id = r.duty_id
LEFT JOIN target t ON t.org_id = r.org_id AND t.round_id = r.id AND t.kind = 'place' AND t.subject_id = sqlc.arg(place)
WHERE r.org_id = sqlc.arg(org) AND r.unit_id = sqlc.arg(unit) AND r.due_on > sqlc.arg(on_day) AND r.form = 'patrol' AND d.card = sqlc.arg(card)
  AND (d.place_id IS NULL OR d.place_id = sqlc.arg(place)) AND (r.state = 'planned' AND (d.retired_on IS NULL OR r.opens_on <= d.retired_on) OR t.state = 'open')
ORDER BY r.due_on, r.id LIMIT 1;
