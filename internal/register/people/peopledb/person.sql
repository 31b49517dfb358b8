-- name: Person :one
SELECT * FROM person WHERE org_id = sqlc.arg(org) AND id = sqlc.arg(id);

-- name: InsertPerson :exec
INSERT INTO person (org_id, id, branch_id, no, name, pinyin, initials, sex, birth, department_id, group_id, post, employment, joined,
  is_member, phone, household, note, id_sealed, id_blind, id_mask, wage_sealed, left_on, at, joined_part)
VALUES (sqlc.arg(org), sqlc.arg(id), sqlc.arg(branch), sqlc.arg(no), sqlc.arg(name), sqlc.arg(pinyin), sqlc.arg(initials), sqlc.arg(sex), sqlc.arg(birth),
  sqlc.arg(department), sqlc.arg(team), sqlc.arg(post), sqlc.arg(employment), sqlc.arg(joined), sqlc.arg(is_member), sqlc.arg(phone),
  sqlc.arg(household), sqlc.arg(note), sqlc.arg(id_sealed), sqlc.arg(id_blind), sqlc.arg(id_mask), sqlc.arg(wage_sealed), sqlc.arg(left_on), sqlc.arg(at), sqlc.arg(joined_part));

-- name: UpdatePerson :execrows
UPDATE person SET branch_id = sqlc.arg(branch), no = sqlc.arg(no), name = sqlc.arg(name), pinyin = sqlc.arg(pinyin), initials = sqlc.arg(initials),
  sex = sqlc.arg(sex), birth = sqlc.arg(birth), department_id = sqlc.arg(department), group_id = sqlc.arg(team), post = sqlc.arg(post),
  employment = sqlc.arg(employment), joined = sqlc.arg(joined), is_member = sqlc.arg(is_member), phone = sqlc.arg(phone),
  household = sqlc.arg(household), note = sqlc.arg(note), id_sealed = sqlc.arg(id_sealed), id_blind = sqlc.arg(id_blind),
  id_mask = sqlc.arg(id_mask), wage_sealed = sqlc.arg(wage_sealed), left_on = sqlc.arg(left_on),
  joined_part = sqlc.arg(joined_part), version = version + 1
WHERE org_id = sqlc.arg(org) AND id = sqlc.arg(id) AND version = sqlc.arg(version);

-- name: HoldPerson :exec
UPDATE person SET version = version WHERE org_id = sqlc.arg(org) AND id = sqlc.arg(id);

-- name: TouchPerson :exec
UPDATE person SET version = version + 1 WHERE org_id = sqlc.arg(org) AND id = sqlc.arg(id);

-- name: DeletePerson :execrows
DELETE FROM person WHERE org_id = sqlc.arg(org) AND id = sqlc.arg(id) AND version = sqlc.arg(version);

-- name: InsertReveal :exec
INSERT INTO reveal (org_id, id, person_id, field, by_person, why, at)
VALUES (sqlc.arg(org), sqlc.arg(id), sqlc.arg(person), sqlc.arg(field), sqlc.arg(by_person), sqlc.arg(why), sqlc.arg(at));

-- name: Reveals :many
SELECT r.id, r.field, r.by_person, r.why, r.at, coalesce(p.name, '') AS by_name
FROM reveal r LEFT JOIN person p ON p.org_id = r.org_id AND p.id = r.by_person
WHERE r.org_id = sqlc.arg(org) AND r.person_id = sqlc.arg(person) ORDER BY r.id DESC LIMIT 100;

-- name: Labels :many
SELECT person_id, label, from_on, to_on, detail FROM person_group WHERE org_id = sqlc.arg(org) AND person_id = sqlc.arg(person) ORDER BY label, from_on;

-- name: PutLabel :exec
INSERT INTO person_group (org_id, person_id, label, from_on, to_on, detail)
VALUES (sqlc.arg(org), sqlc.arg(person), sqlc.arg(label), sqlc.arg(from_on), sqlc.arg(to_on), sqlc.arg(detail))
ON CONFLICT (org_id, person_id, label, from_on) DO UPDATE SET to_on = excluded.to_on, detail = excluded.detail;

-- name: DropLabel :exec
DELETE FROM person_group WHERE org_id = sqlc.arg(org) AND person_id = sqlc.arg(person) AND label = sqlc.arg(label) AND from_on = sqlc.arg(from_on);

-- name: EndLabels :exec
UPDATE person_group SET to_on = sqlc.arg(day) WHERE org_id = sqlc.arg(org) AND person_id = sqlc.arg(person) AND (to_on IS NULL OR to_on > sqlc.arg(day));

-- name: DropLabelsOf :exec
DELETE FROM person_group WHERE org_id = sqlc.arg(org) AND person_id = sqlc.arg(person);
