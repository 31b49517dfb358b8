-- +goose Up
-- What only a hazard has; everything that lists, boards and clocks need stands in matter.
CREATE TABLE hazard (
  org_id TEXT NOT NULL, matter_id TEXT NOT NULL, description TEXT NOT NULL DEFAULT '', spot TEXT NOT NULL DEFAULT '',
  reporter_mode TEXT NOT NULL CHECK (reporter_mode IN ('named','hidden','anonymous','patrol')), receipt TEXT NOT NULL DEFAULT '',
  run_id TEXT, item TEXT NOT NULL DEFAULT '', basis TEXT NOT NULL DEFAULT '',
  measure TEXT NOT NULL DEFAULT '', doer TEXT NOT NULL DEFAULT '', done_note TEXT NOT NULL DEFAULT '', verify_note TEXT NOT NULL DEFAULT '',
  asked_until DATE, asked_why TEXT NOT NULL DEFAULT '', announced_on DATE, announced_how TEXT NOT NULL DEFAULT '', congress BOOLEAN NOT NULL DEFAULT FALSE,
  PRIMARY KEY (org_id, matter_id),
  FOREIGN KEY (org_id, matter_id) REFERENCES matter (org_id, id),
  UNIQUE (org_id, run_id, item)
);
CREATE UNIQUE INDEX hazard_receipt ON hazard (receipt) WHERE receipt <> '';
CREATE TABLE hazard_word (
  org_id TEXT NOT NULL, matter_id TEXT NOT NULL, id TEXT NOT NULL, from_reporter BOOLEAN NOT NULL, text TEXT NOT NULL, on_day DATE NOT NULL, by_person TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (org_id, matter_id, id),
  FOREIGN KEY (org_id, matter_id) REFERENCES matter (org_id, id)
);
CREATE TABLE letter (
  org_id TEXT NOT NULL, id TEXT NOT NULL, matter_id TEXT NOT NULL, kind TEXT NOT NULL CHECK (kind IN ('advice','order')), no TEXT NOT NULL,
  to_unit TEXT NOT NULL, advice TEXT NOT NULL, stop_work BOOLEAN NOT NULL DEFAULT FALSE, until_on DATE, issued_by TEXT NOT NULL, issued_on DATE NOT NULL, reply_due DATE NOT NULL,
  received_by TEXT NOT NULL DEFAULT '', received_on DATE, reply TEXT NOT NULL DEFAULT '', replied_on DATE, replied_by TEXT NOT NULL DEFAULT '', version INTEGER NOT NULL DEFAULT 1,
  PRIMARY KEY (org_id, id),
  UNIQUE (org_id, kind, no),
  FOREIGN KEY (org_id, matter_id) REFERENCES matter (org_id, id)
);
CREATE INDEX letter_matter ON letter (org_id, matter_id, id);
CREATE INDEX letter_waits ON letter (org_id, to_unit, reply_due, id) WHERE replied_on IS NULL;
