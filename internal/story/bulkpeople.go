package story

import (
	"fmt"

	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/audit"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/platform/search"
	"xiaojia/internal/register/org"
	"xiaojia/internal/register/people"
	"xiaojia/internal/register/people/peopledb"
)

var labelTable = db.Many{Table: "person_group", Cols: []string{"org_id", "person_id", "label", "from_on"}}

// bulkPosts are what people of a workshop do.
var bulkPosts = []string{"车工", "铣工", "焊工", "装配工", "起重工", "电工", "质检员", "保管员", "叉车司机", "工艺员"}

// bulkLabels are groups of the catalogue, one of so many people in each.
var bulkLabels = []struct {
	key   string
	every int
}{{"hardship", 40}, {"heat-post", 12}, {"backbone", 25}, {"outposted", 30}}

// people brings so many on the roster.
func (b *bulk) people(n int) error {
	var had int
	if err := b.app.DB.Read.QueryRowContext(b.ctx, "SELECT count(*) FROM person WHERE org_id = $1 AND no LIKE 'SYN%'", b.org).Scan(&had); err != nil {
		return err
	}
	for from := 0; from < n; from += bulkChunk {
		list := make([]people.Record, 0, bulkChunk)
		for i := from; i < min(from+bulkChunk, n); i++ {
			list = append(list, b.person(had+i))
		}
		if err := b.chunk(len(list), func(tx db.Tx) (counted, error) { return b.writePeople(tx, list) }); err != nil {
			return err
		}
	}
	return b.gather()
}

// gather learns who reports: of each branch some thousand.
func (b *bulk) gather() error {
	for i := range b.sides {
		s := &b.sides[i]
		rows, err := b.app.DB.Read.QueryContext(b.ctx, "SELECT id, name FROM person WHERE org_id = $1 AND branch_id = $2 AND left_on IS NULL ORDER BY pinyin, id LIMIT 5000", b.org, string(s.branch))
		if err != nil {
			return err
		}
		for rows.Next() {
			var k known
			if err := rows.Scan(&k.id, &k.name); err != nil {
				return err
			}
			s.crowd = append(s.crowd, k)
		}
		if err := rows.Err(); err != nil {
			return err
		}
	}
	return nil
}

// bulkName is a name of the second branch's kind; half have a middle character.
func bulkName(i int) string {
	name := string(secondSurnames[chance(len(secondSurnames), "surname", i)])
	if given := secondGiven[chance(len(secondGiven), "given", i)]; i%2 == 0 {
		return name + given
	} else {
		return name + string([]rune(given)[:1]) + string([]rune(secondGiven[chance(len(secondGiven), "second", i)])[1:])
	}
}

// person is the i-th: three of a hundred have left, one of thirty is no member, one of fifty in no group.
func (b *bulk) person(i int) people.Record {
	s := b.side(i)
	g := s.groups[chance(len(s.groups), "group", i)]
	r := people.Record{Person: people.Person{Branch: s.branch, No: fmt.Sprintf("SYN%06d", i+1), Name: bulkName(i), Sex: []string{"男", "女"}[chance(2, "sex", i)],
		Birth: b.today.AddMonths(-12 * (20 + chance(38, "age", i))).Add(-chance(365, "birth", i)), Department: g.Parent, Group: g.ID, Post: bulkPosts[chance(len(bulkPosts), "post", i)],
		Employment: "合同制", IsMember: i%30 != 29, Note: "合成"}}
	r.Joined = b.today.AddMonths(-chance(220, "joined", i))
	r.ID = people.ID(kernel.NewID(b.now))
	r.Pinyin, r.Initials = search.Spell(r.Name)
	if i%50 == 49 {
		r.Group = ""
	}
	if i%33 == 32 {
		r.Left = b.today.Add(-chance(700, "left", i))
	}
	return r
}

func (b *bulk) writePeople(tx db.Tx, list []people.Record) (counted, error) {
	n := counted{}
	var labels [][]any
	var docs []search.Doc
	var past []audit.Past
	for i, r := range list {
		past = append(past, audit.Past{At: b.now, Name: tx.By().Name, Act: "person.create", Subject: audit.Subject{Kind: "person", ID: string(r.ID)}, Text: "登记入册：%s", Args: []string{r.Name}})
		if !r.Left.IsZero() {
			continue
		}
		n.add(people.Counter, string(r.Branch))
		for _, u := range []org.UnitID{r.Department, r.Group} {
			if u != "" {
				n.add(people.UnitCounter, string(u))
			}
		}
		docs = append(docs, people.SearchDoc(r))
		for _, l := range bulkLabels {
			if i%l.every == l.every-1 {
				labels = append(labels, []any{b.org, string(r.ID), l.key, b.today.AddMonths(-6)})
			}
		}
	}
	for _, err := range []error{peopledb.Store{}.AddPeople(tx, list), labelTable.Insert(tx, labels), audit.WriteMany(tx, past), search.PutMany(tx, docs)} {
		if err != nil {
			return n, err
		}
	}
	return n, nil
}
