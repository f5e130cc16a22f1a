package formula

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"cairn"
)

// MaxRefs is how many different fields one expression or score may use.
const MaxRefs = 63

// unknownBit marks that something without a field of its own is missing.
const unknownBit = uint64(1) << 63

// checker gives every node its kind, puts conversions in and collects mistakes.
type checker struct {
	schema Schema
	errs   []Error
	refs   []cairn.Ref
	nodes  int
}

func (c *checker) fail(n *node, remedy, format string, args ...any) {
	c.errs = append(c.errs, Error{Message: fmt.Sprintf(format, args...), Pos: n.pos, End: n.end, Remedy: remedy})
	n.kind = Null
}

func (c *checker) register(n *node) *node {
	n.id = c.nodes
	c.nodes++
	for _, a := range n.args {
		n.bits |= a.bits
	}
	return n
}

// check works through the tree. A node whose kind stays Null has been reported.
func (c *checker) check(n *node) {
	if n.op == opCall && c.summary(n) {
		c.register(n)
		return
	}
	if n.op == opField {
		c.field(n)
	}
	if n.op == opChildren {
		c.strayChildren(n)
	}
	if n.op != opField && n.op != opBad {
		for _, a := range n.args {
			c.check(a)
		}
	}
	switch n.op {
	case opNumber:
		n.kind = Number
	case opText:
		n.kind = Text
	case opDate:
		n.kind = Date
	case opBool:
		n.kind = Bool
	case opCall:
		c.call(n)
	case opNot, opAnd, opOr:
		for i := range n.args {
			c.condition(n.args[i])
		}
		n.kind = Bool
	case opNeg, opPlus, opPercent:
		n.args[0] = c.operand(n.args[0])
		n.kind = Number
	case opEq, opNe, opLt, opLe, opGt, opGe:
		c.comparison(n)
	case opIn:
		c.membership(n)
	case opAdd, opSub, opMul, opDiv, opMod, opPow:
		c.arithmetic(n)
	}
	c.register(n)
}

// field looks a name up; a bare today or me is the function.
func (c *checker) field(n *node) {
	ref, ok := resolve(c.schema, n.text)
	if !ok {
		if f := library.find(n.text); n.mode == modeBare && f != nil && len(f.params) == 0 {
			n.op = opCall
			return
		}
		c.unknown(n)
		return
	}
	n.ref = ref
	if c.schema.Name(ref) == "" {
		c.fail(n, "Use another field, or restore it.", "The field %s does not exist any more", ref)
		return
	}
	n.kind = c.schema.Kind(ref)
	if n.kind == Null {
		c.fail(n, "Use another field.", "Field %q has no values that an expression could use", c.schema.Name(ref))
		return
	}
	c.use(n)
}

// use notes that the expression reads the node's column.
func (c *checker) use(n *node) {
	n.slot = slices.Index(c.refs, n.ref)
	if n.slot < 0 {
		if len(c.refs) == MaxRefs {
			c.fail(n, "Move parts of it into formula fields of their own.", "The expression uses more than %d fields", MaxRefs)
			return
		}
		n.slot = len(c.refs)
		c.refs = append(c.refs, n.ref)
	}
	if _, _, summed := n.ref.OfChildren(); summed {
		return // an idea without children lacks nothing (FML-95)
	}
	n.bits = 1 << n.slot
}

func (c *checker) unknown(n *node) {
	remedy := "Choose one of the project's fields."
	if f := library.find(n.text); f != nil {
		remedy = fmt.Sprintf("%s is a function: write %s.", f.Name, f.Signature)
	} else if near := nearest(n.text, c.schema.Names()); near != "" {
		remedy = fmt.Sprintf("Did you mean {%s}?", near)
	} else if n.mode == modeBare {
		remedy = "Put texts in quotes, and field names of several words in braces."
	}
	c.fail(n, remedy, "There is no field named %q", n.text)
}

// words names a kind in a sentence.
func (k Kind) words() string {
	switch k {
	case Number:
		return "a number"
	case Text:
		return "text"
	case Bool:
		return "true or false"
	case Date:
		return "a date"
	case Interval:
		return "an interval"
	case Option:
		return "an option"
	case List:
		return "a list"
	}
	return "nothing"
}

