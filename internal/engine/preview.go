package engine

import (
	"cmp"
	"slices"

	"cairn"
)

// Preview computes a formula field that is not saved, for the first ideas of the
// manual order: at most that many.
func (s *State) Preview(f cairn.Field, most int, env Env) ([]cairn.ID, []Cell, error) {
	if err := s.CheckFormula(f); err != nil {
		return nil, nil, err
	}
	s.mu.RLock()
	defer s.mu.RUnlock()
	s.derived.mu.Lock()
	defer s.derived.mu.Unlock()
	e := s.evaluation(env)
	c := &computed{program: compileField(&f, s.formulaSchema())}
	for _, ref := range c.program.inputs {
		src, err := e.lookup(ref, "Formula")
		if err != nil {
			return nil, nil, err
		}
		c.inputs = append(c.inputs, src)
	}
	e.recompute(c, gone, nil)
	rows := s.firstRows(most)
	why := c.notes(rows)
	ids, cells := make([]cairn.ID, len(rows)), make([]Cell, len(rows))
	for i, row := range rows {
		ids[i] = s.ids[row]
		cells[i].Value = c.out.value(row)
		cells[i].Error, cells[i].Missing = why.at(int32(i))
	}
	return ids, cells, nil
}

// firstRows returns the rows of the first live ideas by manual rank.
func (s *State) firstRows(most int) []int32 {
	ranks := s.columns[string(cairn.RefRank)].data.(*texts).vals
	var rows []int32
	for _, row := range s.rowOf {
		if s.archived.has(row) {
			continue
		}
		at, _ := slices.BinarySearchFunc(rows, row, func(a, b int32) int {
			return cmp.Or(cmp.Compare(ranks[a], ranks[b]), cmp.Compare(s.ids[a], s.ids[b]))
		})
		if at < most {
			rows = slices.Insert(rows, at, row)
			rows = rows[:min(len(rows), most)]
		}
	}
	return rows
}
