-- name: InsertPasskey :exec
INSERT INTO passkey (id, account_id, name, site, data, added_on) VALUES (sqlc.arg(id), sqlc.arg(account), sqlc.arg(name), sqlc.arg(site), sqlc.arg(data), sqlc.arg(added_on));

-- name: Passkeys :many
SELECT id, name, site, data, added_on, used_on FROM passkey WHERE account_id = sqlc.arg(account) ORDER BY id LIMIT 50;

-- name: PasskeyByID :one
SELECT k.id, k.account_id, k.name, k.site, k.data, k.added_on, k.used_on, m.org_id, m.person_id, p.name AS person, p.left_on
FROM passkey k JOIN account a ON a.id = k.account_id AND a.closed_at = 0
JOIN membership m ON m.account_id = k.account_id JOIN person p ON p.org_id = m.org_id AND p.id = m.person_id
WHERE k.id = sqlc.arg(id) ORDER BY m.org_id LIMIT 1;

-- name: UsePasskey :execrows
UPDATE passkey SET data = sqlc.arg(data), used_on = sqlc.arg(used_on) WHERE id = sqlc.arg(id);

-- name: DeletePasskey :execrows
DELETE FROM passkey WHERE account_id = sqlc.arg(account) AND id = sqlc.arg(id);

-- name: DeletePasskeys :exec
DELETE FROM passkey WHERE account_id = sqlc.arg(account);

-- name: InsertChallenge :exec
INSERT INTO challenge (hash, account_id, data, ends_at) VALUES (sqlc.arg(hash), sqlc.arg(account), sqlc.arg(data), sqlc.arg(ends_at));

-- name: Challenge :one
SELECT data FROM challenge WHERE hash = sqlc.arg(hash) AND account_id = sqlc.arg(account) AND ends_at > sqlc.arg(now);

-- name: DeleteChallenge :execrows
DELETE FROM challenge WHERE hash = sqlc.arg(hash);

-- name: DropEndedChallenges :exec
DELETE FROM challenge WHERE ends_at <= sqlc.arg(now);

-- name: InsertDevice :execrows
INSERT INTO device (account_id, mark, on_day) VALUES (sqlc.arg(account), sqlc.arg(mark), sqlc.arg(on_day)) ON CONFLICT (account_id, mark) DO NOTHING;

-- name: KnowsDevices :one
SELECT count(*) FROM (SELECT 1 FROM device WHERE account_id = sqlc.arg(account) LIMIT 1) AS d;

-- name: DeleteDevices :exec
DELETE FROM device WHERE account_id = sqlc.arg(account);

-- name: SessionAccount :one
SELECT s.account_id, s.org_id, m.person_id FROM session s JOIN membership m ON m.org_id = s.org_id AND m.account_id = s.account_id WHERE s.token = sqlc.arg(token);
