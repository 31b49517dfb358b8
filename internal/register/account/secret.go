package account

import (
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"runtime"
	"strings"
	"unicode/utf8"

	"golang.org/x/crypto/argon2"
	"golang.org/x/text/unicode/norm"

	"xiaojia/internal/kernel"
	"xiaojia/internal/register/people/roster"
)

// Argon2id with the smallest of the recommended settings: two cores serve a whole branch.
const (
	argonTime   = 2
	argonMemory = 19 * 1024 // KiB
	argonKey    = 32
)

// newToken is 32 random bytes for a cookie or link; only its hash is kept.
func newToken() string {
	var b [32]byte
	_, _ = rand.Read(b[:]) // never fails since Go 1.24
	return base64.RawURLEncoding.EncodeToString(b[:])
}

// hashToken is what the database knows of a token.
func hashToken(t string) string {
	sum := sha256.Sum256([]byte(t))
	return hex.EncodeToString(sum[:])
}

// hashing lets as many passwords be hashed at a time as there are cores: each costs 19 MiB.
var hashing = make(chan struct{}, max(2, runtime.NumCPU()))

func argon(password string, salt []byte, t, m, n uint32) []byte {
	hashing <- struct{}{}
	defer func() { <-hashing }()
	return argon2.IDKey([]byte(password), salt, t, m, 1, n)
}

func hashSecret(password string) string {
	var salt [16]byte
	_, _ = rand.Read(salt[:]) // as above
	key := argon(password, salt[:], argonTime, argonMemory, argonKey)
	return fmt.Sprintf("argon2id$%d$%d$%s$%s", argonTime, argonMemory, base64.RawStdEncoding.EncodeToString(salt[:]), base64.RawStdEncoding.EncodeToString(key))
}

func rightSecret(stored, password string) bool {
	var t, m uint32
	parts := strings.Split(stored, "$")
	if len(parts) != 5 || parts[0] != "argon2id" {
		return false
	}
	if _, err := fmt.Sscanf(parts[1]+" "+parts[2], "%d %d", &t, &m); err != nil {
		return false
	}
	salt, err1 := base64.RawStdEncoding.DecodeString(parts[3])
	key, err2 := base64.RawStdEncoding.DecodeString(parts[4])
	if err1 != nil || err2 != nil || t == 0 || m == 0 || len(key) == 0 {
		return false
	}
	return subtle.ConstantTimeCompare(argon(password, salt, t, m, uint32(len(key))), key) == 1
}

// cleanLogin is the one spelling of a 工号 or phone: small letters, half width, no blanks; a mobile number without its dashes.
func cleanLogin(s string) string {
	if phone, ok := roster.ReadPhone(s); ok && strings.HasPrefix(phone, "1") {
		return phone
	}
	return strings.ToLower(strings.Join(strings.Fields(norm.NFKC.String(s)), ""))
}

const (
	passwordMin  = 8
	passwordLong = 200
	passwordMost = 4 * passwordLong // bytes that so many characters can take
)

// checkPassword refuses what a colleague would guess first.
func checkPassword(password string, h Holder) error {
	n := utf8.RuneCountInString(password)
	switch {
	case n < passwordMin:
		return kernel.Wrong("password", "密码至少 %d 个字，一句自己记得住的话最好。", passwordMin)
	case n > passwordLong:
		return kernel.Wrong("password", "密码太长了。")
	case strings.EqualFold(password, h.No) || password == h.Phone || password == h.Name || strings.Contains(password, h.Phone) && h.Phone != "":
		return kernel.Wrong("password", "不要用工号、手机号或姓名做密码，同事一猜就中。")
	case strings.Count(password, password[:1]) == len(password) || strings.Contains("12345678901234567890 abcdefghijklmnopqrstuvwxyz", password):
		return kernel.Wrong("password", "这个密码太容易猜，请换一个。")
	}
	return nil
}
