package app

import (
	"context"
	"slices"

	"cairn"
	"cairn/internal/store"
)

// History returns up to limit change sets of an idea before a sequence number
// (0: from the newest), newest first, each with the idea's own changes only.
func (a *App) History(ctx context.Context, by Caller, idea cairn.ID, before int64, limit int) ([]cairn.ChangeSet, error) {
	if _, err := a.readableIdea(ctx, by, idea, cairn.ReadHistory); err != nil {
		return nil, err
	}
	return a.store.EntityLog(ctx, idea, before, limit)
}

// Restore gives one attribute of an idea the value it had before the change set
// seq. It goes through the same checks as an edit by hand.
func (a *App) Restore(ctx context.Context, by Caller, idea cairn.ID, seq int64, attr string) (cairn.Idea, error) {
	if _, err := a.readableIdea(ctx, by, idea, cairn.RestoreHistory); err != nil {
		return cairn.Idea{}, err
	}
	sets, err := a.store.EntityLog(ctx, idea, seq+1, 1)
	if err != nil {
		return cairn.Idea{}, err
	}
	if len(sets) == 0 || sets[0].Seq != seq {
		return cairn.Idea{}, cairn.NotFound("The change")
	}
	i := slices.IndexFunc(sets[0].Changes, func(c cairn.Change) bool { return c.Attr == attr && attr != "" })
	if i < 0 {
		return cairn.Idea{}, cairn.NotFound("The change of " + attr)
	}
	old := sets[0].Changes[i].Old
	var patch IdeaPatch
	switch _, custom := cairn.Ref(attr).FieldID(); {
	case custom:
		patch.Values = map[cairn.Ref]rawMessage{cairn.Ref(attr): old}
	case attr == "title":
		patch.Title = textOf(old)
	case attr == "description":
		patch.Description = textOf(old)
	case attr == "archived":
		was := string(old) == "true"
		patch.Archived = &was
	default:
		return cairn.Idea{}, cairn.Invalid("attr", "%s cannot be restored by itself", attr)
	}
	return a.UpdateIdea(ctx, by, idea, patch)
}

// Undone says what an undo did.
type Undone struct {
	// Group is the undo's own group: undoing that is a redo.
	Group string
	// Changes were taken back, Kept were not since somebody changed the same
	// thing later.
	Changes, Kept int
}

// Undo takes back every change of a group, newest first. What was changed again
// since is kept and counted. People undo their own groups; project admins any.
func (a *App) Undo(ctx context.Context, by Caller, group string) (Undone, error) {
	sets, err := a.store.GroupLog(ctx, group)
	if err != nil {
		return Undone{}, err
	}
	if len(sets) == 0 || group == "" {
		return Undone{}, cairn.NotFound("The change to undo")
	}
	if err := a.mayUndo(by, sets); err != nil {
		return Undone{}, err
	}
	out := Undone{Group: by.Group}
	_, err = a.write(ctx, Caller{Actor: by.Actor, Group: by.Group, Reason: by.Reason, Origin: "undo", Once: by.Once}, sets[0].Project, func(tx store.Tx) error {
		out.Changes, out.Kept = 0, 0
		for _, set := range slices.Backward(sets) {
			if err := undoSet(tx, by, set, &out); err != nil {
				return err
			}
		}
		if out.Changes == 0 && out.Kept > 0 {
			return cairn.Conflict("Nothing was undone: everything in it was changed again since")
		}
		return nil
	})
	return out, err
}

func (a *App) mayUndo(by Caller, sets []cairn.ChangeSet) error {
	for _, set := range sets {
		for _, c := range set.Changes {
			switch c.Kind {
			case cairn.KindIdea, cairn.KindField, cairn.KindView, cairn.KindComment, cairn.KindRun:
			default:
				return cairn.Invalid("group", "A change to a %s cannot be undone this way", c.Kind)
			}
		}
		verb := cairn.RestoreHistory
		if set.Actor != by.User {
			verb = cairn.ChangeProject
		}
		if set.Changes[0].Kind == cairn.KindComment && set.Actor == by.User {
			verb = cairn.CommentIdea
		}
		if _, err := a.mayIn(by, set.Project, verb); err != nil {
			return err
		}
	}
	return nil
}

// undoSet takes back one change set inside a transaction.
func undoSet(tx store.Tx, by Caller, set cairn.ChangeSet, out *Undone) error {
	touched := make(map[cairn.ID]bool)
	for _, c := range set.Inverse() {
		if c.Attr == "updatedAt" || c.Attr == "updatedBy" {
			continue // who and when of the undo itself are set below
		}
		err := undoChange(tx, c)
		switch cairn.CodeOf(err) {
		case "":
			out.Changes++
			touched[c.ID] = c.Kind == cairn.KindIdea && c.Attr != ""
		case cairn.CodeConflict, cairn.CodeNotFound:
			out.Kept++
		default:
			return err
		}
	}
	for id, idea := range touched {
		if !idea {
			continue
		}
		e, err := tx.Entity(id)
		if err != nil {
			continue // gone by a later change of the same undo
		}
		e.Attrs = cloneAttrs(e.Attrs)
		touch(tx, by, e.Attrs)
		if err := tx.Put(e); err != nil {
			return err
		}
	}
	return nil
}

// undoChange applies one inverted change. What was created is deleted in
// whatever form it has now; its comments go with it.
func undoChange(tx store.Tx, c cairn.Change) error {
	if !c.Deleted() {
		return tx.Apply(c)
	}
	e, err := tx.Entity(c.ID)
	if err != nil {
		return err
	}
	if c.Kind == cairn.KindIdea {
		return deleteIdea(tx, e.Project, c.ID)
	}
	return tx.Delete(c.ID)
}
