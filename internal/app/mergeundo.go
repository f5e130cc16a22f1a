package app

import (
	"context"
	"slices"

	"cairn"
)

// undoMerges takes merges back by taking apart, and taking apart by merging
// (MRG-10, MRG-15). It returns the change sets that are left to undo.
func (a *App) undoMerges(ctx context.Context, by Caller, sets []cairn.ChangeSet, out *Undone) ([]cairn.ChangeSet, error) {
	rest := make([]cairn.ChangeSet, 0, len(sets))
	for _, set := range sets {
		merged, parted := mergesIn(&set)
		if len(merged) == 0 && len(parted) == 0 {
			rest = append(rest, set)
			continue
		}
		st, err := a.states.get(ctx, set.Project)
		if err != nil {
			return nil, err
		}
		still := slices.DeleteFunc(merged, func(m mergeOf) bool { return st.state.MergedInto(m.part) != m.whole })
		if len(merged) > 0 && len(still) == 0 {
			return nil, cairn.Conflict("Nothing was undone: the ideas are not merged like this any more")
		}
		if len(still) > 0 {
			var parts []cairn.ID
			for _, m := range still {
				parts = append(parts, m.part)
			}
			u, err := a.unmerge(ctx, by, st.state, parts)
			if err != nil {
				return nil, err
			}
			out.Changes, out.Kept = out.Changes+u.Changes, out.Kept+u.Kept
		}
		for _, whole := range wholesOf(parted) {
			var parts []cairn.ID
			for _, m := range parted {
				if m.whole == whole {
					parts = append(parts, m.part)
				}
			}
			m, err := a.Merge(ctx, by, whole, parts)
			if err != nil {
				return nil, err
			}
			out.Changes += m.Changes
		}
	}
	return rest, nil
}

// mergeOf is one part and its whole.
type mergeOf struct{ part, whole cairn.ID }

// mergesIn returns what a change set merged and what it took apart.
func mergesIn(set *cairn.ChangeSet) (merged, parted []mergeOf) {
	for _, c := range set.Changes {
		if c.Kind != cairn.KindIdea || c.Attr != cairn.AttrMergedInto {
			continue
		}
		if cairn.IsNull(c.New) {
			parted = append(parted, mergeOf{c.ID, idIn(c.Old)})
		} else {
			merged = append(merged, mergeOf{c.ID, idIn(c.New)})
		}
	}
	return merged, parted
}

func wholesOf(list []mergeOf) []cairn.ID {
	var out []cairn.ID
	for _, m := range list {
		if !slices.Contains(out, m.whole) {
			out = append(out, m.whole)
		}
	}
	return out
}
