package wiki

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// inline converts what stands inside one line.
func (c converter) inline(s string) string {
	var b strings.Builder
	c.span(&b, s, 0)
	return b.String()
}

// maxSpan is how far the end of an emphasis, link or image is looked for.
const maxSpan = 2000

func (c converter) span(b *strings.Builder, s string, depth int) {
	for i := 0; i < len(s); {
		n := 0
		if depth < maxNesting {
			n = c.markup(b, s, i, depth)
		}
		if n == 0 {
			n = plainRune(b, s, i)
		}
		i += n
	}
}

// markup converts the construct that starts at s[i] and gives its length, or 0
// when there is none.
func (c converter) markup(b *strings.Builder, s string, i, depth int) int {
	rest := s[i:]
	switch s[i] {
	case '\\':
		return escape(b, rest)
	case '{':
		return c.brace(b, rest, depth)
	case '[':
		return c.link(b, rest, s, i)
	case '!':
		return image(b, rest, s, i)
	case '*':
		return c.emphasis(b, s, i, style{"*", "**", "**"}, depth)
	case '_':
		return c.emphasis(b, s, i, style{"_", "*", "*"}, depth)
	case '-':
		if strings.HasPrefix(rest, "---") || strings.HasPrefix(rest, "--") {
			return 0
		}
		return c.emphasis(b, s, i, style{"-", "~~", "~~"}, depth)
	case '+':
		return c.emphasis(b, s, i, style{"+", "", ""}, depth)
	case '^':
		return c.emphasis(b, s, i, style{"^", "^", ""}, depth)
	case '?':
		if strings.HasPrefix(rest, "??") {
			return c.emphasis(b, s, i, style{"??", "*", "*"}, depth)
		}
	case ':', ';', '(':
		return emoticon(b, rest, s, i)
	case 'h', 'H':
		return bareURL(b, rest, s, i)
	}
	return 0
}

// style is an emphasis: its mark in the wiki and around the text in Markdown.
type style struct{ mark, open, close string }

// emphasis converts *bold* and its like: a mark before a word and one after.
func (c converter) emphasis(b *strings.Builder, s string, i int, st style, depth int) int {
	n := len(st.mark)
	if !boundaryBefore(s, i) || i+n >= len(s) || isSpace(s[i+n:]) || strings.HasPrefix(s[i+n:], st.mark) {
		return 0
	}
	end := -1
	for j := i + n; j < min(len(s), i+maxSpan); j++ {
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
		return 0
	}
	b.WriteString(st.open)
	c.span(b, s[i+n:end], depth+1)
	b.WriteString(st.close)
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
func (c converter) brace(b *strings.Builder, rest string, depth int) int {
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
func (c converter) link(b *strings.Builder, rest, s string, i int) int {
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
		if c.opts.Mention != nil {
			name = c.opts.Mention(id)
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
	c.span(b, text, maxNesting-1)
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
func bareURL(b *strings.Builder, rest, s string, i int) int {
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
func image(b *strings.Builder, rest, s string, i int) int {
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
func emoticon(b *strings.Builder, rest, s string, i int) int {
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
