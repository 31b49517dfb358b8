package upkeep

import (
	"cmp"
	"slices"
	"strings"

	"xiaojia/internal/engine/matter"
	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/audit"
	"xiaojia/internal/platform/db"
)

type stood struct {
	org, id string
	kind    matter.Kind
	state   matter.State
	acts    []done
}

type done struct {
	act matter.Act
	at  kernel.Time
	id  string
}

// matters goes each matter's way anew along its history and wants it to end where the matter stands.
func (v *checking) matters() error {
	var page []*stood
	scan := func(row func(...any) error) (db.Key, error) {
		m := &stood{}
		if err := row(&m.org, &m.id, &m.kind, &m.state); err != nil {
			return nil, err
		}
		page = append(page, m)
		return db.Key{m.org, m.id}, nil
	}
	then := func() error {
		if err := v.acts(page); err != nil {
			return err
		}
		for _, m := range page {
			v.out.Counts.Matters++
			v.way(m)
		}
		page = page[:0]
		return nil
	}
	return v.pages(db.Key{"", ""}, scan, then, `SELECT org_id, id, kind, state FROM matter WHERE (org_id, id) > ($1, $2) ORDER BY org_id, id`)
}

// acts loads the history of a page of matters, org by org.
func (v *checking) acts(page []*stood) error {
	at := map[[2]string]*stood{}
	for _, m := range page {
		at[[2]string{m.org, m.id}] = m
	}
	for len(page) > 0 {
		n := 1
		for n < len(page) && page[n].org == page[0].org {
			n++
		}
		_, err := v.each(func(row func(...any) error) error {
			var subject, act string
			var d done
			if err := row(&subject, &act, &d.at, &d.id); err != nil {
				return err
			}
			m := at[[2]string{page[0].org, subject}]
			if m == nil {
				return nil
			}
			if name, ok := strings.CutPrefix(act, string(m.kind)+"."); ok {
				d.act = matter.Act(name)
				m.acts = append(m.acts, d)
			}
			return nil
		}, `SELECT subject_id, act, at, id FROM audit WHERE org_id = $1 AND subject_kind = $2 AND subject_id >= $3 AND subject_id <= $4 ORDER BY subject_id, id`,
			page[0].org, matter.Subject("").Kind, page[0].id, page[n-1].id)
		if err != nil {
			return err
		}
		page = page[n:]
	}
	return nil
}

// way: an anonymous line has only its day and a random id, so raising comes first and what closes comes last.
func (v *checking) way(m *stood) {
	flow, ok := v.flows[m.kind]
	if !ok {
		return
	}
	rank := func(d done) int {
		switch {
		case d.act == raised:
			return 0
		case flow.Ends(d.act):
			return 2
		}
		return 1
	}
	m.acts = audit.InOrder(m.acts, func(d done) (string, kernel.Time) { return d.id, d.at })
	slices.SortStableFunc(m.acts, func(a, b done) int { return cmp.Compare(rank(a), rank(b)) })
	key := m.org + "/" + m.id
	if len(m.acts) == 0 || m.acts[0].act != raised {
		v.found("matter", key, "经过里没有上报这一行")
		return
	}
	var acts []matter.Act
	for _, d := range m.acts[1:] {
		if _, ok := flow.Step(d.act); ok {
			acts = append(acts, d.act)
		}
	}
	end, bad := flow.Replay(acts)
	if v.Demo && len(acts) == 1 && bad != "" { // made-up rows of a load test keep their first and last line
		step, _ := flow.Step(bad)
		end, bad = step.To, ""
	}
	switch {
	case bad != "":
		v.found("matter", key, "经过缺了一步：到“%s”不能做 %s", matter.StateName(end), bad)
	case end != m.state:
		v.found("matter", key, "现在记的是“%s”，按经过应是“%s”", matter.StateName(m.state), matter.StateName(end))
	}
}

const raised matter.Act = "raise"
