package record

import (
	"strconv"
	"strings"

	"xiaojia/internal/kernel"
)

const (
	strokesMax  = 60_000 // bytes of path data; a long name with many points has about 12,000
	strokesSpan = 12.0   // a name is at least that wide or high, in the pad's own units; less is a dot
	strokesEdge = 20_000.0
)

// CheckStrokes refuses what is no drawn name: only M, L, C, Q and plain numbers, not empty, not a dot, at most 60 kB.
// The data goes into an SVG as it is, so nothing else may stand in it.
func CheckStrokes(s string) error {
	if strings.TrimSpace(s) == "" {
		return kernel.Wrong("signature", "请在框里签上名字")
	}
	if len(s) > strokesMax {
		return kernel.Wrong("signature", "签名画得太多了，请擦掉重签")
	}
	xs, ys, ok := points(s)
	if !ok {
		return kernel.Wrong("signature", "签名没有读懂，请擦掉重签")
	}
	if span(xs) < strokesSpan && span(ys) < strokesSpan {
		return kernel.Wrong("signature", "这只是一个点，请签上名字")
	}
	return nil
}

// points reads a path's coordinates; each command takes whole pairs, and the first is M.
func points(s string) (xs, ys []float64, ok bool) {
	for s = strings.TrimSpace(s); s != ""; {
		pairs := map[byte]int{'M': 1, 'L': 1, 'Q': 2, 'C': 3}[s[0]]
		if pairs == 0 || len(xs) == 0 && s[0] != 'M' {
			return nil, nil, false
		}
		end := strings.IndexAny(s[1:], "MLCQ") + 1
		if end == 0 {
			end = len(s)
		}
		fields := strings.FieldsFunc(strings.ReplaceAll(s[1:end], "-", " -"), func(r rune) bool { return r == ' ' || r == ',' })
		if len(fields) == 0 || len(fields)%(2*pairs) != 0 {
			return nil, nil, false
		}
		for i, f := range fields {
			v, good := coordinate(f)
			if !good {
				return nil, nil, false
			}
			if i%2 == 0 {
				xs = append(xs, v)
			} else {
				ys = append(ys, v)
			}
		}
		s = s[end:]
	}
	return xs, ys, len(xs) > 1
}

// coordinate takes plain decimals only: no exponent, no plus, no Inf.
func coordinate(f string) (float64, bool) {
	if strings.Trim(f, "0123456789.-") != "" {
		return 0, false
	}
	v, err := strconv.ParseFloat(f, 64)
	return v, err == nil && v >= -strokesEdge && v <= strokesEdge
}

func span(v []float64) float64 {
	low, high := v[0], v[0]
	for _, x := range v {
		low, high = min(low, x), max(high, x)
	}
	return high - low
}
