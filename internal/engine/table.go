package engine

import (
	"encoding/json"
	"strings"

	"cairn"
)

// TableColumn is something that the rows of a table have which are no ideas.
type TableColumn struct {
	Ref   cairn.Ref
	Label string
	Type  cairn.FieldType
	// Options are those of a choice; its values are their ids.
	Options []cairn.Option
	// Value is what a row has, in the form in which ideas store it; null for nothing.
	Value func(row int) json.RawMessage
}

// Table is a list of things that are no ideas, to be filtered and sorted as ideas are.
type Table struct {
	Rows    int
	Columns []TableColumn
	Today   cairn.Day
}

// Arrange returns the rows that pass the filter, sorted by the keys, the
// strongest first. Rows that tie in all of them stand as they did; those without
// a value stand last, either way.
func (t Table) Arrange(filter cairn.Filter, sort []cairn.SortKey) ([]int32, error) {
	if err := filter.Validate(); err != nil {
		return nil, err
	}
	e := (&State{ids: make([]cairn.ID, t.Rows)}).evaluation(Env{Today: t.Today})
	refs := filter.Refs()
	for _, key := range sort {
		refs = append(refs, key.Field)
	}
	for _, ref := range refs {
		if err := t.prepare(e, ref); err != nil {
			return nil, err
		}
	}
	pass, err := e.filter(filter, "The filter")
	if err != nil {
		return nil, err
	}
	found := newBitmap(t.Rows)
	pass(found)
	rows := make([]int32, 0, found.count())
	for row := range int32(t.Rows) {
		if found.has(row) {
			rows = append(rows, row)
		}
	}
	keys := make([]sortColumn, len(sort))
	for i, key := range sort {
		keys[i] = e.sortColumn(e.sources[key.Field], key.Desc)
	}
	sortRows(rows, keys)
	return rows, nil
}

// prepare reads a column into memory, once.
func (t Table) prepare(e *evaluation, ref cairn.Ref) error {
	if e.sources[ref] != nil {
		return nil
	}
	for _, c := range t.Columns {
		if c.Ref != ref {
			continue
		}
		info, _ := c.Type.Info()
		data := newVector(info.Kind)
		data.grow(t.Rows)
		for row := range t.Rows {
			data.set(int32(row), c.Value(row))
		}
		if of, ok := data.(*codes); ok {
			of.dict.setOptions(c.Options)
		}
		e.sources[ref] = &source{ref: ref, label: c.Label, info: info, data: data, track: &track{}}
		return nil
	}
	names := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		names[i] = c.Label + " (" + string(c.Ref) + ")"
	}
	return cairn.Invalid("filter", "There is no column %q. Use one of: %s", ref, strings.Join(names, ", "))
}
