package workbook

import (
	"archive/zip"
	"errors"
	"fmt"
	"io"
	"math"
	"strconv"
	"time"
)

// Column is one of a sheet that is written.
type Column struct {
	Title string
	// Width in characters.
	Width float64
	// Format is the code of the number format; "" for the general one.
	Format string
}

// Writer writes a workbook of one sheet, cell after cell, row after row, as they
// come. The first error is told by each later EndRow and by Close.
type Writer struct {
	zip     *zip.Writer
	sheet   io.Writer
	columns []Column
	styles  []int // of the columns
	buf     []byte
	row     int
	column  int
	err     error
}

const (
	declaration = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	mainSpace   = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
	officeSpace = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	partSpace   = "http://schemas.openxmlformats.org/package/2006/relationships"
	typeSpace   = "http://schemas.openxmlformats.org/package/2006/content-types"
	mediaType   = "application/vnd.openxmlformats-officedocument.spreadsheetml."

	boldStyle   = 1   // of the header
	firstCustom = 164 // numbers of formats below are built in
	flushAt     = 32 << 10
)

// NewWriter begins a workbook whose sheet has a name and a bold header that
// stays in sight.
func NewWriter(w io.Writer, name string, columns []Column) (*Writer, error) {
	x := &Writer{zip: zip.NewWriter(w), columns: columns}
	for _, part := range []struct {
		name string
		body []byte
	}{
		{"[Content_Types].xml", x.contentTypes()},
		{"_rels/.rels", relationsPart("officeDocument", "xl/workbook.xml")},
		{"xl/workbook.xml", bookPart(name)},
		{"xl/_rels/workbook.xml.rels", relationsPart("worksheet", "worksheets/sheet1.xml", "styles", "styles.xml")},
		{"xl/styles.xml", x.stylesPart()},
	} {
		p, err := x.part(part.name)
		if err != nil {
			return nil, err
		}
		if _, err := p.Write(part.body); err != nil {
			return nil, err
		}
	}
	var err error
	if x.sheet, err = x.part("xl/worksheets/sheet1.xml"); err != nil {
		return nil, err
	}
	x.head()
	return x, x.err
}

func (x *Writer) part(name string) (io.Writer, error) {
	return x.zip.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate})
}

func (x *Writer) contentTypes() []byte {
	return fmt.Appendf(nil, `%s<Types xmlns="%s"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>`+
		`<Default Extension="xml" ContentType="application/xml"/>`+
		`<Override PartName="/xl/workbook.xml" ContentType="%[3]ssheet.main+xml"/>`+
		`<Override PartName="/xl/worksheets/sheet1.xml" ContentType="%[3]sworksheet+xml"/>`+
		`<Override PartName="/xl/styles.xml" ContentType="%[3]sstyles+xml"/></Types>`, declaration, typeSpace, mediaType)
}

// relationsPart lists kinds and the parts that they are.
func relationsPart(pairs ...string) []byte {
	b := fmt.Appendf(nil, `%s<Relationships xmlns="%s">`, declaration, partSpace)
	for i := 0; i+1 < len(pairs); i += 2 {
		b = fmt.Appendf(b, `<Relationship Id="rId%d" Type="%s/%s" Target="%s"/>`, i/2+1, officeSpace, pairs[i], pairs[i+1])
	}
	return append(b, "</Relationships>"...)
}

func bookPart(name string) []byte {
	b := fmt.Appendf(nil, `%s<workbook xmlns="%s" xmlns:r="%s"><sheets><sheet name="`, declaration, mainSpace, officeSpace)
	return append(appendText(b, name), `" sheetId="1" r:id="rId1"/></sheets></workbook>`...)
}

// stylesPart gives each format of the columns a style.
func (x *Writer) stylesPart() []byte {
	x.styles = make([]int, len(x.columns))
	byFormat := map[string]int{"": 0}
	var formats []string
	for i, c := range x.columns {
		style, known := byFormat[c.Format]
		if !known {
			style = boldStyle + 1 + len(formats)
			byFormat[c.Format] = style
			formats = append(formats, c.Format)
		}
		x.styles[i] = style
	}
	b := fmt.Appendf(nil, `%s<styleSheet xmlns="%s">`, declaration, mainSpace)
	if len(formats) > 0 {
		b = fmt.Appendf(b, `<numFmts count="%d">`, len(formats))
		for i, f := range formats {
			b = fmt.Appendf(b, `<numFmt numFmtId="%d" formatCode="`, firstCustom+i)
			b = append(appendText(b, f), `"/>`...)
		}
		b = append(b, "</numFmts>"...)
	}
	const font = `<sz val="11"/><name val="Calibri"/><family val="2"/>`
	b = append(b, `<fonts count="2"><font>`+font+`</font><font><b/>`+font+`</font></fonts>`+
		`<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>`+
		`<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>`+
		`<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>`...)
	b = fmt.Appendf(b, `<cellXfs count="%d"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>`+
		`<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/>`, boldStyle+1+len(formats))
	for i := range formats {
		b = fmt.Appendf(b, `<xf numFmtId="%d" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>`, firstCustom+i)
	}
	return append(b, `</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`...)
}

