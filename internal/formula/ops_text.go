package formula

import (
	"strings"
	"unicode/utf8"

	"cairn"
	"cairn/internal/search/fold"
)

func checkName(c *checker, n *node) { n.kind = Text }

// sameText compares texts as people do, letter case and accents aside (FML-13).
func sameText(a, b string) bool { return a == b || fold.String(a) == fold.String(b) }

// folder folds texts of which many in a row are the same.
type folder struct{ last, folded string }

func (f *folder) fold(s string) string {
	if s != f.last {
		f.last, f.folded = s, fold.String(s)
	}
	return f.folded
}

func contains(_ *machine, a []*reg, i int) bool {
	if a[0].kind == List {
		return listHas(a[0].list[i], a[1].text[i])
	}
	return strings.Contains(fold.String(a[0].text[i]), fold.String(a[1].text[i]))
}

func startsWith(_ *machine, a []*reg, i int) bool {
	return strings.HasPrefix(fold.String(a[0].text[i]), fold.String(a[1].text[i]))
}

func endsWith(_ *machine, a []*reg, i int) bool {
	return strings.HasSuffix(fold.String(a[0].text[i]), fold.String(a[1].text[i]))
}

func has(_ *machine, a []*reg, i int) bool {
	for _, entry := range a[1:] {
		if a[0].kind == List && listHas(a[0].list[i], entry.text[i]) ||
			a[0].kind != List && sameText(a[0].text[i], entry.text[i]) {
			return true
		}
	}
	return false
}

func lower(_ *machine, a []*reg, i int, r *reg) Status {
	return setText(r, i, strings.ToLower(a[0].text[i]))
}

func upper(_ *machine, a []*reg, i int, r *reg) Status {
	return setText(r, i, strings.ToUpper(a[0].text[i]))
}

func trim(_ *machine, a []*reg, i int, r *reg) Status {
	return setText(r, i, strings.Join(strings.Fields(a[0].text[i]), " "))
}

// setText refuses texts longer than any field's, so that nested functions
// cannot fill the memory.
func setText(r *reg, i int, s string) Status {
	if len(s) > cairn.MaxLongText {
		return StatusTooLong
	}
	r.text[i] = s
	return StatusOK
}

func length(_ *machine, a []*reg, i int, r *reg) Status {
	if a[0].kind == List {
		r.num[i] = float64(len(a[0].list[i]))
	} else {
		r.num[i] = float64(utf8.RuneCountInString(a[0].text[i]))
	}
	return StatusOK
}

func writeText(_ *machine, a []*reg, i int, r *reg) Status {
	return setText(r, i, textOf(a[0], i))
}

// textOf writes row i of a register as text.
func textOf(a *reg, i int) string {
	switch a.kind {
	case Text, Option:
		return a.text[i]
	case Bool:
		if a.num[i] != 0 {
			return "true"
		}
		return "false"
	case Date:
		return dayOf(a.num[i]).String()
	case Interval:
		return dayOf(a.num[i]).String() + " – " + dayOf(a.end[i]).String()
	case List:
		return strings.Join(a.list[i], ", ")
	}
	return string(cairn.AppendJSONNumber(nil, a.num[i]))
}

// evalConcat joins what is there.
func evalConcat(m *machine, n *node, r *reg) {
	args := m.evalArgs(n, r)
	m.join(r, args...)
	m.room(r)
	parts := make([]string, 0, len(args))
	for i := range r.text {
		parts = parts[:0]
		worst, size := StatusOK, 0
		for _, a := range args {
			if c := codeAt(a, i); c == StatusOK {
				parts = append(parts, textOf(a, i))
				size += len(parts[len(parts)-1])
			} else if c != StatusMissing {
				worst = max(worst, c)
			}
		}
		if size > cairn.MaxLongText {
			worst = StatusTooLong
		}
		if r.code != nil || worst != StatusOK {
			m.codes(r)[i] = worst
		}
		r.text[i] = ""
		if worst == StatusOK {
			r.text[i] = strings.Join(parts, "")
		}
	}
}

func evalMe(m *machine, _ *node, r *reg) {
	text := m.texts(r)
	for i := range text {
		text[i] = m.env.Viewer
		if m.env.Viewer == "" {
			m.codes(r)[i] = StatusMissing
		}
	}
}
