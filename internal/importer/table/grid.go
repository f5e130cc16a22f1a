package table

import (
	"context"
	"fmt"

	"cairn/internal/importer"
)

// record is one record of a grid.
type record struct {
	number   int        // 1-based position, blank ones not counted for text
	line     int        // for people: line, sheet row, or position in a list
	cells    [][]string // by column of the grid; several values for lists in JSON
	problems []importer.Problem
	refused  bool
}

// grid is a table that can be read from the start again and again.
type grid interface {
	// title names the shape for people.
	title() string
	// header gives names of columns that the grid knows by itself (keys of JSON
	// objects); nil when they must be looked for in the records.
	header() []string
	// resolve writes what was found out into the survey.
	resolve(s *importer.Survey) error
	// each yields the records in order until yield fails.
	each(ctx context.Context, yield func(record) error) error
}

func openGrid(ctx context.Context, src importer.Source, opts importer.Options) (grid, error) {
	head, err := importer.Head(src)
	if err != nil {
		return nil, err
	}
	if len(head) == 0 {
		return nil, &importer.Refusal{Code: "empty", Text: fmt.Sprintf("“%s” is empty.", src.Name())}
	}
	switch shapeOf(head, src.Name()) {
	case spreadsheet:
		return openWorkbook(src, opts)
	case compound:
		return nil, refuseCompound(src)
	case jsonList:
		return openJSON(ctx, src, opts)
	case other:
		return nil, &importer.Refusal{Code: "not_a_table", Text: fmt.Sprintf("“%s” is no table. Save it as CSV, TSV, .xlsx or JSON and import that file.", src.Name())}
	}
	return openDelimited(src, opts)
}
