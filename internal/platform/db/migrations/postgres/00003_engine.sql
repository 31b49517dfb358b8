-- +goose Up
CREATE TABLE signature (
  org_id TEXT COLLATE "C" NOT NULL, owner_kind TEXT NOT NULL, owner_id TEXT COLLATE "C" NOT NULL, person_id TEXT COLLATE "C" NOT NULL,
  office TEXT NOT NULL, mandate_id TEXT COLLATE "C" NOT NULL DEFAULT '', proof TEXT NOT NULL CHECK (proof IN ('session','pin','none')),
  strokes TEXT NOT NULL, content TEXT NOT NULL, at BIGINT NOT NULL, denied_at BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (org_id, owner_kind, owner_id, person_id),
  FOREIGN KEY (org_id, person_id) REFERENCES person (org_id, id)
);

-- 记一笔: the record of a duty that has no form of its own yet, and of an officer's own duty.
CREATE TABLE note (
  org_id TEXT COLLATE "C" NOT NULL, id TEXT COLLATE "C" NOT NULL, unit_id TEXT COLLATE "C" NOT NULL, measure TEXT NOT NULL, on_day DATE NOT NULL, title TEXT NOT NULL, body TEXT NOT NULL,
  people INTEGER NOT NULL DEFAULT 0, round_id TEXT COLLATE "C", by_person TEXT COLLATE "C" NOT NULL, at BIGINT NOT NULL, replaces TEXT COLLATE "C", replaced_by TEXT COLLATE "C",
  PRIMARY KEY (org_id, id),
  FOREIGN KEY (org_id, unit_id) REFERENCES unit (org_id, id)
);
CREATE INDEX note_unit ON note (org_id, unit_id, on_day, id);
CREATE INDEX note_round ON note (org_id, round_id, id);
CREATE TABLE note_person (
  org_id TEXT COLLATE "C" NOT NULL, note_id TEXT COLLATE "C" NOT NULL, person_id TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (org_id, note_id, person_id),
  FOREIGN KEY (org_id, note_id) REFERENCES note (org_id, id),
  FOREIGN KEY (org_id, person_id) REFERENCES person (org_id, id)
);

CREATE TABLE run (
  org_id TEXT COLLATE "C" NOT NULL, id TEXT COLLATE "C" NOT NULL, unit_id TEXT COLLATE "C" NOT NULL, card TEXT NOT NULL, card_version TEXT NOT NULL, place_id TEXT COLLATE "C" NOT NULL,
  round_id TEXT COLLATE "C", on_day DATE NOT NULL, state TEXT NOT NULL CHECK (state IN ('draft','signing','signed','dropped')),
  by_person TEXT COLLATE "C" NOT NULL, with_person TEXT COLLATE "C" NOT NULL DEFAULT '', escort TEXT NOT NULL DEFAULT '', site_head TEXT NOT NULL DEFAULT '', good TEXT NOT NULL DEFAULT '',
  content TEXT NOT NULL DEFAULT '', items INTEGER NOT NULL DEFAULT 0, passed INTEGER NOT NULL DEFAULT 0, failed INTEGER NOT NULL DEFAULT 0, key_failed INTEGER NOT NULL DEFAULT 0,
  started_at BIGINT NOT NULL, signed_at BIGINT NOT NULL DEFAULT 0, version INTEGER NOT NULL DEFAULT 1,
  PRIMARY KEY (org_id, id),
  FOREIGN KEY (org_id, unit_id) REFERENCES unit (org_id, id),
  FOREIGN KEY (org_id, place_id) REFERENCES place (org_id, id)
);
CREATE INDEX run_unit ON run (org_id, unit_id, on_day, id);
-- The whole company union's list, and the list of what is not signed yet.
CREATE INDEX run_org ON run (org_id, on_day, id);
CREATE INDEX run_unsigned ON run (org_id, unit_id, on_day, id) WHERE state IN ('draft','signing');
CREATE INDEX run_place ON run (org_id, place_id, on_day, id);
CREATE INDEX run_open ON run (org_id, by_person, id) WHERE state IN ('draft','signing');
CREATE INDEX run_waiting ON run (org_id, with_person, id) WHERE state IN ('draft','signing');
CREATE TABLE answer (
  org_id TEXT COLLATE "C" NOT NULL, run_id TEXT COLLATE "C" NOT NULL, item TEXT COLLATE "C" NOT NULL, verdict TEXT NOT NULL CHECK (verdict IN ('','pass','fail','na')),
  number TEXT NOT NULL DEFAULT '', dated DATE, note TEXT NOT NULL DEFAULT '', as_hazard BOOLEAN NOT NULL DEFAULT FALSE, matter_id TEXT COLLATE "C",
  PRIMARY KEY (org_id, run_id, item),
  FOREIGN KEY (org_id, run_id) REFERENCES run (org_id, id)
);
-- When an item of a card was last asked at a place, and until when what it found is valid.
CREATE TABLE asked (
  org_id TEXT COLLATE "C" NOT NULL, place_id TEXT COLLATE "C" NOT NULL, item TEXT COLLATE "C" NOT NULL, on_day DATE NOT NULL, valid_to DATE,
  PRIMARY KEY (org_id, place_id, item)
);

