package app

import (
	"context"
	"encoding/json"
	"log/slog"
	"sync"

	"cairn"
	"cairn/internal/engine"
	"cairn/internal/search"
	"cairn/internal/similar"
	"cairn/internal/store"
)

// states holds one engine state and one search index per project. A state loads
// when it is first wanted, or behind the start; change sets that arrive
// meanwhile wait and are applied after.
type states struct {
	store  store.Store
	dir    *Directory
	logger *slog.Logger
	// loaded is told of each state before it is first used.
	loaded func(*projectState)
	mu     sync.Mutex
	byID   map[cairn.ID]*projectState
	wg     sync.WaitGroup
}

// projectState is one project in memory.
type projectState struct {
	id    cairn.ID
	state *engine.State
	index *indexer

	ready chan struct{} // closed when loaded or failed
	err   error         // why loading failed; read after ready

	mu      sync.Mutex
	loaded  bool
	pending []cairn.ChangeSet
}

func newStates(st store.Store, dir *Directory, logger *slog.Logger) *states {
	return &states{store: st, dir: dir, logger: logger, byID: make(map[cairn.ID]*projectState)}
}

// apply hands change sets to the states they concern. It is called in the order
// of the log, before the writer is answered.
func (s *states) apply(sets []cairn.ChangeSet) {
	for i := range sets {
		set := &sets[i]
		if set.Project == 0 {
			continue
		}
		s.mu.Lock()
		p := s.byID[set.Project]
		s.mu.Unlock()
		if p != nil {
			p.apply(set, s.logger)
		}
	}
}

func (p *projectState) apply(set *cairn.ChangeSet, logger *slog.Logger) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if !p.loaded {
		p.pending = append(p.pending, *set)
		return
	}
	p.applyNow(set, logger)
}

func (p *projectState) applyNow(set *cairn.ChangeSet, logger *slog.Logger) {
	if err := p.state.Apply(set); err != nil {
		logger.Error("a change set could not be applied to the project's state", "project", p.id, "seq", set.Seq, "err", err)
	}
	p.index.note(set)
}

// preload loads the projects in the background, one after the other.
func (s *states) preload(ctx context.Context, ids []cairn.ID) (over <-chan struct{}) {
	done := make(chan struct{})
	s.wg.Go(func() {
		defer close(done)
		for _, id := range ids {
			p, err := s.get(ctx, id)
			if err != nil {
				return // reported where it is wanted
			}
			<-p.index.built
		}
	})
	return done
}

// peek returns a project's state if it is loaded, else nil.
func (s *states) peek(id cairn.ID) *projectState {
	s.mu.Lock()
	p := s.byID[id]
	s.mu.Unlock()
	if p == nil {
		return nil
	}
	select {
	case <-p.ready:
	default:
		return nil
	}
	if p.err != nil {
		return nil
	}
	return p
}

// holding returns the loaded project that has an idea.
func (s *states) holding(idea cairn.ID) (project cairn.ID, ok bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for id, p := range s.byID {
		if p.state.Has(idea) {
			return id, true
		}
	}
	return 0, false
}

// get returns a project's state, loading it first if need be.
func (s *states) get(ctx context.Context, id cairn.ID) (*projectState, error) {
	s.mu.Lock()
	p := s.byID[id]
	if p == nil {
		p = &projectState{id: id, state: engine.New(id), ready: make(chan struct{})}
		p.index = newIndexer(s.store, p.state, s.logger)
		s.byID[id] = p
		// Detached: the first asker may leave while others wait for the load.
		load := context.WithoutCancel(ctx)
		s.wg.Go(func() { s.load(load, p) })
	}
	s.mu.Unlock()
	select {
	case <-p.ready:
		return p, p.err
	case <-ctx.Done():
		// Whoever asked has left: no failure of the server.
		return nil, &cairn.Error{Code: cairn.CodeUnavailable, Message: "The project is still loading; try again in a moment", Cause: ctx.Err()}
	}
}

