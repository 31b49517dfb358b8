package scene

import (
	"image"
	"math/rand/v2"
)

// light is what differs between two photos of one place: the tint of the day, and how bright it is.
type light struct{ r, g, b float64 }

// lights holds one light for each variant: noon, morning, evening, an overcast day.
func lights(variant int) light {
	return [...]light{{1, 1, 1}, {.99, 1, 1.03}, {1.03, .99, .94}, {.95, .96, .98}}[variant]
}

// develop lays light, darker corners and a little grain over the finished drawing.
func develop(m *image.RGBA, l light, rng *rand.Rand) {
	const tile = 1 << 12
	var grain [tile]int32
	for i := range grain {
		grain[i] = int32(rng.IntN(5)) - 2
	}
	across := make([]int32, width)
	for x := range across {
		across[x] = corner(x, width)
	}
	lr, lg, lb := int32(l.r*256), int32(l.g*256), int32(l.b*256)
	for y := range height {
		down := corner(y, height)
		row := m.Pix[y*m.Stride : y*m.Stride+width*4]
		off := rng.IntN(tile)
		for x := range width {
			dim := 1024 - across[x] - down
			n := grain[(x+off)&(tile-1)]
			px := row[x*4 : x*4+4 : x*4+4]
			px[0] = clamp(int32(px[0])*lr>>8*dim>>10 + n)
			px[1] = clamp(int32(px[1])*lg>>8*dim>>10 + n)
			px[2] = clamp(int32(px[2])*lb>>8*dim>>10 + n)
		}
	}
}

// corner is how much of 1024 falls away at a place along an edge: nothing in the middle, a tenth at the end.
func corner(i, n int) int32 {
	t := float64(2*i-n) / float64(n)
	return int32(90 * t * t * t * t)
}

func clamp(v int32) uint8 { return uint8(min(255, max(0, v))) }