CREATE TABLE duty (
  org_id TEXT COLLATE "C" NOT NULL, id TEXT COLLATE "C" NOT NULL, unit_id TEXT COLLATE "C" NOT NULL, code TEXT COLLATE "C" NOT NULL, mechanism TEXT NOT NULL, measure TEXT NOT NULL,
  name_zh TEXT NOT NULL, name_en TEXT NOT NULL DEFAULT '', what_zh TEXT NOT NULL DEFAULT '', what_en TEXT NOT NULL DEFAULT '',
  rhythm TEXT NOT NULL, who TEXT NOT NULL, targets TEXT NOT NULL, form TEXT NOT NULL, card TEXT NOT NULL DEFAULT '', place_id TEXT COLLATE "C", signers TEXT NOT NULL DEFAULT '',
  source TEXT NOT NULL DEFAULT '', unverified BOOLEAN NOT NULL DEFAULT FALSE, own BOOLEAN NOT NULL DEFAULT FALSE,
  adopted_on DATE NOT NULL, retired_on DATE, planned_to INTEGER NOT NULL DEFAULT 0, version INTEGER NOT NULL DEFAULT 1,
  PRIMARY KEY (org_id, id),
  UNIQUE (org_id, unit_id, code),
  FOREIGN KEY (org_id, unit_id) REFERENCES unit (org_id, id)
);
CREATE TABLE round (
  org_id TEXT COLLATE "C" NOT NULL, id TEXT COLLATE "C" NOT NULL, duty_id TEXT COLLATE "C" NOT NULL, unit_id TEXT COLLATE "C" NOT NULL, measure TEXT NOT NULL, form TEXT NOT NULL,
  period TEXT COLLATE "C" NOT NULL, opens_on DATE NOT NULL, due_on DATE NOT NULL, closes_on DATE NOT NULL, why TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('planned','open','closed')),
  targets INTEGER NOT NULL DEFAULT 0, done INTEGER NOT NULL DEFAULT 0, excused INTEGER NOT NULL DEFAULT 0, slices INTEGER NOT NULL DEFAULT 0, late BOOLEAN NOT NULL DEFAULT FALSE, done_on DATE,
  version INTEGER NOT NULL DEFAULT 1,
  PRIMARY KEY (org_id, id),
  UNIQUE (org_id, duty_id, unit_id, period),
  FOREIGN KEY (org_id, duty_id) REFERENCES duty (org_id, id)
);
CREATE INDEX round_unit_due ON round (org_id, unit_id, due_on, id);
CREATE INDEX round_open ON round (org_id, unit_id, due_on, id) WHERE state = 'open';
CREATE INDEX round_planned ON round (org_id, opens_on, id) WHERE state = 'planned';
CREATE INDEX round_duty ON round (org_id, duty_id, due_on, id);
CREATE TABLE target (
  org_id TEXT COLLATE "C" NOT NULL, round_id TEXT COLLATE "C" NOT NULL, kind TEXT NOT NULL, subject_id TEXT COLLATE "C" NOT NULL,
  slice TEXT COLLATE "C" NOT NULL, assignee TEXT COLLATE "C" NOT NULL DEFAULT '', state TEXT NOT NULL CHECK (state IN ('open','done','excused')),
  done_on DATE, reason TEXT NOT NULL DEFAULT '', proof_kind TEXT NOT NULL DEFAULT '', proof_id TEXT COLLATE "C" NOT NULL DEFAULT '', by_person TEXT COLLATE "C" NOT NULL DEFAULT '',
  PRIMARY KEY (org_id, round_id, kind, subject_id),
  FOREIGN KEY (org_id, round_id) REFERENCES round (org_id, id)
);
CREATE INDEX target_open ON target (org_id, round_id, slice, subject_id) WHERE state = 'open';
CREATE INDEX target_proof ON target (org_id, proof_id) WHERE proof_id <> '';
CREATE INDEX target_subject ON target (org_id, subject_id, round_id);

CREATE TABLE matter (
  org_id TEXT COLLATE "C" NOT NULL, id TEXT COLLATE "C" NOT NULL, no TEXT COLLATE "C" NOT NULL, kind TEXT NOT NULL, unit_id TEXT COLLATE "C" NOT NULL, place_id TEXT COLLATE "C",
  title TEXT NOT NULL, state TEXT NOT NULL CHECK (state IN ('raised','judged','assigned','answered','verified','announced','closed')), outcome TEXT NOT NULL DEFAULT '',
  open BOOLEAN NOT NULL DEFAULT TRUE, late BOOLEAN NOT NULL DEFAULT FALSE,
  grade TEXT NOT NULL DEFAULT '', reporter TEXT COLLATE "C" NOT NULL DEFAULT '', owner_unit TEXT COLLATE "C", rectifier TEXT COLLATE "C" NOT NULL DEFAULT '', verifier TEXT COLLATE "C" NOT NULL DEFAULT '',
  waits_for TEXT COLLATE "C" NOT NULL DEFAULT '', waits_also TEXT COLLATE "C" NOT NULL DEFAULT '', raised_on DATE NOT NULL, due_at BIGINT NOT NULL, due_why TEXT NOT NULL DEFAULT '', late_at BIGINT NOT NULL DEFAULT 0, rework INTEGER NOT NULL DEFAULT 0,
  extended INTEGER NOT NULL DEFAULT 0, escalated INTEGER NOT NULL DEFAULT 0, suspended BOOLEAN NOT NULL DEFAULT FALSE, merged_into TEXT COLLATE "C" NOT NULL DEFAULT '',
  closed_at BIGINT NOT NULL DEFAULT 0, version INTEGER NOT NULL DEFAULT 1,
  PRIMARY KEY (org_id, id),
  UNIQUE (org_id, kind, no),
  FOREIGN KEY (org_id, unit_id) REFERENCES unit (org_id, id),
  FOREIGN KEY (org_id, place_id) REFERENCES place (org_id, id)
);
CREATE INDEX matter_unit ON matter (org_id, kind, unit_id, open, due_at, id);
CREATE INDEX matter_org ON matter (org_id, kind, open, due_at, id);
CREATE INDEX matter_owner ON matter (org_id, kind, owner_unit, open, due_at, id);
-- What a person reported, rectified or verified, the newest first.
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
