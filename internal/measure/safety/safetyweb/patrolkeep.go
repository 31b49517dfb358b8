package safetyweb

import (
	"errors"
	"net/http"
	"net/url"
	"strings"

	"xiaojia/internal/engine/checklist"
	"xiaojia/internal/kernel"
	"xiaojia/internal/measure/safety"
	"xiaojia/internal/platform/web"
	"xiaojia/internal/register/people"
)

// save takes the card's form, whichever button sent it: 暂存, 去签名, 现在就报, or the version to go on with. Whatever was typed
// is stored first, and the page that follows is asked for anew, so that reloading it sends nothing and the device may forget.
func (h *PatrolPages) save(c *web.Ctx) error {
	f, err := c.Form()
	if err != nil {
		return err
	}
	if f.Is("act", "stored") {
		keepDone(c, h.draftKey(c))
		return c.See(patrolAt(c.ID(), "/edit"), "用存着的那一份。")
	}
	sent, err := h.readCard(c, f)
	if err != nil {
		return err
	}
	saved, more, err := h.Patrols.Keep(c.R.Context(), c.Actor, sent.draft)
	var changed *checklist.Changed
	if errors.As(err, &changed) {
		return h.conflict(c, changed)
	}
	if f.Take(c.P, err) { // nothing is stored: the device keeps it, and the page shows what was sent
		return h.again(c, f, sent.draft)
	}
	if err != nil {
		return err
	}
	if wrong := append(sent.wrong, more...); f.Take(c.P, wrong.Err()) {
		return h.storedBut(c, f)
	}
	return h.next(c, f, saved)
}

// next is what the button asked for after the card is stored.
func (h *PatrolPages) next(c *web.Ctx, f *web.Form, saved safety.SavedPatrol) error {
	keepDone(c, h.draftKey(c))
	text, args, err := h.fallen(c, saved)
	if err != nil {
		return err
	}
	switch act, item, _ := strings.Cut(f.Text("act"), ":"); act {
	case "now":
		_, err := h.Patrols.ReportNow(c.R.Context(), c.Actor, saved.ID, item)
		if kernel.KindOf(err) == kernel.Invalid {
			return c.See(checkAt(c.ID(), item), text, args...)
		}
		if err != nil {
			return err
		}
		return c.See(patrolAt(c.ID(), "/edit#i-"+item), "报上去了，已经交安环部门定级。签名时不会重复开。")
	case "sign":
		sheet, err := h.Patrols.Resume(c.R.Context(), c.Actor, saved.ID)
		switch {
		case err != nil:
			return err
		case sheet.Lacks() != nil:
			return c.See(checkAt(c.ID(), ""), text, args...)
		}
		return c.See(patrolAt(c.ID(), "/sign"), text, args...)
	}
	if text == "" {
		text = "存好了。"
	}
	return c.See(patrolAt(c.ID(), "/edit"), text, args...)
}

// checkAt is the card with what it lacks, all of it or at one item.
func checkAt(id, item string) string {
	if item == "" {
		return patrolAt(id, "/edit?check=all")
	}
	return patrolAt(id, "/edit?check="+url.QueryEscape(item)+"#i-"+item)
}

// fallen says whose signature an edit has removed.
func (h *PatrolPages) fallen(c *web.Ctx, saved safety.SavedPatrol) (string, []any, error) {
	if len(saved.DroppedSignatures) == 0 {
		return "", nil, nil
	}
	about, err := h.Patrols.Reads.PatrolAbout(c.R.Context(), c.Actor.Org, saved.ID)
	if err != nil {
		return "", nil, err
	}
	var names []string
	for _, s := range saved.DroppedSignatures {
		names = append(names, about.Names[s.Person])
	}
	return "存好了。内容改过，%s的签名作废，要看过新的再签。", []any{c.P.Join(names)}, nil
}

func (h *PatrolPages) draftKey(c *web.Ctx) string { return c.Actor.Account + "/patrol/" + c.ID() }

// put takes a whole patrol from a phone that made its id: fields, photos and signatures as one unit (decision 27). The same
// again changes nothing; a form as the card sends it, with the pads sign-PERSON beside it.
func (h *PatrolPages) put(c *web.Ctx) error {
	f, err := c.Form()
	if err != nil {
		return err
	}
	sent, err := h.readCard(c, f)
	if err == nil {
		err = sent.wrong.Err()
	}
	d := sent.draft
	var signs []safety.Signing
	if err == nil {
		signs, err = signings(f)
	}
	var saved safety.SavedPatrol
	if err == nil {
		saved, err = h.Patrols.Put(c.R.Context(), c.Actor, d, signs)
	}
	var changed *checklist.Changed
	if errors.As(err, &changed) {
		return c.JSON(http.StatusConflict, putAnswer{ID: d.ID, Version: changed.Stored.Version, State: changed.Stored.State, Error: c.P.T("另一台手机改过这份记录。两份都在下面，请选一份。")})
	}
	if f.Take(c.P, err) {
		return c.JSON(http.StatusUnprocessableEntity, putAnswer{ID: d.ID, Wrong: f.Errs})
	}
	if err != nil {
		return err
	}
	out := putAnswer{ID: saved.ID, Version: saved.Version, State: saved.State, Content: saved.Content, Raised: saved.Raised}
	for _, s := range saved.DroppedSignatures {
		out.Dropped = append(out.Dropped, s.Person)
	}
	return c.JSON(http.StatusOK, out)
}

// putAnswer is what a phone reads.
type putAnswer struct {
	ID      checklist.RunID   `json:"id"`
	Version int               `json:"version,omitempty"`
	State   checklist.State   `json:"state,omitempty"`
	Content string            `json:"content,omitempty"`
	Dropped []people.ID       `json:"dropped,omitempty"` // whose signatures fell
	Raised  []string          `json:"raised,omitempty"`  // hazards
	Error   string            `json:"error,omitempty"`
	Wrong   map[string]string `json:"wrong,omitempty"` // field → sentence
}
