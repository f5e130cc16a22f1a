package app

import (
	"context"
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"
	"time"

	"cairn"
	"cairn/internal/engine"
	"cairn/internal/exporter"
)

// ExportRequest says what to export: a saved view, or what a query finds in a
// project.
type ExportRequest struct {
	Project cairn.ID
	// View, when not 0, gives the query and the columns.
	View cairn.ID
	// Where narrows it down by a condition in the expression language.
	Where string
	// Columns to write; empty is the view's, or everything for a project.
	Columns []cairn.Ref
	// Query, when set, is used instead of the view's.
	Query *cairn.Query
	// Limit bounds the rows; 0 and -1 are all.
	Limit int
	// At asks for what was at an earlier moment; zero is now.
	At time.Time
}

// Exported is a table ready to be written.
type Exported struct {
	exporter.Table
	// Total is how many ideas there are, Result what the engine found.
	Result *engine.Result
}

// ExportFormats lists the formats that a table can be written in.
func (a *App) ExportFormats() []exporter.Format { return a.exporters }

// ExportFormat returns a format by name.
func (a *App) ExportFormat(name string) (exporter.Format, error) {
	var names []string
	for _, f := range a.exporters {
		if f.Name == name {
			return f, nil
		}
		names = append(names, f.Name)
	}
	return exporter.Format{}, cairn.Invalid("format", "%q is not an export format: it is one of %s", name, strings.Join(names, ", "))
}

// Export evaluates what is asked for and returns it as a table.
func (a *App) Export(ctx context.Context, by Caller, req ExportRequest) (Exported, error) {
	p, err := a.mayIn(by, req.Project, cairn.ExportProject)
	if err != nil {
		return Exported{}, err
	}
	st, err := a.states.get(ctx, p.ID)
	if err != nil {
		return Exported{}, err
	}
	out := Exported{Table: exporter.Table{Title: p.Name}}
	query := QueryRequest{Columns: req.Columns, Limit: req.Limit}
	if req.Limit == 0 {
		query.Limit = -1
	}
	if req.View != 0 {
		v, err := a.View(by, req.View)
		if err != nil || v.Project != p.ID {
			return Exported{}, cairn.NotFound("The view")
		}
		out.Title, query.Query = v.Name, v.Query
		if len(query.Columns) == 0 {
			query.Columns = viewColumns(v)
		}
	}
	if req.Query != nil {
		query.Query = *req.Query
	}
	if len(query.Columns) == 0 {
		query.Columns = projectColumns(st.state)
	}
	if req.Where != "" {
		query.Query.Where = joinWhere(query.Query.Where, req.Where)
	}
	if err := query.Query.Validate(); err != nil {
		return Exported{}, err
	}
	wanted := query.Columns
	// The engine holds no descriptions; they are read row by row.
	query.Columns = slices.DeleteFunc(slices.Clone(wanted), func(r cairn.Ref) bool { return r == cairn.RefDescription })
	state, env, err := a.seen(ctx, by, st, req.At)
	if err != nil {
		return Exported{}, err
	}
	if out.Result, err = state.Eval(query.of(env)); err != nil {
		return Exported{}, err
	}
	t := &tabulating{app: a, ctx: ctx, project: p, state: state, res: out.Result, wanted: wanted, past: state != st.state}
	t.describe(&out.Table, query.Query)
	return out, nil
}

func joinWhere(a, b string) string {
	if a == "" {
		return b
	}
	return "(" + a + ") and (" + b + ")"
}

func viewColumns(v cairn.View) []cairn.Ref {
	refs := []cairn.Ref{cairn.RefKey, cairn.RefTitle}
	for _, c := range v.Columns {
		if !slices.Contains(refs, c.Field) {
			refs = append(refs, c.Field)
		}
	}
	return refs
}

// projectColumns are all of an idea: nothing is left out of a project's export.
func projectColumns(st *engine.State) []cairn.Ref {
	refs := []cairn.Ref{cairn.RefKey, cairn.RefTitle, cairn.RefDescription}
	for _, f := range st.Fields() {
		refs = append(refs, f.Ref())
	}
	return append(refs, cairn.RefComments, cairn.RefCreatedAt, cairn.RefCreatedBy, cairn.RefUpdatedAt, cairn.RefUpdatedBy)
}

// tabulating turns an engine's result into a table for people.
type tabulating struct {
	app     *App
	ctx     context.Context // lives as long as the table is read
	project cairn.Project
	state   *engine.State
	res     *engine.Result
	wanted  []cairn.Ref
	fields  []cairn.Field // by result column; zero for built-in ones
	// past: the texts are those of an earlier time.
	past bool
}

// builtinColumns are the names and types of what every idea has.
func builtinColumns() map[cairn.Ref]exporter.Column {
	return map[cairn.Ref]exporter.Column{
		cairn.RefKey:         {Name: "Key", Type: cairn.TypeShortText},
		cairn.RefTitle:       {Name: "Title", Type: cairn.TypeShortText},
		cairn.RefDescription: {Name: "Description", Type: cairn.TypeLongText},
		cairn.RefComments:    {Name: "Comments", Type: cairn.TypeNumber},
		cairn.RefCreatedAt:   {Name: "Created", Type: cairn.TypeTime},
		cairn.RefUpdatedAt:   {Name: "Updated", Type: cairn.TypeTime},
		cairn.RefCreatedBy:   {Name: "Created by", Type: cairn.TypePerson},
		cairn.RefUpdatedBy:   {Name: "Updated by", Type: cairn.TypePerson},
		cairn.RefArchived:    {Name: "Archived", Type: cairn.TypeCheckbox},
		cairn.RefRank:        {Name: "Rank", Type: cairn.TypeShortText},
		cairn.RefType:        {Name: "Type", Type: cairn.TypeShortText},
		cairn.RefParent:      {Name: "Parent", Type: cairn.TypeShortText},
		cairn.RefChildren:    {Name: "Children", Type: cairn.TypeNumber},
		cairn.RefLinks:       {Name: "Links", Type: cairn.TypeNumber},
		cairn.RefInsights:    {Name: "Insights", Type: cairn.TypeNumber},
	}
}

