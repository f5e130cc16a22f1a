// Package jiracsv reads the CSV files that Jira Cloud, Server and Data Center
// export ("all fields" and "current fields").
//
// Columns are found by name, never by place. Repeated columns are lists,
// people are joined with the column of their ids, comments and attachments are
// cut out of their cells, and wiki notation becomes Markdown. columns.go knows
// what Jira's headers mean; rows.go reads the issues.
package jiracsv

import (
	"context"
	"fmt"
	"strings"

	"cairn/internal/importer"
	"cairn/internal/importer/text"
)

// Name of the format.
const Name = "jira-csv"

type leaf struct{}

// Leaf gives the importer of Jira's CSV exports.
func Leaf() importer.Leaf { return leaf{} }

// Name is the stable name of the format.
func (leaf) Name() string { return Name }

// Detect looks for Jira's headers in the first lines.
func (leaf) Detect(head []byte, filename string) importer.Match {
	src := importer.BytesSource(filename, head)
	d, err := importer.OpenDelimited(src, importer.Options{})
	if err != nil {
		return importer.Match{}
	}
	recs, err := d.First(context.Background(), importer.MaxHeaderRow)
	if err != nil {
		return importer.Match{}
	}
	i := headerAt(recs)
	if i < 0 {
		return importer.Match{}
	}
	return importer.Match{Confidence: 95, Why: "it has Jira's columns Summary and Issue key"}
}

// headerAt is the index of the record with Jira's header, or −1.
func headerAt(recs []text.Record) int {
	for i, r := range recs {
		has := map[string]bool{}
		for _, c := range r.Cells {
			has[strings.ToLower(strings.TrimSpace(c))] = true
		}
		key := has["issue key"] || has["issue id"] || has["key"] && has["issue type"]
		if has["summary"] && key {
			return i
		}
	}
	return -1
}

// file is an opened export: its text and its header.
type file struct {
	*importer.Delimited
	header []string
	number int // of the header record
}

func open(ctx context.Context, src importer.Source, opts importer.Options) (*file, error) {
	d, err := importer.OpenDelimited(src, opts)
	if err != nil {
		return nil, err
	}
	recs, err := d.First(ctx, importer.MaxHeaderRow)
	if err != nil {
		return nil, err
	}
	i := headerAt(recs)
	if i < 0 {
		return nil, &importer.Refusal{Code: "no_header", Text: fmt.Sprintf(
			"“%s” has no line with Jira's columns Summary and Issue key among the first %d. Import it as a table, or export it from Jira again as CSV.", src.Name(), importer.MaxHeaderRow)}
	}
	return &file{Delimited: d, header: recs[i].Cells, number: recs[i].Number}, nil
}

// each yields the records below the header that hold anything.
func (f *file) each(ctx context.Context, yield func(n int, r text.Record) error) error {
	n := 0
	return f.Each(ctx, func(r text.Record) error {
		if r.Number <= f.number || emptyRecord(r) {
			return nil
		}
		n++
		return yield(n, r)
	})
}

func emptyRecord(r text.Record) bool {
	for _, c := range r.Cells {
		if strings.TrimSpace(c) != "" {
			return false
		}
	}
	return len(r.Oversize) == 0 && r.OpenLine == 0
}
