package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"cairn/internal/app"
)

type importInsightsCmd struct {
	Path    string   `arg:"" name:"file" help:"CSV, TSV, XLSX or JSON with an insight a row."`
	Project string   `help:"Key of the project." required:"" placeholder:"KEY"`
	To      []string `help:"For each column where it goes: title, note, person, email, company, on, importance, direction, reliability, labels, url, id, ideas, or - for nowhere." placeholder:"TARGET,…"`
	DryRun  bool     `help:"Say what would happen and keep nothing."`
	JSON    bool     `name:"json" help:"Print the report as JSON."`
}

// insightReport is what an import of insights prints as JSON.
type insightReport struct {
	Rows      int               `json:"rows"`
	Created   int               `json:"created"`
	Updated   int               `json:"updated"`
	Unchanged int               `json:"unchanged"`
	Customers int               `json:"customers"`
	Links     int               `json:"links"`
	Skipped   int               `json:"skipped"`
	Columns   map[string]string `json:"columns"`
	Problems  []importCell      `json:"problems"`
}

// Run imports the insights, or tries to. What is not said of the columns is
// guessed.
func (c *importInsightsCmd) Run(ctx context.Context, g *globals, std streams) error {
	data, err := os.ReadFile(c.Path)
	if err != nil {
		return &exitError{exitUsage, fmt.Sprintf("the file %s cannot be read: %v", c.Path, errors.Unwrap(err))}
	}
	a, done, err := g.openApp(ctx, g.logger(std.err))
	if err != nil {
		return err
	}
	defer done()
	by := app.System("cli")
	p, err := a.Project(by, c.Project)
	if err != nil {
		return wrongName(err)
	}
	in := app.InsightImport{Name: filepath.Base(c.Path), Data: data, DryRun: true}
	for _, to := range c.To {
		in.To = append(in.To, strings.Trim(to, "- "))
	}
	found, err := a.ImportInsights(ctx, by, p.ID, in)
	if err == nil && !c.DryRun {
		in.DryRun, in.To = false, nil
		for _, column := range found.Columns {
			in.To = append(in.To, column.To)
		}
		found, err = a.ImportInsights(ctx, by, p.ID, in)
	}
	if err != nil {
		return wrongName(err)
	}
	return c.print(std, &found)
}

func (c *importInsightsCmd) print(std streams, found *app.InsightsImported) error {
	r := insightReport{
		Rows: found.Rows, Created: found.Created, Updated: found.Updated, Unchanged: found.Unchanged, Customers: found.Customers,
		Links: found.Links, Skipped: found.Skipped, Columns: map[string]string{}, Problems: []importCell{},
	}
	for _, column := range found.Columns {
		r.Columns[column.Name] = column.To
	}
	for _, problem := range found.Problems {
		r.Problems = append(r.Problems, importCell{Row: problem.Line, Reason: problem.Message})
	}
	if c.JSON {
		enc := json.NewEncoder(std.out)
		enc.SetIndent("", "  ")
		return enc.Encode(r)
	}
	for _, column := range found.Columns {
		to := column.To
		if to == "" {
			to = "(left out)"
		}
		fmt.Fprintf(std.out, "%s → %s\n", column.Name, to)
	}
	fmt.Fprintf(std.out, "%d rows: %d new, %d updated, %d unchanged, %d left out; %d new customers, %d links to ideas.\n",
		r.Rows, r.Created, r.Updated, r.Unchanged, r.Skipped, r.Customers, r.Links)
	for _, problem := range r.Problems {
		fmt.Fprintf(std.out, "line %d: %s\n", problem.Row, problem.Reason)
	}
	return nil
}
