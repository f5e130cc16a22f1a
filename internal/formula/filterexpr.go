package formula

import (
	"encoding/json"
	"strconv"
	"strings"

	"cairn"
	"cairn/internal/search/fold"
)

// Choices is what a Schema may know besides columns: the options, people or
// labels that a column can hold.
type Choices interface {
	// Choices lists the names that a column may hold, in their order.
	Choices(ref cairn.Ref) []string
	// Choice is the name of the option or person with that id.
	Choice(ref cairn.Ref, id cairn.ID) (string, bool)
}

// FilterExpr writes a filter tree as an expression that holds for the same
// ideas (FML-30). Options and people are written by name where schema is also
// Choices. The tree must be valid; what cannot be written becomes false.
func FilterExpr(f cairn.Filter, schema Schema) string {
	w := filterWriter{schema: schema}
	w.choices, _ = schema.(Choices)
	text, _ := w.tree(f)
	return text
}

type filterWriter struct {
	schema  Schema
	choices Choices
}

// tree writes a node and says how tightly its outermost operator binds.
func (w *filterWriter) tree(f cairn.Filter) (text string, binds int) {
	switch {
	case len(f.All) > 0:
		return w.join(f.All, " and ", bindAnd)
	case len(f.Any) > 0:
		return w.join(f.Any, " or ", bindOr)
	case f.Not != nil:
		return w.not(w.tree(*f.Not))
	case f.Field == "":
		return "true", bindAtom
	}
	return w.comparison(f)
}

func (w *filterWriter) join(parts []cairn.Filter, word string, binds int) (string, int) {
	if len(parts) == 1 {
		return w.tree(parts[0])
	}
	texts := make([]string, len(parts))
	for i, part := range parts {
		texts[i] = bracket(w.tree(part))(binds + 1)
	}
	return strings.Join(texts, word), binds
}

func (w *filterWriter) not(text string, binds int) (string, int) {
	return "not " + bracket(text, binds)(bindCompare+1), bindNot
}

// bracket puts a text in brackets where its surroundings bind more tightly.
func bracket(text string, binds int) func(outer int) string {
	return func(outer int) string {
		if binds < outer {
			return "(" + text + ")"
		}
		return text
	}
}

func (w *filterWriter) comparison(f cairn.Filter) (string, int) {
	field := showRef(f.Field, w.schema)
	compare := func(sign, value string, ok bool) (string, int) {
		if !ok {
			return "false", bindAtom
		}
		return field + " " + sign + " " + value, bindCompare
	}
	switch f.Op {
	case cairn.OpContains, cairn.OpNotContains, cairn.OpIs, cairn.OpIsNot, cairn.OpStartsWith, cairn.OpEndsWith:
		return w.text(field, f)
	case cairn.OpEq, cairn.OpNe, cairn.OpGt, cairn.OpGte, cairn.OpLt, cairn.OpLte:
		sign := map[cairn.FilterOp]string{cairn.OpEq: "=", cairn.OpNe: "!=", cairn.OpGt: ">",
			cairn.OpGte: ">=", cairn.OpLt: "<", cairn.OpLte: "<="}[f.Op]
		value, ok := numberOperand(f.Value)
		return compare(sign, value, ok)
	case cairn.OpBetween:
		return w.between(field, f)
	case cairn.OpAnyOf, cairn.OpAllOf, cairn.OpNoneOf:
		return w.members(field, f)
	case cairn.OpEmpty:
		return "is_empty(" + field + ")", bindAtom
	case cairn.OpNotEmpty:
		return "is_filled(" + field + ")", bindAtom
	}
	return w.date(field, f)
}

func (w *filterWriter) text(field string, f cairn.Filter) (string, int) {
	var b bool
	if f.Op == cairn.OpIs && json.Unmarshal(f.Value, &b) == nil && !cairn.IsNull(f.Value) {
		if b {
			return field, bindAtom
		}
		return "not " + field, bindNot
	}
	var s string
	if json.Unmarshal(f.Value, &s) != nil {
		return "false", bindAtom
	}
	nothing := fold.String(s) == ""
	q := Quote(s)
	switch f.Op {
	case cairn.OpIs, cairn.OpIsNot:
		if nothing {
			return map[cairn.FilterOp]string{cairn.OpIs: "is_empty", cairn.OpIsNot: "is_filled"}[f.Op] + "(" + field + ")", bindAtom
		}
		return field + map[cairn.FilterOp]string{cairn.OpIs: " = ", cairn.OpIsNot: " != "}[f.Op] + q, bindCompare
	case cairn.OpNotContains:
		if nothing {
			return "false", bindAtom
		}
		return "not contains(" + field + ", " + q + ")", bindNot
	}
	if nothing {
		return "true", bindAtom
	}
	return string(f.Op) + "(" + field + ", " + q + ")", bindAtom
}

func numberOperand(raw json.RawMessage) (string, bool) {
	var x float64
	if cairn.IsNull(raw) || json.Unmarshal(raw, &x) != nil {
		return "", false
	}
	return string(cairn.AppendJSONNumber(nil, x)), true
}

