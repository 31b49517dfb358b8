-- +goose Up
-- What was typed where a figure or a day belongs and could not be read as one: a draft keeps it, a signature refuses it.
ALTER TABLE answer ADD COLUMN typed TEXT NOT NULL DEFAULT '';
-- Who leads a patrol (组长), one of its two inspectors; empty in those from before anybody was asked.
ALTER TABLE run ADD COLUMN leader TEXT COLLATE "C" NOT NULL DEFAULT '';

-- What a notice waits for, such as run/ID; it is marked read when that is settled. Empty for plain news.
ALTER TABLE notice ADD COLUMN about TEXT COLLATE "C" NOT NULL DEFAULT '';
CREATE INDEX notice_about ON notice (org_id, about) WHERE read_at = 0 AND about <> '';
