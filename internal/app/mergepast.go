package app

import (
	"context"
	"slices"

	"cairn"
	"cairn/internal/engine"
)

// mergePast is what the log knows of a part's merge.
type mergePast struct {
	part, whole cairn.ID
	// set is the change set that merged it, sets those of all parts of the whole.
	set  *cairn.ChangeSet
	sets map[cairn.ID]*cairn.ChangeSet
	// unmoved are the children that nobody moved since, lost the last forms of
	// the links that were the part's.
	unmoved map[cairn.ID]bool
	lost    []cairn.Change
}

// mergePast reads what merging a part changed, and what became of it.
func (a *App) mergePast(ctx context.Context, st *engine.State, part cairn.ID) (*mergePast, error) {
	past := &mergePast{part: part, whole: st.MergedInto(part), sets: map[cairn.ID]*cairn.ChangeSet{}, unmoved: map[cairn.ID]bool{}}
	for _, other := range st.Parts(past.whole) {
		set, err := a.lastChange(ctx, other, cairn.AttrMergedInto)
		if err != nil {
			return nil, err
		}
		past.sets[other] = set
	}
	if past.set = past.sets[part]; past.set == nil {
		return nil, cairn.Conflict("The idea is not merged any more")
	}
	for _, c := range past.set.Changes {
		switch {
		case c.Kind == cairn.KindIdea && c.Attr == string(cairn.RefParent) && idIn(c.Old) == part:
			var err error
			if past.unmoved[c.ID], err = a.unmovedSince(ctx, c.ID, past.set.Seq); err != nil {
				return nil, err
			}
		case c.Kind == cairn.KindLink && c.Deleted():
			if err := a.addLost(ctx, past, c); err != nil {
				return nil, err
			}
		}
	}
	for _, l := range a.links.of(past.whole) { // of links that were brought back while this was merged
		if err := a.addOriginals(ctx, past, l.Via); err != nil {
			return nil, err
		}
	}
	return past, nil
}

// addLost notes the links that a deleted link of the part stood for, in the form
// that they had.
func (a *App) addLost(ctx context.Context, past *mergePast, c cairn.Change) error {
	l, err := linkIn(c)
	if err != nil || l.From != past.part && l.To != past.part {
		return err
	}
	if len(l.Via) == 0 {
		past.lost = append(past.lost, c)
		return nil
	}
	return a.addOriginals(ctx, past, l.Via)
}

// addOriginals notes those of some deleted links that left or reached the part.
func (a *App) addOriginals(ctx context.Context, past *mergePast, ids []cairn.ID) error {
	for _, id := range ids {
		if slices.ContainsFunc(past.lost, func(c cairn.Change) bool { return c.ID == id }) {
			continue
		}
		sets, err := a.store.EntityLog(ctx, id, 0, 1)
		if err != nil {
			return err
		}
		if len(sets) == 0 || len(sets[0].Changes) == 0 || !sets[0].Changes[0].Deleted() {
			continue
		}
		l, err := linkIn(sets[0].Changes[0])
		if err != nil {
			return err
		}
		if l.From == past.part || l.To == past.part {
			past.lost = append(past.lost, sets[0].Changes[0])
		}
	}
	return nil
}

// linkIn reads a link from the change that deleted it.
func linkIn(c cairn.Change) (cairn.Link, error) {
	if l, ok := c.Link(); ok {
		return l, nil
	}
	return cairn.Link{}, cairn.Errorf(cairn.CodeInternal, "The removal of the link %d cannot be read", c.ID)
}

// lastChange returns the whole change set that last changed an attribute of an
// entity, nil for none.
func (a *App) lastChange(ctx context.Context, id cairn.ID, attr string) (*cairn.ChangeSet, error) {
	for before := int64(0); ; {
		sets, err := a.store.EntityLog(ctx, id, before, 100)
		if err != nil || len(sets) == 0 {
			return nil, err
		}
		for i := range sets {
			if !slices.ContainsFunc(sets[i].Changes, func(c cairn.Change) bool { return c.Attr == attr }) {
				continue
			}
			whole, err := a.store.Log(ctx, sets[i].Seq-1, 1)
			if err != nil || len(whole) == 0 {
				return nil, err
			}
			return &whole[0], nil
		}
		before = sets[len(sets)-1].Seq
	}
}

// unmovedSince reports whether nobody gave an idea another parent since a change
// set; what merges and their undoing did does not count.
func (a *App) unmovedSince(ctx context.Context, idea cairn.ID, seq int64) (bool, error) {
	for before := int64(0); ; {
		sets, err := a.store.EntityLog(ctx, idea, before, 100)
		if err != nil || len(sets) == 0 {
			return false, err
		}
		for i := range sets {
			if sets[i].Seq <= seq {
				return true, nil
			}
			if !slices.ContainsFunc(sets[i].Changes, func(c cairn.Change) bool { return c.Attr == string(cairn.RefParent) }) {
				continue
			}
			whole, err := a.store.Log(ctx, sets[i].Seq-1, 1)
			if err != nil || len(whole) == 0 {
				return false, err
			}
			if merged, parted := mergesIn(&whole[0]); len(merged)+len(parted) == 0 {
				return false, nil
			}
		}
		before = sets[len(sets)-1].Seq
	}
}
