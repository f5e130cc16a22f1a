package app

import (
	"context"
	"slices"

	"cairn"
	"cairn/internal/engine"
)

// undoing is an undo under way.
type undoing struct {
	Undone
	// preview says that nothing of it is to stay, and that what would happen is
	// written down.
	preview     bool
	back, stays []cairn.Change
}

func (u *undoing) took(c cairn.Change) {
	u.Changes++
	if u.preview {
		u.back = append(u.back, c)
	}
}

func (u *undoing) left(c cairn.Change) {
	u.Kept++
	if u.preview {
		u.stays = append(u.stays, c)
	}
}

// UndoPreview says what an undo would do.
type UndoPreview struct {
	// Changes would be taken back, Kept would not since somebody changed the same
	// thing later.
	Changes, Kept int
	// Back and Stays are the first of both, as the undo would make them.
	Back, Stays []cairn.Change
	// Ideas are what the ideas in it are called now, Insights the titles of insights
	// that are there and that the asker may see.
	Ideas    map[cairn.ID]engine.Mention
	Insights map[cairn.ID]string
}

// PreviewUndo says what Undo of the group would do, or why it would refuse
// (SIN-32).
func (a *App) PreviewUndo(ctx context.Context, by Caller, group string) (*UndoPreview, error) {
	if run, ok := cairn.RunOfGroup(group); ok { // what it touched since is known only when it is done
		r, err := a.importRun(ctx, by, run)
		return &UndoPreview{Changes: r.Done}, err
	}
	sets, err := a.undoable(ctx, by, group)
	if err != nil {
		return nil, err
	}
	u := undoing{preview: true}
	by.Origin = "undo"
	sets, err = a.previewMerges(ctx, sets, &u)
	if err != nil {
		return nil, err
	}
	if err := a.undoEach(ctx, by, sets, &u); err != nil {
		return nil, err
	}
	out := &UndoPreview{Changes: u.Changes, Kept: u.Kept, Back: firstOf(u.back), Stays: firstOf(u.stays)}
	named := Activity{Sets: []ActivitySet{{ChangeSet: cairn.ChangeSet{Changes: slices.Concat(out.Back, out.Stays)}}}}
	if len(sets) > 0 {
		named.Sets[0].Project = sets[0].Project
	}
	err = a.nameActivity(ctx, by, &named)
	out.Ideas, out.Insights = named.Ideas, named.Insights
	return out, err
}

// previewMerges notes which merges would be taken apart, and returns the other
// change sets.
func (a *App) previewMerges(ctx context.Context, sets []cairn.ChangeSet, u *undoing) (rest []cairn.ChangeSet, err error) {
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
		for _, c := range set.Inverse() {
			if c.Kind != cairn.KindIdea || c.Attr != cairn.AttrMergedInto {
				continue
			}
			if st.state.MergedInto(c.ID) == idIn(c.Old) {
				u.took(c)
			} else {
				u.left(c)
			}
		}
	}
	return rest, nil
}

// firstOf are the first changes as an activity tells them.
func firstOf(changes []cairn.Change) []cairn.Change {
	kinds := ActivityPart("").kinds()
	set, _ := actedOn(cairn.ChangeSet{Changes: changes}, kinds)
	return set.Changes
}
