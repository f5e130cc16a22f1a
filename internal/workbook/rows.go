package workbook

import (
	"encoding/xml"
	"fmt"
	"io"
	"iter"
	"strconv"
)

// Row is one row of a sheet.
type Row struct {
	// Number is its place from 1; blank ones may be left out between two.
	Number int
	// Cells are its texts without empty ones at the end.
	Cells []string
	// Beyond is how many filled cells stood right of the limit of columns.
	Beyond int
}

// Rows reads the rows of a sheet, the first columns of each. An error ends them.
func (w *Workbook) Rows(name string, columns int) iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		for _, s := range w.sheets {
			if s.name == name {
				if err := w.rows(s, columns, yield); err != nil {
					yield(Row{}, err)
				}
				return
			}
		}
		yield(Row{}, fmt.Errorf("there is no sheet %q", name))
	}
}

func (w *Workbook) rows(s sheet, columns int, yield func(Row, error) bool) error {
	t, err := w.parts.open(s.part)
	if err != nil {
		return err
	}
	defer t.close()
	r := rowReader{tokens: t, book: w, columns: min(columns, MaxColumns)}
	for {
		start, err := t.start()
		switch {
		case err == io.EOF:
			return nil
		case err != nil:
			return err
		}
		if start.Name.Local != "row" {
			continue
		}
		if err := r.read(start); err != nil {
			return err
		}
		for n := len(r.row.Cells); n > 0 && r.row.Cells[n-1] == ""; n-- {
			r.row.Cells = r.row.Cells[:n-1] // a cell that came twice
		}
		if !yield(r.row, nil) {
			return nil
		}
	}
}

// rowReader reads one row after the other.
type rowReader struct {
	*tokens
	book    *Workbook
	columns int
	row     Row
	buf     []byte
}

func (r *rowReader) read(start xml.StartElement) error {
	number := r.row.Number + 1
	if s := attr(start, "r"); s != "" {
		n, err := strconv.Atoi(s)
		if err != nil || n < number {
			return fmt.Errorf("%s: a row %q comes after row %d", r.name, s, r.row.Number)
		}
		number = n
	}
	if number > MaxRows {
		return fmt.Errorf("%s: row %d is beyond the last row of a sheet", r.name, number)
	}
	r.row = Row{Number: number, Cells: make([]string, 0, len(r.row.Cells))}
	column := -1
	for {
		e, ok, err := r.child()
		if err != nil || !ok {
			return err
		}
		if e.Name.Local != "c" {
			if err := r.skip(); err != nil {
				return err
			}
			continue
		}
		ref := attr(e, "r")
		if column = columnOf(ref, column+1); column < 0 || column >= MaxColumns {
			return fmt.Errorf("%s: row %d has a cell at %q", r.name, number, ref)
		}
		text, err := r.cell(e)
		if err != nil {
			return fmt.Errorf("row %d, column %d: %w", number, column+1, err)
		}
		r.put(column, text)
	}
}

func (r *rowReader) put(column int, text string) {
	switch {
	case text == "":
		if column < len(r.row.Cells) {
			r.row.Cells[column] = ""
		}
		return
	case column >= r.columns:
		r.row.Beyond++
		return
	}
	for len(r.row.Cells) <= column {
		r.row.Cells = append(r.row.Cells, "")
	}
	r.row.Cells[column] = text
}

// columnOf is the column from 0 that a place such as AB12 names; the given one
// where a cell does not say its place; -1 if it says none.
func columnOf(ref string, next int) int {
	if ref == "" {
		return next
	}
	n := 0
	for i := 0; i < len(ref); i++ {
		c := ref[i] &^ 0x20
		switch {
		case c >= 'A' && c <= 'Z' && i < 4:
			n = n*26 + int(c-'A') + 1
		case ref[i] >= '0' && ref[i] <= '9':
			return n - 1
		default:
			return -1
		}
	}
	return -1
}

// cell is the text of the open cell.
func (r *rowReader) cell(start xml.StartElement) (string, error) {
	kind := attr(start, "t")
	r.buf = r.buf[:0]
	for {
		e, ok, err := r.child()
		if err != nil {
			return "", err
		}
		if !ok {
			return r.show(kind, attr(start, "s"))
		}
		switch {
		case e.Name.Local == "v":
			r.buf, err = r.text(r.buf[:0])
		case e.Name.Local == "is" && kind == "inlineStr":
			r.buf, err = r.rich(r.buf[:0])
		default: // formulas among others
			err = r.skip()
		}
		if err != nil {
			return "", err
		}
	}
}

// show gives a stored value as text.
func (r *rowReader) show(kind, style string) (string, error) {
	if len(r.buf) == 0 {
		return "", nil
	}
	switch kind {
	case "s":
		i, err := strconv.Atoi(string(r.buf))
		if err != nil {
			return "", fmt.Errorf("it names the text %q", r.buf)
		}
		return r.book.texts.get(i)
	case "inlineStr", "str":
		return string(unescape(r.buf)), nil
	case "b":
		if truth(string(r.buf)) {
			return "TRUE", nil
		}
		return "FALSE", nil
	case "e":
		return string(r.buf), nil
	case "d":
		return isoDay(string(r.buf)), nil
	}
	how := noDate
	i, _ := strconv.Atoi(style) // the first one where a cell names none
	if i >= 0 && i < len(r.book.shows) {
		how = r.book.shows[i]
	}
	return number(string(r.buf), how, r.book.epoch), nil
}
