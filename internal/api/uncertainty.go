package api

import (
	"context"
	"math"

	"cairn"
	"cairn/internal/app"
	"cairn/internal/uncertainty"
)

// RankBody says which ideas are ranked by what.
type RankBody struct {
	Query     cairn.Query `json:"query"`
	Field     cairn.Ref   `json:"field,omitempty" doc:"A number, rating, slider or formula; default: the query's first sort key"`
	Ascending bool        `json:"ascending,omitempty" doc:"Small values first, where field is given"`
	Seed      *uint64     `json:"seed,omitempty" maximum:"9007199254740991" doc:"Of the draws; the same seed gives the same answer. Default: one per project"`
	Top       int         `json:"top,omitempty" minimum:"1" maximum:"500" doc:"The N of the top N; default 10"`
}

func (b *RankBody) request() app.RankRequest {
	if b.Top == 0 {
		b.Top = 10
	}
	return app.RankRequest{Query: b.Query, Field: b.Field, Ascending: b.Ascending, Seed: b.Seed}
}

type rankIn struct {
	ProjectIn
	Body struct {
		RankBody
		Offset    int  `json:"offset,omitempty" minimum:"0"`
		Limit     *int `json:"limit,omitempty" minimum:"0" maximum:"500" doc:"Default 100"`
		Histogram bool `json:"histogram,omitempty" doc:"Also how each score is distributed, in bars"`
		Learn     *int `json:"learn,omitempty" minimum:"0" maximum:"50" doc:"How many inputs to name that are worth knowing; default 5"`
	}
}

// RankedIdea is what is known of one idea's place.
type RankedIdea struct {
	ID        cairn.ID `json:"id"`
	Value     *float64 `json:"value" doc:"The likely score; null for none"`
	Low       *float64 `json:"low,omitempty" doc:"The score's 5 % point; absent, as the others, when the score is certain"`
	Middle    *float64 `json:"middle,omitempty" doc:"Its median"`
	High      *float64 `json:"high,omitempty" doc:"Its 95 % point"`
	Mean      *float64 `json:"mean,omitempty"`
	Chance    float64  `json:"chance" doc:"How likely the idea belongs in the top N"`
	RankLow   int      `json:"rankLow" doc:"The rank's 5 % point; 0 for an idea without a score"`
	RankHigh  int      `json:"rankHigh" doc:"The rank's 95 % point"`
	Above     *float64 `json:"above,omitempty" doc:"How likely it really stands above the next idea; absent for the last one"`
	From      *float64 `json:"from,omitempty" doc:"Where the histogram begins"`
	To        *float64 `json:"to,omitempty" doc:"Where it ends"`
	Histogram []int    `json:"histogram,omitempty" doc:"Draws in equal parts between the two"`
}

// RankLesson is an input worth knowing.
type RankLesson struct {
	ID      cairn.ID    `json:"id" doc:"The idea"`
	Field   cairn.Ref   `json:"field" doc:"Its input"`
	Range   cairn.Range `json:"range"`
	Chance  float64     `json:"chance" doc:"The idea's chance of the top N now"`
	Decided float64     `json:"decided" doc:"How sure its place, in or out, is expected to be once the input is known"`
	Changes float64     `json:"changes" doc:"How likely knowing the input moves the idea into the top N or out of it"`
	Overlap float64     `json:"overlap" doc:"The share of the top N that is expected to stay"`
	InLow   *float64    `json:"inLow,omitempty" doc:"The smallest tried value with which it belongs in the top N"`
	InHigh  *float64    `json:"inHigh,omitempty" doc:"The largest one"`
}

