package cairn

import (
	"encoding/json"
	"slices"
)

// FilterOp compares a field with a filter's value.
type FilterOp string

// The filter operators. The value's JSON shape stands behind each.
const (
	OpContains    FilterOp = "contains"     // text
	OpNotContains FilterOp = "not_contains" // text
	OpIs          FilterOp = "is"           // text; true/false for a checkbox
	OpIsNot       FilterOp = "is_not"       // text
	OpStartsWith  FilterOp = "starts_with"  // text
	OpEndsWith    FilterOp = "ends_with"    // text

	OpEq      FilterOp = "eq"      // number
	OpNe      FilterOp = "ne"      // number
	OpGt      FilterOp = "gt"      // number
	OpGte     FilterOp = "gte"     // number
	OpLt      FilterOp = "lt"      // number
	OpLte     FilterOp = "lte"     // number
	OpBetween FilterOp = "between" // [low, high], both included; numbers or days

	OpAnyOf  FilterOp = "any_of"  // [ids] or [labels]; "me" is the asker
	OpAllOf  FilterOp = "all_of"  // same
	OpNoneOf FilterOp = "none_of" // same; true of an empty field

	OpOn      FilterOp = "on"      // day: "2026-11-23", or relative: "today", "today+7", "today-30"
	OpBefore  FilterOp = "before"  // day
	OpAfter   FilterOp = "after"   // day
	OpPast    FilterOp = "past"    // {"n":30,"unit":"day|week|month|quarter|year"}: within the past n units, today included
	OpNext    FilterOp = "next"    // same, ahead
	OpThis    FilterOp = "this"    // unit: within the current week (from Monday), month, quarter, half or year
	OpOverdue FilterOp = "overdue" // none: before today

	OpStartsBefore FilterOp = "starts_before" // day
	OpStartsAfter  FilterOp = "starts_after"  // day
	OpEndsBefore   FilterOp = "ends_before"   // day
	OpEndsAfter    FilterOp = "ends_after"    // day
	OpOverlaps     FilterOp = "overlaps"      // [day, day]

	OpEmpty    FilterOp = "empty"     // none
	OpNotEmpty FilterOp = "not_empty" // none
)

// Filter is a tree: exactly one of All, Any, Not, or a comparison (Field, Op,
// Value). The zero Filter lets everything pass.
type Filter struct {
	All   []Filter        `json:"all,omitempty"`
	Any   []Filter        `json:"any,omitempty"`
	Not   *Filter         `json:"not,omitempty"`
	Field Ref             `json:"field,omitempty"`
	Op    FilterOp        `json:"op,omitempty"`
	Value json.RawMessage `json:"value,omitempty"`
}

// IsZero reports a filter that lets everything pass.
func (f Filter) IsZero() bool {
	return len(f.All) == 0 && len(f.Any) == 0 && f.Not == nil && f.Field == ""
}

// MaxFilterNodes bounds a filter tree.
const MaxFilterNodes = 500

// Refs returns every field that the tree names, each once, in order.
func (f Filter) Refs() []Ref {
	var refs []Ref
	f.walk(func(n Filter) {
		if n.Field != "" && !slices.Contains(refs, n.Field) {
			refs = append(refs, n.Field)
		}
	})
	return refs
}

func (f Filter) walk(visit func(Filter)) {
	visit(f)
	for _, c := range f.All {
		c.walk(visit)
	}
	for _, c := range f.Any {
		c.walk(visit)
	}
	if f.Not != nil {
		f.Not.walk(visit)
	}
}

// Validate checks the tree's shape and size. Whether fields exist, operators fit
// their types and values parse is checked where the fields are known.
func (f Filter) Validate() error {
	nodes := 0
	var bad error
	f.walk(func(n Filter) {
		nodes++
		forms := 0
		for _, has := range []bool{len(n.All) > 0, len(n.Any) > 0, n.Not != nil, n.Field != ""} {
			if has {
				forms++
			}
		}
		if forms > 1 && bad == nil {
			bad = Invalid("filter", "A part of the filter is one of all, any, not or a comparison; here are %d of them together", forms)
		}
	})
	if bad == nil && nodes > MaxFilterNodes {
		bad = Invalid("filter", "The filter has %d parts; at most %d fit", nodes, MaxFilterNodes)
	}
	return bad
}
