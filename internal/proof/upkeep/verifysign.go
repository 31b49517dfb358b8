package upkeep

import (
	"encoding/json"
	"slices"

	"xiaojia/internal/engine/checklist"
	"xiaojia/internal/engine/record"
	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/register/people"
)

type signed struct{ org, kind, id, person, content string }

func (s signed) key() string { return s.org + "/" + s.kind + "/" + s.id + "/" + s.person }

// signatures makes the content of each signed record anew and wants the hash that was signed.
func (v *checking) signatures() error {
	var page []signed
	scan := func(row func(...any) error) (db.Key, error) {
		var s signed
		if err := row(&s.org, &s.kind, &s.id, &s.person, &s.content); err != nil {
			return nil, err
		}
		page = append(page, s)
		return db.Key{s.org, s.kind, s.id, s.person}, nil
	}
	var last signed
	var hashes []string
	then := func() error {
		for _, s := range page {
			if s.org != last.org || s.kind != last.kind || s.id != last.id {
				var err error
				if hashes, err = v.hashes(s); err != nil {
					return err
				}
				last = s
			}
			v.signature(s, hashes)
		}
		page = page[:0]
		return nil
	}
	return v.pages(db.Key{"", "", "", ""}, scan, then, `SELECT org_id, owner_kind, owner_id, person_id, content FROM signature
WHERE (org_id, owner_kind, owner_id, person_id) > ($1, $2, $3, $4) ORDER BY org_id, owner_kind, owner_id, person_id`)
}

func (v *checking) signature(s signed, hashes []string) {
	v.out.Counts.Signatures++
	switch {
	case hashes == nil:
		v.out.Counts.Skipped++
	case len(hashes) == 0:
		v.found("signature", s.key(), "签的那份记录不在了")
	case !slices.Contains(hashes, s.content):
		v.found("signature", s.key(), "签名后内容被改过：哈希对不上")
	}
}

// hashes are what a signature of the record may cover: nil where that cannot be known, empty where the record is not there.
func (v *checking) hashes(s signed) ([]string, error) {
	switch s.kind {
	case checklist.Kind:
		run, err := v.Runs(v.ctx, v.q, s.org, checklist.RunID(s.id))
		if kernel.KindOf(err) == kernel.NotFound {
			return []string{}, nil
		}
		return []string{run.Hash(s.org)}, err
	case record.KindNote:
		return v.noteHashes(s)
	}
	return nil, nil
}

func (v *checking) noteHashes(s signed) ([]string, error) {
	n := record.Note{ID: record.NoteID(s.id)}
	var subjects string
	there, err := v.each(func(row func(...any) error) error {
		var round kernel.Opt
		err := row(&n.Unit, &n.On, &n.Title, &n.Body, &round, &subjects)
		n.Round = record.RoundID(round)
		return err
	}, `SELECT unit_id, on_day, title, body, round_id, subjects FROM note WHERE org_id = $1 AND id = $2`, s.org, s.id)
	if err != nil || there == 0 {
		return []string{}, err
	}
	if subjects == "" && n.Round != "" { // written before they were kept
		return nil, nil
	}
	if subjects != "" {
		if err := json.Unmarshal([]byte(subjects), &n.Subjects); err != nil {
			return []string{}, nil // what does not read was changed
		}
	}
	if _, err = v.each(func(row func(...any) error) error {
		var p people.ID
		err := row(&p)
		n.People = append(n.People, p)
		return err
	}, `SELECT person_id FROM note_person WHERE org_id = $1 AND note_id = $2 ORDER BY person_id`, s.org, s.id); err != nil {
		return nil, err
	}
	var photos []string
	if _, err = v.each(func(row func(...any) error) error {
		var h string
		err := row(&h)
		photos = append(photos, h)
		return err
	}, `SELECT hash FROM attachment WHERE org_id = $1 AND owner_kind = $2 AND owner_id = $3 AND slot = $4 ORDER BY pos`, s.org, s.kind, s.id, record.PhotoSlot); err != nil {
		return nil, err
	}
	return n.Hashes(photos)
}
