package app

import (
	"context"
	"xiaojia/internal/register/account"
	"xiaojia/internal/register/almanac"
	"xiaojia/internal/register/almanac/almanacweb"
	"xiaojia/internal/register/org/orgweb"
	"xiaojia/internal/register/people/peopleweb"

	"github.com/a-h/templ"

	"xiaojia/catalogue"
	"xiaojia/internal/engine/checklist"
	"xiaojia/internal/engine/duty"
	"xiaojia/internal/engine/duty/dutyweb"
	"xiaojia/internal/engine/matter"
	"xiaojia/internal/engine/record"
	"xiaojia/internal/engine/record/recordweb"
	"xiaojia/internal/measure/safety"
	"xiaojia/internal/measure/safety/safetyweb"
	"xiaojia/internal/platform/api"
	"xiaojia/internal/platform/audit"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/search"
	"xiaojia/internal/platform/ui"
	"xiaojia/internal/platform/web"
	"xiaojia/internal/proof/overview/overviewweb"
	"xiaojia/internal/proof/upkeep"
	"xiaojia/internal/proof/upkeep/upkeepweb"
	"xiaojia/internal/register/account/accountweb"
	"xiaojia/internal/register/org"
	"xiaojia/internal/register/people"
)

// translations are all modules' English.
func translations() []string {
	return []string{ui.English, catalogue.English, org.English, almanac.English, people.English, account.English, record.English, checklist.English, duty.English, matter.English,
		safety.English, safety.PatrolEnglish, orgweb.English, almanacweb.English, peopleweb.English, accountweb.English, recordweb.English, dutyweb.English,
		safetyweb.English, safetyweb.PatrolEnglish, safetyweb.OverviewEnglish, overviewweb.English, upkeep.English, upkeepweb.English}
}

// Routes is the table of contents, module by module.
func (a *App) Routes() *web.Routes {
	r, f := &web.Routes{}, a.frame()
	hazards, duties := a.hazardPages(f), a.dutyPages(f)
	notes := recordweb.New(f, a.Records, a.RecordReads, recordweb.Parts{Read: a.DB.Read, Catalogue: a.Catalogue, Photos: a.Photos, Rounds: duty.Briefs{Reads: a.DutyReads}, Chart: a.Directory.Of, Names: a.named, Find: found[record.NoteID](a, record.KindNote, record.SeeNotes)})
	patrols := a.patrolPages(f)
	moving := accountweb.NewMoving(accountweb.MovingParts{Frame: f, DB: a.DB, Accounts: a.Accounts, Founder: a.Founder, Roster: a.Roster, Directory: a.Directory,
		PublicURL: a.Config.PublicURL, Data: a.Config.Data, Addr: a.Config.Addr, TLS: a.Config.TLSCert != "" || a.Config.ACME != "", Under: a.under})
	a.overview = overviewweb.New(overviewweb.Parts{
		Frame: f, DB: a.DB, Rounds: a.DutyReads, Chart: a.Directory.Of, Names: a.named,
		Todos: []func(*web.Ctx) ([]ui.Item, error){patrols.Todos, hazards.Todos, duties.Todos}, Waiting: count(hazards.Waiting, patrols.Todos, duties.Todos), Mine: []func(*web.Ctx) ([]ui.Item, error){hazards.Mine},
		Facts: func(c *web.Ctx, p *ui.Page, unit org.UnitID) (map[string]ui.Fact, error) {
			return facts(hazards, c, p, unit)
		},
		Scopes:   map[string]authz.Perm{"person": people.SeePeople, "hazard": safety.SeeHazards, record.KindNote: record.SeeNotes, safety.KindLetter: safety.SeeHazards},
		FindHere: a.findHere,
		Start:    func(c *web.Ctx, p *ui.Page) (overviewweb.Steps, error) { return steps(moving.Start(c, p)) },
		Phone:    func(c *web.Ctx) (overviewweb.Hero, error) { h, err := patrols.Hero(c); return overviewweb.Hero(h), err },
		Beside:   a.beside, Desk: hazards.Desk,
	})
	a.overview.Routes(r)
	hazards.Routes(r)
	patrols.Routes(r)
	safetyweb.NewOverviewPages(safetyweb.OverviewParts{Frame: f, Reads: a.HazardReads, Patrols: a.Patrols, Grades: a.Catalogue.Grades, Chart: a.Directory.Of}).Routes(r)
	duties.Routes(r)
	notes.Routes(r)
	moving.Routes(r)
	peopleweb.New(peopleweb.Parts{Frame: f, DB: a.DB, People: a.Roster, Directory: a.Directory, Set: a.Set, Standing: a.Accounts.Standing, Invites: account.InvitePeople,
		Shelf: a.shelf}).Routes(r)
	orgweb.New(f, a.Units, a.heads).Routes(r)
	almanacweb.New(f, a.Almanac).Routes(r)
	a.upkeepPages(f).Routes(r)
	accountweb.New(accountweb.Parts{Frame: f, Accounts: a.Accounts, Doors: a.doors(), Count: a.Config.RateLimit != "off", PublicURL: a.Config.PublicURL, Mails: a.Config.SMTP != "", Printer: a.Book.Printer,
		Days: a.days.all, Holidays: a.holidays, Describe: func() []api.Described { return a.calls.Describe() }}).Routes(r)
	r.Keep("/", "/year", "/todo", "/measure/{id}", "/safety/hazards", "/safety/hazards/board", "/safety/overview", "/safety/patrols", "/people", "/places", "/units", "/duties", "/notes", "/rights")
	return r
}

