package engine

import "cairn"

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
	c := &computed{program: compileField(&f, s.schemaWith(&f))}
	c.inputs = e.inputsOf(c, c.program)
	e.recompute(c, gone, nil)
	rows, err := e.firstRows(most)
	if err != nil {
		return nil, nil, err
	}
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
func (e *evaluation) firstRows(most int) ([]int32, error) {
	order, err := e.orderBy(nil, "")
	if err != nil {
		return nil, err
	}
	var rows []int32
	for _, row := range order {
		if len(rows) >= most {
			break
		}
		if !e.s.archived.has(row) {
			rows = append(rows, row)
		}
	}
	return rows, nil
}
