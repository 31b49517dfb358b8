package kernel

import (
	"errors"
	"fmt"
)

// Kind says what sort of "no" an error is. It knows nothing of HTTP; the edge maps it once.
type Kind int

const (
	Internal  Kind = iota // our fault; logged in full, never shown
	Invalid               // what was entered is wrong; Field says where
	NotFound              // is not there, or may not be seen
	Forbidden             // may be seen, may not be done
	Conflict              // somebody else was faster
	TooLarge              // more than the limit of the setting
	Busy                  // try again in a moment
	Gone                  // a link or term that has ended
)

// Error is what a person may read. Text is the Chinese sentence with fmt verbs and is the key of its translation.
type Error struct {
	Kind  Kind
	Field string // the form field that is wrong, where there is one
	Text  string
	Args  []any
}

func (e *Error) Error() string { return fmt.Sprintf(e.Text, e.Args...) }

// Err makes an error of a kind.
func Err(k Kind, text string, args ...any) error { return &Error{Kind: k, Text: text, Args: args} }

// Wrong is an Invalid error at a form field.
func Wrong(field, text string, args ...any) error {
	return &Error{Kind: Invalid, Field: field, Text: text, Args: args}
}

// KindOf is the kind of the first kernel error in the chain, else Internal.
func KindOf(err error) Kind {
	var e *Error
	if errors.As(err, &e) {
		return e.Kind
	}
	return Internal
}

// Problems gathers the wrong fields of one form, so that a person sees all of them at once.
type Problems []*Error

func (p *Problems) Add(field, text string, args ...any) {
	*p = append(*p, &Error{Kind: Invalid, Field: field, Text: text, Args: args})
}

// Err is nil where nothing was wrong.
func (p Problems) Err() error {
	if len(p) == 0 {
		return nil
	}
	return p
}

func (p Problems) Error() string {
	s := ""
	for i, e := range p {
		if i > 0 {
			s += "; "
		}
		s += e.Field + ": " + e.Error()
	}
	return s
}

func (p Problems) Unwrap() []error {
	out := make([]error, len(p))
	for i, e := range p {
		out[i] = e
	}
	return out
}
