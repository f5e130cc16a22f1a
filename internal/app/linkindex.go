package app

import (
	"cmp"
	"context"
	"slices"
	"sync"

	"cairn"
	"cairn/internal/store"
)

// linkIndex holds every link of the workspace in memory, by both ends: an idea's
// incoming links may come from any project. It moves only by applying the log.
type linkIndex struct {
	mu sync.RWMutex
	// Sets that arrive before the links are loaded wait in pending.
	loaded  bool
	pending []cairn.ChangeSet
	links   map[cairn.ID]cairn.Link
	// from and to name the links of an idea that leave it and reach it.
	from, to map[cairn.ID][]cairn.ID
	// leaving names the ideas of a project that links leave.
	leaving map[cairn.ID]map[cairn.ID]bool
}

func newLinkIndex() *linkIndex {
	return &linkIndex{
		links: make(map[cairn.ID]cairn.Link), from: make(map[cairn.ID][]cairn.ID), to: make(map[cairn.ID][]cairn.ID),
		leaving: make(map[cairn.ID]map[cairn.ID]bool),
	}
}

func (x *linkIndex) load(ctx context.Context, st store.Store) error {
	var found []cairn.Link
	seq, err := st.Scan(ctx, store.Query{Kinds: []cairn.Kind{cairn.KindLink}}, func(e cairn.Entity) error {
		l, err := cairn.LinkOf(e)
		found = append(found, l)
		return err
	})
	if err != nil {
		return err
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	for _, l := range found {
		x.put(l)
	}
	for i := range x.pending {
		if x.pending[i].Seq > seq {
			x.applySet(&x.pending[i])
		}
	}
	x.pending, x.loaded = nil, true
	return nil
}

// apply moves the index forward.
func (x *linkIndex) apply(sets []cairn.ChangeSet) {
	x.mu.Lock()
	defer x.mu.Unlock()
	for i := range sets {
		if !slices.ContainsFunc(sets[i].Changes, func(c cairn.Change) bool { return c.Kind == cairn.KindLink }) {
			continue
		}
		if !x.loaded {
			x.pending = append(x.pending, sets[i])
			continue
		}
		x.applySet(&sets[i])
	}
}

func (x *linkIndex) applySet(set *cairn.ChangeSet) {
	for _, c := range set.Changes {
		switch {
		case c.Kind != cairn.KindLink:
		case c.Deleted():
			x.drop(c.ID)
		default:
			if l, ok := linkAfter(x.links[c.ID], set, c); ok {
				x.put(l)
			}
		}
	}
}

// linkAfter is a link after one recorded change.
func linkAfter(old cairn.Link, set *cairn.ChangeSet, c cairn.Change) (cairn.Link, bool) {
	before, err := old.Entity()
	if err != nil {
		return cairn.Link{}, false
	}
	e, ok := store.Applied(before, set, c)
	if !ok {
		return cairn.Link{}, false
	}
	l, err := cairn.LinkOf(e)
	return l, err == nil
}

func (x *linkIndex) put(l cairn.Link) {
	x.drop(l.ID)
	x.links[l.ID] = l
	x.from[l.From] = append(x.from[l.From], l.ID)
	x.to[l.To] = append(x.to[l.To], l.ID)
	inner(x.leaving, l.Project)[l.From] = true
}

func (x *linkIndex) drop(id cairn.ID) {
	l, ok := x.links[id]
	if !ok {
		return
	}
	delete(x.links, id)
	cut(x.from, l.From, id)
	cut(x.to, l.To, id)
	if len(x.from[l.From]) == 0 {
		delete(x.leaving[l.Project], l.From)
	}
}

func cut(m map[cairn.ID][]cairn.ID, idea, link cairn.ID) {
	kept := slices.DeleteFunc(m[idea], func(id cairn.ID) bool { return id == link })
	if len(kept) == 0 {
		delete(m, idea)
		return
	}
	m[idea] = kept
}

// get returns one link.
func (x *linkIndex) get(id cairn.ID) (cairn.Link, bool) {
	x.mu.RLock()
	defer x.mu.RUnlock()
	l, ok := x.links[id]
	return l, ok
}

// of returns the links that leave or reach an idea, in the order they were made.
func (x *linkIndex) of(idea cairn.ID) []cairn.Link {
	x.mu.RLock()
	defer x.mu.RUnlock()
	return x.sorted(slices.Concat(x.from[idea], x.to[idea]))
}

// outgoing is how many links leave an idea.
func (x *linkIndex) outgoing(idea cairn.ID) int {
	x.mu.RLock()
	defer x.mu.RUnlock()
	return len(x.from[idea])
}

// inProject returns the links that leave or reach an idea of a project; has
// tells whether an idea is one of the project.
func (x *linkIndex) inProject(project cairn.ID, has func(cairn.ID) bool) []cairn.Link {
	x.mu.RLock()
	defer x.mu.RUnlock()
	var ids []cairn.ID
	for idea := range x.leaving[project] {
		ids = append(ids, x.from[idea]...)
	}
	for other, ideas := range x.leaving {
		if other == project {
			continue
		}
		for idea := range ideas {
			for _, id := range x.from[idea] {
				if has(x.links[id].To) {
					ids = append(ids, id)
				}
			}
		}
	}
	return x.sorted(ids)
}

func (x *linkIndex) sorted(ids []cairn.ID) []cairn.Link {
	out := make([]cairn.Link, 0, len(ids))
	for _, id := range ids {
		out = append(out, x.links[id])
	}
	slices.SortFunc(out, func(a, b cairn.Link) int { return cmp.Compare(a.ID, b.ID) })
	return out
}

// dependencies returns the dependencies that leave an idea.
func (x *linkIndex) dependencies(idea cairn.ID) []cairn.Link {
	x.mu.RLock()
	defer x.mu.RUnlock()
	var out []cairn.Link
	for _, id := range x.from[idea] {
		if l := x.links[id]; l.Dependency() {
			out = append(out, l)
		}
	}
	return out
}

// within returns the links that belong to a project.
func (x *linkIndex) within(project cairn.ID) []cairn.Link {
	x.mu.RLock()
	defer x.mu.RUnlock()
	var ids []cairn.ID
	for idea := range x.leaving[project] {
		ids = append(ids, x.from[idea]...)
	}
	return x.sorted(ids)
}
