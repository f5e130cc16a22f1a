package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"cairn"
	"cairn/internal/app"
	"cairn/internal/importer"
)

// importRecords is what imports of insights and of customers have in common.
type importRecords struct {
	Path   string `arg:"" name:"file" help:"CSV, TSV, XLSX or JSON with one a row."`
	DryRun bool   `help:"Say what would happen and keep nothing."`
	JSON   bool   `name:"json" help:"Print the report as JSON."`
}

type importInsightsCmd struct {
	importRecords
	Project string   `help:"Key of the project." required:"" placeholder:"KEY"`
	To      []string `help:"For each column where it goes: title, note, person, email, company, on, importance, direction, reliability, labels, url, external_id, ideas, the name of a field of customers, or - for nowhere." placeholder:"TARGET,…"`
}

// Run imports the insights, or tries to. What is not said of the columns is
// guessed.
func (c *importInsightsCmd) Run(ctx context.Context, g *globals, std streams) error {
	return c.run(ctx, g, std, recordsInto{c.Project, cairn.RunInsights, c.To})
}

type importCustomersCmd struct {
	importRecords
	Type string   `help:"What the rows are: companies or people." enum:"companies,people" default:"companies"`
	To   []string `help:"For each column where it goes: name, email, company, external_id, the name of a field of customers, or - for nowhere." placeholder:"TARGET,…"`
}

// Run imports the customers, or tries to.
func (c *importCustomersCmd) Run(ctx context.Context, g *globals, std streams) error {
	return c.run(ctx, g, std, recordsInto{"", cairn.RunSubject(c.Type), c.To})
}

// recordsInto is where records go; customers have no project.
type recordsInto struct {
	project string
	subject cairn.RunSubject
	to      []string
}

// columns sends the columns of a file to the targets in their order; none keeps
// what is proposed.
func (r recordsInto) columns(s *importer.Survey) ([]cairn.MappedColumn, error) {
	if len(r.to) == 0 {
		return nil, nil
	}
	if len(r.to) != len(s.Columns) {
		return nil, &exitError{exitUsage, fmt.Sprintf("the file has %d columns, and --to names %d targets", len(s.Columns), len(r.to))}
	}
	var out []cairn.MappedColumn
	for i, to := range r.to {
		m := cairn.MappedColumn{Column: s.Columns[i].Key, Target: cairn.MapTarget(strings.TrimSpace(to))}
		switch _, known := m.Target.Info(r.subject); {
		case m.Target == "" || m.Target == "-":
			m.Target = cairn.MapIgnore
		case m.Target == "id":
			m.Target = cairn.MapExternalID
		case !known:
			m.Target, m.Name = cairn.MapField, string(m.Target)
		}
		out = append(out, m)
	}
	return out, nil
}

func (c *importRecords) run(ctx context.Context, g *globals, std streams, into recordsInto) error {
	src, err := importer.FileSource(c.Path, "")
	if err != nil {
		return &exitError{exitUsage, fmt.Sprintf("the file %s cannot be read: %v", c.Path, errors.Unwrap(err))}
	}
	a, done, err := g.openApp(ctx, g.logger(std.err))
	if err != nil {
		return err
	}
	defer done()
	run := importRunning{app: a, by: app.System("cli"), std: std, json: c.JSON}
	project := cairn.ID(0)
	if !into.subject.Shared() {
		p, err := a.Project(run.by, into.project)
		if err != nil {
			return wrongName(err)
		}
		project = p.ID
	}
	if c.DryRun {
		report, err := run.try(ctx, app.Trial{Source: src, Subject: into.subject, Columns: into.columns}, project)
		if err != nil {
			return err
		}
		return run.print(report)
	}
	return c.commit(ctx, &run, project, into)
}

// commit uploads the file, maps its columns and imports it.
func (c *importRecords) commit(ctx context.Context, r *importRunning, project cairn.ID, into recordsInto) error {
	f, err := os.Open(c.Path)
	if err != nil {
		return err
	}
	defer f.Close() // only read
	d, err := r.app.StageImport(ctx, r.by, project, app.NewImport{Name: filepath.Base(c.Path), Subject: into.subject, Content: f})
	if err != nil {
		return err
	}
	columns, err := into.columns(d.Survey)
	if err == nil && columns != nil {
		_, err = r.app.MapImport(ctx, r.by, d.ID, cairn.Mapping{Columns: columns})
	}
	return r.commit(ctx, d.ID, err)
}

// said takes over where the columns of insights and customers go.
func (r *importReport) said(d app.ImportDetail) {
	if d.Subject == cairn.RunIdeas {
		return
	}
	r.Columns = make(map[string]string)
	for _, m := range d.Mapping.Columns {
		c := d.Survey.Column(m.Column)
		to := string(m.Target)
		switch m.Target {
		case cairn.MapIgnore:
			to = "(left out)"
		case cairn.MapNew:
			to = "new field " + m.Name
		case cairn.MapField:
			to = "field " + m.Name
		}
		r.Columns[c.Name] = to
	}
}
