// Package web carries what the browser loads: one style sheet, one script, one sprite of icons, the seal. They are built by build.mjs
// into dist and embedded; a page names them through Assets, by an address that changes with the content. The sentences that scripts
// say (words.json) stand here too, so that the language files can be checked against them. It knows no page and no rule, and
// never reads from the disk.
package web

import (
	"embed"
	"encoding/json"
	"slices"
	"strings"
)

//go:embed all:dist
var dist embed.FS

//go:embed icons.txt
var iconList string

//go:embed words.json
var wordList []byte

// Icons lists the names that pages may draw, sorted, as icons.txt has them.
func Icons() []string {
	names := strings.Fields(iconList)
	slices.Sort(names)
	return names
}

// IconExists reports whether the sprite holds the icon of that name.
func IconExists(name string) bool {
	return slices.Contains(strings.Fields(iconList), name)
}

// Words gives the Chinese sentences that scripts say, by key; a page in another language delivers their translations
// as JSON in <script type="application/json" id="words">.
func Words() (map[string]string, error) {
	words := map[string]string{}
	if err := json.Unmarshal(wordList, &words); err != nil {
		return nil, err
	}
	return words, nil
}
