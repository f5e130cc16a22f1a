package engine

import (
	"cairn"
	"cairn/internal/formula"
)

// Explain says how the value of a formula field of one idea came about. It is
// an error when there is no such idea or the field is no formula.
func (s *State) Explain(id cairn.ID, ref cairn.Ref, env Env) (formula.Explanation, error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	row, ok := s.row(id)
	if !ok {
		return formula.Explanation{}, cairn.NotFound("The idea")
	}
	s.derived.mu.Lock()
	defer s.derived.mu.Unlock()
	e := s.evaluation(env)
	src, err := e.source(ref, "Explanation")
	if err != nil {
		return formula.Explanation{}, err
	}
	if src.computed == nil {
		return formula.Explanation{}, cairn.Invalid(string(ref), "%s is not a formula field, so there is nothing to explain", src.label)
	}
	return e.explain(src.computed, row), nil
}

func (e *evaluation) explain(c *computed, row int32) formula.Explanation {
	fields := e.s.formulaSchema()
	p := c.program
	switch {
	case p.failure != "":
		out := formula.Explanation{Label: p.field.Name, Status: "failed", Note: "No value: " + p.failure + ".", Steps: []formula.Step{}}
		if p.field.Formula != nil {
			out.Kind = p.field.Formula.Kind
		}
		return out
	case p.expression != nil:
		var out formula.Explanation
		e.withOwn(c, func() {
			out = p.expression.Explain(formula.Input{Rows: e.rows(), Lo: int(row), Hi: int(row) + 1, Env: e.formulaEnv()}, fields)
		})
		e.explainChildren(out.Steps, row)
		out.Missing = c.missingAt(row)
		return out
	}
	values := make([]float64, len(c.inputs))
	for i, src := range c.inputs {
		values[i] = src.inputAt()(row)
	}
	scored := formula.Scored{Formula: p.field.Formula, Values: values, Archived: e.s.archived.has(row)}
	if c.weighing != nil {
		scored.Scale = c.weighing.Scale
	}
	out := formula.ExplainScore(scored, fields)
	out.Missing = c.missingAt(row)
	return out
}
