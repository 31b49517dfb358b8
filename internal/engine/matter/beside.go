package matter

// Beside is what is kept beside a matter's row, derived from it: whose turn it is, and the counters that it stands in.
// Raise, Act and Tick keep these by themselves; who writes many rows at once asks here.
func Beside(f Flow, m Matter) (first, also string, counters []string) {
	first, also = m.waits(f, Step{})
	return first, also, sorted(keys(m))
}
