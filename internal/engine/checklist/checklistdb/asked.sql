-- name: Asked :many
SELECT item, on_day, valid_to FROM asked WHERE org_id = sqlc.arg(org) AND place_id = sqlc.arg(place);

-- name: ForgetAsked :exec
DELETE FROM asked WHERE asked.org_id = sqlc.arg(org) AND asked.place_id = sqlc.arg(place) AND asked.on_day = sqlc.arg(on_day)
  AND asked.item IN (SELECT answer.item FROM answer WHERE answer.org_id = sqlc.arg(org) AND answer.run_id = sqlc.arg(run));
