package scene

// hue is 0xRRGGBB. The palette is that of the pages, so that photos sit calmly on them.
type hue uint32

const (
	paper  hue = 0xfffdf9
	cream  hue = 0xf7f2e9
	sand   hue = 0xe8dfd0
	clay   hue = 0xd9cbb4
	wood   hue = 0xb8956a
	bark   hue = 0x8a6d3b
	night  hue = 0x2a2521
	slate  hue = 0x4f554f
	stone  hue = 0x7c857d
	fog    hue = 0xb9c1ba
	steel  hue = 0xcfd8d2
	red    hue = 0xb3211f
	coral  hue = 0xd46a55
	amber  hue = 0xd9a032
	gold   hue = 0xb97a16
	green  hue = 0x2c6d57
	leaf   hue = 0x6f9f7f
	mint   hue = 0xb7d0bd
	blue   hue = 0x2f639b
	skyway hue = 0x86b4e3
	ice    hue = 0xd5e4ea
	plum   hue = 0x774f93
)

// ink is what a shape is filled with: two colours, above and below, and how much it covers (255 = all).
type ink interface {
	run() (top, low hue, alpha uint32)
}

func (h hue) run() (top, low hue, alpha uint32) { return h, h, 255 }

func (h hue) parts() (r, g, b uint32) {
	return uint32(h>>16) & 255, uint32(h>>8) & 255, uint32(h) & 255
}

// mix goes from h at 0 to o at 1.
func (h hue) mix(o hue, t float64) hue {
	t = min(1, max(0, t))
	part := func(shift uint) hue {
		a, b := float64(h>>shift&255), float64(o>>shift&255)
		return hue(a+(b-a)*t+.5) << shift
	}
	return part(16) | part(8) | part(0)
}

func (h hue) lighter(t float64) hue { return h.mix(paper, t) }
func (h hue) darker(t float64) hue  { return h.mix(night, t) }

type faded struct{ top, low hue }

func (f faded) run() (top, low hue, alpha uint32) { return f.top, f.low, 255 }

// fade runs from one colour above to another below.
func fade(top, low hue) ink { return faded{top, low} }

// soft is a colour with a breath of light above and shade below.
func soft(h hue) ink { return faded{h.lighter(.14), h.darker(.1)} }

type thin struct {
	h     hue
	alpha uint32
}

func (t thin) run() (top, low hue, alpha uint32) { return t.h, t.h, t.alpha }

// glass lets through what lies below.
func glass(h hue, alpha uint32) ink { return thin{h, alpha} }
