package engine

import (
	"cairn"
)

// Result is the answer to a Request. It does not change when the state does.
type Result struct {
	// Seq is the change set up to which the answer holds.
	Seq int64
	// Total is the number of ideas; Length the number of positions of the
	// flattened order, in which an idea stands once per group it belongs to.
	Total, Length int
	// Offset is the position of the first row.
	Offset int
	// Columns are those asked for that exist.
	Columns []cairn.Ref
	Groups  []Group
	Rollups []RollupValue
	// Tree is set when a tree was asked for.
	Tree *Tree
	// Ideas are those that cells point at, by id; the caller of Eval, who knows
	// other projects too, fills it in.
	Ideas map[cairn.ID]Mention
	// Warnings say what of the query was left out or cannot be meant, for people.
	Warnings []string
	// Ranged are the formula columns that depend on ranges of any idea.
	Ranged []cairn.Ref

	ids      []cairn.ID
	numbers  []float64
	versions []int64
	archived []bool
	colors   []rowColor
	columns  []resultColumn
}

// resultColumn holds the window's values of one column.
type resultColumn struct {
	data vector
	// notes are set for a formula field.
	notes *notes
	// ideas: the values are ideas.
	ideas bool
}

// Len returns the number of rows in the window.
func (r *Result) Len() int { return len(r.ids) }

// ID returns the idea in a row of the window.
func (r *Result) ID(row int) cairn.ID { return r.ids[row] }

// Number returns the number in the idea's key, 0 when it has none.
func (r *Result) Number(row int) int64 {
	if x := r.numbers[row]; x == x {
		return int64(x)
	}
	return 0
}

// Version returns the sequence number of the idea's last change.
func (r *Result) Version(row int) int64 { return r.versions[row] }

// Archived reports whether the idea is archived.
func (r *Result) Archived(row int) bool { return r.archived[row] }

// Color returns the row's colour, "" for none.
func (r *Result) Color(row int) string {
	if r.colors == nil {
		return ""
	}
	return r.colors[row].row
}

// Cell is the value of one field of one idea. A formula field without a value
// says why in Error, and names in Missing the inputs that were not filled in.
type Cell struct {
	Value   cairn.Value
	Error   string
	Missing []cairn.Ref
}

// Cell returns the value in a row and a column of the window.
func (r *Result) Cell(row, column int) Cell { return r.columns[column].cell(int32(row)) }

func (c *resultColumn) cell(row int32) Cell {
	out := Cell{Value: c.data.value(row)}
	if c.notes != nil {
		out.Error, out.Missing = c.notes.at(row)
	}
	return out
}

// window copies the wanted positions of an outcome into a result.
func (p *plan) window(req Request) *Result {
	out, s := p.outcome, p.s
	first := min(req.Offset, len(out.rows))
	last := len(out.rows)
	if req.Limit >= 0 {
		last = min(last, first+req.Limit)
	}
	rows := out.rows[first:last]
	r := &Result{
		Seq: s.seq, Total: out.total, Length: len(out.rows), Offset: req.Offset,
		Groups: out.groups, Rollups: out.rollups, Warnings: p.warnings,
		Columns:  make([]cairn.Ref, len(p.columns)),
		ids:      pick(s.ids, rows),
		numbers:  pick(s.columns[attrNumber].data.(*numbers).vals, rows),
		versions: pick(s.versions, rows),
		archived: make([]bool, len(rows)),
		columns:  make([]resultColumn, len(p.columns)),
	}
	for i, row := range rows {
		r.archived[i] = s.archived.has(row)
	}
	if out.tree != nil {
		r.Tree = out.tree.window(s, req.Shape)
	}
	if len(p.colors) > 0 || p.colorBy != nil {
		r.colors = make([]rowColor, len(rows))
		for i, row := range rows {
			r.colors[i] = colorOf(p.colors, row)
			if p.colorBy != nil && r.colors[i].row == "" {
				r.colors[i].row = p.colorBy(row)
			}
		}
	}
	for i, src := range p.columns {
		r.Columns[i] = src.ref
		r.columns[i] = src.gather(rows)
		if src.computed != nil && src.computed.ranged() {
			r.Ranged = append(r.Ranged, src.ref)
		}
		r.columns[i].ideas = src.info.Type == cairn.TypeParent || src.info.Type == cairn.TypeConnection
	}
	return r
}

func (src *source) gather(rows []int32) resultColumn {
	c := resultColumn{data: src.data.gather(rows)}
	if src.computed != nil {
		c.notes = src.computed.notes(rows)
	}
	return c
}

