package safetydb

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"xiaojia/internal/engine/matter"
	"xiaojia/internal/kernel"
	"xiaojia/internal/measure/safety"
	"xiaojia/internal/measure/safety/safetydb/sqlcgen"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/register/org"
	"xiaojia/internal/register/people"
)

// Letters keeps the papers of hazards.
type Letters struct{}

var _ safety.LetterStore = Letters{}

// Insert fills safety.LetterStore.
func (Letters) Insert(tx db.Tx, l safety.Letter) error {
	err := sqlcgen.New(tx).InsertLetter(tx.Ctx(), sqlcgen.InsertLetterParams{Org: tx.Org(), ID: l.ID, Matter: string(l.Matter), Unit: string(l.Unit), Kind: string(l.Kind),
		ToUnit: string(l.To), Inspectors: l.Inspectors, Basis: l.Basis, Advice: l.Advice, StopWork: l.StopWork, UntilOn: l.Until, IssuedBy: string(l.Issued)})
	if err != nil {
		return fmt.Errorf("draft letter: %w", err)
	}
	return nil
}

// Save fills safety.LetterStore.
func (Letters) Save(tx db.Tx, l safety.Letter) error {
	n, err := sqlcgen.New(tx).SaveLetter(tx.Ctx(), sqlcgen.SaveLetterParams{Org: tx.Org(), ID: l.ID, No: l.No, Inspectors: l.Inspectors, Basis: l.Basis, Advice: l.Advice,
		StopWork: l.StopWork, UntilOn: l.Until, IssuedBy: string(l.Issued), IssuedOn: l.IssuedOn, ReplyDue: l.ReplyDue, ReceivedBy: l.Received, ReceivedOn: l.RecvOn,
		Reply: l.Reply, RepliedOn: l.RepliedOn, RepliedBy: string(l.RepliedBy), VoidOn: l.VoidOn, VoidWhy: l.VoidWhy, VoidBy: string(l.VoidBy), Version: l.Version})
	switch {
	case db.IsDuplicate(err): // two branches of a company union set the same prefix
		return kernel.Err(kernel.Conflict, "文号 %s 别的分工会已经用了，请先改本分工会的文号前缀。", l.No)
	case err != nil:
		return fmt.Errorf("save letter %s: %w", l.ID, err)
	case n == 0:
		return kernel.Err(kernel.Conflict, "别人刚动过这份文书。请看过再办。")
	}
	return nil
}

// Drop fills safety.LetterStore; only a draft goes.
func (Letters) Drop(tx db.Tx, id string) error {
	if err := sqlcgen.New(tx).DropLetter(tx.Ctx(), sqlcgen.DropLetterParams{Org: tx.Org(), ID: id}); err != nil {
		return fmt.Errorf("drop letter %s: %w", id, err)
	}
	return nil
}

// Load fills safety.LetterStore.
func (Letters) Load(ctx context.Context, q db.DBTX, inOrg, id string) (safety.Letter, error) {
	r, err := sqlcgen.New(q).Letter(ctx, sqlcgen.LetterParams{Org: inOrg, ID: id})
	if errors.Is(err, sql.ErrNoRows) {
		return safety.Letter{}, kernel.Err(kernel.NotFound, "没有这份文书，或者不归你看。")
	}
	if err != nil {
		return safety.Letter{}, fmt.Errorf("load letter %s: %w", id, err)
	}
	return letterOf(r), nil
}

// Of fills safety.LetterStore.
func (Letters) Of(ctx context.Context, q db.DBTX, inOrg string, id matter.ID) ([]safety.Letter, error) {
	rows, err := sqlcgen.New(q).LettersOf(ctx, sqlcgen.LettersOfParams{Org: inOrg, Matter: string(id)})
	if err != nil {
		return nil, fmt.Errorf("letters of hazard %s: %w", id, err)
	}
	out := make([]safety.Letter, len(rows))
	for i, r := range rows {
		out[i] = letterOf(r)
	}
	return out, nil
}

func prefixName(branch org.UnitID, k safety.LetterKind) string {
	return "letter." + string(k) + "/" + string(branch)
}

// Prefix fills safety.LetterStore.
func (Letters) Prefix(ctx context.Context, q db.DBTX, inOrg string, branch org.UnitID, k safety.LetterKind) (prefix, name string, err error) {
	r, err := sqlcgen.New(q).LetterPrefix(ctx, sqlcgen.LetterPrefixParams{Org: inOrg, Unit: string(branch), Name: prefixName(branch, k)})
	if errors.Is(err, sql.ErrNoRows) {
		return "", "", kernel.Err(kernel.NotFound, "没有这个分工会。")
	}
	if err != nil {
		return "", "", fmt.Errorf("letter prefix of %s: %w", branch, err)
	}
	return r.Prefix, r.NameZh, nil
}

// SetPrefix fills safety.LetterStore.
func (Letters) SetPrefix(tx db.Tx, branch org.UnitID, k safety.LetterKind, prefix string) error {
	err := sqlcgen.New(tx).SetLetterPrefix(tx.Ctx(), sqlcgen.SetLetterPrefixParams{Org: tx.Org(), Name: prefixName(branch, k), Value: prefix})
	if err != nil {
		return fmt.Errorf("letter prefix of %s: %w", branch, err)
	}
	return nil
}

func letterOf(r sqlcgen.Letter) safety.Letter {
	return safety.Letter{ID: r.ID, Matter: matter.ID(r.MatterID), Unit: org.UnitID(r.UnitID), Kind: safety.LetterKind(r.Kind), No: r.No,
		Wanted: safety.Wanted{To: org.UnitID(r.ToUnit), Inspectors: r.Inspectors, Basis: r.Basis, Advice: r.Advice, StopWork: r.StopWork, Until: r.UntilOn},
		Issued: people.ID(r.IssuedBy), IssuedOn: r.IssuedOn, ReplyDue: r.ReplyDue, Received: r.ReceivedBy, RecvOn: r.ReceivedOn, Reply: r.Reply,
		RepliedOn: r.RepliedOn, RepliedBy: people.ID(r.RepliedBy), VoidOn: r.VoidOn, VoidWhy: r.VoidWhy, VoidBy: people.ID(r.VoidBy), Version: r.Version}
}
