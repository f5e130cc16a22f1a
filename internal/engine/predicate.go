package engine

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"cairn"
	"cairn/internal/search/fold"
)

// predicate sets the bit of every row that passes, and clears the others.
type predicate func(dst bitmap)

// filter compiles a filter tree.
func (e *evaluation) filter(f cairn.Filter, where string) (predicate, error) {
	rows := len(e.s.ids)
	switch {
	case len(f.All) > 0:
		return e.combine(f.All, where, bitmap.and)
	case len(f.Any) > 0:
		return e.combine(f.Any, where, bitmap.or)
	case f.Not != nil:
		p, err := e.filter(*f.Not, where)
		if err != nil {
			return nil, err
		}
		return func(dst bitmap) {
			p(dst)
			dst.invert(rows)
		}, nil
	case f.Field != "":
		return e.comparison(f, where)
	}
	return func(dst bitmap) {
		clear(dst)
		dst.invert(rows)
	}, nil
}

func (e *evaluation) combine(parts []cairn.Filter, where string, join func(a, b bitmap)) (predicate, error) {
	ps := make([]predicate, len(parts))
	for i, part := range parts {
		p, err := e.filter(part, where)
		if err != nil {
			return nil, err
		}
		ps[i] = p
	}
	return func(dst bitmap) {
		ps[0](dst)
		if len(ps) == 1 {
			return
		}
		other := make(bitmap, len(dst))
		for _, p := range ps[1:] {
			p(other)
			join(dst, other)
		}
	}, nil
}

// operand is a comparison on its way to a predicate.
type operand struct {
	*evaluation
	src   *source
	op    cairn.FilterOp
	value json.RawMessage
	where string
}

// refuse reports a value that does not fit; want says what would.
func (o *operand) refuse(want string) error {
	got := string(o.value)
	if isNull(o.value) {
		got = "nothing"
	} else if len(got) > 60 {
		got = strings.ToValidUTF8(got[:60], "") + "…"
	}
	return cairn.Invalid(string(o.src.ref), "%s: %s %s takes %s, not %s", o.where, o.src.label, o.op, want, got)
}

func (e *evaluation) comparison(f cairn.Filter, where string) (predicate, error) {
	src, err := e.source(f.Field, where)
	if err != nil {
		return nil, err
	}
	if !slices.Contains(src.info.Ops, f.Op) {
		return nil, cairn.Invalid(string(f.Field), "%s: %q does not fit %s, which is of type %s. It takes %s",
			where, f.Op, src.label, strings.ToLower(src.info.Label), listOps(src.info.Ops))
	}
	switch f.Op {
	case cairn.OpEmpty:
		return src.data.nulls, nil
	case cairn.OpNotEmpty:
		return negate(src.data.nulls, len(e.s.ids)), nil
	}
	o := &operand{e, src, f.Op, f.Value, where}
	switch v := src.data.(type) {
	case *texts:
		return o.text(v)
	case *numbers:
		if v.truth {
			return o.truth(v)
		}
		return o.number(v)
	case *days:
		return o.day(v)
	case *moments:
		return o.moment(v)
	case *spans:
		return o.span(v)
	case *codes:
		return o.one(v)
	case *lists:
		return o.many(v)
	}
	return nil, fmt.Errorf("no comparison for %T", src.data)
}

func listOps(ops []cairn.FilterOp) string {
	names := make([]string, len(ops))
	for i, op := range ops {
		names[i] = string(op)
	}
	return strings.Join(names, ", ")
}

func negate(p predicate, rows int) predicate {
	return func(dst bitmap) {
		p(dst)
		dst.invert(rows)
	}
}

func (o *operand) text(v *texts) (predicate, error) {
	want, ok := parseString(o.value)
	if !ok || isNull(o.value) {
		return nil, o.refuse("text")
	}
	want = fold.String(want)
	vals := v.vals
	if !v.exact {
		vals = v.comparable()
	}
	rows := len(vals)
	contains := func(dst bitmap) { fillOf(dst, vals, func(s string) bool { return strings.Contains(s, want) }) }
	is := func(dst bitmap) { fillOf(dst, vals, func(s string) bool { return s == want }) }
	switch o.op {
	case cairn.OpContains:
		return contains, nil
	case cairn.OpNotContains:
		return negate(contains, rows), nil
	case cairn.OpIs:
		return is, nil
	case cairn.OpIsNot:
		return negate(is, rows), nil
	case cairn.OpStartsWith:
		return func(dst bitmap) { fillOf(dst, vals, func(s string) bool { return strings.HasPrefix(s, want) }) }, nil
	}
	return func(dst bitmap) { fillOf(dst, vals, func(s string) bool { return strings.HasSuffix(s, want) }) }, nil
}

func (o *operand) truth(v *numbers) (predicate, error) {
	want, ok := parseBool(o.value)
	if !ok {
		return nil, o.refuse("true or false")
	}
	if want {
		return negate(v.nulls, len(v.vals)), nil
	}
	return v.nulls, nil
}

