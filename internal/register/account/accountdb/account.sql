-- name: InsertAccount :exec
INSERT INTO account (id, login, secret, at) VALUES (sqlc.arg(id), sqlc.arg(login), sqlc.arg(secret), sqlc.arg(at));

-- name: InsertMembership :exec
INSERT INTO membership (org_id, account_id, person_id) VALUES (sqlc.arg(org), sqlc.arg(account), sqlc.arg(person));

-- name: AccountByLogin :one
SELECT a.id, a.secret, a.closed_at, m.org_id, m.person_id FROM account a JOIN membership m ON m.account_id = a.id WHERE a.login = sqlc.arg(login) ORDER BY m.org_id LIMIT 1;

-- name: AccountsByPhone :many
SELECT a.id, a.login, a.secret, a.closed_at, m.org_id, m.person_id FROM person p
JOIN membership m ON m.org_id = p.org_id AND m.person_id = p.id JOIN account a ON a.id = m.account_id
WHERE p.phone = sqlc.arg(phone) AND p.phone <> '' AND p.left_on IS NULL LIMIT 2;

-- name: AccountOfPerson :one
SELECT a.id, a.login, a.closed_at FROM membership m JOIN account a ON a.id = m.account_id WHERE m.org_id = sqlc.arg(org) AND m.person_id = sqlc.arg(person);

-- name: Secret :one
SELECT secret FROM account WHERE id = sqlc.arg(id) AND closed_at = 0;

-- name: SetSecret :exec
UPDATE account SET secret = sqlc.arg(secret), closed_at = 0 WHERE id = sqlc.arg(id);

-- name: CloseAccount :exec
UPDATE account SET closed_at = sqlc.arg(at), secret = '' WHERE id = sqlc.arg(id);

-- name: InsertSession :exec
INSERT INTO session (token, account_id, org_id, device, at, seen_at, ends_at) VALUES (sqlc.arg(token), sqlc.arg(account), sqlc.arg(org), sqlc.arg(device), sqlc.arg(at), sqlc.arg(at), sqlc.arg(ends_at));

-- name: Session :one
SELECT s.account_id, s.org_id, s.seen_at, s.ends_at, m.person_id, p.name, p.branch_id, p.is_member, p.left_on
FROM session s JOIN account a ON a.id = s.account_id AND a.closed_at = 0
JOIN membership m ON m.org_id = s.org_id AND m.account_id = s.account_id
JOIN person p ON p.org_id = m.org_id AND p.id = m.person_id
WHERE s.token = sqlc.arg(token);

-- name: Grants :many
SELECT d.office, d.unit_id, u.branch_id, u.kind FROM mandate d JOIN unit u ON u.org_id = d.org_id AND u.id = d.unit_id
WHERE d.org_id = sqlc.arg(org) AND d.person_id = sqlc.arg(person) AND d.from_on <= sqlc.arg(today) AND (d.to_on IS NULL OR d.to_on >= sqlc.arg(today))
ORDER BY d.office, d.unit_id;

-- name: Seen :exec
UPDATE session SET seen_at = sqlc.arg(at) WHERE token = sqlc.arg(token);

-- name: Sessions :many
SELECT token, device, at, seen_at FROM session WHERE account_id = sqlc.arg(account) AND ends_at > sqlc.arg(now) ORDER BY at DESC;

-- name: EndSession :execrows
DELETE FROM session WHERE account_id = sqlc.arg(account) AND token = sqlc.arg(token);

-- name: EndSessions :exec
DELETE FROM session WHERE account_id = sqlc.arg(account);

-- name: EndOtherSessions :exec
DELETE FROM session WHERE account_id = sqlc.arg(account) AND token <> sqlc.arg(but);

-- name: DropEndedSessions :exec
DELETE FROM session WHERE ends_at < sqlc.arg(now);

-- name: InsertInvite :exec
INSERT INTO invite (token, org_id, person_id, purpose, by_person, at, ends_at) VALUES (sqlc.arg(token), sqlc.arg(org), sqlc.arg(person), sqlc.arg(purpose), sqlc.arg(by_person), sqlc.arg(at), sqlc.arg(ends_at));

-- name: Invite :one
SELECT org_id, person_id, purpose, ends_at, used_at FROM invite WHERE token = sqlc.arg(token);

-- name: UseInvite :execrows
UPDATE invite SET used_at = sqlc.arg(at) WHERE token = sqlc.arg(token) AND used_at = 0 AND ends_at > sqlc.arg(now);

-- name: VoidInvites :exec
UPDATE invite SET used_at = sqlc.arg(at) WHERE org_id = sqlc.arg(org) AND person_id = sqlc.arg(person) AND used_at = 0 AND (by_person <> sqlc.arg(but) OR by_person = '');

-- name: PersonForAccount :one
SELECT name, no, phone, branch_id, group_id, left_on FROM person WHERE org_id = sqlc.arg(org) AND id = sqlc.arg(person);

-- name: HasAccounts :one
SELECT count(*) FROM (SELECT 1 FROM account LIMIT 1) AS a;
