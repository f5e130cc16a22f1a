// Package schedule reckons with ideas in time: what moves when an idea that
// others depend on moves, and what spans were on an earlier day. Pure.
//
// Start at Cascade. Days, precisions and the meaning of a coarse date are those
// of docs/spec/timeline.md.
package schedule

import "cairn"

// Span is when an idea happens, as exactly as its precision says.
type Span = cairn.Interval

// Move is a span that somebody gave an idea.
type Move struct {
	Idea cairn.ID
	To   Span
}

// Shift is an idea that follows: where it was, where it goes, and the
// dependency that pushes it furthest.
type Shift struct {
	Idea cairn.ID
	From Span
	To   Span
	Link cairn.Link
}

// How dependents follow.
type How int

// The ways to follow.
const (
	// Push moves an idea later, as far as its dependencies demand, and never
	// earlier.
	Push How = iota
	// KeepDistance moves an idea so that its distance to what it waits for stays
	// as it was, later or earlier.
	KeepDistance
)

// Plan is what a cascade knows.
type Plan struct {
	// Span returns an idea's present span; ok is false when it has none, or is
	// out of reach.
	Span func(cairn.ID) (Span, bool)
	// Next returns the dependencies that leave an idea.
	Next func(cairn.ID) []cairn.Link
}

// Cascade returns which ideas follow the moves, those first on which others
// depend, and leaves the plan as it is. Moved ideas stay where they were put.
func Cascade(plan Plan, moves []Move, how How) []Shift {
	c := cascade{plan: plan, how: how, now: make(map[cairn.ID]Span), before: make(map[cairn.ID]Span)}
	fixed := make(map[cairn.ID]bool, len(moves))
	for _, m := range moves {
		fixed[m.Idea] = true
		if was, ok := plan.Span(m.Idea); ok {
			c.before[m.Idea] = was
		}
		c.now[m.Idea] = m.To
	}
	var shifts []Shift
	for _, id := range c.order(moves) {
		if fixed[id] {
			continue
		}
		if s, moved := c.follow(id); moved {
			shifts = append(shifts, s)
			c.now[id] = s.To
		}
	}
	return shifts
}

type cascade struct {
	plan Plan
	how  How
	// now holds the spans of ideas that move, before those they had.
	now, before map[cairn.ID]Span
	// into are the dependencies that reach an idea from one that may move.
	into map[cairn.ID][]cairn.Link
}

// order returns everything behind the moved ideas so that no idea stands before
// one that it depends on. Should the dependencies have a circle, which the
// application refuses, its ideas stay where they are.
func (c *cascade) order(moves []Move) []cairn.ID {
	c.into = make(map[cairn.ID][]cairn.Link)
	waiting := make(map[cairn.ID]int)
	seen := make(map[cairn.ID]bool)
	var queue []cairn.ID
	for _, m := range moves {
		if !seen[m.Idea] {
			seen[m.Idea] = true
			queue = append(queue, m.Idea)
		}
	}
	for i := 0; i < len(queue); i++ {
		for _, l := range c.plan.Next(queue[i]) {
			waiting[l.To]++
			c.into[l.To] = append(c.into[l.To], l)
			if !seen[l.To] {
				seen[l.To] = true
				queue = append(queue, l.To)
			}
		}
	}
	var ready, out []cairn.ID
	for _, id := range queue {
		if waiting[id] == 0 {
			ready = append(ready, id)
		}
	}
	for len(ready) > 0 {
		id := ready[0]
		ready = ready[1:]
		out = append(out, id)
		for _, l := range c.plan.Next(id) {
			if waiting[l.To]--; waiting[l.To] == 0 {
				ready = append(ready, l.To)
			}
		}
	}
	return out
}

// follow works out where an idea goes because of those before it that moved.
func (c *cascade) follow(id cairn.ID) (Shift, bool) {
	was, ok := c.plan.Span(id)
	if !ok {
		return Shift{}, false
	}
	var need cairn.Day = cairn.NoDay
	var because cairn.Link
	for _, l := range c.into[id] {
		from, moved := c.now[l.From]
		if !moved {
			continue
		}
		day := Earliest(l, from)
		if c.how == KeepDistance {
			before, known := c.before[l.From]
			if !known {
				continue // it had no date before: there is no distance to keep
			}
			day = was.Start + day - Earliest(l, before)
		}
		if need == cairn.NoDay || day > need {
			need, because = day, l
		}
	}
	if need == cairn.NoDay {
		return Shift{}, false
	}
	if c.how == Push && Latest(was) >= need {
		return Shift{}, false
	}
	to := Begin(was, need)
	if to == was {
		return Shift{}, false
	}
	c.before[id] = was
	return Shift{Idea: id, From: was, To: to, Link: because}, true
}

// Earliest is the first day on which a dependency lets its target start, when
// the source has that span.
func Earliest(l cairn.Link, source Span) cairn.Day {
	if l.Type == cairn.LinkStartStart {
		return source.Start + cairn.Day(l.Lag)
	}
	return source.End + 1 + cairn.Day(l.Lag)
}

// Latest is the last day on which what has that span may start and yet be true
// to its word: a quarter-precise idea starts some day of its first quarter.
func Latest(s Span) cairn.Day {
	if s.Precision.Months() == 0 {
		return s.Start
	}
	return unit(s.Start, s.Precision).End
}

// Begin returns the span moved so that it starts on that day, or in the unit of
// its precision that holds the day. It lasts as long as before: as many days, or
// as many units.
func Begin(s Span, day cairn.Day) Span {
	months := s.Precision.Months()
	if months == 0 {
		return Span{Start: day, End: day + s.End - s.Start, Precision: cairn.PrecisionDay}
	}
	units := 0
	for at := unit(s.Start, s.Precision); at.End < s.End; at = unit(at.End+1, s.Precision) {
		units++
	}
	to := unit(day, s.Precision)
	for range units {
		to.End = unit(to.End+1, s.Precision).End
	}
	return to
}

// unit is the unit of a precision that holds a day.
func unit(day cairn.Day, p cairn.Precision) Span { return Span{Start: day, End: day}.Widen(p) }
