package matter

import (
	"slices"

	"xiaojia/internal/kernel"
	"xiaojia/internal/kernel/calendar"
	"xiaojia/internal/register/org"
	"xiaojia/internal/register/people"
)

// Act is one thing that may be done to a matter.
type Act string

// Evidence is what an act needs before it counts.
type Evidence string

const (
	Reason    Evidence = "reason"   // 理由
	Grade     Evidence = "grade"    // 等级
	FiveFixed Evidence = "five"     // 五定: 责任人 措施 完成时间 完成人 验收人
	Words     Evidence = "words"    // what was done or seen
	Photo     Evidence = "photo"    // at least one picture
	Until     Evidence = "until"    // a day asked for or granted
	Other     Evidence = "other"    // another matter
	How       Evidence = "how"      // how it was told to the workers
	Congress  Evidence = "congress" // 重大 only: told to the 职代会 too
	Plan      Evidence = "plan"     // a day within the grade's own time; 重大: the day of the plan
	Examiner  Evidence = "examiner" // another 验收人
)

// Step is one line of a flow: the act, where from, where to, who, who never, with what, and which clock starts.
type Step struct {
	Act     Act
	Name    kernel.Words
	From    []State
	To      State // empty: stays
	Who     []Role
	Bar     []Role
	Needs   []Evidence
	Clock   string // key of catalogue/clocks.yaml; "rectify" takes the grade's own
	Turn    Role   // whose turn it is after the act, where that is not the state's own
	Outcome Outcome
}

// Flow is the table of one kind.
type Flow struct {
	Kind  Kind
	Steps []Step
	Waits map[State]Role // whose turn it is
}

// Step finds a line by its act.
func (f Flow) Step(a Act) (Step, bool) {
	i := slices.IndexFunc(f.Steps, func(s Step) bool { return s.Act == a })
	if i < 0 {
		return Step{}, false
	}
	return f.Steps[i], true
}

// Do is what an actor brings to an act.
type Do struct {
	Act       Act
	Version   int // of the matter that the actor looked at
	Reason    string
	Words     string
	Grade     string
	Owner     org.UnitID
	Rectifier people.ID
	Verifier  people.ID
	Measure   string
	Doer      string
	Until     kernel.Date
	Into      ID
	How       string
	On        kernel.Date
	Congress  bool
	Photos    []string // hashes of stored pictures
	Once      string   // names the call: sent again it does nothing; empty: not remembered
	Content   string   // fingerprint of what was sent under Once
}

// Clocks gives each clock's length and each grade's own clock.
type Clocks interface {
	Due(key string, from kernel.Time, w *calendar.Workdays) (kernel.Time, Why, error)
	OfGrade(grade string) (clock string, ok bool)
}

// May tells why an actor with these roles may not do an act now; nil when he may.
func (f Flow) May(m Matter, a Act, roles []Role) error {
	s, ok := f.Step(a)
	if !ok {
		return kernel.Err(kernel.NotFound, "没有这个办法。")
	}
	if !slices.Contains(s.From, m.State) {
		return kernel.Err(kernel.Conflict, "现在是“%s”，不能%s。", StandingName(m.State, m.Outcome), s.Name)
	}
	if some(roles, s.Bar) {
		return kernel.Err(kernel.Forbidden, "整改的人不能自己%s，要由别人到现场看。", s.Name)
	}
	if !some(roles, s.Who) {
		return kernel.Err(kernel.Forbidden, "%s由%s来办，不归你管。", s.Name, who(s.Who))
	}
	return nil
}

// Can lists the acts that are open to somebody with these roles now.
func (f Flow) Can(m Matter, roles []Role) []Step {
	var out []Step
	for _, s := range f.Steps {
		if f.May(m, s.Act, roles) == nil {
			out = append(out, s)
		}
	}
	return out
}

