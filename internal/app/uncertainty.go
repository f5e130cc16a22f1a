package app

import (
	"context"
	"hash/maphash"
	"runtime"
	"sync"

	"cairn"
	"cairn/internal/engine"
	"cairn/internal/uncertainty"
)

// RankRequest asks how sure the order of a query's ideas is.
type RankRequest struct {
	Query cairn.Query
	// Field ranks the ideas; "" is the field of the query's first sort key.
	Field cairn.Ref
	// Ascending ranks small values first, where Field is given.
	Ascending bool
	// Seed of the draws; nil is the project's.
	Seed *uint64
	// Also are further fields to be drawn.
	Also []cairn.Ref
}

// Ranked is a ranking under uncertainty of a project at one moment.
type Ranked struct {
	*uncertainty.Ranking
	Field cairn.Ref
	Seq   int64
	Seed  uint64
}

// Rank draws the ranges of a query's ideas and ranks them. An answer that was
// computed before and still stands is given again. It stops when ctx ends.
func (a *App) Rank(ctx context.Context, by Caller, project cairn.ID, req RankRequest) (*Ranked, error) {
	model, out, err := a.sample(ctx, by, project, req)
	if err != nil {
		return nil, err
	}
	out.Ranking, err = a.rankings.get(ctx, model)
	return out, err
}

// sample makes the model of a request.
func (a *App) sample(ctx context.Context, by Caller, project cairn.ID, req RankRequest) (*uncertainty.Model, *Ranked, error) {
	if _, err := a.mayIn(by, project, cairn.ReadProject); err != nil {
		return nil, nil, err
	}
	st, err := a.states.get(ctx, project)
	if err != nil {
		return nil, nil, err
	}
	desc := !req.Ascending
	if req.Field == "" {
		if len(req.Query.Sort) == 0 {
			return nil, nil, cairn.Invalid("field", "The ideas are in no order by numbers. Sort the view by a score or a number, or name the field")
		}
		req.Field, desc = req.Query.Sort[0].Field, req.Query.Sort[0].Desc
	}
	if req.Seed == nil {
		seed := uint64(project)
		req.Seed = &seed
	}
	m, seq, err := st.state.Sample(engine.SampleRequest{
		Query: req.Query, Field: req.Field, Also: req.Also, Desc: desc, Seed: *req.Seed, Env: a.env(by, st),
	})
	if err != nil {
		return nil, nil, err
	}
	return m, &Ranked{Field: req.Field, Seq: seq, Seed: *req.Seed}, nil
}

// Sensitivity says how far the weights of a weighted score may move before the
// top of likely values changes.
func (a *App) Sensitivity(ctx context.Context, by Caller, project cairn.ID, req RankRequest, top int) (*uncertainty.Model, []uncertainty.Weight, error) {
	m, _, err := a.sample(ctx, by, project, req)
	if err != nil {
		return nil, nil, err
	}
	weights, ok := m.Sensitivity(top)
	if !ok {
		return nil, nil, noWeights(m)
	}
	return m, weights, nil
}

// Reweighing asks for the top N with other weights.
type Reweighing struct {
	RankRequest
	Top int
	// Weights are those that are tried, by input.
	Weights map[cairn.Ref]float64
}

// Reweigh gives the places of the top N of likely values as it is, and as it
// would be with other weights.
func (a *App) Reweigh(ctx context.Context, by Caller, project cairn.ID, try Reweighing) (m *uncertainty.Model, was, now []int, err error) {
	m, _, err = a.sample(ctx, by, project, try.RankRequest)
	if err != nil {
		return nil, nil, nil, err
	}
	was, now, ok := m.Reweigh(try.Top, try.Weights)
	if !ok {
		return nil, nil, nil, noWeights(m)
	}
	return m, was, now, nil
}

func noWeights(m *uncertainty.Model) error {
	return cairn.Invalid("field", "%s has no weights. Only a weighted score has", m.Columns[m.Target].Name)
}

// Compare ranks a query's ideas by two fields.
func (a *App) Compare(ctx context.Context, by Caller, project cairn.ID, req RankRequest, other cairn.Ref) (*uncertainty.Model, []uncertainty.Move, error) {
	req.Also = append(req.Also, other)
	m, _, err := a.sample(ctx, by, project, req)
	if err != nil {
		return nil, nil, err
	}
	const explained = 60
	return m, m.Compare(m.Target, columnOf(m, other), explained), nil
}

func columnOf(m *uncertainty.Model, ref cairn.Ref) int {
	for i := range m.Columns {
		if m.Columns[i].Ref == ref {
			return i
		}
	}
	return -1
}

// CutRequest says what a ranked list has to share.
type CutRequest struct {
	Effort cairn.Ref
	// Capacity is one number for all; Teams, when TeamField is a select field, has
	// one for each of its options instead.
	Capacity  float64
	TeamField cairn.Ref
	Teams     map[cairn.ID]float64
	// Must finds the ideas that come first.
	Must cairn.Filter
}

// CutLine is where a capacity ends, idea by idea on the way down the list.
type CutLine struct {
	*Ranked
	Fits []uncertainty.Fit
	// Must are the ideas that come first; Team the team of each place.
	Must map[cairn.ID]bool
	Team []cairn.ID
}

