package engine

import (
	"encoding/json"
	"errors"
	"strings"
	"sync"

	"cairn"
	"cairn/internal/formula"
	"cairn/internal/search/fold"
)

// Request asks for a window of a view.
type Request struct {
	Query cairn.Query
	// Columns are the values wanted of each idea, in order.
	Columns []cairn.Ref
	// Offset and Limit choose positions of the flattened order; Limit −1 is all.
	Offset, Limit int
	Colors        []cairn.ColorRule
	// ColorBy colours the rows that no rule does.
	ColorBy cairn.Ref
	// Shape of the tree that the asker knows already.
	Shape string
	Env   Env
}

// Env is what an answer depends on besides the log.
type Env struct {
	// Today resolves relative dates.
	Today cairn.Day
	// Viewer is the asker: "me" in filters, me() in formulas.
	Viewer cairn.ID
	// People knows the names by which people are sorted and grouped; nil leaves
	// them nameless.
	People People
	// Match returns the ideas whose text matches, best first. Nil searches the
	// titles only.
	Match func(text string) []cairn.ID
}

// People knows people's names. Rev changes whenever a name does.
type People interface {
	Name(id cairn.ID) string
	Rev() uint64
}

// derived is what is computed from the columns and kept until they change. It
// is filled by evaluations, which hold the state's read lock and mu.
type derived struct {
	mu       sync.Mutex
	orders   *lru[*order]
	outcomes *lru[*outcome]
	masks    *lru[*mask]
	scales   *lru[*scale]
	computed *lru[*computed]
	// summaries of children's values, by what they sum up.
	summaries *lru[*summary]
	wheres    *lru[*formula.Program]
	// programs are the compiled formula fields, of the schema's revision compiled.
	programs map[cairn.ID]*program
	compiled uint64
}

func (d *derived) init() {
	d.orders = newLRU[*order](8)
	d.outcomes = newLRU[*outcome](16)
	d.masks = newLRU[*mask](32)
	d.scales = newLRU[*scale](16)
	d.computed = newLRU[*computed](64)
	d.summaries = newLRU[*summary](64)
	d.wheres = newLRU[*formula.Program](64)
}

// outcome is an evaluated query, whatever window of it is asked for.
type outcome struct {
	built, names uint64
	// rows is the flattened order; total counts the ideas in it.
	rows    []int32
	total   int
	groups  []Group
	rollups []RollupValue
	// tree is set when a tree was asked for.
	tree *treeShape
}

// mask is the set of rows for which a colour rule holds.
type mask struct {
	built uint64
	rows  bitmap
}

// plan is a request with everything resolved.
type plan struct {
	*evaluation
	query    cairn.Query
	filter   predicate
	where    predicate
	sort     []cairn.SortKey
	groupers []*grouper
	rollups  []*rollup
	warnings []string
	// order is set when the outcome must be computed.
	order   []int32
	outcome *outcome
	columns []*source
	colors  []colorMask
	colorBy painter
}

// Eval answers a request. Errors are invalid input: a field that does not
// exist, an operator or a value that does not fit it.
func (s *State) Eval(req Request) (*Result, error) {
	if err := req.Query.Validate(); err != nil {
		return nil, err
	}
	if req.Offset < 0 || req.Limit < -1 {
		return nil, cairn.Invalid("limit", "The window starts at 0 or later and has a limit of −1 (all), 0 or more, not offset %d and limit %d", req.Offset, req.Limit)
	}
	s.mu.RLock()
	defer s.mu.RUnlock()
	p, err := s.evaluated(req)
	if err != nil {
		return nil, err
	}
	return p.window(req), nil
}

// evaluated plans a request and finds its outcome. The caller holds mu.
func (s *State) evaluated(req Request) (*plan, error) {
	p, key, err := s.plan(req)
	if err != nil || p.outcome != nil {
		return p, err
	}
	if p.outcome, err = p.run(); err != nil {
		return nil, err
	}
	if req.Query.Search == "" {
		s.derived.mu.Lock()
		s.derived.outcomes.put(key, p.outcome)
		s.derived.mu.Unlock()
	}
	return p, nil
}

// plan resolves a request, finds its outcome if it still stands, and prepares
// what is needed to compute it if not.
func (s *State) plan(req Request) (p *plan, key string, err error) {
	s.derived.mu.Lock()
	defer s.derived.mu.Unlock()
	p = &plan{evaluation: s.evaluation(req.Env), query: req.Query}
	p.use(&s.rows)
	p.use(&s.columns[attrRank].track)
	if c := s.ownRank(p.query.Rank); c != nil {
		p.use(&c.track)
	}
	if req.Query.Tree {
		p.query.Group = nil
		p.use(&s.columns[attrParent].track)
		p.use(&s.columns[attrType].track)
		p.use(&s.schema)
	}
	if err := p.resolveQuery(); err != nil {
		return nil, "", err
	}
	if req.Query.Search == "" {
		key = p.key()
		if out, ok := s.derived.outcomes.get(key); ok && p.stands(out.built) && (!p.names || out.names == p.namesRev()) {
			p.outcome = out
		}
	}
	if p.outcome == nil {
		if p.order, err = p.orderBy(p.sort, p.query.Rank); err != nil {
			return nil, "", err
		}
	}
	if err := p.resolveColumns(req.Columns); err != nil {
		return nil, "", err
	}
	if p.colors, err = p.colorMasks(req.Colors); err != nil {
		return nil, "", err
	}
	p.colors = append(p.colors, p.formatMasks()...)
	if err := p.resolveColorBy(req.ColorBy); err != nil {
		return nil, "", err
	}
	return p, key, nil
}

