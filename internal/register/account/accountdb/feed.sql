-- name: PutFeed :exec
INSERT INTO feed (org_id, account_id, token, holidays, lang, made_on) VALUES (sqlc.arg(org), sqlc.arg(account), sqlc.arg(token), sqlc.arg(holidays), sqlc.arg(lang), sqlc.arg(made_on))
ON CONFLICT (org_id, account_id) DO UPDATE SET token = excluded.token, holidays = excluded.holidays, lang = excluded.lang, made_on = excluded.made_on, fetched_on = NULL, memory = '';

-- name: FeedOf :one
SELECT holidays, lang, made_on, fetched_on FROM feed WHERE org_id = sqlc.arg(org) AND account_id = sqlc.arg(account);

-- name: FeedByToken :one
SELECT org_id, account_id, holidays, lang, made_on, fetched_on, memory FROM feed WHERE token = sqlc.arg(token);

-- name: SetHolidays :execrows
UPDATE feed SET holidays = sqlc.arg(holidays), lang = sqlc.arg(lang) WHERE org_id = sqlc.arg(org) AND account_id = sqlc.arg(account);

-- name: FetchedFeed :exec
UPDATE feed SET fetched_on = sqlc.arg(fetched_on), memory = sqlc.arg(memory) WHERE token = sqlc.arg(token);

-- name: DeleteFeed :execrows
DELETE FROM feed WHERE org_id = sqlc.arg(org) AND account_id = sqlc.arg(account);

-- name: AccountLive :one
SELECT m.account_id, m.org_id, m.person_id, p.name, p.branch_id, p.is_member, p.left_on
FROM membership m JOIN account a ON a.id = m.account_id AND a.closed_at = 0 JOIN person p ON p.org_id = m.org_id AND p.id = m.person_id
WHERE m.org_id = sqlc.arg(org) AND m.account_id = sqlc.arg(account);
