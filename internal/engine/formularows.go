package engine

import (
	"cairn"
	"cairn/internal/formula"
)

// formulaRows gives formulas the columns. It is made for one evaluation and
// used by one program at a time.
type formulaRows struct {
	*evaluation
	loaders map[cairn.Ref]loader
}

// loader copies rows [lo,hi) of a column into dst, whose slices have that many
// elements.
type loader func(lo, hi int, dst *formula.Vec)

func (e *evaluation) rows() *formulaRows {
	return &formulaRows{e, map[cairn.Ref]loader{}}
}

// Len is the number of rows, dead ones included.
func (r *formulaRows) Len() int { return len(r.s.ids) }

// Load fills dst with rows [lo,hi) of a column.
func (r *formulaRows) Load(ref cairn.Ref, lo, hi int, dst *formula.Vec) {
	load, ok := r.loaders[ref]
	if !ok {
		src := r.sources[ref] // resolved before the program runs
		load = r.loader(src)
		r.loaders[ref] = load
	}
	n := hi - lo
	dst.Null = sized(dst.Null, n)
	load(lo, hi, dst)
}

// sized returns a slice of n zero elements, reusing the memory of have.
func sized[T any](have []T, n int) []T {
	if cap(have) < n {
		return make([]T, n)
	}
	have = have[:n]
	clear(have)
	return have
}

func (r *formulaRows) loader(src *source) loader {
	switch v := src.data.(type) {
	case *numbers:
		return loadNumbers(v, src.ref)
	case *days:
		return func(lo, hi int, dst *formula.Vec) {
			dst.Kind, dst.Num = formula.Date, sized(dst.Num, hi-lo)
			loadDays(v.vals[lo:hi], dst.Num, dst.Null)
		}
	case *spans:
		return func(lo, hi int, dst *formula.Vec) {
			dst.Kind, dst.Num, dst.End = formula.Interval, sized(dst.Num, hi-lo), sized(dst.End, hi-lo)
			loadDays(v.start[lo:hi], dst.Num, dst.Null)
			loadDays(v.end[lo:hi], dst.End, dst.Null)
		}
	case *moments:
		return func(lo, hi int, dst *formula.Vec) {
			dst.Kind, dst.Num = formula.Date, sized(dst.Num, hi-lo)
			for i, m := range v.vals[lo:hi] {
				dst.Num[i] = float64(dayOfMoment(m))
				dst.Null[i] = m == noMoment
			}
		}
	case *codes:
		if src.info.Options {
			return r.loadOptions(src, v)
		}
		return r.loadPerson(src, v)
	case *lists:
		return r.loadLists(src, v)
	}
	v := src.data.(*texts)
	return func(lo, hi int, dst *formula.Vec) {
		dst.Kind, dst.Text = formula.Text, append(dst.Text[:0], v.vals[lo:hi]...)
		for i, s := range dst.Text {
			dst.Null[i] = s == ""
		}
	}
}

// loadNumbers loads numbers; an idea without comments has 0 of them, and a
// checkbox that was never set is not checked.
func loadNumbers(v *numbers, ref cairn.Ref) loader {
	kind := formula.Number
	if v.truth {
		kind = formula.Bool
	}
	whole := v.truth || counted(string(ref)) || countsNothingAsZero(ref)
	return func(lo, hi int, dst *formula.Vec) {
		dst.Kind, dst.Num = kind, append(dst.Num[:0], v.vals[lo:hi]...)
		for i, x := range dst.Num {
			if x != x {
				dst.Num[i], dst.Null[i] = 0, !whole
			}
		}
	}
}

// countsNothingAsZero reports a sum or a count of children, which is 0 where
// there are none (FML-91).
func countsNothingAsZero(ref cairn.Ref) bool {
	op, _, ok := ref.OfChildren()
	return ok && (op == cairn.RollupSum || op == cairn.RollupFilled)
}

func loadDays(days []cairn.Day, nums []float64, null []bool) {
	for i, d := range days {
		if d == cairn.NoDay {
			null[i] = true
		} else {
			nums[i] = float64(d)
		}
	}
}

// names returns what people call each code of a dict.
func (e *evaluation) namesOf(src *source, d *dict) []string {
	names := make([]string, d.len())
	for c := range names {
		names[c] = e.nameOf(src, d, int32(c))
	}
	return names
}

func (r *formulaRows) loadOptions(src *source, v *codes) loader {
	names, weights := r.namesOf(src, v.dict), weightsOf(src.field, v.dict)
	return func(lo, hi int, dst *formula.Vec) {
		dst.Kind, dst.Num, dst.Text, dst.NoNum = formula.Option, sized(dst.Num, hi-lo), sized(dst.Text, hi-lo), sized(dst.NoNum, hi-lo)
		for i, c := range v.vals[lo:hi] {
			switch {
			case c < 0 || !v.dict.known(c):
				dst.Null[i], dst.NoNum[i] = true, true
			case weights[c] != weights[c]:
				dst.Text[i], dst.NoNum[i] = names[c], true
			default:
				dst.Text[i], dst.Num[i] = names[c], weights[c]
			}
		}
	}
}

func (r *formulaRows) loadPerson(src *source, v *codes) loader {
	r.names = r.names || src.named()
	names := r.namesOf(src, v.dict)
	return func(lo, hi int, dst *formula.Vec) {
		dst.Kind, dst.Text = formula.Text, sized(dst.Text, hi-lo)
		for i, c := range v.vals[lo:hi] {
			if c < 0 || !v.dict.known(c) {
				dst.Null[i] = true
			} else {
				dst.Text[i] = names[c]
			}
		}
	}
}

func (r *formulaRows) loadLists(src *source, v *lists) loader {
	names := r.namesOf(src, v.dict)
	weight := src.numberAt()
	r.evaluation.names = r.evaluation.names || src.named()
	return func(lo, hi int, dst *formula.Vec) {
		dst.Kind, dst.Num, dst.List, dst.NoNum = formula.List, sized(dst.Num, hi-lo), sized(dst.List, hi-lo), sized(dst.NoNum, hi-lo)
		for i := range hi - lo {
			row := int32(lo + i)
			var list []string
			for _, c := range v.at(row) {
				if v.dict.known(c) {
					list = append(list, names[c])
				}
			}
			dst.List[i], dst.Null[i] = list, len(list) == 0
			dst.NoNum[i] = true
			if weight != nil {
				if x := weight(row); x == x {
					dst.Num[i], dst.NoNum[i] = x, false
				}
			}
		}
	}
}
