-- +goose Up
-- A rowid tells in which order rows came, and so brings the instant of an anonymous row back from the rows beside it. These tables are kept in the
-- order of their keys instead; a blind row has a random one. Foreign keys are off while migrations run and are checked after them.

CREATE TABLE audit_new (
  org_id TEXT NOT NULL, id TEXT NOT NULL,
  at INTEGER NOT NULL, actor TEXT NOT NULL, act TEXT NOT NULL,
  subject_kind TEXT NOT NULL, subject_id TEXT NOT NULL,
  body BLOB NOT NULL, leaf BLOB NOT NULL, seq INTEGER,
  PRIMARY KEY (org_id, id)
) WITHOUT ROWID;
INSERT INTO audit_new (org_id, id, at, actor, act, subject_kind, subject_id, body, leaf, seq) SELECT org_id, id, at, actor, act, subject_kind, subject_id, body, leaf, seq FROM audit;
DROP TABLE audit;
ALTER TABLE audit_new RENAME TO audit;
CREATE INDEX audit_subject ON audit (org_id, subject_kind, subject_id, id);
CREATE INDEX audit_unnumbered ON audit (org_id, id) WHERE seq IS NULL;

CREATE TABLE file_new (
  org_id TEXT NOT NULL, hash TEXT NOT NULL,
  kind TEXT NOT NULL, size INTEGER NOT NULL, thumb TEXT NOT NULL DEFAULT '', width INTEGER NOT NULL DEFAULT 0, height INTEGER NOT NULL DEFAULT 0,
  at INTEGER NOT NULL,
  PRIMARY KEY (org_id, hash)
) WITHOUT ROWID;
INSERT INTO file_new (org_id, hash, kind, size, thumb, width, height, at) SELECT org_id, hash, kind, size, thumb, width, height, at FROM file;
DROP TABLE file;
ALTER TABLE file_new RENAME TO file;


CREATE TABLE matter_new (
  org_id TEXT NOT NULL, id TEXT NOT NULL, no TEXT NOT NULL, kind TEXT NOT NULL, unit_id TEXT NOT NULL, place_id TEXT,
  title TEXT NOT NULL, state TEXT NOT NULL CHECK (state IN ('raised','judged','assigned','answered','verified','announced','closed')), outcome TEXT NOT NULL DEFAULT '',
  open BOOLEAN NOT NULL DEFAULT TRUE, late BOOLEAN NOT NULL DEFAULT FALSE,
  grade TEXT NOT NULL DEFAULT '', reporter TEXT NOT NULL DEFAULT '', owner_unit TEXT, rectifier TEXT NOT NULL DEFAULT '', verifier TEXT NOT NULL DEFAULT '',
  waits_for TEXT NOT NULL DEFAULT '', waits_also TEXT NOT NULL DEFAULT '', raised_on DATE NOT NULL, due_at INTEGER NOT NULL, due_why TEXT NOT NULL DEFAULT '', late_at INTEGER NOT NULL DEFAULT 0, rework INTEGER NOT NULL DEFAULT 0,
  extended INTEGER NOT NULL DEFAULT 0, escalated INTEGER NOT NULL DEFAULT 0, suspended BOOLEAN NOT NULL DEFAULT FALSE, merged_into TEXT NOT NULL DEFAULT '',
  closed_at INTEGER NOT NULL DEFAULT 0, version INTEGER NOT NULL DEFAULT 1,
  PRIMARY KEY (org_id, id),
  UNIQUE (org_id, kind, no),
  FOREIGN KEY (org_id, unit_id) REFERENCES unit (org_id, id),
  FOREIGN KEY (org_id, place_id) REFERENCES place (org_id, id)
) WITHOUT ROWID;
INSERT INTO matter_new (org_id, id, no, kind, unit_id, place_id, title, state, outcome, open, late, grade, reporter, owner_unit, rectifier, verifier, waits_for, waits_also, raised_on, due_at, due_why, late_at, rework, extended, escalated, suspended, merged_into, closed_at, version) SELECT org_id, id, no, kind, unit_id, place_id, title, state, outcome, open, late, grade, reporter, owner_unit, rectifier, verifier, waits_for, waits_also, raised_on, due_at, due_why, late_at, rework, extended, escalated, suspended, merged_into, closed_at, version FROM matter;
DROP TABLE matter;
ALTER TABLE matter_new RENAME TO matter;
CREATE INDEX matter_unit ON matter (org_id, kind, unit_id, open, due_at, id);
CREATE INDEX matter_org ON matter (org_id, kind, open, due_at, id);
CREATE INDEX matter_owner ON matter (org_id, kind, owner_unit, open, due_at, id);
CREATE INDEX matter_reporter ON matter (org_id, kind, reporter, no) WHERE reporter <> '';
CREATE INDEX matter_rectifier ON matter (org_id, kind, rectifier, no) WHERE rectifier <> '';
CREATE INDEX matter_verifier ON matter (org_id, kind, verifier, no) WHERE verifier <> '';
CREATE INDEX matter_no ON matter (org_id, kind, unit_id, no);
CREATE INDEX matter_owner_no ON matter (org_id, kind, owner_unit, no) WHERE owner_unit IS NOT NULL;
CREATE INDEX matter_place ON matter (org_id, kind, place_id, no) WHERE place_id IS NOT NULL;
CREATE INDEX matter_waits ON matter (org_id, waits_for, due_at, id) WHERE open;
CREATE INDEX matter_waits_also ON matter (org_id, waits_also, due_at, id) WHERE open AND waits_also <> '';
CREATE INDEX matter_escalate ON matter (late_at, id) WHERE open AND late AND escalated = 1;
CREATE INDEX matter_clock ON matter (due_at, id) WHERE open AND late_at = 0;

