package engine

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"cairn"
	"cairn/internal/search/fold"
)

// source is what a reference means in an evaluation: the values, their type,
// and what to watch for changes.
type source struct {
	ref   cairn.Ref
	label string
	info  cairn.TypeInfo
	// field is nil for a built-in attribute.
	field *cairn.Field
	data  vector
	track *track
	// computed is set for a formula field.
	computed *computed
	// group: ideas may be grouped by it.
	group bool
	// key names a summary of children, whose values are those of inner.
	key   string
	inner *source
}

// evaluation is one request in the making. It runs under the state's read
// lock, and notes what its answer depends on.
type evaluation struct {
	s   *State
	env Env
	// tracks are the columns the answer depends on.
	tracks []*track
	// today, viewer and names: it also depends on these.
	today, viewer, names bool
	// notes say what of the conditions is unlikely to be meant.
	notes []string
	// sources resolved so far.
	sources map[cairn.Ref]*source
}

func (s *State) evaluation(env Env) *evaluation {
	return &evaluation{s: s, env: env, sources: map[cairn.Ref]*source{}}
}

func (e *evaluation) use(t *track) {
	if !slices.Contains(e.tracks, t) {
		e.tracks = append(e.tracks, t)
	}
}

// errDeleted marks a reference to a field that was deleted.
type errDeleted struct{ cause *cairn.Error }

// Error says which field and what to do.
func (e errDeleted) Error() string { return e.cause.Message }

// Unwrap lets the error be seen as a *cairn.Error.
func (e errDeleted) Unwrap() error { return e.cause }

// source resolves a reference and notes that the answer depends on it; where
// says which part of the query has it.
func (e *evaluation) source(ref cairn.Ref, where string) (*source, error) {
	src, err := e.lookup(ref, where)
	if err != nil {
		return nil, err
	}
	e.use(src.track)
	of := src
	for of.inner != nil {
		of = of.inner
	}
	if c := of.computed; c != nil {
		e.today, e.viewer = e.today || c.program.today, e.viewer || c.program.viewer
	}
	return src, nil
}

// lookup resolves a reference.
func (e *evaluation) lookup(ref cairn.Ref, where string) (*source, error) {
	if src, ok := e.sources[ref]; ok {
		return src, nil
	}
	src, err := e.resolve(ref, where)
	if err != nil {
		return nil, err
	}
	e.sources[ref] = src
	return src, nil
}

// named reports a source that sorts and groups by people's names.
func (src *source) named() bool {
	return src.info.Type == cairn.TypePerson || src.info.Type == cairn.TypePeople
}

func (e *evaluation) resolve(ref cairn.Ref, where string) (*source, error) {
	if _, _, summed := ref.OfChildren(); summed {
		return e.childrenOf(ref, where)
	}
	if b, ok := builtinOf(ref); ok {
		c, held := e.s.columns[b.attr]
		if !held {
			return nil, cairn.Invalid(string(ref), "%s: the description cannot be used here, because lists do not hold it. Use the search instead", where)
		}
		info, _ := b.like.Info()
		src := &source{ref: ref, label: b.label, info: info, data: c.data, track: &c.track, group: b.group}
		if ref == cairn.RefType {
			src.field = &e.s.types.field
		}
		return src, nil
	}
	f, ok := e.s.fieldOf(ref)
	if !ok {
		return nil, cairn.Invalid(string(ref), "%s: there is no field %q in this project. %s", where, ref, e.s.suggest())
	}
	if f.field.Deleted {
		return nil, errDeleted{cairn.Invalid(string(ref), "%s: the field %q was deleted. Remove it here, or restore the field", where, f.field.Name)}
	}
	info, _ := f.field.Type.Info()
	src := &source{ref: ref, label: f.field.Name, info: info, field: &f.field, group: info.Groupable}
	if f.column != nil {
		src.data, src.track = f.column.data, &f.column.track
		return src, nil
	}
	c := e.compute(f)
	src.data, src.track, src.computed = &c.out, &c.track, c
	return src, nil
}

