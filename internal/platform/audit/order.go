package audit

import "xiaojia/internal/kernel"

// InOrder takes lines by their ids and answers them in the order in which things were done. Ids are that order but for anonymous
// lines, whose ids are random and whose instant is the beginning of their day: each comes before the first line that is not older.
func InOrder[L any](byID []L, of func(L) (id string, at kernel.Time)) []L {
	out := make([]L, 0, len(byID))
	var blind []L
	for _, l := range byID {
		if id, _ := of(l); kernel.IsBlindID(id) {
			blind = append(blind, l)
		} else {
			out = append(out, l)
		}
	}
	for _, l := range blind {
		_, day := of(l)
		at := len(out)
		for i, other := range out {
			if _, t := of(other); t >= day {
				at = i
				break
			}
		}
		out = append(out[:at], append([]L{l}, out[at:]...)...)
	}
	return out
}
