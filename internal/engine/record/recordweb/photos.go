// Package recordweb is the pages of records: photos in and out, 记一笔. It never decides what a record means.
package recordweb

import (
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"xiaojia/internal/engine/record"
	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/platform/files"
	"xiaojia/internal/platform/web"
)

// Photos takes pictures in and gives them out.
type Photos struct {
	db      *db.DB
	store   *files.Store
	intake  *files.Intake
	records *record.Service
}

func NewPhotos(d *db.DB, s *files.Store, in *files.Intake, r *record.Service) *Photos {
	return &Photos{db: d, store: s, intake: in, records: r}
}

// Take makes pictures of a form's uploads, on disk before any transaction names them, and answers with their hashes.
func (ph *Photos) Take(c *web.Ctx, f *web.Form, field string, most int) ([]string, error) {
	return ph.take(c, f, field, most, false)
}

// TakeBlind is Take for pictures of anonymous people: a random mark in each gives it a hash that nobody can make again from
// the photo on a phone.
func (ph *Photos) TakeBlind(c *web.Ctx, f *web.Form, field string, most int) ([]string, error) {
	return ph.take(c, f, field, most, true)
}

func (ph *Photos) take(c *web.Ctx, f *web.Form, field string, most int, blind bool) ([]string, error) {
	up, err := f.Files(field)
	if err != nil {
		return nil, fmt.Errorf("open uploads: %w", err)
	}
	defer func() {
		for _, u := range up {
			_ = u.Close() // only read from
		}
	}()
	if len(up) > most {
		return nil, kernel.Wrong(field, "最多 %d 张照片。", most)
	}
	readers := make([]io.Reader, len(up))
	for i, u := range up {
		readers[i] = u
	}
	hashes, err := ph.keep(c.R.Context(), c.Actor.Org, readers, blind)
	var e *kernel.Error
	if errors.As(err, &e) && e.Field == "" && (e.Kind == kernel.Invalid || e.Kind == kernel.TooLarge) {
		return nil, kernel.Wrong(field, e.Text, e.Args...)
	}
	return hashes, err
}

// Keep makes clean pictures of what was read and stores them with their rows.
func (ph *Photos) Keep(ctx context.Context, org string, from []io.Reader) ([]string, error) {
	return ph.keep(ctx, org, from, false)
}

// KeepBlind is Keep for pictures of people who give no name, as TakeBlind.
func (ph *Photos) KeepBlind(ctx context.Context, org string, from []io.Reader) ([]string, error) {
	return ph.keep(ctx, org, from, true)
}

func (ph *Photos) keep(ctx context.Context, org string, from []io.Reader, blind bool) ([]string, error) {
	var rows []record.File
	var pictures []files.Picture
	for _, r := range from {
		p, err := ph.intake.Picture(ctx, r)
		if err != nil {
			return nil, err
		}
		if blind {
			p = p.Marked()
		}
		row, err := ph.put(org, p)
		if err != nil {
			return nil, err
		}
		rows, pictures = append(rows, row), append(pictures, p)
	}
	if len(rows) == 0 {
		return nil, nil
	}
	hashes, err := ph.note(ctx, org, rows)
	if err != nil {
		return nil, err
	}
	return hashes, ph.again(org, rows, pictures)
}

// again stores what a sweep has set aside since: from here on the database names it and no sweep takes it.
func (ph *Photos) again(org string, rows []record.File, pictures []files.Picture) error {
	for i, r := range rows {
		for _, h := range []string{r.Hash, r.Thumb} {
			there, err := ph.store.Exists(org, h)
			if err == nil && !there {
				_, err = ph.put(org, pictures[i])
			}
			if err != nil {
				return err
			}
		}
	}
	return nil
}

func (ph *Photos) note(ctx context.Context, org string, rows []record.File) ([]string, error) {
	hashes := make([]string, len(rows))
	err := ph.db.InTx(ctx, authz.Program(org), func(tx db.Tx) error {
		for i, row := range rows {
			if err := ph.records.SaveFile(tx, row); err != nil {
				return err
			}
			hashes[i] = row.Hash
		}
		return nil
	})
	return hashes, err
}

// put stores a picture, large and small.
func (ph *Photos) put(org string, p files.Picture) (record.File, error) {
	big, size, err := ph.store.Put(org, bytes.NewReader(p.Big))
	if err != nil {
		return record.File{}, fmt.Errorf("keep picture: %w", err)
	}
	thumb, _, err := ph.store.Put(org, bytes.NewReader(p.Thumb))
	if err != nil {
		return record.File{}, fmt.Errorf("keep small picture: %w", err)
	}
	return record.File{Hash: big, Kind: "image/jpeg", Size: size, Thumb: thumb, Width: p.W, Height: p.H}, nil
}

// Inline is a small picture as the source of an image, for pages whose reader is not signed in and could not fetch it.
func (ph *Photos) Inline(org, hash string) (string, error) {
	file, err := ph.store.Open(org, hash)
	if err != nil {
		return "", fmt.Errorf("inline picture: %w", err)
	}
	defer file.Close()
	raw, err := io.ReadAll(io.LimitReader(file, inlineMost))
	if err != nil {
		return "", fmt.Errorf("inline picture: %w", err)
	}
	return "data:image/jpeg;base64," + base64.StdEncoding.EncodeToString(raw), nil
}

// inlineMost is more than a small picture has.
const inlineMost = 256 << 10

// Show gives a picture to people of its company union. A picture's name is its SHA-256, which only pages tell that show
// the record it belongs to; small=1 gives the small one.
func (ph *Photos) Show(c *web.Ctx) error {
	hash := c.R.PathValue("hash")
	file, err := ph.store.Open(c.Actor.Org, hash)
	if err != nil {
		return errors.Join(kernel.Err(kernel.NotFound, "没有这张照片。"), err)
	}
	defer file.Close()
	h := c.W.Header()
	h.Set("Content-Type", "image/jpeg")
	h.Set("Cache-Control", "private, max-age=31536000, immutable")
	h.Set("ETag", `"`+hash+`"`)
	if strings.Contains(c.R.Header.Get("If-None-Match"), hash) {
		c.W.WriteHeader(http.StatusNotModified)
		return nil
	}
	http.ServeContent(c.W, c.R, "", time.Time{}, file) // no Last-Modified: it would tell when an anonymous picture came
	return nil
}
