package engine

import (
	"bytes"
	"encoding/json"
	"fmt"

	"cairn"
)

// putIdea adds an idea or replaces all its attributes.
func (s *State) putIdea(id cairn.ID, version int64, attrs cairn.Attrs) {
	row, there := s.row(id)
	if there {
		for name, c := range s.columns {
			if _, given := attrs[name]; !given && !c.counted && !c.data.isNull(row) {
				s.setAttr(row, name, nil)
			}
		}
		s.dropLoose(id)
		s.setMerged(id, idOfJSON(attrs[attrMerged]))
		s.setUnlike(id, attrs[attrUnlike])
	} else {
		row = s.addRow(id)
	}
	s.versions[row] = version
	for name, raw := range attrs {
		s.setAttr(row, name, raw)
	}
}

func (s *State) addRow(id cairn.ID) int32 {
	row := int32(len(s.ids))
	n := len(s.ids) + 1
	s.ids = append(s.ids, id)
	s.versions = append(s.versions, 0)
	s.live = s.live.grown(n)
	s.archived = s.archived.grown(n)
	s.live.set(row)
	s.rowOf.set(int64(id), row)
	for _, c := range s.columns {
		c.data.grow(n)
	}
	s.family.grow(n)
	s.adopt(row)
	s.takeLinks(row)
	if count := s.looseComments[id]; count > 0 {
		s.countComments(row, count)
		delete(s.looseComments, id)
	}
	for _, f := range s.fields {
		if f.field.Type == cairn.TypeVotes {
			s.showVotes(f, row, id)
		}
	}
	s.showFacts(row)
	s.mark(&s.rows, row)
	return row
}

// mark records that a row of a column changed. While loading, in which all
// columns change in all rows, rows are not told apart.
func (s *State) mark(t *track, row int32) {
	if s.loading {
		t.touchAll(s.clock)
		return
	}
	t.touch(s.clock, row)
}

// setAttr sets one attribute of one idea; null clears it.
func (s *State) setAttr(row int32, name string, raw json.RawMessage) {
	c, ok := s.columns[name]
	if _, own := cairn.Ref(name).RankView(); own && !ok && !isNull(raw) {
		c, ok = s.addRankColumn(name), true
	}
	if !ok {
		_, custom := cairn.Ref(name).FieldID()
		switch {
		case custom:
			s.setLoose(s.ids[row], name, raw)
		case name == attrMerged:
			s.setMerged(s.ids[row], idOfJSON(raw))
		case name == attrUnlike:
			s.setUnlike(s.ids[row], raw)
		}
		return
	}
	if c.counted {
		if _, custom := cairn.Ref(name).FieldID(); custom {
			s.setLoose(s.ids[row], name, raw)
		}
		return
	}
	switch name {
	case attrNumber:
		s.forgetNumber(row, c)
	case attrParent:
		s.leaveParent(row)
	}
	c.set(row, raw)
	s.mark(&c.track, row)
	switch name {
	case attrNumber:
		if x := c.data.(*numbers).vals[row]; x == x {
			s.byNumber.set(int64(x), row)
		}
	case attrTitle:
		s.retitled(row)
	case attrParent:
		s.joinParent(row)
	case attrArchived:
		s.archive(row, !c.data.isNull(row))
	}
}

// archive takes over whether a row is archived; an archived one is no live
// child of its parent.
func (s *State) archive(row int32, archived bool) {
	change := 0
	switch {
	case archived && !s.archived.has(row):
		s.archived.set(row)
		change = -1
	case !archived && s.archived.has(row):
		s.archived.clear(row)
		change = 1
	}
	if parent := s.family.up[row]; parent >= 0 && change != 0 {
		s.countChild(parent, change)
	}
	s.mark(&s.rows, row)
}

// set reads a value and keeps it aside when the column cannot hold it: it is of
// another kind, or counts as none (an empty text, an unchecked box).
func (c *column) set(row int32, raw json.RawMessage) {
	if c.misfits != nil {
		delete(c.misfits, row)
	}
	if ok := c.data.set(row, raw); !ok || (!isNull(raw) && !holds(c.data, row)) {
		if c.misfits == nil {
			c.misfits = map[int32]json.RawMessage{}
		}
		c.misfits[row] = bytes.Clone(raw) // not the whole entity it is part of
	}
}

// stored is the value from which the row was set; nil for none.
func (c *column) stored(row int32) json.RawMessage {
	if raw, ok := c.misfits[row]; ok {
		return raw
	}
	return storedJSON(c.data, row)
}

func (s *State) forgetNumber(row int32, c *column) {
	x := c.data.(*numbers).vals[row]
	if x != x {
		return
	}
	if owner, ok := s.byNumber.get(int64(x)); ok && owner == row {
		s.byNumber.drop(int64(x))
	}
}

func (s *State) dropIdea(id cairn.ID) {
	row, ok := s.row(id)
	if !ok {
		return
	}
	s.setMerged(id, 0)
	s.setUnlike(id, nil)
	if c := s.columns[attrComments].data.(*numbers); !c.isNull(row) {
		s.looseComments[id] = int(c.vals[row])
	}
	s.forgetNumber(row, s.columns[attrNumber])
	s.leaveParent(row)
	s.orphan(row)
	s.leaveLinks(row)
	s.rowOf.drop(int64(id))
	s.live.clear(row)
	s.archived.clear(row)
	s.dropLoose(id)
	s.dead++
	for _, c := range s.columns {
		c.set(row, nil) // lets go of texts and lists
	}
	s.mark(&s.rows, row)
}

