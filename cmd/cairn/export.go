package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"cairn"
	"cairn/internal/app"
	"cairn/internal/exporter"
)

type exportCmd struct {
	Project string `help:"Key of the project; not needed for an archive." placeholder:"KEY"`
	View    string `help:"Only this view's ideas and fields: its name or id." placeholder:"NAME"`
	Where   string `help:"Condition in the expression language." placeholder:"EXPR"`
	Format  string `help:"csv, xlsx, json, md, or archive for the whole workspace." enum:"csv,xlsx,json,md,archive" default:"csv"`
	Out     string `help:"File to write; default is standard output." placeholder:"FILE"`
	BOM     bool   `name:"bom" help:"Start a CSV with the mark by which old spreadsheets know UTF-8."`
}

// Run writes the export. A file appears whole or not at all.
func (c *exportCmd) Run(ctx context.Context, g *globals, std streams) error {
	if c.Format == "archive" {
		return g.archive(ctx, c.Out, archiveForExport, std)
	}
	if c.Project == "" {
		return &exitError{exitUsage, "export needs --project KEY, or --format archive for the whole workspace"}
	}
	a, done, err := g.openApp(ctx, g.logger(std.err))
	if err != nil {
		return err
	}
	defer done()
	by := app.System("cli")
	p, err := a.Project(by, c.Project)
	if err != nil {
		return err
	}
	format, err := a.ExportFormat(c.Format)
	if err != nil {
		return err
	}
	req := app.ExportRequest{Project: p.ID, Where: c.Where}
	if c.View != "" {
		if req.View, err = viewNamed(a, by, p.ID, c.View); err != nil {
			return err
		}
	}
	t, err := a.Export(ctx, by, req)
	if err != nil {
		return asUsage(err)
	}
	warn(std, t)
	return writeFile(c.Out, std.out, func(w io.Writer) error {
		return a.WriteExport(w, t, format, exporter.Options{BOM: c.BOM})
	})
}

func viewNamed(a *app.App, by app.Caller, project cairn.ID, name string) (cairn.ID, error) {
	views, err := a.Views(by, project)
	if err != nil {
		return 0, err
	}
	var names []string
	for _, v := range views {
		if strings.EqualFold(v.Name, name) || v.ID.String() == name {
			return v.ID, nil
		}
		names = append(names, v.Name)
	}
	return 0, &exitError{exitUsage, fmt.Sprintf("The project has no view %q; it has %s", name, strings.Join(names, ", "))}
}

// writeFile writes to standard output, or to a file that takes its name only
// when it is whole and on disk.
func writeFile(name string, stdout io.Writer, write func(io.Writer) error) (err error) {
	if name == "" || name == "-" {
		w := bufio.NewWriter(stdout)
		return errors.Join(write(w), w.Flush())
	}
	f, err := os.OpenFile(name+".part", os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o600)
	if err != nil {
		return fmt.Errorf("cannot write %s: %w", name, err)
	}
	defer func() {
		if err != nil {
			os.Remove(f.Name()) // the first error counts
		}
	}()
	w := bufio.NewWriterSize(f, 1<<20)
	err = errors.Join(write(w), w.Flush(), f.Sync(), f.Close())
	if err != nil {
		return err
	}
	return os.Rename(f.Name(), name)
}
