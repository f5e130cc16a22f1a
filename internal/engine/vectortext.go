package engine

import (
	"encoding/json"
	"slices"

	"cairn"
	"cairn/internal/search/fold"
)

// texts holds texts, "" for none.
type texts struct {
	vals []string
	// folds are the folded forms by which texts are compared; nil until asked
	// for. exact columns (the rank) are compared byte by byte and have none.
	folds []string
	exact bool
}

func (v *texts) grow(rows int) {
	v.vals = resize(v.vals, rows, "")
	if v.folds != nil {
		v.folds = resize(v.folds, rows, "")
	}
}

func (v *texts) set(row int32, raw []byte) bool {
	s, ok := "", true
	if !isNull(raw) {
		s, ok = parseString(raw)
	}
	v.vals[row] = s
	if v.folds != nil {
		v.folds[row] = fold.String(s)
	}
	return ok
}

// comparable returns the forms to compare, making them when needed. The caller
// holds the lock of derived things.
func (v *texts) comparable() []string {
	if v.exact {
		return v.vals
	}
	if v.folds == nil {
		folds := make([]string, len(v.vals))
		for i, s := range v.vals {
			folds[i] = fold.String(s)
		}
		v.folds = folds
	}
	return v.folds
}

func (v *texts) isNull(row int32) bool { return v.vals[row] == "" }

func (v *texts) appendJSON(dst []byte, row int32) []byte {
	if v.vals[row] == "" {
		return append(dst, "null"...)
	}
	return appendString(dst, v.vals[row])
}

func (v *texts) value(row int32) cairn.Value {
	if v.vals[row] == "" {
		return cairn.Value{}
	}
	return cairn.Value{Kind: cairn.KindText, Text: v.vals[row]}
}

func (v *texts) gather(rows []int32) vector { return &texts{vals: pick(v.vals, rows)} }

func (v *texts) keep(rows []int32) {
	v.vals = pick(v.vals, rows)
	if v.folds != nil {
		v.folds = pick(v.folds, rows)
	}
}

func (v *texts) nulls(dst bitmap) {
	fillOf(dst, v.vals, func(s string) bool { return s == "" })
}

// dict numbers the options, people or labels of a column in the order they
// were first seen. Codes are never reused, so gathered copies stay right.
type dict struct {
	ids    []cairn.ID
	byID   map[cairn.ID]int32
	texts  []string
	byText map[string]int32
	// place is the position of each code among the field's options, negative
	// when the field has no such option (any more). Nil: every code counts.
	place []int32
	// options is what place was made from: option → position.
	options map[cairn.ID]int32
}

func newDict() *dict     { return &dict{byID: map[cairn.ID]int32{}} }
func newTextDict() *dict { return &dict{byText: map[string]int32{}} }

func (d *dict) len() int { return max(len(d.ids), len(d.texts)) }

// known reports whether a code counts as a value.
func (d *dict) known(code int32) bool { return d.place == nil || d.place[code] >= 0 }

func (d *dict) codeOf(id cairn.ID) int32 {
	if c, ok := d.byID[id]; ok {
		return c
	}
	c := int32(len(d.ids))
	d.ids = append(d.ids, id)
	d.byID[id] = c
	if d.options != nil {
		d.place = append(d.place, placeOf(d.options, id))
	}
	return c
}

func (d *dict) codeOfText(s string) int32 {
	if c, ok := d.byText[s]; ok {
		return c
	}
	c := int32(len(d.texts))
	d.texts = append(d.texts, s)
	d.byText[s] = c
	return c
}

// setOptions takes over the field's options. The table is made anew, since
// gathered copies share the old one.
func (d *dict) setOptions(options []cairn.Option) {
	d.options = make(map[cairn.ID]int32, len(options))
	for i, o := range options {
		d.options[o.ID] = int32(i)
	}
	d.place = make([]int32, len(d.ids))
	for c, id := range d.ids {
		d.place[c] = placeOf(d.options, id)
	}
}

func placeOf(options map[cairn.ID]int32, id cairn.ID) int32 {
	if p, ok := options[id]; ok {
		return p
	}
	return -1
}

// frozen is a view of the dict that later additions do not reach.
func (d *dict) frozen() *dict {
	return &dict{ids: d.ids[:len(d.ids):len(d.ids)], texts: d.texts[:len(d.texts):len(d.texts)], place: slices.Clip(d.place)}
}

// appendJSON appends a code's value.
func (d *dict) appendJSON(dst []byte, code int32) []byte {
	if d.byText != nil || len(d.texts) > 0 {
		return appendString(dst, d.texts[code])
	}
	return appendInt(dst, int64(d.ids[code]))
}

// codes holds one option or person per row, −1 for none.
type codes struct {
	vals []int32
	dict *dict
}

func (v *codes) grow(rows int) { v.vals = resize(v.vals, rows, -1) }

func (v *codes) set(row int32, raw []byte) bool {
	v.vals[row] = -1
	if isNull(raw) {
		return true
	}
	id, ok := parseID(raw)
	if ok && id != 0 {
		v.vals[row] = v.dict.codeOf(id)
	}
	return ok
}

func (v *codes) isNull(row int32) bool {
	c := v.vals[row]
	return c < 0 || !v.dict.known(c)
}

func (v *codes) appendJSON(dst []byte, row int32) []byte {
	if v.isNull(row) {
		return append(dst, "null"...)
	}
	return appendInt(dst, int64(v.dict.ids[v.vals[row]]))
}

// stored is the value with options that the field no longer has.
func (v *codes) stored(row int32) []byte {
	if v.vals[row] < 0 {
		return nil
	}
	return appendInt(nil, int64(v.dict.ids[v.vals[row]]))
}