func (t *tabulating) column(ref cairn.Ref) exporter.Column {
	c, ok := builtinColumns()[ref]
	if f, custom := t.state.Field(ref); custom {
		c, ok = exporter.Column{Name: f.Name, Type: f.Type, Number: f.Number}, true
	}
	if !ok {
		c.Name, c.Type = string(ref), cairn.TypeShortText
	}
	c.Ref = ref
	return c
}

func (t *tabulating) describe(out *exporter.Table, q cairn.Query) {
	for _, g := range q.Group {
		out.Groups = append(out.Groups, t.column(g.Field).Name)
	}
	for _, ref := range t.res.Columns {
		f, _ := t.state.Field(ref)
		t.fields = append(t.fields, f)
	}
	for _, ref := range t.wanted {
		out.Columns = append(out.Columns, t.column(ref))
	}
	out.Rows = t.rows(len(q.Group))
}

// rows yields the result's rows with the labels of their groups.
func (t *tabulating) rows(levels int) iter.Seq2[exporter.Row, error] {
	at := make(map[cairn.Ref]int, len(t.res.Columns))
	for i, ref := range t.res.Columns {
		at[ref] = i
	}
	return func(yield func(exporter.Row, error) bool) {
		labels := groupLabels(t.res.Groups, t.res.Len(), levels)
		for row := range t.res.Len() {
			r := exporter.Row{Group: labels(row), Cells: make([]exporter.Cell, len(t.wanted))}
			for i, ref := range t.wanted {
				cell, err := t.cell(row, ref, at)
				if err != nil {
					yield(exporter.Row{}, err)
					return
				}
				r.Cells[i] = cell
			}
			if !yield(r, nil) {
				return
			}
		}
	}
}

func (t *tabulating) cell(row int, ref cairn.Ref, at map[cairn.Ref]int) (exporter.Cell, error) {
	switch ref {
	case cairn.RefKey:
		return textCell(cairn.IdeaKey(t.project.Key, t.res.Number(row))), nil
	case cairn.RefDescription:
		e, err := t.entity(t.res.ID(row))
		if cairn.CodeOf(err) == cairn.CodeNotFound {
			return exporter.Cell{}, nil // deleted while this is written
		}
		return textCell(t.app.plainMentions(e.Text)), err
	}
	col, ok := at[ref]
	if !ok {
		return exporter.Cell{}, nil
	}
	cell := t.res.Cell(row, col)
	switch ref {
	case cairn.RefType:
		return textCell(t.typeName(cell.Value.ID())), nil
	case cairn.RefParent:
		return textCell(t.ideaKey(cell.Value.ID())), nil
	}
	out := exporter.Cell{Value: cell.Value, Note: t.note(cell)}
	for _, id := range cell.Value.IDs {
		if o, ok := t.fields[col].Option(id); ok {
			out.Names = append(out.Names, o.Name)
		} else {
			out.Names = append(out.Names, t.app.dir.Name(id))
		}
	}
	return out, nil
}

func (t *tabulating) entity(id cairn.ID) (cairn.Entity, error) {
	if t.past {
		return t.app.entityAt(t.ctx, id, t.res.Seq)
	}
	return t.app.store.Entity(t.ctx, id)
}

// typeName is what people call a type of ideas; "" for none.
func (t *tabulating) typeName(id cairn.ID) string {
	for _, one := range t.state.IdeaTypes() {
		if one.ID == id {
			return one.Name
		}
	}
	return ""
}

// ideaKey is the key of another idea of the project; "" for none.
func (t *tabulating) ideaKey(id cairn.ID) string {
	if _, number, ok := t.state.Title(id); ok && id != 0 {
		return cairn.IdeaKey(t.project.Key, number)
	}
	return ""
}

func textCell(s string) exporter.Cell {
	if s == "" {
		return exporter.Cell{}
	}
	return exporter.Cell{Value: cairn.Value{Kind: cairn.KindText, Text: s}}
}

func (t *tabulating) note(cell engine.Cell) string {
	if cell.Error != "" || len(cell.Missing) == 0 {
		return cell.Error
	}
	var names []string
	for _, ref := range cell.Missing {
		names = append(names, t.column(ref).Name)
	}
	return "without " + strings.Join(names, ", ")
}

// groupLabels returns a function from a row to the labels of its groups. Rows are
// asked for in order.
func groupLabels(groups []engine.Group, rows, levels int) func(row int) []string {
	if levels == 0 {
		return func(int) []string { return nil }
	}
	byRow := make([][]string, 0, rows)
	for _, g := range groups {
		if levels == 1 {
			for range g.Count {
				byRow = append(byRow, []string{g.Label})
			}
			continue
		}
		for _, sub := range g.Groups {
			for range sub.Count {
				byRow = append(byRow, []string{g.Label, sub.Label})
			}
		}
	}
	return func(row int) []string {
		if row < len(byRow) {
			return byRow[row]
		}
		return make([]string, levels)
	}
}

// WriteExport writes a table in a format.
func (a *App) WriteExport(w io.Writer, t Exported, format exporter.Format, opts exporter.Options) error {
	if err := format.Write(w, t.Table, opts); err != nil {
		return fmt.Errorf("export of %s as %s: %w", t.Title, format.Name, err)
	}
	return nil
}
