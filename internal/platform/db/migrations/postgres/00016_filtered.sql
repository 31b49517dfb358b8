-- +goose Up
-- The lists of what is open are filtered by grade and state: both stand in the index of their order, so that a row is looked up
-- only where it is shown.
DROP INDEX matter_unit;
DROP INDEX matter_org;
DROP INDEX matter_owner;
CREATE INDEX matter_unit ON matter (org_id, kind, unit_id, open, order_at, id, grade, state);
CREATE INDEX matter_org ON matter (org_id, kind, open, order_at, id, grade, state);
CREATE INDEX matter_owner ON matter (org_id, kind, owner_unit, open, order_at, id, grade, state);
