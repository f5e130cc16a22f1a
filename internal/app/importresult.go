package app

import (
	"context"
	"encoding/csv"
	"io"
	"strconv"

	"cairn"
	"cairn/internal/exporter"
)

// ImportLevel says how bad a problem of an import is.
type ImportLevel string

// The levels.
const (
	// ImportRefused: the cell, or the whole row, was not taken.
	ImportRefused ImportLevel = "refused"
	// ImportWarning: it was taken, but not as it stands.
	ImportWarning ImportLevel = "warning"
	// ImportKept: somebody changed the value since the last import; it stays.
	ImportKept ImportLevel = "kept"
)

// ImportProblem is what an import has to say of one cell, or of a row when
// Column is "".
type ImportProblem struct {
	Level  ImportLevel `json:"level"`
	Row    int         `json:"row,omitempty"`
	Line   int         `json:"line,omitempty"`
	Column string      `json:"column,omitempty"`
	Code   string      `json:"code"`
	Reason string      `json:"reason"`
	Value  string      `json:"value,omitempty"`
}

// ImportNamed is a field with its new options.
type ImportNamed struct {
	Field   string          `json:"field"`
	Type    cairn.FieldType `json:"type"`
	New     bool            `json:"new"`
	Options []string        `json:"options"`
}

// ImportResult is what a dry run or a commit found. The lists are cut at
// maxImportList; the report has every problem.
type ImportResult struct {
	DryRun   bool            `json:"dryRun"`
	Counts   cairn.RunCounts `json:"counts"`
	Problems []ImportProblem `json:"problems"`
	Fields   []ImportNamed   `json:"fields"`
	People   []string        `json:"people"`
}

const maxImportList = 500

// importTally gathers what an import finds, and writes its report.
type importTally struct {
	result ImportResult
	report func(ImportProblem) error
}

func newImportTally(report func(ImportProblem) error) *importTally {
	return &importTally{report: report, result: ImportResult{Problems: []ImportProblem{}, Fields: []ImportNamed{}, People: []string{}}}
}

// problem counts and reports one problem.
func (t *importTally) problem(p ImportProblem) error {
	c := &t.result.Counts
	switch p.Level {
	case ImportRefused:
		c.Refused++
	case ImportWarning:
		c.Warnings++
	case ImportKept:
		c.Kept++
	}
	if len(t.result.Problems) < maxImportList {
		t.result.Problems = append(t.result.Problems, p)
	}
	return t.report(p)
}

// again reports a problem that was counted before the import was interrupted.
func (t *importTally) again(p ImportProblem) error {
	counts := t.result.Counts
	err := t.problem(p)
	t.result.Counts = counts
	return err
}

// begin counts the fields that the plan makes, with their first options.
func (p *importPlan) begin(c *cairn.RunCounts) {
	for _, f := range p.fields {
		if f.make {
			c.Fields++
			c.Options += len(f.fresh)
		}
	}
}

// batch counts what a batch brings before its drafts.
func (t *importTally) batch(b *importBatchOf) {
	t.result.Counts.Rows += b.fresh
	t.result.Counts.Options += len(b.options)
	t.result.Counts.People += len(b.people) + len(b.customers)
}

// list names the fields, options and people that are new.
func (p *importPlan) list(r *ImportResult) {
	for _, f := range p.fields {
		named := ImportNamed{Field: f.Name, Type: f.Type, New: f.make, Options: []string{}}
		for _, o := range f.fresh[:min(maxImportList, len(f.fresh))] {
			named.Options = append(named.Options, o.name)
		}
		if f.make || len(named.Options) > 0 {
			r.Fields = append(r.Fields, named)
		}
	}
	for _, who := range p.people.fresh[:min(maxImportList, len(p.people.fresh))] {
		r.People = append(r.People, who.name)
	}
}

// reportWriter writes a report into a blob as it comes.
type reportWriter struct {
	csv  *csv.Writer
	pipe *io.PipeWriter
	done chan error
}

// newReport begins the report of a run; what was there is replaced at its end.
func (a *App) newReport(ctx context.Context, run cairn.ID) *reportWriter {
	r, w := io.Pipe()
	out := &reportWriter{csv: csv.NewWriter(w), pipe: w, done: make(chan error, 1)}
	go func() {
		_, err := a.store.PutBlob(ctx, importBlob(run, importReport), r)
		r.CloseWithError(err)
		out.done <- err
	}()
	return out
}

// begin writes the header; the mark in front tells old spreadsheets of UTF-8.
func (r *reportWriter) begin() error {
	if _, err := io.WriteString(r.pipe, "\ufeff"); err != nil {
		return err
	}
	return r.csv.Write([]string{"level", "row", "line", "column", "reason", "value"})
}

func (r *reportWriter) write(p ImportProblem) error {
	return r.csv.Write([]string{
		string(p.Level), positive(p.Row), positive(p.Line), exporter.Guard(p.Column), exporter.Guard(p.Reason), exporter.Guard(p.Value),
	})
}

// end finishes the report, or gives it up when cause is not nil.
func (r *reportWriter) end(cause error) error {
	r.csv.Flush()
	r.pipe.CloseWithError(cause) // nil is the ordinary end
	err := <-r.done
	if cause != nil {
		return cause
	}
	if err == nil {
		err = r.csv.Error()
	}
	return err
}

func positive(n int) string {
	if n <= 0 {
		return ""
	}
	return strconv.Itoa(n)
}
