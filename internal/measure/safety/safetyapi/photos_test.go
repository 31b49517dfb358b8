package safetyapi

import (
	"strings"
	"testing"

	"xiaojia/internal/kernel"
)

// FuzzPictures: whatever is sent, what comes out lies within it and is bounded in number, or it is refused in words.
func FuzzPictures(f *testing.F) {
	form := "--b\r\nContent-Disposition: form-data; name=\"photo\"; filename=\"a.jpg\"\r\n\r\nJPEG\r\n--b--\r\n"
	f.Add("image/jpeg", "JPEG")
	f.Add("multipart/form-data; boundary=b", form)
	f.Add("multipart/form-data; boundary=b", strings.Replace(form, "filename", "file", 1))
	f.Add("multipart/form-data", form)
	f.Add("multipart/form-data; boundary=b", form[:40])
	f.Add("", "")
	f.Fuzz(func(t *testing.T, kind, body string) {
		out, err := pictures(kind, []byte(body))
		if err != nil {
			if kernel.KindOf(err) != kernel.Invalid {
				t.Errorf("%q: %v is our fault", kind, err)
			}
			return
		}
		n := 0
		for _, b := range out {
			n += len(b)
		}
		if len(out) == 0 || len(out) > most || n > len(body) {
			t.Errorf("%q: %d pictures of %d bytes out of %d", kind, len(out), n, len(body))
		}
	})
}

func TestSevenPicturesAreTooMany(t *testing.T) {
	part := "--b\r\nContent-Disposition: form-data; name=\"photo\"; filename=\"a.jpg\"\r\n\r\nJPEG\r\n"
	if out, err := pictures("multipart/form-data; boundary=b", []byte(strings.Repeat(part, most)+"--b--")); err != nil || len(out) != most {
		t.Errorf("six: %d %v", len(out), err)
	}
	if _, err := pictures("multipart/form-data; boundary=b", []byte(strings.Repeat(part, most+1)+"--b--")); err == nil {
		t.Error("seven were taken")
	}
}
