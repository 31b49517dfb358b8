package matter

import "slices"

// Replay goes the way of a matter after it was raised, act by act, and tells where it ends. Acts that the flow does not know
// change nothing. It stops at the first act that was not open from where the matter stood, and names it.
func (f Flow) Replay(acts []Act) (State, Act) {
	at := Raised
	for _, a := range acts {
		s, ok := f.Step(a)
		if !ok {
			continue
		}
		if !slices.Contains(s.From, at) {
			return at, a
		}
		if s.To != "" {
			at = s.To
		}
	}
	return at, ""
}

// Ends tells whether an act closes a matter for good.
func (f Flow) Ends(a Act) bool {
	s, ok := f.Step(a)
	return ok && s.To == Closed
}
