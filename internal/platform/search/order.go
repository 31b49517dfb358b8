package search

import (
	"math/rand/v2"

	"xiaojia/internal/kernel"
)

// The documents of a kind lie together in the index, by their days: rowid on SQLite and the column ord on PostgreSQL are the first
// letter of the kind, the day, and chance. So the newest of a kind are found without reading the others, and the number tells
// nothing of a record but its day, which stands in it: a running one would tell between which other records an anonymous
// report came. Two kinds with one first letter share a stretch, which costs a little and changes nothing.
const (
	dayBits    = 16
	chanceBits = 40
)

var epoch = kernel.NewDate(1970, 1, 1)

// stretch is from where to where the documents of a kind lie.
func stretch(kind string) (from, to int64) {
	from = int64(kind[0]) << (dayBits + chanceBits)
	return from, from + 1<<(dayBits+chanceBits) - 1
}

// ord is where a document lies, with the given chance; one without a day lies at the old end.
func (d Doc) ord(chance int64) int64 {
	from, _ := stretch(d.Kind)
	day := 0
	if !d.On.IsZero() {
		day = min(max(d.On.Sub(epoch), 0), 1<<dayBits-1)
	}
	return from + int64(day)<<chanceBits + chance
}

// chance is room for so many documents in a row.
func chance(n int) int64 { return rand.Int64N(1<<chanceBits - int64(n)) }
