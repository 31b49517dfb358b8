-- +goose Up
-- Lists of matters: the major ones first, by number as a number, what was announced by its day.
ALTER TABLE matter ADD COLUMN num INTEGER NOT NULL DEFAULT 0;
ALTER TABLE matter ADD COLUMN order_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE matter ADD COLUMN grade_rank INTEGER NOT NULL DEFAULT 5;
ALTER TABLE matter ADD COLUMN announced_on DATE;
UPDATE matter SET
  grade_rank = CASE grade WHEN 'major' THEN 0 WHEN 'A' THEN 1 WHEN 'B' THEN 2 WHEN 'C' THEN 3 WHEN 'D' THEN 4 ELSE 5 END,
  order_at = CASE WHEN grade = 'major' THEN due_at - 10000000000000000 ELSE due_at END,
  num = (2000 + CAST(substr(no, 1, 2) AS INTEGER)) * 10000000 + CAST(substr(no, 4) AS INTEGER),
  announced_on = (SELECT h.announced_on FROM hazard h WHERE h.org_id = matter.org_id AND h.matter_id = matter.id);
-- What was returned belongs to nobody until it is assigned again.
UPDATE search_doc SET owner_unit = '' WHERE kind = 'hazard' AND EXISTS (SELECT 1 FROM matter m WHERE m.org_id = search_doc.org_id AND m.id = search_doc.subject_id AND m.state = 'judged');
UPDATE matter SET owner_unit = NULL, rectifier = '', verifier = '' WHERE state = 'judged';
DROP INDEX matter_unit;
DROP INDEX matter_org;
DROP INDEX matter_owner;
DROP INDEX matter_waits;
DROP INDEX matter_waits_also;
DROP INDEX matter_reporter;
DROP INDEX matter_rectifier;
DROP INDEX matter_verifier;
DROP INDEX matter_no;
DROP INDEX matter_owner_no;
DROP INDEX matter_place;
CREATE INDEX matter_unit ON matter (org_id, kind, unit_id, open, order_at, id);
CREATE INDEX matter_org ON matter (org_id, kind, open, order_at, id);
CREATE INDEX matter_owner ON matter (org_id, kind, owner_unit, open, order_at, id);
CREATE INDEX matter_waits ON matter (org_id, waits_for, order_at, id) WHERE open;
CREATE INDEX matter_waits_also ON matter (org_id, waits_also, order_at, id) WHERE open AND waits_also <> '';
-- By number, the newest first: a number is text and sorts wrongly from the ten thousandth of a year on.
CREATE INDEX matter_reporter ON matter (org_id, kind, reporter, num) WHERE reporter <> '';
CREATE INDEX matter_rectifier ON matter (org_id, kind, rectifier, num) WHERE rectifier <> '';
CREATE INDEX matter_verifier ON matter (org_id, kind, verifier, num) WHERE verifier <> '';
CREATE INDEX matter_no ON matter (org_id, kind, unit_id, num);
CREATE INDEX matter_org_no ON matter (org_id, kind, num);
CREATE INDEX matter_owner_no ON matter (org_id, kind, owner_unit, num) WHERE owner_unit IS NOT NULL;
CREATE INDEX matter_place ON matter (org_id, kind, place_id, num) WHERE place_id IS NOT NULL;
-- The other orders of what is open. Few rows are, so these are small.
CREATE INDEX matter_open_no ON matter (org_id, kind, unit_id, num) WHERE open;
CREATE INDEX matter_open_org_no ON matter (org_id, kind, num) WHERE open;
CREATE INDEX matter_open_owner_no ON matter (org_id, kind, owner_unit, num) WHERE open;
CREATE INDEX matter_open_rank ON matter (org_id, kind, unit_id, grade_rank, due_at, id) WHERE open;
CREATE INDEX matter_open_org_rank ON matter (org_id, kind, grade_rank, due_at, id) WHERE open;
CREATE INDEX matter_open_owner_rank ON matter (org_id, kind, owner_unit, grade_rank, due_at, id) WHERE open;
CREATE INDEX matter_announced ON matter (org_id, kind, unit_id, announced_on, id) WHERE announced_on IS NOT NULL;
CREATE INDEX matter_merged ON matter (org_id, merged_into) WHERE merged_into <> '';
CREATE INDEX matter_up ON matter (org_id, kind, order_at, id) WHERE open AND escalated = 2;