// RankAnswer is a ranking under uncertainty; see docs/spec/uncertainty.md.
type RankAnswer struct {
	Seq       int64        `json:"seq"`
	Seed      uint64       `json:"seed"`
	Draws     int          `json:"draws"`
	Field     cairn.Ref    `json:"field"`
	Top       int          `json:"top"`
	Total     int          `json:"total" doc:"Ideas in the order"`
	Ranked    int          `json:"ranked" doc:"Those with a score"`
	Uncertain int          `json:"uncertain" doc:"Those whose score depends on a range"`
	Offset    int          `json:"offset"`
	Ideas     []RankedIdea `json:"ideas"`
	Ties      [][2]int     `json:"ties" doc:"Runs of ideas that are a coin toss apart: the first and the last position"`
	Learn     []RankLesson `json:"learn" doc:"What to find out next, best first"`
}

type rankOut struct{ Body RankAnswer }

func (s *server) rankIdeas(ctx context.Context, in *rankIn) (*rankOut, error) {
	by := callerOf(ctx)
	p, err := s.app.Project(by, in.Project)
	if err != nil {
		return nil, err
	}
	r, err := s.app.Rank(ctx, by, p.ID, in.Body.request())
	if err != nil {
		return nil, err
	}
	limit, learn := 100, 5
	if in.Body.Limit != nil {
		limit = *in.Body.Limit
	}
	if in.Body.Learn != nil {
		learn = *in.Body.Learn
	}
	m := r.Model()
	out := &rankOut{Body: RankAnswer{
		Seq: r.Seq, Seed: r.Seed, Draws: uncertainty.Draws, Field: r.Field, Top: in.Body.Top, Total: len(m.Order), Ranked: r.Ranked(),
		Uncertain: r.Run().Uncertain(), Offset: in.Body.Offset, Ideas: []RankedIdea{}, Ties: [][2]int{}, Learn: []RankLesson{},
	}}
	out.Body.window(r, limit)
	if !in.Body.Histogram {
		for i := range out.Body.Ideas {
			out.Body.Ideas[i].Histogram = nil
		}
	}
	if learn > 0 {
		for _, l := range r.Learn(in.Body.Top, learn) {
			one := RankLesson{ID: m.IDs[m.Order[l.Place]], Field: l.Input, Range: l.Range, Chance: l.Chance, Decided: l.Decided, Changes: l.Changes, Overlap: l.Overlap}
			if l.In[0] <= l.In[1] {
				one.InLow, one.InHigh = numberOf(l.In[0]), numberOf(l.In[1])
			}
			out.Body.Learn = append(out.Body.Learn, one)
		}
	}
	return out, nil
}

// numberOf leaves out what JSON cannot hold.
func numberOf(x float64) *float64 {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return nil
	}
	return &x
}

// window describes the ideas from the offset on.
func (a *RankAnswer) window(r *app.Ranked, limit int) {
	m := r.Model()
	first := min(a.Offset, len(m.Order))
	last := min(first+limit, len(m.Order))
	var places []int
	for place := first; place < min(last+1, len(m.Order)); place++ { // one more, for the last one's neighbour
		places = append(places, place)
	}
	draws := r.Draws(places)
	likely := m.Columns[m.Target].Likely
	for i, place := range places[:last-first] {
		row := m.Order[place]
		one := RankedIdea{ID: m.IDs[row], Value: numberOf(likely[row]), Chance: r.Chance(place, a.Top)}
		one.RankLow, one.RankHigh = r.Interval(place)
		if sum, ok := uncertainty.Summarise(draws[i]); ok && r.Uncertain(place) {
			one.Low, one.Middle, one.High, one.Mean = &sum.P5, &sum.P50, &sum.P95, &sum.Mean
			one.From, one.To, one.Histogram = &sum.From, &sum.To, sum.Bins
		}
		if i+1 < len(places) {
			above := r.Above(draws[i], draws[i+1])
			one.Above = &above
		}
		a.Ideas = append(a.Ideas, one)
	}
	valued := 0
	for valued < last-first && r.Has(places[valued]) {
		valued++
	}
	for _, tie := range r.Ties(draws[:valued]) {
		a.Ties = append(a.Ties, [2]int{first + tie[0], first + tie[1]})
	}
}

type sensitivityIn struct {
	ProjectIn
	Body RankBody
}

