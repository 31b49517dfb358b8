// Package sheet writes lists as workbooks for office programs, row by row and in bounded memory. Every cell is text, so that no program
// counts with a number, cuts its zeros or runs what looks like a formula. It knows no list: columns and rows are the caller's.
package sheet

import (
	"errors"
	"fmt"
	"io"

	"github.com/xuri/excelize/v2"
)

// Type is the media type of what Write gives.
const Type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

// Column is a head and how wide it stands, in characters; 0 leaves that to the office program.
type Column struct {
	Head string
	Wide float64
}

// Sheet is a workbook of one sheet that is being written.
type Sheet struct {
	book *excelize.File
	out  *excelize.StreamWriter
	text int
	row  int
}

// New begins a workbook: about stands above the list, a line each, such as its title and the filters that it was made with.
func New(name string, about []string, cols ...Column) (*Sheet, error) {
	s := &Sheet{book: excelize.NewFile()}
	if err := s.begin(name, about, cols); err != nil {
		return nil, errors.Join(fmt.Errorf("sheet %s: %w", name, err), s.book.Close())
	}
	return s, nil
}

func (s *Sheet) begin(name string, about []string, cols []Column) error {
	err := s.book.SetSheetName("Sheet1", name)
	if err != nil {
		return err
	}
	format := "@"
	if s.text, err = s.book.NewStyle(&excelize.Style{CustomNumFmt: &format, Alignment: &excelize.Alignment{Vertical: "top", WrapText: true}}); err != nil {
		return err
	}
	bold, err := s.book.NewStyle(&excelize.Style{CustomNumFmt: &format, Font: &excelize.Font{Bold: true}})
	if err != nil {
		return err
	}
	plain, err := s.book.NewStyle(&excelize.Style{CustomNumFmt: &format})
	if err != nil {
		return err
	}
	if s.out, err = s.book.NewStreamWriter(name); err != nil {
		return err
	}
	for i, c := range cols { // before the first row: the stream writes them at its head
		if c.Wide == 0 {
			continue
		}
		if err := s.out.SetColWidth(i+1, i+1, c.Wide); err != nil {
			return err
		}
	}
	head := len(about) + 1
	if err := s.out.SetPanes(&excelize.Panes{Freeze: true, YSplit: head, TopLeftCell: fmt.Sprintf("A%d", head+1), ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	for _, line := range about {
		if err := s.put(plain, line); err != nil {
			return err
		}
	}
	heads := make([]string, len(cols))
	for i, c := range cols {
		heads[i] = c.Head
	}
	return s.put(bold, heads...)
}

// Row writes one row.
func (s *Sheet) Row(cells ...string) error { return s.put(s.text, cells...) }

func (s *Sheet) put(style int, cells ...string) error {
	s.row++
	row := make([]any, len(cells))
	for i, c := range cells {
		row[i] = excelize.Cell{StyleID: style, Value: c}
	}
	if err := s.out.SetRow(fmt.Sprintf("A%d", s.row), row); err != nil {
		return fmt.Errorf("row %d: %w", s.row, err)
	}
	return nil
}

// Write ends the workbook and gives it away; the sheet is closed afterwards.
func (s *Sheet) Write(w io.Writer) error {
	if err := s.out.Flush(); err != nil {
		return errors.Join(fmt.Errorf("sheet: %w", err), s.book.Close())
	}
	if err := s.book.Write(w); err != nil {
		return errors.Join(fmt.Errorf("sheet: %w", err), s.book.Close())
	}
	return s.Close()
}

// Close gives up a workbook that is not wanted any more; twice is once.
func (s *Sheet) Close() error { return s.book.Close() }
