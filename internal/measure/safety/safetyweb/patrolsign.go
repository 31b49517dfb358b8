package safetyweb

import (
	"net/http"
	"strings"

	"xiaojia/catalogue"
	"xiaojia/internal/engine/checklist"
	"xiaojia/internal/engine/record"
	"xiaojia/internal/kernel"
	"xiaojia/internal/measure/safety"
	"xiaojia/internal/platform/ui"
	"xiaojia/internal/platform/web"
	"xiaojia/internal/register/people"
)

type patrolSignPage struct {
	*ui.Page
	safety.PatrolPage
	Result  checklist.Result
	Fails   []patrolFail
	Does    []safety.PatrolTarget // the rounds that it does once both have signed
	Signers []patrolSigner
	Pad     *patrolSigner // whose turn it is on this phone
}

// patrolFail is a failed item with what the second signature makes of it.
type patrolFail struct {
	checklist.Item
	Says   string               // the figure or the day that was found
	Hazard *safety.PatrolHazard // that is there already
	Opens  bool
}

// patrolSigner is one of the two and where he stands.
type patrolSigner struct {
	Person people.ID
	Name   string
	Terms  []string // offices that are valid on the day, with their last day
	Signed *record.Signature
	Me     bool
	Denied bool // has said that an earlier signature was not his
}

// MayDraw tells whether this phone takes his signature.
func (s patrolSigner) MayDraw() bool { return s.Me || !s.Denied }

func (h *PatrolPages) sign(c *web.Ctx) error { return h.signPage(c, http.StatusOK, web.NewForm()) }

func (h *PatrolPages) signPage(c *web.Ctx, status int, f *web.Form) error {
	show, err := h.Patrols.Show(c.R.Context(), c.Actor, checklist.RunID(c.ID()))
	if err != nil {
		return err
	}
	if !show.Inspects(people.ID(c.Actor.Person)) {
		return errNotThere
	}
	if !show.Open() {
		return c.See(patrolAt(c.ID(), ""), "")
	}
	p, err := h.Frame.Page(c, "patrols", "两人签名")
	if err != nil {
		return err
	}
	p.Form, p.NoDock, p.Back = f, true, patrolAt(c.ID(), "/edit")
	p.Crumbs = []ui.Crumb{{Name: p.T("安全"), Href: "/measure/safety"}, {Name: p.T("巡视"), Href: "/safety/patrols"}, {Name: p.W(show.About.PlaceName), Href: patrolAt(c.ID(), "")}, {Name: p.T("签名")}}
	page := patrolSignPage{Page: p, PatrolPage: show}
	if err := page.judge(); err != nil {
		return c.See(checkAt(c.ID(), ""), "")
	}
	if err := page.signers(h, c); err != nil {
		return err
	}
	due, err := h.Patrols.Reads.OpenPatrolTargets(c.R.Context(), c.Actor.Org, show.Unit, show.On)
	if err != nil {
		return err
	}
	page.Does = safety.DoneAt(due, show.Place, show.Run.Card.Code)
	if f.Text("person") != string(page.Pad.Person) {
		f.Values.Del("signature") // what one has drawn must not stand in the other one's pad
	}
	acknowledge(p)
	return c.RenderStatus(status, PatrolSign(page))
}

// judge fills what the card comes to, or says that something is missing; under a first signature the content stands.
func (p *patrolSignPage) judge() error {
	asked := p.Asked
	if len(p.Standing()) > 0 {
		asked = nil
	}
	var err error
	p.Result, err = p.Card.Judge(asked, p.Answers, p.On)
	if err == nil && p.With == "" {
		err = kernel.Wrong("with", "请先选和你一起检查的代表。")
	}
	for _, i := range p.Result.Fails {
		a, _ := p.Answer(i.Code)
		f := patrolFail{Item: i, Says: measured(p.Page, i, a), Opens: i.Severity == catalogue.Key || a.AsHazard}
		if hz, ok := p.About.Hazards[i.Code]; ok {
			f.Hazard = &hz
		}
		p.Fails = append(p.Fails, f)
	}
	return err
}

// signers fills both, and whose pad shows: the reader's own first, then the other one's on the same phone.
func (p *patrolSignPage) signers(h *PatrolPages, c *web.Ctx) error {
	reps, err := h.Patrols.Mandates.HeldAt(c.R.Context(), h.Patrols.DB.Read, c.Actor.Org, p.Unit, safety.PatrolOffices()...)
	if err != nil {
		return err
	}
	for _, who := range p.Inspectors() {
		s := patrolSigner{Person: who, Name: p.About.Names[who], Me: who == people.ID(c.Actor.Person), Denied: p.DeniedBy(who)}
		for _, o := range safety.PatrolOffices() {
			if m, ok := reps.Of(who, o, p.On); ok && m.Unit == p.Unit {
				s.Terms = append(s.Terms, p.T("%s · 任期到 %s", safety.OfficeName(o), p.P.Date(m.Term.To)))
			}
		}
		for _, g := range p.Standing() {
			if g.Person == who {
				s.Signed = &g
			}
		}
		p.Signers = append(p.Signers, s)
	}
	for i := range p.Signers {
		if s := &p.Signers[i]; s.Signed == nil && (p.Pad == nil || s.Me) {
			p.Pad = s
		}
	}
	return nil
}

// draft is the name under which this phone keeps what is drawn before it is sent.
func (p patrolSignPage) draft() string {
	return p.DraftKey("patrol-sign", string(p.ID)+"-"+string(p.Pad.Person))
}

// signed takes one signature. A person who draws on somebody else's phone is not proved, and is told so by a notice.
func (h *PatrolPages) signed(c *web.Ctx) error {
	f, err := c.Form()
	if err != nil {
		return err
	}
	who := people.ID(f.Text("person"))
	path, err := record.FromPad(f.Text("signature"))
	var saved safety.SavedPatrol
	if err == nil {
		saved, err = h.Patrols.Sign(c.R.Context(), c.Actor, checklist.RunID(c.ID()), safety.Signing{Person: who, Strokes: path, Content: f.Text("content")})
	}
	if f.Take(c.P, err) {
		return h.signPage(c, http.StatusUnprocessableEntity, f)
	}
	if err != nil {
		return err
	}
	keepDone(c, c.Actor.Account+"/patrol-sign/"+c.ID()+"-"+string(who))
	switch {
	case saved.State != checklist.Signed:
		return c.See(patrolAt(c.ID(), "/sign"), "签好了，还差一个人。")
	case len(saved.Raised) > 0:
		return c.See(patrolAt(c.ID(), ""), "两人都签了，这次巡视算数。开出 %d 条隐患，已经交安环部门定级。", len(saved.Raised))
	}
	return c.See(patrolAt(c.ID(), ""), "两人都签了，这次巡视算数。")
}

// signings reads the pads of a patrol that comes as one unit: sign-PERSON.
func signings(f *web.Form) ([]safety.Signing, error) {
	var out []safety.Signing
	for name := range f.Values {
		who, ok := strings.CutPrefix(name, "sign-")
		if !ok || f.Text(name) == "" {
			continue
		}
		path, err := record.FromPad(f.Text(name))
		if err != nil {
			return nil, err
		}
		out = append(out, safety.Signing{Person: people.ID(who), Strokes: path})
	}
	return out, nil
}
