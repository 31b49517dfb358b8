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

func (Letters) InsertLetter(tx db.Tx, l safety.Letter) error {
	err := sqlcgen.New(tx).InsertLetter(tx.Ctx(), sqlcgen.InsertLetterParams{Org: tx.Org(), ID: l.ID, Matter: string(l.Matter), Kind: string(l.Kind), No: l.No,
		ToUnit: string(l.To), Advice: l.Advice, StopWork: l.StopWork, UntilOn: l.Until, IssuedBy: string(l.Issued), IssuedOn: l.IssuedOn, ReplyDue: l.ReplyDue})
	if err != nil {
		return fmt.Errorf("issue letter: %w", err)
	}
	return nil
}

func (Letters) SaveLetter(tx db.Tx, l safety.Letter) error {
	n, err := sqlcgen.New(tx).SaveLetter(tx.Ctx(), sqlcgen.SaveLetterParams{Org: tx.Org(), ID: l.ID, ReceivedBy: l.Received, ReceivedOn: l.RecvOn, Reply: l.Reply,
		RepliedOn: l.RepliedOn, RepliedBy: tx.By().Person, Version: l.Version})
	switch {
	case err != nil:
		return fmt.Errorf("save letter %s: %w", l.ID, err)
	case n == 0:
		return kernel.Err(kernel.Conflict, "别人刚动过这份文书。请看过再办。")
	}
	return nil
}

func (Letters) Letter(ctx context.Context, q db.DBTX, orgID, id string) (safety.Letter, error) {
	r, err := sqlcgen.New(q).Letter(ctx, sqlcgen.LetterParams{Org: orgID, ID: id})
	if errors.Is(err, sql.ErrNoRows) {
		return safety.Letter{}, kernel.Err(kernel.NotFound, "没有这份文书，或者不归你看。")
	}
	if err != nil {
		return safety.Letter{}, fmt.Errorf("load letter %s: %w", id, err)
	}
	return letterOf(r), nil
}

func letterOf(r sqlcgen.Letter) safety.Letter {
	return safety.Letter{ID: r.ID, Matter: matter.ID(r.MatterID), Kind: safety.LetterKind(r.Kind), No: r.No, To: org.UnitID(r.ToUnit), Advice: r.Advice, StopWork: r.StopWork,
		Until: r.UntilOn, Issued: people.ID(r.IssuedBy), IssuedOn: r.IssuedOn, ReplyDue: r.ReplyDue, Received: r.ReceivedBy, RecvOn: r.ReceivedOn, Reply: r.Reply, RepliedOn: r.RepliedOn, Version: r.Version}
}
