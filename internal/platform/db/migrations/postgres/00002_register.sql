-- +goose Up
CREATE TABLE org (
  id TEXT COLLATE "C" PRIMARY KEY, parent_id TEXT COLLATE "C", name_zh TEXT NOT NULL, name_en TEXT NOT NULL DEFAULT '', at BIGINT NOT NULL
);

CREATE TABLE unit (
  org_id TEXT COLLATE "C" NOT NULL, id TEXT COLLATE "C" NOT NULL, parent_id TEXT COLLATE "C", branch_id TEXT COLLATE "C" NOT NULL DEFAULT '',
  kind TEXT NOT NULL CHECK (kind IN ('company','branch','group','department','contractor','site')),
  name_zh TEXT NOT NULL, name_en TEXT NOT NULL DEFAULT '', sort INTEGER NOT NULL DEFAULT 0, closed_on DATE, version INTEGER NOT NULL DEFAULT 1,
  PRIMARY KEY (org_id, id),
  FOREIGN KEY (org_id, parent_id) REFERENCES unit (org_id, id)
);
CREATE UNIQUE INDEX unit_name ON unit (org_id, branch_id, kind, parent_id, name_zh);

CREATE TABLE place (
  org_id TEXT COLLATE "C" NOT NULL, id TEXT COLLATE "C" NOT NULL, unit_id TEXT COLLATE "C" NOT NULL, parent_id TEXT COLLATE "C",
  kind TEXT NOT NULL, name_zh TEXT NOT NULL, name_en TEXT NOT NULL DEFAULT '', code TEXT COLLATE "C" NOT NULL, owner_unit TEXT COLLATE "C",
  sort INTEGER NOT NULL DEFAULT 0, closed_on DATE, version INTEGER NOT NULL DEFAULT 1,
  PRIMARY KEY (org_id, id),
  FOREIGN KEY (org_id, unit_id) REFERENCES unit (org_id, id),
  FOREIGN KEY (org_id, parent_id) REFERENCES place (org_id, id),
  FOREIGN KEY (org_id, owner_unit) REFERENCES unit (org_id, id)
);
-- The code stands on the wall and names a place in the whole installation.
CREATE UNIQUE INDEX place_code ON place (code);
CREATE UNIQUE INDEX place_name ON place (org_id, unit_id, name_zh);

CREATE TABLE person (
  org_id TEXT COLLATE "C" NOT NULL, id TEXT COLLATE "C" NOT NULL, branch_id TEXT COLLATE "C" NOT NULL,
  no TEXT COLLATE "C" NOT NULL, name TEXT NOT NULL, pinyin TEXT COLLATE "C" NOT NULL, initials TEXT COLLATE "C" NOT NULL, sex TEXT NOT NULL DEFAULT '', birth DATE,
  department_id TEXT COLLATE "C", group_id TEXT COLLATE "C", post TEXT NOT NULL DEFAULT '', employment TEXT NOT NULL DEFAULT '', joined DATE,
  is_member BOOLEAN NOT NULL DEFAULT FALSE, phone TEXT NOT NULL DEFAULT '', household TEXT NOT NULL DEFAULT '', note TEXT NOT NULL DEFAULT '',
  id_sealed BYTEA, id_blind TEXT COLLATE "C" NOT NULL DEFAULT '', id_mask TEXT NOT NULL DEFAULT '', wage_sealed BYTEA,
  left_on DATE, at BIGINT NOT NULL, version INTEGER NOT NULL DEFAULT 1,
  PRIMARY KEY (org_id, id),
  UNIQUE (org_id, no),
  FOREIGN KEY (org_id, branch_id) REFERENCES unit (org_id, id),
  FOREIGN KEY (org_id, department_id) REFERENCES unit (org_id, id),
  FOREIGN KEY (org_id, group_id) REFERENCES unit (org_id, id)
);
CREATE INDEX person_branch ON person (org_id, branch_id, pinyin, id);
CREATE INDEX person_org ON person (org_id, pinyin, id);
CREATE INDEX person_team ON person (org_id, group_id, pinyin, id);
CREATE INDEX person_phone ON person (phone) WHERE phone <> '';
CREATE UNIQUE INDEX person_id_number ON person (org_id, id_blind) WHERE id_blind <> '';

CREATE TABLE person_group (
  org_id TEXT COLLATE "C" NOT NULL, person_id TEXT COLLATE "C" NOT NULL, label TEXT COLLATE "C" NOT NULL, from_on DATE NOT NULL, to_on DATE, detail TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (org_id, person_id, label, from_on),
  FOREIGN KEY (org_id, person_id) REFERENCES person (org_id, id)
);
CREATE INDEX person_group_label ON person_group (org_id, label, person_id);

