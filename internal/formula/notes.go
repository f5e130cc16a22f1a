package formula

import (
	"fmt"
	"slices"
	"strings"

	"cairn"
	"cairn/internal/search/fold"
)

// Options is what a Schema may know besides columns: the closed set of names
// that a column can hold.
type Options interface {
	// Options lists a select column's options; false for columns of other types.
	Options(ref cairn.Ref) ([]string, bool)
}

// Notes says what is allowed and yet unlikely to be meant: a comparison with an
// option that its field does not have (FML-35).
func (p *Program) Notes() []string { return p.notes }

// notesOf looks through a checked expression.
func notesOf(root *node, schema Schema) []string {
	options, ok := schema.(Options)
	if !ok {
		return nil
	}
	w := noter{schema: schema, options: options}
	w.walk(root)
	return w.notes
}

type noter struct {
	schema  Schema
	options Options
	notes   []string
}

func (w *noter) walk(n *node) {
	switch {
	case n.op == opEq, n.op == opNe, n.op == opIn, n.op == opCall && strings.EqualFold(n.text, "has"):
		for _, field := range n.args {
			if field.op == opField {
				w.compared(field.ref, n.args)
			}
		}
	}
	for _, a := range n.args {
		w.walk(a)
	}
}

// compared checks the texts that stand beside a field.
func (w *noter) compared(ref cairn.Ref, with []*node) {
	names, closed := w.options.Options(ref)
	if !closed {
		return
	}
	for _, text := range with {
		if text.op != opText || strings.TrimSpace(text.text) == "" {
			continue
		}
		wanted := fold.String(text.text)
		if slices.ContainsFunc(names, func(name string) bool { return fold.String(name) == wanted }) {
			continue
		}
		note := fmt.Sprintf("%s has no option %q, so nothing equals it", nameOf(ref, w.schema), text.text)
		if len(names) > 0 {
			note += "; it has " + some(names)
		}
		if !slices.Contains(w.notes, note) {
			w.notes = append(w.notes, note)
		}
	}
}

// some lists names, so many that a person reads them.
func some(names []string) string {
	const most = 12
	if len(names) > most {
		return strings.Join(names[:most], ", ") + fmt.Sprintf(" and %d more", len(names)-most)
	}
	return strings.Join(names, ", ")
}
