package cairn

import "strings"

// span is a stretch of a text, in bytes.
type span struct{ from, to int }

// inProse rewrites a Markdown text outside its code.
func inProse(text string, rewrite func(string) string) string {
	var b strings.Builder
	at := 0
	for _, part := range proseOf(text) {
		b.WriteString(text[at:part.from])
		b.WriteString(rewrite(text[part.from:part.to]))
		at = part.to
	}
	b.WriteString(text[at:])
	return b.String()
}

// proseOf returns the stretches of a Markdown text that are not code: outside
// fences and backticks. It looks at each character once.
func proseOf(text string) []span {
	var out []span
	start := 0       // of the paragraph under way
	var fence string // that is open
	flush := func(end int) { out = appendProse(out, text, start, end) }
	for at := 0; at < len(text); {
		end := len(text)
		if n := strings.IndexByte(text[at:], '\n'); n >= 0 {
			end = at + n + 1
		}
		mark := fenceOf(text[at:end])
		switch {
		case fence != "":
			if strings.HasPrefix(mark, fence) && strings.Trim(text[at:end], " \t\r\n>"+fence[:1]) == "" {
				fence = ""
			}
			start = end
		case mark != "":
			flush(at)
			fence, start = mark, end
		case strings.TrimSpace(text[at:end]) == "":
			flush(end)
			start = end
		}
		at = end
	}
	if fence == "" {
		flush(len(text))
	}
	return out
}

// fenceOf returns the run of backticks or tildes that opens or closes a fenced
// block of code with this line, "" for any other line.
func fenceOf(line string) string {
	s := strings.TrimLeft(line, " \t>")
	if len(s) < 3 || s[0] != '`' && s[0] != '~' {
		return ""
	}
	n := runOf(s, 0)
	if n < 3 || s[0] == '`' && strings.Contains(s[n:], "`") {
		return ""
	}
	return s[:n]
}

// runOf is how often the character at a place is repeated from there.
func runOf(s string, at int) int {
	n := 1
	for at+n < len(s) && s[at+n] == s[at] {
		n++
	}
	return n
}

// appendProse adds what of a paragraph stands outside backticks.
func appendProse(out []span, text string, from, to int) []span {
	part := text[from:to]
	if !strings.Contains(part, "`") {
		if part != "" {
			out = append(out, span{from, to})
		}
		return out
	}
	// Where runs of backticks of each length begin, so that a run without its
	// match is known at once.
	runs := make(map[int][]int)
	for i := 0; i < len(part); i++ {
		if part[i] == '`' {
			n := runOf(part, i)
			runs[n] = append(runs[n], i)
			i += n - 1
		}
	}
	start := 0
	for i := 0; i < len(part); i++ {
		switch {
		case part[i] == '\\' && i+1 < len(part) && part[i+1] == '`':
			i++
			if n := runOf(part, i); n > 1 {
				i += n - 1 // the rest of an escaped run opens nothing
			}
		case part[i] == '`':
			n := runOf(part, i)
			later := runs[n]
			for len(later) > 0 && later[0] <= i {
				later = later[1:]
			}
			runs[n] = later
			if len(later) > 0 {
				if i > start {
					out = append(out, span{from + start, from + i})
				}
				start = later[0] + n
				i = start - 1
			} else {
				i += n - 1
			}
		}
	}
	if start < len(part) {
		out = append(out, span{from + start, to})
	}
	return out
}
