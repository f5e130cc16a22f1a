package app

import (
	"context"
	"encoding/json"
	"errors"
	"slices"

	"cairn"
	"cairn/internal/engine"
	"cairn/internal/store"
)

// Merged says what a merge brought to the whole.
type Merged struct {
	// Parts is how many ideas were merged.
	Parts int
	// Comments, Links, Children and Connections came from the parts; Connections
	// counts fields, of other ideas and of the whole.
	Comments, Links, Children, Connections int
	// Voters are the people who voted for any of the parts, Both those of them who
	// had voted for the whole as well.
	Voters, Both int
	// Changes is how much was written.
	Changes int
	// Group undoes it.
	Group string
}

// Merge makes ideas part of another one (MRG-1).
func (a *App) Merge(ctx context.Context, by Caller, whole cairn.ID, parts []cairn.ID) (Merged, error) {
	return a.merge(ctx, by, whole, parts, nil)
}

// errPreview ends the transaction of a preview.
var errPreview = errors.New("only a preview")

// PreviewMerge says what Merge would do, or why it would refuse (MRG-9).
func (a *App) PreviewMerge(ctx context.Context, by Caller, whole cairn.ID, parts []cairn.ID) (Merged, error) {
	return a.merge(ctx, by, whole, parts, errPreview)
}

// merge merges, unless an error is given to end the transaction with.
func (a *App) merge(ctx context.Context, by Caller, whole cairn.ID, parts []cairn.ID, end error) (Merged, error) {
	p, err := a.readableIdea(ctx, by, whole, cairn.MergeIdeas)
	if err != nil {
		return Merged{}, err
	}
	parts = distinctIDs(parts)
	switch {
	case len(parts) == 0:
		return Merged{}, cairn.Invalid("ideas", "Name the ideas to merge")
	case len(parts) > cairn.MaxMerge:
		return Merged{}, cairn.Errorf(cairn.CodeTooLarge, "At most %d ideas can be merged at once; these are %d", cairn.MaxMerge, len(parts))
	}
	for _, id := range parts {
		switch other, err := a.readableIdea(ctx, by, id, cairn.ReadProject); {
		case err != nil:
			return Merged{}, err
		case other.ID != p.ID:
			return Merged{}, cairn.Invalid("ideas", "Only ideas of one project can be merged; one of these is of %s", other.Name)
		}
	}
	st, err := a.states.get(ctx, p.ID)
	if err != nil {
		return Merged{}, err
	}
	var out Merged
	set, err := a.write(ctx, by, p.ID, func(tx store.Tx) error {
		m := a.newMerging(tx, by, st.state, whole)
		if err := m.all(parts); err != nil {
			return err
		}
		out = m.done
		return end
	})
	if end != nil && errors.Is(err, end) {
		err = nil
	}
	out.Group, out.Changes = by.Group, len(set.Changes)
	return out, err
}

// merging merges ideas inside a transaction.
type merging struct {
	app   *App
	tx    store.Tx
	by    Caller
	st    *engine.State // as it is before the transaction
	whole cairn.ID
	// links of all ideas concerned, as they are by now.
	links []cairn.Link
	done  Merged
	// now says what ideas are part of once the transaction is done, as far as it
	// changes that; 0 for nothing.
	now map[cairn.ID]cairn.ID
	// voters who voted for a part.
	voters map[cairn.ID]bool
	both   map[cairn.ID]bool
}

func (a *App) newMerging(tx store.Tx, by Caller, st *engine.State, whole cairn.ID) *merging {
	return &merging{app: a, tx: tx, by: by, st: st, whole: whole, now: map[cairn.ID]cairn.ID{}, voters: map[cairn.ID]bool{}, both: map[cairn.ID]bool{}}
}

// all merges the parts, one after the other.
func (m *merging) all(parts []cairn.ID) error {
	whole, err := m.tx.Entity(m.whole)
	if err != nil {
		return err
	}
	if string(whole.Attrs["archived"]) == "true" {
		return cairn.Conflict("%s is archived; restore it before you merge something into it", m.key(m.whole))
	}
	if into := idOf(whole.Attrs, cairn.AttrMergedInto); into != 0 {
		return cairn.Conflict("%s is itself part of %s; merge into that", m.key(m.whole), m.key(into))
	}
	m.links = m.app.links.of(m.whole)
	for _, id := range parts {
		for _, l := range m.app.links.of(id) {
			if !slices.ContainsFunc(m.links, func(other cairn.Link) bool { return other.ID == l.ID }) {
				m.links = append(m.links, l)
			}
		}
	}
	named := partsOf(whole.Attrs)
	for _, id := range parts {
		part, err := m.part(id)
		if err != nil {
			return err
		}
		named = append(named, part)
	}
	for _, id := range parts {
		m.now[id] = m.whole
	}
	if err := m.reconnect(parts); err != nil {
		return err
	}
	m.done.Parts, m.done.Voters, m.done.Both = len(parts), len(m.voters), len(m.both)
	return m.note(named)
}

