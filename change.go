package cairn

import (
	"encoding/json"
	"slices"
	"time"
)

// Change says that one attribute of one entity went from Old to New. Attr ""
// speaks of the whole entity: created when Old is null, deleted when New is;
// the other side then holds the whole entity as a Snapshot.
type Change struct {
	Kind Kind            `json:"kind"`
	ID   ID              `json:"id"`
	Attr string          `json:"attr,omitempty"`
	Old  json.RawMessage `json:"old,omitempty"`
	New  json.RawMessage `json:"new,omitempty"`
}

// Created reports whether the change brings an entity into being.
func (c Change) Created() bool { return c.Attr == "" && IsNull(c.Old) && !IsNull(c.New) }

// Deleted reports whether the change ends an entity.
func (c Change) Deleted() bool { return c.Attr == "" && IsNull(c.New) && !IsNull(c.Old) }

// Snapshot is a whole entity inside a change that creates or deletes it.
type Snapshot struct {
	Parent ID     `json:"parent,omitempty"`
	Attrs  Attrs  `json:"attrs"`
	Text   string `json:"text,omitempty"`
}

// ChangeSet is what one use case wrote in one transaction. The log is the list
// of them in the order of Seq, without holes.
type ChangeSet struct {
	Seq int64 `json:"seq"`
	// At is when it was committed, to the microsecond, in UTC.
	At time.Time `json:"at"`
	// Actor is the person who did it; zero is Cairn itself.
	Actor ID `json:"actor,omitempty"`
	// Project is the project all changes belong to; zero for workspace-wide ones.
	Project ID `json:"project,omitempty"`
	// Group joins change sets that are undone together, and is how a browser
	// recognises its own edit coming back. Chosen by the client, or made here.
	Group string `json:"group,omitempty"`
	// Reason is one line of why, by the person.
	Reason string `json:"reason,omitempty"`
	// Origin says through what it came: web, api, cli, import:<run id>, undo.
	Origin  string   `json:"origin,omitempty"`
	Changes []Change `json:"changes"`
}

// Inverse returns the changes that undo the set: last first, old and new
// swapped. The caller checks that no later change stands in the way.
func (s *ChangeSet) Inverse() []Change {
	inv := make([]Change, 0, len(s.Changes))
	for _, c := range slices.Backward(s.Changes) {
		c.Old, c.New = c.New, c.Old
		inv = append(inv, c)
	}
	return inv
}
