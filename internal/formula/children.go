package formula

import (
	"strings"

	"cairn"
)

// childrenWord stands for an idea's live direct children inside of sum, avg,
// min, max and count (FML-90).
const childrenWord = "children"

// summaryOf is the roll-up that a function makes of children.
func summaryOf(f *function) (cairn.RollupOp, bool) {
	if f == nil {
		return "", false
	}
	switch f.Name {
	case "sum":
		return cairn.RollupSum, true
	case "avg":
		return cairn.RollupAverage, true
	case "min":
		return cairn.RollupMin, true
	case "max":
		return cairn.RollupMax, true
	case "count":
		return cairn.RollupFilled, true
	}
	return "", false
}

// ChildrenLabel names a summary of the children's values.
func ChildrenLabel(op cairn.RollupOp, field string) string {
	switch op {
	case cairn.RollupSum:
		return "Sum of the children's " + field
	case cairn.RollupAverage:
		return "Average of the children's " + field
	case cairn.RollupMin:
		return "Smallest of the children's " + field
	case cairn.RollupMax:
		return "Largest of the children's " + field
	}
	return "Children with " + field
}

// nameOf is what people call a column, be it a summary of the children.
func nameOf(ref cairn.Ref, schema Schema) string {
	if op, of, ok := ref.OfChildren(); ok {
		return ChildrenLabel(op, schema.Name(of))
	}
	return schema.Name(ref)
}

func isSummary(ref cairn.Ref) bool {
	_, _, ok := ref.OfChildren()
	return ok
}

// showSummary writes a summary as an expression does.
func showSummary(op cairn.RollupOp, of cairn.Ref, schema Schema) string {
	name := string(op)
	switch op {
	case cairn.RollupAverage:
		name = "avg"
	case cairn.RollupFilled:
		name = "count"
	}
	return name + "(" + childrenWord + "." + showRef(of, schema) + ")"
}

// meansChildren reports whether the word at i stands for the children: before a
// point, or alone in count(…).
func meansChildren(tokens []token, i int) bool {
	t := tokens[i]
	if t.kind != tokIdent || !strings.EqualFold(t.text, childrenWord) {
		return false
	}
	if isOp(tokens[i+1], ".") {
		return true
	}
	return i > 1 && isOp(tokens[i-1], "(") && isOp(tokens[i+1], ")") &&
		tokens[i-2].kind == tokIdent && strings.EqualFold(tokens[i-2].text, "count")
}

// children reads what stands behind the word: a point and a field.
func (p *parser) children(n *node) *node {
	p.next() // the point
	t := p.next()
	if t.kind == tokBad {
		panic(stop{*t.bad})
	}
	if t.kind != tokField && t.kind != tokIdent {
		p.fail(t, "After \"children.\" stands a field", "Write a field's name, as in sum(children.{Effort}).")
	}
	n.op, n.text, n.end = opChildren, t.text, t.end
	return n
}

// summary turns sum(children.{Effort}) into a column; false means that the call
// is another one.
func (c *checker) summary(n *node) bool {
	op, ok := summaryOf(library.find(n.text))
	if !ok || len(n.args) != 1 {
		return false
	}
	a := n.args[0]
	switch {
	case a.op == opChildren:
	case a.op == opField && a.mode == modeBare && op == cairn.RollupFilled && strings.EqualFold(a.text, childrenWord):
		n.op, n.ref, n.kind, n.args = opField, cairn.RefChildren, Number, nil
		c.use(n)
		return true
	default:
		return false
	}
	n.op, n.args = opField, nil
	ref, ok := resolve(c.schema, a.text)
	if !ok {
		a.op, a.mode = opField, modeInterval // any but bare: it is no function
		c.unknown(a)
		return true
	}
	if c.schema.Name(ref) == "" {
		c.fail(a, "Use another field, or restore it.", "The field %s does not exist any more", ref)
		return true
	}
	n.kind = c.summaryKind(a, op, ref)
	if n.kind != Null {
		n.ref = cairn.ChildrenRef(op, ref)
		c.use(n)
	}
	return true
}

// summaryKind is the kind of a summary; Null has been reported.
func (c *checker) summaryKind(a *node, op cairn.RollupOp, ref cairn.Ref) Kind {
	kind := c.schema.Kind(ref)
	switch {
	case kind == Null:
		c.fail(a, "Use another field.", "Field %q has no values that an expression could use", c.schema.Name(ref))
		return Null
	case op == cairn.RollupFilled:
		return Number
	case kind == Date && (op == cairn.RollupMin || op == cairn.RollupMax):
		return Date
	case kind == Number, kind == Bool, kind == Option, kind == List:
		return Number
	}
	c.fail(a, "count(children.…) counts those that have a value.", "%s holds %s, of which there is no %s", c.schema.Name(ref), kind.words(), op)
	return Null
}

// strayChildren refuses children outside of a function that sums them up.
func (c *checker) strayChildren(n *node) {
	name := n.text
	c.fail(n, "Write sum(children.{"+name+"}), or avg, min, max or count, with nothing else in the brackets.",
		"An idea may have many children, so that their %s must be summed up", name)
}