func (v *codes) value(row int32) cairn.Value {
	if v.isNull(row) {
		return cairn.Value{}
	}
	return cairn.Value{Kind: cairn.KindRefID, IDs: []cairn.ID{v.dict.ids[v.vals[row]]}}
}

func (v *codes) gather(rows []int32) vector { return &codes{pick(v.vals, rows), v.dict.frozen()} }
func (v *codes) keep(rows []int32)          { v.vals = pick(v.vals, rows) }
func (v *codes) nulls(dst bitmap) {
	d := v.dict
	fillOf(dst, v.vals, func(c int32) bool { return c < 0 || !d.known(c) })
}

// lists holds several options, people or labels per row. A row's offset points
// into the arena at the number of codes, followed by the codes; offset 0 is the
// empty list.
type lists struct {
	offs  []uint32
	arena []int32
	dict  *dict
	// waste counts arena cells that no row points at any more.
	waste int
}

func (v *lists) grow(rows int) { v.offs = resize(v.offs, rows, 0) }

// at returns the codes of a row; shared, not to be changed.
func (v *lists) at(row int32) []int32 {
	o := v.offs[row]
	n := uint32(v.arena[o])
	return v.arena[o+1 : o+1+n]
}

func (v *lists) set(row int32, raw []byte) bool {
	if o := v.offs[row]; o != 0 {
		v.waste += int(v.arena[o]) + 1
		v.offs[row] = 0
	}
	ok := true
	if !isNull(raw) {
		ok = v.add(row, raw)
	}
	if v.waste > 1024 && v.waste > len(v.arena)/2 {
		v.tidy()
	}
	return ok
}

func (v *lists) add(row int32, raw []byte) bool {
	start := len(v.arena)
	v.arena = append(v.arena, 0)
	ok := false
	if v.dict.byText != nil {
		ok = eachText(raw, func(s string) { v.addCode(start, v.dict.codeOfText(s)) })
	} else {
		ok = eachID(raw, func(id cairn.ID) { v.addCode(start, v.dict.codeOf(id)) })
	}
	n := len(v.arena) - start - 1
	if !ok || n == 0 {
		v.arena = v.arena[:start]
		return ok
	}
	v.arena[start] = int32(n)
	v.offs[row] = uint32(start)
	return true
}

func (v *lists) addCode(start int, code int32) {
	if !slices.Contains(v.arena[start+1:], code) {
		v.arena = append(v.arena, code)
	}
}

// tidy rewrites the arena without waste. Gathered copies keep the old one.
func (v *lists) tidy() {
	arena := make([]int32, 1, len(v.arena)-v.waste)
	for row, o := range v.offs {
		if o == 0 {
			continue
		}
		v.offs[row] = uint32(len(arena))
		arena = append(arena, v.arena[o:o+1+uint32(v.arena[o])]...)
	}
	v.arena, v.waste = arena, 0
}

func (v *lists) isNull(row int32) bool {
	for _, c := range v.at(row) {
		if v.dict.known(c) {
			return false
		}
	}
	return true
}

func (v *lists) appendJSON(dst []byte, row int32) []byte {
	if v.isNull(row) {
		return append(dst, "null"...)
	}
	sep := byte('[')
	for _, c := range v.at(row) {
		if v.dict.known(c) {
			dst = v.dict.appendJSON(append(dst, sep), c)
			sep = ','
		}
	}
	return append(dst, ']')
}

// stored is the value with options that the field no longer has.
func (v *lists) stored(row int32) []byte {
	if v.offs[row] == 0 {
		return nil
	}
	whole := &lists{offs: v.offs, arena: v.arena, dict: &dict{ids: v.dict.ids, texts: v.dict.texts}}
	return whole.appendJSON(nil, row)
}

func (v *lists) value(row int32) cairn.Value {
	if v.isNull(row) {
		return cairn.Value{}
	}
	out := cairn.Value{Kind: cairn.KindRefIDs}
	text := v.dict.byText != nil || len(v.dict.texts) > 0
	if text {
		out.Kind = cairn.KindTexts
	}
	for _, c := range v.at(row) {
		switch {
		case !v.dict.known(c):
		case text:
			out.Texts = append(out.Texts, v.dict.texts[c])
		default:
			out.IDs = append(out.IDs, v.dict.ids[c])
		}
	}
	return out
}

func (v *lists) gather(rows []int32) vector {
	// The arena is only ever appended to or replaced, so that it can be shared.
	return &lists{offs: pick(v.offs, rows), arena: v.arena[:len(v.arena):len(v.arena)], dict: v.dict.frozen()}
}

func (v *lists) keep(rows []int32) {
	v.offs = pick(v.offs, rows)
	used := 1
	for _, o := range v.offs {
		if o != 0 {
			used += int(v.arena[o]) + 1
		}
	}
	v.waste = len(v.arena) - used
	v.tidy()
}

func (v *lists) nulls(dst bitmap) {
	if v.dict.place == nil {
		fillOf(dst, v.offs, func(o uint32) bool { return o == 0 })
		return
	}
	dst.fill(len(v.offs), v.isNull)
}

// holds reports whether the vector keeps something of the row, be it an option
// that the field no longer has.
func holds(v vector, row int32) bool {
	switch v := v.(type) {
	case *codes:
		return v.vals[row] >= 0
	case *lists:
		return v.offs[row] != 0
	}
	return !v.isNull(row)
}

// storedJSON is the JSON from which the row was set, as far as the vector kept
// it, including options that the field no longer has; nil for none.
func storedJSON(v vector, row int32) json.RawMessage {
	switch v := v.(type) {
	case *codes:
		return v.stored(row)
	case *lists:
		return v.stored(row)
	}
	if v.isNull(row) {
		return nil
	}
	return v.appendJSON(nil, row)
}
