package app

import (
	"context"
	"time"

	"cairn"
	"cairn/internal/store"
)

// PartInfo is an idea that was merged into another one.
type PartInfo struct {
	cairn.Idea
	Key string
	// MergedAt is when it was merged, MergedBy by whom and Reason why.
	MergedAt time.Time
	MergedBy cairn.ID
	Reason   string
}

// Parts returns what was merged into an idea, in the order it was made (MRG-3).
func (a *App) Parts(ctx context.Context, by Caller, idea cairn.ID) ([]PartInfo, error) {
	p, err := a.readableIdea(ctx, by, idea, cairn.ReadProject)
	if err != nil {
		return nil, err
	}
	st, err := a.states.get(ctx, p.ID)
	if err != nil {
		return nil, err
	}
	out := []PartInfo{}
	for _, id := range st.state.Parts(idea) {
		e, err := a.store.Entity(ctx, id)
		if cairn.CodeOf(err) == cairn.CodeNotFound {
			continue // deleted a moment ago
		}
		if err != nil {
			return nil, err
		}
		part := PartInfo{}
		if part.Idea, err = cairn.IdeaOf(e); err != nil {
			return nil, err
		}
		part.Key = cairn.IdeaKey(p.Key, part.Number)
		set, err := a.lastChange(ctx, id, cairn.AttrMergedInto)
		if err != nil {
			return nil, err
		}
		if set != nil {
			part.MergedAt, part.MergedBy, part.Reason = set.At, set.Actor, a.reasons.of(set.Project, set.Group, set.Reason)
		}
		out = append(out, part)
	}
	return out, nil
}

// ResolvePart finds a part of an idea by its key or id, which for everything
// else lead to the whole.
func (a *App) ResolvePart(ctx context.Context, by Caller, whole cairn.ID, ref string) (cairn.ID, error) {
	p, err := a.readableIdea(ctx, by, whole, cairn.ReadProject)
	if err != nil {
		return 0, err
	}
	st, err := a.states.get(ctx, p.ID)
	if err != nil {
		return 0, err
	}
	for _, id := range st.state.Parts(whole) {
		_, number, _ := st.state.Title(id)
		if key, n, err := cairn.ParseIdeaKey(ref); err == nil && key == p.Key && n == number || ref == id.String() {
			return id, nil
		}
	}
	return 0, cairn.NotFound("The part " + ref)
}

// stateOf returns the state that holds an idea, nil for none.
func (a *App) stateOf(ctx context.Context, idea cairn.ID) *projectState {
	project, ok := a.states.holding(idea)
	if !ok { // not loaded yet, or no idea
		e, err := a.store.Entity(ctx, idea)
		if err != nil || e.Kind != cairn.KindIdea {
			return nil
		}
		project = e.Project
	}
	st, err := a.states.get(ctx, project)
	if err != nil {
		return nil
	}
	return st
}

// wholeOf is what an idea is part of, itself where it was not merged.
func (a *App) wholeOf(ctx context.Context, idea cairn.ID) cairn.ID {
	if st := a.stateOf(ctx, idea); st != nil {
		return st.state.Whole(idea)
	}
	return idea
}

// withParts returns an idea and all that is part of it.
func (a *App) withParts(ctx context.Context, idea cairn.ID) []cairn.ID {
	if st := a.stateOf(ctx, idea); st != nil {
		return st.state.AllParts(idea)
	}
	return []cairn.ID{idea}
}

// partsIn returns the parts of an idea of a project that is loaded.
func (a *App) partsIn(project, idea cairn.ID) []cairn.ID {
	st := a.states.peek(project)
	if st == nil {
		return nil
	}
	return st.state.Parts(idea)
}

// mergedAway refuses to change an idea that is part of another one (MRG-2).
func (a *App) mergedAway(tx store.Tx, by Caller, e cairn.Entity) error {
	into := idOf(e.Attrs, cairn.AttrMergedInto)
	if into == 0 {
		return nil
	}
	return cairn.Conflict("%s was merged into %s; change that one, or take it out first", a.keyIn(tx, by, e.ID), a.keyIn(tx, by, into))
}
