package engine

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"sync"

	"cairn"
)

// State is one project's ideas and fields. It is safe for concurrent use.
//
// Each idea stands in one row; a deleted idea leaves a dead row until enough of
// them are swept together.
type State struct {
	project cairn.ID

	mu  sync.RWMutex
	seq int64
	// clock counts the writes; tracks and derived things are dated by it.
	clock uint64
	// loading: the present write is a Load.
	loading bool

	ids      []cairn.ID
	versions []int64
	live     bitmap
	archived bitmap
	dead     int
	rowOf    rowIndex
	byNumber rowIndex

	// rows tracks which rows came and went, or were archived.
	rows track
	// columns by the attribute's name; rank, title … and the fields that hold
	// values (not formulas).
	columns map[string]*column
	fields  map[cairn.ID]*fieldState
	// shown are the fields that are not deleted, in order.
	shown []cairn.Field
	// schema tracks the fields' definitions, of which formulas are compiled.
	schema track
	// loose holds values whose field is not (yet) there, by attribute and idea.
	loose map[string]map[cairn.ID]json.RawMessage
	// looseComments counts comments whose idea is not (yet) there, and those on
	// views and insights.
	looseComments map[cairn.ID]int
	commentsOf    map[cairn.ID]cairn.ID
	// ballots and their sums, by votes field and idea.
	ballots map[cairn.ID]*ballotState
	given   map[cairn.ID]map[cairn.ID]int
	family  family
	types   ideaTypes
	links   linkCounts
	merges  merges
	facts   facts

	derived derived
}

// column is one attribute of all ideas.
type column struct {
	attr string
	data vector
	track
	// counted: its values follow from other entities, not from the idea's
	// attributes.
	counted bool
	// misfits are values that are not of the column's kind, kept so that a
	// change of the field's type finds them.
	misfits map[int32]json.RawMessage
}

// fieldState is a field as stored and as read.
type fieldState struct {
	field cairn.Field
	attrs cairn.Attrs
	// column is nil for a formula field.
	column *column
}

// New returns the empty state of a project.
func New(project cairn.ID) *State {
	s := &State{
		project:       project,
		columns:       map[string]*column{},
		fields:        map[cairn.ID]*fieldState{},
		loose:         map[string]map[cairn.ID]json.RawMessage{},
		looseComments: map[cairn.ID]int{},
		commentsOf:    map[cairn.ID]cairn.ID{},
		ballots:       map[cairn.ID]*ballotState{},
		given:         map[cairn.ID]map[cairn.ID]int{},
		family:        newFamily(),
		types:         newIdeaTypes(),
		links:         newLinkCounts(),
		merges:        newMerges(),
		facts:         facts{byIdea: map[cairn.ID][]cairn.Fact{}, day: cairn.NoDay},
	}
	for _, b := range builtins() {
		if b.attr != "" {
			c := &column{attr: b.attr, data: newVector(b.kind), counted: counted(b.attr)}
			if b.ref == cairn.RefRank {
				c.data = &texts{exact: true}
			}
			if b.ref == cairn.RefType || b.ref == cairn.RefParent {
				dictOf(c.data).setOptions(nil)
			}
			s.columns[b.attr] = c
		}
	}
	s.derived.init()
	return s
}

// Seq returns the sequence number of the last change set applied.
func (s *State) Seq() int64 {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.seq
}

// SetSeq says which sequence number the loaded entities stand at.
func (s *State) SetSeq(seq int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.seq = seq
}

// Has reports whether the idea exists.
func (s *State) Has(id cairn.ID) bool {
	s.mu.RLock()
	defer s.mu.RUnlock()
	_, ok := s.row(id)
	return ok
}

// row returns the row of an idea.
func (s *State) row(id cairn.ID) (int32, bool) { return s.rowOf.get(int64(id)) }

// IdeaByNumber finds an idea by the number in its key.
func (s *State) IdeaByNumber(n int64) (cairn.ID, bool) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	row, ok := s.byNumber.get(n)
	if !ok {
		return 0, false
	}
	return s.ids[row], true
}

// Fields returns the project's fields that are not deleted, by position. The
// list is shared: it is replaced when a field changes, and callers only read it.
func (s *State) Fields() []cairn.Field {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.shown[:len(s.shown):len(s.shown)]
}

// liveFields puts the fields that are not deleted in order.
func (s *State) liveFields() []cairn.Field {
	out := make([]cairn.Field, 0, len(s.fields))
	for _, f := range s.fields {
		if !f.field.Deleted {
			out = append(out, f.field)
		}
	}
	slices.SortFunc(out, func(a, b cairn.Field) int {
		return cmp.Or(cmp.Compare(a.Position, b.Position), cmp.Compare(a.ID, b.ID))
	})
	return out
}

