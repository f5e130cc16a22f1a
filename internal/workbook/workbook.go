// Package workbook reads and writes workbooks of spreadsheets (.xlsx, Office
// Open XML): rows of cells as text, one sheet out.
//
// Reading streams. What is held at once has a limit, whatever a file claims:
// parts.go opens the parts of the package and meters them, tokens.go meters the
// XML, texts.go holds the shared texts and puts many of them on disk, rows.go
// reads a sheet, format.go and serial.go show a number as the day it stands for.
// Writing streams into the archive: writer.go.
package workbook

import (
	"encoding/xml"
	"fmt"
	"io"
	"strings"
)

// Limits of the format.
const (
	MaxRows    = 1_048_576
	MaxColumns = 16_384
)

// TooLargeError is a workbook that goes beyond what is read of one. Its text goes on
// after the name of the file.
type TooLargeError struct{ Text string }

// Error says which limit was reached.
func (e *TooLargeError) Error() string { return e.Text }

func tooLarge(format string, args ...any) error {
	return &TooLargeError{Text: fmt.Sprintf(format, args...)}
}

// Workbook is an opened one.
type Workbook struct {
	parts  *parts
	sheets []sheet
	texts  *texts
	shows  []shown // by number of a cell's style
	epoch  epoch
}

type sheet struct{ name, part string }

// Open reads what tells of the sheets, and the texts that they share.
func Open(r io.ReaderAt, size int64) (*Workbook, error) {
	p, err := openParts(r, size)
	if err != nil {
		return nil, err
	}
	w := &Workbook{parts: p}
	root, err := p.relations("")
	if err != nil {
		return nil, err
	}
	main := root.byKind("/officeDocument")
	if main == "" || !p.has(main) {
		return nil, fmt.Errorf("it is an archive, but none of a workbook")
	}
	if strings.HasSuffix(main, ".bin") {
		return nil, fmt.Errorf("it is a binary workbook (.xlsb)")
	}
	rels, err := p.relations(main)
	if err != nil {
		return nil, err
	}
	if err := w.readSheets(main, rels); err != nil {
		return nil, err
	}
	if part := rels.byKind("/styles"); part != "" && p.has(part) {
		if w.shows, err = p.readStyles(part); err != nil {
			return nil, err
		}
	}
	if part := rels.byKind("/sharedStrings"); part != "" && p.has(part) {
		if w.texts, err = p.readTexts(part); err != nil {
			return nil, err
		}
	}
	return w, nil
}

// Close removes what was put on disk.
func (w *Workbook) Close() error {
	if w.texts == nil {
		return nil
	}
	return w.texts.close()
}

// Sheets are the names of the sheets with cells in the order of their tabs.
func (w *Workbook) Sheets() []string {
	names := make([]string, len(w.sheets))
	for i, s := range w.sheets {
		names[i] = s.name
	}
	return names
}

func (w *Workbook) readSheets(part string, rels relations) error {
	t, err := w.parts.open(part)
	if err != nil {
		return err
	}
	defer t.close()
	for {
		start, err := t.start()
		switch {
		case err == io.EOF:
			return nil
		case err != nil:
			return err
		}
		switch start.Name.Local {
		case "workbookPr":
			if truth(attr(start, "date1904")) {
				w.epoch = since1904
			}
		case "sheet":
			// Sheets of charts and dialogs have no cells.
			if rel, ok := rels[attr(start, "id")]; ok && strings.HasSuffix(rel.kind, "/worksheet") && w.parts.has(rel.part) {
				w.sheets = append(w.sheets, sheet{name: attr(start, "name"), part: rel.part})
			}
		}
	}
}

// attr is an attribute by its name without a prefix.
func attr(e xml.StartElement, name string) string {
	for i := range e.Attr {
		if e.Attr[i].Name.Local == name {
			return e.Attr[i].Value
		}
	}
	return ""
}

func truth(s string) bool { return s == "1" || s == "true" || s == "on" }
