package roster

import (
	"fmt"
	"io"

	"github.com/xuri/excelize/v2"

	"xiaojia/internal/kernel"
)

// blank is one column of the workbook that the page offers for download.
type blank struct {
	head   kernel.Words
	width  float64
	format string // "@" for text, a date format, or empty
	choice []kernel.Words
}

const asText, asDay, asMoney = "@", "yyyy-mm-dd", "0.00"

var (
	sexes  = []kernel.Words{{Zh: "男", En: "Male"}, {Zh: "女", En: "Female"}}
	yesNo  = []kernel.Words{{Zh: "是", En: "Yes"}, {Zh: "否", En: "No"}}
	blanks = []blank{
		{head: kernel.Words{Zh: "工号", En: "Staff no."}, width: 12, format: asText},
		{head: kernel.Words{Zh: "姓名", En: "Name"}, width: 12, format: asText},
		{head: kernel.Words{Zh: "性别", En: "Sex"}, width: 8, choice: sexes},
		{head: kernel.Words{Zh: "身份证号码", En: "ID number"}, width: 24, format: asText},
		{head: kernel.Words{Zh: "出生日期", En: "Date of birth"}, width: 14, format: asDay},
		{head: kernel.Words{Zh: "部门", En: "Department"}, width: 20, format: asText},
		{head: kernel.Words{Zh: "班组", En: "Team"}, width: 16, format: asText},
		{head: kernel.Words{Zh: "岗位", En: "Post"}, width: 14, format: asText},
		{head: kernel.Words{Zh: "用工形式", En: "Employment"}, width: 12, format: asText},
		{head: kernel.Words{Zh: "入司日期", En: "Joined"}, width: 14, format: asDay},
		{head: kernel.Words{Zh: "是否会员", En: "Union member"}, width: 14, choice: yesNo},
		{head: kernel.Words{Zh: "手机号码", En: "Phone"}, width: 16, format: asText},
		{head: kernel.Words{Zh: "户籍", En: "Household"}, width: 12, format: asText},
		{head: kernel.Words{Zh: "月应发工资(元)", En: "Monthly wage"}, width: 16, format: asMoney},
		{head: kernel.Words{Zh: "劳模称号", En: "Model worker"}, width: 14, format: asText},
		{head: kernel.Words{Zh: "特殊工种", En: "Hazardous job"}, width: 16, format: asText},
		{head: kernel.Words{Zh: "外派工地", En: "Site"}, width: 16, format: asText},
		{head: kernel.Words{Zh: "备注", En: "Note"}, width: 24, format: asText},
	}
	rosterSheet = kernel.Words{Zh: "职工花名册", En: "Roster"}
	noteSheet   = kernel.Words{Zh: "填表说明", En: "How to fill in"}
	notes       = []kernel.Words{
		{Zh: "一行一个人。姓名必填；列的次序可以改，不用的列可以删。", En: "One person in a row. The name is required; columns may be moved, unused ones deleted."},
		{Zh: "工号、身份证号码、手机号码这几列已设成文本，粘贴时请选“只粘贴值”。", En: "Staff no., ID number and phone are text columns: paste values only."},
		{Zh: "身份证号码写 18 位。15 位的旧号码和校验位不对的号码会列出来，系统不改。", En: "ID numbers have 18 characters. Old ones of 15 and wrong check digits are listed, never changed."},
		{Zh: "日期写年、月、日，例如 2012-06-26。只写到月的会列出来。", En: "Dates have year, month and day, such as 2012-06-26. Dates without a day are listed."},
		{Zh: "工资以元为单位，只写数字。不愿提供的可以空着。", En: "The wage is in yuan, digits only. It may stay empty."},
		{Zh: "同一个人只写一行；同名的人请用工号区分。", En: "A person stands in one row only; people of one name differ by staff no."},
	}
)

// templateRows is how far down the choices reach in the empty roster.
const templateRows = 2000

// Template writes an empty roster that Open reads: headers, formats, choices, and a sheet of notes. Any lang but "en"
// is Chinese.
func Template(w io.Writer, lang string) error {
	f := excelize.NewFile()
	defer f.Close() // it holds nothing outside memory
	say := func(x kernel.Words) string {
		if lang == "en" {
			return x.En
		}
		return x.Zh
	}
	t := &template{file: f, sheet: say(rosterSheet), say: say}
	if err := t.write(); err != nil {
		return fmt.Errorf("roster template: %w", err)
	}
	if err := f.Write(w); err != nil {
		return fmt.Errorf("roster template: %w", err)
	}
	return nil
}

type template struct {
	file  *excelize.File
	sheet string
	say   func(kernel.Words) string
}

func (t *template) write() error {
	if err := t.file.SetSheetName("Sheet1", t.sheet); err != nil {
		return err
	}
	for i, b := range blanks {
		if err := t.column(i, b); err != nil {
			return err
		}
	}
	if err := t.header(); err != nil {
		return err
	}
	return t.notes()
}

func (t *template) column(i int, b blank) error {
	name := letter(i)
	if err := t.file.SetColWidth(t.sheet, name, name, b.width); err != nil {
		return err
	}
	if b.format != "" {
		style, err := t.file.NewStyle(&excelize.Style{CustomNumFmt: &b.format})
		if err != nil {
			return err
		}
		if err := t.file.SetColStyle(t.sheet, name, style); err != nil {
			return err
		}
	}
	if err := t.file.SetCellStr(t.sheet, name+"1", t.say(b.head)); err != nil {
		return err
	}
	return t.choices(name, b.choice)
}

func (t *template) choices(column string, of []kernel.Words) error {
	if len(of) == 0 {
		return nil
	}
	list := make([]string, len(of))
	for i, x := range of {
		list[i] = t.say(x)
	}
	v := excelize.NewDataValidation(true)
	v.Sqref = fmt.Sprintf("%s2:%s%d", column, column, templateRows)
	if err := v.SetDropList(list); err != nil {
		return err
	}
	return t.file.AddDataValidation(t.sheet, v)
}

func (t *template) header() error {
	style, err := t.file.NewStyle(&excelize.Style{
		Font:      &excelize.Font{Bold: true},
		Fill:      excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"EFE9DD"}},
		Alignment: &excelize.Alignment{Horizontal: "center", Vertical: "center"},
	})
	if err != nil {
		return err
	}
	if err := t.file.SetCellStyle(t.sheet, "A1", letter(len(blanks)-1)+"1", style); err != nil {
		return err
	}
	return t.file.SetPanes(t.sheet, &excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"})
}

func (t *template) notes() error {
	name := t.say(noteSheet)
	if _, err := t.file.NewSheet(name); err != nil {
		return err
	}
	if err := t.file.SetColWidth(name, "A", "A", 100); err != nil {
		return err
	}
	for i, n := range notes {
		if err := t.file.SetCellStr(name, fmt.Sprintf("A%d", i+1), t.say(n)); err != nil {
			return err
		}
	}
	return nil
}