// capital makes a phrase the beginning of a sentence.
func capital(s string) string { return strings.ToUpper(s[:1]) + s[1:] }

// wrap puts a conversion around a node.
func (c *checker) wrap(n *node, o op) *node {
	return c.register(&node{op: o, pos: n.pos, end: n.end, kind: Number, args: []*node{n}})
}

// number converts to a number and keeps it missing where it is.
func (c *checker) number(n *node) *node {
	switch n.kind {
	case Null, Number:
		return n
	case Bool, Option, List:
		return c.wrap(n, opToNumber)
	}
	remedy := map[Kind]string{
		Text:     "number(…) reads a number from text.",
		Date:     "days_between(…, today()) counts days; year(…), month(…) and quarter(…) give numbers.",
		Interval: "days(…) gives its length; start(…) and end(…) its days.",
	}[n.kind]
	c.fail(n, remedy, "Here stands %s where a number is needed", n.kind.words())
	return n
}

// operand converts to a number that counts as 0 where it is missing.
func (c *checker) operand(n *node) *node {
	n = c.number(n)
	if n.kind == Null || n.op == opNumber {
		return n
	}
	return c.wrap(n, opZero)
}

func (c *checker) condition(n *node) {
	switch n.kind {
	case Null, Bool:
		return
	case Number, Option:
		c.fail(n, "Compare it with something, as in {Effort} > 3.", "Here stands %s where a condition is needed", n.kind.words())
	default:
		c.fail(n, "Compare it with something, or ask is_filled(…).", "Here stands %s where a condition is needed", n.kind.words())
	}
}

func (c *checker) text(n *node) {
	switch n.kind {
	case Null, Text, Option:
		return
	case List:
		c.fail(n, "has(…) looks for one entry.", "Here stands a list where text is needed")
	default:
		c.fail(n, "text(…) turns it into text.", "Here stands %s where text is needed", n.kind.words())
	}
}

// date accepts a date, or a text literal that is one.
func (c *checker) date(n *node) {
	switch n.kind {
	case Null, Date:
	case Text:
		if n.op == opText {
			if day, ok := cairn.ParseDay(strings.TrimSpace(n.text)); ok {
				n.op, n.kind, n.num = opDate, Date, float64(day)
				return
			}
		}
		c.fail(n, "Write it as 2026-11-23, or read it with date(…).", "Here stands text where a date is needed")
	case Interval:
		c.fail(n, "Take start(…) or end(…) of it.", "Here stands an interval where a date is needed")
	default:
		c.fail(n, "Write dates as 2026-11-23; date_add(…) moves one.", "Here stands %s where a date is needed", n.kind.words())
	}
}

func (c *checker) arithmetic(n *node) {
	a, b := n.args[0], n.args[1]
	n.kind = Number
	if a.kind == Null || b.kind == Null {
		n.kind = Null
		return
	}
	aDate, bDate := a.kind == Date, b.kind == Date
	switch {
	case n.op == opSub && aDate && bDate:
		n.mode = modeDate
	case n.op == opSub && aDate, n.op == opAdd && aDate != bDate:
		n.mode, n.kind = modeDate, Date
		if bDate {
			n.args[0], n.args[1] = c.operand(a), b
		} else {
			n.args[1] = c.operand(b)
		}
	case aDate && bDate && n.op == opAdd:
		c.fail(n, "days_between(a, b) counts the days between them.", "Two dates cannot be added")
	case aDate || bDate:
		c.fail(n, "days_between(…, today()) turns a date into a number.", "A date cannot be multiplied, divided or subtracted from a number")
	case n.op == opAdd && (a.kind == Text || b.kind == Text):
		c.fail(n, "concat(a, b) joins texts; number(…) reads a number.", "%s and %s cannot be added", capital(a.kind.words()), b.kind.words())
	default:
		n.args[0], n.args[1] = c.operand(a), c.operand(b)
	}
}

func isNumeric(k Kind) bool { return k == Number || k == Bool }

