package wiki

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// inline converts what stands inside one line.
func (c converter) inline(s string) string {
	var b strings.Builder
	span{c, &b, s, 0, map[string]int{}}.run()
	return b.String()
}

// maxSpan is how far the end of an emphasis, link or image is looked for.
const maxSpan = 2000

// span is a stretch of text inside a line, on its way to b.
type span struct {
	c     converter
	b     *strings.Builder
	s     string
	depth int
	// dead is, by mark, the place up to which no end of an emphasis was found;
	// without it, text full of lone marks would take quadratic time.
	dead map[string]int
}

func (p span) run() {
	for i := 0; i < len(p.s); {
		n := 0
		if p.depth < maxNesting {
			n = p.markup(i)
		}
		if n == 0 {
			n = plainRune(p.b, p.s, i)
		}
		i += n
	}
}

// inside converts a part of the text, one level deeper.
func (p span) inside(s string, depth int) { span{p.c, p.b, s, depth, map[string]int{}}.run() }

// markup converts the construct that starts at s[i] and gives its length, or 0
// when there is none.
func (p span) markup(i int) int {
	rest := p.s[i:]
	switch p.s[i] {
	case '\\':
		return escape(p.b, rest)
	case '{':
		return brace(p.b, rest)
	case '[':
		return p.link(rest)
	case '!':
		return image(p.b, p.s, i)
	case '*':
		return p.emphasis(i, style{"*", "**", "**"})
	case '_':
		return p.emphasis(i, style{"_", "*", "*"})
	case '-':
		if strings.HasPrefix(rest, "---") || strings.HasPrefix(rest, "--") {
			return 0
		}
		return p.emphasis(i, style{"-", "~~", "~~"})
	case '+':
		return p.emphasis(i, style{"+", "", ""})
	case '^':
		return p.emphasis(i, style{"^", "^", ""})
	case '?':
		if strings.HasPrefix(rest, "??") {
			return p.emphasis(i, style{"??", "*", "*"})
		}
	case ':', ';', '(':
		return emoticon(p.b, p.s, i)
	case 'h', 'H':
		return bareURL(p.b, p.s, i)
	}
	return 0
}

// style is an emphasis: its mark in the wiki and around the text in Markdown.
type style struct{ mark, open, close string }

// emphasis converts *bold* and its like: a mark before a word and one after.
func (p span) emphasis(i int, st style) int {
	s, n := p.s, len(st.mark)
	if !boundaryBefore(s, i) || i+n >= len(s) || isSpace(s[i+n:]) || strings.HasPrefix(s[i+n:], st.mark) {
		return 0
	}
	end, limit := -1, min(len(s), i+maxSpan)
	for j := max(i+n, p.dead[st.mark]); j < limit; j++ {
		if s[j] == '\\' {
			j++
			continue
		}
		if strings.HasPrefix(s[j:], st.mark) && j > i+n && !spaceBefore(s, j) && boundaryAfter(s, j+n) {
			end = j
			break
		}
	}
	if end < 0 {
		p.dead[st.mark] = max(p.dead[st.mark], limit)
		return 0
	}
	p.b.WriteString(st.open)
	p.inside(s[i+n:end], p.depth+1)
	p.b.WriteString(st.close)
	return end + n - i
}

// escape keeps a character that a backslash protects.
func escape(b *strings.Builder, rest string) int {
	if strings.HasPrefix(rest, `\\`) {
		n := 2
		for n < len(rest) && rest[n] == ' ' {
			n++
		}
		// A break at the end of a line says nothing.
		if n < len(rest) {
			b.WriteString("  \n")
		}
		return n
	}
	if len(rest) > 1 && strings.IndexByte("*_-+^~?{}[]!|#", rest[1]) >= 0 {
		writeEscaped(b, rune(rest[1]))
		return 2
	}
	return 0
}

