package main

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"

	"cairn"
	"cairn/internal/app"
	"cairn/internal/importer"
)

type importCmd struct {
	File      importFileCmd      `cmd:"" default:"withargs" help:"Import a file of ideas into a project."`
	Insights  importInsightsCmd  `cmd:"" help:"Import a file of insights into a project, with who said them."`
	Customers importCustomersCmd `cmd:"" help:"Import a file of companies or people among the customers."`
	Undo      importUndoCmd      `cmd:"" help:"Take an import back as a whole."`
	Resume    importResumeCmd    `cmd:"" help:"Go on with an import that was interrupted or failed."`
}

type importFileCmd struct {
	Path    string `arg:"" name:"file" help:"CSV, TSV, XLSX or JSON, as exported by Jira, Trello, GitHub or a spreadsheet."`
	Project string `help:"Key of the project." required:"" placeholder:"KEY"`
	Create  bool   `help:"Make the project if it is not there."`
	Format  string `help:"auto, jira-csv, github-json, trello-json or table." default:"auto" placeholder:"auto|…"`
	Map     string `name:"map" help:"File with a mapping as JSON: columns, options, people." placeholder:"FILE"`
	DryRun  bool   `help:"Say what would happen and keep nothing."`
	JSON    bool   `name:"json" help:"Print the report as JSON."`
}

// importTemplate is what --create makes projects from.
const importTemplate = "product-discovery"

// importReport is what an import prints as JSON.
type importReport struct {
	Rows      int `json:"rows"`
	Created   int `json:"created"`
	Updated   int `json:"updated"`
	Unchanged int `json:"unchanged"`
	Comments  int `json:"comments"`
	// People are new ones, customers among them; Links are those to ideas.
	People int `json:"people,omitempty"`
	Links  int `json:"links,omitempty"`
	// Columns says where each went, for insights and customers.
	Columns  map[string]string `json:"columns,omitempty"`
	Refused  []importCell      `json:"refused"`
	Warnings []importCell      `json:"warnings"`
	Kept     []importCell      `json:"kept"`
	// Run is absent for a dry run.
	Run cairn.ID `json:"run,omitempty"`
}

// importCell is a problem with one cell, or with a row.
type importCell struct {
	Row    int    `json:"row,omitempty"`
	Column string `json:"column,omitempty"`
	Reason string `json:"reason"`
}

func newImportReport(c cairn.RunCounts) *importReport {
	return &importReport{
		Rows: c.Rows, Created: c.Created, Updated: c.Updated, Unchanged: c.Unchanged, Comments: c.Comments, People: c.People, Links: c.Links,
		Refused: []importCell{}, Warnings: []importCell{}, Kept: []importCell{},
	}
}

func (r *importReport) add(level app.ImportLevel, cell importCell) {
	switch level {
	case app.ImportRefused:
		r.Refused = append(r.Refused, cell)
	case app.ImportKept:
		r.Kept = append(r.Kept, cell)
	default:
		r.Warnings = append(r.Warnings, cell)
	}
}

// notes adds what is to be said of the file as a whole.
func (r *importReport) notes(s *importer.Survey) {
	for _, n := range s.Notes {
		if n.Level != importer.Info {
			name := ""
			if c := s.Column(n.Column); c != nil {
				name = c.Name
			}
			r.Warnings = append(r.Warnings, importCell{Column: name, Reason: n.Text})
		}
	}
}

// Run imports the file, or tries to.
func (c *importFileCmd) Run(ctx context.Context, g *globals, std streams) error {
	mapping, err := c.mapping()
	if err != nil {
		return err
	}
	src, err := importer.FileSource(c.Path, "")
	if err != nil {
		return &exitError{exitUsage, fmt.Sprintf("the file %s cannot be read: %v", c.Path, errors.Unwrap(err))}
	}
	a, done, err := g.openApp(ctx, g.logger(std.err))
	if err != nil {
		return err
	}
	defer done()
	if err := a.CheckImportFormat(c.Format); err != nil {
		return asUsage(err)
	}
	by := app.System("cli")
	p, err := a.Project(by, c.Project)
	missing := cairn.CodeOf(err) == cairn.CodeNotFound && c.Create
	if err != nil && !missing {
		if cairn.CodeOf(err) == cairn.CodeNotFound {
			return &exitError{exitUsage, err.Error() + ". Make it with --create"}
		}
		return err
	}
	run := importRunning{app: a, by: by, std: std, json: c.JSON}
	trial := app.Trial{Source: src, Format: c.Format, Mapping: mapping, Template: importTemplate}
	if c.DryRun {
		report, err := run.try(ctx, trial, p.ID)
		if err != nil {
			return err
		}
		return run.print(report)
	}
	var look *app.Look
	if missing { // a file that cannot be imported leaves no project behind
		if look, err = a.LookAtImport(ctx, by, trial); err != nil {
			return err
		}
		if p, err = c.create(ctx, &run, look.Survey()); err != nil {
			return err
		}
	}
	return c.commit(ctx, &run, p.ID, importing{mapping, look})
}

