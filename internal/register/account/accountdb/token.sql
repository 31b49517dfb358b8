-- name: InsertToken :exec
INSERT INTO api_token (token, account_id, org_id, name, scopes, at, ends_on) VALUES (sqlc.arg(token), sqlc.arg(account), sqlc.arg(org), sqlc.arg(name), sqlc.arg(scopes), sqlc.arg(at), sqlc.arg(ends_on));

-- name: BearerOf :one
SELECT t.account_id, t.org_id, t.scopes, t.seen_at, t.ends_on, m.person_id, p.name, p.branch_id, p.is_member, p.left_on
FROM api_token t JOIN account a ON a.id = t.account_id AND a.closed_at = 0
JOIN membership m ON m.org_id = t.org_id AND m.account_id = t.account_id
JOIN person p ON p.org_id = m.org_id AND p.id = m.person_id
WHERE t.token = sqlc.arg(token);

-- name: Tokens :many
SELECT token, name, scopes, at, seen_at, ends_on FROM api_token WHERE account_id = sqlc.arg(account) ORDER BY at DESC LIMIT 100;

-- name: SawToken :exec
UPDATE api_token SET seen_at = sqlc.arg(at) WHERE token = sqlc.arg(token);

-- name: EndToken :execrows
DELETE FROM api_token WHERE account_id = sqlc.arg(account) AND token = sqlc.arg(token);

-- name: EndTokens :exec
DELETE FROM api_token WHERE account_id = sqlc.arg(account);

-- name: DropEndedTokens :exec
DELETE FROM api_token WHERE account_id = sqlc.arg(account) AND ends_on < sqlc.arg(today);
