package api

import (
	"context"

	"cairn"
	"cairn/internal/app"
)

type tiesIn struct {
	ProjectIn
	Body RankBody
}

type tiesOut struct {
	Body struct {
		Seq  int64        `json:"seq"`
		Seed uint64       `json:"seed"`
		Ties [][]cairn.ID `json:"ties" doc:"Runs of ideas that are a coin toss apart, each in the order of the query"`
	}
}

// rankTies finds the ties of a whole order.
func (s *server) rankTies(ctx context.Context, in *tiesIn) (*tiesOut, error) {
	by := callerOf(ctx)
	p, err := s.app.Project(by, in.Project)
	if err != nil {
		return nil, err
	}
	r, err := s.app.Rank(ctx, by, p.ID, in.Body.request())
	if err != nil {
		return nil, err
	}
	m := r.Model()
	out := &tiesOut{}
	out.Body.Seq, out.Body.Seed, out.Body.Ties = r.Seq, r.Seed, [][]cairn.ID{}
	for _, run := range r.AllTies() {
		var ids []cairn.ID
		for _, row := range m.Order[run[0] : run[1]+1] {
			ids = append(ids, m.IDs[row])
		}
		out.Body.Ties = append(out.Body.Ties, ids)
	}
	return out, nil
}

// TriedWeight is a weight that is tried out.
type TriedWeight struct {
	Field  cairn.Ref `json:"field" doc:"An input of the score"`
	Weight float64   `json:"weight" minimum:"-1000000" maximum:"1000000"`
}

type reweighIn struct {
	ProjectIn
	Body struct {
		RankBody
		Weights []TriedWeight `json:"weights" maxItems:"50" doc:"Those that are other than now"`
	}
}

// TopIdea is one idea of a top N.
type TopIdea struct {
	ID  cairn.ID `json:"id"`
	Was int      `json:"was" doc:"Its rank with the weights as they are; 0 when it is not in the top N then"`
}

type reweighOut struct {
	Body struct {
		Top  []TopIdea  `json:"top" doc:"The top N with the tried weights, best first"`
		Left []cairn.ID `json:"left" doc:"Ideas that are in the top N now, and would not be"`
	}
}

// rankReweigh shows the top N with other weights, and changes nothing.
func (s *server) rankReweigh(ctx context.Context, in *reweighIn) (*reweighOut, error) {
	by := callerOf(ctx)
	p, err := s.app.Project(by, in.Project)
	if err != nil {
		return nil, err
	}
	weights := map[cairn.Ref]float64{}
	for _, w := range in.Body.Weights {
		weights[w.Field] = w.Weight
	}
	req := in.Body.request()
	m, was, now, err := s.app.Reweigh(ctx, by, p.ID, app.Reweighing{RankRequest: req, Top: in.Body.Top, Weights: weights})
	if err != nil {
		return nil, err
	}
	out := &reweighOut{}
	out.Body.Top, out.Body.Left = []TopIdea{}, []cairn.ID{}
	ranks := map[int]int{}
	for i, place := range was {
		ranks[place] = i + 1
	}
	for _, place := range now {
		out.Body.Top = append(out.Body.Top, TopIdea{m.IDs[m.Order[place]], ranks[place]})
		delete(ranks, place)
	}
	for _, place := range was {
		if ranks[place] > 0 {
			out.Body.Left = append(out.Body.Left, m.IDs[m.Order[place]])
		}
	}
	return out, nil
}
