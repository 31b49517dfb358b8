package safetyapi

import (
	"bytes"
	"context"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"strings"

	"xiaojia/internal/engine/matter"
	"xiaojia/internal/kernel"
	"xiaojia/internal/measure/safety"
	"xiaojia/internal/platform/api"
)

// most is how many pictures one call may bring.
const most = 6

type rawIn struct {
	Type    string `header:"Content-Type" doc:"image/jpeg、image/png，或 multipart/form-data · one picture, or several in a form"`
	RawBody []byte `contentType:"application/octet-stream"`
}

// Names are pictures that were stored.
type Names struct {
	Photos []string `json:"photos" doc:"照片的名字，报隐患和办事时用 · names for reports and acts"`
}

func (h hazards) upload(ctx context.Context, c api.Call, in *rawIn) (*api.One[Names], error) {
	names, err := keep(ctx, c, in, h.Photos.Keep)
	return &api.One[Names]{Body: Names{Photos: names}}, err
}

type moreIn struct {
	rawIn
	ID string `path:"id" maxLength:"64"`
}

func (h hazards) more(ctx context.Context, c api.Call, in *moreIn) (*api.One[Names], error) {
	told, err := h.Reads.Seen(ctx, safety.SeenHazards(c.Actor), matter.ID(in.ID))
	if err != nil {
		return nil, err
	}
	store := h.Photos.Keep
	if told.Mode != safety.Named {
		store = h.Photos.KeepBlind
	}
	names, err := keep(ctx, c, &in.rawIn, store)
	if err != nil {
		return nil, err
	}
	if err := h.Hazards.AddPhotos(ctx, c.Actor, matter.ID(in.ID), names); err != nil {
		return nil, err
	}
	return &api.One[Names]{Body: Names{Photos: names}}, nil
}

func keep(ctx context.Context, c api.Call, in *rawIn, store func(context.Context, string, []io.Reader) ([]string, error)) ([]string, error) {
	raw, err := pictures(in.Type, in.RawBody)
	if err != nil {
		return nil, err
	}
	readers := make([]io.Reader, len(raw))
	for i, b := range raw {
		readers[i] = bytes.NewReader(b)
	}
	return store(ctx, c.Actor.Org, readers)
}

// pictures takes apart what was sent: one picture as it is, or the files of a form.
func pictures(kind string, body []byte) ([][]byte, error) {
	media, params, err := mime.ParseMediaType(kind)
	if err != nil || !strings.HasPrefix(media, "multipart/") {
		if len(body) == 0 {
			return nil, kernel.Wrong("photo", "没有收到照片。")
		}
		return [][]byte{body}, nil
	}
	var out [][]byte
	r := multipart.NewReader(bytes.NewReader(body), params["boundary"])
	for {
		part, err := r.NextPart()
		if errors.Is(err, io.EOF) && len(out) > 0 {
			return out, nil
		}
		if err != nil {
			return nil, kernel.Wrong("photo", "没有收到照片。")
		}
		if part.FileName() == "" {
			continue
		}
		if len(out) == most {
			return nil, kernel.Wrong("photo", "最多 %d 张照片。", most)
		}
		b, err := io.ReadAll(part) // the whole body is bounded already
		if err != nil {
			return nil, kernel.Wrong("photo", "没有收到照片。")
		}
		out = append(out, b)
	}
}
