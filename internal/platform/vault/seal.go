package vault

import (
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// ErrSealed says that a sealed text does not open: another row's, changed, cut, or not sealed at all.
var ErrSealed = errors.New("vault: sealed text does not open")

// ErrNoKey says that the ring lacks the key that sealed a text, as after a backup was restored without its ring.
var ErrNoKey = errors.New("vault: the ring has no such key")

// Context names the one place a sealed text belongs to; in any other it does not open.
type Context struct {
	Org  string // whose data
	Kind string // which field, as "person.id_number"
	ID   string // which record
}

// Ring seals, opens and indexes. It does not change after it is loaded and serves many goroutines.
type Ring struct {
	keys   map[int]sealer
	newest int
	blind  []byte
}

// String hides the secrets from every print and log.
func (r *Ring) String() string { return "vault.Ring(" + strconv.Itoa(len(r.keys)) + ")" }

// GoString hides the secrets from %#v as well.
func (r *Ring) GoString() string { return r.String() }

// Newest is the id of the key that seals; a text whose KeyOf differs wants sealing anew after a rotation.
func (r *Ring) Newest() int { return r.newest }

// Seal returns the text "key.base64" for a column: AES-256-GCM under a random nonce, bound to ctx (decisions.md 17).
func (r *Ring) Seal(ctx Context, plain []byte) (string, error) {
	if err := ctx.check(); err != nil {
		return "", err
	}
	key := r.keys[r.newest]
	nonce := make([]byte, key.NonceSize(), key.NonceSize()+len(plain)+key.Overhead())
	_, _ = rand.Read(nonce) // never fails since Go 1.24
	body := key.Seal(nonce, nonce, plain, ctx.bytes(r.newest))
	return strconv.Itoa(r.newest) + "." + base64.RawURLEncoding.EncodeToString(body), nil
}

// Open returns the plain text that Seal got for the same ctx, else ErrSealed or ErrNoKey.
func (r *Ring) Open(ctx Context, sealed string) ([]byte, error) {
	if err := ctx.check(); err != nil {
		return nil, err
	}
	id, text, err := split(sealed)
	if err != nil {
		return nil, fmt.Errorf("open %s of %s: %w", ctx.Kind, ctx.ID, err)
	}
	key, ok := r.keys[id]
	if !ok {
		return nil, fmt.Errorf("open %s of %s, key %d: %w", ctx.Kind, ctx.ID, id, ErrNoKey)
	}
	body, err := base64.RawURLEncoding.Strict().DecodeString(text)
	if err != nil || len(body) < key.NonceSize() {
		return nil, fmt.Errorf("open %s of %s: %w", ctx.Kind, ctx.ID, ErrSealed)
	}
	nonce, rest := body[:key.NonceSize()], body[key.NonceSize():]
	plain, err := key.Open(nil, nonce, rest, ctx.bytes(id))
	if err != nil {
		return nil, fmt.Errorf("open %s of %s: %w", ctx.Kind, ctx.ID, ErrSealed)
	}
	return plain, nil
}

// KeyOf is the id of the key that sealed a text.
func KeyOf(sealed string) (int, error) {
	id, _, err := split(sealed)
	return id, err
}

// Blind is the index of a value for search by equality: the same for the same kind and value, telling nothing without the ring.
// The caller gives the value in its one spelling (an ID number with a capital X); keys of the index outlive rotation.
func (r *Ring) Blind(kind, value string) string {
	key, err := hkdf.Key(sha256.New, r.blind, nil, "xiaojia blind "+kind, secretLen)
	if err != nil { // only for lengths beyond 255 hashes
		panic("vault: " + err.Error())
	}
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte(value))
	return base64.RawURLEncoding.EncodeToString(mac.Sum(nil))
}

func split(sealed string) (int, string, error) {
	head, text, ok := strings.Cut(sealed, ".")
	id, err := strconv.Atoi(head)
	if !ok || err != nil || strconv.Itoa(id) != head { // one spelling per text
		return 0, "", ErrSealed
	}
	return id, text, nil
}

func (c Context) check() error {
	if c.Org == "" || c.Kind == "" || c.ID == "" {
		return fmt.Errorf("vault: context with an empty part: kind %q id %q", c.Kind, c.ID)
	}
	return nil
}

// bytes is the additional data: each part after its length, so that no two contexts run together.
func (c Context) bytes(key int) []byte {
	out := binary.AppendUvarint([]byte("xiaojia seal 1\x00"), uint64(key))
	for _, part := range []string{c.Org, c.Kind, c.ID} {
		out = binary.AppendUvarint(out, uint64(len(part)))
		out = append(out, part...)
	}
	return out
}