func steps(list []accountweb.Step, err error) (overviewweb.Steps, error) {
	out := make(overviewweb.Steps, len(list))
	for i, s := range list {
		out[i] = overviewweb.Step(s)
	}
	return out, err
}

func (a *App) hazardPages(f *ui.Frame) *safetyweb.HazardPages {
	return safetyweb.NewHazardPages(safetyweb.HazardParts{Frame: f, Hazards: a.Hazards, Letters: a.Letters, Reads: a.HazardReads, Photos: a.Photos, Grades: a.Catalogue.Grades,
		Majors: a.Catalogue.Majors, Chart: a.Directory.Of, ByCode: a.Directory.PlaceByCode, Find: found[matter.ID](a, "hazard", safety.SeeHazards), People: a.colleagues, Unjudged: a.unjudged(a),
		Noted: func(c *web.Ctx, filter string, rows int) error {
			return audit.Exported(c.R.Context(), a.DB, c.Actor, "hazards", c.Actor.Scope(safety.ExportHazards).ID, filter, rows)
		}})
}

func (a *App) dutyPages(f *ui.Frame) *dutyweb.Pages {
	return dutyweb.New(f, a.Duties, a.DutyReads, dutyweb.Parts{Read: a.DB.Read, Catalogue: a.Catalogue, Chart: a.Directory.Of, Names: a.named, Mandates: a.Roster.Mandates, Held: a.held})
}

func (a *App) patrolPages(f *ui.Frame) *safetyweb.PatrolPages {
	return safetyweb.NewPatrolPages(safetyweb.PatrolParts{Frame: f, Patrols: a.Patrols, Chart: a.Directory.Of, ByCode: a.Directory.PlaceByCode, Take: a.Photos.Take,
		Attachments: a.RecordReads.Attachments, Deny: a.Records.Deny, OpenAt: a.openAt, At: a.placeKnown(), Seal: a.seal, PublicURL: a.Config.PublicURL, Picture: a.Photos.Inline})
}

// openAt is how many hazards that the person may see are open at a place; -1 where he sees none of a place.
func (a *App) openAt(c *web.Ctx, at org.PlaceID) (int, error) {
	if !c.Actor.May(safety.SeeHazards) {
		return -1, nil
	}
	s := c.Actor.Scope(safety.SeeHazards)
	if s.Reach == authz.Self {
		return -1, nil
	}
	rows, _, err := a.HazardReads.List(c.R.Context(), s, safety.HazardFilter{Tab: safety.OpenTab, Place: []org.PlaceID{at}, Limit: 100}, nil)
	return len(rows), err
}

func facts(h *safetyweb.HazardPages, c *web.Ctx, p *ui.Page, unit org.UnitID) (map[string]ui.Fact, error) {
	f, ok, err := h.Fact(c, p, unit)
	if !ok {
		return nil, err
	}
	return map[string]ui.Fact{"safety": f}, err
}

// findMost is how many records a search in their list may find.
const findMost = 50

// found answers the search inside one list: the ids of what the reader may see of a kind.
func found[ID ~string](a *App, kind string, perm authz.Perm) func(context.Context, authz.Actor, string) ([]ID, error) {
	return func(ctx context.Context, by authz.Actor, text string) ([]ID, error) {
		hits, err := search.Find(ctx, a.DB, by.Org, text, map[string]authz.Scope{kind: by.Scope(perm)}, findMost)
		out := make([]ID, len(hits))
		for i, x := range hits {
			out[i] = ID(x.ID)
		}
		return out, err
	}
}

// colleagues are those who can be named to rectify and to verify: who holds an office in the branch or for the whole company,
// then everybody who works in the branch.
func (a *App) colleagues(ctx context.Context, by authz.Actor, unit org.UnitID) ([]safetyweb.Pick, error) {
	today := a.DB.Clock.Now().Date()
	held, err := a.people.MandatesOn(ctx, a.DB.Read, by.Org, today)
	if err != nil {
		return nil, err
	}
	chart, err := a.Directory.Of(ctx, by.Org)
	if err != nil {
		return nil, err
	}
	rows, err := a.people.List(ctx, a.DB, authz.Scope{Org: by.Org, Reach: authz.Unit, ID: string(unit)}, people.Filter{}, today, nil, workersMost)
	numbers := make(map[people.ID]string, len(rows))
	for _, x := range rows {
		numbers[x.ID] = x.No
	}
	seen := map[people.ID]bool{}
	var out []safetyweb.Pick
	for _, m := range held {
		u, _ := chart.Unit(m.Unit)
		if seen[m.Person] || u.Branch != "" && u.Branch != unit && u.ID != unit || m.Office == authz.Auditor || m.Office == authz.Admin {
			continue
		}
		seen[m.Person] = true
		out = append(out, safetyweb.Pick{ID: m.Person, Name: m.Name, No: numbers[m.Person], Unit: m.Unit, Contact: m.Office == authz.DeptContact || m.Office == authz.Contractor})
	}
	for _, x := range rows {
		if !seen[x.ID] {
			out = append(out, safetyweb.Pick{ID: x.ID, Name: x.Name, No: x.No, Unit: x.Department})
		}
	}
	return out, err
}

// workersMost bounds the people of a branch who are offered by name.
const workersMost = 1000

func (a *App) oops(c *web.Ctx, status int, sentence string) templ.Component {
	p := &ui.Page{Frame: a.frame(), C: c, P: c.P, Title: c.P.T("小家"), Form: web.NewForm()}
	return ui.OopsPage(p, status, sentence)
}
