package ui

import _ "embed"

// English holds the translations of the sentences of web, db, files, vault, jobs, notify and of the shared pieces.
//
//go:embed en.toml
var English string
