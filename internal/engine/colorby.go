package engine

import (
	"math"
	"slices"
	"strings"

	"cairn"
)

// painter gives a row its colour; "" is none.
type painter func(row int32) string

// shades are five steps from little to much, of the palette but without its
// colours of alarm.
func shades() []string { return []string{"gray", "blue", "teal", "green", "lime"} }

// resolveColorBy prepares the colouring by a field. A deleted one is left out
// with a warning.
func (p *plan) resolveColorBy(ref cairn.Ref) error {
	if ref == "" {
		return nil
	}
	src, err := p.lookup(ref, "Colour")
	if err != nil {
		if p.skip(err) {
			return nil
		}
		return err
	}
	if !src.group {
		return cairn.Invalid(string(ref), "Colour: %s is of type %s, which gives no colour. Choose a select, person, label, date, number or checkbox field",
			src.label, strings.ToLower(src.info.Label))
	}
	p.colorBy = p.painter(src)
	return nil
}

func (e *evaluation) painter(src *source) painter {
	switch v := src.data.(type) {
	case *numbers:
		return e.numberPainter(src, v)
	case *texts:
		return func(row int32) string { return colorOfText(v.vals[row]) }
	case *days:
		return func(row int32) string { return dayColor(v.vals[row], e.env.Today) }
	case *spans:
		return func(row int32) string { return spanColor(v.start[row], v.end[row], e.env.Today) }
	case *moments:
		return func(row int32) string { return ageColor(dayOfMoment(v.vals[row]), e.env.Today) }
	case *codes:
		return func(row int32) string {
			if c := v.vals[row]; c >= 0 {
				return e.codeColor(src, v.dict, c)
			}
			return ""
		}
	case *lists:
		places := e.places(src, v.dict)
		return func(row int32) string {
			first := int32(-1)
			for _, c := range v.at(row) {
				if places[c] >= 0 && (first < 0 || places[c] < places[first]) {
					first = c
				}
			}
			if first < 0 {
				return ""
			}
			return e.codeColor(src, v.dict, first)
		}
	}
	return nil
}

// codeColor is an option's own colour, or the one that a person or a label
// always has.
func (e *evaluation) codeColor(src *source, d *dict, code int32) string {
	if !src.info.Options {
		return colorOfText(e.nameOf(src, d, code))
	}
	if o, ok := src.field.Option(d.ids[code]); ok {
		return o.Color
	}
	return ""
}

// colorOfText is the colour that stands for a text everywhere in Cairn; gray is
// left to what is neutral on purpose.
func colorOfText(s string) string {
	if s == "" {
		return ""
	}
	hash := uint32(7)
	for _, r := range s {
		hash = hash*31 + uint32(r)
	}
	colors := cairn.Colors()
	return colors[1+hash%uint32(len(colors)-1)]
}

// numberPainter shades numbers: a rating by its stars, a slider by fifths of
// its range, others by fifths of the project's live ideas.
func (e *evaluation) numberPainter(src *source, v *numbers) painter {
	if v.truth {
		return func(row int32) string {
			if v.isNull(row) {
				return ""
			}
			return "green"
		}
	}
	step := e.numberStep(src, v)
	return func(row int32) string {
		x := v.vals[row]
		if x != x {
			return ""
		}
		return shades()[min(max(step(x), 0), len(shades())-1)]
	}
}

func (e *evaluation) numberStep(src *source, v *numbers) func(x float64) int {
	switch src.info.Type {
	case cairn.TypeRating:
		return func(x float64) int { return int(math.Round(x)) - 1 }
	case cairn.TypeSlider:
		low, high := src.field.Number.Range()
		return func(x float64) int { return int((x - low) / (high - low) * float64(len(shades()))) }
	}
	limits := e.scaleOf(src, v).limits
	return func(x float64) int {
		n := 0
		for n < len(limits) && limits[n] < x {
			n++
		}
		return n
	}
}

// scale divides a column's values into fifths of as many ideas.
type scale struct {
	built  uint64
	limits []float64
}

func (e *evaluation) scaleOf(src *source, v *numbers) *scale {
	s := e.s
	own := s.evaluation(e.env)
	own.use(&s.rows)
	own.use(src.track)
	key := string(src.appendKey(nil, false))
	if sc, ok := s.derived.scales.get(key); ok && own.stands(sc.built) {
		return sc
	}
	var vals []float64
	for row, x := range v.vals {
		if x == x && s.live.has(int32(row)) && !s.archived.has(int32(row)) {
			vals = append(vals, x)
		}
	}
	slices.Sort(vals)
	sc := &scale{built: s.clock}
	steps := len(shades())
	for k := 1; k < steps && len(vals) > 0; k++ {
		sc.limits = append(sc.limits, vals[(k*len(vals)+steps-1)/steps-1])
	}
	s.derived.scales.put(key, sc)
	return sc
}

// dayColor says how far away a day is.
func dayColor(d, today cairn.Day) string {
	switch {
	case d == cairn.NoDay:
		return ""
	case d < today:
		return "gray"
	case d < today+7:
		return "orange"
	case d < today+30:
		return "amber"
	case d < today+90:
		return "blue"
	}
	return "purple"
}

// spanColor is green while an interval lasts, else how far away its start is.
func spanColor(start, end, today cairn.Day) string {
	if start != cairn.NoDay && start <= today && today <= end {
		return "green"
	}
	return dayColor(start, today)
}

// ageColor says how long ago a day was.
func ageColor(d, today cairn.Day) string {
	switch {
	case d == cairn.NoDay:
		return ""
	case d > today-7:
		return "green"
	case d > today-30:
		return "teal"
	case d > today-90:
		return "blue"
	}
	return "gray"
}
