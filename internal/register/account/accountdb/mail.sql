-- name: PutWish :exec
INSERT INTO mail_wish (org_id, person_id, account_id, address, kinds, hour, lang, confirmed_on, stop, next_at)
VALUES (sqlc.arg(org), sqlc.arg(person), sqlc.arg(account), sqlc.arg(address), sqlc.arg(kinds), sqlc.arg(hour), sqlc.arg(lang), sqlc.arg(confirmed_on), sqlc.arg(stop), sqlc.arg(next_at))
ON CONFLICT (org_id, person_id) DO UPDATE SET address = excluded.address, kinds = excluded.kinds, hour = excluded.hour, lang = excluded.lang,
  confirmed_on = excluded.confirmed_on, token = '', token_ends = 0, next_at = excluded.next_at, failed_on = NULL;

-- name: Wish :one
SELECT account_id, address, kinds, hour, lang, confirmed_on, token_ends, stop, next_at, failed_on FROM mail_wish WHERE org_id = sqlc.arg(org) AND person_id = sqlc.arg(person);

-- name: DueWishes :many
SELECT org_id, person_id FROM mail_wish WHERE confirmed_on IS NOT NULL AND next_at <= sqlc.arg(now) ORDER BY next_at, org_id, person_id LIMIT 200;

-- name: TakeWish :execrows
UPDATE mail_wish SET next_at = sqlc.arg(next_at) WHERE org_id = sqlc.arg(org) AND person_id = sqlc.arg(person) AND next_at = sqlc.arg(was) AND confirmed_on IS NOT NULL;

-- name: SetWishToken :execrows
UPDATE mail_wish SET token = sqlc.arg(token), token_ends = sqlc.arg(token_ends) WHERE org_id = sqlc.arg(org) AND person_id = sqlc.arg(person) AND confirmed_on IS NULL;

-- name: ConfirmWish :execrows
UPDATE mail_wish SET confirmed_on = sqlc.arg(confirmed_on), token = '', token_ends = 0 WHERE token = sqlc.arg(token) AND token <> '' AND token_ends > sqlc.arg(now);

-- name: WishByToken :one
SELECT org_id, person_id FROM mail_wish WHERE token = sqlc.arg(token) AND token <> '' AND token_ends > sqlc.arg(now);

-- name: WishByStop :one
SELECT org_id, person_id, kinds, lang FROM mail_wish WHERE stop = sqlc.arg(stop);

-- name: SetWishKinds :execrows
UPDATE mail_wish SET kinds = sqlc.arg(kinds) WHERE org_id = sqlc.arg(org) AND person_id = sqlc.arg(person) AND kinds = sqlc.arg(was);

-- name: WishFailed :exec
UPDATE mail_wish SET failed_on = sqlc.arg(failed_on) WHERE org_id = sqlc.arg(org) AND person_id = sqlc.arg(person);

-- name: DeleteWish :execrows
DELETE FROM mail_wish WHERE org_id = sqlc.arg(org) AND person_id = sqlc.arg(person);

-- name: InsertMail :execrows
INSERT INTO mail (org_id, person_id, key, state, lines, at, next_at) VALUES (sqlc.arg(org), sqlc.arg(person), sqlc.arg(key), sqlc.arg(state), sqlc.arg(lines), sqlc.arg(at), sqlc.arg(next_at))
ON CONFLICT (org_id, person_id, key) DO NOTHING;

-- name: MailsToMove :many
SELECT org_id, person_id, key, state, lines, tries, at, next_at FROM mail WHERE state IN ('sending','waiting') AND next_at <= sqlc.arg(now) ORDER BY next_at, org_id, person_id, key LIMIT 200;

-- name: MoveMail :execrows
UPDATE mail SET state = sqlc.arg(state), tries = sqlc.arg(tries), next_at = sqlc.arg(next_at), error = sqlc.arg(error)
WHERE org_id = sqlc.arg(org) AND person_id = sqlc.arg(person) AND key = sqlc.arg(key) AND state = sqlc.arg(was) AND tries = sqlc.arg(was_tries);

-- name: MailsSince :one
SELECT count(*) FROM mail WHERE org_id = sqlc.arg(org) AND person_id = sqlc.arg(person) AND key LIKE 'c%' AND at >= sqlc.arg(since);

-- name: DeleteMails :exec
DELETE FROM mail WHERE org_id = sqlc.arg(org) AND person_id = sqlc.arg(person);

-- name: DeleteTold :exec
DELETE FROM mail_told WHERE org_id = sqlc.arg(org) AND person_id = sqlc.arg(person);

-- name: ForgetTold :exec
DELETE FROM mail_told WHERE on_day < sqlc.arg(before);

-- name: ForgetMails :exec
DELETE FROM mail WHERE at < sqlc.arg(before);