// AppendJSON appends the whole answer in the form of VQ-80.
func (r *Result) AppendJSON(dst []byte) []byte {
	dst = appendInt(append(dst, `{"seq":`...), r.Seq)
	dst = appendInt(append(dst, `,"total":`...), int64(r.Total))
	dst = appendInt(append(dst, `,"length":`...), int64(r.Length))
	dst = appendInt(append(dst, `,"offset":`...), int64(r.Offset))
	dst = append(dst, `,"columns":[`...)
	for i, ref := range r.Columns {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = appendString(dst, string(ref))
	}
	dst = append(dst, ']')
	if len(r.Ranged) > 0 {
		dst = append(dst, `,"ranged":[`...)
		for i, ref := range r.Ranged {
			if i > 0 {
				dst = append(dst, ',')
			}
			dst = appendString(dst, string(ref))
		}
		dst = append(dst, ']')
	}
	if len(r.Warnings) > 0 {
		dst = append(dst, `,"warnings":[`...)
		for i, w := range r.Warnings {
			if i > 0 {
				dst = append(dst, ',')
			}
			dst = appendString(dst, w)
		}
		dst = append(dst, ']')
	}
	if r.Tree != nil {
		dst = r.Tree.appendJSON(append(dst, `,"tree":`...))
	}
	if len(r.Ideas) > 0 {
		dst = appendMentions(append(dst, `,"ideas":`...), r.Ideas)
	}
	dst = appendGroups(append(dst, `,"groups":`...), r.Groups)
	dst = appendRollups(append(dst, `,"rollups":`...), r.Rollups)
	dst = append(dst, `,"rows":[`...)
	for i := range r.ids {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = r.appendRow(dst, i)
	}
	return append(dst, "]}"...)
}

func (r *Result) appendRow(dst []byte, i int) []byte {
	dst = appendInt(append(dst, '['), int64(r.ids[i]))
	dst = appendInt(append(dst, ','), r.Number(i))
	dst = append(appendInt(append(dst, ','), r.versions[i]), ',')
	if r.colors == nil {
		dst = append(dst, "null"...)
	} else {
		dst = r.colors[i].appendJSON(dst)
	}
	if r.archived[i] {
		dst = append(dst, ",1"...)
	} else {
		dst = append(dst, ",0"...)
	}
	for c := range r.columns {
		dst = r.columns[c].appendJSON(append(dst, ','), int32(i))
	}
	return append(dst, ']')
}

func (c *resultColumn) appendJSON(dst []byte, row int32) []byte {
	if c.notes != nil {
		if failure, missing := c.notes.at(row); failure != "" || len(missing) > 0 {
			return c.cell(row).AppendJSON(dst)
		}
	}
	return c.data.appendJSON(dst, row)
}

func appendGroups(dst []byte, groups []Group) []byte {
	dst = append(dst, '[')
	for i := range groups {
		g := &groups[i]
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = append(append(dst, `{"key":`...), g.Key...)
		dst = appendString(append(dst, `,"label":`...), g.Label)
		dst = appendInt(append(dst, `,"offset":`...), int64(g.Offset))
		dst = appendInt(append(dst, `,"length":`...), int64(g.Length))
		dst = appendInt(append(dst, `,"count":`...), int64(g.Count))
		if len(g.Rollups) > 0 {
			dst = appendRollups(append(dst, `,"rollups":`...), g.Rollups)
		}
		if g.Groups != nil {
			dst = appendGroups(append(dst, `,"groups":`...), g.Groups)
		}
		dst = append(dst, '}')
	}
	return append(dst, ']')
}

func appendRollups(dst []byte, rollups []RollupValue) []byte {
	dst = append(dst, '[')
	for i, r := range rollups {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = appendString(append(dst, `{"field":`...), string(r.Field))
		dst = appendString(append(dst, `,"op":`...), string(r.Op))
		dst = append(append(dst, `,"value":`...), rollupJSON(r.Value)...)
		dst = append(dst, '}')
	}
	return append(dst, ']')
}

func rollupJSON(v cairn.Value) []byte {
	switch v.Kind {
	case cairn.KindNumber:
		return appendNumber(nil, v.Num)
	case cairn.KindDate:
		return appendDayJSON(nil, v.Day)
	}
	return []byte("null")
}

// Row returns the values of one idea, formulas included; fields that do not
// exist have no value. ok is false when the idea does not exist.
func (s *State) Row(id cairn.ID, refs []cairn.Ref, env Env) (cells []Cell, ok bool) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	row, ok := s.row(id)
	if !ok {
		return nil, false
	}
	s.derived.mu.Lock()
	defer s.derived.mu.Unlock()
	e := s.evaluation(env)
	cells = make([]Cell, len(refs))
	for i, ref := range refs {
		if src, err := e.source(ref, "Row"); err == nil {
			c := src.gather([]int32{row})
			cells[i] = c.cell(0)
		}
	}
	return cells, true
}
