package api

import "xiaojia/internal/kernel"

// Paged is the query of a list.
type Paged struct {
	Limit  int    `query:"limit" minimum:"1" maximum:"200" default:"50" doc:"一页几条 · lines of a page"`
	Cursor string `query:"cursor" maxLength:"500" doc:"上一页的 next，头一页不填 · next of the page before, empty for the first"`
}

// Once is the header that makes a write harmless when it is sent twice.
type Once struct {
	Key string `header:"Idempotency-Key" maxLength:"200" doc:"同一个键再发一次，结果和第一次一样，不会重复 · the same key again answers the same and does nothing; kept for 30 days"`
}

// List is a page of a list.
type List[T any] struct {
	Body struct {
		Items []T    `json:"items"`
		Next  string `json:"next" doc:"下一页的 cursor，到底了是空的 · cursor of the next page, empty at the end"`
	}
}

// NewList is a page with its items, never null.
func NewList[T any](items []T, next string) *List[T] {
	var l List[T]
	l.Body.Items, l.Body.Next = items, next
	if items == nil {
		l.Body.Items = []T{}
	}
	return &l
}

// One is a single record.
type One[T any] struct{ Body T }

// Ref names another record and says what it is called.
type Ref struct {
	ID   string `json:"id"`
	Name string `json:"name,omitempty"`
}

// Day is a day as text, empty for none.
func Day(d kernel.Date) string { return d.String() }

// Moment is an instant in RFC 3339 at +08:00, empty for none.
func Moment(t kernel.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.In().Format("2006-01-02T15:04:05Z07:00")
}
