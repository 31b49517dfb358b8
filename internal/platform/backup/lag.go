package backup

import (
	"encoding/hex"
	"errors"
	"hash"
	"io"
)

// block is what a tar is made of.
const block = 512

// lag hashes what is read, but for the last block: when that turns out to be the manifest's header, the hash of everything in
// front of it is there.
type lag struct {
	r      io.Reader
	sum    hash.Hash
	last   []byte // at most one block
	failed error  // of the medium
}

func (l *lag) Read(p []byte) (int, error) {
	n, err := l.r.Read(p)
	l.last = append(l.last, p[:n]...)
	if over := len(l.last) - block; over > 0 {
		l.sum.Write(l.last[:over])
		l.last = append(l.last[:0], l.last[over:]...)
	}
	if err != nil && !errors.Is(err, io.EOF) {
		l.failed = err
	}
	return n, err
}

// before is the hash of all bytes read but the last block, and that block.
func (l *lag) before() (string, []byte) {
	return hex.EncodeToString(l.sum.Sum(nil)), append([]byte{}, l.last...)
}