// comparison decides what two sides are compared by (FML-12).
func (c *checker) comparison(n *node) {
	a, b := n.args[0], n.args[1]
	equality := n.op == opEq || n.op == opNe
	n.kind = Bool
	switch {
	case a.kind == Null || b.kind == Null:
	case a.kind == Date || b.kind == Date:
		c.date(a)
		c.date(b)
	case isNumeric(a.kind) && b.kind != Text && b.kind != Interval,
		isNumeric(b.kind) && a.kind != Text && a.kind != Interval,
		a.kind == Option && b.kind == Option && !equality:
		n.args[0], n.args[1] = c.number(a), c.number(b)
	case a.kind == Interval && b.kind == Interval && equality:
		n.mode = modeInterval
	case a.kind == Interval || b.kind == Interval:
		c.fail(n, "Compare start(…) or end(…) of it.", "An interval can be compared with an equal interval only")
	case a.kind == List || b.kind == List:
		c.fail(n, `has({Labels}, "x") looks for one entry; count(…) counts them.`, "A list cannot be compared with %s", other(a, b, List).words())
	case isNumeric(a.kind) || isNumeric(b.kind):
		c.fail(n, "Remove the quotes around a number, or read it with number(…).", "%s cannot be compared with %s", capital(a.kind.words()), b.kind.words())
	case !equality && (a.kind == Option || b.kind == Option):
		c.fail(n, "Compare with a number: the option's weight.", "Options are ordered by their weight, not by their name")
	default:
		n.mode = modeText
	}
}

func other(a, b *node, k Kind) Kind {
	if a.kind == k {
		return b.kind
	}
	return a.kind
}

// membership checks x in (a, b) and "x" in {Labels}.
func (c *checker) membership(n *node) {
	x := n.args[0]
	n.kind = Bool
	for _, a := range n.args {
		if a.kind == Null {
			return
		}
	}
	switch {
	case len(n.args) == 2 && n.args[1].kind == List:
		if x.kind == List {
			c.fail(x, "Look for one entry, as in has({Labels}, \"x\").", "A list cannot be looked for in a list")
			return
		}
		c.text(x)
		n.impl = c.register(&node{op: opIn, mode: modeList, kind: Bool, args: []*node{n.args[1], x}, pos: n.pos, end: n.end})
	case x.kind == List, x.kind == Text, x.kind == Option && n.args[1].kind != Number:
		n.mode = modeText
		if x.kind == List {
			n.mode = modeList
		}
		for _, a := range n.args[1:] {
			c.text(a)
		}
	case x.kind == Date:
		for _, a := range n.args[1:] {
			c.date(a)
		}
	case x.kind == Interval:
		c.fail(x, "Look for start(…) or end(…) of it.", "An interval cannot be looked for in a list")
	default:
		for i, a := range n.args {
			n.args[i] = c.number(a)
		}
	}
}

// unify gives the arguments at the positions one kind and returns it.
func (c *checker) unify(n *node, at []int) Kind {
	seen := map[Kind]bool{}
	for _, i := range at {
		seen[n.args[i].kind] = true
	}
	switch {
	case seen[Null]:
		return Null
	case len(seen) == 1:
		return n.args[at[0]].kind
	case len(seen) == 2 && seen[Text] && seen[Option]:
		return Text
	case seen[Text] || seen[Interval] || seen[Date]:
		a := n.args[at[0]]
		for _, i := range at {
			if b := n.args[i]; b.kind != a.kind {
				c.fail(b, "Make all of them the same kind; text(…) and number(…) convert.", "%s gives %s here and %s there", n.text, a.kind.words(), b.kind.words())
				return Null
			}
		}
	}
	for _, i := range at {
		n.args[i] = c.number(n.args[i])
	}
	return Number
}

// want converts the whole expression to what the caller needs.
func (c *checker) want(root *node, k Kind) *node {
	switch {
	case root.kind == Null || k == Null || root.kind == k:
		return root
	case k == Number:
		if root.kind == Text || root.kind == Date || root.kind == Interval {
			c.number(root)
			return root
		}
		return c.number(root)
	case k == Bool:
		c.condition(root)
	case k == Text:
		c.text(root)
	case k == Date:
		c.date(root)
	default:
		c.fail(root, "", "The expression gives %s; %s is needed", root.kind.words(), k.words())
	}
	return root
}

// finite reports whether x is neither NaN nor infinite.
func finite(x float64) bool { return !math.IsNaN(x) && !math.IsInf(x, 0) }
