package dutydb

import (
	"encoding/json"
	"fmt"

	"xiaojia/internal/platform/db"
)

// A list goes to the database as one JSON parameter, so that a thousand rows are one statement with one text. The engines
// differ only in the name of the function that spreads it and in how a text becomes a day.

// each spreads the JSON list of a parameter over rows e.value.
func each(e db.Engine, param string) string {
	if e == db.Postgres {
		return "json_array_elements(CAST(" + param + " AS json)) AS e(value)"
	}
	return "json_each(" + param + ") AS e"
}

// ids spreads a JSON list of texts.
func ids(e db.Engine, param string) string {
	if e == db.Postgres {
		return "(SELECT e.value FROM json_array_elements_text(CAST(" + param + " AS json)) AS e(value))"
	}
	return "(SELECT e.value FROM json_each(" + param + ") AS e)"
}

// day reads a day out of a row of each. SQLite keeps days as text, and its CAST to DATE would make a number of it.
func day(e db.Engine, key string) string {
	if e == db.Postgres {
		return "CAST(e.value->>'" + key + "' AS DATE)"
	}
	return "e.value->>'" + key + "'"
}

func list(v any) (string, error) {
	raw, err := json.Marshal(v)
	return string(raw), err
}

// wrap names what was done to which row; nil stays nil.
func wrap(what, id string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s %s: %w", what, id, err)
}
