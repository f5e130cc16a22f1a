package app

import (
	"context"
	"time"

	"cairn"
	"cairn/internal/engine"
)

// PastIdea is an idea as it was.
type PastIdea struct {
	cairn.Idea
	// Cells are the values of all fields, formulas included.
	Cells map[cairn.Ref]engine.Cell
}

// ideaThen is an idea at an earlier moment.
type ideaThen struct {
	id      cairn.ID
	project cairn.Project
	moment  moment
	state   *engine.State
	env     engine.Env
}

// ideaThen finds an idea by its key or id at an earlier moment; where it was part of
// another then, that one. The caller may read the history of its project.
func (a *App) ideaThen(ctx context.Context, by Caller, ref string, at time.Time) (*ideaThen, error) {
	id, err := a.namedIdea(ctx, by, ref)
	if err != nil {
		return nil, err
	}
	p, err := a.readableIdea(ctx, by, id, cairn.ReadHistory)
	if err != nil {
		return nil, err
	}
	st, err := a.states.get(ctx, p.ID)
	if err != nil {
		return nil, err
	}
	then := &ideaThen{project: p, env: a.env(by, st)}
	if then.moment, err = a.moment(ctx, st, at); err != nil {
		return nil, err
	}
	then.env.Today = a.dayOf(at)
	if then.state, err = a.stateAt(ctx, st, then.moment); err != nil {
		return nil, err
	}
	then.id = then.state.Whole(id)
	if !then.state.Has(then.id) {
		return nil, cairn.NotFound("The idea at that time")
	}
	return then, nil
}

// IdeaAt returns an idea by its key or id as it was at an earlier moment, with
// the cells of some fields, formulas included.
func (a *App) IdeaAt(ctx context.Context, by Caller, ref string, at time.Time) (PastIdea, error) {
	then, err := a.ideaThen(ctx, by, ref, at)
	if err != nil {
		return PastIdea{}, err
	}
	e, err := a.entityAt(ctx, then.id, then.moment.seq)
	if err != nil {
		return PastIdea{}, err
	}
	out := PastIdea{Cells: make(map[cairn.Ref]engine.Cell)}
	if out.Idea, err = cairn.IdeaOf(e); err != nil {
		return out, err
	}
	var refs []cairn.Ref
	for _, f := range then.state.Fields() {
		refs = append(refs, f.Ref())
	}
	cells, _ := then.state.Row(then.id, refs, then.env)
	for i := range cells {
		out.Cells[refs[i]] = cells[i]
	}
	return out, nil
}
