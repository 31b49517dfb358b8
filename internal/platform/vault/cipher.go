package vault

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/sha256"
	"fmt"

	"xiaojia/internal/kernel"
)

// The algorithms a ring entry may name. SM4-GCM is reserved: decisions.md 17 wants it by setting, this build has no SM4.
const (
	AES256GCM = "aes-256-gcm"
	SM4GCM    = "sm4-gcm"
)

type sealer = cipher.AEAD

// newRing checks the file and readies each key; a ring that is half good is refused, not used by halves.
func newRing(file ringFile) (*Ring, error) {
	if file.Version != 1 {
		return nil, kernel.Err(kernel.Invalid, "密钥文件是第 %d 版，这个程序只认第 1 版，请升级程序", file.Version)
	}
	if len(file.Blind) != secretLen || len(file.Keys) == 0 {
		return nil, kernel.Err(kernel.Invalid, "密钥文件不完整，请从备份恢复，不要新建")
	}
	ring := &Ring{keys: map[int]sealer{}, blind: file.Blind}
	for _, k := range file.Keys {
		if _, twice := ring.keys[k.ID]; twice || k.ID < 1 || len(k.Secret) != secretLen {
			return nil, kernel.Err(kernel.Invalid, "密钥文件里第 %d 号密钥不对，请从备份恢复", k.ID)
		}
		key, err := newSealer(k)
		if err != nil {
			return nil, err
		}
		ring.keys[k.ID] = key
		ring.newest = max(ring.newest, k.ID)
	}
	return ring, nil
}

// newSealer derives the working key, so that the secret of the file is never itself the key of a cipher.
func newSealer(k ringKey) (sealer, error) {
	switch k.Alg {
	case AES256GCM:
	case SM4GCM:
		return nil, kernel.Err(kernel.Invalid, "第 %d 号密钥要用国密 SM4-GCM，这个版本还没有带上，请换用带国密的版本", k.ID)
	default:
		return nil, kernel.Err(kernel.Invalid, "第 %d 号密钥的算法 %q 不认识", k.ID, k.Alg)
	}
	sub, err := hkdf.Key(sha256.New, k.Secret, nil, "xiaojia seal "+k.Alg, secretLen)
	if err != nil {
		return nil, fmt.Errorf("derive key %d: %w", k.ID, err)
	}
	block, err := aes.NewCipher(sub)
	if err != nil {
		return nil, fmt.Errorf("ready key %d: %w", k.ID, err)
	}
	return cipher.NewGCM(block)
}
