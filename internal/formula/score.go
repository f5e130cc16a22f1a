package formula

import (
	"math"

	"cairn"
)

// MaxWeight is the largest weight of an input, by its size.
const MaxWeight = 1e6

// Scores are the results of a sum or a weighted score, a row per idea. The
// caller may reuse it.
type Scores struct {
	// Num holds the scores; 0 where there is none.
	Num    []float64
	Status []Status
	// Missing has bit i set where input i is missing; empty when nothing is.
	Missing []uint64
}

func (s *Scores) size(n int) {
	s.Num, s.Status, s.Missing = sized(s.Num, n), sized(s.Status, n), s.Missing[:0]
	clear(s.Num)
	clear(s.Status)
}

// note marks input k of the row as missing.
func (s *Scores) note(row, k int) {
	s.Missing = mark(s.Missing, len(s.Num))
	s.Missing[row] |= 1 << min(k, MaxRefs)
	if s.Status[row] == StatusOK {
		s.Status[row] = StatusIncomplete
	}
}

// fail takes the row's value away.
func (s *Scores) fail(row int, why Status) { s.Num[row], s.Status[row] = 0, why }

// Sum adds the inputs of each row up. An input is a column with NaN where a
// value is missing, which counts as 0 and makes the row incomplete.
func Sum(inputs [][]float64, out *Scores) {
	if len(inputs) == 0 {
		out.size(0)
		return
	}
	out.size(len(inputs[0]))
	for k, column := range inputs {
		for i, x := range column {
			if x-x != 0 {
				out.note(i, k)
				continue
			}
			out.Num[i] += x
		}
	}
	for i, x := range out.Num {
		if x-x != 0 {
			out.fail(i, StatusTooLarge)
		}
	}
}

// Range is what a column's values are measured against.
type Range struct {
	Lo float64 `json:"lo"`
	Hi float64 `json:"hi"`
}

// RangeOf returns the range of a column over the rows for which live holds, or
// over all when live is nil: hi is the largest value; lo is 0, or the smallest
// value when one is negative. What is missing (NaN) counts as 0.
func RangeOf(column []float64, live []bool) Range {
	lo, hi, missing := 0.0, math.Inf(-1), false
	for i, x := range column {
		if live != nil && !live[i] {
			continue
		}
		switch {
		case x-x != 0:
			missing = true
		case x > hi:
			hi = x
		}
		if x < lo && x-x == 0 {
			lo = x
		}
	}
	if missing {
		hi = max(hi, 0)
	}
	if math.IsInf(hi, -1) {
		return Range{}
	}
	return Range{lo, hi}
}

// Normalise measures x against r, on a scale from 0 to 100. When all values are
// the same, it is 0 where that value is 0 and 100 otherwise.
func (r Range) Normalise(x float64) float64 {
	if r.Hi == r.Lo {
		if r.Hi == 0 {
			return 0
		}
		return 100
	}
	width := r.Hi - r.Lo
	if math.IsInf(width, 0) { // halves, because the whole is beyond the largest number
		return clamp100(100 * ((x/2 - r.Lo/2) / (r.Hi/2 - r.Lo/2)))
	}
	return clamp100(100 * ((x - r.Lo) / width))
}

func clamp100(x float64) float64 { return min(max(x, 0), 100) }

// Scale is what a weighted score measured with.
type Scale struct {
	// Inputs has the range of each input.
	Inputs []Range
	// Positive and Negative are the ranges of the weighted sums; Divides says
	// that there are negative weights.
	Positive, Negative Range
	Divides            bool
}

// Weighted computes the weighted score of every live row (live nil: of all):
// each input is normalised over the live rows, weighted, summed, and the sum is
// normalised again. Inputs with negative weights form a sum of their own, by the
// size of their weights, and the score is the normalised positive sum divided by
// the normalised negative one. Inputs are columns with NaN where a value is
// missing. Rows that are not live get StatusArchived.
func Weighted(inputs [][]float64, weights []float64, live []bool, out *Scores) Scale {
	w := Weighing{Scores: *out}
	w.Compute(Weights{inputs, weights, live})
	*out = w.Scores
	return w.Scale
}

