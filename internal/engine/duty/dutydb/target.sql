-- name: Proved :many
SELECT * FROM target WHERE org_id = sqlc.arg(org) AND round_id = sqlc.arg(round) AND proof_kind = sqlc.arg(kind) AND proof_id = sqlc.arg(proof) AND proof_id <> '';

-- name: MoveProof :exec
UPDATE target SET proof_kind = sqlc.arg(to_kind), proof_id = sqlc.arg(to_id)
WHERE org_id = sqlc.arg(org) AND round_id = sqlc.arg(round) AND proof_kind = sqlc.arg(kind) AND proof_id = sqlc.arg(proof) AND proof_id <> '';

-- name: Frozen :many
SELECT kind, subject_id FROM target WHERE org_id = sqlc.arg(org) AND round_id = sqlc.arg(round);

-- name: DoneBy :many
SELECT r.id, r.due_on FROM round r WHERE r.org_id = sqlc.arg(org) AND r.id IN
  (SELECT t.round_id FROM target t WHERE t.org_id = sqlc.arg(org) AND t.proof_id = sqlc.arg(proof) AND t.proof_id <> '');

-- name: Shared :many
SELECT x.proof_id, (SELECT count(*) FROM target t WHERE t.org_id = x.org_id AND t.proof_id = x.proof_id AND t.proof_id <> '') AS targets
FROM target x WHERE x.org_id = sqlc.arg(org) AND x.round_id = sqlc.arg(round) AND x.proof_id <> '';
