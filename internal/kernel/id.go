package kernel

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base32"
	"strings"
	"sync"
	"time"

	"github.com/oklog/ulid/v2"
)

var ids = struct {
	sync.Mutex
	entropy *ulid.MonotonicEntropy
}{entropy: ulid.Monotonic(rand.Reader, 0)}

// NewID is a ULID: 26 characters, sorted by the given instant, made without a database.
func NewID(at Time) string {
	ids.Lock()
	defer ids.Unlock()
	return ulid.MustNew(ulid.Timestamp(time.UnixMicro(int64(at))), ids.entropy).String()
}

// Sequence makes ids that sort in the order in which they were asked for, whatever the clock does. The zero Sequence is ready.
type Sequence struct {
	mu      sync.Mutex
	last    uint64 // milliseconds
	entropy *ulid.MonotonicEntropy
}

// NewSequence goes on behind an id that was given before, so that the same holds across a restart; "" is none.
func NewSequence(behind string) *Sequence {
	s := &Sequence{}
	if id, err := ulid.ParseStrict(behind); err == nil {
		s.last = id.Time() + 1
	}
	return s
}

// Next is a ULID of the given instant, or of the newest one before where the clock has gone back.
func (s *Sequence) Next(at Time) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.entropy == nil {
		s.entropy = ulid.Monotonic(rand.Reader, 0)
	}
	s.last = max(s.last, ulid.Timestamp(time.UnixMicro(int64(at))))
	return ulid.MustNew(s.last, s.entropy).String()
}

// BlindID has 128 random bits and no time in it. Anonymous reports and receipts use it, because a ULID tells the millisecond.
func BlindID() string {
	var b [16]byte
	_, _ = rand.Read(b[:]) // never fails since Go 1.24
	return base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(b[:])
}

// blindLetters is the length of one: 128 random bits in base32.
const blindLetters = 26

// IsBlindID tells whether a text has the shape of one, so that what somebody made up reaches no table.
func IsBlindID(s string) bool {
	if len(s) != blindLetters {
		return false
	}
	for _, r := range s {
		if (r < 'A' || r > 'Z') && (r < '2' || r > '7') {
			return false
		}
	}
	return true
}

// receiptLetters leaves out what is misread on paper: 0 O 1 I L U.
const receiptLetters = "23456789ABCDEFGHJKMNPQRSTVWXYZ"

// NewReceipt is a code of 16 letters in groups of four that a person can write down: about 78 random bits.
func NewReceipt() string {
	raw := make([]byte, 0, 16)
	for len(raw) < cap(raw) {
		var b [1]byte
		_, _ = rand.Read(b[:])
		if int(b[0]) < 256/len(receiptLetters)*len(receiptLetters) { // no letter is likelier than another
			raw = append(raw, receiptLetters[int(b[0])%len(receiptLetters)])
		}
	}
	return grouped(string(raw))
}

// ReceiptOf is the receipt that belongs to a secret of at least 128 random bits: the same secret gives the same code, so that
// a report that was sent twice has one.
func ReceiptOf(secret string) string {
	raw := make([]byte, 0, 16)
	for n := byte(0); len(raw) < cap(raw); n++ {
		sum := sha256.Sum256(append([]byte{n}, "receipt of "+secret...))
		for _, b := range sum {
			if int(b) < 256/len(receiptLetters)*len(receiptLetters) && len(raw) < cap(raw) {
				raw = append(raw, receiptLetters[int(b)%len(receiptLetters)])
			}
		}
	}
	return grouped(string(raw))
}

func grouped(s string) string { return s[:4] + "-" + s[4:8] + "-" + s[8:12] + "-" + s[12:] }

// CleanReceipt undoes what people do to a code when they type it: spaces, small letters, missing dashes.
func CleanReceipt(s string) string {
	s = strings.ToUpper(strings.Map(func(r rune) rune {
		if r == '-' || r == ' ' || r == '－' || r == '—' {
			return -1
		}
		return r
	}, s))
	if len(s) != 16 {
		return s
	}
	return grouped(s)
}
