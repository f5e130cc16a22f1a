package formula

import (
	"slices"
	"strings"
	"unicode"

	"cairn"
)

// Completion is one thing that the editor may offer.
type Completion struct {
	// Kind is field, function, option or word.
	Kind   string `json:"kind"`
	Label  string `json:"label"`
	Detail string `json:"detail,omitempty"`
	// Insert replaces the characters [From,To) of the expression.
	Insert string `json:"insert"`
	From   int    `json:"from"`
	To     int    `json:"to"`
}

// maxCompletions bounds a list, which a person has to read.
const maxCompletions = 50

// Complete lists what may stand at the cursor, a position in characters, the
// likeliest first: fields, functions, and after a comparison with a field the
// options, people or labels of that field (when schema is also Choices).
func Complete(expr string, cursor int, schema Schema) []Completion {
	src := []rune(expr)
	cursor = min(max(cursor, 0), len(src))
	tokens := lex(string(src[:cursor]))
	tokens = tokens[:len(tokens)-1] // without the end
	c := completer{schema: schema, from: cursor, to: cursor}
	c.current(tokens, src)
	before := tokens
	if c.typing {
		before = tokens[:len(tokens)-1]
	}
	if names := c.choices(before); names != nil {
		c.offerChoices(names)
		if c.quoted || len(c.out) > 0 {
			return c.result()
		}
	}
	if c.quoted {
		return nil
	}
	if !c.braced && endsOperand(before) {
		c.offerWords("and", "or", "in", "is empty", "is not empty")
		return c.result()
	}
	c.offerFields()
	if !c.braced && !ofChildren(before) {
		c.offerFunctions()
		c.offerChildren(before)
		c.offerWords("not", "true", "false")
	}
	return c.result()
}

type completer struct {
	schema   Schema
	prefix   string
	from, to int
	typing   bool // the last token is being typed
	quoted   bool // inside a text
	braced   bool // inside a field reference
	out      []ranked
}

type ranked struct {
	Completion
	rank int
}

// current finds out what the word under the cursor is.
func (c *completer) current(tokens []token, src []rune) {
	if len(tokens) == 0 {
		return
	}
	t := tokens[len(tokens)-1]
	open := t.kind == tokBad && t.end == c.to
	switch {
	case t.kind == tokIdent && t.end == c.to:
		c.prefix = t.text
	case open && src[t.pos] == '{':
		c.prefix, c.braced = strings.TrimSpace(string(src[t.pos+1:c.to])), true
	case open && (src[t.pos] == '"' || src[t.pos] == '\''):
		c.prefix, c.quoted = string(src[t.pos+1:c.to]), true
	default:
		return
	}
	c.typing, c.from = true, t.pos
	for c.to < len(src) && (c.braced || !c.quoted) && isWord(src[c.to]) {
		c.to++
	}
	switch {
	case c.braced && c.to < len(src) && src[c.to] == '}',
		c.quoted && c.to < len(src) && src[c.to] == src[t.pos]:
		c.to++
	}
}

// endsOperand reports whether an operator has to follow.
func endsOperand(tokens []token) bool {
	if len(tokens) == 0 {
		return false
	}
	switch t := tokens[len(tokens)-1]; t.kind {
	case tokNumber, tokText, tokDate, tokField:
		return true
	case tokIdent:
		return !isKeyword(t.text) || strings.EqualFold(t.text, "true") || strings.EqualFold(t.text, "false")
	case tokOp:
		return t.text == ")"
	}
	return false
}

