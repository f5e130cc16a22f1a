package api

import (
	"context"
	"slices"

	"cairn"
	"cairn/internal/app"
)

type spreadsIn struct {
	ProjectIn
	Body struct {
		Fields []cairn.Ref `json:"fields" minItems:"1" maxItems:"20" doc:"Formulas, numbers, ratings or sliders"`
		IDs    []cairn.ID  `json:"ids" maxItems:"500" doc:"The ideas"`
		Seed   *uint64     `json:"seed,omitempty" maximum:"9007199254740991" doc:"Of the draws; default: one per project"`
		Bars   bool        `json:"bars,omitempty" doc:"Also how each value is distributed"`
	}
}

// FieldSpreads says where the values of one field may lie.
type FieldSpreads struct {
	Field cairn.Ref    `json:"field"`
	From  *float64     `json:"from" doc:"The 5 % point of the likely values of all ideas that are not archived; null when none has one"`
	To    *float64     `json:"to" doc:"Their 95 % point"`
	Ideas []IdeaSpread `json:"ideas" doc:"Those whose value depends on a range, by id"`
}

// IdeaSpread is where one value lies nine times in ten.
type IdeaSpread struct {
	ID   cairn.ID `json:"id"`
	Low  float64  `json:"low" doc:"The 5 % point"`
	High float64  `json:"high" doc:"The 95 % point"`
	Bars *Bars    `json:"bars,omitempty"`
}

// Bars are how a value is distributed.
type Bars struct {
	From   float64 `json:"from" doc:"Where the first bar begins"`
	To     float64 `json:"to" doc:"Where the last one ends"`
	Middle float64 `json:"middle" doc:"The median"`
	Draws  []int   `json:"draws" doc:"How many draws each bar has; all are equally wide"`
}

type spreadsOut struct {
	Body struct {
		Seq    int64          `json:"seq"`
		Fields []FieldSpreads `json:"fields"`
	}
}

func (s *server) scoreSpreads(ctx context.Context, in *spreadsIn) (*spreadsOut, error) {
	by := callerOf(ctx)
	p, err := s.app.Project(by, in.Project)
	if err != nil {
		return nil, err
	}
	columns, seq, err := s.app.Spreads(ctx, by, p.ID, app.SpreadRequest{Fields: in.Body.Fields, IDs: in.Body.IDs, Seed: in.Body.Seed})
	if err != nil {
		return nil, err
	}
	out := &spreadsOut{}
	out.Body.Seq, out.Body.Fields = seq, []FieldSpreads{}
	for _, c := range columns {
		one := FieldSpreads{Field: c.Field, From: numberOf(c.From), To: numberOf(c.To), Ideas: []IdeaSpread{}}
		for id, spread := range c.Of {
			idea := IdeaSpread{ID: id, Low: spread.Low, High: spread.High}
			if in.Body.Bars {
				idea.Bars = &Bars{spread.All.From, spread.All.To, spread.All.P50, spread.All.Bins}
			}
			one.Ideas = append(one.Ideas, idea)
		}
		slices.SortFunc(one.Ideas, func(a, b IdeaSpread) int { return int(a.ID - b.ID) })
		out.Body.Fields = append(out.Body.Fields, one)
	}
	return out, nil
}
