package duty

import (
	"context"
	"errors"
	"reflect"
	"slices"
	"strings"
	"unicode/utf8"

	"xiaojia/catalogue"

	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/audit"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/register/org"
)

// OwnDuty is a duty that an officer makes without a programmer. With a card it is a patrol that two representatives sign,
// else it is done by 记一笔.
type OwnDuty struct {
	Unit    org.UnitID
	Name    kernel.Words // English may be empty
	What    kernel.Words
	Measure catalogue.Measure
	Rhythm  catalogue.Rhythm
	Who     []authz.Office
	Targets catalogue.Selector
	Place   org.PlaceID // one place instead of Targets
	Card    string
	Adopted kernel.Date // zero: today
}

const (
	nameMax = 40
	whatMax = 300
)

// AddOwn adds an officer's own duty to his branch; the next Open writes its rounds.
func (s *Service) AddOwn(ctx context.Context, a authz.Actor, o OwnDuty) (ID, error) {
	if err := may(a, ManageDuties, o.Unit); err != nil {
		return "", err
	}
	if o.Place != "" {
		o.Targets = catalogue.Selector{}
	}
	if err := s.checkOwn(o); err != nil {
		return "", err
	}
	id := ID(kernel.NewID(s.db.Clock.Now()))
	err := s.db.InTx(ctx, a, func(tx db.Tx) error {
		if _, err := s.store.Insert(tx, []Duty{o.duty(id, tx.Today())}); err != nil {
			return err
		}
		return audit.Write(tx, "duty.add", audit.Subject{Kind: "duty", ID: string(id)}, "新增了自己的常态化工作：%s", o.Name.Zh)
	})
	if err != nil {
		return "", err
	}
	return id, nil
}

// ChangeOwn writes an officer's own duty anew. Rounds that have begun keep their days and whom they are for. Where rhythm or targets
// change, nothing is owed anew before o.Adopted, which is today at the earliest; else the day of adoption stays.
func (s *Service) ChangeOwn(ctx context.Context, a authz.Actor, id ID, version int, o OwnDuty) error {
	if o.Place != "" {
		o.Targets = catalogue.Selector{}
	}
	if err := s.checkOwn(o); err != nil {
		return err
	}
	return s.db.InTx(ctx, a, func(tx db.Tx) error {
		old, err := s.store.Get(tx, id)
		if err != nil {
			return err
		}
		if err := may(a, ManageDuties, old.Unit); err != nil {
			return err
		}
		if !old.Own || !old.Retired.IsZero() {
			return kernel.Err(kernel.Conflict, "只有自己加的、还在做的才能改；目录里的只能停用")
		}
		o.Unit = old.Unit
		d := o.duty(id, tx.Today())
		d.Code, d.Version = old.Code, version
		if d.sameRounds(old) {
			d.Adopted = old.Adopted
		} else if d.Adopted.Before(tx.Today()) {
			return kernel.Wrong("on", "从今天或以后的一天起")
		}
		won, err := s.store.Change(tx, d)
		if err == nil && !won {
			err = kernel.Err(kernel.Conflict, "这一项刚刚有人改过，请看看新的再改")
		}
		if err != nil {
			return err
		}
		return audit.Write(tx, "duty.change", audit.Subject{Kind: "duty", ID: string(id)}, "修改了自己的常态化工作：%s", o.Name.Zh)
	})
}

// sameRounds tells that two versions of a duty have the same rounds for the same subjects.
func (d Duty) sameRounds(old Duty) bool {
	return reflect.DeepEqual(d.Rhythm, old.Rhythm) && reflect.DeepEqual(d.Targets, old.Targets) && d.Place == old.Place
}

func (o OwnDuty) duty(id ID, today kernel.Date) Duty {
	d := Duty{ID: id, Unit: o.Unit, Code: "own." + string(id), Measure: o.Measure, Name: o.Name, What: o.What, Rhythm: o.Rhythm, Who: o.Who,
		Targets: o.Targets, Form: catalogue.Note, Card: o.Card, Place: o.Place, Own: true, Adopted: o.Adopted, Version: 1}
	if d.Adopted.IsZero() {
		d.Adopted = today
	}
	if o.Card != "" {
		d.Form, d.Signers = catalogue.Patrol, []authz.Office{authz.WorkerRep, authz.MemberRep}
	}
	return d
}

func (s *Service) checkOwn(o OwnDuty) error {
	var p kernel.Problems
	if n := utf8.RuneCountInString(strings.TrimSpace(o.Name.Zh)); n == 0 || n > nameMax {
		p.Add("name", "请写名称，最多 %d 个字", nameMax)
	}
	if utf8.RuneCountInString(o.What.Zh) > whatMax {
		p.Add("what", "说明最多 %d 个字", whatMax)
	}
	if !slices.ContainsFunc(s.cat.Measures, func(m catalogue.MeasureInfo) bool { return m.Key == o.Measure }) {
		p.Add("measure", "请选择属于哪一项举措")
	}
	var r kernel.Problems
	if errors.As(o.Rhythm.Validate(), &r) {
		p = append(p, r...)
	}
	if len(o.Who) == 0 {
		p.Add("who", "请选择由谁来做")
	}
	for _, w := range o.Who {
		if _, ok := s.cat.Office(string(w)); !ok {
			p.Add("who", "请选择由谁来做")
			break
		}
	}
	s.checkTargets(o, &p)
	return p.Err()
}

func (s *Service) checkTargets(o OwnDuty, p *kernel.Problems) {
	if _, ok := s.cat.Card(o.Card, ""); o.Card != "" && !ok {
		p.Add("card", "没有这张检查表")
	}
	if o.Place != "" {
		return
	}
	known := func(string) bool { return false }
	var k catalogue.TargetKind
	switch {
	case k.UnmarshalText([]byte(o.Targets.Kind)) != nil:
		p.Add("targets", "请选择做到谁、哪里")
		return
	case o.Targets.Kind == catalogue.EachPlace:
		known = func(v string) bool { _, ok := s.cat.PlaceKind(v); return ok }
	case o.Targets.Kind == catalogue.EachPerson || o.Targets.Kind == catalogue.EachFamily:
		known = func(v string) bool { _, ok := s.cat.Group(v); return ok }
	}
	wants := known("other") || known("hardship")
	if wants == (len(o.Targets.Values) == 0) || slices.ContainsFunc(o.Targets.Values, func(v string) bool { return !known(v) }) {
		p.Add("targets", "请选择做到谁、哪里")
	}
	if o.Card != "" && o.Targets.Kind != catalogue.EachPlace {
		p.Add("card", "检查表只用在场所上")
	}
}