func (o *operand) number(v *numbers) (predicate, error) {
	if o.op == cairn.OpBetween {
		var bounds []float64
		if json.Unmarshal(o.value, &bounds) != nil || len(bounds) != 2 {
			return nil, o.refuse("two numbers, as in [1,5]")
		}
		low, high := bounds[0], bounds[1]
		return func(dst bitmap) { fillOf(dst, v.vals, func(x float64) bool { return x >= low && x <= high }) }, nil
	}
	want, ok := parseNumber(o.value)
	if !ok {
		return nil, o.refuse("a number")
	}
	var keep func(float64) bool
	switch o.op {
	case cairn.OpEq:
		keep = func(x float64) bool { return x == want }
	case cairn.OpNe:
		keep = func(x float64) bool { return x != want } // true of none, which is NaN
	case cairn.OpGt:
		keep = func(x float64) bool { return x > want }
	case cairn.OpGte:
		keep = func(x float64) bool { return x >= want }
	case cairn.OpLt:
		keep = func(x float64) bool { return x < want }
	default:
		keep = func(x float64) bool { return x <= want }
	}
	return func(dst bitmap) { fillOf(dst, v.vals, keep) }, nil
}

func (o *operand) one(v *codes) (predicate, error) {
	wanted, err := o.members(v.dict)
	if err != nil {
		return nil, err
	}
	anyOf := func(dst bitmap) { fillOf(dst, v.vals, func(c int32) bool { return c >= 0 && wanted[c] }) }
	if o.op == cairn.OpNoneOf {
		return negate(anyOf, len(v.vals)), nil
	}
	return anyOf, nil
}

func (o *operand) many(v *lists) (predicate, error) {
	rows := len(v.offs)
	if o.op == cairn.OpAllOf {
		each, err := o.eachMember(v.dict)
		if err != nil {
			return nil, err
		}
		return func(dst bitmap) {
			dst.fill(rows, func(row int32) bool {
				for _, wanted := range each {
					if !slices.ContainsFunc(v.at(row), func(c int32) bool { return wanted[c] }) {
						return false
					}
				}
				return true
			})
		}, nil
	}
	wanted, err := o.members(v.dict)
	if err != nil {
		return nil, err
	}
	anyOf := func(dst bitmap) {
		dst.fill(rows, func(row int32) bool {
			return slices.ContainsFunc(v.at(row), func(c int32) bool { return wanted[c] })
		})
	}
	if o.op == cairn.OpNoneOf {
		return negate(anyOf, rows), nil
	}
	return anyOf, nil
}

// members marks the codes that a list of options, people or labels asks for.
func (o *operand) members(d *dict) ([]bool, error) {
	each, err := o.eachMember(d)
	if err != nil {
		return nil, err
	}
	wanted := make([]bool, d.len())
	for _, one := range each {
		for c, w := range one {
			wanted[c] = wanted[c] || w
		}
	}
	return wanted, nil
}

// eachMember marks the codes of each entry of the list by itself. Labels are
// compared in their folded form, so that one entry may stand for several.
func (o *operand) eachMember(d *dict) ([][]bool, error) {
	if d.byText != nil {
		return o.eachLabel(d)
	}
	ids, err := o.idList()
	if err != nil {
		return nil, err
	}
	each := make([][]bool, len(ids))
	for i, id := range ids {
		// An option that was removed since the filter was saved matches nothing.
		each[i] = make([]bool, d.len())
		if c, ok := d.byID[id]; ok && d.known(c) {
			each[i][c] = true
		}
	}
	return each, nil
}

func (o *operand) eachLabel(d *dict) ([][]bool, error) {
	var list []string
	if isNull(o.value) || json.Unmarshal(o.value, &list) != nil {
		return nil, o.refuse(`a list of labels, as in ["beta","mobile"]`)
	}
	each := make([][]bool, len(list))
	for i, s := range list {
		each[i] = make([]bool, d.len())
		folded := fold.String(s)
		for c, text := range d.texts {
			each[i][c] = fold.String(text) == folded
		}
	}
	return each, nil
}

// idList reads [ids]; "me" is the asker.
func (o *operand) idList() ([]cairn.ID, error) {
	noun := "people"
	switch {
	case o.src.info.Options:
		noun = "options"
	case o.src.info.Type == cairn.TypeParent, o.src.info.Type == cairn.TypeConnection:
		noun = "ideas"
	}
	var parts []json.RawMessage
	if isNull(o.value) || json.Unmarshal(o.value, &parts) != nil {
		return nil, o.refuse("a list of ids of " + noun)
	}
	ids := make([]cairn.ID, 0, len(parts))
	for _, raw := range parts {
		if string(raw) == `"me"` && noun == "people" {
			o.viewer = true
			ids = append(ids, o.env.Viewer)
			continue
		}
		id, ok := parseID(raw)
		if !ok {
			return nil, o.refuse("a list of ids of " + noun)
		}
		ids = append(ids, id)
	}
	return ids, nil
}
