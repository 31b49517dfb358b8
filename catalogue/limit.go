package catalogue

import (
	"fmt"
	"strconv"
	"strings"
)

// Limit is what a figure is held against.
type Limit struct {
	Op   Op     `yaml:"op" json:"op"`
	Min  Number `yaml:"min" json:"min"`
	Max  Number `yaml:"max" json:"max"`
	Unit string `yaml:"unit" json:"unit"`
}

// Op is how a limit is read.
type Op string

const (
	AtLeast Op = ">="
	AtMost  Op = "<="
	Between Op = "between" // both ends included
	OwnMark Op = "own"     // the place's own permit or record sheet holds the figure: the inspector judges
)

func (o *Op) UnmarshalText(b []byte) error {
	return oneOf(o, "limit op", b, AtLeast, AtMost, Between, OwnMark)
}

// Number is a measured figure in whole thousandths, because 0.3 m is not a float's 0.3.
type Number int64

// ParseNumber reads a decimal with at most three places, as people type it.
func ParseNumber(s string) (Number, error) {
	text := strings.TrimSpace(s)
	for _, minus := range []string{"−", "－", "–"} {
		text = strings.Replace(text, minus, "-", 1)
	}
	whole, frac, _ := strings.Cut(text, ".")
	digits, negative := strings.CutPrefix(whole, "-")
	if len(digits) == 0 || len(digits) > 12 || len(frac) > 3 || strings.Trim(digits+frac, "0123456789") != "" {
		return 0, fmt.Errorf("number %q: want a decimal with at most three places", s)
	}
	n, err := strconv.ParseInt(digits+frac+strings.Repeat("0", 3-len(frac)), 10, 64)
	if err != nil {
		return 0, fmt.Errorf("number %q: %w", s, err)
	}
	if negative {
		n = -n
	}
	return Number(n), nil
}

// String is the shortest decimal: 0.5, -12, 8.
func (n Number) String() string {
	sign := ""
	if n < 0 {
		sign, n = "-", -n
	}
	whole := sign + strconv.FormatInt(int64(n/1000), 10)
	frac := strings.TrimRight(fmt.Sprintf("%03d", n%1000), "0")
	if frac == "" {
		return whole
	}
	return whole + "." + frac
}

func (n Number) MarshalText() ([]byte, error) { return []byte(n.String()), nil }

func (n *Number) UnmarshalText(b []byte) (err error) {
	*n, err = ParseNumber(string(b))
	return err
}
