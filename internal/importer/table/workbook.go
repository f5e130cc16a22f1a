package table

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/xuri/excelize/v2"

	"cairn/internal/importer"
)

// Formats that cells are given before they are read, so that dates come out in
// one form and numbers unrounded, whatever the workbook shows.
const (
	dayFormat  = "yyyy-mm-dd"
	timeFormat = "yyyy-mm-dd hh:mm:ss"
	rawFormat  = 9999 // no such format: the stored value comes out as it is
)

// workbookGrid is one sheet of a workbook.
type workbookGrid struct {
	src    importer.Source
	sheet  string
	sheets []importer.Sheet
}

func openWorkbook(src importer.Source, opts importer.Options) (grid, error) {
	f, err := load(src)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	g := &workbookGrid{src: src, sheet: opts.Sheet}
	for _, name := range f.GetSheetList() {
		n, err := countRows(f, name)
		if err != nil {
			return nil, brokenWorkbook(src, err)
		}
		g.sheets = append(g.sheets, importer.Sheet{Name: name, Rows: n})
	}
	if len(g.sheets) == 0 {
		return nil, &importer.Refusal{Code: "empty", Text: fmt.Sprintf("“%s” has no sheet with cells.", src.Name())}
	}
	if g.sheet == "" {
		g.sheet = largest(g.sheets)
	}
	for _, s := range g.sheets {
		if s.Name == g.sheet {
			return g, nil
		}
	}
	return nil, &importer.Refusal{Code: "no_such_sheet", Text: fmt.Sprintf("The workbook has no sheet “%s”. It has %s.", g.sheet, sheetNames(g.sheets))}
}

// largest is the sheet with the most rows; the first of several.
func largest(sheets []importer.Sheet) string {
	best := sheets[0]
	for _, s := range sheets[1:] {
		if s.Rows > best.Rows {
			best = s
		}
	}
	return best.Name
}

func sheetNames(sheets []importer.Sheet) string {
	var names []string
	for _, s := range sheets {
		names = append(names, "“"+s.Name+"”")
	}
	return strings.Join(names, ", ")
}

// load opens a workbook with large parts kept on disk.
func load(src importer.Source) (*excelize.File, error) {
	if src.Size() > importer.MaxWorkbook {
		return nil, &importer.Refusal{Code: "workbook_too_large", Text: fmt.Sprintf(
			"“%s” is larger than %d MiB, which is the limit for workbooks. Save the sheet as CSV and import that file; CSV has no such limit.", src.Name(), importer.MaxWorkbook>>20)}
	}
	r, err := src.Open()
	if err != nil {
		return nil, err
	}
	defer r.Close()
	f, err := excelize.OpenReader(r, excelize.Options{UnzipSizeLimit: 2 << 30, UnzipXMLSizeLimit: 8 << 20})
	if err != nil {
		return nil, brokenWorkbook(src, err)
	}
	if err := plainFormats(f); err != nil {
		return nil, brokenWorkbook(src, err)
	}
	return f, nil
}

func brokenWorkbook(src importer.Source, err error) error {
	return &importer.Refusal{Code: "broken_workbook", Text: fmt.Sprintf(
		"“%s” cannot be read as a workbook (%v). Open it in a spreadsheet program, save it as .xlsx again, or save the sheet as CSV.", src.Name(), err)}
}

// plainFormats rewrites the number formats of the opened copy: dates in ISO
// form, everything else as stored.
func plainFormats(f *excelize.File) error {
	// Making a style also loads the table of styles.
	day, clock := dayFormat, timeFormat
	daySheet, err := f.NewStyle(&excelize.Style{CustomNumFmt: &day})
	if err != nil {
		return err
	}
	clockSheet, err := f.NewStyle(&excelize.Style{CustomNumFmt: &clock})
	if err != nil {
		return err
	}
	xfs := f.Styles.CellXfs.Xf
	dayID, clockID := xfs[daySheet].NumFmtID, xfs[clockSheet].NumFmtID
	custom := map[int]string{}
	if f.Styles.NumFmts != nil {
		for _, n := range f.Styles.NumFmts.NumFmt {
			custom[n.NumFmtID] = n.FormatCode
		}
	}
	raw := rawFormat
	for i := range xfs {
		if xfs[i].NumFmtID == nil {
			continue
		}
		switch dateFormat(*xfs[i].NumFmtID, custom) {
		case dateOnly:
			xfs[i].NumFmtID = dayID
		case dateAndTime:
			xfs[i].NumFmtID = clockID
		case noDate:
			xfs[i].NumFmtID = &raw
		}
	}
	return nil
}

type dateKind int

const (
	noDate dateKind = iota
	dateOnly
	dateAndTime
	timeOnly
)

// dateFormat says what a number format shows. Formats 14 to 22 and 27 to 58 are
// built in; others are told by the letters outside quotes and brackets.
func dateFormat(id int, custom map[int]string) dateKind {
	code, ok := custom[id]
	switch {
	case ok:
	case id >= 14 && id <= 17, id >= 27 && id <= 31, id == 36, id >= 50 && id <= 54, id == 57, id == 58:
		return dateOnly
	case id == 22:
		return dateAndTime
	case id >= 18 && id <= 21, id >= 45 && id <= 47, id >= 32 && id <= 35, id == 55, id == 56:
		return timeOnly
	default:
		return noDate
	}
	letters := bareLetters(code)
	date := strings.ContainsAny(letters, "yd")
	clock := strings.ContainsAny(letters, "hs")
	switch {
	case date && clock:
		return dateAndTime
	case date:
		return dateOnly
	case clock:
		return timeOnly
	}
	return noDate
}

