// Package table reads any table: delimited text (CSV, TSV, PSV), workbooks
// (.xlsx) and lists in JSON. It finds the encoding, the delimiter, the sheet
// and the header row, and proposes a place for every column by its name and
// its values.
//
// The three shapes are grids: grid.go says what a grid is; delimited.go,
// workbook.go and jsonlist.go make them; header.go finds the header; rows.go
// turns a grid into a survey and rows.
package table

import (
	"bytes"
	"fmt"
	"path"
	"strings"

	"cairn/internal/importer"
	"cairn/internal/importer/text"
)

// Name of the format.
const Name = "table"

type leaf struct{}

// Leaf gives the importer of tables.
func Leaf() importer.Leaf { return leaf{} }

// Name is the stable name of the format.
func (leaf) Name() string { return Name }

// shape is what a file is, as far as its first bytes tell.
type shape int

const (
	delimited shape = iota
	spreadsheet
	jsonList
	compound // the container of old and of encrypted workbooks
	other    // something that is no table
)

func shapeOf(head []byte, filename string) shape {
	trimmed := bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\xef\xbb\xbf")), " \t\r\n")
	ext := strings.ToLower(path.Ext(filename))
	switch {
	case bytes.HasPrefix(head, []byte("PK\x03\x04")):
		return spreadsheet
	case bytes.HasPrefix(head, []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")):
		return compound
	case bytes.HasPrefix(head, []byte("%PDF")), bytes.HasPrefix(head, []byte("\x89PNG")), bytes.HasPrefix(head, []byte("\x1f\x8b")),
		markup(trimmed):
		return other
	case ext == ".json" || ext != ".csv" && ext != ".tsv" && ext != ".txt" && ext != ".psv" && jsonStart(trimmed):
		return jsonList
	}
	return delimited
}

// markup says whether a file is XML or HTML, which holds no cells to read as
// text: a search view of Jira, a page that a tool calls .xls.
func markup(trimmed []byte) bool {
	start := bytes.ToLower(trimmed[:min(len(trimmed), 16)])
	for _, tag := range []string{"<?xml", "<!doctype", "<!--", "<html", "<rss"} {
		if bytes.HasPrefix(start, []byte(tag)) {
			return true
		}
	}
	return false
}

func jsonStart(b []byte) bool {
	if len(b) == 0 || b[0] != '[' && b[0] != '{' {
		return false
	}
	rest := bytes.TrimLeft(b[1:], " \t\r\n")
	return len(rest) == 0 || strings.IndexByte(`{["]}-0123456789tfn`, rest[0]) >= 0
}

// Detect judges by the first bytes; the name decides between text and JSON.
func (leaf) Detect(head []byte, filename string) importer.Match {
	switch shapeOf(head, filename) {
	case spreadsheet:
		return importer.Match{Confidence: 60, Why: "it is a workbook"}
	case compound:
		return importer.Match{Confidence: 20, Why: "it is an old or an encrypted workbook"}
	case jsonList:
		return importer.Match{Confidence: 30, Why: "it is JSON"}
	case other:
		return importer.Match{}
	}
	enc, err := text.DetectEncoding(bytes.NewReader(head))
	if err != nil || len(bytes.TrimSpace(head)) == 0 {
		return importer.Match{}
	}
	m := importer.Match{Confidence: 20, Why: "it is text"}
	if r, err := text.Decode(bytes.NewReader(head), enc.Name); err == nil {
		var buf bytes.Buffer
		if _, err := buf.ReadFrom(r); err == nil {
			if d := text.DetectDelimiter(buf.Bytes()); d.Columns > 1 {
				m = importer.Match{Confidence: 50, Why: fmt.Sprintf("it is text with %d columns", d.Columns)}
			}
		}
	}
	return m
}