func (s *states) load(ctx context.Context, p *projectState) {
	defer close(p.ready)
	seq, err := s.store.Scan(ctx, store.Query{
		Kinds:   []cairn.Kind{cairn.KindField, cairn.KindIdeaType, cairn.KindIdea, cairn.KindComment, cairn.KindBallot, cairn.KindLink},
		Project: p.id,
	}, p.state.Load)
	if err != nil {
		s.logger.Error("a project could not be loaded", "project", p.id, "err", err)
		p.err = &cairn.Error{Code: cairn.CodeInternal, Message: "The project could not be loaded; the server's log says why", Cause: err}
		s.mu.Lock()
		delete(s.byID, p.id) // the next asker tries again
		s.mu.Unlock()
		return
	}
	p.state.SetSeq(seq)
	p.mu.Lock()
	for i := range p.pending {
		if p.pending[i].Seq > seq {
			p.applyNow(&p.pending[i], s.logger)
		}
	}
	p.pending, p.loaded = nil, true
	p.mu.Unlock()
	s.loaded(p)
	s.wg.Go(func() { p.index.build(ctx) })
}

// wait returns when no load is under way any more.
func (s *states) wait() {
	s.wg.Wait()
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, p := range s.byID {
		p.index.close()
	}
}

// indexer keeps a project's search index and its index of similar ideas up to
// date behind the writes: it notes which ideas changed and reads their texts from
// the store.
type indexer struct {
	store  store.Store
	state  *engine.State
	logger *slog.Logger
	index  *search.Index
	alike  *similar.Index
	built  chan struct{}

	mu      sync.Mutex
	parents map[cairn.ID]cairn.ID // a comment's idea
	dirty   map[cairn.ID]bool
	running bool
	closed  bool
	// noted counts the change sets noted, indexed those that are in the index.
	noted, indexed int64
	// held counts the bulk writes under way: the index waits for their end unless
	// somebody waits for the index.
	held, waiting int
	moved         *sync.Cond // something was indexed, or the worker ended
}

func newIndexer(st store.Store, state *engine.State, logger *slog.Logger) *indexer {
	x := &indexer{
		store: st, state: state, logger: logger, index: search.New(search.English), alike: similar.New(),
		built: make(chan struct{}), parents: make(map[cairn.ID]cairn.ID), dirty: make(map[cairn.ID]bool),
	}
	x.moved = sync.NewCond(&x.mu)
	return x
}

// build reads every text of the project once.
func (x *indexer) build(ctx context.Context) {
	extra := make(map[cairn.ID][]string)
	_, err := x.store.Scan(ctx, store.Query{
		Kinds: []cairn.Kind{cairn.KindComment, cairn.KindIdea}, Project: x.state.Project(), Text: true,
	}, func(e cairn.Entity) error {
		if e.Kind == cairn.KindComment {
			extra[e.Parent] = append(extra[e.Parent], words(e.Text))
			x.mu.Lock()
			x.parents[e.ID] = e.Parent
			x.mu.Unlock()
			return nil
		}
		x.put(e, extra[e.ID])
		return nil
	})
	if err != nil {
		x.logger.Error("the search index could not be built", "project", x.state.Project(), "err", err)
	}
	close(x.built)
	x.kick()
}

func (x *indexer) put(e cairn.Entity, comments []string) {
	var number int64
	_ = json.Unmarshal(e.Attrs["number"], &number) // 0 is no number
	title, body := e.Attrs.Text("title"), words(e.Text)
	x.index.Update(search.Doc{ID: e.ID, Number: number, Title: title, Body: body, Extra: comments})
	x.alike.Put(similar.Doc{ID: e.ID, Title: title, Labels: labelsOf(x.state, e.Attrs), Body: body})
}

// words is a text as it is read: mentions as they were written, not where they
// lead.
func words(text string) string {
	return cairn.PlainMentions(text, func(cairn.Kind, cairn.ID) string { return "" })
}

