package schedule

import "cairn"

// Fields are the one or two fields that say when an idea happens.
type Fields struct {
	Start cairn.Field
	// End is the zero field when Start alone gives both.
	End cairn.Field
}

// Check refuses fields that hold no dates.
func (f Fields) Check() error {
	for _, field := range []cairn.Field{f.Start, f.End} {
		if field.ID == 0 && field.Type == "" {
			continue
		}
		if field.Type != cairn.TypeDate && field.Type != cairn.TypeInterval {
			return cairn.Invalid(string(field.Ref()), "%s holds no dates; choose a date or an interval field", field.Name)
		}
	}
	return nil
}

func (f Fields) two() bool { return f.End.Type != "" }

// Span is when an idea with these values happens; ok is false without any date.
// Two fields give a span that is exact to the day unless both are intervals, and
// then it is as coarse as the coarser. With one of two missing it is that day,
// or that interval.
func (f Fields) Span(start, end cairn.Value) (s Span, ok bool) {
	a, hasA := spanOf(start)
	if !f.two() {
		return a, hasA
	}
	b, hasB := spanOf(end)
	switch {
	case hasA && hasB:
	case hasA:
		return a, true
	default:
		return b, hasB
	}
	s = Span{Start: min(a.Start, b.End), End: max(a.Start, b.End), Precision: cairn.PrecisionDay}
	if f.Start.Type == cairn.TypeInterval && f.End.Type == cairn.TypeInterval {
		s = s.Widen(coarser(a.Precision, b.Precision))
	}
	return s, true
}

func spanOf(v cairn.Value) (Span, bool) {
	switch v.Kind {
	case cairn.KindDate:
		return Span{Start: v.Day, End: v.Day, Precision: cairn.PrecisionDay}, true
	case cairn.KindInterval:
		return v.Interval, true
	}
	return Span{}, false
}

func coarser(a, b cairn.Precision) cairn.Precision {
	if a.Months() > b.Months() {
		return a
	}
	return b
}

// Moved returns the values of start and end that carry an idea from one span to
// another which lasts as long; a field without a value keeps none.
func (f Fields) Moved(start, end cairn.Value, from, to Span) (newStart, newEnd cairn.Value) {
	if !f.two() {
		if start.Kind == cairn.KindInterval {
			return cairn.Value{Kind: cairn.KindInterval, Interval: to}, cairn.Value{}
		}
		return carried(start, to.Start, 0), cairn.Value{}
	}
	return carried(start, to.Start, to.Start-from.Start), carried(end, to.End, to.End-from.End)
}

// carried is a date on its new day, or an interval so many days away.
func carried(v cairn.Value, day, by cairn.Day) cairn.Value {
	switch v.Kind {
	case cairn.KindDate:
		return cairn.Value{Kind: cairn.KindDate, Day: day}
	case cairn.KindInterval:
		return cairn.Value{Kind: cairn.KindInterval, Interval: Begin(v.Interval, v.Interval.Start+by)}
	}
	return cairn.Value{}
}
