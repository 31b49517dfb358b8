package safetydb

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"

	"xiaojia/internal/engine/matter"
	"xiaojia/internal/engine/record"
	"xiaojia/internal/kernel"
	"xiaojia/internal/measure/safety"
	"xiaojia/internal/measure/safety/safetydb/sqlcgen"
	"xiaojia/internal/platform/audit"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/register/people"
)

// errUnseen is the same for what is not there and for what may not be seen.
var errUnseen = kernel.Err(kernel.NotFound, "没有这一件，或者不归你看。")

// Show fills safety.HazardReads.
func (r HazardReads) Show(ctx context.Context, s authz.Scope, id matter.ID) (safety.Told, error) {
	return r.told(ctx, safety.HazardSight{Scope: s, Talks: []authz.Scope{s}}, id)
}

// Seen fills safety.HazardReads.
func (r HazardReads) Seen(ctx context.Context, s safety.HazardSight, id matter.ID) (safety.Told, error) {
	return r.told(ctx, s, id)
}

// told takes six queries: hazard, pictures, history, letters, words, names; one more where it was merged.
func (r HazardReads) told(ctx context.Context, s safety.HazardSight, id matter.ID) (out safety.Told, err error) {
	inOrg := s.Scope.Org
	if out.Hazard, err = (Hazards{}).Load(ctx, r.Read, inOrg, id); err != nil {
		return out, err
	}
	if !s.Sees(out.Matter) {
		return out, errUnseen
	}
	out.You, out.Hears = s.Person != "" && s.Person == out.Reporter, s.Hears(out.Matter)
	if out.Mode == safety.Hidden && !out.You {
		out.Reporter = ""
	}
	if out.Photos, err = r.Records.Attachments(ctx, inOrg, record.Ref{Kind: "matter", ID: string(id)}); err != nil {
		return out, err
	}
	if out.History, err = audit.History(ctx, r.Read, inOrg, matter.Subject(id)); err != nil {
		return out, err
	}
	inOrder(out.History)
	if out.IntoNo, err = r.into(ctx, s, out.Matter); err != nil {
		return out, err
	}
	if out.Letters, err = (Letters{}).Of(ctx, r.Read, inOrg, id); err != nil {
		return out, err
	}
	out.Letters = slices.DeleteFunc(out.Letters, func(l safety.Letter) bool { return !safety.ReadsLetter(s, l, out.Matter) })
	if out.Hears {
		if out.Words, err = r.words(ctx, inOrg, id); err != nil {
			return out, err
		}
	}
	out.Names, err = r.Names(ctx, inOrg, named(out))
	return out, err
}

// inOrder puts a report before all that followed it and a reporter's words at the end of their day: what a blind line did has
// no minute, and it sorts as midnight.
func inOrder(history []audit.Entry) {
	at := func(e audit.Entry) kernel.Time {
		switch {
		case e.Act == "hazard.raise":
			return 0
		case e.Act == "hazard.say" && e.At == e.At.Date().At(0, 0):
			return e.At.Date().At(23, 59)
		}
		return e.At
	}
	slices.SortStableFunc(history, func(a, b audit.Entry) int { return cmp.Compare(at(a), at(b)) })
}

// into is the number of the hazard that one was merged into, for who sees that one too.
func (r HazardReads) into(ctx context.Context, s safety.HazardSight, m matter.Matter) (string, error) {
	if m.Into == "" {
		return "", nil
	}
	other, err := (Hazards{}).Load(ctx, r.Read, s.Scope.Org, m.Into)
	if err != nil || !s.Sees(other.Matter) {
		return "", err
	}
	return other.No, nil
}

// named is everybody whose name the page says.
func named(t safety.Told) []people.ID {
	ids := []people.ID{t.Rectifier, t.Verifier, t.Reporter}
	for _, l := range t.Letters {
		ids = append(ids, l.Issued, l.RepliedBy)
	}
	for _, p := range t.Photos {
		ids = append(ids, p.By)
	}
	for _, w := range t.Words {
		ids = append(ids, people.ID(w.By))
	}
	return ids
}

func (r HazardReads) words(ctx context.Context, inOrg string, id matter.ID) ([]safety.Word, error) {
	rows, err := sqlcgen.New(r.Read).Words(ctx, sqlcgen.WordsParams{Org: inOrg, Matter: string(id)})
	if err != nil {
		return nil, fmt.Errorf("words of hazard %s: %w", id, err)
	}
	out := make([]safety.Word, len(rows))
	for i, w := range rows {
		out[i] = safety.Word{ID: w.ID, FromReporter: w.FromReporter, Text: w.Text, On: w.OnDay, By: w.ByPerson, Office: authz.Office(w.Office)}
	}
	return out, nil
}

// Letter fills safety.HazardReads. The paper names who inspected, never who reported.
func (r HazardReads) Letter(ctx context.Context, s safety.HazardSight, id string) (out safety.LetterView, err error) {
	inOrg := s.Scope.Org
	if out.Letter, err = (Letters{}).Load(ctx, r.Read, inOrg, id); err != nil {
		return out, err
	}
	if out.Hazard, err = (Hazards{}).Load(ctx, r.Read, inOrg, out.Matter); err != nil {
		return out, err
	}
	if !safety.ReadsLetter(s, out.Letter, out.Hazard.Matter) {
		return safety.LetterView{}, errUnseen
	}
	out.Hazard.Reporter, out.CheckedOn = "", out.Hazard.Raised
	if err = r.inspectors(ctx, inOrg, &out); err != nil {
		return out, err
	}
	if out.Photos, err = r.Records.Attachments(ctx, inOrg, record.Ref{Kind: "matter", ID: string(out.Matter)}); err != nil {
		return out, err
	}
	history, err := audit.History(ctx, r.Read, inOrg, matter.Subject(out.Matter))
	for _, e := range history {
		if e.Act == "hazard."+string(safety.Verify) {
			out.VerifiedOn = e.At.Date()
		}
	}
	if err != nil {
		return out, err
	}
	ids := append([]people.ID{out.Issued, out.RepliedBy, out.Hazard.Verifier}, out.Inspectors...)
	out.Names, err = r.Names(ctx, inOrg, ids)
	return out, err
}

func (r HazardReads) inspectors(ctx context.Context, inOrg string, v *safety.LetterView) error {
	if v.Hazard.Run == "" {
		return nil
	}
	x, err := sqlcgen.New(r.Read).Inspectors(ctx, sqlcgen.InspectorsParams{Org: inOrg, Run: v.Hazard.Run})
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("inspectors of letter %s: %w", v.ID, err)
	}
	v.CheckedOn, v.Inspectors = x.OnDay, []people.ID{people.ID(x.ByPerson), people.ID(x.WithPerson)}
	return nil
}
