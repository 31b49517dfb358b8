package safety

import (
	"errors"

	"xiaojia/internal/engine/matter"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/platform/notify"
)

// What a notice about a hazard may wait for, besides the state in which it asks somebody for an act.
const (
	awaitsExtension = "extend" // the answer to the request for more time
	awaitsReporter  = "asked"  // his answer
	awaitsEnd       = "open"   // told to those who only watch
	latestNews      = "news"   // for the reporter: the newer one takes the place of the older
)

// awaited names what a notice of a hazard waits for, as notify keeps it.
func awaited(id matter.ID, what string) string { return "hazard/" + string(id) + "/" + what }

// letterAwaits names what waits for the answer to a letter.
func letterAwaits(id string) string { return "letter/" + id }

// settle marks as read what an act has settled: the state that it left is nobody's affair any more, and neither is that of
// those whose turn was given to others.
func settle(tx db.Tx, id matter.ID, act matter.Act, from, to matter.State) error {
	var done []string
	if from != to || act == Transfer || act == Reappoint {
		done = append(done, string(from))
	}
	switch act {
	case Extend, DenyExtend, Answer, Return, Transfer:
		done = append(done, awaitsExtension)
	}
	if to == matter.Closed {
		done = append(done, awaitsEnd, awaitsReporter)
	}
	var err error
	for _, what := range done {
		err = errors.Join(err, notify.Settle(tx, awaited(id, what)))
	}
	return err
}

// until is the letterbox for what waits for a state to be left. When the event is carried round late and the state has been
// left already, nothing is sent.
func (l letterbox) until(s matter.State) letterbox {
	l.about, l.stale = awaited(l.hz.ID, string(s)), l.hz.State != s
	return l
}

// while is the letterbox for what waits for something else, and is stale where that is not so any more.
func (l letterbox) while(what string, holds bool) letterbox {
	l.about, l.stale = awaited(l.hz.ID, what), !holds
	return l
}

// news is for the reporter, who learns where his hazard stands now; what he was told before it is read with it.
func (l letterbox) news(text string) error {
	if l.hz.Reporter == "" {
		return nil
	}
	about := awaited(l.hz.ID, latestNews)
	if err := notify.SettleFor(l.tx, about, string(l.hz.Reporter)); err != nil {
		return err
	}
	l.about = about
	return l.tell(one(l.hz.Reporter), text)
}
