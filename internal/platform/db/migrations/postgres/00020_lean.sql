-- +goose Up
-- Nothing numbers lines of history yet, and so nothing asks which have no number.
DROP INDEX audit_unnumbered;