func (p *plan) resolveQuery() (err error) {
	q := &p.query
	if p.filter, err = p.evaluation.filter(q.Filter, "Filter"); err != nil {
		return err
	}
	if strings.TrimSpace(q.Where) != "" {
		if p.where, err = p.condition(q.Where); err != nil {
			return err
		}
		p.warnings = append(p.warnings, p.notes...)
	}
	for _, k := range q.Sort {
		src, err := p.source(k.Field, "Sorting")
		if err != nil {
			if p.skip(err) {
				continue
			}
			return err
		}
		p.names = p.names || src.named()
		p.sort = append(p.sort, k)
	}
	for _, by := range q.Group {
		g, err := p.grouper(by)
		if err != nil {
			if p.skip(err) {
				continue
			}
			return err
		}
		p.names = p.names || g.src.named()
		p.groupers = append(p.groupers, g)
	}
	for _, r := range q.Rollups {
		one, err := p.rollup(r)
		if err != nil {
			if p.skip(err) {
				continue
			}
			return err
		}
		p.rollups = append(p.rollups, one)
	}
	return nil
}

// skip notes a deleted field as a warning: a view outlives the fields it shows.
// Filters do not skip, since leaving one out would show the wrong ideas.
func (p *plan) skip(err error) bool {
	deleted, ok := errors.AsType[errDeleted](err)
	if ok {
		p.warnings = append(p.warnings, deleted.Error())
	}
	return ok
}

func (p *plan) resolveColumns(refs []cairn.Ref) error {
	for _, ref := range refs {
		src, err := p.source(ref, "Columns")
		if err != nil {
			if p.skip(err) {
				continue
			}
			return err
		}
		p.columns = append(p.columns, src)
	}
	return nil
}

// key identifies the query together with what its answer depends on.
func (p *plan) key() string {
	raw, err := json.Marshal(p.query)
	if err != nil {
		return "" // only malformed raw filter values, which resolving refused
	}
	for _, left := range p.warnings {
		raw = append(raw, left...) // parts left out because of deleted fields
	}
	return string(p.variant(raw))
}

// variant appends the parts of the environment that were used.
func (e *evaluation) variant(dst []byte) []byte {
	if e.today {
		dst = appendInt(append(dst, "|today "...), int64(e.env.Today))
	}
	if e.viewer {
		dst = appendInt(append(dst, "|me "...), int64(e.env.Viewer))
	}
	return dst
}

// stands reports whether what was built then is still right.
func (e *evaluation) stands(built uint64) bool {
	for _, t := range e.tracks {
		if built < t.rev {
			return false
		}
	}
	return true
}

func (e *evaluation) namesRev() uint64 {
	if e.env.People == nil {
		return 0
	}
	return e.env.People.Rev()
}

// run computes the outcome of a prepared plan.
func (p *plan) run() (*outcome, error) {
	s := p.s
	pass := append(bitmap(nil), s.live...)
	switch p.query.Archived {
	case "":
		pass.andNot(s.archived)
	case "only":
		pass.and(s.archived)
	}
	s.leaveOutMerged(pass)
	other := make(bitmap, len(pass))
	if !p.query.Filter.IsZero() {
		p.filter(other)
		pass.and(other)
	}
	if p.where != nil {
		p.where(other)
		pass.and(other)
	}
	order := p.order
	if p.query.Search != "" {
		hits := p.hits()
		clear(other)
		for _, row := range hits {
			other.set(row)
		}
		pass.and(other)
		if len(p.sort) == 0 {
			order = hits
		}
	}
	rows := make([]int32, 0, pass.count())
	for _, row := range order {
		if pass.has(row) {
			rows = append(rows, row)
		}
	}
	out := &outcome{built: s.clock, names: p.namesRev(), rows: rows, total: len(rows), rollups: rollUp(rows, p.rollups)}
	if p.query.Tree {
		out.tree = s.tree(p.order, pass)
		out.rows = out.tree.rows
		return out, nil
	}
	if len(p.groupers) > 0 {
		var err error
		if out.groups, out.rows, err = p.group(rows, p.groupers, p.rollups); err != nil {
			return nil, err
		}
		if hidesAny(p.groupers) {
			shown := distinct(out.rows, len(s.ids))
			out.total, out.rollups = len(shown), rollUp(shown, p.rollups)
		}
	}
	return out, nil
}

// hits returns the rows that match the search text, best first.
func (p *plan) hits() []int32 {
	s := p.s
	if p.env.Match == nil {
		return p.titleHits()
	}
	ids := p.env.Match(p.query.Search)
	rows := make([]int32, 0, len(ids))
	seen := newBitmap(len(s.ids))
	for _, id := range ids {
		if row, ok := s.row(id); ok && !seen.has(row) {
			seen.set(row)
			rows = append(rows, row)
		}
	}
	return rows
}

// titleHits finds the text in titles, in the order of the query.
func (p *plan) titleHits() []int32 {
	want := fold.String(strings.TrimSpace(p.query.Search))
	titles := p.s.columns[attrTitle].data.(*texts).vals
	var rows []int32
	for _, row := range p.order {
		if strings.Contains(fold.String(titles[row]), want) {
			rows = append(rows, row)
		}
	}
	return rows
}
