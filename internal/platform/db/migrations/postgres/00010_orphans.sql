-- +goose Up
-- Photos that no record shows are swept by the day since when nobody showed them; a small picture may belong to several.
CREATE INDEX file_at ON file (org_id, at);
CREATE INDEX file_thumb ON file (org_id, thumb);
