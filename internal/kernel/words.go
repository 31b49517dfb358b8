package kernel

import (
	"database/sql/driver"
	"fmt"
)

// Words is a name in both languages. En may be empty: then the Chinese one is shown, marked as Chinese.
type Words struct {
	Zh string `json:"zh" yaml:"zh"`
	En string `json:"en,omitempty" yaml:"en"`
}

// Money is whole fen.
type Money int64

// String is the Chinese name: errors in logs and data of records are in the trade's own language.
func (w Words) String() string { return w.Zh }

// Opt is text in a column that may be NULL: empty is NULL.
type Opt string

func (o Opt) Value() (driver.Value, error) {
	if o == "" {
		return nil, nil
	}
	return string(o), nil
}

func (o *Opt) Scan(v any) error {
	switch v := v.(type) {
	case nil:
		*o = ""
	case string:
		*o = Opt(v)
	case []byte:
		*o = Opt(v)
	default:
		return fmt.Errorf("text from %T", v)
	}
	return nil
}
