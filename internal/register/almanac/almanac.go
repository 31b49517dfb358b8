// Package almanac says which days a company union works: what the program ships, and the arrangement of a later year that
// an officer enters from the published notice. An Entry is one year. It never makes up a day off.
package almanac

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"time"

	"xiaojia/internal/kernel"
	"xiaojia/internal/kernel/calendar"
	"xiaojia/internal/platform/audit"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/platform/outbox"
)

// EnterYear is the permission to enter the arrangement of a year.
const EnterYear authz.Perm = "almanac.enter-year"

// Rules lets the leading officers enter: a small installation has no more than a branch chair.
func Rules() []authz.Rule {
	return []authz.Rule{
		{Office: authz.Chair, Perm: EnterYear, Reach: authz.Unit},
		{Office: authz.CompanyChair, Perm: EnterYear, Reach: authz.Org},
		{Office: authz.Admin, Perm: EnterYear, Reach: authz.Org},
	}
}

// Entry is the arrangement of one year as it was entered.
type Entry struct {
	calendar.Arrangement
	Version int
}

// Store is what the use cases need of the database; almanacdb fills it.
type Store interface {
	Entered(ctx context.Context, q db.DBTX, org string) ([]Entry, error)
	Save(tx db.Tx, e Entry) error
}

// Changed says that the days off of a year were entered or amended.
type Changed struct {
	Year int `json:"year"`
}

func (Changed) EventName() string { return "almanac.changed" }

// Branches answers how many branches a company union has.
type Branches func(ctx context.Context, org string) (int, error)

// Service holds the use cases and keeps each company union's working days in memory.
type Service struct {
	db       *db.DB
	store    Store
	bus      *outbox.Bus
	branches Branches

	mu   sync.Mutex
	kept map[string]kept
	gen  map[string]int // counts what was forgotten, so that a slow read never brings old days back
}

type kept struct {
	days *calendar.Workdays
	at   time.Time
}

// keptFor is how long another server's entry may stay unseen.
const keptFor = 30 * time.Second

func NewService(d *db.DB, s Store, bus *outbox.Bus, n Branches) *Service {
	return &Service{db: d, store: s, bus: bus, branches: n, kept: map[string]kept{}, gen: map[string]int{}}
}

// Workdays is what ships with the program and what officers entered; an entered year counts before a shipped one.
// Inside a transaction it is WorkdaysIn: no other connection may be taken there.
func (s *Service) Workdays(ctx context.Context, org string) (*calendar.Workdays, error) {
	return s.workdays(ctx, s.db.Read, org)
}

// WorkdaysIn is Workdays inside a transaction.
func (s *Service) WorkdaysIn(tx db.Tx) (*calendar.Workdays, error) {
	return s.workdays(tx.Ctx(), tx, tx.Org())
}

func (s *Service) workdays(ctx context.Context, q db.DBTX, org string) (*calendar.Workdays, error) {
	s.mu.Lock()
	k, gen := s.kept[org], s.gen[org]
	s.mu.Unlock()
	if k.days != nil && time.Since(k.at) < keptFor {
		return k.days, nil
	}
	at := time.Now()
	entered, err := s.store.Entered(ctx, q, org)
	if err != nil {
		return nil, fmt.Errorf("working days: %w", err)
	}
	list := calendar.Published()
	for _, e := range entered {
		list = append(list, e.Arrangement)
	}
	days := calendar.NewWorkdays(list)
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.gen[org] == gen {
		s.kept[org] = kept{days, at}
	}
	return days, nil
}

// Entered lists what officers of the company union entered.
func (s *Service) Entered(ctx context.Context, org string) ([]Entry, error) {
	return s.store.Entered(ctx, s.db.Read, org)
}

// MayEnter tells whether the actor enters years: they count for the whole company union, so with several branches it is not
// the chair of one of them.
func (s *Service) MayEnter(ctx context.Context, by authz.Actor) (bool, error) {
	scope := by.Scope(EnterYear)
	if scope.Reach != authz.Unit {
		return scope.Reach == authz.Org, nil
	}
	n, err := s.branches(ctx, by.Org)
	return n < 2, err
}

// Enter keeps the arrangement of a year as the notice has it, and has what is planned by it planned again. Version is 0 for
// a new one, else what the page showed.
func (s *Service) Enter(ctx context.Context, by authz.Actor, e Entry) error {
	if may, err := s.MayEnter(ctx, by); err != nil {
		return err
	} else if !may {
		return kernel.Err(kernel.Forbidden, "放假安排管着整个公司，有几个分工会的时候由公司工会录入。")
	}
	known, err := s.Workdays(ctx, by.Org)
	if err != nil {
		return err
	}
	e.Source = strings.TrimSpace(e.Source)
	if err := check(e.Arrangement, s.db.Clock.Now().Date(), known); err != nil {
		return err
	}
	err = s.db.InTx(ctx, by, func(tx db.Tx) error {
		if err := s.store.Save(tx, e); err != nil {
			return err
		}
		if err := s.bus.Emit(tx, Changed{Year: e.Year}); err != nil {
			return err
		}
		return audit.Write(tx, "almanac.enter", audit.Subject{Kind: "arrangement", ID: fmt.Sprint(e.Year)}, "录入 %s 年放假安排：%s", fmt.Sprint(e.Year), e.Source)
	})
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.kept, by.Org)
	s.gen[by.Org]++
	return err
}

// check wants the form of the published ones: days off on Monday to Friday, worked days on a weekend, all in the year.
// What is past and known is not changed any more: rounds were opened and matters were late by it.
func check(a calendar.Arrangement, today kernel.Date, known *calendar.Workdays) error {
	var wrong kernel.Problems
	switch {
	case a.Year < today.Year() && known.Known(a.Year):
		wrong.Add("year", "%d 年已经过去了，当时的期限都照当时的安排算，不能再改。", a.Year)
	case a.Year < 2023 || a.Year > today.Year()+2:
		wrong.Add("year", "只能录入 2023 年到 %d 年的安排。", today.Year()+2)
	}
	if a.Source == "" {
		wrong.Add("source", "请写明通知的名称和文号。")
	}
	if len(a.Off) == 0 {
		wrong.Add("off", "请填放假的日子。")
	}
	for _, list := range []struct {
		field string
		days  []kernel.Date
		work  bool
	}{{"off", a.Off, false}, {"work", a.Work, true}} {
		seen := map[kernel.Date]bool{}
		for _, d := range list.days {
			switch {
			case d.Year() != a.Year:
				wrong.Add(list.field, "%s 不在 %d 年。", d.String(), a.Year)
			case seen[d]:
				wrong.Add(list.field, "%s 写了两次。", d.String())
			case weekend(d) != list.work && list.work:
				wrong.Add(list.field, "%s 不是周末，本来就上班，不用写在调休上班里。", d.String())
			case weekend(d) != list.work:
				wrong.Add(list.field, "%s 是周末，本来就休息，不用写在放假里。", d.String())
			}
			seen[d] = true
		}
	}
	return wrong.Err()
}

func weekend(d kernel.Date) bool { return d.Weekday() == time.Saturday || d.Weekday() == time.Sunday }
