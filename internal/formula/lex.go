package formula

import (
	"strconv"
	"strings"
	"unicode"

	"cairn"
)

// tokenKind says what a token is.
type tokenKind uint8

const (
	tokEnd tokenKind = iota
	tokNumber
	tokText
	tokDate
	tokField // {Name}
	tokIdent // bare name, function or keyword
	tokOp    // operator, bracket or separator, in its plain spelling
	tokBad
)

// token is one word of an expression; pos and end count characters.
type token struct {
	kind     tokenKind
	pos, end int
	// text is the operator's plain spelling, the identifier as written, or the
	// content of a text or a field reference.
	text string
	num  float64
	// bad explains a tokBad.
	bad *Error
}

// lexer cuts an expression into tokens.
type lexer struct {
	src    []rune
	at     int
	tokens []token
}

// lex cuts src into tokens, the last of which is tokEnd. Mistakes become tokBad.
func lex(src string) []token {
	l := lexer{src: []rune(src)}
	for {
		for l.at < len(l.src) && (unicode.IsSpace(l.src[l.at]) || l.src[l.at] == '\ufeff') {
			l.at++
		}
		if l.at >= len(l.src) {
			l.tokens = append(l.tokens, token{kind: tokEnd, pos: l.at, end: l.at})
			return l.tokens
		}
		start := l.at
		t := l.next()
		t.pos, t.end = start, l.at
		if t.bad != nil {
			t.kind = tokBad
			t.bad.Pos, t.bad.End = t.pos, t.end
		}
		l.tokens = append(l.tokens, t)
	}
}

func (l *lexer) peek(ahead int) rune {
	if l.at+ahead >= len(l.src) {
		return 0
	}
	return l.src[l.at+ahead]
}

func (l *lexer) next() token {
	c := l.peek(0)
	switch {
	case isDigit(c), c == '.' && isDigit(l.peek(1)):
		if t, ok := l.bareDate(); ok {
			return t
		}
		return l.number()
	case isWordStart(c):
		start := l.at
		for l.at < len(l.src) && isWord(l.src[l.at]) {
			l.at++
		}
		return token{kind: tokIdent, text: string(l.src[start:l.at])}
	}
	switch c {
	case '"', '\'', '“', '„', '‘', '”':
		return l.quoted(c)
	case '{':
		return l.field()
	case '#':
		return l.hashDate()
	}
	return l.operator()
}

// quoted reads a text; the quote itself is written twice inside it.
func (l *lexer) quoted(open rune) token {
	closing := func(c rune) bool { return c == open }
	switch open {
	case '“', '„', '”':
		closing = func(c rune) bool { return c == '”' || c == '“' }
	case '‘':
		closing = func(c rune) bool { return c == '’' }
	}
	l.at++
	var b strings.Builder
	for ; l.at < len(l.src); l.at++ {
		c := l.src[l.at]
		if !closing(c) {
			b.WriteRune(c)
			continue
		}
		if !closing(l.peek(1)) {
			l.at++
			return token{kind: tokText, text: b.String()}
		}
		b.WriteRune(c)
		l.at++
	}
	return token{text: b.String(), bad: &Error{
		Message: "The text that starts here does not end",
		Remedy:  "Close it with " + string(open) + ".",
	}}
}

func (l *lexer) field() token {
	start := l.at + 1
	for l.at++; l.at < len(l.src); l.at++ {
		switch l.src[l.at] {
		case '}':
			name := strings.TrimSpace(string(l.src[start:l.at]))
			l.at++
			if name == "" {
				return token{bad: &Error{Message: "The braces are empty", Remedy: "Write a field's name between them, as in {Impact}."}}
			}
			return token{kind: tokField, text: name}
		case '{', '\n':
			return unclosedField(string(l.src[start:l.at]))
		}
	}
	return unclosedField(string(l.src[start:]))
}

func unclosedField(name string) token {
	return token{text: strings.TrimSpace(name), bad: &Error{
		Message: "The field name that starts here does not end", Remedy: "Close it with }, as in {Impact}.",
	}}
}

// bareDate reads 2026-11-23 where it stands alone and without spaces (FML-6).
func (l *lexer) bareDate() (token, bool) {
	const shape = "dddd-dd-dd"
	if l.at+len(shape) > len(l.src) {
		return token{}, false
	}
	for i, want := range shape {
		c := l.peek(i)
		if want == 'd' && !isDigit(c) || want == '-' && c != '-' {
			return token{}, false
		}
	}
	if after := l.peek(len(shape)); isWord(after) || after == '.' && isDigit(l.peek(len(shape)+1)) {
		return token{}, false
	}
	text := string(l.src[l.at : l.at+len(shape)])
	l.at += len(shape)
	return dateToken(text), true
}