// RankWeight is the play of one weight.
type RankWeight struct {
	Field  cairn.Ref `json:"field"`
	Weight float64   `json:"weight"`
	Low    *float64  `json:"low" doc:"The smallest weight with which the top N stays; null when it stays down to 0"`
	High   *float64  `json:"high" doc:"The largest one; null when it stays however large the weight"`
	// Who swaps places beyond the bounds.
	LowOut  cairn.ID `json:"lowOut,omitempty" doc:"The idea that leaves the top N below low"`
	LowIn   cairn.ID `json:"lowIn,omitempty" doc:"The idea that comes in for it"`
	HighOut cairn.ID `json:"highOut,omitempty" doc:"The idea that leaves above high"`
	HighIn  cairn.ID `json:"highIn,omitempty" doc:"The idea that comes in for it"`
}

type sensitivityOut struct {
	Body struct {
		Top     int          `json:"top"`
		Weights []RankWeight `json:"weights"`
	}
}

func (s *server) rankSensitivity(ctx context.Context, in *sensitivityIn) (*sensitivityOut, error) {
	by := callerOf(ctx)
	p, err := s.app.Project(by, in.Project)
	if err != nil {
		return nil, err
	}
	req := in.Body.request()
	m, weights, err := s.app.Sensitivity(ctx, by, p.ID, req, in.Body.Top)
	if err != nil {
		return nil, err
	}
	at := func(place int) cairn.ID {
		if place < 0 {
			return 0
		}
		return m.IDs[m.Order[place]]
	}
	out := &sensitivityOut{}
	out.Body.Top, out.Body.Weights = in.Body.Top, []RankWeight{}
	for _, w := range weights {
		one := RankWeight{Field: w.Input, Weight: w.Weight, Low: numberOf(w.Low), High: numberOf(w.High)}
		if one.Low != nil {
			one.LowOut, one.LowIn = at(w.Below[0]), at(w.Below[1])
		}
		if one.High != nil {
			one.HighOut, one.HighIn = at(w.Above[0]), at(w.Above[1])
		}
		out.Body.Weights = append(out.Body.Weights, one)
	}
	return out, nil
}

type cutIn struct {
	ProjectIn
	Body struct {
		RankBody
		Effort    cairn.Ref            `json:"effort" doc:"What an idea takes: a number, rating, slider or formula"`
		Capacity  float64              `json:"capacity,omitempty" minimum:"0" doc:"What there is, for all together"`
		TeamField cairn.Ref            `json:"teamField,omitempty" doc:"A select field whose options are teams with capacities of their own"`
		Teams     map[cairn.ID]float64 `json:"teams,omitempty" doc:"Capacity by option; ideas of others take nothing"`
		Must      cairn.Filter         `json:"must,omitzero" doc:"Ideas that come first"`
	}
}

// CutIdea is one idea on the way down the list.
type CutIdea struct {
	ID      cairn.ID `json:"id"`
	Place   int      `json:"place" doc:"Where it stands in the order of the query, from 0"`
	Effort  float64  `json:"effort" doc:"The likely one"`
	Sum     float64  `json:"sum" doc:"What its team has taken up with it"`
	Missing bool     `json:"missing,omitempty" doc:"It has no effort, and counts as if it needed none"`
	Fits    bool     `json:"fits" doc:"By the likely efforts"`
	Chance  float64  `json:"chance" doc:"How likely it fits"`
	Must    bool     `json:"must,omitempty"`
	For     cairn.ID `json:"for,omitempty" doc:"The idea that needs it first, and pulled it up"`
	Team    cairn.ID `json:"team,omitempty"`
}

// CutAnswer is where the capacity ends.
type CutAnswer struct {
	Seq   int64     `json:"seq"`
	Seed  uint64    `json:"seed"`
	Fits  int       `json:"fits" doc:"How many ideas fit by the likely efforts"`
	Ideas []CutIdea `json:"ideas" doc:"In the order in which they are taken: must-haves first, everything after what it needs. After the first 2,000 those that do not fit and hardly ever would are left out"`
}

