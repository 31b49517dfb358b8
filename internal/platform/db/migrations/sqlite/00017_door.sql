-- +goose Up
-- Passkeys: the public half of a key pair on somebody's device. Days, not minutes: a minute could be laid beside an anonymous report.
CREATE TABLE passkey (
  id TEXT PRIMARY KEY, account_id TEXT NOT NULL REFERENCES account (id), name TEXT NOT NULL, site TEXT NOT NULL, data TEXT NOT NULL,
  added_on DATE NOT NULL, used_on DATE
);
CREATE INDEX passkey_account ON passkey (account_id, id);

-- Who an account is: asked at each way in, by the account alone.
CREATE INDEX membership_account ON membership (account_id, org_id);

-- What a browser has been asked to sign: by the hash of the challenge, once, for five minutes. Without an account it is for signing in.
CREATE TABLE challenge (
  hash TEXT PRIMARY KEY, account_id TEXT NOT NULL DEFAULT '', data TEXT NOT NULL, ends_at INTEGER NOT NULL
);
CREATE INDEX challenge_ends ON challenge (ends_at);

-- Devices on which an account has been, by the hash of a cookie, so that a new one can be told of.
CREATE TABLE device (
  account_id TEXT NOT NULL REFERENCES account (id), mark TEXT NOT NULL, on_day DATE NOT NULL,
  PRIMARY KEY (account_id, mark)
);

-- A person's calendar address, by its hash. What was sent last is kept to tell what has changed since.
CREATE TABLE feed (
  org_id TEXT NOT NULL, account_id TEXT NOT NULL, token TEXT NOT NULL UNIQUE, holidays BOOLEAN NOT NULL DEFAULT FALSE, lang TEXT NOT NULL DEFAULT 'zh',
  made_on DATE NOT NULL, fetched_on DATE, memory TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (org_id, account_id)
);

-- Where and when somebody wants mail: confirmed by a link that was mailed to the address; stop is what links in the mails carry.
CREATE TABLE mail_wish (
  org_id TEXT NOT NULL, person_id TEXT NOT NULL, account_id TEXT NOT NULL, address TEXT NOT NULL, kinds TEXT NOT NULL, hour INTEGER NOT NULL, lang TEXT NOT NULL,
  confirmed_on DATE, token TEXT NOT NULL DEFAULT '', token_ends INTEGER NOT NULL DEFAULT 0, stop TEXT NOT NULL UNIQUE,
  next_at INTEGER NOT NULL, failed_on DATE,
  PRIMARY KEY (org_id, person_id),
  FOREIGN KEY (org_id, person_id) REFERENCES person (org_id, id)
);
CREATE INDEX mail_wish_due ON mail_wish (next_at, org_id, person_id) WHERE confirmed_on IS NOT NULL;
CREATE UNIQUE INDEX mail_wish_token ON mail_wish (token) WHERE token <> '';

-- Each mail once: its row is written by who claims it, before it is sent. key is the day of a digest, or the number of a confirmation.
CREATE TABLE mail (
  org_id TEXT NOT NULL, person_id TEXT NOT NULL, key TEXT NOT NULL, state TEXT NOT NULL CHECK (state IN ('sending','waiting','sent','failed','unknown')),
  lines TEXT NOT NULL, tries INTEGER NOT NULL DEFAULT 0, at INTEGER NOT NULL, next_at INTEGER NOT NULL, error TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (org_id, person_id, key)
);
CREATE INDEX mail_at ON mail (at);
CREATE INDEX mail_next ON mail (next_at, org_id, person_id, key) WHERE state IN ('sending','waiting');

-- What a digest has told a person of, so that no other one tells it again.
CREATE TABLE mail_told (
  org_id TEXT NOT NULL, person_id TEXT NOT NULL, key TEXT NOT NULL, on_day DATE NOT NULL,
  PRIMARY KEY (org_id, person_id, key)
);
CREATE INDEX mail_told_day ON mail_told (on_day);