// Cut shows where the capacity ends. What an idea can start only after, by its
// dependencies, comes before it.
func (a *App) Cut(ctx context.Context, by Caller, project cairn.ID, req RankRequest, cut CutRequest) (*CutLine, error) {
	req.Also = append(req.Also, cut.Effort)
	r, err := a.Rank(ctx, by, project, req)
	if err != nil {
		return nil, err
	}
	out := &CutLine{Ranked: r, Must: map[cairn.ID]bool{}}
	m := r.Model()
	in := uncertainty.CutRequest{Effort: columnOf(m, cut.Effort), Capacity: []float64{cut.Capacity}, Team: make([]int, len(m.Order)), Before: a.before(project, m)}
	if !cut.Must.IsZero() {
		q := req.Query
		q.Filter = cairn.Filter{All: []cairn.Filter{q.Filter, cut.Must}}
		if q.Filter.All[0].IsZero() {
			q.Filter = cut.Must
		}
		q.Group, q.Rollups = nil, nil
		res, err := a.Query(ctx, by, project, QueryRequest{Query: q, Limit: -1})
		if err != nil {
			return nil, err
		}
		for _, id := range res.IDs() {
			out.Must[id] = true
		}
		in.Must = make([]bool, len(m.Order))
		for place, row := range m.Order {
			in.Must[place] = out.Must[m.IDs[row]]
		}
	}
	if cut.TeamField != "" {
		q := req.Query
		q.Group, q.Rollups = nil, nil
		res, err := a.Query(ctx, by, project, QueryRequest{Query: q, Columns: []cairn.Ref{cut.TeamField}, Limit: -1})
		if err != nil {
			return nil, err
		}
		out.teams(res, cut.Teams, &in)
	}
	out.Fits = r.Ranking.Cut(in)
	return out, nil
}

// teams gives each idea the team of its option, and each team its capacity.
func (out *CutLine) teams(res *engine.Result, capacities map[cairn.ID]float64, in *uncertainty.CutRequest) {
	of := make(map[cairn.ID]cairn.ID, res.Len())
	for i := range res.Len() {
		of[res.ID(i)] = res.Cell(i, 0).Value.ID()
	}
	m := out.Model()
	number := map[cairn.ID]int{}
	in.Capacity = nil
	out.Team = make([]cairn.ID, len(m.Order))
	for place, row := range m.Order {
		team := of[m.IDs[row]]
		out.Team[place] = team
		capacity, limited := capacities[team]
		if !limited {
			in.Team[place] = -1
			continue
		}
		if _, known := number[team]; !known {
			number[team] = len(in.Capacity)
			in.Capacity = append(in.Capacity, capacity)
		}
		in.Team[place] = number[team]
	}
}

// before lists, for each place, the places that must be finished first.
func (a *App) before(project cairn.ID, m *uncertainty.Model) map[int][]int {
	places := make(map[cairn.ID]int, len(m.Order))
	for place, row := range m.Order {
		places[m.IDs[row]] = place
	}
	out := map[int][]int{}
	for _, l := range a.links.inProject(project, func(id cairn.ID) bool { _, ok := places[id]; return ok }) {
		from, ok1 := places[l.From]
		to, ok2 := places[l.To]
		if ok1 && ok2 && l.Type == cairn.LinkFinishStart {
			out[to] = append(out[to], from)
		}
	}
	return out
}

// rankings keeps what was drawn. One run is at work at a time, on all cores.
type rankings struct {
	work chan struct{}
	seed maphash.Seed

	mu    sync.Mutex
	known []knownRanking // the last used last
}

type knownRanking struct {
	print   uint64
	ranking *uncertainty.Ranking
}

const keptRankings = 6

func newRankings() *rankings {
	return &rankings{work: make(chan struct{}, 1), seed: maphash.MakeSeed()}
}

// find returns a ranking that was made of the same inputs.
func (r *rankings) find(print uint64) (*uncertainty.Ranking, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for i, k := range r.known {
		if k.print == print {
			r.known = append(append(r.known[:i:i], r.known[i+1:]...), k)
			return k.ranking, true
		}
	}
	return nil, false
}

func (r *rankings) get(ctx context.Context, m *uncertainty.Model) (*uncertainty.Ranking, error) {
	print := m.Fingerprint(r.seed)
	if found, ok := r.find(print); ok {
		return found, nil
	}
	select {
	case r.work <- struct{}{}:
		defer func() { <-r.work }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	if found, ok := r.find(print); ok { // somebody else wanted the same
		return found, nil
	}
	made, err := draw(ctx, uncertainty.NewRun(m))
	if err != nil {
		return nil, err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.known = append(r.known, knownRanking{print, made})
	if len(r.known) > keptRankings {
		r.known = append([]knownRanking(nil), r.known[1:]...)
	}
	return made, nil
}

// draw works a run off on all cores. The chunks go to whoever is free; the
// answer is the same.
func draw(ctx context.Context, run *uncertainty.Run) (*uncertainty.Ranking, error) {
	workers := make([]*uncertainty.Worker, min(runtime.GOMAXPROCS(0), run.Chunks()))
	chunks := make(chan int, run.Chunks())
	for chunk := range run.Chunks() {
		chunks <- chunk
	}
	close(chunks)
	var wait sync.WaitGroup
	for i := range workers {
		workers[i] = run.NewWorker()
		wait.Go(func() {
			for chunk := range chunks {
				if ctx.Err() != nil {
					return
				}
				workers[i].Do(chunk)
			}
		})
	}
	wait.Wait()
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return run.Ranking(workers), nil
}
