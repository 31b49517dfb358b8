// Package scene draws the photos of the demo: what a phone would have taken in a canteen, a dormitory, a workshop,
// a chemical store or at a gathering of the branch. A scene has a name and, where it shows something wrong,
// the name of the same place put right. The same name and seed always give the same picture.
// It ships no picture, reads no file, and none of its drawings claims to be a real photo.
package scene

import (
	"bytes"
	"fmt"
	"hash/fnv"
	"image"
	"image/jpeg"
	"math/rand/v2"
	"sync"
)

// variants is how many pictures of one scene differ; a seed picks one of them.
const variants = 4

// Draw draws a scene, 960 × 720; the seed chooses light, camera and small things. An unknown name is an error.
func Draw(name string, seed int64) (*image.RGBA, error) {
	s, ok := find(name)
	if !ok {
		return nil, fmt.Errorf("scene %q is not drawn here", name)
	}
	v := variant(seed)
	h := fnv.New64a()
	_, _ = h.Write([]byte(s.place)) // never fails
	rng := rand.New(rand.NewPCG(h.Sum64(), uint64(v)))
	p := newPen(rng)
	s.draw(p)
	develop(p.m, lights(v), rng)
	return p.m, nil
}

func variant(seed int64) int { return int(uint64(seed) % variants) }

// JPEG is Draw, encoded as a phone would send it.
func JPEG(name string, seed int64) ([]byte, error) {
	m, err := Draw(name, seed)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, &jpeg.Options{Quality: 85}); err != nil {
		return nil, fmt.Errorf("encode scene %s: %w", name, err)
	}
	return b.Bytes(), nil
}

// Album keeps what it has drawn; it serves many goroutines. A demo that shows hundreds of photos needs few drawings.
type Album struct {
	mu   sync.Mutex
	kept map[shot]func() ([]byte, error)
}

type shot struct {
	name    string
	variant int
}

// NewAlbum is an empty album.
func NewAlbum() *Album { return &Album{kept: map[shot]func() ([]byte, error){}} }

// JPEG is the package's JPEG, drawn once for each name and variant. The bytes must not be changed.
func (a *Album) JPEG(name string, seed int64) ([]byte, error) {
	a.mu.Lock()
	key := shot{name, variant(seed)}
	draw, ok := a.kept[key]
	if !ok {
		draw = sync.OnceValues(func() ([]byte, error) { return JPEG(name, seed) })
		a.kept[key] = draw
	}
	a.mu.Unlock() // others may draw other scenes meanwhile
	return draw()
}
