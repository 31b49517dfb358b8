-- +goose Up
-- Search finds the newest of a kind first: rowid is the first letter of the kind, the day, and chance (platform/search/order.go).
CREATE TABLE search_doc_new (
  rowid INTEGER PRIMARY KEY, org_id TEXT NOT NULL, kind TEXT NOT NULL, subject_id TEXT NOT NULL, unit_id TEXT NOT NULL, owner_unit TEXT NOT NULL DEFAULT '',
  title TEXT NOT NULL, detail TEXT NOT NULL, href TEXT NOT NULL,
  UNIQUE (org_id, kind, subject_id)
);
INSERT INTO search_doc_new SELECT (unicode(d.kind) << 56) + ((COALESCE(unixepoch(CASE d.kind
  WHEN 'hazard' THEN (SELECT m.raised_on FROM matter m WHERE m.org_id = d.org_id AND m.id = d.subject_id)
  WHEN 'note' THEN (SELECT n.on_day FROM note n WHERE n.org_id = d.org_id AND n.id = d.subject_id)
  WHEN 'letter' THEN (SELECT l.issued_on FROM letter l WHERE l.org_id = d.org_id AND l.id = d.subject_id)
END), 0) / 86400) << 40) + (random() & 1099511627775), d.org_id, d.kind, d.subject_id, d.unit_id, d.owner_unit, d.title, d.detail, d.href FROM search_doc d;
-- The words of a document are read from the index itself, which keeps nothing else of them.
CREATE VIRTUAL TABLE search_gram_new USING fts5 (grams, content = '', contentless_delete = 1, detail = none, tokenize = "unicode61 remove_diacritics 0");
CREATE VIRTUAL TABLE search_gram_word USING fts5vocab (search_gram, instance);
INSERT INTO search_gram_new (rowid, grams) SELECT n.rowid, w.grams FROM (SELECT doc, group_concat(term, ' ') AS grams FROM search_gram_word GROUP BY doc) w
  JOIN search_doc d ON d.rowid = w.doc JOIN search_doc_new n ON n.org_id = d.org_id AND n.kind = d.kind AND n.subject_id = d.subject_id ORDER BY n.rowid;
DROP TABLE IF EXISTS search_gram_word;
DROP TABLE search_gram;
DROP TABLE search_doc;
ALTER TABLE search_doc_new RENAME TO search_doc;
ALTER TABLE search_gram_new RENAME TO search_gram;