type cutOut struct{ Body CutAnswer }

func (s *server) rankCut(ctx context.Context, in *cutIn) (*cutOut, error) {
	by := callerOf(ctx)
	p, err := s.app.Project(by, in.Project)
	if err != nil {
		return nil, err
	}
	if err := in.Body.Must.Validate(); err != nil {
		return nil, err
	}
	line, err := s.app.Cut(ctx, by, p.ID, in.Body.request(), app.CutRequest{
		Effort: in.Body.Effort, Capacity: in.Body.Capacity, TeamField: in.Body.TeamField, Teams: in.Body.Teams, Must: in.Body.Must,
	})
	if err != nil {
		return nil, err
	}
	m := line.Model()
	out := &cutOut{Body: CutAnswer{Seq: line.Seq, Seed: line.Seed, Ideas: []CutIdea{}}}
	const most = 2000
	for i, f := range line.Fits {
		if f.Fits {
			out.Body.Fits++
		}
		if i >= most && !f.Fits && f.Chance < 0.05 {
			continue
		}
		id := m.IDs[m.Order[f.Place]]
		one := CutIdea{ID: id, Place: f.Place, Effort: f.Effort, Sum: f.Sum, Missing: f.Missing, Fits: f.Fits, Chance: f.Chance, Must: line.Must[id]}
		if f.For >= 0 {
			one.For = m.IDs[m.Order[f.For]]
		}
		if line.Team != nil {
			one.Team = line.Team[f.Place]
		}
		out.Body.Ideas = append(out.Body.Ideas, one)
	}
	return out, nil
}

type compareIn struct {
	ProjectIn
	Body struct {
		RankBody
		Other cairn.Ref `json:"other" doc:"The field to rank by instead"`
		Limit int       `json:"limit,omitempty" minimum:"0" maximum:"500" doc:"How many ranks to tell of, in either ranking; default 30"`
	}
}

// ComparedIdea is one idea in two rankings.
type ComparedIdea struct {
	ID    cairn.ID  `json:"id"`
	From  int       `json:"from" doc:"Its rank by field, 0 for none"`
	To    int       `json:"to" doc:"Its rank by other, 0 for none"`
	Why   cairn.Ref `json:"why,omitempty" doc:"The input that makes the difference"`
	Value *float64  `json:"value,omitempty" doc:"What the idea has there"`
	Usual *float64  `json:"usual,omitempty" doc:"What the ideas usually have: the median"`
}

type compareOut struct {
	Body struct {
		Field cairn.Ref      `json:"field"`
		Other cairn.Ref      `json:"other"`
		Ideas []ComparedIdea `json:"ideas" doc:"Those among the first ranks of either"`
	}
}

func (s *server) rankCompare(ctx context.Context, in *compareIn) (*compareOut, error) {
	by := callerOf(ctx)
	p, err := s.app.Project(by, in.Project)
	if err != nil {
		return nil, err
	}
	m, moves, err := s.app.Compare(ctx, by, p.ID, in.Body.request(), in.Body.Other)
	if err != nil {
		return nil, err
	}
	limit := in.Body.Limit
	if limit == 0 {
		limit = 30
	}
	out := &compareOut{}
	out.Body.Field, out.Body.Other, out.Body.Ideas = m.Columns[m.Target].Ref, in.Body.Other, []ComparedIdea{}
	for _, v := range moves {
		if (v.From == 0 || v.From > limit) && (v.To == 0 || v.To > limit) {
			continue
		}
		one := ComparedIdea{ID: m.IDs[m.Order[v.Place]], From: v.From, To: v.To, Why: v.Why}
		if v.Why != "" {
			one.Value, one.Usual = numberOf(v.Value), numberOf(v.Usual)
		}
		out.Body.Ideas = append(out.Body.Ideas, one)
	}
	return out, nil
}
