-- name: InsertSignature :execrows
INSERT INTO signature (org_id, owner_kind, owner_id, person_id, office, mandate_id, proof, strokes, content, at, denied_at)
VALUES (sqlc.arg(org), sqlc.arg(kind), sqlc.arg(owner), sqlc.arg(person), sqlc.arg(office), sqlc.arg(mandate), sqlc.arg(proof), sqlc.arg(strokes), sqlc.arg(content), sqlc.arg(at), sqlc.arg(denied))
ON CONFLICT (org_id, owner_kind, owner_id, person_id) DO UPDATE SET office = excluded.office, mandate_id = excluded.mandate_id, proof = excluded.proof,
  strokes = excluded.strokes, content = excluded.content, at = excluded.at, denied_at = 0 WHERE signature.denied_at > 0;

-- name: SignaturesOf :many
SELECT * FROM signature WHERE org_id = sqlc.arg(org) AND owner_kind = sqlc.arg(kind) AND owner_id = sqlc.arg(owner);

-- name: DropSignatures :execrows
DELETE FROM signature WHERE org_id = sqlc.arg(org) AND owner_kind = sqlc.arg(kind) AND owner_id = sqlc.arg(owner) AND denied_at = 0;

-- name: DenySignature :exec
UPDATE signature SET denied_at = sqlc.arg(denied) WHERE org_id = sqlc.arg(org) AND owner_kind = sqlc.arg(kind) AND owner_id = sqlc.arg(owner) AND person_id = sqlc.arg(person);
