package formula

import (
	"strconv"
	"strings"

	"cairn"
)

// op is what a node of the syntax tree does.
type op uint8

const (
	opBad op = iota
	opNumber
	opText
	opDate
	opBool
	opField
	opChildren // a value of the children, which a function sums up
	opCall
	opNot
	opNeg
	opPlus
	opPercent
	opOr
	opAnd
	opEq
	opNe
	opLt
	opLe
	opGt
	opGe
	opIn
	opAdd
	opSub
	opMul
	opDiv
	opMod
	opPow
	// The checker puts these around operands.
	opToNumber // an option's or list's weight, a truth value's 0 or 1
	opZero     // a missing number counts as 0
	opSelect   // what ifs and switch are made of
)

// How tightly operators bind, loosest first.
const (
	bindNone = iota
	bindOr
	bindAnd
	bindNot
	bindCompare
	bindAdd
	bindMul
	bindSign
	bindPow
	bindPercent
	bindAtom
)

// mode says which values an operator works on.
type mode uint8

const (
	modeNumber mode = iota
	modeText
	modeInterval
	modeList
	modeDate
	modeBare // a field written without braces
)

// node is a part of an expression.
type node struct {
	op       op
	pos, end int // characters
	args     []*node
	num      float64
	text     string // text, field name or function name
	// Set by the checker.
	kind Kind
	ref  cairn.Ref
	fn   *function
	mode mode
	id   int    // register
	slot int    // column, for opField
	bits uint64 // columns below
	// impl is evaluated in the node's stead, when set.
	impl *node
}

// binary describes an infix operator.
type binary struct {
	op    op
	binds int
	shown string
}

// infix returns the operator with that plain spelling.
func infix(text string) (binary, bool) {
	switch text {
	case "or":
		return binary{opOr, bindOr, " or "}, true
	case "and":
		return binary{opAnd, bindAnd, " and "}, true
	case "=":
		return binary{opEq, bindCompare, " = "}, true
	case "!=":
		return binary{opNe, bindCompare, " != "}, true
	case "<":
		return binary{opLt, bindCompare, " < "}, true
	case "<=":
		return binary{opLe, bindCompare, " <= "}, true
	case ">":
		return binary{opGt, bindCompare, " > "}, true
	case ">=":
		return binary{opGe, bindCompare, " >= "}, true
	case "in":
		return binary{opIn, bindCompare, " in "}, true
	case "+":
		return binary{opAdd, bindAdd, " + "}, true
	case "-":
		return binary{opSub, bindAdd, " - "}, true
	case "*":
		return binary{opMul, bindMul, " * "}, true
	case "/":
		return binary{opDiv, bindMul, " / "}, true
	case "%":
		return binary{opMod, bindMul, " % "}, true
	case "^":
		return binary{opPow, bindPow, "^"}, true
	}
	return binary{}, false
}

// spelling returns the infix operator of a node.
func spelling(o op) binary {
	for _, s := range []string{"or", "and", "=", "!=", "<", "<=", ">", ">=", "in", "+", "-", "*", "/", "%", "^"} {
		if b, _ := infix(s); b.op == o {
			return b
		}
	}
	return binary{}
}

// printer writes a tree as expression text.
type printer struct {
	strings.Builder
	// field writes a reference.
	field func(n *node) string
}

// print writes n as canonical text; parsing it gives an equal tree.
func printNode(n *node, field func(n *node) string) string {
	p := printer{field: field}
	p.node(n, bindNone)
	return p.String()
}

func (p *printer) node(n *node, outer int) {
	binds := bindingOf(n)
	if binds < outer {
		p.WriteByte('(')
		defer p.WriteByte(')')
	}
	switch n.op {
	case opToNumber, opZero:
		p.node(n.args[0], outer)
	case opNumber:
		p.Write(cairn.AppendJSONNumber(nil, n.num))
	case opText:
		p.WriteString(Quote(n.text))
	case opDate:
		p.WriteString(cairn.Day(n.num).String())
	case opBool:
		p.WriteString(strconv.FormatBool(n.num != 0))
	case opField:
		p.WriteString(p.field(n))
	case opChildren:
		p.WriteString(childrenWord + "." + p.field(n))
	case opCall:
		p.WriteString(n.text)
		p.list(n.args)
	case opNot:
		p.WriteString("not ")
		p.node(n.args[0], bindNot)
	case opNeg, opPlus:
		p.WriteByte(map[op]byte{opNeg: '-', opPlus: '+'}[n.op])
		p.node(n.args[0], bindSign)
	case opPercent:
		p.node(n.args[0], bindPercent)
		p.WriteByte('%')
	default:
		p.infix(n, binds)
	}
}

func (p *printer) infix(n *node, binds int) {
	left, right := binds, binds+1
	switch n.op {
	case opPow:
		left, right = binds+1, bindSign
	case opMod:
		right = bindPow // "5 % -1" would be 5% minus 1
	case opEq, opNe, opLt, opLe, opGt, opGe, opIn:
		left = binds + 1
	}
	p.node(n.args[0], left)
	p.WriteString(spelling(n.op).shown)
	if n.op == opIn {
		p.list(n.args[1:])
		return
	}
	p.node(n.args[1], right)
}

func (p *printer) list(args []*node) {
	p.WriteByte('(')
	for i, a := range args {
		if i > 0 {
			p.WriteString(", ")
		}
		p.node(a, bindNone)
	}
	p.WriteByte(')')
}

func bindingOf(n *node) int {
	switch n.op {
	case opToNumber, opZero:
		return bindingOf(n.args[0])
	case opNumber, opText, opDate, opBool, opField, opChildren, opCall:
		return bindAtom
	case opNot:
		return bindNot
	case opNeg, opPlus:
		return bindSign
	case opPercent:
		return bindPercent
	}
	return spelling(n.op).binds
}

// Quote writes s as a text of the language.
func Quote(s string) string { return `"` + strings.ReplaceAll(s, `"`, `""`) + `"` }