// mapping reads the file that --map names.
func (c *importFileCmd) mapping() (cairn.Mapping, error) {
	var m cairn.Mapping
	if c.Map == "" {
		return m, nil
	}
	raw, err := os.ReadFile(c.Map)
	if err != nil {
		return m, &exitError{exitUsage, fmt.Sprintf("the mapping cannot be read: %v", err)}
	}
	dec := json.NewDecoder(bytes.NewReader(raw))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&m); err != nil {
		return m, &exitError{exitUsage, fmt.Sprintf("%s is no mapping: %v. It looks like {\"columns\": [{\"column\": \"Effort\", \"target\": \"field\", \"name\": \"Effort\"}]}", c.Map, err)}
	}
	return m, nil
}

// try reads the whole file and keeps nothing.
func (r *importRunning) try(ctx context.Context, t app.Trial, project cairn.ID) (*importReport, error) {
	found := newImportReport(cairn.RunCounts{})
	t.Each = func(p app.ImportProblem) error {
		found.add(p.Level, importCell{p.Row, p.Column, p.Reason})
		return nil
	}
	d, err := r.app.TryImport(ctx, r.by, project, t)
	if err != nil {
		return nil, err
	}
	report := newImportReport(d.Counts)
	report.notes(d.Survey)
	report.said(d)
	report.Refused, report.Kept = found.Refused, found.Kept
	report.Warnings = append(report.Warnings, found.Warnings...)
	return report, nil
}

// create makes the project, with the name that the file tells.
func (c *importFileCmd) create(ctx context.Context, r *importRunning, s *importer.Survey) (app.ProjectInfo, error) {
	name := c.Project
	if s.Name != "" && len([]rune(s.Name)) <= 120 {
		name = s.Name
	}
	return r.app.CreateProject(ctx, r.by, app.NewProject{Name: name, Key: c.Project, Template: importTemplate})
}

// importing is how a file is imported: with which mapping, and what an earlier
// look at it found, nil where there was none.
type importing struct {
	mapping cairn.Mapping
	look    *app.Look
}

// commit uploads the file and imports it.
func (c *importFileCmd) commit(ctx context.Context, r *importRunning, project cairn.ID, in importing) error {
	f, err := os.Open(c.Path)
	if err != nil {
		return err
	}
	defer f.Close() // only read
	d, err := r.app.StageImport(ctx, r.by, project, app.NewImport{Name: filepath.Base(c.Path), Format: c.Format, Content: f, Looked: in.look})
	if err != nil {
		return err
	}
	if c.Map != "" {
		_, err = r.app.MapImport(ctx, r.by, d.ID, in.mapping)
	}
	return r.commit(ctx, d.ID, err)
}

// importRunning is an import on its way to the end.
type importRunning struct {
	app  *app.App
	by   app.Caller
	std  streams
	json bool
}

// commit imports what was staged and mapped, unless that failed: nothing is kept
// of the attempt then.
func (r *importRunning) commit(ctx context.Context, id cairn.ID, err error) error {
	if err == nil {
		_, err = r.app.CommitImport(ctx, r.by, id)
	}
	if err != nil {
		return errors.Join(err, r.app.DeleteImport(context.WithoutCancel(ctx), r.by, id))
	}
	return r.finish(ctx, id)
}

// finish waits for the end of a run and prints what came of it.
func (r *importRunning) finish(ctx context.Context, id cairn.ID) error {
	last := -1
	run, err := r.app.WaitImport(ctx, r.by, id, func(now cairn.Run) {
		if now.Done != last {
			last = now.Done
			fmt.Fprintf(r.std.err, "%d of %d rows\n", now.Done, now.Rows)
		}
	})
	if err != nil {
		if ctx.Err() != nil {
			return fmt.Errorf("interrupted; what was imported until now is complete. Go on with `cairn import resume %d`, or take it back with `cairn import undo %d`", id, id)
		}
		return err
	}
	if run.State != cairn.RunCommitted {
		return fmt.Errorf("the import stopped at row %d of %d: %s. Go on with `cairn import resume %d`, or take it back with `cairn import undo %d`", run.Done, run.Rows, run.Error, id, id)
	}
	report, err := r.report(ctx, id)
	if err != nil {
		return err
	}
	return r.print(report)
}

