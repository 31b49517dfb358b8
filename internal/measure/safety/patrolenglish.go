package safety

import _ "embed"

// PatrolEnglish holds the translations of the patrol's sentences.
//
//go:embed patrol.toml
var PatrolEnglish string
