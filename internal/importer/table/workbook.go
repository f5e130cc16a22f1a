package table

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"cairn/internal/importer"
	"cairn/internal/workbook"
)

// workbookGrid is one sheet of a workbook.
type workbookGrid struct {
	src    importer.Source
	sheet  string
	sheets []importer.Sheet
	// counted says whether the sheets have their numbers of rows, which take a
	// reading of all of them.
	counted bool
}

func openWorkbook(src importer.Source, opts importer.Options) (grid, error) {
	g := &workbookGrid{src: src, sheet: opts.Sheet}
	err := g.with(func(book *workbook.Workbook) error {
		for _, name := range book.Sheets() {
			g.sheets = append(g.sheets, importer.Sheet{Name: name})
		}
		if g.sheet == "" {
			return g.count(book)
		}
		return nil
	})
	if err != nil {
		return nil, err
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

// with opens the workbook for what use does with it.
func (g *workbookGrid) with(use func(*workbook.Workbook) error) (err error) {
	if g.src.Size() > importer.MaxWorkbook {
		return g.tooLarge(fmt.Sprintf("is larger than %d MiB, which is the limit for workbooks", importer.MaxWorkbook>>20))
	}
	f, err := g.src.Open()
	if err != nil {
		return err
	}
	defer f.Close()
	book, err := workbook.Open(f, g.src.Size())
	if err != nil {
		return g.broken(err)
	}
	defer func() { err = errors.Join(err, book.Close()) }()
	return use(book)
}

func (g *workbookGrid) tooLarge(text string) error {
	return &importer.Refusal{Code: "workbook_too_large", Text: fmt.Sprintf(
		"“%s” %s. Save the sheet as CSV and import that file; CSV has no such limit.", g.src.Name(), text)}
}

// broken is the refusal of a workbook that could not be read to its end.
func (g *workbookGrid) broken(err error) error {
	var large *workbook.TooLargeError
	if errors.As(err, &large) {
		return g.tooLarge(large.Text)
	}
	return &importer.Refusal{Code: "broken_workbook", Text: fmt.Sprintf(
		"“%s” cannot be read as a workbook (%v). Open it in a spreadsheet program, save it as .xlsx again, or save the sheet as CSV.", g.src.Name(), err)}
}

// count finds how many rows of each sheet hold cells or stand above one that does.
func (g *workbookGrid) count(book *workbook.Workbook) error {
	for i := range g.sheets {
		for row, err := range book.Rows(g.sheets[i].Name, 0) {
			if err != nil {
				return g.broken(err)
			}
			g.sheets[i].Rows = row.Number
		}
	}
	g.counted = true
	return nil
}

func (g *workbookGrid) title() string { return "Workbook (.xlsx)" }

func (g *workbookGrid) header() []string { return nil }

func (g *workbookGrid) resolve(s *importer.Survey) error {
	if !g.counted {
		if err := g.with(g.count); err != nil {
			return err
		}
	}
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
	return nil
}

func (g *workbookGrid) each(ctx context.Context, yield func(record) error) error {
	return g.with(func(book *workbook.Workbook) error {
		n := 0
		for row, err := range book.Rows(g.sheet, importer.MaxColumns) {
			if err != nil {
				return g.broken(err)
			}
			// Rows that the file leaves out are blank ones.
			for ; n+1 < row.Number; n++ {
				if err := yield(record{number: n + 1, line: n + 1}); err != nil {
					return err
				}
			}
			if n = row.Number; n%256 == 0 && ctx.Err() != nil {
				return ctx.Err()
			}
			r := record{number: n, line: n}
			r.cells = single(tidy(row, &r))
			if err := yield(r); err != nil {
				return err
			}
		}
		return nil
	})
}

// tidy drops formula errors and cells beyond the limits.
func tidy(row workbook.Row, r *record) []string {
	if row.Beyond > 0 {
		r.problems = append(r.problems, importer.Problem{Line: r.line, Code: "too_many_cells",
			Reason: fmt.Sprintf("The row has %d cells beyond the limit of %d. They were left out.", row.Beyond, importer.MaxColumns)})
	}
	for i, c := range row.Cells {
		switch {
		case len(c) > importer.MaxCell:
			row.Cells[i] = ""
			r.problems = append(r.problems, importer.Problem{Line: r.line, Column: fmt.Sprintf("Column %d", i+1), Code: "cell_too_long",
				Reason: fmt.Sprintf("The cell is longer than %d bytes, which is the limit for one cell. It was left empty.", importer.MaxCell)})
		case strings.HasPrefix(c, "#") && formulaError(c):
			row.Cells[i] = ""
			r.problems = append(r.problems, importer.Problem{Line: r.line, Column: fmt.Sprintf("Column %d", i+1), Code: "formula_error", Value: c,
				Reason: fmt.Sprintf("The formula in this cell gives the error %s. The cell was left empty; mend the formula in the workbook.", c)})
		}
	}
	return row.Cells
}

func formulaError(s string) bool {
	switch s {
	case "#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "#GETTING_DATA", "#SPILL!", "#CALC!", "#FIELD!", "#BLOCKED!", "#CONNECT!", "#BUSY!", "#UNKNOWN!", "#EXTERNAL!", "#PYTHON!":
		return true
	}
	return false
}
