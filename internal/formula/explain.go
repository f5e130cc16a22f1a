package formula

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"cairn"
)

// Explanation says in words why one idea has the value it has.
type Explanation struct {
	Kind cairn.FormulaKind `json:"kind"`
	// Label is the formula as people read it.
	Label string `json:"label"`
	// Value is the result when it is a number.
	Value *float64 `json:"value"`
	// Result is the value as text; "" when there is none.
	Result string `json:"result"`
	// Status is the name of the row's Status.
	Status string `json:"status"`
	// Note says what is missing, or why there is no value.
	Note    string      `json:"note,omitempty"`
	Missing []cairn.Ref `json:"missing,omitempty"`
	Steps   []Step      `json:"steps"`
}

// Step is one part of an explanation.
type Step struct {
	Label string `json:"label"`
	// Field is set where the step is a field's value.
	Field cairn.Ref `json:"field,omitempty"`
	// Input, Weight and Normalised are set in sums and weighted scores.
	Input      *float64 `json:"input,omitempty"`
	Weight     *float64 `json:"weight,omitempty"`
	Normalised *float64 `json:"normalised,omitempty"`
	// Result is the step's value when it is a number, Text the value as text.
	Result *float64 `json:"result,omitempty"`
	Text   string   `json:"text,omitempty"`
	Note   string   `json:"note,omitempty"`
	Steps  []Step   `json:"steps,omitempty"`
}

// Bounds of an explanation, which must fit on a screen.
const (
	maxSteps = 100
	maxLabel = 200
)

// explainer walks the tree of a program that was run for one row.
type explainer struct {
	m      *machine
	schema Schema
	steps  int
	// summed: the expression sums children up.
	summed bool
	// cause is the innermost part that failed.
	cause *node
}

// Explain says how row in.Lo came about.
func (p *Program) Explain(in Input, schema Schema) Explanation {
	var r Result
	row := Input{Rows: in.Rows, Lo: in.Lo, Hi: in.Lo + 1, Env: in.Env}
	p.Eval(row, &r)
	m := newMachine(p, row, 1)
	m.run(in.Lo, in.Lo+1)
	e := explainer{m: m, schema: schema, summed: slices.ContainsFunc(p.refs, isSummary)}
	out := Explanation{
		Kind: cairn.FormulaExpression, Label: e.label(p.root), Status: r.Status[0].String(), Steps: []Step{},
	}
	root := e.step(p.root)
	if out.Steps = root.Steps; len(out.Steps) == 0 {
		out.Steps = []Step{root}
	}
	out.Value, out.Result = root.Result, root.Text
	if len(r.Missing) > 0 {
		out.Missing = p.MissingRefs(r.Missing[0])
	}
	out.Note = e.note(r.Status[0], out.Missing)
	return out
}

// note puts a row's status in words.
func (e *explainer) note(s Status, missing []cairn.Ref) string {
	names := missingNames(missing, e.schema)
	switch {
	case s == StatusOK:
		return ""
	case s == StatusIncomplete && names == "":
		return "Incomplete: a part without a value counts as 0."
	case s == StatusIncomplete:
		return "Incomplete: " + names + "."
	case s == StatusMissing && names == "" && e.summed:
		return "No value: none of the live children has one."
	case s == StatusMissing && names == "":
		return "No value: no case applies."
	case s == StatusMissing:
		return "No value: " + names + "."
	}
	text := "No value: " + s.Text()
	if e.cause != nil {
		text += " in " + e.label(e.cause)
	}
	if names != "" {
		text += "; " + names
	}
	return text + "."
}

func missingNames(refs []cairn.Ref, schema Schema) string {
	names := make([]string, len(refs))
	for i, ref := range refs {
		names[i] = nameOf(ref, schema)
	}
	switch len(names) {
	case 0:
		return ""
	case 1:
		return names[0] + " is missing"
	}
	return strings.Join(names[:len(names)-1], ", ") + " and " + names[len(names)-1] + " are missing"
}

// label writes a part of the expression as people read it.
func (e *explainer) label(n *node) string {
	return clip(printNode(n, func(n *node) string { return showRef(n.ref, e.schema) }))
}

