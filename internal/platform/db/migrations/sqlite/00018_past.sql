-- +goose Up
-- What became of what was raised in a month is counted with each step; what came again at a place is told by its topic (docs/adr/0010).
ALTER TABLE matter ADD COLUMN topic TEXT NOT NULL DEFAULT '';
ALTER TABLE matter ADD COLUMN again BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE matter ADD COLUMN took INTEGER NOT NULL DEFAULT -1;
ALTER TABLE matter ADD COLUMN overran BOOLEAN NOT NULL DEFAULT FALSE;
CREATE INDEX matter_raised ON matter (org_id, kind, raised_on, num, unit_id);
CREATE INDEX matter_open_raised ON matter (org_id, kind, raised_on, num, unit_id) WHERE open;
CREATE INDEX matter_closed ON matter (org_id, kind, closed_at, id, unit_id) WHERE closed_at > 0;
UPDATE matter SET topic = COALESCE((SELECT h.item FROM hazard h WHERE h.org_id = matter.org_id AND h.matter_id = matter.id), '') WHERE kind = 'hazard';
CREATE INDEX matter_topic ON matter (org_id, kind, place_id, topic, raised_on) WHERE topic <> '';
UPDATE matter SET again = TRUE WHERE topic <> '' AND place_id IS NOT NULL AND EXISTS (SELECT 1 FROM matter e WHERE e.org_id = matter.org_id AND e.kind = matter.kind AND e.place_id = matter.place_id
  AND e.topic = matter.topic AND e.topic <> '' AND e.num < matter.num AND e.outcome IN ('','solved','unsolved') AND e.raised_on <= matter.raised_on AND e.raised_on >= date(matter.raised_on, '-90 days'));
UPDATE matter SET took = (SELECT max(CAST(julianday(h.done_on) - julianday(matter.raised_on) AS INTEGER), 0) FROM hazard h WHERE h.org_id = matter.org_id AND h.matter_id = matter.id),
  overran = EXISTS (SELECT 1 FROM hazard h WHERE h.org_id = matter.org_id AND h.matter_id = matter.id AND h.done_on > h.fix_by)
WHERE state IN ('answered','verified','announced','closed') AND EXISTS (SELECT 1 FROM hazard h WHERE h.org_id = matter.org_id AND h.matter_id = matter.id AND h.done_on IS NOT NULL);

DELETE FROM counter WHERE name = 'hazard' AND (key LIKE 'y/%' OR key LIKE 'x/%' OR key LIKE 'f/%' OR key LIKE 'r/%');
INSERT INTO counter (org_id, name, key, slot, n)
SELECT org_id, 'hazard', k, 0, count(*) FROM (
  SELECT org_id, 'y/' || unit_id || '/' || substr(raised_on, 1, 7) AS k FROM matter WHERE kind = 'hazard'
  UNION ALL SELECT org_id, 'x/' || unit_id || '/' || substr(raised_on, 1, 7) FROM matter WHERE kind = 'hazard' AND state = 'closed' AND outcome NOT IN ('','solved')
  UNION ALL SELECT org_id, 'r/' || unit_id || '/' || substr(substr(raised_on, 1, 7), 1, 4) || '/' || place_id || '/' || topic FROM matter WHERE kind = 'hazard' AND again AND outcome IN ('','solved')
  UNION ALL SELECT m.org_id, 'f/' || u.who || '/' || substr(m.raised_on, 1, 7) || '/' || CASE WHEN m.grade = '' THEN '-' ELSE m.grade END || '/' || CASE WHEN m.took > 400 THEN 400 ELSE m.took END || '/' || CASE WHEN m.overran THEN 'over' ELSE 'in' END
    FROM matter m JOIN (SELECT org_id, id, id AS who FROM unit UNION ALL SELECT org_id, id, '*' FROM unit) u ON u.org_id = m.org_id AND u.id = m.unit_id
    WHERE m.kind = 'hazard' AND m.state IN ('verified','announced','closed') AND m.outcome IN ('','solved') AND m.took >= 0
) AS past GROUP BY org_id, k;
