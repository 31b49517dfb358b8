-- +goose Up
-- Keys by which a person's own programs come in; only the hash is kept.
CREATE TABLE api_token (
  token TEXT COLLATE "C" PRIMARY KEY, account_id TEXT COLLATE "C" NOT NULL, org_id TEXT COLLATE "C" NOT NULL, name TEXT NOT NULL, scopes TEXT NOT NULL,
  at BIGINT NOT NULL, seen_at BIGINT NOT NULL DEFAULT 0, ends_on DATE NOT NULL
);
CREATE INDEX api_token_account ON api_token (account_id, at);
