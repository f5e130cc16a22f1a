package formula

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// Limits of an expression.
const (
	// MaxLength is the largest number of characters.
	MaxLength = 10_000
	// MaxNesting is how deep brackets, calls and signs may stand in each other.
	MaxNesting = 200
)

// Error is a mistake in an expression, with where it is and what to do.
type Error struct {
	Message string `json:"message"`
	// Pos and End bound the part at fault, in characters from 0, End excluded.
	Pos int `json:"pos"`
	End int `json:"end"`
	// Remedy is a sentence that says what to do.
	Remedy string `json:"remedy,omitempty"`
}

// Error returns message, position (counted from 1) and remedy in one line.
func (e Error) Error() string {
	s := fmt.Sprintf("%s (character %d)", e.Message, e.Pos+1)
	if e.Remedy != "" {
		s += ". " + e.Remedy
	}
	return s
}

// parser builds the tree by precedence climbing.
type parser struct {
	tokens []token
	at     int
	// depth and calls count what the parser stands in.
	depth, calls int
}

// stop carries the first mistake out of the recursion.
type stop struct{ err Error }

// parse reads an expression. Names are not looked up yet.
func parse(src string) (root *node, failed *Error) {
	if n := utf8.RuneCountInString(src); n > MaxLength {
		return nil, &Error{
			Message: fmt.Sprintf("The expression has %d characters; at most %d fit", n, MaxLength),
			Pos:     MaxLength, End: n, Remedy: "Move parts of it into formula fields of their own.",
		}
	}
	p := &parser{tokens: lex(src)}
	defer func() {
		switch r := recover().(type) {
		case nil:
		case stop:
			root, failed = nil, &r.err
		default:
			panic(r)
		}
	}()
	if p.peek().kind == tokEnd {
		p.fail(p.peek(), "The expression is empty", "Write a field, a number or a function, such as {Impact} / {Effort}.")
	}
	root = p.expression(bindOr)
	if t := p.peek(); t.kind != tokEnd {
		p.unexpected(t)
	}
	return root, nil
}

func (p *parser) peek() token { return p.tokens[p.at] }

func (p *parser) next() token {
	t := p.tokens[p.at]
	if t.kind != tokEnd {
		p.at++
	}
	return t
}

func (p *parser) fail(t token, message, remedy string) {
	panic(stop{Error{Message: message, Pos: t.pos, End: t.end, Remedy: remedy}})
}

// isOp reports whether t is one of the operators, written as sign or word.
func isOp(t token, names ...string) bool {
	switch t.kind {
	case tokOp:
		return slices.Contains(names, t.text)
	case tokIdent:
		return isKeyword(t.text) && slices.Contains(names, strings.ToLower(t.text))
	}
	return false
}

func (p *parser) enter(t token) {
	p.depth++
	if p.depth > MaxNesting {
		p.fail(t, fmt.Sprintf("The expression is nested more than %d deep", MaxNesting), "Move parts of it into formula fields of their own.")
	}
}

// expression reads an operand and all operators that bind at least as tightly.
func (p *parser) expression(binds int) *node {
	p.enter(p.peek())
	defer func() { p.depth-- }()
	left := p.prefix()
	for {
		t := p.peek()
		if isOp(t, "%") && !p.operandFollows(p.at+1) {
			if binds > bindPercent {
				return left
			}
			p.next()
			left = &node{op: opPercent, args: []*node{left}, pos: left.pos, end: t.end}
			continue
		}
		if isOp(t, "is") || isOp(t, "not") && isOp(p.tokens[p.at+1], "in") {
			if binds > bindCompare {
				return left
			}
			left = p.wordOperator(left)
			p.refuseChain()
			continue
		}
		b, ok := binary{}, false
		if t.kind == tokOp || t.kind == tokIdent && isKeyword(t.text) {
			b, ok = infix(strings.ToLower(t.text))
		}
		if !ok || b.binds < binds {
			return left
		}
		p.next()
		left = p.binary(left, b)
	}
}

func (p *parser) binary(left *node, b binary) *node {
	switch {
	case b.op == opIn:
		n := p.membership(left)
		p.refuseChain()
		return n
	case b.op == opPow:
		right := p.expression(bindSign) // right-associative, and 2^-1 is allowed
		return &node{op: opPow, args: []*node{left, right}, pos: left.pos, end: right.end}
	}
	right := p.expression(b.binds + 1)
	if b.binds == bindCompare {
		p.refuseChain()
	}
	return &node{op: b.op, args: []*node{left, right}, pos: left.pos, end: right.end}
}

// refuseChain stops at 1 < x < 5, which means something else in every language.
func (p *parser) refuseChain() {
	t := p.peek()
	if b, ok := infix(t.text); (ok && t.kind == tokOp && b.binds == bindCompare) || isOp(t, "in", "is") {
		p.fail(t, "Comparisons cannot be chained", "Join two of them with and, as in 1 < {Impact} and {Impact} < 5.")
	}
}

// membership reads the right side of in: a list in brackets or one operand.
func (p *parser) membership(left *node) *node {
	n := &node{op: opIn, args: []*node{left}, pos: left.pos}
	if !isOp(p.peek(), "(") {
		right := p.expression(bindAdd)
		n.args, n.end = append(n.args, right), right.end
		return n
	}
	args, end := p.arguments()
	if len(args) == 0 {
		p.fail(token{pos: left.pos, end: end}, "The list after in is empty", `List what to look for, as in {Status} in ("Now", "Next").`)
	}
	n.args, n.end = append(n.args, args...), end
	return n
}

