package app

import (
	"time"

	"xiaojia/internal/engine/duty"
	"xiaojia/internal/engine/record"
	"xiaojia/internal/kernel"
	"xiaojia/internal/kernel/calendar"
	"xiaojia/internal/measure/safety"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/i18n"
	"xiaojia/internal/platform/notify"
	"xiaojia/internal/platform/ui"
	"xiaojia/internal/platform/web"
	"xiaojia/internal/proof/upkeep"
	"xiaojia/internal/register/account/accountweb"
	"xiaojia/internal/register/org"
	"xiaojia/internal/register/people"
)

// menu lists only what exists.
func menu() []ui.MenuItem {
	return []ui.MenuItem{
		{Key: "home", Icon: "house", Name: "首页", Href: "/", Perm: authz.SignedIn},
		{Key: "todo", Icon: "list-checks", Name: "待办", Href: "/todo", Perm: authz.SignedIn},
		{Key: "year", Icon: "calendar-days", Name: "全年", Href: "/year", Perm: duty.SeeDuties},
		{Key: "safety", Icon: "shield-check", Name: "安全", Href: "/measure/safety", Perm: duty.SeeDuties, Hue: "safety", Group: "四项举措"},
		{Key: "warmth", Icon: "heart-handshake", Name: "温暖", Href: "/measure/warmth", Perm: duty.SeeDuties, Hue: "warmth", Group: "四项举措"},
		{Key: "voice", Icon: "message-circle", Name: "诉求", Href: "/measure/voice", Perm: duty.SeeDuties, Hue: "voice", Group: "四项举措"},
		{Key: "culture", Icon: "trophy", Name: "文体", Href: "/measure/culture", Perm: duty.SeeDuties, Hue: "culture", Group: "四项举措"},
		{Key: "patrols", Icon: "clipboard-check", Name: "巡视", Href: "/safety/patrols", Perm: safety.SeePatrols, Group: "家底"},
		{Key: "hazards", Icon: "shield-alert", Name: "隐患", Href: "/safety/hazards", Perm: safety.SeeHazards, Group: "家底"},
		{Key: "notes", Icon: "square-pen", Name: "记录", Href: "/notes", Perm: record.SeeNotes, Group: "家底"},
		{Key: "people", Icon: "users", Name: "人员", Href: "/people", Perm: people.SeePeople, Group: "家底"},
		{Key: "places", Icon: "map-pin", Name: "场所", Href: "/places", Perm: org.SeePlaces, Group: "家底"},
		{Key: "units", Icon: "building-2", Name: "单位", Href: "/units", Perm: org.ManageUnits, Group: "家底"},
		{Key: "rights", Icon: "key-round", Name: "谁能做什么", Href: "/rights", Perm: people.SeeMandates, Group: "家底"},
		{Key: "duties", Icon: "scroll-text", Name: "常态化机制", Href: "/duties", Perm: duty.SeeDuties, Group: "家底"},
		{Key: "admin", Icon: "settings", Name: "系统", Href: "/admin", Perm: upkeep.KeepSystem, Group: "家底"},
	}
}

func (a *App) frame() *ui.Frame {
	return &ui.Frame{Assets: a.Assets, Menu: menu(), Shell: a.shell}
}

// shell is what stands around every page: at most three small queries, most from memory.
func (a *App) shell(c *web.Ctx) (ui.Shell, error) {
	s := ui.Shell{Demo: a.Demo, DayLine: dayLine(c), Office: a.office(c.Actor)}
	chart, err := a.Directory.Of(c.R.Context(), c.Actor.Org)
	if err != nil {
		return s, err
	}
	s.Company = chart.Company().Name
	s.Branch = chart.Name(org.UnitID(c.Actor.Branch))
	if s.Branch == (kernel.Words{}) { // who comes from outside stands under the unit that he answers for
		s.Branch = chart.Name(org.UnitID(answersFor(c.Actor)))
	}
	if s.Branch == (kernel.Words{}) {
		s.Branch = s.Company
	}
	a.choose(c, chart, &s)
	if s.Unread, err = notify.Unread(c.R.Context(), a.DB.Read, c.Actor.Org, c.Actor.Person); err != nil {
		return s, err
	}
	s.Todo, err = a.waiting(c)
	return s, err
}