// choices returns what the field before a comparison may hold, nil when the
// cursor is not behind one.
func (c *completer) choices(tokens []token) []string {
	source, ok := c.schema.(Choices)
	if !ok {
		return nil
	}
	i := len(tokens) - 1
	for i >= 0 && (tokens[i].kind == tokText || isOp(tokens[i], ",", ";", "(")) { // inside in ("a", "b
		if isOp(tokens[i], "(") && i > 0 && tokens[i-1].kind == tokIdent && !isKeyword(tokens[i-1].text) {
			return nil
		}
		i--
	}
	if i < 1 {
		return nil
	}
	inCall := i < len(tokens)-1
	field := tokens[i]
	switch {
	case isOp(tokens[i], "=", "!=") && !inCall, isOp(tokens[i], "in"):
		if field = tokens[i-1]; isOp(field, "not") && i > 1 {
			field = tokens[i-2]
		}
	case inCall && i > 1 && isOp(tokens[i+1], ",", ";") && isOp(tokens[i-1], "(") && isMember(tokens[i-2]):
	default:
		return nil
	}
	if field.kind != tokField && field.kind != tokIdent {
		return nil
	}
	ref, ok := resolve(c.schema, field.text)
	if !ok || c.schema.Name(ref) == "" {
		return nil
	}
	return source.Choices(ref)
}

// isMember reports whether a function takes entries of the field before them.
func isMember(t token) bool {
	return t.kind == tokIdent && slices.Contains([]string{"has", "contains", "switch"}, strings.ToLower(t.text))
}

// offer adds a completion if the typed letters fit: at its start, at the start
// of one of its words, or (two letters and more) anywhere, in that order.
func (c *completer) offer(k Completion, order int) {
	typed, have := strings.ToLower(c.prefix), strings.ToLower(k.Label)
	rank := 3
	switch at := strings.Index(have, typed); {
	case at < 0:
		return
	case at == 0:
		rank = 0
	case !unicode.IsLetter(rune(have[at-1])):
		rank = 1
	case len(typed) < 2:
		return
	default:
		rank = 2
	}
	k.From, k.To = c.from, c.to
	c.out = append(c.out, ranked{k, rank*1_000_000 + order})
}

func (c *completer) offerChoices(names []string) {
	for i, name := range names {
		c.offer(Completion{Kind: "option", Label: name, Insert: Quote(name)}, i)
	}
}

func (c *completer) offerFields() {
	for i, name := range c.schema.Names() {
		ref, ok := resolve(c.schema, name)
		if !ok || c.schema.Kind(ref) == Null {
			continue
		}
		c.offer(Completion{Kind: "field", Label: name, Detail: c.schema.Kind(ref).words(), Insert: showRef(ref, c.schema)}, i)
	}
}

func (c *completer) offerFunctions() {
	for i, f := range library {
		insert := f.Name + "("
		if len(f.params) == 0 {
			insert += ")"
		}
		c.offer(Completion{Kind: "function", Label: f.Name, Detail: f.Signature + ": " + f.Help, Insert: insert}, 1000+i)
	}
}

// ofChildren reports whether the cursor stands behind "children.".
func ofChildren(before []token) bool {
	return len(before) > 1 && meansChildren(append(before[:len(before):len(before)], token{}), len(before)-2)
}

// offerChildren offers what a function that sums children up begins with.
func (c *completer) offerChildren(before []token) {
	if n := len(before); n < 2 || !isOp(before[n-1], "(") {
		return
	}
	if op, ok := summaryOf(library.find(before[len(before)-2].text)); ok {
		c.offer(Completion{Kind: "word", Label: childrenWord + ".", Detail: "a value of the live direct children", Insert: childrenWord + "."}, -2)
		if op == cairn.RollupFilled {
			c.offer(Completion{Kind: "word", Label: childrenWord, Detail: "how many live direct children there are", Insert: childrenWord}, -1)
		}
	}
}

func (c *completer) offerWords(words ...string) {
	for i, w := range words {
		c.offer(Completion{Kind: "word", Label: w, Insert: w}, 2000+i)
	}
}

func (c *completer) result() []Completion {
	slices.SortStableFunc(c.out, func(a, b ranked) int { return a.rank - b.rank })
	out := make([]Completion, 0, min(len(c.out), maxCompletions))
	for _, r := range c.out[:min(len(c.out), maxCompletions)] {
		out = append(out, r.Completion)
	}
	return out
}
