-- +goose Up
-- Where a roster says only in which month or year somebody joined, that is kept as it is written: 2012-06 or 2012.
ALTER TABLE person ADD COLUMN joined_part TEXT NOT NULL DEFAULT '';

-- What an import found in the sheet and could not take, so that it can be mended after the file is gone; it goes when the import is taken back.
CREATE TABLE batch_problem (
  org_id TEXT COLLATE "C" NOT NULL, batch_id TEXT COLLATE "C" NOT NULL, pos INTEGER NOT NULL,
  row_no INTEGER NOT NULL, no TEXT NOT NULL, name TEXT NOT NULL, person_id TEXT COLLATE "C" NOT NULL DEFAULT '',
  field TEXT NOT NULL, kind TEXT NOT NULL, skipped BOOLEAN NOT NULL, text TEXT NOT NULL, args TEXT NOT NULL,
  PRIMARY KEY (org_id, batch_id, pos),
  FOREIGN KEY (org_id, batch_id) REFERENCES batch (org_id, id)
);

-- The departments and groups that an import made.
CREATE TABLE batch_unit (
  org_id TEXT COLLATE "C" NOT NULL, batch_id TEXT COLLATE "C" NOT NULL, unit_id TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (org_id, batch_id, unit_id),
  FOREIGN KEY (org_id, batch_id) REFERENCES batch (org_id, id),
  FOREIGN KEY (org_id, unit_id) REFERENCES unit (org_id, id)
);

-- How many people are in a department or group is counted as they move, like those of a branch.
INSERT INTO counter (org_id, name, key, slot, n)
SELECT org_id, 'person.unit', unit_id, 0, count(*) FROM (
  SELECT org_id, department_id AS unit_id FROM person WHERE left_on IS NULL AND department_id IS NOT NULL
  UNION ALL SELECT org_id, group_id FROM person WHERE left_on IS NULL AND group_id IS NOT NULL) AS u
GROUP BY org_id, unit_id;