// brace converts {{code}} and drops the marks of colours and anchors.
func brace(b *strings.Builder, rest string) int {
	if strings.HasPrefix(rest, "{{") {
		if end := strings.Index(rest[:min(len(rest), maxSpan)], "}}"); end > 2 {
			code(b, rest[2:end])
			return end + 2
		}
		return 0
	}
	end := strings.IndexByte(rest[:min(len(rest), 200)], '}')
	if end < 0 {
		return 0
	}
	name, _, _ := strings.Cut(rest[1:end], ":")
	switch name {
	case "color", "anchor", "toc", "code", "noformat", "quote", "panel":
		return end + 1
	}
	return 0
}

// code writes text as a code span, whatever backticks it holds.
func code(b *strings.Builder, s string) {
	marks := "`"
	for strings.Contains(s, marks) {
		marks += "`"
	}
	if strings.HasPrefix(s, "`") || strings.HasSuffix(s, "`") {
		s = " " + s + " "
	}
	b.WriteString(marks + s + marks)
}

// link converts [text|url], [url], [~user] and [^file].
func (p span) link(rest string) int {
	b := p.b
	end := strings.IndexByte(rest[:min(len(rest), maxSpan)], ']')
	if end < 2 {
		return 0
	}
	inner := rest[1:end]
	switch {
	case inner[0] == '~':
		id := strings.TrimPrefix(inner[1:], "accountid:")
		if id == "" || strings.ContainsAny(id, " []") {
			return 0
		}
		name := ""
		if p.c.opts.Mention != nil {
			name = p.c.opts.Mention(id)
		}
		if name == "" {
			name = id
		}
		b.WriteString("@" + escapeAll(name))
		return end + 1
	case inner[0] == '^' && len(inner) > 1 && !strings.ContainsAny(inner, "|"):
		code(b, inner[1:])
		return end + 1
	}
	text, target, found := strings.Cut(inner, "|")
	if !found {
		text, target = "", inner
	}
	target, more, _ := strings.Cut(target, "|")
	target = strings.TrimSpace(target)
	if !addressed(target) || strings.ContainsAny(target, " \t") {
		return 0
	}
	if more != "" && !strings.HasPrefix(more, "smart-") {
		text += " " + more
	}
	if text = strings.TrimSpace(text); text == "" || text == target {
		autolink(b, target)
		return end + 1
	}
	b.WriteByte('[')
	p.inside(text, maxNesting-1)
	b.WriteString("](" + destination(target) + ")")
	return end + 1
}

// addressed says whether a link target can be followed outside Jira.
func addressed(s string) bool {
	low := strings.ToLower(s)
	for _, scheme := range []string{"http://", "https://", "mailto:", "ftp://", "file:", "#", "/"} {
		if strings.HasPrefix(low, scheme) && len(s) > len(scheme) {
			return true
		}
	}
	return false
}

func autolink(b *strings.Builder, target string) {
	if address, ok := strings.CutPrefix(target, "mailto:"); ok {
		b.WriteString("[" + escapeAll(address) + "](" + destination(target) + ")")
		return
	}
	if strings.HasPrefix(target, "http") && !strings.ContainsAny(target, "<>") {
		b.WriteString("<" + target + ">")
		return
	}
	b.WriteString("[" + escapeAll(target) + "](" + destination(target) + ")")
}

// destination writes a link's address so that no character ends it early.
func destination(s string) string {
	return strings.NewReplacer("(", "%28", ")", "%29", "<", "%3C", ">", "%3E", " ", "%20").Replace(s)
}

// bareURL copies an address untouched, so that its underscores stay.
func bareURL(b *strings.Builder, s string, i int) int {
	rest := s[i:]
	low := strings.ToLower(rest[:min(len(rest), 8)])
	if !strings.HasPrefix(low, "http://") && !strings.HasPrefix(low, "https://") || !boundaryBefore(s, i) {
		return 0
	}
	end := strings.IndexAny(rest, " \t|]{}<>\"")
	if end < 0 {
		end = len(rest)
	}
	url := strings.TrimRight(rest[:end], ".,;:!?)'*_")
	b.WriteString("<" + url + ">")
	return len(url)
}