// report reads every problem from the run's report.
func (r *importRunning) report(ctx context.Context, id cairn.ID) (*importReport, error) {
	d, err := r.app.Import(ctx, r.by, id)
	if err != nil {
		return nil, err
	}
	out := newImportReport(d.Counts)
	out.Run = id
	out.said(d)
	out.notes(d.Survey)
	blob, _, err := r.app.ImportReport(ctx, r.by, id)
	if err != nil {
		return nil, err
	}
	defer blob.Close() // only read
	lines := csv.NewReader(blob)
	for first := true; ; first = false {
		rec, err := lines.Read()
		if err == io.EOF {
			return out, nil
		}
		if err != nil {
			return nil, err
		}
		if first {
			continue // the header
		}
		row, _ := strconv.Atoi(rec[1]) // empty for the file as a whole
		out.add(app.ImportLevel(rec[0]), importCell{row, rec[3], rec[4]})
	}
}

// print writes the report and says with the exit code whether all was read.
func (r *importRunning) print(report *importReport) error {
	if r.json {
		enc := json.NewEncoder(r.std.out)
		enc.SetEscapeHTML(false)
		if err := enc.Encode(report); err != nil {
			return err
		}
	} else {
		r.text(report)
	}
	if len(report.Refused) > 0 {
		return &exitError{code: exitRefused}
	}
	return nil
}

func (r *importRunning) text(report *importReport) {
	out := r.std.out
	for _, name := range slices.Sorted(maps.Keys(report.Columns)) {
		fmt.Fprintf(out, "%s → %s\n", name, report.Columns[name])
	}
	fmt.Fprintf(out, "%d rows: %d created, %d updated, %d unchanged, %d comments.\n", report.Rows, report.Created, report.Updated, report.Unchanged, report.Comments)
	if report.Columns != nil {
		fmt.Fprintf(out, "%d new customers by name, %d links to ideas.\n", report.People, report.Links)
	}
	for _, part := range []struct {
		name  string
		cells []importCell
	}{{"Refused", report.Refused}, {"Kept as changed here", report.Kept}, {"Remarks", report.Warnings}} {
		if len(part.cells) == 0 {
			continue
		}
		fmt.Fprintf(out, "%s (%d):\n", part.name, len(part.cells))
		for _, c := range part.cells {
			fmt.Fprintf(out, "  %s%s\n", c.where(), c.Reason)
		}
	}
	if report.Run != 0 {
		fmt.Fprintf(out, "Import %d; take it back with `cairn import undo %d`.\n", report.Run, report.Run)
	}
}

// where names the cell in words.
func (c importCell) where() string {
	switch {
	case c.Row > 0 && c.Column != "":
		return fmt.Sprintf("Row %d, %s: ", c.Row, c.Column)
	case c.Row > 0:
		return fmt.Sprintf("Row %d: ", c.Row)
	case c.Column != "":
		return c.Column + ": "
	}
	return ""
}

// wrongName makes an error about an import that does not exist end the program as
// a wrong call does.
func wrongName(err error) error {
	if cairn.CodeOf(err) == cairn.CodeNotFound {
		return &exitError{exitUsage, err.Error()}
	}
	return err
}

type importUndoCmd struct {
	Import cairn.ID `arg:"" name:"run" help:"Number of the import."`
}

// Run takes the import back.
func (c *importUndoCmd) Run(ctx context.Context, g *globals, std streams) error {
	a, done, err := g.openApp(ctx, g.logger(std.err))
	if err != nil {
		return err
	}
	defer done()
	run, err := a.UndoImport(ctx, app.System("cli"), c.Import)
	if err != nil {
		return wrongName(err)
	}
	_, err = fmt.Fprintf(std.out, "Undone: %d changes taken back, %d kept since somebody changed them later.\n", run.Reverted, run.Kept)
	return err
}

type importResumeCmd struct {
	Import cairn.ID `arg:"" name:"run" help:"Number of the import."`
	JSON   bool     `name:"json" help:"Print the report as JSON."`
}

// Run goes on with the import.
func (c *importResumeCmd) Run(ctx context.Context, g *globals, std streams) error {
	a, done, err := g.openApp(ctx, g.logger(std.err))
	if err != nil {
		return err
	}
	defer done()
	r := importRunning{app: a, by: app.System("cli"), std: std, json: c.JSON}
	if _, err := a.CommitImport(ctx, r.by, c.Import); err != nil {
		return wrongName(err)
	}
	return r.finish(ctx, c.Import)
}
