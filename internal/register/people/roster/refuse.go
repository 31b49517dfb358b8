package roster

import (
	"bytes"
	"io"
	"strings"
	"unicode/utf8"
)

var (
	zipMark = []byte("PK\x03\x04")
	oleMark = []byte{0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1}
	// lockMark is the stream name EncryptedPackage in UTF-16: Office puts a locked workbook into an OLE container.
	lockMark = []byte("E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k\x00a\x00g\x00e\x00")
)

// refuseOther looks at the first bytes, not at the name, and says what a file is that is no zip archive.
func refuseOther(r io.ReaderAt, size int64) error {
	head := make([]byte, 1024)
	n, err := r.ReadAt(head, 0)
	if err != nil && err != io.EOF {
		return damaged()
	}
	head = head[:n]
	switch {
	case size == 0 || n == 0:
		return wrongFile("文件是空的")
	case bytes.HasPrefix(head, zipMark):
		return nil
	case bytes.HasPrefix(head, oleMark):
		return refuseOLE(r, size)
	case bytes.HasPrefix(head, []byte("%PDF")):
		return wrongFile("这是 PDF 文件。请上传 Excel 工作簿(.xlsx)")
	}
	return refuseText(head)
}

func refuseOLE(r io.ReaderAt, size int64) error {
	locked, err := contains(io.NewSectionReader(r, 0, size), lockMark)
	if err != nil {
		return damaged()
	}
	if locked {
		return wrongFile("这个工作簿设了打开密码。请在 Excel 或 WPS 里取消密码、保存后再上传")
	}
	return wrongFile("这是旧格式的 Excel 97–2003 文件(.xls)。请另存为 .xlsx 再上传")
}

// contains searches a stream in pieces that overlap by the length of the mark.
func contains(r io.Reader, mark []byte) (bool, error) {
	buf := make([]byte, 64<<10)
	kept := 0
	for {
		n, err := io.ReadFull(r, buf[kept:])
		got := buf[:kept+n]
		if bytes.Contains(got, mark) {
			return true, nil
		}
		if err == io.EOF || err == io.ErrUnexpectedEOF {
			return false, nil
		}
		if err != nil {
			return false, err
		}
		kept = copy(buf, got[len(got)-len(mark):])
	}
}

func refuseText(head []byte) error {
	text := strings.ToLower(strings.TrimSpace(strings.TrimPrefix(string(head), "\ufeff")))
	switch {
	case strings.HasPrefix(text, "<?xml"):
		return wrongFile("这是 XML 文件，不是 Excel 工作簿。请在 Excel 里打开后另存为 .xlsx 再上传")
	case strings.HasPrefix(text, "<"):
		return wrongFile("这是改了扩展名的网页(HTML)。请在 Excel 或 WPS 里打开后另存为 .xlsx 再上传")
	case looksLikeTable(head):
		return wrongFile("这是文本文件(CSV)。请在 Excel 或 WPS 里打开后另存为 .xlsx 再上传")
	}
	return notWorkbook()
}

// looksLikeTable accepts GBK as well as UTF-8: no control bytes, and something that parts columns.
func looksLikeTable(head []byte) bool {
	for _, c := range head {
		if c < ' ' && c != '\n' && c != '\r' && c != '\t' {
			return false
		}
	}
	return bytes.ContainsAny(head, ",;\t") || utf8.Valid(head) && bytes.ContainsRune(head, ',')
}
