-- +goose Up
-- One row a change: the event that people read and the leaf that proves it are the same row (decision 16).
CREATE TABLE audit (
  org_id TEXT NOT NULL, id TEXT NOT NULL,
  at INTEGER NOT NULL, actor TEXT NOT NULL, act TEXT NOT NULL,
  subject_kind TEXT NOT NULL, subject_id TEXT NOT NULL,
  body BLOB NOT NULL, leaf BLOB NOT NULL, seq INTEGER,
  PRIMARY KEY (org_id, id)
);
CREATE INDEX audit_subject ON audit (org_id, subject_kind, subject_id, id);
CREATE INDEX audit_unnumbered ON audit (org_id, id) WHERE seq IS NULL;

CREATE TABLE file (
  org_id TEXT NOT NULL, hash TEXT NOT NULL,
  kind TEXT NOT NULL, size INTEGER NOT NULL, thumb TEXT NOT NULL DEFAULT '', width INTEGER NOT NULL DEFAULT 0, height INTEGER NOT NULL DEFAULT 0,
  at INTEGER NOT NULL,
  PRIMARY KEY (org_id, hash)
);

-- Which picture belongs to which record, in which place of its form.
CREATE TABLE attachment (
  org_id TEXT NOT NULL, owner_kind TEXT NOT NULL, owner_id TEXT NOT NULL, slot TEXT NOT NULL, pos INTEGER NOT NULL,
  hash TEXT NOT NULL, by_person TEXT NOT NULL DEFAULT '', at INTEGER NOT NULL,
  PRIMARY KEY (org_id, owner_kind, owner_id, slot, pos),
  FOREIGN KEY (org_id, hash) REFERENCES file (org_id, hash)
) WITHOUT ROWID;
CREATE INDEX attachment_file ON attachment (org_id, hash);

CREATE TABLE outbox (
  org_id TEXT NOT NULL, id TEXT NOT NULL, kind TEXT NOT NULL, payload TEXT NOT NULL,
  at INTEGER NOT NULL, tries INTEGER NOT NULL DEFAULT 0, next_at INTEGER NOT NULL, error TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (org_id, id)
);
CREATE INDEX outbox_due ON outbox (next_at, id);

CREATE TABLE counter (
  org_id TEXT NOT NULL, name TEXT NOT NULL, key TEXT NOT NULL, slot INTEGER NOT NULL, n INTEGER NOT NULL,
  PRIMARY KEY (org_id, name, key, slot)
) WITHOUT ROWID;

CREATE TABLE series (
  org_id TEXT NOT NULL, name TEXT NOT NULL, n INTEGER NOT NULL,
  PRIMARY KEY (org_id, name)
) WITHOUT ROWID;

CREATE TABLE notice (
  org_id TEXT NOT NULL, person_id TEXT NOT NULL, id TEXT NOT NULL,
  once TEXT NOT NULL, text TEXT NOT NULL, args TEXT NOT NULL, href TEXT NOT NULL, at INTEGER NOT NULL, read_at INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (org_id, person_id, id),
  UNIQUE (org_id, person_id, once)
) WITHOUT ROWID;
CREATE INDEX notice_unread ON notice (org_id, person_id, id) WHERE read_at = 0;

CREATE TABLE setting (
  org_id TEXT NOT NULL, name TEXT NOT NULL, value TEXT NOT NULL,
  PRIMARY KEY (org_id, name)
) WITHOUT ROWID;

-- A schedule's lease and last run: two servers on one database run a job once.
CREATE TABLE job (
  name TEXT PRIMARY KEY, due_at INTEGER NOT NULL, lease_until INTEGER NOT NULL DEFAULT 0,
  started_at INTEGER NOT NULL DEFAULT 0, ended_at INTEGER NOT NULL DEFAULT 0, error TEXT NOT NULL DEFAULT ''
);
