-- name: Proved :many
SELECT * FROM target WHERE org_id = sqlc.arg(org) AND round_id = sqlc.arg(round) AND proof_kind = sqlc.arg(kind) AND proof_id = sqlc.arg(proof) AND proof_id <> '';

-- name: MoveProof :exec
UPDATE target SET proof_kind = sqlc.arg(to_kind), proof_id = sqlc.arg(to_id)
WHERE org_id = sqlc.arg(org) AND round_id = sqlc.arg(round) AND proof_kind = sqlc.arg(kind) AND proof_id = sqlc.arg(proof) AND proof_id <> '';

-- name: Frozen :many
SELECT kind, subject_id FROM target WHERE org_id = sqlc.arg(org) AND round_id = sqlc.arg(round);