// note marks the ideas that a change set touches.
func (x *indexer) note(set *cairn.ChangeSet) {
	x.mu.Lock()
	x.noted++
	for _, c := range set.Changes {
		switch {
		case c.Kind == cairn.KindIdea && (c.Attr == "" || c.Attr == "title" || c.Attr == "description" || isLabels(x.state, c.Attr)):
			x.dirty[c.ID] = true
		case c.Kind == cairn.KindComment:
			if idea := x.commentIdea(c); idea != 0 {
				x.dirty[idea] = true
			}
		}
	}
	x.mu.Unlock()
	select {
	case <-x.built:
		x.kick()
	default: // build is under way and kicks when it is done
	}
}

// commentIdea is the idea that a changed comment belongs to, 0 when unknown:
// then the comment was never indexed.
func (x *indexer) commentIdea(c cairn.Change) cairn.ID {
	if c.Created() {
		if s, err := cairn.ParseSnapshot(c.New); err == nil {
			x.parents[c.ID] = s.Parent
		}
	}
	idea := x.parents[c.ID]
	if c.Deleted() {
		delete(x.parents, c.ID)
	}
	return idea
}

// kick starts the worker unless it runs or there is nothing to do.
func (x *indexer) kick() {
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.running || x.closed || x.indexed == x.noted || x.held > 0 && x.waiting == 0 {
		return
	}
	x.running = true
	go x.work()
}

func (x *indexer) work() {
	ctx := context.Background()
	for {
		x.mu.Lock()
		if x.indexed == x.noted || x.closed || x.held > 0 && x.waiting == 0 {
			x.running = false
			x.moved.Broadcast()
			x.mu.Unlock()
			return
		}
		batch, noted := x.dirty, x.noted
		x.dirty = make(map[cairn.ID]bool)
		x.mu.Unlock()
		for id := range batch {
			if x.ended() {
				break
			}
			if err := x.refresh(ctx, id); err != nil {
				x.logger.Error("an idea could not be indexed for search", "idea", id, "err", err)
			}
		}
		x.mu.Lock()
		x.indexed = noted
		x.moved.Broadcast()
		x.mu.Unlock()
	}
}

// ended reports whether nobody will search any more.
func (x *indexer) ended() bool {
	x.mu.Lock()
	defer x.mu.Unlock()
	return x.closed
}

// hold lets the index wait while a bulk write is under way: indexing what comes
// would take half of the machine from it. The returned function ends that.
func (x *indexer) hold() (release func()) {
	x.mu.Lock()
	x.held++
	x.mu.Unlock()
	return func() {
		x.mu.Lock()
		x.held--
		x.mu.Unlock()
		select {
		case <-x.built:
			x.kick()
		default: // build is under way and kicks when it is done
		}
	}
}

func (x *indexer) refresh(ctx context.Context, id cairn.ID) error {
	e, err := x.store.Entity(ctx, id)
	if cairn.CodeOf(err) == cairn.CodeNotFound {
		x.index.Remove(id)
		x.alike.Remove(id)
		return nil
	}
	if err != nil || e.Kind != cairn.KindIdea { // a comment on a view is no idea's
		return err
	}
	var comments []string
	if _, err := x.store.Scan(ctx, store.Query{
		Kinds: []cairn.Kind{cairn.KindComment}, Project: e.Project, Parent: id, Text: true,
	}, func(c cairn.Entity) error {
		comments = append(comments, words(c.Text))
		return nil
	}); err != nil {
		return err
	}
	x.put(e, comments)
	return nil
}

// settle waits until every change that was noted before is in the index.
func (x *indexer) settle() {
	<-x.built
	x.mu.Lock()
	want := x.noted
	x.waiting++
	x.mu.Unlock()
	x.kick()
	x.mu.Lock()
	defer x.mu.Unlock()
	for !x.closed && x.indexed < want {
		x.moved.Wait()
	}
	x.waiting--
}

func (x *indexer) close() {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.closed = true
	for x.running {
		x.moved.Wait()
	}
	x.moved.Broadcast()
}
