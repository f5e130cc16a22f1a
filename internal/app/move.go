package app

import (
	"maps"
	"slices"

	"cairn"
	"cairn/internal/engine"
	"cairn/internal/rank"
	"cairn/internal/store"
)

// Move says where in a manual order ideas go: after or before another one.
type Move struct {
	After, Before cairn.ID
	// Rank is the order: "" is the project's, else a view's own (cairn.RankRef).
	Rank cairn.Ref
}

// newcomer stands for an idea that has no id yet.
const newcomer cairn.ID = -1

// placement holds the ranks that a move gives.
type placement struct {
	attr  string
	ranks map[cairn.ID]string
}

// put writes an idea's new rank into its attributes, if it moves.
func (p placement) put(attrs cairn.Attrs, id cairn.ID) {
	if r, ok := p.ranks[id]; ok {
		attrs.Set(p.attr, cairn.AppendJSONString(nil, r))
	}
}

// authoriseMove checks that the order exists and may be changed by the caller.
func (a *App) authoriseMove(by Caller, p cairn.Project, m *Move) error {
	if m.Rank == "" {
		return nil
	}
	id, ok := m.Rank.RankView()
	if !ok {
		return cairn.Invalid("move.rank", "The order by hand is that of the project (empty) or of a view (r and its id), not %q", m.Rank)
	}
	v, ok := a.dir.View(id)
	if !ok || v.Project != p.ID {
		return cairn.NotFound("The view whose order this is")
	}
	if v.Locked {
		_, err := a.mayIn(by, p.ID, cairn.ChangeLocked)
		return err
	}
	return nil
}

// placeIdeas finds the ranks that put ideas where a move says, one after the
// other as they are given. In a view's own order, those that must have a place of
// their own for that get one here.
func placeIdeas(tx store.Tx, st *engine.State, m *Move, ids []cairn.ID) (placement, error) {
	if m == nil {
		return placement{}, nil
	}
	at := m.After
	if at == 0 {
		at = m.Before
	}
	if at == 0 || slices.Contains(ids, at) {
		return placement{}, cairn.Invalid("move", "An idea moves after or before another idea")
	}
	out := placement{attr: "rank", ranks: make(map[cairn.ID]string, len(ids))}
	if m.Rank != "" {
		out.attr = string(m.Rank)
		if err := checkRankView(tx, m.Rank); err != nil {
			return out, err
		}
	}
	place, ok := st.Place(engine.Spot{Own: m.Rank, At: at, Before: m.After == 0, Moved: ids})
	if !ok {
		return out, cairn.NotFound("The idea to move next to")
	}
	if m.Rank != "" {
		if err := fillRanks(tx, out.attr, &place); err != nil {
			return out, err
		}
	} else if place.Next == "" {
		// Behind the last one, but before any idea that is created later.
		if next := rank.Nth(st.LastNumber() + 1); next > place.Prev {
			place.Next = next
		}
	}
	ranks, err := rank.N(place.Prev, place.Next, len(ids))
	if err != nil {
		return out, err
	}
	for i, id := range ids {
		out.ranks[id] = ranks[i]
	}
	return out, nil
}

// checkRankView refuses an order whose view was deleted meanwhile, so that no
// place of it stays behind.
func checkRankView(tx store.Tx, ref cairn.Ref) error {
	id, _ := ref.RankView()
	if e, err := tx.Entity(id); err != nil || e.Kind != cairn.KindView {
		return cairn.NotFound("The view whose order this is")
	}
	return nil
}

// fillRanks gives ideas a place in a view's own order where they stand now. It
// is no change of the ideas in the eyes of people: who changed them last stays.
func fillRanks(tx store.Tx, attr string, place *engine.Place) error {
	if len(place.Fill) == 0 {
		return nil
	}
	ranks, err := rank.N(place.Last, "", len(place.Fill))
	if err != nil {
		return err
	}
	for i, id := range place.Fill {
		if err := giveRank(tx, id, attr, ranks[i]); err != nil {
			return err
		}
	}
	place.Prev = ranks[len(ranks)-1]
	return nil
}

// giveRank gives an idea a place unless it is gone, or somebody gave it one
// meanwhile.
func giveRank(tx store.Tx, id cairn.ID, attr, r string) error {
	e, err := tx.Entity(id)
	if cairn.CodeOf(err) == cairn.CodeNotFound {
		return nil
	}
	if err != nil || !cairn.IsNull(e.Attrs[attr]) {
		return err
	}
	e.Attrs = cloneAttrs(e.Attrs)
	e.Attrs.Set(attr, cairn.AppendJSONString(nil, r))
	return tx.Put(e)
}

// copyOrder gives a new view an order of its own, like the one that its
// definition names.
func copyOrder(tx store.Tx, st *engine.State, v *cairn.View) error {
	ranks := st.Ranked(v.Query.Rank)
	if len(ranks) > MaxBulk {
		return cairn.Errorf(cairn.CodeTooLarge, "The order to copy has %d places; at most %d fit. Sort the view by a field or the project's order first", len(ranks), MaxBulk)
	}
	v.Query.Rank = cairn.RankRef(v.ID)
	for _, id := range slices.Sorted(maps.Keys(ranks)) {
		if err := giveRank(tx, id, string(v.Query.Rank), ranks[id]); err != nil {
			return err
		}
	}
	return nil
}

// dropOrder takes every place in a view's own order away.
func dropOrder(tx store.Tx, v cairn.View) error {
	attr := string(cairn.RankRef(v.ID))
	var ranked []cairn.Entity
	if err := tx.Scan(store.Query{Kinds: []cairn.Kind{cairn.KindIdea}, Project: v.Project, Text: true}, func(e cairn.Entity) error {
		if !cairn.IsNull(e.Attrs[attr]) {
			ranked = append(ranked, e)
		}
		return nil
	}); err != nil {
		return err
	}
	for _, e := range ranked {
		e.Attrs = cloneAttrs(e.Attrs)
		e.Attrs.Set(attr, nil)
		if err := tx.Put(e); err != nil {
			return err
		}
	}
	return nil
}

// distinctIDs returns ids, each once, in their order.
func distinctIDs(ids []cairn.ID) []cairn.ID {
	seen := make(map[cairn.ID]bool, len(ids))
	return slices.DeleteFunc(slices.Clone(ids), func(id cairn.ID) bool {
		again := seen[id]
		seen[id] = true
		return again
	})
}
