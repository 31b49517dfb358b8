package safety

import (
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/platform/notify"
)

// Reopened tells the branch's chair that somebody denies a signature on a patrol: two representatives will not settle that alone.
func (t *Teller) Reopened(tx db.Tx, e PatrolReopened) error {
	chairs, err := t.Holders(tx, authz.Chair, e.Unit)
	if err != nil {
		return err
	}
	return notify.SendEach(tx, chairs, notify.Notice{Once: "patrol.reopened." + string(e.Run) + "." + string(e.Who),
		Text: "一位代表说巡视上的签名不是他本人签的，这次巡视暂时不算数。请了解一下情况。", Href: patrolHref(e.Run), About: signAwaits(e.Run)})
}
