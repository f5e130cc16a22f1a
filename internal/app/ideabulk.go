package app

import (
	"context"

	"cairn"
	"cairn/internal/store"
)

// MaxBulk is how many ideas one bulk request may change.
const MaxBulk = 20_000

// Bulk changes many ideas in one step: those listed, or all that a query finds.
type Bulk struct {
	IDs   []cairn.ID
	Query *cairn.Query
	Patch IdeaPatch
}

// BulkUpdate applies one patch to many ideas, all or none. It returns how many
// it changed. A move puts them one after the other as they are given.
func (a *App) BulkUpdate(ctx context.Context, by Caller, project cairn.ID, in Bulk) (int, error) {
	p, err := a.mayIn(by, project, cairn.ReadProject)
	if err != nil {
		return 0, err
	}
	st, err := a.states.get(ctx, project)
	if err != nil {
		return 0, err
	}
	if err := a.authorisePatch(by, p, st.state, &in.Patch); err != nil {
		return 0, err
	}
	ids, err := a.bulkIDs(by, st, in)
	if err != nil {
		return 0, err
	}
	changed := 0
	outside := a.findStrangers(ctx, by, st.state, in.Patch.Values)
	fields := st.state.Fields() // here, since writers wait for each other
	_, err = a.write(ctx, by, project, func(tx store.Tx) error {
		changed = 0
		place, err := placeIdeas(tx, st.state, in.Patch.Move, ids)
		if err != nil {
			return err
		}
		each := patching{a, tx, by, place, outside, fields, asked(by, p)}
		for _, id := range ids {
			idea, err := each.idea(id, &in.Patch)
			if err != nil {
				return err
			}
			if idea.Version == tx.Seq() {
				changed++
			}
		}
		return nil
	}, ids...)
	return changed, err
}

func (a *App) bulkIDs(by Caller, st *projectState, in Bulk) ([]cairn.ID, error) {
	ids := in.IDs
	if in.Query != nil {
		res, err := a.eval(by, st, QueryRequest{Query: *in.Query, Limit: -1})
		if err != nil {
			return nil, err
		}
		ids = res.IDs()
	}
	ids = distinctIDs(ids)
	if len(ids) > MaxBulk {
		return nil, cairn.Errorf(cairn.CodeTooLarge, "One step changes at most %d ideas; these are %d. Narrow the selection", MaxBulk, len(ids))
	}
	for _, id := range ids {
		if !st.state.Has(id) {
			return nil, cairn.NotFound("One of the ideas, " + id.String() + ",")
		}
	}
	return ids, nil
}
