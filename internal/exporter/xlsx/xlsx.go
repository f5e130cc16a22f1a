// Package xlsx exports a table as an Excel workbook with one sheet: numbers and
// dates are real ones, the first row is frozen.
package xlsx

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"time"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"cairn"
	"cairn/internal/exporter"
)

// Limits of the format.
const (
	maxRows = 1_048_576
	maxCell = 32_767 // UTF-16 units
)

// cut ends a text that does not fit into a cell.
const cut = "… (shortened: a cell holds 32,767 characters)"

// Leaf returns the format.
func Leaf() exporter.Format {
	return exporter.Format{
		Name: "xlsx", Label: "Excel", Extension: ".xlsx",
		MediaType: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", Write: write,
	}
}

func write(w io.Writer, t exporter.Table, _ exporter.Options) (err error) {
	f := excelize.NewFile()
	defer func() { err = errors.Join(err, f.Close()) }()
	name := sheetName(t.Title)
	if err := f.SetSheetName("Sheet1", name); err != nil {
		return fmt.Errorf("name the sheet: %w", err)
	}
	stream, err := f.NewStreamWriter(name)
	if err != nil {
		return fmt.Errorf("start the sheet: %w", err)
	}
	s := sheet{file: f, stream: stream, table: &t}
	if err := s.head(); err != nil {
		return fmt.Errorf("write the header: %w", err)
	}
	for row, err := range t.Rows {
		if err != nil {
			return err
		}
		if err := s.row(row); err != nil {
			return err
		}
	}
	if err := stream.Flush(); err != nil {
		return fmt.Errorf("finish the sheet: %w", err)
	}
	return f.Write(w)
}

// sheet is the one that is being written.
type sheet struct {
	file   *excelize.File
	stream *excelize.StreamWriter
	table  *exporter.Table
	// styles of the columns, 0 for the plain one.
	styles []int
	rows   int
	cells  []any
}

func (s *sheet) head() error {
	bold, err := s.file.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}})
	if err != nil {
		return err
	}
	groups := len(s.table.Groups)
	headers := s.table.Headers()
	s.styles = make([]int, len(headers))
	s.cells = make([]any, len(headers))
	for i, name := range headers {
		c := exporter.Column{Type: cairn.TypeShortText}
		if i >= groups {
			c = s.table.Columns[i-groups]
		}
		if format := numberFormat(c); format != "" {
			if s.styles[i], err = s.file.NewStyle(&excelize.Style{CustomNumFmt: &format}); err != nil {
				return err
			}
		}
		if err := s.stream.SetColWidth(i+1, i+1, width(c)); err != nil {
			return err
		}
		s.cells[i] = excelize.Cell{StyleID: bold, Value: fit(name)}
	}
	if err := s.stream.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	return s.write()
}

func (s *sheet) write() error {
	s.rows++
	if s.rows > maxRows {
		return cairn.Errorf(cairn.CodeTooLarge, "An Excel sheet holds 1,048,575 ideas at most. Filter the view, or export CSV or JSON")
	}
	return s.stream.SetRow(fmt.Sprintf("A%d", s.rows), s.cells)
}

func (s *sheet) row(row exporter.Row) error {
	s.cells = s.cells[:0]
	for _, label := range row.Group {
		s.cells = append(s.cells, fit(label))
	}
	for i := range row.Cells {
		s.cells = append(s.cells, excelize.Cell{StyleID: s.styles[len(s.cells)], Value: value(&row.Cells[i])})
	}
	return s.write()
}

// value gives numbers, truth and days as what they are, all else as text.
func value(c *exporter.Cell) any {
	switch v := c.Value; v.Kind {
	case cairn.KindNull:
		return nil
	case cairn.KindNumber:
		if _, ranged := v.Range(); !ranged {
			return v.Num
		}
		return c.Text() // digits and dashes, which no spreadsheet runs
	case cairn.KindBool:
		return v.Num != 0
	case cairn.KindDate:
		if t := v.Day.Time(); t.Year() >= 1901 {
			return t
		}
	case cairn.KindMoment:
		if t := v.Time.UTC().Truncate(time.Second); t.Year() >= 1901 {
			return t
		}
	}
	return fit(c.Text())
}

// fit guards a text, takes out what the format cannot hold and shortens it.
func fit(s string) string {
	s = exporter.Guard(strings.Map(func(c rune) rune {
		if c < 0x20 && c != '\t' && c != '\n' && c != '\r' || c == 0xfffe || c == 0xffff {
			return -1
		}
		return c
	}, s))
	if len(s) <= maxCell {
		return s
	}
	units, room := 0, maxCell-len(utf16.Encode([]rune(cut)))
	at := -1
	for i, c := range s {
		if units <= room {
			at = i
		}
		units += utf16.RuneLen(c)
	}
	if units <= maxCell {
		return s
	}
	return s[:at] + cut
}

// numberFormat is the format code of a column, "" for the general one.
func numberFormat(c exporter.Column) string {
	switch c.Type {
	case cairn.TypeDate:
		return "yyyy-mm-dd"
	case cairn.TypeTime:
		return "yyyy-mm-dd hh:mm"
	}
	info, _ := c.Type.Info()
	if info.Kind != cairn.KindNumber || c.Number == nil {
		return ""
	}
	digits := ""
	if c.Number.Decimals != nil {
		digits = "0"
		if *c.Number.Decimals > 0 {
			digits += "." + strings.Repeat("0", *c.Number.Decimals)
		}
	}
	unit := c.Number.Unit
	if c.Number.Style == "percent" {
		unit = "%"
	}
	switch {
	case unit == "":
		return digits
	case digits == "":
		digits = "General"
	}
	unit = strings.NewReplacer(`"`, "", `\`, "").Replace(unit)
	if unit != "%" {
		unit = " " + unit
	}
	return digits + `"` + unit + `"`
}

// width of a column in characters.
func width(c exporter.Column) float64 {
	switch {
	case c.Ref == cairn.RefTitle:
		return 48
	case c.Type == cairn.TypeLongText:
		return 60
	case c.Type == cairn.TypeInterval:
		return 26
	}
	return 16
}

// sheetName makes a title a valid name of a sheet: at most 31 characters,
// without : \ / ? * [ ], not in apostrophes.
func sheetName(title string) string {
	name := strings.Map(func(c rune) rune {
		if strings.ContainsRune(`:\/?*[]`, c) || c < 0x20 || c == utf8.RuneError {
			return ' '
		}
		return c
	}, title)
	name = strings.Trim(strings.Join(strings.Fields(name), " "), "' ")
	for len(utf16.Encode([]rune(name))) > 31 {
		r := []rune(name)
		name = string(r[:len(r)-1])
	}
	name = strings.Trim(name, "' ")
	if name == "" || strings.EqualFold(name, "history") {
		return "Ideas"
	}
	return name
}
