// Package md exports a table as Markdown: a table per group, under headings.
package md

import (
	"bufio"
	"io"
	"slices"
	"strings"

	"cairn"
	"cairn/internal/exporter"
)

// Leaf returns the format.
func Leaf() exporter.Format {
	return exporter.Format{
		Name: "md", Label: "Markdown", Extension: ".md", MediaType: "text/markdown; charset=utf-8", Write: write,
	}
}

func write(w io.Writer, t exporter.Table, _ exporter.Options) error {
	out := bufio.NewWriterSize(w, 64<<10)
	d := document{out: out, table: &t, names: t.Headers()[len(t.Groups):]}
	if t.Title != "" {
		d.line("# " + inline(t.Title))
		d.line("")
	}
	if len(t.Groups) == 0 {
		d.head()
	}
	var group []string
	begun := false
	for row, err := range t.Rows {
		if err != nil {
			return err
		}
		if len(row.Group) > 0 && (!begun || !slices.Equal(row.Group, group)) {
			d.headings(group, row.Group, begun)
			group = slices.Clone(row.Group)
		}
		begun = true
		d.row(row)
	}
	return d.flush()
}

// document writes lines and keeps the first error.
type document struct {
	out   *bufio.Writer
	table *exporter.Table
	names []string
	err   error
}

func (d *document) line(s string) {
	if d.err == nil {
		_, d.err = d.out.WriteString(s + "\n")
	}
}

func (d *document) flush() error {
	if d.err != nil {
		return d.err
	}
	return d.out.Flush()
}

// headings writes the headings that differ from those of the group before.
func (d *document) headings(before, group []string, begun bool) {
	if begun {
		d.line("")
	}
	changed := false
	for i, label := range group {
		changed = changed || !begun || i >= len(before) || before[i] != label
		if changed {
			d.line(strings.Repeat("#", i+2) + " " + inline(label))
			d.line("")
		}
	}
	d.head()
}

// head writes a table's first two lines; columns of numbers stand to the right.
func (d *document) head() {
	cells, rule := make([]string, len(d.names)), make([]string, len(d.names))
	for i, name := range d.names {
		cells[i], rule[i] = inline(name), "---"
		if info, _ := d.table.Columns[i].Type.Info(); info.Kind == cairn.KindNumber {
			rule[i] = "---:"
		}
	}
	d.line("| " + strings.Join(cells, " | ") + " |")
	d.line("| " + strings.Join(rule, " | ") + " |")
}

func (d *document) row(row exporter.Row) {
	cells := make([]string, len(row.Cells))
	for i := range row.Cells {
		c := &row.Cells[i]
		cells[i] = inline(c.Text())
		if c.Value.IsNull() && c.Note != "" {
			cells[i] = "*" + inline(c.Note) + "*"
		}
	}
	d.line("| " + strings.Join(cells, " | ") + " |")
}

// newlines and marks are what a cell cannot hold as it is.
var (
	newlines = strings.NewReplacer("\r\n", "\n", "\r", "\n")
	marks    = strings.NewReplacer("\\", "\\\\", "|", "\\|", "<", "&lt;", "\n", "<br>", "\t", " ")
)

// inline makes a text fit into one cell: no line breaks, bars or tags.
func inline(s string) string {
	return marks.Replace(strings.TrimSpace(newlines.Replace(s)))
}