// choose offers the branches to who sees the year of several.
func (a *App) choose(c *web.Ctx, chart *org.Chart, s *ui.Shell) {
	branches := chart.Units(org.Branch, "")
	if c.Actor.Scope(duty.SeeDuties).Reach != authz.Org || len(branches) < 2 {
		return
	}
	s.Choices = []ui.Option{{Value: "", Name: c.P.T("全公司")}}
	for _, b := range branches {
		s.Choices = append(s.Choices, ui.Option{Value: string(b.ID), Name: c.P.W(b.Name)})
		if string(b.ID) == c.Branch() {
			s.Chosen = string(b.ID)
		}
	}
}

// waiting is the figure at 待办: as many as the list has. It is looked up again when the union has written something, or
// when the hour changes, because things fall due.
func (a *App) waiting(c *web.Ctx) (int, error) {
	return a.todos.Get(a.DB.Version(c.Actor.Org), todoAt{c.Actor.Account, c.Now.Truncate(time.Hour)}, func() (int, error) {
		return a.overview.Waiting(c)
	})
}

// count adds up what waits: of hazards, which may be many, the number alone is asked for.
func count(hazards func(*web.Ctx) (int, error), lists ...func(*web.Ctx) ([]ui.Item, error)) func(*web.Ctx) (int, error) {
	return func(c *web.Ctx) (int, error) {
		n, err := hazards(c)
		for _, list := range lists {
			if err != nil {
				return 0, err
			}
			var items []ui.Item
			items, err = list(c)
			n += len(items)
		}
		return n, err
	}
}

// todosMost is for how many people the figure is remembered, at a few bytes each.
const todosMost = 20_000

type todoAt struct {
	account string
	hour    kernel.Time
}

// answersFor is the contractor for whom somebody stands.
func answersFor(by authz.Actor) string {
	for _, g := range by.Grants {
		if g.Office == authz.Contractor {
			return g.Unit
		}
	}
	return ""
}

// office is the highest office of an actor in words.
func (a *App) office(by authz.Actor) string {
	for _, o := range []authz.Office{authz.CompanyChair, authz.Chair, authz.Auditor, authz.Admin, authz.HSE, authz.Contractor, authz.DeptContact, authz.WorkerRep, authz.MemberRep, authz.GroupLeader, authz.Committee} {
		if by.Holds(o) {
			if w, ok := a.Catalogue.Office(string(o)); ok {
				return w.Name.Zh
			}
		}
	}
	return "会员"
}

// dayLine is the lunar day and the next solar term, where it is near.
func dayLine(c *web.Ctx) string {
	d := c.Today()
	next := ""
	for i := range 4 {
		if t, ok := calendar.TermOn(d.Add(i)); ok {
			switch i {
			case 0:
				next = c.P.T("今天%s", t)
			case 1:
				next = c.P.T("明日%s", t)
			default:
				next = c.P.T("%d 天后%s", i, t)
			}
			break
		}
	}
	if c.P.Lang == i18n.En {
		return next
	}
	lunar := calendar.ToLunar(d).String()
	if next == "" {
		return lunar
	}
	return lunar + " · " + next
}

// Cast is who stands at the door of a demo.
var Cast = []accountweb.Cast{
	{Login: "member", Role: "会员", Name: "王桂芬", Does: "报隐患、看通报 · 手机", Icon: "user-round", Device: "phone"},
	{Login: "worker-rep", Role: "职工代表", Name: "张敏", Does: "巡视、签名 · 手机", Icon: "clipboard-check", Device: "phone"},
	{Login: "member-rep", Role: "会员代表", Name: "李国强", Does: "巡视、签名 · 手机", Icon: "clipboard-pen", Device: "phone"},
	{Login: "group-leader", Role: "工会小组长", Name: "孙慧", Does: "普查、记一笔 · 手机", Icon: "users-round", Device: "phone"},
	{Login: "chair", Role: "分工会主席", Name: "陈晓芸", Does: "全局、年轮 · 电脑", Icon: "house", Device: "desktop"},
	{Login: "safety-dept", Role: "安环科", Name: "吴敏", Does: "定级、看整改", Icon: "hard-hat", Device: "desktop"},
	{Login: "canteen", Role: "食堂承包单位", Name: "马建平", Does: "只看自己的事", Icon: "utensils", Device: "phone"},
	{Login: "company-chair", Role: "公司工会主席", Name: "刘振华", Does: "所有分工会 · 电脑", Icon: "building-2", Device: "desktop"},
	{Login: "auditor", Role: "经审委员", Name: "郑洁", Does: "只读，看公平", Icon: "scale", Device: "desktop"},
	{Login: "admin", Role: "系统管理员", Name: "何工", Does: "安装、邀请", Icon: "wrench", Device: "desktop"},
}

func (a *App) doors() []accountweb.Cast {
	if a.Demo {
		return Cast
	}
	return nil
}