func (l *lexer) hashDate() token {
	start := l.at + 1
	for l.at++; l.at < len(l.src) && l.at-start < 40 && l.src[l.at] != '\n'; l.at++ {
		if l.src[l.at] == '#' {
			text := strings.TrimSpace(string(l.src[start:l.at]))
			l.at++
			return dateToken(text)
		}
	}
	return token{bad: &Error{Message: "The date that starts here does not end", Remedy: "Write it as #2026-11-23#."}}
}

func dateToken(text string) token {
	day, ok := cairn.ParseDay(text)
	if !ok {
		return token{bad: &Error{
			Message: strconv.Quote(text) + " is not a day of the calendar",
			Remedy:  "Write dates as 2026-11-23; put spaces around − to subtract numbers.",
		}}
	}
	return token{kind: tokDate, num: float64(day), text: text}
}

// number reads 12, 1_000, .5 and 1e6.
func (l *lexer) number() token {
	start := l.at
	digits := func() {
		for isDigit(l.peek(0)) || l.peek(0) == '_' && isDigit(l.peek(1)) {
			l.at++
		}
	}
	digits()
	if l.peek(0) == '.' && isDigit(l.peek(1)) {
		l.at++
		digits()
	}
	if c := l.peek(0); c == 'e' || c == 'E' {
		sign := 0
		if s := l.peek(1); s == '+' || s == '-' {
			sign = 1
		}
		if isDigit(l.peek(1 + sign)) {
			l.at += 1 + sign
			digits()
		}
	}
	text := strings.ReplaceAll(string(l.src[start:l.at]), "_", "")
	if isWord(l.peek(0)) {
		for isWord(l.peek(0)) {
			l.at++
		}
		return token{bad: &Error{
			Message: strconv.Quote(string(l.src[start:l.at])) + " is neither a number nor a name",
			Remedy:  "Write × or * between a number and a name, and put field names that start with a digit in braces.",
		}}
	}
	x, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return token{bad: &Error{Message: "The number is too large", Remedy: "Numbers go up to about 10^308."}}
	}
	return token{kind: tokNumber, num: x, text: text}
}

// operator reads an operator and gives it one plain spelling.
func (l *lexer) operator() token {
	pair := string(l.peek(0)) + string(l.peek(1))
	switch pair {
	case "==":
		return l.op("=", 2)
	case "!=", "<>":
		return l.op("!=", 2)
	case "<=", ">=":
		return l.op(pair, 2)
	case "&&":
		return l.op("and", 2)
	case "||":
		return l.op("or", 2)
	}
	c := l.peek(0)
	switch c {
	case '+', '*', '/', '^', '%', '(', ')', ',', ';', '=', '<', '>', '-', '.':
		return l.op(string(c), 1)
	case '×', '·', '⋅', '∗':
		return l.op("*", 1)
	case '÷', '∕':
		return l.op("/", 1)
	case '−', '–':
		return l.op("-", 1)
	case '≤':
		return l.op("<=", 1)
	case '≥':
		return l.op(">=", 1)
	case '≠':
		return l.op("!=", 1)
	case '!':
		return l.op("not", 1)
	}
	l.at++
	remedy := "Remove it, or put field names in braces and texts in quotes."
	switch c {
	case '&':
		remedy = `Write "and" to join conditions, concat(…) to join texts.`
	case '|':
		remedy = `Write "or".`
	case '}':
		remedy = "A field name starts with {, as in {Impact}."
	case '[', ']':
		remedy = "Use round brackets; field names stand in braces, as in {Impact}."
	}
	return token{bad: &Error{Message: strconv.QuoteRune(c) + " has no meaning here", Remedy: remedy}}
}

func (l *lexer) op(plain string, width int) token {
	l.at += width
	return token{kind: tokOp, text: plain}
}

func isDigit(c rune) bool { return c >= '0' && c <= '9' }

func isWordStart(c rune) bool { return c == '_' || unicode.IsLetter(c) }

func isWord(c rune) bool {
	return c == '_' || unicode.IsLetter(c) || unicode.IsDigit(c) || unicode.Is(unicode.M, c)
}

func isKeyword(s string) bool {
	switch strings.ToLower(s) {
	case "and", "or", "not", "in", "is", "true", "false":
		return true
	}
	return false
}