// Field returns the field that ref names; ok is false when the project has no
// such field, or it is deleted.
func (s *State) Field(ref cairn.Ref) (cairn.Field, bool) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	f, ok := s.fieldOf(ref)
	if !ok || f.field.Deleted {
		return cairn.Field{}, false
	}
	return f.field, true
}

func (s *State) fieldOf(ref cairn.Ref) (*fieldState, bool) {
	id, ok := ref.FieldID()
	if !ok {
		return nil, false
	}
	f, ok := s.fields[id]
	return f, ok
}

// Len returns the number of ideas, archived ones included.
func (s *State) Len() int {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.rowOf.count
}

// Load takes over an entity of the project as stored: fields first, then ideas,
// then comments and ballots. Other kinds are passed over. An entity that is already there
// is replaced.
func (s *State) Load(e cairn.Entity) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.clock++
	s.loading = true
	defer func() { s.loading = false }()
	switch e.Kind {
	case cairn.KindField:
		return s.putField(e.ID, e.Version, e.Attrs)
	case cairn.KindIdeaType:
		return s.putIdeaType(e.ID, e.Version, e.Attrs)
	case cairn.KindIdea:
		s.putIdea(e.ID, e.Version, e.Attrs)
	case cairn.KindComment:
		s.putComment(e.ID, e.Parent)
	case cairn.KindBallot:
		return s.putBallot(e)
	case cairn.KindLink:
		s.putLink(e.ID, e.Parent, e.Attrs["to"])
	}
	return nil
}

// Apply moves the state forward by one change set. Sets of other projects only
// move the sequence number, and a set that was applied already does nothing. An
// error means that the set does not follow from the state, which should then be
// loaded anew; what could be applied was.
func (s *State) Apply(set *cairn.ChangeSet) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if set.Seq <= s.seq {
		return nil
	}
	s.seq = set.Seq
	if set.Project != s.project {
		return nil
	}
	s.clock++
	var bad error
	for i := range set.Changes {
		if err := s.applyChange(&set.Changes[i], set.Seq); err != nil && bad == nil {
			bad = fmt.Errorf("apply change set %d: %w", set.Seq, err)
		}
	}
	s.sweep()
	return bad
}

func (s *State) applyChange(c *cairn.Change, seq int64) error {
	switch c.Kind {
	case cairn.KindField:
		return s.applyField(c, seq)
	case cairn.KindIdeaType:
		return s.applyIdeaType(c, seq)
	case cairn.KindLink:
		return s.applyLink(c)
	case cairn.KindIdea:
		return s.applyIdea(c, seq)
	case cairn.KindBallot:
		return s.applyBallot(c)
	case cairn.KindComment:
		if c.Attr != "" {
			return nil // what a comment says is not kept here
		}
		if c.Deleted() {
			s.dropComment(c.ID)
			return nil
		}
		snap, err := cairn.ParseSnapshot(c.New)
		if err != nil {
			return fmt.Errorf("comment %d: %w", c.ID, err)
		}
		s.putComment(c.ID, snap.Parent)
	case cairn.KindView:
		if c.Deleted() {
			s.dropRankColumn(cairn.RankRef(c.ID))
		}
	}
	return nil
}

func (s *State) applyField(c *cairn.Change, seq int64) error {
	switch {
	case c.Deleted():
		s.dropField(c.ID)
		return nil
	case c.Attr == "":
		snap, err := cairn.ParseSnapshot(c.New)
		if err != nil {
			return fmt.Errorf("field %d: %w", c.ID, err)
		}
		return s.putField(c.ID, seq, snap.Attrs)
	}
	f, ok := s.fields[c.ID]
	if !ok {
		return fmt.Errorf("field %d is not there", c.ID)
	}
	attrs := maps.Clone(f.attrs)
	attrs.Set(c.Attr, c.New)
	return s.putField(c.ID, seq, attrs)
}

func (s *State) applyIdea(c *cairn.Change, seq int64) error {
	switch {
	case c.Deleted():
		s.dropIdea(c.ID)
		return nil
	case c.Attr == "":
		snap, err := cairn.ParseSnapshot(c.New)
		if err != nil {
			return fmt.Errorf("idea %d: %w", c.ID, err)
		}
		s.putIdea(c.ID, seq, snap.Attrs)
		return nil
	}
	row, ok := s.row(c.ID)
	if !ok {
		return fmt.Errorf("idea %d is not there", c.ID)
	}
	s.versions[row] = seq
	s.setAttr(row, c.Attr, c.New)
	return nil
}
