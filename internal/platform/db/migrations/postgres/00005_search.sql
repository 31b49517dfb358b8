-- +goose Up
CREATE TABLE search_doc (
  org_id TEXT COLLATE "C" NOT NULL, kind TEXT NOT NULL, subject_id TEXT COLLATE "C" NOT NULL, unit_id TEXT COLLATE "C" NOT NULL, owner_unit TEXT COLLATE "C" NOT NULL DEFAULT '',
  title TEXT NOT NULL, detail TEXT NOT NULL, href TEXT NOT NULL, grams TSVECTOR NOT NULL,
  PRIMARY KEY (org_id, kind, subject_id)
);
CREATE INDEX search_grams ON search_doc USING GIN (grams);
