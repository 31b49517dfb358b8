-- +goose Up
-- Keys by which a person's own programs come in; only the hash is kept.
CREATE TABLE api_token (
  token TEXT PRIMARY KEY, account_id TEXT NOT NULL, org_id TEXT NOT NULL, name TEXT NOT NULL, scopes TEXT NOT NULL,
  at INTEGER NOT NULL, seen_at INTEGER NOT NULL DEFAULT 0, ends_on DATE NOT NULL
) WITHOUT ROWID;
CREATE INDEX api_token_account ON api_token (account_id, at);
