package catalogue

import _ "embed"

// English holds the translations of this package's sentences.
//
//go:embed en.toml
var English string
