package story

import (
	"fmt"

	"xiaojia/internal/platform/db"
	"xiaojia/internal/platform/notify"
)

// readUp is a week before the day of the demo: everybody of the cast reads what was told until then.
func (t *teller) readUp() error {
	for login, actor := range t.actors {
		for f := (notify.Filter{Unread: true}); ; {
			page, next, err := notify.Inbox(t.ctx, t.app.DB.Read, t.org, actor.Person, f)
			if err != nil {
				return fmt.Errorf("%s reads: %w", login, err)
			}
			var shown []string
			for _, n := range page {
				shown = append(shown, n.ID)
			}
			if err := t.app.DB.InTx(t.ctx, actor, func(tx db.Tx) error { return notify.MarkRead(tx, actor.Person, shown) }); err != nil {
				return fmt.Errorf("%s reads: %w", login, err)
			}
			if f.After = next; next == "" {
				break
			}
		}
	}
	return nil
}