// note writes the names of the parts on the whole, for its history (MRG-17).
func (m *merging) note(named []cairn.Part) error {
	e, err := m.tx.Entity(m.whole)
	if err != nil {
		return err
	}
	e.Attrs = cloneAttrs(e.Attrs)
	e.Attrs.Set(cairn.AttrParts, nil)
	if len(named) > 0 {
		e.Attrs.Set(cairn.AttrParts, rawJSON(named))
	}
	touch(m.tx, m.by, e.Attrs)
	return m.tx.Put(e)
}

func partsOf(attrs cairn.Attrs) []cairn.Part {
	var out []cairn.Part
	_ = json.Unmarshal(attrs[cairn.AttrParts], &out) // absent is none
	return out
}

// part merges one idea.
func (m *merging) part(id cairn.ID) (cairn.Part, error) {
	e, err := m.tx.Entity(id)
	if err != nil {
		return cairn.Part{}, err
	}
	if err := m.mayBePart(e); err != nil {
		return cairn.Part{}, err
	}
	e.Attrs = cloneAttrs(e.Attrs)
	setFlag(e.Attrs, "archived", true)
	setID(e.Attrs, cairn.AttrMergedInto, m.whole)
	touch(m.tx, m.by, e.Attrs)
	if err := m.tx.Put(e); err != nil {
		return cairn.Part{}, err
	}
	for _, step := range []func(cairn.ID) error{m.moveChildren, m.moveLinks, m.moveVotes} {
		if err := step(id); err != nil {
			return cairn.Part{}, err
		}
	}
	cells, _ := m.st.Row(id, []cairn.Ref{cairn.RefComments}, engine.Env{})
	if len(cells) == 1 {
		m.done.Comments += int(cells[0].Value.Num)
	}
	return cairn.Part{ID: id, Key: m.key(id), Title: e.Attrs.Text("title")}, nil
}

// mayBePart refuses what cannot become part of the whole (MRG-8).
func (m *merging) mayBePart(e cairn.Entity) error {
	if e.ID == m.whole {
		return cairn.Invalid("ideas", "%s cannot be merged into itself", m.key(e.ID))
	}
	if into := idOf(e.Attrs, cairn.AttrMergedInto); into != 0 {
		return cairn.Conflict("%s is part of %s already", m.key(e.ID), m.key(into))
	}
	path := []cairn.ID{m.whole}
	for at := m.whole; at != 0 && len(path) <= cairn.MaxTreeDepth+1; {
		above, err := m.tx.Entity(at)
		if err != nil {
			return nil // above an idea that is gone there is nothing
		}
		if at = idOf(above.Attrs, string(cairn.RefParent)); at != 0 {
			path = append(path, at)
		}
		if at == e.ID {
			slices.Reverse(path)
			return cairn.Conflict("%s stands below %s (%s); move it first, or merge the other way round",
				m.key(m.whole), m.key(e.ID), kinship{m.app, m.tx, m.by, e.Project}.keys(path))
		}
	}
	return nil
}

func (m *merging) key(id cairn.ID) string { return m.app.keyIn(m.tx, m.by, id) }

// moveChildren puts the children of a part under the whole (MRG-4).
func (m *merging) moveChildren(part cairn.ID) error {
	for _, child := range m.st.Offspring(part) {
		e, err := m.tx.Entity(child)
		if err != nil || idOf(e.Attrs, string(cairn.RefParent)) != part || child == m.whole {
			continue // moved or removed meanwhile
		}
		if err := (kinship{m.app, m.tx, m.by, e.Project}).check(child, m.whole); err != nil {
			return err
		}
		e.Attrs = cloneAttrs(e.Attrs)
		setID(e.Attrs, string(cairn.RefParent), m.whole)
		touch(m.tx, m.by, e.Attrs)
		if err := m.tx.Put(e); err != nil {
			return err
		}
		m.done.Children++
	}
	return nil
}

// edit changes an idea's attributes; nothing is written when they stay.
func (m *merging) edit(id cairn.ID, change func(cairn.Attrs) error) error {
	e, err := m.tx.Entity(id)
	if cairn.CodeOf(err) == cairn.CodeNotFound {
		return nil
	}
	if err != nil {
		return err
	}
	before := e.Attrs
	e.Attrs = cloneAttrs(before)
	if err := change(e.Attrs); err != nil || sameAttrs(before, e.Attrs) {
		return err
	}
	touch(m.tx, m.by, e.Attrs)
	return m.tx.Put(e)
}

func setIDs(attrs cairn.Attrs, name string, ids []cairn.ID) {
	attrs.Set(name, nil)
	if len(ids) > 0 {
		attrs.Set(name, rawJSON(ids))
	}
}
