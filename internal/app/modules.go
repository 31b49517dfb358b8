package app

import (
	"context"

	"xiaojia/catalogue"
	"xiaojia/internal/engine/checklist/checklistdb"
	"xiaojia/internal/engine/duty"
	"xiaojia/internal/engine/duty/dutydb"
	"xiaojia/internal/engine/matter"
	"xiaojia/internal/engine/matter/matterdb"
	"xiaojia/internal/engine/record"
	"xiaojia/internal/engine/record/recorddb"
	"xiaojia/internal/engine/record/recordweb"
	"xiaojia/internal/kernel"
	"xiaojia/internal/measure/safety"
	"xiaojia/internal/measure/safety/safetydb"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/files"
	"xiaojia/internal/platform/i18n"
	"xiaojia/internal/platform/outbox"
	"xiaojia/internal/platform/vault"
	"xiaojia/internal/proof/upkeep"
	"xiaojia/internal/register/account"
	"xiaojia/internal/register/account/accountdb"
	"xiaojia/internal/register/almanac"
	"xiaojia/internal/register/almanac/almanacdb"
	"xiaojia/internal/register/org"
	"xiaojia/internal/register/org/orgdb"
	"xiaojia/internal/register/people"
	"xiaojia/internal/register/people/peopledb"
	"xiaojia/web"
)

// Modules is everything that the program is made of, from the ground up.
type Modules struct {
	Catalogue *catalogue.Catalogue
	Assets    *web.Assets
	Book      *i18n.Book
	Set       *authz.Set
	Bus       *outbox.Bus
	Files     *files.Store

	Directory *org.Directory
	Units     *org.Service
	Almanac   *almanac.Service
	Roster    *people.Service
	Accounts  *account.Service
	Founder   *account.Founder

	Records     *record.Service
	RecordReads record.Reads
	Duties      *duty.Service
	DutyReads   duty.Reads
	Matters     *matter.Service

	Hazards     *safety.Hazards
	Letters     *safety.Letters
	HazardReads safety.HazardReads
	Patrols     *safety.Patrols
	PatrolReads safety.PatrolReads

	Photos *recordweb.Photos
	seal   func(kind, value string) string // a code of a value that only this installation can make
	people peopledb.Store
}

func assemble(a *App, ring *vault.Ring) (Modules, error) {
	var m Modules
	var err error
	if m.Catalogue, err = catalogue.Load(); err != nil {
		return m, err
	}
	if m.Assets, err = web.New(); err != nil {
		return m, err
	}
	if m.Book, err = i18n.Read(translations()...); err != nil {
		return m, err
	}
	m.Set = authz.NewSet(org.Rules(), people.Rules(), account.Rules(), almanac.Rules(), record.Rules(), duty.Rules(), safety.HazardRules(), safety.PatrolRules(), upkeep.Rules())
	m.Bus = outbox.NewBus()
	m.Files = files.NewStore(a.Config.File("files"))
	m.seal = ring.Blind
	m.register(a, ring)
	m.engine(a)
	m.safety(a)
	m.react(a)
	return m, nil
}

// register is who and where: units, people, working days, accounts.
func (m *Modules) register(a *App, ring *vault.Ring) {
	m.Directory = org.NewDirectory(a.DB, orgdb.Store{})
	m.Units = org.NewService(a.DB, orgdb.Store{}, m.Directory, m.Catalogue.PlaceKinds)
	m.Almanac = almanac.NewService(a.DB, almanacdb.Store{}, m.Bus, m.branches)
	m.Roster = people.NewService(people.Parts{DB: a.DB, Store: m.people, Ring: ring, Units: m.Units, Bus: m.Bus, Offices: m.Catalogue.Offices, Groups: m.Catalogue.Groups,
		Clash: m.Set.Clash, Changed: func() { m.Accounts.Forget() }})
	m.Accounts = account.NewService(a.DB, accountdb.Store{}, m.Set)
	m.Accounts.FillIn(m.standIns(a))
	m.Founder = account.NewFounder(m.Accounts, m.Units, m.Roster)
}

// engine is what the measures share: records, duties, matters.
func (m *Modules) engine(a *App) {
	m.RecordReads = recorddb.NewReads(a.DB.Read)
	m.DutyReads = keepRounds(dutydb.NewReads(a.DB.Read), a.DB.Version)
	m.Duties = duty.New(a.DB, m.Catalogue, dutydb.NewStore(a.DB.Read), resolver{a, m}, m.Almanac.Workdays, m.Bus)
	m.Records = record.New(a.DB, recorddb.Store{}, m.Duties, m.Bus)
	m.Matters = matter.NewService(matterdb.Store{}, matter.CatalogueClocks{Catalogue: m.Catalogue}, m.Almanac.WorkdaysIn, m.Bus)
	m.Photos = recordweb.NewPhotos(a.DB, m.Files, files.NewIntake(files.Standard()), m.Records)
}

// safety is the first measure.
func (m *Modules) safety(a *App) {
	place := func(ctx context.Context, orgID string, id org.PlaceID) (org.Place, error) {
		chart, err := m.Directory.Of(ctx, orgID)
		if err != nil {
			return org.Place{}, err
		}
		p, ok := chart.Place(id)
		if !ok {
			return p, kernel.Err(kernel.NotFound, "没有这个地方，请重新选一个。")
		}
		return p, nil
	}
	m.Hazards = safety.NewHazards(safety.Parts{DB: a.DB, Matters: m.Matters, Store: safetydb.Hazards{}, Photos: safetydb.Pictures{}, Roster: safetydb.Roster{}, Place: place, Bus: m.Bus})
	m.Letters = safety.NewLetters(safety.LetterParts{DB: a.DB, Matters: m.Matters, Hazards: safetydb.Hazards{}, Store: safetydb.Letters{}, Roster: safetydb.Roster{}, Bus: m.Bus})
	m.HazardReads = keepHazards(safetydb.NewHazardReads(a.DB, m.RecordReads, m.names(a)), a.DB)
	m.PatrolReads = safetydb.NewPatrolReads(a.DB.Read)
	m.Patrols = safety.NewPatrols(safety.PatrolParts{DB: a.DB, Cards: m.Catalogue, Runs: checklistdb.Store{}, Memory: checklistdb.Store{}, Signatures: m.Records,
		Mandates: m.people, Duties: m.Duties, Hazards: m.Hazards, Place: place, Reads: m.PatrolReads, Bus: m.Bus})
}