func clip(s string) string {
	if r := []rune(s); len(r) > maxLabel {
		return string(r[:maxLabel-1]) + "…"
	}
	return s
}

// plainNode skips the conversions that the checker put in.
func plainNode(n *node) *node {
	for n.op == opToNumber || n.op == opZero {
		n = n.args[0]
	}
	return n
}

// step explains a part and what it is made of.
func (e *explainer) step(n *node) Step {
	e.steps++
	outer := n
	n = plainNode(n)
	r := e.m.eval(outer)
	code := codeAt(e.m.eval(n), 0)
	s := Step{Label: e.label(n), Field: n.ref}
	if s.Field != "" {
		s.Label = nameOf(n.ref, e.schema)
	}
	if code == StatusOK {
		s.Text = shown(e.m.eval(n))
	}
	if codeAt(r, 0) == StatusOK && (r.kind == Number || r.kind == Bool || outer != n) {
		s.Result = ptr(r.num[0])
	}
	s.Note = e.stepNote(n, outer, code, codeAt(r, 0))
	failedBefore := e.cause
	for _, a := range parts(n) {
		if isLiteral(plainNode(a)) {
			continue
		}
		if e.steps >= maxSteps {
			s.Steps = append(s.Steps, Step{Label: "…", Note: "more steps are not shown"})
			break
		}
		child := e.step(a)
		if note := branchNote(e.m, n, a); note != "" {
			child.Note = note
		}
		s.Steps = append(s.Steps, child)
	}
	if code > StatusMissing && e.cause == failedBefore {
		e.cause = n
	}
	return s
}

func ptr(x float64) *float64 {
	x += 0
	return &x
}

// stepNote says what is wrong with one part.
func (e *explainer) stepNote(n, outer *node, code, used Status) string {
	switch {
	case code == StatusMissing && outer.op == opZero:
		return "missing, counts as 0"
	case code == StatusMissing:
		return "missing"
	case code != StatusOK:
		return code.Text()
	case used == StatusMissing:
		return "the option has no weight"
	case outer != n && used == StatusOK && hasNoWeight(e.m.eval(n)):
		return "the option has no weight and counts as 0"
	}
	return ""
}

func hasNoWeight(r *reg) bool { return len(r.nonum) > 0 && r.nonum[0] }

// branchNote marks the branches of a choice that are not taken.
func branchNote(m *machine, n, branch *node) string {
	if n.op != opCall || n.text != "if" || branch == n.args[0] {
		return ""
	}
	cond := m.eval(n.args[0])
	holds := codeAt(cond, 0) == StatusOK && cond.num[0] != 0
	if holds != (branch == n.args[1]) {
		return "not used"
	}
	return ""
}

func isLiteral(n *node) bool {
	return n.op == opNumber || n.op == opText || n.op == opDate || n.op == opBool
}

// parts lists what a node is made of; a chain of + and −, or of × and ÷, is one
// step with all its terms.
func parts(n *node) []*node {
	binds := bindingOf(n)
	if binds != bindAdd && binds != bindMul || n.mode == modeDate {
		return n.args
	}
	left := plainNode(n.args[0])
	if bindingOf(left) == binds && left.mode != modeDate && left.kind == Number {
		return append(parts(left)[:len(parts(left)):len(parts(left))], n.args[1:]...)
	}
	return n.args
}

// shown writes the value of a one-row register for people.
func shown(r *reg) string {
	if r.kind == Number {
		return FormatNumber(r.num[0])
	}
	if r.kind == Bool {
		return map[bool]string{true: "yes", false: "no"}[r.num[0] != 0]
	}
	return clip(textOf(r, 0))
}

// FormatNumber writes x for people: up to six digits behind the point for small
// numbers, two for large ones, without trailing zeros.
func FormatNumber(x float64) string {
	places := 6
	if a := math.Abs(x); a >= 1000 {
		places = 2
	} else if a >= 1 {
		places = 4
	}
	if a := math.Abs(x); a >= 1e15 || a != 0 && a < 1e-6 {
		return strconv.FormatFloat(x, 'g', 6, 64)
	}
	s := strconv.FormatFloat(x, 'f', places, 64)
	s = strings.TrimRight(strings.TrimRight(s, "0"), ".")
	if s == "-0" || s == "" {
		return "0"
	}
	return strings.Replace(s, "-", "−", 1)
}