// Apply does an act: who, from where, what evidence, then the new state with its clock. It changes nothing but its copy.
func (f Flow) Apply(m Matter, roles []Role, do Do, cl Clocks, w *calendar.Workdays, now kernel.Time) (Matter, error) {
	if err := f.May(m, do.Act, roles); err != nil {
		return m, err
	}
	if do.Version != 0 && do.Version != m.Version {
		return m, kernel.Err(kernel.Conflict, "别人刚办过这一件，现在是“%s”。请看过再办。", StandingName(m.State, m.Outcome))
	}
	s, _ := f.Step(do.Act)
	if err := s.check(m, do, limits{cl, w, now}); err != nil {
		return m, err
	}
	keeps := m.keeps(s, do)
	m.take(s, do)
	if s.To != "" {
		if s.To == Assigned && m.State == Answered {
			m.Rework++
		}
		m.handOver(s.To, now)
		m.State = s.To
	}
	if s.Outcome != "" {
		m.Outcome = s.Outcome
	}
	if m.State == Closed {
		m.ClosedAt, m.Due, m.DueWhy = now, 0, Why{}
	}
	m.Version++
	if keeps {
		m.sooner(do)
		return m, nil
	}
	return m, m.start(s, do, cl, w, now)
}

// keeps: work that stays with its unit keeps its time, whoever does it there; more has to be asked for and granted.
func (m Matter) keeps(s Step, do Do) bool {
	return s.To == Assigned && m.State == Assigned && m.Owner != "" && do.Owner == m.Owner
}

// sooner takes an earlier day than the one that stands.
func (m *Matter) sooner(do Do) {
	if day := do.Until.At(23, 59); !do.Until.IsZero() && day.Before(m.Due) {
		m.Due, m.DueWhy = day, Why{Text: "交办时定的日期"}
	}
}

// take copies what the act fixes. What was returned belongs to nobody until it is assigned again.
func (m *Matter) take(s Step, do Do) {
	if s.To == Judged && m.State == Assigned {
		m.Owner, m.Rectifier, m.Verifier = "", "", ""
	}
	for _, e := range s.Needs {
		switch e {
		case Grade:
			m.Grade = do.Grade
		case FiveFixed:
			m.Rectifier, m.Verifier, m.Owner = do.Rectifier, do.Verifier, do.Owner
		case Examiner:
			m.Verifier = do.Verifier
		case Other:
			m.Into = do.Into
		case How:
			m.Announced = do.On
		}
	}
}

// start sets the clock of the new state; what was late is late no more, for its time starts anew.
func (m *Matter) start(s Step, do Do, cl Clocks, w *calendar.Workdays, now kernel.Time) error {
	if s.Clock == "" || m.State == Closed {
		return nil
	}
	m.LateAt, m.Escalated = 0, m.level()
	if s.Clock == "granted" {
		m.Extended++
		m.Due, m.DueWhy = do.Until.At(23, 59), Why{Text: "同意延期到这一天"}
		return nil
	}
	key := s.Clock
	if key == anew {
		key = clockOf[m.State]
	}
	if key == "rectify" {
		key, _ = cl.OfGrade(m.Grade)
	}
	if key == byPlan {
		m.Due, m.DueWhy = do.Until.At(23, 59), Why{Text: "治理方案定的日期"}
		return nil
	}
	var err error
	if m.Due, m.DueWhy, err = cl.Due(key, now, w); err != nil {
		return err
	}
	if key == again && m.DueWhy.Text == workingDays {
		m.DueWhy.Text = "复查不合格，再整改 %d 个工作日"
	}
	if slices.Contains(s.Needs, Plan) {
		m.sooner(do)
	}
	return nil
}

// anew is the clock of an act that leaves the state as it is and starts its time again.
const anew = "anew"

// clockOf is the clock of a state.
var clockOf = map[State]string{Judged: "assign", Assigned: "rectify"}

// again is the clock after a failed check.
const again = "rectify.again"

// Stubborn is after how many failed checks the company union knows of a matter.
const Stubborn = 3

// level is who knows of a matter before anybody is late: a major one goes straight up to the company union, and so does
// what was not put right three times.
func (m Matter) level() int {
	if m.Grade == major || m.Rework >= Stubborn {
		return Company
	}
	return 0
}

func some(have, want []Role) bool {
	return slices.ContainsFunc(want, func(r Role) bool { return slices.Contains(have, r) })
}
