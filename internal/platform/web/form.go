package web

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"maps"
	"mime/multipart"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/i18n"
)

// Form is what a person typed and what was wrong with it. A page shows both again.
type Form struct {
	Values url.Values
	Errs   map[string]string // field → sentence; "" holds what belongs to no field
	files  map[string][]*multipart.FileHeader
	today  kernel.Date
}

// NewForm is an empty form with starting values.
func NewForm(pairs ...string) *Form {
	f := &Form{Values: url.Values{}, Errs: map[string]string{}}
	for i := 0; i+1 < len(pairs); i += 2 {
		f.Values.Set(pairs[i], pairs[i+1])
	}
	return f
}

// formMemory is how much of an upload stays in memory; the rest goes to temporary files.
const formMemory = 4 << 20

// Form reads what was sent, plain or with files.
func (c *Ctx) Form() (*Form, error) {
	f := NewForm()
	f.today = c.Today()
	err := c.R.ParseForm() // first: ParseMultipartForm forgets its error
	if err == nil {
		if err = c.R.ParseMultipartForm(formMemory); errors.Is(err, http.ErrNotMultipart) {
			err = nil
		}
	}
	var large *http.MaxBytesError
	switch {
	case errors.As(err, &large):
		return nil, kernel.Err(kernel.TooLarge, "一次传得太大了，最多 %d MB。照片少选几张再试。", c.MaxBody>>20)
	case kernel.IsFull(err): // where large forms lie while they are read
		return nil, kernel.Full(err)
	case err != nil:
		return nil, errors.Join(kernel.Err(kernel.Invalid, "传来的内容不完整，请再试一次。"), err)
	}
	f.Values = c.R.PostForm
	if c.R.MultipartForm != nil {
		f.Values = c.R.MultipartForm.Value
		f.files = c.R.MultipartForm.File
	}
	return f, nil
}

// Text is a field without the blanks around it.
func (f *Form) Text(name string) string { return strings.TrimSpace(f.Values.Get(name)) }

// List is all values of a field.
func (f *Form) List(name string) []string {
	var out []string
	for _, v := range f.Values[name] {
		if v = strings.TrimSpace(v); v != "" {
			out = append(out, v)
		}
	}
	return out
}

// Is tells whether a box was ticked or a value chosen.
func (f *Form) Is(name, value string) bool { return f.Values.Get(name) == value }

// Has tells whether a value is among those chosen.
func (f *Form) Has(name, value string) bool {
	for _, v := range f.Values[name] {
		if v == value {
			return true
		}
	}
	return false
}

// Int is a whole number, 0 where nothing was typed.
func (f *Form) Int(name string) (int, error) {
	s := f.Text(name)
	if s == "" {
		return 0, nil
	}
	n, err := strconv.Atoi(s)
	if err != nil {
		return 0, kernel.Wrong(name, "请填整数。")
	}
	return n, nil
}

// Date is a day as people write it, no day where nothing was typed.
func (f *Form) Date(name string) (kernel.Date, error) {
	d, err := kernel.ReadDate(f.Text(name), f.today)
	if err != nil {
		return d, kernel.Wrong(name, "看不懂这个日期，写成 2024-12-20、12月20日、明天都可以。")
	}
	return d, nil
}

// Files opens the uploads of a field; the caller closes each.
func (f *Form) Files(name string) ([]multipart.File, error) {
	var out []multipart.File
	for _, h := range f.files[name] {
		if h.Size == 0 {
			continue
		}
		r, err := h.Open()
		if err != nil {
			return nil, errors.Join(err, closeAll(out))
		}
		out = append(out, r)
	}
	return out, nil
}

// FileNames lists the field's uploads by name.
func (f *Form) FileNames(name string) []string {
	var out []string
	for _, h := range f.files[name] {
		if h.Size > 0 {
			out = append(out, h.Filename)
		}
	}
	return out
}

// onceField holds a random value that a page gives to each of its forms.
const onceField = "once"

// Once names this form as it was sent: the same form sent again, after a lost answer or by a second tap, has the same name,
// a form with anything changed in it another one. Empty where the page gave the form no value of its own.
func (f *Form) Once() (string, error) {
	secret := f.Text(onceField)
	if len(secret) < len(kernel.BlindID()) {
		return "", nil
	}
	h := sha256.New()
	for _, name := range slices.Sorted(maps.Keys(f.Values)) {
		fmt.Fprintf(h, "%q=%q\n", name, f.Values[name])
	}
	for _, name := range slices.Sorted(maps.Keys(f.files)) {
		list, err := f.Files(name)
		if err != nil {
			return "", err
		}
		for _, r := range list {
			fmt.Fprintf(h, "%q:", name)
			if _, err := io.Copy(h, r); err != nil {
				return "", errors.Join(err, closeAll(list))
			}
		}
		if err := closeAll(list); err != nil {
			return "", err
		}
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// OnceValue is what a page puts into its form: the value that came back with it, else a new one.
func (f *Form) OnceValue() string {
	if v := f.Text(onceField); v != "" {
		return v
	}
	return kernel.BlindID()
}

func closeAll(fs []multipart.File) error {
	var err error
	for _, f := range fs {
		err = errors.Join(err, io.Closer(f).Close())
	}
	return err
}

// Take keeps the sentences of an error at their fields and tells whether the form is to be shown again. Errors that are
// not about what was typed stay with the caller.
func (f *Form) Take(p *i18n.Printer, err error) bool {
	var many kernel.Problems
	if errors.As(err, &many) {
		for _, e := range many {
			f.Errs[e.Field] = p.Err(e)
		}
		return true
	}
	var e *kernel.Error
	if errors.As(err, &e) && (e.Kind == kernel.Invalid || e.Kind == kernel.Conflict || e.Kind == kernel.Forbidden && e.Field != "") {
		f.Errs[e.Field] = p.Err(e)
		return true
	}
	return false
}

// Wrong tells whether anything is.
func (f *Form) Wrong() bool { return len(f.Errs) > 0 }
