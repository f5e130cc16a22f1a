// Package xlsx exports a table as an Excel workbook with one sheet: numbers and
// dates are real ones, the first row is frozen.
package xlsx

import (
	"fmt"
	"io"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"cairn"
	"cairn/internal/exporter"
	"cairn/internal/workbook"
)

// Limits of the format.
const (
	maxCell   = 32_767 // UTF-16 units
	firstYear = 1901   // days before are text: spreadsheets count 1900 wrongly
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

func write(w io.Writer, t exporter.Table, _ exporter.Options) error {
	groups := len(t.Groups)
	columns := make([]workbook.Column, 0, groups+len(t.Columns))
	for i, name := range t.Headers() {
		c := exporter.Column{Type: cairn.TypeShortText}
		if i >= groups {
			c = t.Columns[i-groups]
		}
		columns = append(columns, workbook.Column{Title: fit(name), Width: width(c), Format: numberFormat(c)})
	}
	sheet, err := workbook.NewWriter(w, sheetName(t.Title), columns)
	if err != nil {
		return fmt.Errorf("start the sheet: %w", err)
	}
	rows := 1
	for row, err := range t.Rows {
		if err != nil {
			return err
		}
		if rows++; rows > workbook.MaxRows {
			return cairn.Errorf(cairn.CodeTooLarge, "An Excel sheet holds 1,048,575 ideas at most. Filter the view, or export CSV or JSON")
		}
		for _, label := range row.Group {
			sheet.Text(fit(label))
		}
		for i := range row.Cells {
			put(sheet, &row.Cells[i])
		}
		if err := sheet.EndRow(); err != nil {
			return fmt.Errorf("write a row: %w", err)
		}
	}
	return sheet.Close()
}

// put writes numbers, truth and days as what they are, all else as text.
func put(sheet *workbook.Writer, c *exporter.Cell) {
	switch v := c.Value; v.Kind {
	case cairn.KindNull:
		sheet.Empty()
		return
	case cairn.KindNumber:
		if _, ranged := v.Range(); !ranged {
			sheet.Number(v.Num)
		} else {
			sheet.Text(c.Text()) // digits and dashes, which no spreadsheet runs
		}
		return
	case cairn.KindBool:
		if v.Num != 0 {
			sheet.True()
		} else {
			sheet.False()
		}
		return
	case cairn.KindDate:
		if t := v.Day.Time(); t.Year() >= firstYear {
			sheet.Time(t)
			return
		}
	case cairn.KindMoment:
		if t := v.Time.UTC(); t.Year() >= firstYear {
			sheet.Time(t)
			return
		}
	}
	sheet.Text(fit(c.Text()))
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
