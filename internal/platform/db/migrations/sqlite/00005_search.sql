-- +goose Up
-- rowid ties a document to its grams; FTS5 tables have no tenant of their own.
CREATE TABLE search_doc (
  rowid INTEGER PRIMARY KEY, org_id TEXT NOT NULL, kind TEXT NOT NULL, subject_id TEXT NOT NULL, unit_id TEXT NOT NULL, owner_unit TEXT NOT NULL DEFAULT '',
  title TEXT NOT NULL, detail TEXT NOT NULL, href TEXT NOT NULL,
  UNIQUE (org_id, kind, subject_id)
);
CREATE VIRTUAL TABLE search_gram USING fts5 (grams, tokenize = "unicode61 remove_diacritics 0");
