package app

import (
	"context"

	"cairn"
	"cairn/internal/engine"
	"cairn/internal/schedule"
)

// MaxMoves is how many ideas one cascade may start from.
const MaxMoves = 1000

// Dates name the one or two fields that say when ideas happen.
type Dates struct {
	Start cairn.Ref
	// End is "" when Start alone gives both.
	End cairn.Ref
}

// CascadeRequest asks what follows when ideas move.
type CascadeRequest struct {
	Dates
	Moves []schedule.Move
	How   schedule.How
}

// CascadeShift is an idea that follows.
type CascadeShift struct {
	LinkEnd
	schedule.Shift
	// Values are what to write, by the field.
	Values map[cairn.Ref]cairn.Value
	// People are those who stand in one of the idea's fields of people.
	People []cairn.ID
}

// Cascaded is what follows.
type Cascaded struct {
	Shifts []CascadeShift
	// Elsewhere are ideas of other projects that depend on what moves; what they
	// should do is for those projects to say.
	Elsewhere []LinkEnd
}

// Cascade works out which ideas follow when some move, and changes nothing.
func (a *App) Cascade(ctx context.Context, by Caller, project cairn.ID, in CascadeRequest) (Cascaded, error) {
	if _, err := a.mayIn(by, project, cairn.ReadProject); err != nil {
		return Cascaded{}, err
	}
	st, err := a.states.get(ctx, project)
	if err != nil {
		return Cascaded{}, err
	}
	spans, err := a.spansOf(by, st, in.Dates)
	if err != nil {
		return Cascaded{}, err
	}
	if len(in.Moves) > MaxMoves {
		return Cascaded{}, cairn.Errorf(cairn.CodeTooLarge, "At most %d ideas move in one step", MaxMoves)
	}
	reached := make(map[cairn.ID]bool, len(in.Moves))
	for _, m := range in.Moves {
		if !st.state.Has(m.Idea) {
			return Cascaded{}, cairn.NotFound("One of the ideas, " + m.Idea.String() + ",")
		}
		reached[m.Idea] = true
	}
	plan := schedule.Plan{Span: spans.of, Next: a.links.dependencies}
	var out Cascaded
	for _, s := range schedule.Cascade(plan, in.Moves, in.How) {
		end, _, err := a.linkEnd(ctx, by, project, s.Idea)
		if err != nil {
			return Cascaded{}, err
		}
		reached[s.Idea] = true
		out.Shifts = append(out.Shifts, CascadeShift{LinkEnd: end, Shift: s, Values: spans.moved(s), People: spans.people(s.Idea)})
	}
	out.Elsewhere, err = a.elsewhere(ctx, by, project, reached)
	return out, err
}

// elsewhere returns the ideas of other projects that depend on some of these.
func (a *App) elsewhere(ctx context.Context, by Caller, project cairn.ID, ideas map[cairn.ID]bool) ([]LinkEnd, error) {
	var out []LinkEnd
	seen := make(map[cairn.ID]bool)
	for id := range ideas {
		for _, l := range a.links.dependencies(id) {
			end, there, err := a.linkEnd(ctx, by, project, l.To)
			if err != nil {
				return nil, err
			}
			if there && !seen[l.To] && end.Project != project {
				seen[l.To] = true
				out = append(out, end)
			}
		}
	}
	return out, nil
}

// spans reads when ideas of a project happen.
type spans struct {
	st     *engine.State
	env    engine.Env
	fields schedule.Fields
	// refs are the two fields, then those of people.
	refs   []cairn.Ref
	second bool
}

func (a *App) spansOf(by Caller, st *projectState, dates Dates) (*spans, error) {
	s := &spans{st: st.state, env: a.env(by, st), second: dates.End != "" && dates.End != dates.Start}
	var ok bool
	if s.fields.Start, ok = st.state.Field(dates.Start); !ok {
		return nil, cairn.Invalid("start", "The project has no field %q", dates.Start)
	}
	s.refs = append(s.refs, dates.Start)
	if s.second {
		if s.fields.End, ok = st.state.Field(dates.End); !ok {
			return nil, cairn.Invalid("end", "The project has no field %q", dates.End)
		}
		s.refs = append(s.refs, dates.End)
	}
	for _, f := range st.state.Fields() {
		if f.Type == cairn.TypePerson || f.Type == cairn.TypePeople {
			s.refs = append(s.refs, f.Ref())
		}
	}
	return s, s.fields.Check()
}

// values are an idea's start and end.
func (s *spans) values(id cairn.ID) (start, end cairn.Value, ok bool) {
	n := 1
	if s.second {
		n = 2
	}
	cells, ok := s.st.Row(id, s.refs[:n], s.env)
	if !ok {
		return start, end, false
	}
	start = cells[0].Value
	if s.second {
		end = cells[1].Value
	}
	return start, end, true
}

// of returns when an idea happens.
func (s *spans) of(id cairn.ID) (schedule.Span, bool) {
	start, end, ok := s.values(id)
	if !ok {
		return schedule.Span{}, false
	}
	return s.fields.Span(start, end)
}

// moved returns the values that a shift writes.
func (s *spans) moved(shift schedule.Shift) map[cairn.Ref]cairn.Value {
	start, end, _ := s.values(shift.Idea)
	newStart, newEnd := s.fields.Moved(start, end, shift.From, shift.To)
	out := make(map[cairn.Ref]cairn.Value, 2)
	if !newStart.IsNull() {
		out[s.refs[0]] = newStart
	}
	if s.second && !newEnd.IsNull() {
		out[s.refs[1]] = newEnd
	}
	return out
}

// people returns those who stand in an idea's fields of people, each once.
func (s *spans) people(id cairn.ID) []cairn.ID {
	cells, ok := s.st.Row(id, s.refs, s.env)
	if !ok {
		return nil
	}
	var out []cairn.ID
	seen := make(map[cairn.ID]bool)
	for _, cell := range cells {
		for _, who := range cell.Value.IDs {
			if !seen[who] {
				seen[who] = true
				out = append(out, who)
			}
		}
	}
	return out
}
