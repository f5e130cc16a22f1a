package wiki

import "strings"

// kind of a line of wiki text.
type kind int

const (
	blank kind = iota
	paragraph
	item
	row
	single // a block of its own: heading, rule, one-line quote
)

// lines converts text without block macros.
func (c converter) lines(s string) string {
	var out strings.Builder
	var list listState
	before := blank
	table := 0
	for _, raw := range strings.Split(s, "\n") {
		l := strings.TrimSpace(raw)
		k, text := c.line(l, &list, table)
		if k == blank {
			before, table = blank, 0
			continue
		}
		if k != row {
			table = 0
		}
		if k != item {
			list = nil
		}
		switch {
		case out.Len() == 0:
		case k == before && k == paragraph:
			out.WriteString("  \n")
		case k == before && (k == item || k == row):
			out.WriteString("\n")
		case k == paragraph && before == item:
			// A line under a list item belongs to the item.
			out.WriteString("  \n" + strings.Repeat(" ", 2))
		default:
			out.WriteString("\n\n")
		}
		out.WriteString(text)
		if k == row {
			table++
		}
		if k == paragraph && before == item {
			k = item
		}
		before = k
	}
	return out.String()
}

// line converts one trimmed line; table is how many rows stand right above it.
func (c converter) line(l string, list *listState, table int) (kind, string) {
	switch {
	case l == "":
		return blank, ""
	case len(l) >= 4 && strings.Trim(l, "-") == "":
		return single, "---"
	case strings.HasPrefix(l, "bq. "):
		return single, "> " + c.inline(l[4:])
	case l[0] == '|' && strings.Count(l, "|") >= 2:
		return row, c.tableRow(l, table)
	}
	if level, rest, ok := heading(l); ok {
		return single, strings.Repeat("#", level) + " " + c.inline(rest)
	}
	if marks, rest, ok := listMarks(l); ok {
		return item, list.indent(marks) + c.inline(rest)
	}
	if text := c.inline(l); strings.TrimSpace(text) != "" {
		return paragraph, lineStart(text)
	}
	return blank, ""
}

func heading(l string) (level int, rest string, ok bool) {
	if len(l) > 3 && l[0] == 'h' && l[1] >= '1' && l[1] <= '6' && l[2] == '.' && (l[3] == ' ' || l[3] == '\t') {
		rest = strings.TrimSpace(l[3:])
		return int(l[1] - '0'), rest, rest != ""
	}
	return 0, "", false
}

// listMarks splits "#* text" into its marks and its text.
func listMarks(l string) (marks, rest string, ok bool) {
	n := 0
	for n < len(l) && (l[n] == '*' || l[n] == '#' || l[n] == '-') {
		n++
	}
	if n == 0 || n > 20 || n >= len(l) || l[n] != ' ' || n > 1 && strings.Contains(l[:n], "-") && l[:n] != strings.Repeat("-", n) {
		return "", "", false
	}
	// "-- " and "--- " are dashes.
	if n > 1 && l[0] == '-' {
		return "", "", false
	}
	rest = strings.TrimSpace(l[n:])
	return l[:n], rest, rest != ""
}

// listState holds the kind of mark of each open level.
type listState []byte

// indent gives the Markdown mark for an item and opens or closes levels.
func (s *listState) indent(marks string) string {
	*s = listState(marks)
	spaces := 0
	for _, m := range marks[:len(marks)-1] {
		spaces += 2
		if m == '#' {
			spaces++
		}
	}
	mark := "- "
	if marks[len(marks)-1] == '#' {
		mark = "1. "
	}
	return strings.Repeat(" ", spaces) + mark
}

// tableRow converts a row; the first of a table is followed by the rule that
// Markdown asks for.
func (c converter) tableRow(l string, above int) string {
	cells := c.cells(l)
	var b strings.Builder
	if above == 0 && !strings.HasPrefix(l, "||") {
		// Markdown tables need a head; Jira's need none.
		b.WriteString("|" + strings.Repeat("  |", len(cells)) + "\n" + rule(len(cells)) + "\n")
	}
	for _, cell := range cells {
		b.WriteString("| " + cell + " ")
	}
	b.WriteString("|")
	if above == 0 && strings.HasPrefix(l, "||") {
		b.WriteString("\n" + rule(len(cells)))
	}
	return b.String()
}

func rule(n int) string { return "|" + strings.Repeat(" --- |", n) }

// cells cuts a row at its bars, except those inside links, images and code.
func (c converter) cells(l string) []string {
	var out []string
	start, depth := -1, 0
	for i := 0; i < len(l); i++ {
		switch l[i] {
		case '\\':
			i++
		case '[', '{':
			depth++
		case ']', '}':
			depth = max(0, depth-1)
		case '|':
			if depth > 0 && strings.ContainsAny(l[i:], "]}") {
				continue
			}
			if start >= 0 {
				out = append(out, l[start:i])
			}
			if i+1 < len(l) && l[i+1] == '|' {
				i++
			}
			start, depth = i+1, 0
		}
	}
	if start >= 0 && start < len(l) && strings.TrimSpace(l[start:]) != "" {
		out = append(out, l[start:])
	}
	for i, cell := range out {
		cell = c.inline(strings.TrimSpace(cell))
		cell = strings.ReplaceAll(cell, "  \n", "<br>")
		out[i] = strings.ReplaceAll(cell, "|", `\|`)
	}
	return out
}

// lineStart escapes what would start a block in Markdown but not in Jira.
func lineStart(s string) string {
	switch s[0] {
	case '#', '>', '=':
		return `\` + s
	case '+', '-':
		if len(s) > 1 && (s[1] == ' ' || s[1] == s[0]) || len(s) == 1 {
			return `\` + s
		}
	}
	return s
}