// sweep drops dead rows once they are a quarter of all.
func (s *State) sweep() {
	if s.dead < 1024 || s.dead < len(s.ids)/4 {
		return
	}
	kept := make([]int32, 0, len(s.ids)-s.dead)
	for row := range s.ids {
		if s.live.has(int32(row)) {
			kept = append(kept, int32(row))
		}
	}
	moved := make(map[int32]int32, len(kept))
	archived := newBitmap(len(kept))
	for i, row := range kept {
		moved[row] = int32(i)
		if s.archived.has(row) {
			archived.set(int32(i))
		}
	}
	s.ids, s.versions = pick(s.ids, kept), pick(s.versions, kept)
	s.archived, s.live, s.dead = archived, newBitmap(len(kept)), 0
	s.live.invert(len(kept))
	for i, id := range s.ids {
		s.rowOf.set(int64(id), int32(i))
	}
	for n, row := range s.byNumber.all() {
		s.byNumber.set(n, moved[row])
	}
	for _, c := range s.columns {
		c.data.keep(kept)
		misfits := c.misfits
		c.misfits = nil
		for row, raw := range misfits {
			c.set(moved[row], raw)
		}
		c.touchAll(s.clock)
	}
	s.rows.touchAll(s.clock)
	s.regrow()
}

// setLoose keeps a value whose field is not there.
func (s *State) setLoose(id cairn.ID, name string, raw json.RawMessage) {
	if isNull(raw) {
		delete(s.loose[name], id)
		return
	}
	if s.loose[name] == nil {
		s.loose[name] = map[cairn.ID]json.RawMessage{}
	}
	s.loose[name][id] = bytes.Clone(raw)
}

func (s *State) dropLoose(id cairn.ID) {
	for _, values := range s.loose {
		delete(values, id)
	}
}

func (s *State) putComment(id, idea cairn.ID) {
	if _, there := s.commentsOf[id]; there {
		return
	}
	s.commentsOf[id] = idea
	s.addComments(idea, 1)
}

func (s *State) dropComment(id cairn.ID) {
	idea, ok := s.commentsOf[id]
	if !ok {
		return
	}
	delete(s.commentsOf, id)
	s.addComments(idea, -1)
}

// Said counts the comments on things of the project that are no ideas.
func (s *State) Said(about []cairn.ID) (n int) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	for _, id := range about {
		n += s.looseComments[id]
	}
	return n
}

// addComments counts comments of an idea, and of those that it is part of.
func (s *State) addComments(idea cairn.ID, n int) {
	for range len(s.merges.into) + 1 {
		if row, ok := s.row(idea); ok {
			s.countComments(row, n)
		} else {
			s.looseComments[idea] += n
		}
		next, merged := s.merges.into[idea]
		if !merged {
			return
		}
		idea = next
	}
}

// countComments adds to an idea's number of comments; none is no value, so that
// "is empty" finds ideas without comments.
func (s *State) countComments(row int32, n int) {
	c := s.columns[attrComments]
	addCount(c.data.(*numbers).vals, row, n)
	s.mark(&c.track, row)
}

// putField adds a field or replaces its definition. When its values change
// shape they are read again from the JSON they came from.
func (s *State) putField(id cairn.ID, version int64, attrs cairn.Attrs) error {
	next := cairn.Field{ID: id, Project: s.project, Version: version}
	if err := attrs.Decode(&next); err != nil {
		return fmt.Errorf("field %d: %w", id, err)
	}
	f, there := s.fields[id]
	if !there {
		f = &fieldState{}
		s.fields[id] = f
	}
	name := string(cairn.FieldRef(id))
	before := f.field.Type
	f.field, f.attrs = next, attrs
	s.schema.touchAll(s.clock)
	s.shown = s.liveFields()
	info, _ := next.Type.Info()
	if !there || before != next.Type {
		was, _ := before.Info()
		if f.column == nil || f.column.counted || info.Kind != was.Kind || info.Computed || info.Options != was.Options {
			s.loosen(name, f)
			switch {
			case next.Type == cairn.TypeVotes:
				s.attachVotes(name, f)
			case next.Type == cairn.TypeEvidence:
				s.attachEvidence(name, f)
			case !info.Computed:
				s.attach(name, f, info.Kind)
			}
		}
	}
	if f.column == nil {
		return nil
	}
	if next.Type == cairn.TypeEvidence {
		s.measureAll(f)
	}
	if d := dictOf(f.column.data); d != nil && info.Options {
		d.setOptions(next.Options)
	}
	f.column.touchAll(s.clock)
	return nil
}

// loosen turns a field's column back into loose values.
func (s *State) loosen(name string, f *fieldState) {
	if f.column == nil {
		return
	}
	for row, id := range s.ids {
		if s.live.has(int32(row)) && !f.column.counted {
			if raw := f.column.stored(int32(row)); raw != nil {
				s.setLoose(id, name, raw)
			}
		}
	}
	delete(s.columns, name)
	f.column = nil
}

// attach makes a field's column and reads the loose values into it.
func (s *State) attach(name string, f *fieldState, kind cairn.ValueKind) {
	f.column = &column{attr: name, data: newVector(kind)}
	f.column.data.grow(len(s.ids))
	s.columns[name] = f.column
	for id, raw := range s.loose[name] {
		if row, ok := s.row(id); ok {
			f.column.set(row, raw)
		}
	}
	delete(s.loose, name)
}

func (s *State) dropField(id cairn.ID) {
	f, ok := s.fields[id]
	if !ok {
		return
	}
	s.loosen(string(cairn.FieldRef(id)), f)
	delete(s.fields, id)
	s.schema.touchAll(s.clock)
	s.shown = s.liveFields()
}

func dictOf(v vector) *dict {
	switch v := v.(type) {
	case *codes:
		return v.dict
	case *lists:
		return v.dict
	}
	return nil
}