func (s *Scores) divide(row int, by float64) {
	v := s.Num[row] / by
	switch {
	case by == 0:
		s.fail(row, StatusDivisionByZero)
	case v-v != 0:
		s.fail(row, StatusTooLarge)
	default:
		s.Num[row] = v
	}
}

// factor is a range with the weight of what is measured by it.
type factor struct {
	Range
	weight float64
}

// accumulate adds an input's weighted, normalised values to sums.
func (s *Scores) accumulate(sums []float64, k int, column []float64, f factor) {
	width := f.Hi - f.Lo
	plain := width > 0 && !math.IsInf(width, 0)
	per := 100 / width * f.weight
	plain = plain && finite(per)
	for i, x := range column {
		if x-x != 0 {
			s.note(i, k)
			x = 0
		}
		if plain {
			sums[i] += (x - f.Lo) * per
			continue
		}
		sums[i] += f.Normalise(x) * f.weight
	}
}

// CheckFormula checks a formula of any kind against the columns of schema. The
// position of an error in the inputs is the input's index.
func CheckFormula(f *cairn.Formula, schema Schema) []Error {
	switch f.Kind {
	case cairn.FormulaExpression:
		_, errs := Compile(f.Expression, schema, Number)
		return errs
	case cairn.FormulaSum, cairn.FormulaWeighted:
		return checkInputs(f, schema)
	}
	return []Error{{Message: "A formula is a sum, a weighted score or an expression", Remedy: "Choose one of the three."}}
}

func checkInputs(f *cairn.Formula, schema Schema) []Error {
	var errs []Error
	bad := func(i int, message, remedy string) {
		errs = append(errs, Error{Message: message, Pos: i, End: i + 1, Remedy: remedy})
	}
	if len(f.Inputs) == 0 {
		bad(0, "The formula has no inputs", "Add at least one field.")
	}
	if len(f.Inputs) > MaxRefs {
		bad(MaxRefs, "The formula has more than 63 inputs", "Put some of them into a formula field of their own.")
	}
	seen := map[cairn.Ref]bool{}
	positive := false
	for i, in := range f.Inputs {
		name := schema.Name(in.Field)
		switch {
		case name == "":
			bad(i, "Input "+string(in.Field)+" does not exist any more", "Remove it, or restore the field.")
		case !numericInput(schema.Kind(in.Field)):
			bad(i, "Field "+name+" gives no number", "Choose number, rating, slider, checkbox, select or formula fields.")
		case seen[in.Field]:
			bad(i, "Field "+name+" is an input twice", "Remove one of the two, and raise the weight of the other.")
		case f.Kind == cairn.FormulaWeighted && !(math.Abs(in.Weight) <= MaxWeight):
			bad(i, "The weight of "+name+" is too large", "Weights go from −1,000,000 to 1,000,000; only their proportion matters.")
		}
		seen[in.Field] = true
		positive = positive || in.Weight > 0
	}
	if f.Kind == cairn.FormulaWeighted && !positive && len(f.Inputs) > 0 {
		bad(0, "No input has a positive weight, so every score would be 0", "Give at least one input a weight above 0.")
	}
	return errs
}

func numericInput(k Kind) bool {
	return k == Number || k == Bool || k == Option || k == List
}

// Uses lists the columns that a formula reads, each once; what it cannot read
// is left out.
func Uses(f *cairn.Formula, schema Schema) []cairn.Ref {
	var refs []cairn.Ref
	seen := map[cairn.Ref]bool{}
	add := func(ref cairn.Ref) {
		if !seen[ref] {
			seen[ref] = true
			refs = append(refs, ref)
		}
	}
	if f.Kind != cairn.FormulaExpression {
		for _, in := range f.Inputs {
			add(in.Field)
		}
		return refs
	}
	rewrite(f.Expression, func(t token, call bool) (string, bool) {
		if call || t.kind == tokIdent && isKeyword(t.text) {
			return "", false
		}
		if ref, ok := resolve(schema, t.text); ok {
			add(ref)
		}
		return "", false
	})
	return refs
}
