package app

import (
	"context"
	"encoding/json"
	"slices"
	"time"

	"cairn"
	"cairn/internal/engine"
	"cairn/internal/formula"
	"cairn/internal/search"
)

type rawMessage = json.RawMessage

func textOf(raw json.RawMessage) *string {
	var s string
	if !cairn.IsNull(raw) && json.Unmarshal(raw, &s) != nil {
		return nil
	}
	return &s
}

// QueryRequest asks for a window of a query's result.
type QueryRequest struct {
	Query   cairn.Query
	Columns []cairn.Ref
	Colors  []cairn.ColorRule
	// ColorBy is the field that colours what no rule does.
	ColorBy cairn.Ref
	// Offset and Limit bound the rows; Limit -1 is all of them.
	Offset, Limit int
	// Shape of the tree that the caller knows already.
	Shape string
	// At asks for what was at an earlier moment; zero is now.
	At time.Time
}

// Query evaluates a query over a project's ideas.
func (a *App) Query(ctx context.Context, by Caller, project cairn.ID, req QueryRequest) (*engine.Result, error) {
	if _, err := a.mayIn(by, project, cairn.ReadProject); err != nil {
		return nil, err
	}
	if err := req.Query.Validate(); err != nil {
		return nil, err
	}
	st, err := a.states.get(ctx, project)
	if err != nil {
		return nil, err
	}
	state, env, err := a.seen(ctx, by, st, req.At)
	if err != nil {
		return nil, err
	}
	res, err := state.Eval(req.of(env))
	if err != nil {
		return nil, err
	}
	if res.Ideas, err = a.mentions(ctx, by, project, res.Mentioned()); err == nil && state != st.state {
		a.mentionsThen(project, state, res.Ideas)
	}
	return res, err
}

func (a *App) eval(by Caller, st *projectState, req QueryRequest) (*engine.Result, error) {
	return st.state.Eval(req.of(a.env(by, st)))
}

func (req *QueryRequest) of(env engine.Env) engine.Request {
	return engine.Request{
		Query: req.Query, Columns: req.Columns, Colors: req.Colors, ColorBy: req.ColorBy,
		Offset: req.Offset, Limit: req.Limit, Shape: req.Shape, Env: env,
	}
}

func (a *App) env(by Caller, st *projectState) engine.Env {
	today := a.today()
	st.state.SetDay(today)
	return engine.Env{Today: today, Viewer: by.User, People: a.dir, Match: st.match}
}

// match answers the engine's question which ideas a text finds.
func (p *projectState) match(text string) []cairn.ID {
	p.index.settle()
	hits := p.index.index.Query(text, search.Options{})
	ids := make([]cairn.ID, 0, len(hits))
	seen := make(map[cairn.ID]bool)
	for _, h := range hits {
		whole := p.state.Whole(h.ID) // MRG-2
		if whole != h.ID && seen[whole] {
			continue
		}
		seen[whole] = true
		ids = append(ids, whole)
	}
	return ids
}

// Fields returns a project's live fields by position, formulas with names.
func (a *App) Fields(ctx context.Context, by Caller, project cairn.ID) ([]cairn.Field, error) {
	fields, err := a.FieldRefs(ctx, by, project)
	if err != nil {
		return nil, err
	}
	st, err := a.states.get(ctx, project)
	if err != nil {
		return nil, err
	}
	schema := st.state.Schema()
	for i := range fields {
		fields[i] = shown(fields[i], schema)
	}
	return fields, nil
}

// FieldRefs returns a project's live fields as they are stored, by position.
func (a *App) FieldRefs(ctx context.Context, by Caller, project cairn.ID) ([]cairn.Field, error) {
	if _, err := a.mayIn(by, project, cairn.ReadProject); err != nil {
		return nil, err
	}
	st, err := a.states.get(ctx, project)
	if err != nil {
		return nil, err
	}
	return st.state.Fields(), nil
}

// shown returns the field with its expression in names.
func shown(f cairn.Field, schema formula.Schema) cairn.Field {
	if f.Formula != nil && f.Formula.Expression != "" {
		copied := *f.Formula
		copied.Expression = formula.Show(copied.Expression, schema)
		f.Formula = &copied
	}
	return f
}

// Row returns one idea's cells for some refs, formulas included.
func (a *App) Row(ctx context.Context, by Caller, project, idea cairn.ID, refs []cairn.Ref) ([]engine.Cell, error) {
	if _, err := a.mayIn(by, project, cairn.ReadProject); err != nil {
		return nil, err
	}
	st, err := a.states.get(ctx, project)
	if err != nil {
		return nil, err
	}
	cells, ok := st.state.Row(idea, refs, a.env(by, st))
	if !ok {
		return nil, cairn.NotFound("The idea")
	}
	return cells, nil
}

// Explain says how a formula field of an idea came to its value.
func (a *App) Explain(ctx context.Context, by Caller, idea cairn.ID, ref cairn.Ref) (formula.Explanation, error) {
	p, err := a.readableIdea(ctx, by, idea, cairn.ReadProject)
	if err != nil {
		return formula.Explanation{}, err
	}
	st, err := a.states.get(ctx, p.ID)
	if err != nil {
		return formula.Explanation{}, err
	}
	return st.state.Explain(idea, ref, a.env(by, st))
}

// SearchHit is one idea that a search found.
type SearchHit struct {
	Idea    cairn.ID
	Project cairn.ID
	Key     string
	Title   string
	Score   float32
}

// Find says what to search for.
type Find struct {
	// Text is words, or the key of an idea.
	Text string
	// Project narrows the search to one, Field to what a connection field may hold.
	Project cairn.ID
	Field   cairn.Ref
	Limit   int
}

// Search finds ideas by text in one project (or, with project 0, in all that the
// caller may read), best first.
func (a *App) Search(ctx context.Context, by Caller, in Find) ([]SearchHit, error) {
	fits, err := a.connectable(ctx, by, in.Field)
	if err != nil {
		return nil, err
	}
	project, text, limit := in.Project, in.Text, in.Limit
	var hits []SearchHit
	for _, p := range a.dir.Projects() {
		if project != 0 && p.ID != project {
			continue
		}
		if _, err := a.mayIn(by, p.ID, cairn.ReadProject); err != nil {
			if project != 0 {
				return nil, err
			}
			continue
		}
		st, err := a.states.get(ctx, p.ID)
		if err != nil {
			return nil, err
		}
		filter, some := fits.in(p.ID, st.state)
		if !some {
			continue
		}
		st.index.settle()
		for _, h := range st.index.index.Query(text, search.Options{Limit: limit, Key: p.Key, Filter: filter}) {
			whole := st.state.Whole(h.ID) // MRG-2
			if whole != h.ID && slices.ContainsFunc(hits, func(other SearchHit) bool { return other.Idea == whole }) {
				continue
			}
			title, number, ok := st.state.Title(whole)
			if ok {
				hits = append(hits, SearchHit{whole, p.ID, cairn.IdeaKey(p.Key, number), title, h.Score})
			}
		}
	}
	return best(hits, limit), nil
}
