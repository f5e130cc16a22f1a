package table

import (
	"context"

	"cairn/internal/importer"
	"cairn/internal/importer/text"
)

// delimitedGrid is text cut at a delimiter.
type delimitedGrid struct {
	*importer.Delimited
}

func openDelimited(src importer.Source, opts importer.Options) (grid, error) {
	d, err := importer.OpenDelimited(src, opts)
	if err != nil {
		return nil, err
	}
	return delimitedGrid{d}, nil
}

func (g delimitedGrid) title() string {
	switch g.Delimiter.Comma {
	case '\t':
		return "Table (TSV)"
	case '|':
		return "Table (PSV)"
	}
	return "Table (CSV)"
}

func (g delimitedGrid) header() []string { return nil }

func (g delimitedGrid) resolve(s *importer.Survey) error {
	g.Resolve(s)
	return nil
}

func (g delimitedGrid) each(ctx context.Context, yield func(record) error) error {
	return g.Each(ctx, func(r text.Record) error {
		row := importer.Row{Number: r.Number}
		if len(r.Oversize) > 0 || r.Dropped > 0 || r.OpenLine > 0 {
			importer.RecordProblems(&row, r, nil)
		}
		return yield(record{number: r.Number, line: r.Line, cells: single(r.Cells), problems: row.Problems, refused: row.Refused})
	})
}

// single makes a list of one value of each cell, without the mark that guards it
// in a spreadsheet.
func single(cells []string) [][]string {
	out := make([][]string, len(cells))
	for i := range cells {
		cells[i] = importer.Unguard(cells[i])
		out[i] = cells[i : i+1 : i+1]
	}
	return out
}
