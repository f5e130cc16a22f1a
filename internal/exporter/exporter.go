// Package exporter says what an export format is given and what it returns. The
// formats are the folders below: each exports Leaf, and can be removed with its
// line in the program's table.
//
// Start at Table, what is exported, and Format, what writes it.
package exporter

import (
	"fmt"
	"io"
	"iter"
	"strings"
	"time"

	"cairn"
)

// Format is one export format.
type Format struct {
	// Name chooses it, as in --format csv.
	Name string
	// Label is what people read.
	Label string
	// Extension of its files, with the dot, and MediaType of its answers.
	Extension, MediaType string
	// Write writes the table to w as its rows come. An error of the rows or of w
	// ends it; what was written until then is not a whole file.
	Write func(w io.Writer, t Table, o Options) error
}

// Options are what a person may choose.
type Options struct {
	// BOM starts a CSV with the mark by which old spreadsheets know UTF-8.
	BOM bool
	// Delimiter of a CSV, a comma when zero.
	Delimiter rune
}

// Table is what is exported: a view or a whole project.
type Table struct {
	// Title is the name of the view or project.
	Title string
	// Groups names what the rows are grouped by, at most two; empty for none.
	Groups  []string
	Columns []Column
	// Rows yields the rows in order, group by group.
	Rows iter.Seq2[Row, error]
}

// Column is one exported field.
type Column struct {
	Ref  cairn.Ref
	Name string
	Type cairn.FieldType
	// Number is how its numbers are shown; nil for plain ones.
	Number *cairn.NumberFormat
}

// Row is one idea; an idea that stands in several groups comes once in each.
type Row struct {
	// Group has the label of the row's group for each of Table.Groups.
	Group []string
	// Cells has a cell for each of Table.Columns.
	Cells []Cell
}

// Cell is the value of one field of one idea.
type Cell struct {
	Value cairn.Value
	// Names of the options or people in Value.IDs, in the same order.
	Names []string
	// Note says why a formula has no value, or what is missing in it.
	Note string
}

// Headers returns the columns' names, numbered where several are the same:
// Score, Score (2).
func (t *Table) Headers() []string {
	names := make([]string, 0, len(t.Groups)+len(t.Columns))
	seen := map[string]bool{}
	for _, g := range t.Groups {
		names = append(names, unique(seen, "Group: "+g))
	}
	for _, c := range t.Columns {
		names = append(names, unique(seen, c.Name))
	}
	return names
}

func unique(seen map[string]bool, name string) string {
	name = strings.Join(strings.Fields(name), " ")
	out := name
	for n := 2; seen[strings.ToLower(out)]; n++ {
		out = fmt.Sprintf("%s (%d)", name, n)
	}
	seen[strings.ToLower(out)] = true
	return out
}

// Separator stands between several values in one cell.
const Separator = "; "

// Text writes a cell for people and for importers: dates as 2026-11-23,
// intervals as 2026-10-01 → 2026-12-31, several values with Separator between,
// numbers in full without a unit, ranges as 3–8 (5).
func (c *Cell) Text() string {
	switch v := c.Value; v.Kind {
	case cairn.KindText:
		return v.Text
	case cairn.KindNumber:
		if r, ok := v.Range(); ok {
			return r.String()
		}
		return string(cairn.AppendJSONNumber(nil, v.Num))
	case cairn.KindBool:
		if v.Num != 0 {
			return "yes"
		}
		return "no"
	case cairn.KindDate:
		return v.Day.String()
	case cairn.KindInterval:
		return v.Interval.Start.String() + " → " + v.Interval.End.String()
	case cairn.KindRefID, cairn.KindRefIDs:
		return strings.Join(c.Names, Separator)
	case cairn.KindTexts:
		return strings.Join(v.Texts, Separator)
	case cairn.KindMoment:
		return v.Time.UTC().Truncate(time.Second).Format(time.RFC3339)
	}
	return ""
}

// Guard puts an apostrophe before a text that a spreadsheet would run as a
// formula: one that starts with = + - @, their full-width forms, a tab, a
// carriage return or a line feed, blanks before them or not. What looks guarded
// already gets another one, so that an import can take one away (IMP-18).
func Guard(s string) string {
	first := strings.TrimLeft(strings.TrimLeft(s, "'"), " \u00a0\u3000\ufeff\u200b")
	if first == "" {
		return s
	}
	if strings.ContainsRune("=+-@\t\r\n＝＋－＠", []rune(first)[0]) {
		return "'" + s
	}
	return s
}
