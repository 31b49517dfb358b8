package accountweb

import (
	"crypto/rand"
	"maps"
	"sync"
	"time"

	"xiaojia/internal/register/account"
)

// sheetMinutes is how long a sheet of links can be looked at after it was made: long enough for a printer.
const sheetMinutes = 15

// sheet is what one press of the button made.
type sheet struct {
	Links   []account.Link
	Refused []account.Refusal
}

// sheets keeps new links in memory, for the account that made them alone. The database knows their hashes only.
type sheets struct {
	mu   sync.Mutex
	kept map[string]keptSheet
}

type keptSheet struct {
	sheet
	account string
	at      time.Time
}

func (s *sheets) keep(account string, x sheet, now time.Time) (key string) {
	key = rand.Text()
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.kept == nil {
		s.kept = map[string]keptSheet{}
	}
	maps.DeleteFunc(s.kept, func(_ string, k keptSheet) bool { return k.old(now) })
	s.kept[key] = keptSheet{x, account, now}
	return key
}

func (s *sheets) find(account, key string, now time.Time) (sheet, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	k, ok := s.kept[key]
	return k.sheet, ok && k.account == account && !k.old(now)
}

func (k keptSheet) old(now time.Time) bool { return now.Sub(k.at) > sheetMinutes*time.Minute }