-- Counters are counted anew: closed without being solved is an outcome of its own, and a branch's board goes by the unit that answers (docs/adr/0009).
DELETE FROM counter WHERE name = 'hazard';
INSERT INTO counter (org_id, name, key, slot, n)
SELECT org_id, 'hazard', k, 0, count(*) FROM (
  SELECT org_id, 'u/' || unit_id || '/' || CASE WHEN state = 'closed' AND outcome NOT IN ('', 'solved') THEN outcome ELSE state END AS k FROM matter WHERE kind = 'hazard'
  UNION ALL SELECT org_id, 'u/' || unit_id || '/late' FROM matter WHERE kind = 'hazard' AND open AND late
  UNION ALL SELECT org_id, 'b/' || unit_id || '/' || COALESCE(owner_unit, '-') || '/' || CASE WHEN state = 'closed' AND outcome NOT IN ('', 'solved') THEN outcome ELSE state END FROM matter WHERE kind = 'hazard'
  UNION ALL SELECT org_id, 'b/' || unit_id || '/' || COALESCE(owner_unit, '-') || '/late' FROM matter WHERE kind = 'hazard' AND open AND late
  UNION ALL SELECT org_id, 'o/' || owner_unit || '/' || CASE WHEN state = 'closed' AND outcome NOT IN ('', 'solved') THEN outcome ELSE state END FROM matter WHERE kind = 'hazard' AND owner_unit IS NOT NULL
  UNION ALL SELECT org_id, 'o/' || owner_unit || '/late' FROM matter WHERE kind = 'hazard' AND owner_unit IS NOT NULL AND open AND late
  UNION ALL SELECT org_id, 'y/' || unit_id || '/' || substr(raised_on, 1, 4) FROM matter WHERE kind = 'hazard'
) AS stands GROUP BY org_id, k;

-- What the ledger keeps of the way: until when it was to be put right, when it was, when somebody else saw it; and the last reason that was given.
ALTER TABLE hazard ADD COLUMN fix_by DATE;
ALTER TABLE hazard ADD COLUMN done_on DATE;
ALTER TABLE hazard ADD COLUMN verified_on DATE;
ALTER TABLE hazard ADD COLUMN last_why TEXT NOT NULL DEFAULT '';
ALTER TABLE hazard DROP COLUMN announced_on;
UPDATE hazard SET
  fix_by = (SELECT date(m.due_at / 1000000 + 28800, 'unixepoch') FROM matter m WHERE m.org_id = hazard.org_id AND m.id = hazard.matter_id AND m.state = 'assigned'),
  done_on = (SELECT date(max(a.at) / 1000000 + 28800, 'unixepoch') FROM audit a WHERE a.org_id = hazard.org_id AND a.subject_kind = 'matter' AND a.subject_id = hazard.matter_id AND a.act = 'hazard.answer'),
  verified_on = (SELECT date(max(a.at) / 1000000 + 28800, 'unixepoch') FROM audit a WHERE a.org_id = hazard.org_id AND a.subject_kind = 'matter' AND a.subject_id = hazard.matter_id AND a.act = 'hazard.verify');
ALTER TABLE hazard_word ADD COLUMN office TEXT NOT NULL DEFAULT '';

-- A letter is drafted before it is numbered, and may be withdrawn; its number stays then. It names who inspected and the clause.
CREATE TABLE letter_new (
  org_id TEXT NOT NULL, id TEXT NOT NULL, matter_id TEXT NOT NULL, unit_id TEXT NOT NULL, kind TEXT NOT NULL CHECK (kind IN ('advice','order')), no TEXT NOT NULL DEFAULT '',
  to_unit TEXT NOT NULL, inspectors TEXT NOT NULL DEFAULT '', basis TEXT NOT NULL DEFAULT '', advice TEXT NOT NULL, stop_work BOOLEAN NOT NULL DEFAULT FALSE, until_on DATE,
  issued_by TEXT NOT NULL, issued_on DATE, reply_due DATE, received_by TEXT NOT NULL DEFAULT '', received_on DATE, reply TEXT NOT NULL DEFAULT '', replied_on DATE, replied_by TEXT NOT NULL DEFAULT '',
  void_on DATE, void_why TEXT NOT NULL DEFAULT '', void_by TEXT NOT NULL DEFAULT '', version INTEGER NOT NULL DEFAULT 1,
  PRIMARY KEY (org_id, id),
  CHECK ((no = '') = (issued_on IS NULL)),
  FOREIGN KEY (org_id, matter_id) REFERENCES matter (org_id, id)
);
INSERT INTO letter_new (org_id, id, matter_id, unit_id, kind, no, to_unit, advice, stop_work, until_on, issued_by, issued_on, reply_due, received_by, received_on, reply, replied_on, replied_by, version)
SELECT l.org_id, l.id, l.matter_id, m.unit_id, l.kind, l.no, l.to_unit, l.advice, l.stop_work, l.until_on, l.issued_by, l.issued_on, l.reply_due, l.received_by, l.received_on, l.reply, l.replied_on, l.replied_by, l.version
FROM letter l JOIN matter m ON m.org_id = l.org_id AND m.id = l.matter_id;
DROP TABLE letter;
ALTER TABLE letter_new RENAME TO letter;
CREATE UNIQUE INDEX letter_no ON letter (org_id, kind, no) WHERE no <> '';
CREATE INDEX letter_matter ON letter (org_id, matter_id, id);
CREATE INDEX letter_unit ON letter (org_id, unit_id, id);
CREATE INDEX letter_waits ON letter (org_id, to_unit, reply_due, id) WHERE replied_on IS NULL AND void_on IS NULL AND issued_on IS NOT NULL;
