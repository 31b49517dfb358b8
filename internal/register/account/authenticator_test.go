package account_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"testing"

	"github.com/go-webauthn/webauthn/protocol/webauthncbor"
)

// device is a phone with its own keys, as the specification describes one (WebAuthn 6.1, 6.5): it makes a key for a site and
// signs with it.
type device struct {
	origin, host string
	key          *ecdsa.PrivateKey
	id, handle   []byte
	count        uint32
	flags        byte // beside presence and verification: 0x08 may be backed up, 0x10 is
}

func newDevice(t *testing.T, origin, host string) *device {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	d := &device{origin: origin, host: host, key: key, id: make([]byte, 32)}
	_, _ = rand.Read(d.id)
	return d
}

type question struct {
	PublicKey struct {
		Challenge, RPID string
		User            struct{ ID string }
		RP              struct{ ID string }
		Selection       struct{ ResidentKey, UserVerification string } `json:"authenticatorSelection"`
	}
}

func read(t *testing.T, asked any) (q question) {
	t.Helper()
	raw, err := json.Marshal(asked)
	if err == nil {
		err = json.Unmarshal(raw, &q)
	}
	if err != nil {
		t.Fatal(err)
	}
	return q
}

var b64 = base64.RawURLEncoding.EncodeToString

func (d *device) client(kind, challenge string) []byte {
	raw, _ := json.Marshal(map[string]any{"type": "webauthn." + kind, "challenge": challenge, "origin": d.origin, "crossOrigin": false})
	return raw
}

func (d *device) data(more byte) []byte {
	sum := sha256.Sum256([]byte(d.host))
	return binary.BigEndian.AppendUint32(append(sum[:], 0x05|d.flags|more), d.count)
}

// make answers a question for a new key.
func (d *device) make(t *testing.T, asked any) []byte {
	t.Helper()
	q := read(t, asked)
	d.handle, _ = base64.RawURLEncoding.DecodeString(q.PublicKey.User.ID)
	point, err := d.key.PublicKey.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	cose, err := webauthncbor.Marshal(map[int]any{1: 2, 3: -7, -1: 1, -2: point[1:33], -3: point[33:]})
	if err != nil {
		t.Fatal(err)
	}
	data := append(d.data(0x40), make([]byte, 16)...)
	data = append(binary.BigEndian.AppendUint16(data, uint16(len(d.id))), d.id...)
	object, err := webauthncbor.Marshal(map[string]any{"fmt": "none", "attStmt": map[string]any{}, "authData": append(data, cose...)})
	if err != nil {
		t.Fatal(err)
	}
	return d.say(map[string]any{"clientDataJSON": b64(d.client("create", q.PublicKey.Challenge)), "attestationObject": b64(object), "transports": []string{"internal"}})
}

// sign answers a question for a signature.
func (d *device) sign(t *testing.T, asked any) []byte {
	t.Helper()
	client, data := d.client("get", read(t, asked).PublicKey.Challenge), d.data(0)
	hash := sha256.Sum256(client)
	sum := sha256.Sum256(append(data, hash[:]...))
	sig, err := ecdsa.SignASN1(rand.Reader, d.key, sum[:])
	if err != nil {
		t.Fatal(err)
	}
	return d.say(map[string]any{"clientDataJSON": b64(client), "authenticatorData": b64(data), "signature": b64(sig), "userHandle": b64(d.handle)})
}

func (d *device) say(response map[string]any) []byte {
	raw, _ := json.Marshal(map[string]any{"id": b64(d.id), "rawId": b64(d.id), "type": "public-key", "response": response, "clientExtensionResults": map[string]any{}})
	return raw
}
