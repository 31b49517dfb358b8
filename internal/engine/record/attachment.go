package record

import (
	"strings"

	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/register/people"
)

// File is a stored photo as the database knows it; its bytes lie in the file store under Hash.
type File struct {
	Hash, Kind    string
	Size          int64
	Thumb         string // hash of the small picture
	Width, Height int
}

// Attachment is a photo in a place of a record's form.
type Attachment struct {
	Slot string
	Pos  int
	File
	By people.ID
	At kernel.Time
}

// slotMax bounds the photos in one place of a form.
const slotMax = 30

// SaveFile notes a photo that the file store has on disk already (decision 18); the same photo again is harmless.
func (s *Service) SaveFile(tx db.Tx, f File) error {
	if !plainHash(f.Hash) || f.Thumb != "" && !plainHash(f.Thumb) {
		return kernel.Wrong("photo", "这张照片没有存好，请重新选一次")
	}
	return s.store.SaveFile(tx, f)
}

// Attach puts photos into one place of a record's form, in that order, instead of what was there.
// A hash that SaveFile does not know is refused.
func (s *Service) Attach(tx db.Tx, owner Ref, slot string, hashes []string) error {
	if len(hashes) > slotMax {
		return kernel.Wrong("photo", "一处最多放 %d 张照片", slotMax)
	}
	for _, h := range hashes {
		if !plainHash(h) {
			return kernel.Wrong("photo", "这张照片没有存好，请重新选一次")
		}
	}
	err := s.store.Attach(tx, owner, slot, hashes)
	if db.IsMissingParent(err) {
		return kernel.Wrong("photo", "有一张照片没有传上来，请重新选一次")
	}
	return err
}

func plainHash(s string) bool { return len(s) == 64 && strings.Trim(s, "0123456789abcdef") == "" }
