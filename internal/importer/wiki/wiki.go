// Package wiki turns Jira's wiki notation into Markdown. It keeps all visible
// text whatever the input: what it does not understand stays as it is.
//
// Start with Convert. blocks.go reads lines (headings, lists, tables, quotes,
// code), inline.go what stands inside a line.
package wiki

import "strings"

// Options adjust a conversion.
type Options struct {
	// Mention gives the name to show for [~id] and [~accountid:id]; nil or ""
	// shows the id.
	Mention func(id string) string
}

// maxNesting is how deep quotes and panels are followed.
const maxNesting = 12

// maxParams is how long the parameters of a macro may be.
const maxParams = 1000

// Convert gives wiki text as Markdown (CommonMark with tables and
// strikethrough). Single line ends stay line ends, as they do in Jira.
func Convert(s string, o Options) string {
	s = strings.ToValidUTF8(s, "�")
	s = strings.ReplaceAll(s, "\r\n", "\n")
	s = strings.ReplaceAll(s, "\r", "\n")
	c := converter{opts: o}
	return strings.TrimSpace(c.blocks(s, 0))
}

type converter struct{ opts Options }

// macro is a block in braces, such as {code:java} … {code}.
type macro struct {
	name   string
	params string
	start  int // of the opening brace
	body   int // after the opening tag
	end    int // of the closing tag; len(s) when it is missing
	after  int // after the closing tag
}

// blocks converts text that may hold block macros.
func (c converter) blocks(s string, depth int) string {
	var out []string
	add := func(part string) {
		if part = strings.Trim(part, "\n"); part != "" {
			out = append(out, part)
		}
	}
	open := map[string]bool{}
	for {
		m, ok := nextMacro(s, open)
		if !ok {
			add(c.lines(s))
			return strings.Join(out, "\n\n")
		}
		add(c.lines(s[:m.start]))
		body := s[m.body:m.end]
		switch {
		case m.name == "code" || m.name == "noformat":
			add(title(m.params))
			add(fence(body, language(m)))
		case depth >= maxNesting:
			add(c.lines(body))
		case m.name == "panel":
			inner := c.blocks(body, depth+1)
			if t := title(m.params); t != "" {
				inner = t + "\n\n" + inner
			}
			add(prefix(inner, "> "))
		default:
			add(prefix(c.blocks(body, depth+1), "> "))
		}
		s = s[m.after:]
	}
}

// nextMacro finds the first block macro of s. unclosed remembers the names
// whose closing tag is missing from here on, so that each is looked for once.
func nextMacro(s string, unclosed map[string]bool) (macro, bool) {
	for at := 0; ; {
		i := strings.IndexByte(s[at:], '{')
		if i < 0 {
			return macro{}, false
		}
		at += i
		if at > 0 && s[at-1] == '\\' {
			at++
			continue
		}
		m, ok := readTag(s, at)
		if !ok || unclosed[m.name] {
			at++
			continue
		}
		closing := "{" + m.name + "}"
		j := strings.Index(s[m.body:], closing)
		if j < 0 {
			// Code that never ends runs to the end, as in Jira; a quote or panel
			// that never ends is no quote.
			if m.name == "code" || m.name == "noformat" {
				m.end, m.after = len(s), len(s)
				return m, true
			}
			unclosed[m.name] = true
			at++
			continue
		}
		m.end = m.body + j
		m.after = m.end + len(closing)
		return m, true
	}
}

// readTag reads the opening tag of a block macro at s[at].
func readTag(s string, at int) (macro, bool) {
	for _, name := range []string{"code", "noformat", "quote", "panel"} {
		rest := s[at+1:]
		if !strings.HasPrefix(rest, name) {
			continue
		}
		rest = rest[len(name):]
		start := at + 1 + len(name)
		if strings.HasPrefix(rest, "}") {
			return macro{name: name, start: at, body: start + 1}, true
		}
		if !strings.HasPrefix(rest, ":") {
			continue
		}
		if end := strings.IndexAny(rest[:min(len(rest), maxParams)], "}\n"); end > 0 && rest[end] == '}' {
			return macro{name: name, params: rest[1:end], start: at, body: start + end + 1}, true
		}
	}
	return macro{}, false
}

// title gives the title= of a macro as a bold line.
func title(params string) string {
	for _, p := range strings.Split(params, "|") {
		if t, ok := strings.CutPrefix(strings.TrimSpace(p), "title="); ok && strings.TrimSpace(t) != "" {
			return "**" + escapeAll(strings.TrimSpace(t)) + "**"
		}
	}
	return ""
}

// language gives the language of a code macro: its first parameter without =.
func language(m macro) string {
	if m.name != "code" {
		return ""
	}
	first, _, _ := strings.Cut(m.params, "|")
	first = strings.TrimSpace(first)
	for _, r := range first {
		if !(r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '#' || r == '+' || r == '-') {
			return ""
		}
	}
	return strings.ToLower(first)
}

// fence puts text into a code block whose fence is longer than any in it.
func fence(body, lang string) string {
	body = strings.Trim(body, "\n")
	if strings.TrimSpace(body) == "" {
		return ""
	}
	run, longest := 0, 2
	for i := 0; i < len(body); i++ {
		if body[i] == '`' {
			run++
			longest = max(longest, run)
		} else {
			run = 0
		}
	}
	marks := strings.Repeat("`", longest+1)
	return marks + lang + "\n" + body + "\n" + marks
}

// prefix puts p before every line.
func prefix(s, p string) string {
	if s == "" {
		return ""
	}
	lines := strings.Split(s, "\n")
	for i, l := range lines {
		lines[i] = strings.TrimRight(p+l, " ")
		if strings.HasSuffix(l, "  ") {
			lines[i] += "  "
		}
	}
	return strings.Join(lines, "\n")
}