// wordOperator reads "is empty", "is not empty" and "not in (…)".
func (p *parser) wordOperator(left *node) *node {
	if isOp(p.next(), "not") {
		p.next() // in
		in := p.membership(left)
		return &node{op: opNot, args: []*node{in}, pos: in.pos, end: in.end}
	}
	name := "is_empty"
	if isOp(p.peek(), "not") {
		p.next()
		name = "is_filled"
	}
	t := p.next()
	if t.kind != tokIdent || !strings.EqualFold(t.text, "empty") {
		p.fail(t, `After "is" stands "empty" or "not empty"`, "Use = to compare values.")
	}
	return &node{op: opCall, text: name, args: []*node{left}, pos: left.pos, end: t.end}
}

// operandFollows tells 7 % 4 from 50%: what comes after the sign decides.
func (p *parser) operandFollows(at int) bool {
	t := p.tokens[at]
	switch {
	case isOp(t, "not"):
		return !isOp(p.tokens[at+1], "in")
	case t.kind == tokIdent:
		return !isOp(t, "and", "or", "in", "is")
	case t.kind == tokOp:
		return t.text == "("
	}
	return t.kind == tokNumber || t.kind == tokText || t.kind == tokDate || t.kind == tokField
}

func (p *parser) prefix() *node {
	t := p.next()
	n := &node{pos: t.pos, end: t.end, num: t.num, text: t.text}
	switch t.kind {
	case tokNumber:
		n.op = opNumber
		p.refuseDecimalComma(t)
		return n
	case tokText:
		n.op = opText
		return n
	case tokDate:
		n.op = opDate
		return n
	case tokField:
		n.op = opField
		return n
	case tokIdent:
		return p.word(t, n)
	case tokOp:
		switch t.text {
		case "(":
			n = p.expression(bindOr)
			p.closing(t)
			return n
		case "-", "+":
			n.op = map[string]op{"-": opNeg, "+": opPlus}[t.text]
			return p.sign(n, bindSign)
		case "not":
			n.op = opNot
			return p.sign(n, bindNot)
		}
	}
	p.unexpected(t)
	return nil
}

func (p *parser) sign(n *node, binds int) *node {
	operand := p.expression(binds)
	n.args, n.end, n.text = []*node{operand}, operand.end, ""
	return n
}

// word reads a name: a keyword, a function call or a field without braces.
func (p *parser) word(t token, n *node) *node {
	switch strings.ToLower(t.text) {
	case "not":
		n.op = opNot
		return p.sign(n, bindNot)
	case "true", "false":
		n.op = opBool
		if strings.EqualFold(t.text, "true") {
			n.num = 1
		}
		n.text = ""
		return n
	case "and", "or", "in", "is":
		p.unexpected(t)
	}
	if strings.EqualFold(t.text, childrenWord) && isOp(p.peek(), ".") {
		return p.children(n)
	}
	if isOp(p.peek(), "(") {
		n.op = opCall
		n.args, n.end = p.arguments()
		return n
	}
	n.op = opField
	n.mode = modeBare
	return n
}

// arguments reads (a, b; c).
func (p *parser) arguments() (args []*node, end int) {
	open := p.next()
	if isOp(p.peek(), ")") {
		return nil, p.next().end
	}
	p.calls++
	defer func() { p.calls-- }()
	for {
		args = append(args, p.expression(bindOr))
		if t := p.peek(); isOp(t, ",", ";") {
			p.next()
			continue
		}
		return args, p.closing(open)
	}
}

func (p *parser) closing(open token) (end int) {
	t := p.peek()
	if isOp(t, ")") {
		return p.next().end
	}
	if t.kind == tokEnd {
		p.fail(open, "The bracket that opens here is never closed", "Add ) where it ends.")
	}
	p.unexpected(t)
	return 0
}

// refuseDecimalComma explains 1,5 outside of a call's arguments.
func (p *parser) refuseDecimalComma(t token) {
	comma := p.peek()
	if p.calls > 0 || !isOp(comma, ",") || comma.pos != t.end {
		return
	}
	if after := p.tokens[p.at+1]; after.kind == tokNumber && after.pos == comma.end {
		p.fail(token{pos: t.pos, end: after.end}, "Numbers are written with a decimal point", fmt.Sprintf("Write %s.%s, or %s%s without the comma.", t.text, after.text, t.text, after.text))
	}
}

func (p *parser) unexpected(t token) {
	switch {
	case t.kind == tokBad:
		panic(stop{*t.bad})
	case t.kind == tokEnd:
		p.fail(t, "The expression ends too early", "Add the value that is missing after the last sign.")
	case isOp(t, ")"):
		p.fail(t, "This bracket closes nothing here", "Remove it, or add what is missing before it.")
	case isOp(t, ",", ";"):
		p.fail(t, "A separator stands outside of a function", "Separators belong between the values of a function, as in max(1, 2).")
	case t.kind == tokOp || t.kind == tokIdent && isKeyword(t.text):
		p.fail(t, fmt.Sprintf("There is no value before %q", t.text), "Add a field, a number or a function.")
	}
	p.fail(t, "An operator is missing before this", "Put +, −, × or another operator in between; names of several words stand in braces, as in {Story points}.")
}
