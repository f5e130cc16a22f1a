package engine

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	"cairn"
)

// ideaTypes are the project's types of ideas, and the built-in field "type"
// whose options they are.
type ideaTypes struct {
	attrs map[cairn.ID]cairn.Attrs
	byID  map[cairn.ID]cairn.IdeaType
	field cairn.Field
	// roots are the types whose ideas stand at the top of the tree.
	roots map[cairn.ID]bool
}

func newIdeaTypes() ideaTypes {
	return ideaTypes{
		attrs: map[cairn.ID]cairn.Attrs{}, byID: map[cairn.ID]cairn.IdeaType{}, roots: map[cairn.ID]bool{},
		field: cairn.Field{Name: "Type", Type: cairn.TypeSelect},
	}
}

func (s *State) applyIdeaType(c *cairn.Change, seq int64) error {
	switch {
	case c.Deleted():
		delete(s.types.attrs, c.ID)
		delete(s.types.byID, c.ID)
		s.typesChanged()
		return nil
	case c.Attr == "":
		snap, err := cairn.ParseSnapshot(c.New)
		if err != nil {
			return fmt.Errorf("type of ideas %d: %w", c.ID, err)
		}
		return s.putIdeaType(c.ID, seq, snap.Attrs)
	}
	attrs, ok := s.types.attrs[c.ID]
	if !ok {
		return fmt.Errorf("type of ideas %d is not there", c.ID)
	}
	attrs = maps.Clone(attrs)
	attrs.Set(c.Attr, json.RawMessage(c.New))
	return s.putIdeaType(c.ID, seq, attrs)
}

func (s *State) putIdeaType(id cairn.ID, version int64, attrs cairn.Attrs) error {
	t := cairn.IdeaType{ID: id, Project: s.project, Version: version}
	if err := attrs.Decode(&t); err != nil {
		return fmt.Errorf("type of ideas %d: %w", id, err)
	}
	s.types.attrs[id], s.types.byID[id] = attrs, t
	s.typesChanged()
	return nil
}

// typesChanged makes the options of the field "type" anew.
func (s *State) typesChanged() {
	list := s.ideaTypes()
	options := make([]cairn.Option, len(list))
	s.types.roots = map[cairn.ID]bool{}
	for i := range list {
		options[i] = list[i].Option()
		if list[i].Root {
			s.types.roots[list[i].ID] = true
		}
	}
	s.types.field.Options = options
	c := s.columns[attrType]
	dictOf(c.data).setOptions(options)
	c.touchAll(s.clock)
	s.schema.touchAll(s.clock)
}

// IdeaTypes returns the project's types of ideas, by position.
func (s *State) IdeaTypes() []cairn.IdeaType {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.ideaTypes()
}

func (s *State) ideaTypes() []cairn.IdeaType {
	return slices.SortedFunc(maps.Values(s.types.byID), func(a, b cairn.IdeaType) int {
		return cmp.Or(cmp.Compare(a.Position, b.Position), cmp.Compare(a.ID, b.ID))
	})
}

// IdeaType returns one type of the project.
func (s *State) IdeaType(id cairn.ID) (cairn.IdeaType, bool) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	t, ok := s.types.byID[id]
	return t, ok
}

// OfType returns the ideas that have a type, archived ones included.
func (s *State) OfType(id cairn.ID) []cairn.ID {
	s.mu.RLock()
	defer s.mu.RUnlock()
	var out []cairn.ID
	v := s.columns[attrType].data.(*codes)
	code, ok := v.dict.byID[id]
	for row, c := range v.vals {
		if ok && c == code {
			out = append(out, s.ids[row])
		}
	}
	return out
}

// Brief is what others say of an idea when they point at it.
type Brief struct {
	ID       cairn.ID
	Number   int64
	Title    string
	Type     cairn.ID
	Parent   cairn.ID
	Children int
	Archived bool
}

// Brief returns the short form of an idea.
func (s *State) Brief(id cairn.ID) (Brief, bool) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	row, ok := s.row(id)
	if !ok {
		return Brief{}, false
	}
	b := Brief{ID: id, Title: s.columns[attrTitle].data.(*texts).vals[row], Archived: s.archived.has(row)}
	if x := s.columns[attrNumber].data.(*numbers).vals[row]; x == x {
		b.Number = int64(x)
	}
	if x := s.columns[attrChildren].data.(*numbers).vals[row]; x == x {
		b.Children = int(x)
	}
	b.Type = s.columns[attrType].data.value(row).ID()
	b.Parent = s.parents().value(row).ID()
	return b, true
}
