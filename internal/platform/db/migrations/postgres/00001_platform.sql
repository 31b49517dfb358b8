-- +goose Up
-- One row a change: the event that people read and the leaf that proves it are the same row (decision 16).
CREATE TABLE audit (
  org_id TEXT COLLATE "C" NOT NULL, id TEXT COLLATE "C" NOT NULL,
  at BIGINT NOT NULL, actor TEXT NOT NULL, act TEXT NOT NULL,
  subject_kind TEXT NOT NULL, subject_id TEXT COLLATE "C" NOT NULL,
  body BYTEA NOT NULL, leaf BYTEA NOT NULL, seq BIGINT,
  PRIMARY KEY (org_id, id)
);
CREATE INDEX audit_subject ON audit (org_id, subject_kind, subject_id, id);
CREATE INDEX audit_unnumbered ON audit (org_id, id) WHERE seq IS NULL;

CREATE TABLE file (
  org_id TEXT COLLATE "C" NOT NULL, hash TEXT COLLATE "C" NOT NULL,
  kind TEXT NOT NULL, size BIGINT NOT NULL, thumb TEXT NOT NULL DEFAULT '', width INTEGER NOT NULL DEFAULT 0, height INTEGER NOT NULL DEFAULT 0,
  at BIGINT NOT NULL,
  PRIMARY KEY (org_id, hash)
);

-- Which picture belongs to which record, in which place of its form.
CREATE TABLE attachment (
  org_id TEXT COLLATE "C" NOT NULL, owner_kind TEXT NOT NULL, owner_id TEXT COLLATE "C" NOT NULL, slot TEXT NOT NULL, pos INTEGER NOT NULL,
  hash TEXT COLLATE "C" NOT NULL, by_person TEXT COLLATE "C" NOT NULL DEFAULT '', at BIGINT NOT NULL,
  PRIMARY KEY (org_id, owner_kind, owner_id, slot, pos),
  FOREIGN KEY (org_id, hash) REFERENCES file (org_id, hash)
);
CREATE INDEX attachment_file ON attachment (org_id, hash);

CREATE TABLE outbox (
  org_id TEXT COLLATE "C" NOT NULL, id TEXT COLLATE "C" NOT NULL, kind TEXT NOT NULL, payload TEXT NOT NULL,
  at BIGINT NOT NULL, tries INTEGER NOT NULL DEFAULT 0, next_at BIGINT NOT NULL, error TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (org_id, id)
);
CREATE INDEX outbox_due ON outbox (next_at, id);

CREATE TABLE counter (
  org_id TEXT COLLATE "C" NOT NULL, name TEXT COLLATE "C" NOT NULL, key TEXT COLLATE "C" NOT NULL, slot INTEGER NOT NULL, n BIGINT NOT NULL,
  PRIMARY KEY (org_id, name, key, slot)
);

CREATE TABLE series (
  org_id TEXT COLLATE "C" NOT NULL, name TEXT COLLATE "C" NOT NULL, n BIGINT NOT NULL,
  PRIMARY KEY (org_id, name)
);

CREATE TABLE notice (
  org_id TEXT COLLATE "C" NOT NULL, person_id TEXT COLLATE "C" NOT NULL, id TEXT COLLATE "C" NOT NULL,
  once TEXT NOT NULL, text TEXT NOT NULL, args TEXT NOT NULL, href TEXT NOT NULL, at BIGINT NOT NULL, read_at BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (org_id, person_id, id),
  UNIQUE (org_id, person_id, once)
);
CREATE INDEX notice_unread ON notice (org_id, person_id, id) WHERE read_at = 0;

CREATE TABLE setting (
  org_id TEXT COLLATE "C" NOT NULL, name TEXT COLLATE "C" NOT NULL, value TEXT NOT NULL,
  PRIMARY KEY (org_id, name)
);

-- A schedule's lease and last run: two servers on one database run a job once.
CREATE TABLE job (
  name TEXT COLLATE "C" PRIMARY KEY, due_at BIGINT NOT NULL, lease_until BIGINT NOT NULL DEFAULT 0,
  started_at BIGINT NOT NULL DEFAULT 0, ended_at BIGINT NOT NULL DEFAULT 0, error TEXT NOT NULL DEFAULT ''
);
