package engine

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"cairn"
	"cairn/internal/formula"
)

// program is a formula field, compiled.
type program struct {
	field *cairn.Field
	// expression is nil for sums and weighted scores.
	expression *formula.Program
	inputs     []cairn.Ref
	// failure says why it cannot be computed; "" when it can.
	failure string
	// today and viewer: the result depends on them.
	today, viewer bool
}

// programs returns the project's formula fields compiled against its present
// fields. Those on a cycle, or that use one of them, have a failure.
func (s *State) programs() map[cairn.ID]*program {
	d := &s.derived
	if d.programs != nil && d.compiled == s.schema.rev {
		return d.programs
	}
	d.compiled = s.schema.rev
	d.programs = map[cairn.ID]*program{}
	fields := s.formulaSchema()
	for id, f := range s.fields {
		if f.field.Type == cairn.TypeFormula && f.field.Formula != nil {
			d.programs[id] = compileField(&f.field, fields)
		}
	}
	for id := range d.programs {
		if path := s.cycle(d.programs, []cairn.ID{id}); path != "" {
			d.programs[id].failure = path
		}
	}
	for _, p := range d.programs {
		today, viewer := d.inherits(p, 0)
		p.today, p.viewer = today, viewer
	}
	return d.programs
}

func compileField(f *cairn.Field, fields formula.Schema) *program {
	p := &program{field: f}
	if f.Formula.Kind != cairn.FormulaExpression {
		for _, in := range f.Formula.Inputs {
			p.inputs = append(p.inputs, in.Field)
			switch fields.Kind(in.Field) {
			case formula.Number, formula.Bool, formula.Option, formula.List:
			default:
				p.failure = fields.Name(in.Field) + " gives no number"
			}
			if fields.Name(in.Field) == "" {
				p.failure = "a field that it uses was deleted"
			}
		}
		return p
	}
	prog, errs := formula.Compile(f.Formula.Expression, fields, formula.Number)
	if len(errs) > 0 {
		p.failure = strings.TrimSpace(errs[0].Message + ". " + errs[0].Remedy)
		return p
	}
	p.expression, p.inputs = prog, prog.Refs()
	p.today, p.viewer = hasWord(f.Formula.Expression, "today"), hasWord(f.Formula.Expression, "me")
	return p
}

// hasWord reports whether an expression may call a function; it errs on the
// side of yes, for a text that happens to hold the word.
func hasWord(expr, word string) bool {
	return slices.Contains(strings.FieldsFunc(strings.ToLower(expr), func(r rune) bool { return !unicode.IsLetter(r) }), word)
}

// cycle follows the formulas that the last one of path uses, and returns a
// sentence when it comes back to one it passed.
func (s *State) cycle(programs map[cairn.ID]*program, path []cairn.ID) string {
	p, ok := programs[path[len(path)-1]]
	if !ok {
		return ""
	}
	for _, ref := range p.inputs {
		id, ok := fieldBehind(ref)
		if _, _, down := ref.OfChildren(); !ok || down && id == path[len(path)-1] {
			continue // its own values of the children lie lower, so that this ends
		}
		if at := slices.Index(path, id); at >= 0 {
			return s.cycleText(path[at:])
		}
		if found := s.cycle(programs, append(path, id)); found != "" {
			return found
		}
	}
	return ""
}

// fieldBehind is the field that a reference reads, be it of the children.
func fieldBehind(ref cairn.Ref) (cairn.ID, bool) {
	if _, of, ok := ref.OfChildren(); ok {
		ref = of
	}
	return ref.FieldID()
}

func (s *State) cycleText(path []cairn.ID) string {
	name := func(id cairn.ID) string {
		if f, ok := s.fields[id]; ok {
			return f.field.Name
		}
		return id.String()
	}
	var b strings.Builder
	b.WriteString("the formula goes round in a circle: " + name(path[0]))
	for i := range path {
		joint := " uses "
		if i > 0 {
			joint = ", which uses "
		}
		b.WriteString(joint + name(path[(i+1)%len(path)]))
	}
	return b.String()
}

// inherits tells whether p or a formula that it uses depends on today or on
// the viewer.
func (d *derived) inherits(p *program, depth int) (today, viewer bool) {
	today, viewer = p.today, p.viewer
	if p.failure != "" || depth > len(d.programs) {
		return today, viewer
	}
	for _, ref := range p.inputs {
		if id, ok := fieldBehind(ref); ok && id != p.field.ID && d.programs[id] != nil {
			t, v := d.inherits(d.programs[id], depth+1)
			today, viewer = today || t, viewer || v
		}
	}
	return today, viewer
}

// schemaWith also knows a field that is not saved yet, for a formula that uses
// its own values of the children.
func (s *State) schemaWith(f *cairn.Field) *schema {
	fields := s.formulaSchema()
	if f.ID != 0 && s.fields[f.ID] == nil {
		fields.add(f.Ref(), f.Name, formula.Number)
	}
	return fields
}

// SchemaWith is Schema with a formula field that is not saved yet.
func (s *State) SchemaWith(f cairn.Field) formula.Schema {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.schemaWith(&f)
}

// CheckFormula reports why a formula field, new or changed, could not be
// computed: a mistake in its expression, an input that does not exist or is no
// number, or a circle of formulas. The error's field is "formula".
func (s *State) CheckFormula(f cairn.Field) error {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if f.Formula == nil {
		return cairn.Invalid("formula", "%s: a formula field needs a formula", f.Name)
	}
	fields := s.schemaWith(&f)
	if errs := formula.CheckFormula(f.Formula, fields); len(errs) > 0 {
		out := &cairn.Error{Code: cairn.CodeInvalid}
		for _, one := range errs {
			where := fmt.Sprintf("input %d", one.Pos+1)
			if f.Formula.Kind == cairn.FormulaExpression {
				where = fmt.Sprintf("at character %d", one.Pos+1)
			}
			e := cairn.Invalid("formula", "%s, %s: %s. %s", f.Name, where, one.Message, one.Remedy)
			out.Details = append(out.Details, e.Details...)
		}
		out.Message = out.Details[0].Message
		return out
	}
	p := compileField(&f, fields)
	s.derived.mu.Lock()
	defer s.derived.mu.Unlock()
	programs := make(map[cairn.ID]*program)
	for id, one := range s.programs() {
		programs[id] = one
	}
	programs[f.ID] = p
	if path := s.cycle(programs, []cairn.ID{f.ID}); path != "" {
		return cairn.Invalid("formula", "%s: %s. Take one of these fields out of its formula", f.Name, path)
	}
	return nil
}