// suggest lists the fields that exist, for an error about one that does not.
func (s *State) suggest() string {
	var names []string
	for _, f := range s.shown {
		names = append(names, fmt.Sprintf("%s (%s)", f.Name, f.Ref()))
	}
	const most = 8
	if len(names) > most {
		names = append(names[:most], "…")
	}
	for _, b := range builtins()[:2] {
		names = append(names, string(b.ref))
	}
	return "Use one of: " + strings.Join(names, ", ")
}

// sortColumn returns the key by which ideas are sorted by the source.
func (e *evaluation) sortColumn(src *source, desc bool) sortColumn {
	c := sortColumn{desc: desc}
	switch v := src.data.(type) {
	case *texts:
		c.texts = v.comparable()
	case *numbers:
		c.key = func(row int32) uint64 { return floatKey(v.vals[row]) }
	case *days:
		c.key = dayKey(v.vals)
	case *spans:
		c.key = dayKey(v.start)
	case *moments:
		c.key = func(row int32) uint64 {
			if v.vals[row] == noMoment {
				return noKey
			}
			return intKey(v.vals[row])
		}
	case *codes:
		places := e.places(src, v.dict)
		c.key = func(row int32) uint64 {
			if code := v.vals[row]; code >= 0 && places[code] >= 0 {
				return uint64(places[code])
			}
			return noKey
		}
	case *lists:
		if src.info.Type == cairn.TypeConnection {
			c.key = func(row int32) uint64 {
				if n := len(v.at(row)); n > 0 {
					return intKey(int64(n))
				}
				return noKey
			}
			break
		}
		places := e.places(src, v.dict)
		c.key = func(row int32) uint64 { return listKey(v.at(row), places) }
	}
	return c
}

func dayKey(vals []cairn.Day) func(row int32) uint64 {
	return func(row int32) uint64 {
		if vals[row] == cairn.NoDay {
			return noKey
		}
		return intKey(int64(vals[row]))
	}
}

// listKey packs the first three places of a list, in order; a shorter list that
// starts like a longer one comes first.
func listKey(list, places []int32) uint64 {
	const bits, count = 21, 3
	var first [count]int32
	n := 0
	for _, code := range list {
		p := places[code]
		if p < 0 {
			continue
		}
		i := n
		for i > 0 && first[i-1] > p {
			i--
		}
		if i < count {
			n = min(n+1, count)
			copy(first[i+1:n], first[i:])
			first[i] = p
		}
	}
	if n == 0 {
		return noKey
	}
	var key uint64
	for i := range count {
		key <<= bits
		if i < n {
			key |= min(uint64(first[i])+1, 1<<bits-1)
		}
	}
	return key
}

// places returns the position of every code of a dict: the option's place, the
// person's by name, the label's by text, the parent's by title; negative for
// options and parents that are gone.
func (e *evaluation) places(src *source, d *dict) []int32 {
	if src.info.Options {
		return d.place
	}
	type entry struct {
		text string
		code int32
	}
	entries := make([]entry, d.len())
	for code := range entries {
		entries[code] = entry{fold.String(e.nameOf(src, d, int32(code))), int32(code)}
	}
	slices.SortFunc(entries, func(a, b entry) int {
		if c := compareTexts(a.text, b.text, false); c != 0 {
			return c
		}
		if d.byText != nil {
			return strings.Compare(d.texts[a.code], d.texts[b.code])
		}
		return cmp.Compare(d.ids[a.code], d.ids[b.code])
	})
	places := make([]int32, len(entries))
	for i, en := range entries {
		places[en.code] = int32(i)
		if !d.known(en.code) {
			places[en.code] = -1
		}
	}
	return places
}

// nameOf is what people call the option, person, label or parent of a code.
func (e *evaluation) nameOf(src *source, d *dict, code int32) string {
	switch {
	case d.byText != nil:
		return d.texts[code]
	case src.info.Options:
		if o, ok := src.field.Option(d.ids[code]); ok {
			return o.Name
		}
		return ""
	case src.ref == cairn.RefParent:
		if row, ok := e.s.row(d.ids[code]); ok {
			return e.s.columns[attrTitle].data.(*texts).vals[row]
		}
		return ""
	case src.info.Type == cairn.TypeConnection:
		return "#" + d.ids[code].String()
	}
	if e.env.People == nil {
		return ""
	}
	return e.env.People.Name(d.ids[code])
}
