-- +goose Up
-- What EXPLAIN over a hundred thousand hazards and ten thousand people found missing.
-- Who holds or held an office at a unit.
CREATE INDEX mandate_unit ON mandate (org_id, unit_id, from_on);
-- Major hazards are a few in a thousand: along the numbers of a branch a page of them is not filled before its end.
CREATE INDEX matter_major ON matter (org_id, kind, no) WHERE grade = 'major';
