package store

import (
	"encoding/json"
	"maps"

	"cairn"
)

// Applied returns what an entity is after one recorded change: old is its form
// before (the zero Entity for a creation). ok is false when the change cannot
// apply: it deletes, or it speaks of an entity that old is not.
func Applied(old cairn.Entity, set *cairn.ChangeSet, c cairn.Change) (e cairn.Entity, ok bool) {
	if c.Attr == "" {
		if cairn.IsNull(c.New) {
			return cairn.Entity{}, false
		}
		s, err := cairn.ParseSnapshot(c.New)
		if err != nil {
			return cairn.Entity{}, false
		}
		return cairn.Entity{
			ID: c.ID, Kind: c.Kind, Project: projectOf(set, c), Parent: s.Parent,
			Version: set.Seq, Attrs: s.Attrs, Text: s.Text,
		}, true
	}
	if old.ID != c.ID {
		return cairn.Entity{}, false
	}
	e = old
	e.Version = set.Seq
	if info, known := c.Kind.Info(); known && info.Long == c.Attr {
		e.Text = ""
		if !cairn.IsNull(c.New) && json.Unmarshal(c.New, &e.Text) != nil {
			return cairn.Entity{}, false
		}
		return e, true
	}
	e.Attrs = maps.Clone(old.Attrs)
	if e.Attrs == nil {
		e.Attrs = cairn.Attrs{}
	}
	e.Attrs.Set(c.Attr, c.New)
	return e, true
}

// projectOf is the project of a created entity: its change set's, except that a
// project belongs to itself.
func projectOf(set *cairn.ChangeSet, c cairn.Change) cairn.ID {
	if c.Kind == cairn.KindProject {
		return 0
	}
	return set.Project
}
