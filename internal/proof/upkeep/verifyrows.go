package upkeep

import (
	"errors"

	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/audit"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/platform/files"
)

// history holds every line against its leaf, and its columns against its body.
func (v *checking) history() error {
	scan := func(row func(...any) error) (db.Key, error) {
		var l audit.Line
		if err := row(&l.Org, &l.ID, &l.At, &l.Actor, &l.Act, &l.Kind, &l.Subject, &l.Body, &l.Leaf); err != nil {
			return nil, err
		}
		v.out.Counts.History++
		leaf, columns := l.Whole()
		if !leaf {
			v.found("audit", l.Org+"/"+l.ID, "经过的这一行被改过：哈希对不上")
		} else if !columns {
			v.found("audit", l.Org+"/"+l.ID, "经过的这一行被改过：列和正文对不上")
		}
		return db.Key{l.Org, l.ID}, nil
	}
	return v.pages(db.Key{"", ""}, scan, nothing,
		`SELECT org_id, id, at, actor, act, subject_kind, subject_id, body, leaf FROM audit WHERE (org_id, id) > ($1, $2) ORDER BY org_id, id`)
}

func nothing() error { return nil }

type picture struct {
	org, hash string
	shown     bool // some record shows it
}

// pictures reads every picture that the database knows. One that no record shows may have been swept.
func (v *checking) pictures() error {
	var page []picture
	scan := func(row func(...any) error) (db.Key, error) {
		var p picture
		var thumb string
		if err := row(&p.org, &p.hash, &thumb, &p.shown); err != nil {
			return nil, err
		}
		page = append(page, p)
		if thumb != "" && thumb != p.hash {
			page = append(page, picture{p.org, thumb, p.shown})
		}
		return db.Key{p.org, p.hash}, nil
	}
	return v.pages(db.Key{"", ""}, scan, func() error { err := v.look(page); page = page[:0]; return err },
		`SELECT f.org_id, f.hash, f.thumb, EXISTS (SELECT 1 FROM attachment a WHERE a.org_id = f.org_id AND a.hash = f.hash)
FROM file f WHERE (f.org_id, f.hash) > ($1, $2) ORDER BY f.org_id, f.hash`)
}

func (v *checking) look(page []picture) error {
	for _, p := range page {
		if err := v.ctx.Err(); err != nil {
			return err
		}
		v.out.Counts.Pictures++
		err := v.Files.Verify(p.org, p.hash)
		switch {
		case errors.Is(err, files.ErrDamaged):
			v.found("file", p.org+"/"+p.hash, "图片的字节和名字对不上，文件坏了")
		case kernel.KindOf(err) == kernel.NotFound && !p.shown:
		case kernel.KindOf(err) == kernel.NotFound:
			v.found("file", p.org+"/"+p.hash, "有记录要用这张图片，文件却不在")
		case err != nil:
			return err
		}
	}
	return nil
}

// counters holds every counter against the rows that it counts.
func (v *checking) counters() error {
	for _, c := range counted {
		_, err := v.each(func(row func(...any) error) error {
			var org, key string
			var want, have int
			if err := row(&org, &key, &want, &have); err != nil {
				return err
			}
			if v.out.Counts.Counters++; want != have {
				v.found("counter", org+"/"+c.name+"/"+key, "计数是 %s，数出来是 %s", have, want)
			}
			return nil
		}, `SELECT COALESCE(w.org_id, h.org_id), COALESCE(w.key, h.key), CAST(COALESCE(w.n, 0) AS BIGINT), CAST(COALESCE(h.n, 0) AS BIGINT)
FROM (`+c.want+`) AS w FULL JOIN (SELECT org_id, key, sum(n) AS n FROM counter WHERE name = '`+c.name+`' GROUP BY org_id, key) AS h ON w.org_id = h.org_id AND w.key = h.key`)
		if err != nil {
			return err
		}
	}
	return nil
}

// rounds holds the coverage of each round that has its targets against them.
func (v *checking) rounds() error {
	_, err := v.each(func(row func(...any) error) error {
		var org, id string
		var has, want [3]int
		if err := row(&org, &id, &has[0], &has[1], &has[2], &want[0], &want[1], &want[2]); err != nil {
			return err
		}
		if v.out.Counts.Rounds++; has != want {
			v.found("round", org+"/"+id, "应到、已到、免是 %s，数出来是 %s", has, want)
		}
		return nil
	}, `SELECT r.org_id, r.id, r.targets, r.done, r.excused, count(t.subject_id), count(CASE WHEN t.state = 'done' THEN 1 END), count(CASE WHEN t.state = 'excused' THEN 1 END)
FROM round r LEFT JOIN target t ON t.org_id = r.org_id AND t.round_id = r.id WHERE r.state <> 'planned' GROUP BY r.org_id, r.id, r.targets, r.done, r.excused`)
	return err
}
