package api

import (
	"context"

	"cairn"
	"cairn/internal/app"
	"cairn/internal/schedule"
)

func (s *server) timelineRoutes() []endpoint {
	const tag = "Timeline"
	return []endpoint{
		route(op{id: "cascade", method: post, reads: true, path: "/projects/{project}/cascade", tag: tag, about: "Which ideas follow when some move, because they depend on them; changes nothing"}, s.cascade),
		route(op{id: "get-baseline", method: get, path: "/projects/{project}/baseline", tag: tag, about: "The ideas that at the end of a day stood elsewhere in time than now"}, s.getBaseline),
	}
}

// Span is a span of days, both ends included.
type Span struct {
	Start     string          `json:"start" doc:"YYYY-MM-DD"`
	End       string          `json:"end" doc:"YYYY-MM-DD"`
	Precision cairn.Precision `json:"precision" enum:"day,month,quarter,half,year" doc:"How exactly it is meant"`
}

func spanOut(s schedule.Span) Span {
	precision := s.Precision
	if precision == "" {
		precision = cairn.PrecisionDay
	}
	return Span{s.Start.String(), s.End.String(), precision}
}

func (s Span) parse() (schedule.Span, error) {
	start, ok := cairn.ParseDay(s.Start)
	end, ok2 := cairn.ParseDay(s.End)
	if !ok || !ok2 || end < start {
		return schedule.Span{}, cairn.Invalid("moves", "%s to %s is no span of days: write days as 2027-03-31, the earlier first", s.Start, s.End)
	}
	return schedule.Span{Start: start, End: end, Precision: s.Precision}.Widen(s.Precision), nil
}

// MoveInTime is a span that an idea is given.
type MoveInTime struct {
	Idea cairn.ID `json:"idea"`
	Span
}

type cascadeIn struct {
	ProjectIn
	Body struct {
		Start cairn.Ref    `json:"start" doc:"The date or interval field that says when ideas start"`
		End   cairn.Ref    `json:"end,omitempty" doc:"The field that says when they end; absent when an interval says both"`
		Moves []MoveInTime `json:"moves" maxItems:"1000"`
		Keep  bool         `json:"keep,omitempty" doc:"Keep the distances, also by moving earlier; otherwise ideas move later only, as far as they must"`
	}
}

// CascadeShift is an idea that follows.
type CascadeShift struct {
	Idea   LinkEnd                  `json:"idea"`
	From   Span                     `json:"from"`
	To     Span                     `json:"to"`
	Values map[cairn.Ref]rawMessage `json:"values" doc:"What to write into the idea"`
	Link   cairn.ID                 `json:"link" doc:"The dependency that pushes it furthest"`
	Behind cairn.ID                 `json:"behind" doc:"The idea that it follows by that dependency"`
	People []cairn.ID               `json:"people" doc:"Who stands in one of the idea's fields of people"`
}

type cascadeOut struct {
	Body struct {
		Shifts    []CascadeShift `json:"shifts" doc:"Those first on which others depend"`
		Elsewhere []LinkEnd      `json:"elsewhere" doc:"Ideas of other projects that depend on what moves; they are not moved"`
	}
}

func (s *server) cascade(ctx context.Context, in *cascadeIn) (*cascadeOut, error) {
	by := callerOf(ctx)
	p, err := s.app.Project(by, in.Project)
	if err != nil {
		return nil, err
	}
	req := app.CascadeRequest{Dates: app.Dates{Start: in.Body.Start, End: in.Body.End}}
	if in.Body.Keep {
		req.How = schedule.KeepDistance
	}
	for _, m := range in.Body.Moves {
		to, err := m.parse()
		if err != nil {
			return nil, err
		}
		req.Moves = append(req.Moves, schedule.Move{Idea: m.Idea, To: to})
	}
	res, err := s.app.Cascade(ctx, by, p.ID, req)
	if err != nil {
		return nil, err
	}
	out := &cascadeOut{}
	out.Body.Shifts, out.Body.Elsewhere = []CascadeShift{}, []LinkEnd{}
	for _, shift := range res.Shifts {
		one := CascadeShift{
			Idea: linkEndOut(shift.LinkEnd), From: spanOut(shift.From), To: spanOut(shift.To),
			Values: make(map[cairn.Ref]rawMessage), Link: shift.Link.ID, Behind: shift.Link.From, People: append([]cairn.ID{}, shift.People...),
		}
		for ref, v := range shift.Values {
			one.Values[ref] = v.AppendJSON(nil)
		}
		out.Body.Shifts = append(out.Body.Shifts, one)
	}
	for _, e := range res.Elsewhere {
		out.Body.Elsewhere = append(out.Body.Elsewhere, linkEndOut(e))
	}
	return out, nil
}

type baselineIn struct {
	ProjectIn
	Date  string    `query:"date" required:"true" doc:"The day, YYYY-MM-DD, whose end counts, or a moment as in RFC 3339"`
	Start cairn.Ref `query:"start" required:"true" doc:"The date or interval field that says when ideas start"`
	End   cairn.Ref `query:"end" doc:"The field that says when they end; absent when an interval says both"`
}

// BaselineIdea is an idea that stood elsewhere in time.
type BaselineIdea struct {
	Idea  cairn.ID `json:"idea"`
	Span  *Span    `json:"span,omitempty" doc:"Absent when it had no date, or was not there yet"`
	Gone  bool     `json:"gone,omitempty" doc:"It was deleted since; key and title are its last"`
	Key   string   `json:"key,omitempty"`
	Title string   `json:"title,omitempty"`
}

type baselineOut struct {
	Body struct {
		Ideas []BaselineIdea `json:"ideas" doc:"All others stood where they stand"`
	}
}

func (s *server) getBaseline(ctx context.Context, in *baselineIn) (*baselineOut, error) {
	by := callerOf(ctx)
	p, err := s.app.Project(by, in.Project)
	if err != nil {
		return nil, err
	}
	at, err := s.parseMoment("date", in.Date)
	if err != nil {
		return nil, err
	}
	list, err := s.app.Baseline(ctx, by, p.ID, app.BaselineRequest{Dates: app.Dates{Start: in.Start, End: in.End}, At: at})
	if err != nil {
		return nil, err
	}
	out := &baselineOut{}
	out.Body.Ideas = make([]BaselineIdea, 0, len(list))
	for _, i := range list {
		one := BaselineIdea{Idea: i.Idea, Gone: i.Gone, Title: i.Title}
		if i.Gone {
			one.Key = cairn.IdeaKey(p.Key, i.Number)
		}
		if i.Dated {
			span := spanOut(i.Span)
			one.Span = &span
		}
		out.Body.Ideas = append(out.Body.Ideas, one)
	}
	return out, nil
}
