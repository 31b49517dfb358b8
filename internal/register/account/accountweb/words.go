package accountweb

// first is the first character of a name.
func first(name string) string {
	for _, r := range name {
		return string(r)
	}
	return "?"
}
