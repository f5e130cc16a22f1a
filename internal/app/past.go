package app

import (
	"context"
	"slices"
	"sync"
	"time"

	"cairn"
	"cairn/internal/engine"
	"cairn/internal/store"
)

// pasts finds earlier states of projects by walking back from the present one,
// and keeps the last ones asked for: an earlier state never changes.
type pasts struct {
	mu       sync.Mutex
	journals map[cairn.ID]*journal
	known    []*pastState // the last used first
}

// pastState is a project's state at an earlier moment.
type pastState struct {
	pastKey
	state *engine.State
	used  time.Time
}

// pastKey tells earlier states apart.
type pastKey struct {
	project cairn.ID
	all     int64     // the workspace's last change set
	day     cairn.Day // on which measures that fade are taken
}

// Bounds of what is kept in memory for questions about the past.
const (
	keptPasts = 4
	// idlePast is after how long what nobody asked for is let go.
	idlePast = 20 * time.Minute
)

func newPasts() *pasts { return &pasts{journals: make(map[cairn.ID]*journal)} }

// journal returns a project's journal, and lets go of those that nobody asked
// for in a while.
func (p *pasts) journal(a *App, project cairn.ID) *journal {
	p.mu.Lock()
	defer p.mu.Unlock()
	now := a.now()
	for id, j := range p.journals {
		if id != project && now.Sub(j.touched) > idlePast {
			delete(p.journals, id)
		}
	}
	p.known = slices.DeleteFunc(p.known, func(s *pastState) bool { return now.Sub(s.used) > idlePast })
	j := p.journals[project]
	if j == nil {
		j = newJournal(a.store, project)
		p.journals[project] = j
	}
	j.touched = now
	return j
}

func (p *pasts) find(key pastKey, now time.Time) *engine.State {
	p.mu.Lock()
	defer p.mu.Unlock()
	i := slices.IndexFunc(p.known, func(s *pastState) bool { return s.pastKey == key })
	if i < 0 {
		return nil
	}
	found := p.known[i]
	found.used = now
	p.known = slices.Insert(slices.Delete(p.known, i, i+1), 0, found)
	return found.state
}

func (p *pasts) keep(s *pastState) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.known = slices.Insert(p.known, 0, s)
	if len(p.known) > keptPasts {
		p.known = p.known[:keptPasts]
	}
}

// moment is a point of a project's past.
type moment struct {
	at  time.Time
	seq int64 // the project's last change set up to it
	all int64 // that of the workspace
}

// moment finds the last change sets of a project and of the workspace up to a
// time. Change sets are in the order of time.
func (a *App) moment(ctx context.Context, st *projectState, at time.Time) (moment, error) {
	j := a.pasts.journal(a, st.id)
	j.mu.Lock()
	defer j.mu.Unlock()
	if len(j.parts) > 0 { // else a question of this kind is the first
		now := st.state.Seq()
		if err := j.reach(ctx, now, now); err != nil {
			return moment{}, err
		}
		if seq, next, ok := j.lastBefore(at); ok {
			if next == 0 {
				var err error
				if next, err = a.store.Seq(ctx); err != nil {
					return moment{}, err
				}
				next++
			}
			all, err := a.lastBetween(ctx, at, seq, next-1)
			return moment{at, seq, all}, err
		}
	}
	all, err := a.lastOf(ctx, at)
	return moment{at, all, all}, err
}

// stateAt returns a project's state as it was at a moment; the present one when
// nothing happened since. It never changes.
func (a *App) stateAt(ctx context.Context, st *projectState, m moment) (*engine.State, error) {
	j := a.pasts.journal(a, st.id)
	j.making.Lock() // of several who ask for the same one makes it
	defer j.making.Unlock()
	m.seq = min(m.seq, st.state.Seq())
	key := pastKey{st.id, m.all, a.dayOf(m.at)}
	if kept := a.pasts.find(key, a.now()); kept != nil {
		return kept, nil
	}
	same, err := a.unmoved(ctx, st, j, m)
	if err != nil || same {
		return st.state, err
	}
	past, err := a.walkBack(ctx, st, j, m)
	if err != nil {
		return nil, err
	}
	// Of what the copy was made with, which may be later than what unmoved saw.
	facts, err := a.factsAt(ctx, st.id, m.all)
	if err != nil {
		return nil, err
	}
	past.SetFacts(facts)
	past.SetDay(key.day)
	a.pasts.keep(&pastState{key, past, a.now()})
	return past, nil
}