// Scored is one idea's inputs to a sum or a weighted score.
type Scored struct {
	Formula *cairn.Formula
	// Values of the inputs, NaN where missing.
	Values []float64
	// Scale is what Weighted returned.
	Scale Scale
	// Live is false for archived ideas.
	Archived bool
}

// ExplainScore says how a sum or a weighted score came about.
func ExplainScore(in Scored, schema Schema) Explanation {
	out := Explanation{Kind: in.Formula.Kind, Steps: []Step{}}
	names := make([]string, len(in.Formula.Inputs))
	for i, input := range in.Formula.Inputs {
		names[i] = showRef(input.Field, schema)
	}
	e := explainer{schema: schema}
	weighted := in.Formula.Kind == cairn.FormulaWeighted
	for i, input := range in.Formula.Inputs {
		if x := in.Values[i]; x-x != 0 && (!weighted || input.Weight != 0) {
			out.Missing = append(out.Missing, input.Field)
		}
	}
	var value float64
	status := StatusOK
	if weighted {
		out.Label = "Weighted score of " + clip(strings.Join(names, ", "))
		value, status = explainWeighted(in, schema, &out)
	} else {
		out.Label = clip(strings.Join(names, " + "))
		for i, input := range in.Formula.Inputs {
			s := inputStep(input.Field, in.Values[i], schema)
			value += *s.Result
			out.Steps = append(out.Steps, s)
		}
		if value-value != 0 {
			status = StatusTooLarge
		}
	}
	if status == StatusOK && len(out.Missing) > 0 {
		status = StatusIncomplete
	}
	if status.HasValue() {
		out.Value, out.Result = ptr(value), FormatNumber(value)
	}
	out.Status, out.Note = status.String(), e.note(status, out.Missing)
	return out
}

// inputStep is the step of one field in a sum.
func inputStep(ref cairn.Ref, x float64, schema Schema) Step {
	s := Step{Label: schema.Name(ref), Field: ref}
	if x-x != 0 {
		s.Note, s.Result = "missing, counts as 0", ptr(0)
		return s
	}
	s.Input, s.Result, s.Text = ptr(x), ptr(x), FormatNumber(x)
	return s
}

func explainWeighted(in Scored, schema Schema, out *Explanation) (float64, Status) {
	var sums [2]float64 // of positive and of negative weights
	for i, input := range in.Formula.Inputs {
		s := inputStep(input.Field, in.Values[i], schema)
		norm := in.Scale.Inputs[i].Normalise(*s.Result)
		s.Weight, s.Normalised, s.Result = ptr(input.Weight), ptr(norm), ptr(norm*math.Abs(input.Weight))
		switch {
		case input.Weight == 0:
			s.Note = "has no weight"
		case input.Weight < 0:
			sums[1] += *s.Result
			s.Note = strings.TrimPrefix(s.Note+"; divides the score", "; ")
		default:
			sums[0] += *s.Result
		}
		out.Steps = append(out.Steps, s)
	}
	if in.Archived {
		return 0, StatusArchived
	}
	score := in.Scale.Positive.Normalise(sums[0])
	out.Steps = append(out.Steps, sumStep("Weighted sum", sums[0], in.Scale.Positive))
	if !in.Scale.Divides {
		return score, StatusOK
	}
	by := in.Scale.Negative.Normalise(sums[1])
	out.Steps = append(out.Steps, sumStep("Divided by", sums[1], in.Scale.Negative))
	v := score / by
	switch {
	case by == 0:
		return 0, StatusDivisionByZero
	case v-v != 0:
		return 0, StatusTooLarge
	}
	return v, StatusOK
}

func sumStep(label string, sum float64, r Range) Step {
	norm := r.Normalise(sum)
	return Step{
		Label: label, Input: ptr(sum), Normalised: ptr(norm), Result: ptr(norm), Text: FormatNumber(norm),
		Note: fmt.Sprintf("on the scale from %s to %s over all live ideas", FormatNumber(r.Lo), FormatNumber(r.Hi)),
	}
}
