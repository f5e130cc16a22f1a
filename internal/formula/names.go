package formula

import (
	"strings"

	"cairn"
)

// deletedPrefix starts the name under which a deleted field is shown.
const deletedPrefix = "deleted field "

// resolve finds the column that a name or a reference stands for. References
// win over names, so that a stored expression cannot change its meaning. A
// deleted field resolves when it is named by reference.
func resolve(schema Schema, name string) (cairn.Ref, bool) {
	name = strings.TrimSpace(name)
	direct := cairn.Ref(strings.TrimPrefix(name, deletedPrefix))
	if _, isField := direct.FieldID(); isField {
		if schema.Name(direct) != "" {
			return direct, true
		}
		if ref, ok := schema.Resolve(name); ok && schema.Name(ref) != "" {
			return ref, true
		}
		return direct, true
	}
	return schema.Resolve(name)
}

// Store rewrites every field name of an expression to its reference, as in
// {f17}, so that renaming a field does not break it. What it does not know stays.
func Store(expr string, schema Schema) string {
	return rewrite(expr, func(t token, call bool) (string, bool) {
		if call || t.kind == tokIdent && isKeyword(t.text) {
			return "", false
		}
		ref, ok := resolve(schema, t.text)
		return "{" + string(ref) + "}", ok
	})
}

// Renamed gives the references of a stored expression others. What ref does not
// know (ok is false) stays.
func Renamed(stored string, ref func(cairn.Ref) (to cairn.Ref, ok bool)) string {
	return rewrite(stored, func(t token, _ bool) (string, bool) {
		if t.kind != tokField {
			return "", false
		}
		to, ok := ref(cairn.Ref(strings.TrimSpace(t.text)))
		return "{" + string(to) + "}", ok
	})
}

// Show rewrites references to the fields' present names, as in {Impact}. A
// deleted field becomes {deleted field f17}, which Store turns back.
func Show(stored string, schema Schema) string {
	return rewrite(stored, func(t token, _ bool) (string, bool) {
		if t.kind != tokField {
			return "", false
		}
		ref, ok := resolve(schema, t.text)
		if !ok {
			return "", false
		}
		return showRef(ref, schema), true
	})
}

// showRef writes a reference by name where the name leads back to it.
func showRef(ref cairn.Ref, schema Schema) string {
	if op, of, ok := ref.OfChildren(); ok {
		return showSummary(op, of, schema)
	}
	name := schema.Name(ref)
	if name == "" {
		if _, isField := ref.FieldID(); isField {
			return "{" + deletedPrefix + string(ref) + "}"
		}
		return "{" + string(ref) + "}"
	}
	if back, ok := resolve(schema, name); !ok || back != ref || strings.ContainsAny(name, "{}\n") {
		return "{" + string(ref) + "}"
	}
	return "{" + name + "}"
}

// rewrite replaces fields, with and without braces, and keeps all else.
func rewrite(expr string, replace func(t token, call bool) (string, bool)) string {
	src := []rune(expr)
	tokens := lex(expr)
	var out strings.Builder
	from := 0
	for i, t := range tokens {
		if t.kind != tokField && t.kind != tokIdent {
			continue
		}
		if t.kind == tokIdent && afterIs(tokens[:i]) {
			continue
		}
		if meansChildren(tokens, i) {
			continue
		}
		call := t.kind == tokIdent && isOp(tokens[i+1], "(")
		if text, ok := replace(t, call); ok {
			out.WriteString(string(src[from:t.pos]))
			out.WriteString(text)
			from = t.end
		}
	}
	out.WriteString(string(src[from:]))
	return out.String()
}

// afterIs reports whether the next word is the "empty" of "is (not) empty".
func afterIs(before []token) bool {
	i := len(before) - 1
	if i > 0 && isOp(before[i], "not") {
		i--
	}
	return i >= 0 && isOp(before[i], "is")
}

// nearest returns the candidate that a person most likely meant, or "".
func nearest(name string, candidates []string) string {
	const most = 64
	want := []rune(strings.ToLower(name))
	if len(want) > most {
		return ""
	}
	limit := max(1, len(want)/3)
	best, bestDistance, bestLength := "", limit+1, 0
	for _, c := range candidates {
		have := []rune(strings.ToLower(c))
		if len(have) > most {
			continue
		}
		d := distance(want, have)
		begins := strings.HasPrefix(string(have), string(want)) || len(have) >= 3 && strings.HasPrefix(string(want), string(have))
		if d > limit && len(want) >= 3 && begins {
			d = limit
		}
		if d < bestDistance || d == bestDistance && d <= limit && len(have) < bestLength {
			best, bestDistance, bestLength = c, d, len(have)
		}
	}
	return best
}

// distance counts the letters to add, drop, replace or swap between a and b.
func distance(a, b []rune) int {
	before, last, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := range a {
		row[0] = i + 1
		for j := range b {
			cost := 1
			if a[i] == b[j] {
				cost = 0
			}
			row[j+1] = min(last[j]+cost, last[j+1]+1, row[j]+1)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				row[j+1] = min(row[j+1], before[j-1]+1)
			}
		}
		before, last, row = last, row, before
	}
	return last[len(b)]
}
