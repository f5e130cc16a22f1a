package main

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"time"

	"cairn"
	"cairn/bench/gen"
)

// fileRows is how many rows the imported file has.
const fileRows = 20_000

// measureFiles imports a file with the built program: read, matched with what is
// there, written and recorded, all in all.
func measureFiles(ctx context.Context, opts options, t *table) error {
	dir, err := os.MkdirTemp("", "cairn-bench-*")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir) // a temporary folder
	file := filepath.Join(dir, "ideas.csv")
	if err := writeFile(file); err != nil {
		return err
	}
	measure := func(database string, args ...string) error {
		began := time.Now()
		cmd := exec.CommandContext(ctx, opts.bin, append([]string{"import", file, "--project", "FIL", "--create", "--json", "--log", "error"}, args...)...)
		raw, err := cmd.Output()
		if err != nil {
			return fmt.Errorf("importing a file: %w", err)
		}
		took := time.Since(began)
		var report struct{ Created int }
		if err := json.Unmarshal(raw, &report); err != nil || report.Created != fileRows {
			return fmt.Errorf("the import made %d ideas of %d rows: %w", report.Created, fileRows, err)
		}
		t.add(line{fmt.Sprintf("import of a CSV file with %s rows, %s", size(fileRows), database),
			fmt.Sprintf("%.0f rows/s", fileRows/took.Seconds()), "≥ 10,000/s", "one core: " + opts.limits.json()})
		return nil
	}
	if err := measure("SQLite", "--data", filepath.Join(dir, "data")); err != nil || opts.pg == "" {
		return err
	}
	url, drop, err := freshDatabase(ctx, opts.pg, "cairn_bench_file")
	if err != nil {
		return err
	}
	return errors.Join(measure("PostgreSQL", "--db", url), drop())
}

// writeFile writes a generated product as a spreadsheet would.
func writeFile(name string) (err error) {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	w := csv.NewWriter(f)
	p := gen.New(gen.Config{Seed: 1, Ideas: fileRows, Project: 1, FirstID: 10})
	columns := []int{gen.Impact, gen.Effort, gen.Reach, gen.Confidence, gen.Roadmap, gen.Due, gen.Committed}
	header := []string{"Id", "Title", "Description"}
	for _, c := range columns {
		header = append(header, p.Fields[c].Name)
	}
	if err := w.Write(header); err != nil {
		return err
	}
	row := make([]string, 0, len(header))
	for idea := range p.Ideas() {
		row = append(row[:0], strconv.FormatInt(idea.Number, 10), idea.Title, idea.Description)
		for _, c := range columns {
			row = append(row, cell(&p.Fields[c], idea.Values[p.Ref(c)]))
		}
		if err := w.Write(row); err != nil {
			return err
		}
	}
	w.Flush()
	return w.Error()
}

// cell is a value as a spreadsheet shows it.
func cell(f *cairn.Field, raw json.RawMessage) string {
	v, err := cairn.ParseValue(f, raw)
	if err != nil || v.IsNull() {
		return ""
	}
	switch v.Kind {
	case cairn.KindRefID:
		o, _ := f.Option(v.IDs[0])
		return o.Name
	case cairn.KindBool:
		return "true"
	case cairn.KindDate:
		return v.Day.String()
	}
	return strconv.FormatFloat(v.Num, 'f', -1, 64)
}