CREATE TABLE hazard_new (
  org_id TEXT NOT NULL, matter_id TEXT NOT NULL, description TEXT NOT NULL DEFAULT '', spot TEXT NOT NULL DEFAULT '',
  reporter_mode TEXT NOT NULL CHECK (reporter_mode IN ('named','hidden','anonymous','patrol')), receipt TEXT NOT NULL DEFAULT '',
  run_id TEXT, item TEXT NOT NULL DEFAULT '', basis TEXT NOT NULL DEFAULT '',
  measure TEXT NOT NULL DEFAULT '', doer TEXT NOT NULL DEFAULT '', done_note TEXT NOT NULL DEFAULT '', verify_note TEXT NOT NULL DEFAULT '',
  asked_until DATE, asked_why TEXT NOT NULL DEFAULT '', announced_on DATE, announced_how TEXT NOT NULL DEFAULT '', congress BOOLEAN NOT NULL DEFAULT FALSE,
  PRIMARY KEY (org_id, matter_id),
  FOREIGN KEY (org_id, matter_id) REFERENCES matter (org_id, id),
  UNIQUE (org_id, run_id, item)
) WITHOUT ROWID;
INSERT INTO hazard_new (org_id, matter_id, description, spot, reporter_mode, receipt, run_id, item, basis, measure, doer, done_note, verify_note, asked_until, asked_why, announced_on, announced_how, congress) SELECT org_id, matter_id, description, spot, reporter_mode, receipt, run_id, item, basis, measure, doer, done_note, verify_note, asked_until, asked_why, announced_on, announced_how, congress FROM hazard;
DROP TABLE hazard;
ALTER TABLE hazard_new RENAME TO hazard;
CREATE UNIQUE INDEX hazard_receipt ON hazard (receipt) WHERE receipt <> '';

CREATE TABLE hazard_word_new (
  org_id TEXT NOT NULL, matter_id TEXT NOT NULL, id TEXT NOT NULL, from_reporter BOOLEAN NOT NULL, text TEXT NOT NULL, on_day DATE NOT NULL, by_person TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (org_id, matter_id, id),
  FOREIGN KEY (org_id, matter_id) REFERENCES matter (org_id, id)
) WITHOUT ROWID;
INSERT INTO hazard_word_new (org_id, matter_id, id, from_reporter, text, on_day, by_person) SELECT org_id, matter_id, id, from_reporter, text, on_day, by_person FROM hazard_word;
DROP TABLE hazard_word;
ALTER TABLE hazard_word_new RENAME TO hazard_word;


-- What one form or one call of the API has already brought about: sending it again answers the same and does nothing.
CREATE TABLE once (
  org_id TEXT NOT NULL, key TEXT NOT NULL, content TEXT NOT NULL, subject_id TEXT NOT NULL, on_day DATE NOT NULL,
  PRIMARY KEY (org_id, key)
) WITHOUT ROWID;
CREATE INDEX once_day ON once (on_day);

-- Facts about the installation itself, such as the fingerprint of the key ring that its sealed columns need.
CREATE TABLE installation (
  name TEXT PRIMARY KEY, value TEXT NOT NULL
);

CREATE INDEX session_ends ON session (ends_at);