// bareLetters are the letters of a format's first section that are no text.
func bareLetters(code string) string {
	var b strings.Builder
	for i := 0; i < len(code); i++ {
		switch c := code[i]; c {
		case '"':
			for i++; i < len(code) && code[i] != '"'; i++ {
			}
		case '[':
			start := i + 1
			for i++; i < len(code) && code[i] != ']'; i++ {
			}
			// [h] counts hours beyond a day; other brackets are colours and countries.
			if inner := code[start:min(i, len(code))]; strings.Trim(inner, "hmsHMS") == "" {
				b.WriteString(inner)
			}
		case '\\', '_', '*':
			i++
		case ';':
			return strings.ToLower(b.String())
		default:
			b.WriteByte(c)
		}
	}
	letters := strings.ToLower(b.String())
	if letters == "general" || letters == "standard" {
		return ""
	}
	return letters
}

// countRows is how many rows of a sheet hold cells.
func countRows(f *excelize.File, sheet string) (int, error) {
	rows, err := f.Rows(sheet)
	if err != nil {
		// Sheets of charts have no rows.
		var missing excelize.ErrSheetNotExist
		if errors.As(err, &missing) {
			return 0, nil
		}
		return 0, err
	}
	n := 0
	for rows.Next() {
		n++
	}
	return n, rows.Close()
}

func (g *workbookGrid) title() string { return "Workbook (.xlsx)" }

func (g *workbookGrid) header() []string { return nil }

func (g *workbookGrid) resolve(s *importer.Survey) {
	s.Options.Sheet, s.Sheets, s.Name = g.sheet, g.sheets, g.sheet
	s.SourceKey += "#" + g.sheet
	filledSheets := 0
	choices := []string{g.sheet}
	for _, sh := range g.sheets {
		if sh.Rows > 1 {
			filledSheets++
			if sh.Name != g.sheet {
				choices = append(choices, sh.Name)
			}
		}
	}
	if filledSheets > 1 {
		s.Notes = append(s.Notes, importer.Note{Level: importer.Question, Code: "sheet", Option: "sheet", Choices: choices,
			Text: fmt.Sprintf("The workbook has %d sheets with rows. “%s” was taken because it has the most; import the others one by one.", filledSheets, g.sheet)})
	}
	s.Notes = append(s.Notes, importer.Note{Level: importer.Info, Code: "cached_values",
		Text: "Formulas are imported as the values that were saved with the workbook."})
}

func (g *workbookGrid) each(ctx context.Context, yield func(record) error) error {
	f, err := load(g.src)
	if err != nil {
		return err
	}
	defer f.Close()
	rows, err := f.Rows(g.sheet)
	if err != nil {
		return brokenWorkbook(g.src, err)
	}
	defer rows.Close()
	for n := 1; rows.Next(); n++ {
		if n%256 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		cells, err := rows.Columns()
		if err != nil && !errors.Is(err, io.EOF) {
			return brokenWorkbook(g.src, err)
		}
		r := record{number: n, line: n}
		r.cells = single(tidy(cells, &r))
		if err := yield(r); err != nil {
			return err
		}
	}
	if err := rows.Error(); err != nil {
		return brokenWorkbook(g.src, err)
	}
	return nil
}

// tidy drops times of midnight, formula errors and cells beyond the limits.
func tidy(cells []string, r *record) []string {
	if len(cells) > importer.MaxColumns {
		r.problems = append(r.problems, importer.Problem{Line: r.line, Code: "too_many_cells",
			Reason: fmt.Sprintf("The row has %d cells beyond the limit of %d. They were left out.", len(cells)-importer.MaxColumns, importer.MaxColumns)})
		cells = cells[:importer.MaxColumns]
	}
	for i, c := range cells {
		switch {
		case len(c) == len(timeFormat) && strings.HasSuffix(c, " 00:00:00"):
			cells[i] = strings.TrimSuffix(c, " 00:00:00")
		case len(c) > importer.MaxCell:
			cells[i] = ""
			r.problems = append(r.problems, importer.Problem{Line: r.line, Column: fmt.Sprintf("Column %d", i+1), Code: "cell_too_long",
				Reason: fmt.Sprintf("The cell is longer than %d bytes, which is the limit for one cell. It was left empty.", importer.MaxCell)})
		case strings.HasPrefix(c, "#") && formulaError(c):
			cells[i] = ""
			r.problems = append(r.problems, importer.Problem{Line: r.line, Column: fmt.Sprintf("Column %d", i+1), Code: "formula_error", Value: c,
				Reason: fmt.Sprintf("The formula in this cell gives the error %s. The cell was left empty; mend the formula in the workbook.", c)})
		}
	}
	return cells
}

func formulaError(s string) bool {
	switch s {
	case "#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "#GETTING_DATA", "#SPILL!", "#CALC!":
		return true
	}
	return false
}
