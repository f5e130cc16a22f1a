package app

import (
	"encoding/json"
	"slices"

	"cairn"
	"cairn/internal/engine"
	"cairn/internal/store"
)

// What an idea holds in a connection field follows from what it holds in truth
// and from what is part of what: parts give way to their whole, once, and a whole
// holds what its parts hold (MRG-6). Where that differs from the truth, the truth
// is kept beside it, so that taking apart finds it; what people edit meanwhile is
// taken over into it.

// reconnect brings connection fields into step with parts that come to the whole
// or leave it.
func (m *merging) reconnect(parts []cairn.ID) error {
	concerned := append(slices.Clone(parts), m.whole)
	for _, id := range m.st.Connected(concerned) {
		if !slices.Contains(concerned, id) {
			concerned = append(concerned, id)
		}
	}
	for _, id := range concerned {
		if err := m.edit(id, func(attrs cairn.Attrs) error { return m.reconnectIdea(id, attrs, parts) }); err != nil {
			return err
		}
	}
	return nil
}

// reconnectTaken brings connection fields into step with parts that were taken
// out.
func (a *App) reconnectTaken(tx store.Tx, by Caller, st *engine.State, pasts []*mergePast) error {
	for _, past := range pasts {
		m := a.newMerging(tx, by, st, past.whole)
		var parts []cairn.ID
		for _, other := range pasts {
			m.now[other.part] = 0
			if other.whole == past.whole {
				parts = append(parts, other.part)
			}
		}
		if past.part != parts[0] {
			continue // done with the first of its whole
		}
		if err := m.reconnect(parts); err != nil {
			return err
		}
	}
	return nil
}

// wholeThen is what an idea is part of once the transaction is done.
func (m *merging) wholeThen(id cairn.ID) cairn.ID {
	for range cairn.MaxTreeDepth + cairn.MaxMerge {
		into, changed := m.now[id]
		if !changed {
			into = m.st.MergedInto(id)
		}
		if into == 0 {
			break
		}
		id = into
	}
	return id
}

func (m *merging) reconnectIdea(id cairn.ID, attrs cairn.Attrs, parts []cairn.ID) error {
	truth := truthOf(attrs)
	frozen := m.st.MergedInto(id) != 0
	if frozen && m.wholeThen(id) != id {
		return nil // a part stays as it is
	}
	for _, f := range m.st.Fields() {
		if f.Type != cairn.TypeConnection {
			continue
		}
		ref := string(f.Ref())
		held := idsIn(attrs[ref])
		own, differs := truth[ref]
		switch {
		case !differs:
			own = held
		case !frozen:
			own = edited(own, held, m.shown(id, ref, own), m.st.Whole)
		}
		next := held
		if m.wholeThen(id) == id {
			next = m.shownThen(shownThen{id, ref, own, held}, parts)
		}
		if len(next) > cairn.MaxList {
			return cairn.Conflict("%s: %s would hold %d ideas; at most %d fit", m.key(id), f.Name, len(next), cairn.MaxList)
		}
		if !slices.Equal(next, held) {
			m.done.Connections++
			setIDs(attrs, ref, next)
		}
		if delete(truth, ref); !slices.Equal(next, own) {
			truth[ref] = append([]cairn.ID{}, own...)
		}
	}
	attrs.Set(cairn.AttrUnmerged, nil)
	if len(truth) > 0 {
		attrs.Set(cairn.AttrUnmerged, rawJSON(truth))
	}
	return nil
}

// truthOf reads what an idea holds in truth, by connection field.
func truthOf(attrs cairn.Attrs) map[string][]cairn.ID {
	out := map[string][]cairn.ID{}
	_ = json.Unmarshal(attrs[cairn.AttrUnmerged], &out) // absent is none
	return out
}

// shown is what a connection field showed before the transaction.
func (m *merging) shown(id cairn.ID, ref string, own []cairn.ID) []cairn.ID {
	out := gathered(nil, own, id, m.st.Whole)
	for _, part := range m.st.AllParts(id)[1:] {
		out = gathered(out, m.ownOf(part, ref), id, m.st.Whole)
	}
	return out
}

// shownThen is one field of one idea: what it holds in truth, and what it shows.
type shownThen struct {
	id        cairn.ID
	ref       string
	own, held []cairn.ID
}

// shownThen is what a connection field shows once the transaction is done. What
// somebody removed that a part had brought does not come back.
func (m *merging) shownThen(f shownThen, parts []cairn.ID) []cairn.ID {
	out := gathered(nil, f.own, f.id, m.wholeThen)
	before := m.st.AllParts(f.id)[1:]
	then := slices.Clone(before)
	if f.id == m.whole {
		for _, part := range parts {
			then = append(then, m.st.AllParts(part)...)
		}
	}
	slices.Sort(then)
	for _, part := range slices.Compact(then) {
		if m.wholeThen(part) != f.id {
			continue
		}
		brings := m.ownOf(part, f.ref)
		if slices.Contains(before, part) {
			brings = slices.DeleteFunc(slices.Clone(brings), func(id cairn.ID) bool {
				whole := m.st.Whole(id)
				return whole != f.id && !slices.Contains(f.held, whole)
			})
		}
		out = gathered(out, brings, f.id, m.wholeThen)
	}
	return out
}

// ownOf is what an idea holds in truth in a connection field.
func (m *merging) ownOf(id cairn.ID, ref string) []cairn.ID {
	e, err := m.tx.Entity(id)
	if err != nil {
		return nil
	}
	if own, differs := truthOf(e.Attrs)[ref]; differs {
		return own
	}
	return idsIn(e.Attrs[ref])
}

// gathered adds the wholes of some ideas to a list, each once, without the idea
// that holds the list.
func gathered(list, ids []cairn.ID, holder cairn.ID, whole func(cairn.ID) cairn.ID) []cairn.ID {
	for _, id := range ids {
		if id = whole(id); id != holder && !slices.Contains(list, id) {
			list = append(list, id)
		}
	}
	return list
}

// edited takes over into the truth what people added to and removed from what
// was shown.
func edited(own, held, shown []cairn.ID, whole func(cairn.ID) cairn.ID) []cairn.ID {
	out := slices.DeleteFunc(slices.Clone(own), func(id cairn.ID) bool {
		return slices.Contains(shown, whole(id)) && !slices.Contains(held, whole(id))
	})
	for _, id := range held {
		if !slices.Contains(shown, id) && !slices.Contains(out, id) {
			out = append(out, id)
		}
	}
	return out
}