func (x *Writer) head() {
	x.buf = fmt.Appendf(x.buf, `%s<worksheet xmlns="%s"><sheetViews><sheetView tabSelected="1" workbookViewId="0">`+
		`<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/><selection pane="bottomLeft"/></sheetView></sheetViews>`, declaration, mainSpace)
	if len(x.columns) > 0 {
		x.buf = append(x.buf, "<cols>"...)
		for i, c := range x.columns {
			x.buf = fmt.Appendf(x.buf, `<col min="%d" max="%d" width="%g" customWidth="1"/>`, i+1, i+1, c.Width)
		}
		x.buf = append(x.buf, "</cols>"...)
	}
	x.buf = append(x.buf, "<sheetData>"...)
	for _, c := range x.columns {
		x.text(c.Title, boldStyle)
	}
	x.err = x.EndRow()
}

// open writes the start of the next cell up to its type.
func (x *Writer) open(style int) {
	if x.column == 0 {
		x.openRow()
	}
	x.buf = append(x.buf, `<c r="`...)
	x.buf = appendColumn(x.buf, x.column)
	x.buf = strconv.AppendInt(x.buf, int64(x.row), 10)
	x.buf = append(x.buf, '"')
	if style > 0 {
		x.buf = append(x.buf, ` s="`...)
		x.buf = strconv.AppendInt(x.buf, int64(style), 10)
		x.buf = append(x.buf, '"')
	}
	x.column++
}

func (x *Writer) openRow() {
	x.row++
	x.buf = append(x.buf, `<row r="`...)
	x.buf = strconv.AppendInt(x.buf, int64(x.row), 10)
	x.buf = append(x.buf, `">`...)
}

// style is the one of the next cell's column.
func (x *Writer) style() int {
	if x.column < len(x.styles) {
		return x.styles[x.column]
	}
	return 0
}

// Empty leaves the next cell out.
func (x *Writer) Empty() {
	if x.column == 0 {
		x.openRow()
	}
	x.column++
}

// Text writes the next cell as a text, whatever it looks like.
func (x *Writer) Text(s string) {
	if s == "" {
		x.Empty()
		return
	}
	x.text(s, x.style())
}

func (x *Writer) text(s string, style int) {
	x.open(style)
	x.buf = append(x.buf, ` t="inlineStr"><is><t xml:space="preserve">`...)
	x.buf = appendText(x.buf, s)
	x.buf = append(x.buf, "</t></is></c>"...)
}

// Number writes the next cell as a number; one that is none leaves it empty.
func (x *Writer) Number(n float64) {
	if math.IsNaN(n) || math.IsInf(n, 0) {
		x.Empty()
		return
	}
	x.open(x.style())
	x.buf = append(x.buf, "><v>"...)
	x.buf = strconv.AppendFloat(x.buf, n, 'g', -1, 64)
	x.buf = append(x.buf, "</v></c>"...)
}

// True writes the next cell as a truth.
func (x *Writer) True() { x.truth('1') }

// False writes the next cell as a truth.
func (x *Writer) False() { x.truth('0') }

func (x *Writer) truth(digit byte) {
	x.open(x.style())
	x.buf = append(x.buf, ` t="b"><v>`...)
	x.buf = append(append(x.buf, digit), "</v></c>"...)
}

// Time writes the next cell as a moment in UTC, to the second, not before 1901.
func (x *Writer) Time(t time.Time) { x.Number(serial(t)) }

// EndRow ends a row; the next cell begins the next one.
func (x *Writer) EndRow() error {
	if x.column == 0 {
		x.openRow()
	}
	x.column = 0
	x.buf = append(x.buf, "</row>"...)
	if x.err == nil && x.row > MaxRows {
		x.err = errors.New("a sheet holds no more rows")
	}
	if len(x.buf) >= flushAt {
		x.flush()
	}
	return x.err
}

func (x *Writer) flush() {
	if x.err == nil {
		_, x.err = x.sheet.Write(x.buf)
	}
	x.buf = x.buf[:0]
}

// Close ends the sheet and the workbook.
func (x *Writer) Close() error {
	x.buf = append(x.buf, "</sheetData></worksheet>"...)
	x.flush()
	if x.err != nil {
		return x.err
	}
	return x.zip.Close()
}

// appendColumn writes the letters of a column from 0.
func appendColumn(b []byte, column int) []byte {
	var letters [4]byte
	at := len(letters)
	for n := column + 1; n > 0; n = (n - 1) / 26 {
		at--
		letters[at] = byte('A' + (n-1)%26)
	}
	return append(b, letters[at:]...)
}
