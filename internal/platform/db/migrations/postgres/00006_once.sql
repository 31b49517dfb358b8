-- +goose Up
-- Tables of PostgreSQL have no rowid; see the same file for SQLite.

-- What one form or one call of the API has already brought about: sending it again answers the same and does nothing.
CREATE TABLE once (
  org_id TEXT COLLATE "C" NOT NULL, key TEXT COLLATE "C" NOT NULL, content TEXT NOT NULL, subject_id TEXT COLLATE "C" NOT NULL, on_day DATE NOT NULL,
  PRIMARY KEY (org_id, key)
);
CREATE INDEX once_day ON once (on_day);

-- Facts about the installation itself, such as the fingerprint of the key ring that its sealed columns need.
CREATE TABLE installation (
  name TEXT COLLATE "C" PRIMARY KEY, value TEXT NOT NULL
);

CREATE INDEX session_ends ON session (ends_at);