// dayOperand writes "2026-11-23", "today", "today+7" or "today-30".
func dayOperand(raw json.RawMessage) (string, bool) {
	var s string
	if json.Unmarshal(raw, &s) != nil {
		return "", false
	}
	if day, ok := cairn.ParseDay(s); ok {
		return day.String(), true
	}
	rest, ok := strings.CutPrefix(strings.ReplaceAll(s, " ", ""), "today")
	if !ok {
		return "", false
	}
	if rest == "" {
		return "today()", true
	}
	n, err := strconv.Atoi(rest)
	if err != nil || rest[0] != '+' && rest[0] != '-' {
		return "", false
	}
	if n < 0 {
		return "today() - " + strconv.Itoa(-n), true
	}
	return "today() + " + strconv.Itoa(n), true
}

func (w *filterWriter) between(field string, f cairn.Filter) (string, int) {
	var ends []json.RawMessage
	if json.Unmarshal(f.Value, &ends) != nil || len(ends) != 2 {
		return "false", bindAtom
	}
	low, ok1 := numberOperand(ends[0])
	high, ok2 := numberOperand(ends[1])
	if !ok1 || !ok2 {
		low, ok1 = dayOperand(ends[0])
		high, ok2 = dayOperand(ends[1])
	}
	if !ok1 || !ok2 {
		return "false", bindAtom
	}
	return field + " >= " + low + " and " + field + " <= " + high, bindAnd
}

// members writes any of, all of and none of.
func (w *filterWriter) members(field string, f cairn.Filter) (string, int) {
	var parts []json.RawMessage
	if json.Unmarshal(f.Value, &parts) != nil {
		return "false", bindAtom
	}
	names := make([]string, 0, len(parts))
	for _, raw := range parts {
		if name, ok := w.member(f.Field, raw); ok {
			names = append(names, name)
		} else if f.Op == cairn.OpAllOf {
			return "false", bindAtom
		}
	}
	list := w.schema.Kind(f.Field) == List
	switch {
	case len(names) == 0 && f.Op == cairn.OpAnyOf:
		return "false", bindAtom
	case len(names) == 0:
		return "true", bindAtom
	case f.Op == cairn.OpAllOf:
		for i, n := range names {
			names[i] = "has(" + field + ", " + n + ")"
		}
		if len(names) == 1 {
			return names[0], bindAtom
		}
		return strings.Join(names, " and "), bindAnd
	case list:
		text := "has(" + field + ", " + strings.Join(names, ", ") + ")"
		if f.Op == cairn.OpNoneOf {
			return "not " + text, bindNot
		}
		return text, bindAtom
	}
	text := field + " in (" + strings.Join(names, ", ") + ")"
	if f.Op == cairn.OpNoneOf {
		return "not " + text, bindNot
	}
	return text, bindCompare
}

// member writes one option, person or label.
func (w *filterWriter) member(ref cairn.Ref, raw json.RawMessage) (string, bool) {
	var s string
	if json.Unmarshal(raw, &s) == nil {
		if s == "me" && w.choices != nil {
			if _, isField := ref.FieldID(); !isField || !w.isLabel(ref, s) {
				return "me()", true
			}
		}
		return Quote(s), true
	}
	var id cairn.ID
	if json.Unmarshal(raw, &id) != nil || w.choices == nil {
		return "", false
	}
	name, ok := w.choices.Choice(ref, id)
	return Quote(name), ok
}

// isLabel tells a label called "me" from the person who asks.
func (w *filterWriter) isLabel(ref cairn.Ref, s string) bool {
	for _, c := range w.choices.Choices(ref) {
		if c == s {
			return true
		}
	}
	return false
}

// date writes the comparisons of dates and intervals.
func (w *filterWriter) date(field string, f cairn.Filter) (string, int) {
	day, isDay := dayOperand(f.Value)
	forms := map[cairn.FilterOp][2]string{
		cairn.OpOn: {field, " = "}, cairn.OpBefore: {field, " < "}, cairn.OpAfter: {field, " > "},
		cairn.OpStartsBefore: {"start(" + field + ")", " < "}, cairn.OpStartsAfter: {"start(" + field + ")", " > "},
		cairn.OpEndsBefore: {"end(" + field + ")", " < "}, cairn.OpEndsAfter: {"end(" + field + ")", " > "},
	}
	if form, ok := forms[f.Op]; ok && isDay {
		return form[0] + form[1] + day, bindCompare
	}
	switch f.Op {
	case cairn.OpOverdue:
		return field + " < today()", bindCompare
	case cairn.OpThis:
		var u string
		if json.Unmarshal(f.Value, &u) == nil {
			return "in_this(" + field + ", " + Quote(u) + ")", bindAtom
		}
	case cairn.OpPast, cairn.OpNext:
		var in struct {
			N    int    `json:"n"`
			Unit string `json:"unit"`
		}
		if json.Unmarshal(f.Value, &in) == nil {
			return "in_" + string(f.Op) + "(" + field + ", " + strconv.Itoa(in.N) + ", " + Quote(in.Unit) + ")", bindAtom
		}
	case cairn.OpOverlaps:
		var ends []json.RawMessage
		if json.Unmarshal(f.Value, &ends) == nil && len(ends) == 2 {
			from, ok1 := dayOperand(ends[0])
			to, ok2 := dayOperand(ends[1])
			if ok1 && ok2 {
				return "overlaps(" + field + ", " + from + ", " + to + ")", bindAtom
			}
		}
	}
	return "false", bindAtom
}
