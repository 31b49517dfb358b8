-- +goose Up
-- Search finds the newest of a kind first: ord is the first letter of the kind, the day, and chance (platform/search/order.go).
ALTER TABLE search_doc ADD COLUMN ord BIGINT NOT NULL DEFAULT 0;
UPDATE search_doc SET ord = (ascii(kind)::BIGINT << 56) + ((COALESCE(CASE kind
  WHEN 'hazard' THEN (SELECT m.raised_on FROM matter m WHERE m.org_id = search_doc.org_id AND m.id = search_doc.subject_id)
  WHEN 'note' THEN (SELECT n.on_day FROM note n WHERE n.org_id = search_doc.org_id AND n.id = search_doc.subject_id)
  WHEN 'letter' THEN (SELECT l.issued_on FROM letter l WHERE l.org_id = search_doc.org_id AND l.id = search_doc.subject_id)
END, DATE '1970-01-01') - DATE '1970-01-01')::BIGINT << 40) + floor(random() * 1099511627776)::BIGINT;
CREATE INDEX search_newest ON search_doc (org_id, kind, ord);