CREATE TABLE mandate (
  org_id TEXT COLLATE "C" NOT NULL, id TEXT COLLATE "C" NOT NULL, person_id TEXT COLLATE "C" NOT NULL, office TEXT COLLATE "C" NOT NULL, unit_id TEXT COLLATE "C" NOT NULL,
  from_on DATE NOT NULL, to_on DATE, appointed_by TEXT COLLATE "C" NOT NULL DEFAULT '', ended_why TEXT NOT NULL DEFAULT '', at BIGINT NOT NULL, version INTEGER NOT NULL DEFAULT 1,
  PRIMARY KEY (org_id, id),
  FOREIGN KEY (org_id, person_id) REFERENCES person (org_id, id),
  FOREIGN KEY (org_id, unit_id) REFERENCES unit (org_id, id)
);
CREATE INDEX mandate_person ON mandate (org_id, person_id, from_on);
CREATE INDEX mandate_office ON mandate (org_id, office, unit_id, from_on);

CREATE TABLE account (
  id TEXT COLLATE "C" PRIMARY KEY, login TEXT COLLATE "C" NOT NULL UNIQUE, secret TEXT NOT NULL DEFAULT '', at BIGINT NOT NULL, closed_at BIGINT NOT NULL DEFAULT 0,
  lang TEXT NOT NULL DEFAULT 'zh', theme TEXT NOT NULL DEFAULT '', size TEXT NOT NULL DEFAULT ''
);
CREATE TABLE membership (
  org_id TEXT COLLATE "C" NOT NULL, account_id TEXT COLLATE "C" NOT NULL, person_id TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (org_id, account_id),
  UNIQUE (org_id, person_id),
  FOREIGN KEY (org_id, person_id) REFERENCES person (org_id, id)
);
CREATE TABLE session (
  token TEXT COLLATE "C" PRIMARY KEY, account_id TEXT COLLATE "C" NOT NULL, org_id TEXT COLLATE "C" NOT NULL, device TEXT NOT NULL,
  at BIGINT NOT NULL, seen_at BIGINT NOT NULL, ends_at BIGINT NOT NULL
);
CREATE INDEX session_account ON session (account_id, at);
CREATE TABLE invite (
  token TEXT COLLATE "C" PRIMARY KEY, org_id TEXT COLLATE "C" NOT NULL, person_id TEXT COLLATE "C" NOT NULL DEFAULT '', purpose TEXT NOT NULL CHECK (purpose IN ('setup','join','reset')),
  by_person TEXT COLLATE "C" NOT NULL DEFAULT '', at BIGINT NOT NULL, ends_at BIGINT NOT NULL, used_at BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX invite_person ON invite (org_id, person_id, at);

-- A roster's import, and what each row was before it, so that the whole batch can be taken back.
CREATE TABLE batch (
  org_id TEXT COLLATE "C" NOT NULL, id TEXT COLLATE "C" NOT NULL, unit_id TEXT COLLATE "C" NOT NULL, file_name TEXT NOT NULL, by_person TEXT COLLATE "C" NOT NULL,
  at BIGINT NOT NULL, created INTEGER NOT NULL DEFAULT 0, updated INTEGER NOT NULL DEFAULT 0, skipped INTEGER NOT NULL DEFAULT 0, undone_at BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (org_id, id)
);
CREATE TABLE batch_row (
  org_id TEXT COLLATE "C" NOT NULL, batch_id TEXT COLLATE "C" NOT NULL, person_id TEXT COLLATE "C" NOT NULL, version INTEGER NOT NULL, before BYTEA,
  PRIMARY KEY (org_id, batch_id, person_id),
  FOREIGN KEY (org_id, batch_id) REFERENCES batch (org_id, id)
);

-- Days off and worked weekends of a year that the program does not ship, entered by an officer from the notice.
CREATE TABLE arrangement (
  org_id TEXT COLLATE "C" NOT NULL, year INTEGER NOT NULL, source TEXT NOT NULL, days_off TEXT NOT NULL, days_worked TEXT NOT NULL, version INTEGER NOT NULL DEFAULT 1,
  PRIMARY KEY (org_id, year)
);

-- Who opened a sealed field of whom, and why.
CREATE TABLE reveal (
  org_id TEXT COLLATE "C" NOT NULL, id TEXT COLLATE "C" NOT NULL, person_id TEXT COLLATE "C" NOT NULL, field TEXT NOT NULL, by_person TEXT COLLATE "C" NOT NULL, why TEXT NOT NULL, at BIGINT NOT NULL,
  PRIMARY KEY (org_id, id)
);
CREATE INDEX reveal_person ON reveal (org_id, person_id, id);