// unmoved reports whether a project's state is still what it was at a moment.
func (a *App) unmoved(ctx context.Context, st *projectState, j *journal, m moment) (bool, error) {
	j.mu.Lock()
	now := st.state.Seq()
	err := j.reach(ctx, m.seq, now)
	moved := err == nil && now > m.seq && j.anything(m.seq, now)
	j.mu.Unlock()
	if err != nil || moved || !st.state.Holds(a.dayOf(m.at)) {
		return false, err
	}
	facts, err := a.factsAt(ctx, st.id, m.all)
	return len(facts) == 0, err
}

// walkBack copies a project's state and takes back what happened in the project
// since a moment. What is evidence is left as it is.
func (a *App) walkBack(ctx context.Context, st *projectState, j *journal, m moment) (*engine.State, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	var failed error
	past := st.state.Past(m.seq, func(is int64, yield func(cairn.Change) bool) {
		if failed = j.reach(ctx, m.seq, is); failed != nil {
			return
		}
		j.back(m.seq, is)(yield)
	})
	return past, failed
}

// dayOf is the day of a moment where Cairn runs.
func (a *App) dayOf(at time.Time) cairn.Day { return cairn.DayOf(at.In(a.now().Location())) }

// seen is a project's state at a moment, and what answers about it depend on
// besides: the day that relative dates count from is that of the moment.
func (a *App) seen(ctx context.Context, by Caller, st *projectState, at time.Time) (*engine.State, engine.Env, error) {
	env := a.env(by, st)
	if at.IsZero() {
		return st.state, env, nil
	}
	if _, err := a.mayIn(by, st.id, cairn.ReadHistory); err != nil {
		return nil, env, err
	}
	m, err := a.moment(ctx, st, at)
	if err != nil {
		return nil, env, err
	}
	state, err := a.stateAt(ctx, st, m)
	env.Today = a.dayOf(at)
	return state, env, err
}

// entityAt is an entity as it was after a sequence number; a not_found error when
// it was not there.
func (a *App) entityAt(ctx context.Context, id cairn.ID, seq int64) (cairn.Entity, error) {
	e, err := a.store.Entity(ctx, id)
	if err != nil && cairn.CodeOf(err) != cairn.CodeNotFound {
		return e, err
	}
	there := err == nil
	if there && e.Version <= seq {
		return e, nil
	}
	e.Attrs = cloneAttrs(e.Attrs)
	const page = 200
	for before := int64(0); ; {
		sets, err := a.store.EntityLog(ctx, id, before, page)
		if err != nil {
			return e, err
		}
		for i := range sets {
			if before = sets[i].Seq; before <= seq {
				return present(e, there)
			}
			for _, c := range slices.Backward(sets[i].Changes) {
				there = unmake(&e, &sets[i], c)
			}
		}
		if len(sets) < page {
			return present(e, there)
		}
	}
}

func present(e cairn.Entity, there bool) (cairn.Entity, error) {
	if !there {
		return cairn.Entity{}, cairn.NotFound("The idea at that time")
	}
	return e, nil
}

// unmake takes one change back from an entity and reports whether that then is
// there.
func unmake(e *cairn.Entity, set *cairn.ChangeSet, c cairn.Change) (there bool) {
	if c.Created() {
		return false
	}
	c.Old, c.New = c.New, c.Old
	if was, ok := store.Applied(*e, set, c); ok {
		was.Version = set.Seq - 1
		*e = was
	}
	return true
}

// mentionsThen puts what ideas of the project were called at an earlier time in
// the place of what they are called now. Those of other projects stay.
func (a *App) mentionsThen(project cairn.ID, state *engine.State, ideas map[cairn.ID]engine.Mention) {
	p, _ := a.dir.Project(project)
	for id := range ideas {
		if b, ok := state.Brief(id); ok {
			ideas[id] = engine.Mention{Key: cairn.IdeaKey(p.Key, b.Number), Title: b.Title, Type: b.Type, Archived: b.Archived}
		}
	}
}