// image converts !file.png! and !file.png|width=300!.
func image(b *strings.Builder, s string, i int) int {
	rest := s[i:]
	if !boundaryBefore(s, i) || len(rest) < 3 {
		return 0
	}
	end := strings.IndexByte(rest[1:min(len(rest), maxSpan)], '!')
	if end < 1 {
		return 0
	}
	name, params, _ := strings.Cut(rest[1:end+1], "|")
	if !strings.Contains(name, ".") || strings.ContainsAny(name, "\"'()<>") || strings.TrimSpace(name) != name || !boundaryAfter(s, i+end+2) {
		return 0
	}
	alt := name
	for _, p := range strings.Split(params, ",") {
		if t, ok := strings.CutPrefix(strings.TrimSpace(p), "alt="); ok {
			alt = strings.Trim(t, `"`)
		}
	}
	b.WriteString("![" + escapeAll(alt) + "](" + destination(name) + ")")
	return end + 2
}

// emoticon converts :) and (/) and their like.
func emoticon(b *strings.Builder, s string, i int) int {
	rest := s[i:]
	if !boundaryBefore(s, i) {
		return 0
	}
	for _, e := range [][2]string{
		{":)", "🙂"}, {":-)", "🙂"}, {":(", "🙁"}, {":-(", "🙁"}, {":P", "😛"}, {":D", "😀"}, {":-D", "😀"}, {";)", "😉"}, {";-)", "😉"},
		{"(y)", "👍"}, {"(n)", "👎"}, {"(i)", "ℹ️"}, {"(/)", "✅"}, {"(x)", "❌"}, {"(!)", "⚠️"}, {"(?)", "❓"}, {"(+)", "➕"}, {"(-)", "➖"},
		{"(on)", "💡"}, {"(off)", "🌑"}, {"(*)", "⭐"}, {"(*r)", "⭐"}, {"(*g)", "⭐"}, {"(*b)", "⭐"}, {"(*y)", "⭐"}, {"(flag)", "🚩"}, {"(flagoff)", "🏳️"},
	} {
		if strings.HasPrefix(rest, e[0]) && boundaryAfter(s, i+len(e[0])) {
			b.WriteString(e[1])
			return len(e[0])
		}
	}
	return 0
}

// plainRune copies one character, protected from Markdown.
func plainRune(b *strings.Builder, s string, i int) int {
	r, n := utf8.DecodeRuneInString(s[i:])
	if r == '_' && i > 0 && i+1 < len(s) && isWord(s[i-1]) && isWord(s[i+1]) {
		b.WriteByte('_') // snake_case is safe
		return n
	}
	if r == utf8.RuneError && n == 1 {
		b.WriteString("�")
		return n
	}
	writeEscaped(b, r)
	return n
}

func writeEscaped(b *strings.Builder, r rune) {
	if r < utf8.RuneSelf && strings.IndexByte("*_`<[]~\\", byte(r)) >= 0 {
		b.WriteByte('\\')
	}
	b.WriteRune(r)
}

func escapeAll(s string) string {
	var b strings.Builder
	for _, r := range s {
		writeEscaped(&b, r)
	}
	return b.String()
}

func isWord(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c >= 0x80
}

func isSpace(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsSpace(r)
}

func spaceBefore(s string, i int) bool {
	r, _ := utf8.DecodeLastRuneInString(s[:i])
	return unicode.IsSpace(r)
}

// boundaryBefore says whether a mark may start at s[i]: not inside a word.
func boundaryBefore(s string, i int) bool {
	if i == 0 {
		return true
	}
	r, _ := utf8.DecodeLastRuneInString(s[:i])
	return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '\\'
}

func boundaryAfter(s string, i int) bool {
	if i >= len(s) {
		return true
	}
	r, _ := utf8.DecodeRuneInString(s[i:])
	return !unicode.IsLetter(r) && !unicode.IsDigit(r)
}
