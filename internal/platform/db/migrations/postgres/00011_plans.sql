-- +goose Up
-- What EXPLAIN over a hundred thousand hazards and ten thousand people found missing.
-- Who holds or held an office at a unit.
CREATE INDEX mandate_unit ON mandate (org_id, unit_id, from_on);
-- Major hazards are a few in a thousand: along the numbers of a branch a page of them is not filled before its end.
CREATE INDEX matter_major ON matter (org_id, kind, num) WHERE grade = 'major';
-- What is late over all branches: PostgreSQL does not know that only what is open and due can be.
CREATE INDEX matter_late ON matter (org_id, kind, order_at, id) WHERE late;
-- What is with nobody, and what was closed without being solved: one of twenty or fewer, by number.
CREATE INDEX matter_unowned ON matter (org_id, kind, num) WHERE owner_unit IS NULL;
CREATE INDEX matter_unsolved ON matter (org_id, kind, outcome, num) WHERE outcome NOT IN ('','solved');
