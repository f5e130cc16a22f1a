package main

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"

	"cairn"
	"cairn/internal/app"
	"cairn/internal/engine"
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
	names := fieldNames{fields}
	req, err := c.request(names)
	if err != nil {
		return &exitError{exitUsage, err.Error()}
	}
	res, err := a.Query(ctx, by, p.ID, req)
	if err != nil {
		return err
	}
	out := ideaPrinter{res: res, names: names, people: a.Directory(), project: p.Key}
	switch c.Format {
	case "json":
		return out.json(std.out)
	case "csv":
		return out.csv(std.out)
	}
	return out.table(std.out)
}

func (c *queryCmd) request(names fieldNames) (app.QueryRequest, error) {
	req := app.QueryRequest{Query: cairn.Query{Where: c.Where}, Limit: c.Limit}
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
	if len(c.Fields) == 0 {
		for _, f := range names.fields[:min(5, len(names.fields))] {
			req.Columns = append(req.Columns, f.Ref())
		}
	}
	for _, name := range c.Fields {
		ref, err := names.ref(name)
		if err != nil {
			return req, err
		}
		req.Columns = append(req.Columns, ref)
	}
	req.Columns = slices.DeleteFunc(req.Columns, func(r cairn.Ref) bool { return r == cairn.RefKey || r == cairn.RefTitle })
	req.Columns = append([]cairn.Ref{cairn.RefTitle}, req.Columns...)
	return req, nil
}

// fieldNames turns what people type into references and back.
type fieldNames struct{ fields []cairn.Field }

var builtinRefs = []cairn.Ref{
	cairn.RefTitle, cairn.RefKey, cairn.RefDescription, cairn.RefCreatedAt, cairn.RefCreatedBy,
	cairn.RefUpdatedAt, cairn.RefUpdatedBy, cairn.RefArchived, cairn.RefRank, cairn.RefComments,
}

func (n fieldNames) ref(name string) (cairn.Ref, error) {
	name = strings.TrimSpace(name)
	for _, f := range n.fields {
		if strings.EqualFold(f.Name, name) || string(f.Ref()) == name {
			return f.Ref(), nil
		}
	}
	for _, r := range builtinRefs {
		if strings.EqualFold(string(r), name) {
			return r, nil
		}
	}
	var all []string
	for _, f := range n.fields {
		all = append(all, f.Name)
	}
	return "", cairn.Invalid("fields", "The project has no field %q; it has title, key, %s", name, strings.Join(all, ", "))
}

func (n fieldNames) field(ref cairn.Ref) (cairn.Field, bool) {
	for _, f := range n.fields {
		if f.Ref() == ref {
			return f, true
		}
	}
	return cairn.Field{}, false
}

func (n fieldNames) name(ref cairn.Ref) string {
	if f, ok := n.field(ref); ok {
		return f.Name
	}
	return string(ref)
}

// ideaPrinter writes a result for people and programs.
type ideaPrinter struct {
	res     *engine.Result
	names   fieldNames
	people  *app.Directory
	project string
}

func (p ideaPrinter) key(row int) string { return cairn.IdeaKey(p.project, p.res.Number(row)) }

// text is a cell as a person reads it.
func (p ideaPrinter) text(row, column int) string {
	cell := p.res.Cell(row, column)
	if cell.Error != "" {
		return ""
	}
	v := cell.Value
	switch v.Kind {
	case cairn.KindText:
		return v.Text
	case cairn.KindTexts:
		return strings.Join(v.Texts, ", ")
	case cairn.KindInterval:
		return v.Interval.Start.String() + " → " + v.Interval.End.String()
	case cairn.KindRefID, cairn.KindRefIDs:
		f, _ := p.names.field(p.res.Columns[column])
		var out []string
		for _, id := range v.IDs {
			if o, ok := f.Option(id); ok {
				out = append(out, o.Name)
			} else {
				out = append(out, p.people.Name(id))
			}
		}
		return strings.Join(out, ", ")
	case cairn.KindNull:
		return ""
	}
	return strings.Trim(string(v.AppendJSON(nil)), `"`)
}

func (p ideaPrinter) table(out io.Writer) error {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	header := []string{"KEY"}
	for _, ref := range p.res.Columns {
		header = append(header, strings.ToUpper(p.names.name(ref)))
	}
	fmt.Fprintln(w, strings.Join(header, "\t"))
	next := 0
	for row := range p.res.Len() {
		for next < len(p.res.Groups) && p.res.Groups[next].Offset <= row {
			if g := p.res.Groups[next]; g.Count > 0 {
				fmt.Fprintf(w, "── %s (%d)\n", g.Label, g.Count)
			}
			next++
		}
		cells := []string{p.key(row)}
		for col := range p.res.Columns {
			cells = append(cells, oneLine(p.text(row, col)))
		}
		fmt.Fprintln(w, strings.Join(cells, "\t"))
	}
	if err := w.Flush(); err != nil {
		return err
	}
	_, err := fmt.Fprintf(out, "%d of %d ideas\n", p.res.Len(), p.res.Total)
	return err
}

// oneLine keeps a cell short enough for a terminal.
func oneLine(s string) string {
	const most = 80
	s = strings.Join(strings.Fields(s), " ")
	if r := []rune(s); len(r) > most {
		return string(r[:most-1]) + "…"
	}
	return s
}

func (p ideaPrinter) csv(out io.Writer) error {
	w := csv.NewWriter(out)
	header := []string{"key"}
	for _, ref := range p.res.Columns {
		header = append(header, p.names.name(ref))
	}
	if err := w.Write(header); err != nil {
		return err
	}
	for row := range p.res.Len() {
		cells := []string{p.key(row)}
		for col := range p.res.Columns {
			cells = append(cells, guarded(p.text(row, col), p.res.Cell(row, col).Value.Kind))
		}
		if err := w.Write(cells); err != nil {
			return err
		}
	}
	w.Flush()
	return w.Error()
}

// guarded keeps a spreadsheet from running a text cell as a formula.
func guarded(s string, kind cairn.ValueKind) string {
	if kind != cairn.KindNumber && s != "" && strings.ContainsRune("=+-@\t\r＝＋－＠", []rune(s)[0]) {
		return "'" + s
	}
	return s
}

func (p ideaPrinter) json(out io.Writer) error {
	ideas := make([]map[string]any, 0, p.res.Len())
	for row := range p.res.Len() {
		idea := map[string]any{"id": p.res.ID(row), "key": p.key(row)}
		for col, ref := range p.res.Columns {
			cell := p.res.Cell(row, col)
			switch {
			case cell.Error != "":
				idea[p.names.name(ref)] = map[string]string{"error": cell.Error}
			case cell.Value.Kind == cairn.KindNumber || cell.Value.Kind == cairn.KindBool || cell.Value.Kind == cairn.KindTexts || cell.Value.IsNull():
				idea[p.names.name(ref)] = json.RawMessage(cell.Value.AppendJSON(nil))
			default:
				idea[p.names.name(ref)] = p.text(row, col)
			}
		}
		ideas = append(ideas, idea)
	}
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	return enc.Encode(map[string]any{"total": p.res.Total, "ideas": ideas})
}
