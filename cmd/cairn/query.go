package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"

	"cairn"
	"cairn/internal/app"
	"cairn/internal/exporter"
)

type queryCmd struct {
	Project string   `help:"Key of the project." required:"" placeholder:"KEY"`
	Where   string   `help:"Condition in the expression language, such as 'Impact >= 4 and is_empty(Owner)'." placeholder:"EXPR"`
	Sort    []string `help:"Fields to sort by, the strongest first; :desc turns one round." placeholder:"F[:desc],…"`
	Group   string   `help:"Field to group by." placeholder:"F"`
	Fields  []string `help:"Fields to show; default is key, title and the first five of the project." placeholder:"F,…"`
	Limit   int      `help:"How many ideas at most; -1 is all." default:"50"`
	Format  string   `help:"table, json or csv." enum:"table,json,csv" default:"table"`
}

// Run evaluates the query and prints it.
func (c *queryCmd) Run(ctx context.Context, g *globals, std streams) error {
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
	fields, err := a.Fields(ctx, by, p.ID)
	if err != nil {
		return err
	}
	req, err := c.request(fieldNames(fields))
	if err != nil {
		return asUsage(err)
	}
	req.Project = p.ID
	t, err := a.Export(ctx, by, req)
	if err != nil {
		return asUsage(err)
	}
	warn(std, t)
	switch c.Format {
	case "json":
		return printJSON(std.out, t)
	case "csv":
		format, err := a.ExportFormat("csv")
		if err != nil {
			return err
		}
		return a.WriteExport(std.out, t, format, exporter.Options{})
	}
	return printTable(std.out, t)
}

func (c *queryCmd) request(names fieldNames) (app.ExportRequest, error) {
	req := app.ExportRequest{Query: &cairn.Query{Where: c.Where}, Limit: c.Limit}
	if c.Limit == 0 {
		return req, cairn.Invalid("limit", "--limit is how many ideas to print, or -1 for all")
	}
	for _, key := range c.Sort {
		name, order, _ := strings.Cut(key, ":")
		ref, err := names.ref(name)
		if err != nil {
			return req, err
		}
		if order != "" && order != "desc" && order != "asc" {
			return req, cairn.Invalid("sort", "%q: the order behind the colon is asc or desc", key)
		}
		req.Query.Sort = append(req.Query.Sort, cairn.SortKey{Field: ref, Desc: order == "desc"})
	}
	if c.Group != "" {
		ref, err := names.ref(c.Group)
		if err != nil {
			return req, err
		}
		req.Query.Group = []cairn.GroupBy{{Field: ref}}
	}
	req.Columns = []cairn.Ref{cairn.RefKey, cairn.RefTitle}
	if len(c.Fields) == 0 {
		for _, f := range names[:min(5, len(names))] {
			req.Columns = append(req.Columns, f.Ref())
		}
	}
	for _, name := range c.Fields {
		ref, err := names.ref(name)
		if err != nil {
			return req, err
		}
		if !slices.Contains(req.Columns, ref) {
			req.Columns = append(req.Columns, ref)
		}
	}
	return req, nil
}

// asUsage makes an error about what was asked for end the program as a mistyped
// option does; errors of other kinds stay what they are.
func asUsage(err error) error {
	if cairn.CodeOf(err) == cairn.CodeInvalid {
		return &exitError{exitUsage, err.Error()}
	}
	return err
}

// warn says beside the answer what of the question is unlikely to be meant.
func warn(std streams, t app.Exported) {
	for _, text := range t.Result.Warnings {
		fmt.Fprintln(std.err, "cairn: warning:", text)
	}
}

// fieldNames finds fields by what people call them.
type fieldNames []cairn.Field

func (n fieldNames) ref(name string) (cairn.Ref, error) {
	name = strings.TrimSpace(name)
	for _, f := range n {
		if strings.EqualFold(f.Name, name) || string(f.Ref()) == name {
			return f.Ref(), nil
		}
	}
	all := []string{}
	for _, r := range []cairn.Ref{
		cairn.RefTitle, cairn.RefKey, cairn.RefDescription, cairn.RefCreatedAt, cairn.RefCreatedBy,
		cairn.RefUpdatedAt, cairn.RefUpdatedBy, cairn.RefArchived, cairn.RefRank, cairn.RefComments,
		cairn.RefType, cairn.RefParent, cairn.RefChildren, cairn.RefLinks, cairn.RefInsights,
	} {
		if strings.EqualFold(string(r), name) {
			return r, nil
		}
		all = append(all, string(r))
	}
	for _, f := range n {
		all = append(all, f.Name)
	}
	return "", cairn.Invalid("fields", "The project has no field %q; it has %s", name, strings.Join(all, ", "))
}

// printTable writes a table for people, the groups as lines between.
func printTable(out io.Writer, t app.Exported) error {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	header := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		header[i] = strings.ToUpper(c.Name)
	}
	fmt.Fprintln(w, strings.Join(header, "\t"))
	shown, group := 0, "\x00"
	for row, err := range t.Rows {
		if err != nil {
			return err
		}
		if g := strings.Join(row.Group, " · "); len(row.Group) > 0 && g != group {
			group = g
			fmt.Fprintf(w, "── %s\n", g)
		}
		cells := make([]string, len(row.Cells))
		for i := range row.Cells {
			cells[i] = oneLine(row.Cells[i].Text())
		}
		fmt.Fprintln(w, strings.Join(cells, "\t"))
		shown++
	}
	if err := w.Flush(); err != nil {
		return err
	}
	_, err := fmt.Fprintf(out, "%d of %d ideas\n", shown, t.Result.Total)
	return err
}

// oneLine keeps a cell short enough for a terminal, and free of what would steer
// it.
func oneLine(s string) string {
	const most = 80
	s = strings.Map(func(r rune) rune {
		if r == 0x7f || (r < ' ' && r != '\n' && r != '\t') {
			return -1
		}
		return r
	}, s)
	s = strings.Join(strings.Fields(s), " ")
	if r := []rune(s); len(r) > most {
		return string(r[:most-1]) + "…"
	}
	return s
}

// printJSON writes {"total","ideas":[…]}: one object per idea, by field name.
func printJSON(out io.Writer, t app.Exported) error {
	ideas := []map[string]any{}
	names := t.Headers()[len(t.Groups):]
	n := 0
	for row, err := range t.Rows {
		if err != nil {
			return err
		}
		idea := map[string]any{"id": t.Result.ID(n)}
		for i := range row.Cells {
			idea[names[i]] = jsonCell(&row.Cells[i])
		}
		if len(row.Group) > 0 {
			idea["group"] = strings.Join(row.Group, " · ")
		}
		ideas = append(ideas, idea)
		n++
	}
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	return enc.Encode(map[string]any{"total": t.Result.Total, "ideas": ideas})
}

func jsonCell(c *exporter.Cell) any {
	switch c.Value.Kind {
	case cairn.KindRefID:
		return c.Text()
	case cairn.KindRefIDs:
		return c.Names
	}
	return json.RawMessage(c.Value.AppendJSON(nil))
}
