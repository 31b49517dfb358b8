package vault

import (
	"fmt"
	"strconv"
	"strings"
)

// Mark tells rings apart without telling a secret: a database keeps it and knows by it the ring that it was sealed with.
// It names the newest key, because an older copy of a ring cannot open what a later key has sealed.
func (r *Ring) Mark() string {
	return fmt.Sprintf("%s:%d", r.Blind("ring", "")[:16], r.newest)
}

// Opens tells whether the ring opens all that was sealed under a mark.
func (r *Ring) Opens(mark string) bool {
	have, _, _ := strings.Cut(r.Mark(), ":")
	want, newest, ok := strings.Cut(mark, ":")
	n, err := strconv.Atoi(newest)
	return ok && err == nil && have == want && n <= r.newest
}
