package app

import (
	"context"
	"errors"
	"slices"
	"strings"

	"cairn"
	"cairn/internal/engine"
	"cairn/internal/store"
)

// History returns up to limit change sets of an idea before a sequence number
// (0: from the newest), newest first, each with the changes of the idea and of
// its links only, those from other projects included.
func (a *App) History(ctx context.Context, by Caller, idea cairn.ID, before int64, limit int) ([]cairn.ChangeSet, error) {
	p, err := a.readableIdea(ctx, by, idea, cairn.ReadHistory)
	if err != nil {
		return nil, err
	}
	about := incoming{idea, p.ID, before, limit}
	sets, err := a.readLog(ctx, by, about)
	if err != nil {
		return nil, err
	}
	sets, err = a.addIncoming(ctx, by, about, sets)
	a.reasons.fill(sets)
	return sets, err
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
	case attr == "type":
		was := idIn(old)
		patch.Type = &was
	case attr == "parent":
		was := idIn(old)
		patch.Parent = &was
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
	// lost are those of Kept that were files whose content is gone for good.
	lost int
}

// Undo takes back every change of a group, newest first. What was changed again
// since is kept and counted. People undo what they did themselves as far as they
// may still do it; project admins undo anything in their project.
func (a *App) Undo(ctx context.Context, by Caller, group string) (Undone, error) {
	if run, ok := cairn.RunOfGroup(group); ok {
		r, err := a.UndoImport(ctx, by, run)
		return Undone{Group: undoOfImport + group, Changes: r.Reverted, Kept: r.Kept}, err
	}
	if strings.HasPrefix(group, undoOfImport) {
		return Undone{}, cairn.Conflict("The undo of an import cannot be undone; commit the import again instead")
	}
	sets, err := a.undoable(ctx, by, group)
	if err != nil {
		return Undone{}, err
	}
	out := undoing{Undone: Undone{Group: by.Group}}
	by.Origin = "undo"
	if sets, err = a.undoMerges(ctx, by, sets, &out.Undone); err != nil {
		return out.Undone, err
	}
	err = a.undoEach(ctx, by, sets, &out)
	return out.Undone, err
}

// undoable returns the change sets of a group, newest first, when the caller may
// take all of them back.
func (a *App) undoable(ctx context.Context, by Caller, group string) ([]cairn.ChangeSet, error) {
	sets, err := a.store.GroupLog(ctx, group)
	if err != nil {
		return nil, err
	}
	if len(sets) == 0 || group == "" {
		return nil, cairn.NotFound("The change to undo")
	}
	for i := range sets {
		if err := a.mayUndo(ctx, by, &sets[i]); err != nil {
			return nil, err
		}
	}
	slices.Reverse(sets)
	return sets, nil
}

// undoEach takes change sets back project by project: a change set belongs to
// one, a group may be over several.
func (a *App) undoEach(ctx context.Context, by Caller, sets []cairn.ChangeSet, out *undoing) error {
	for len(sets) > 0 {
		n := slices.IndexFunc(sets, func(s cairn.ChangeSet) bool { return s.Project != sets[0].Project })
		if n < 0 {
			n = len(sets)
		}
		if err := a.undoIn(ctx, by, sets[:n], out); err != nil {
			return err
		}
		sets = sets[n:]
	}
	return nil
}

// undoIn takes back the change sets of one project, the newest first.
func (a *App) undoIn(ctx context.Context, by Caller, sets []cairn.ChangeSet, out *undoing) error {
	before := *out
	_, err := a.write(ctx, by, sets[0].Project, func(tx store.Tx) error {
		*out = before
		for _, set := range sets {
			if err := a.undoSet(tx, by, set, out); err != nil {
				return err
			}
		}
		switch {
		case out.preview:
			return errPreview
		case out.Changes == 0 && out.Kept > 0 && out.lost == out.Kept:
			return cairn.Conflict("Nothing was undone: what was deleted too long ago was removed for good")
		case out.Changes == 0 && out.Kept > 0:
			return cairn.Conflict("Nothing was undone: everything in it was changed again since")
		}
		return nil
	})
	if out.preview && errors.Is(err, errPreview) {
		return nil
	}
	return err
}

// mayUndo authorises taking back one change set: each of its changes must be the
// caller's to make.
func (a *App) mayUndo(ctx context.Context, by Caller, set *cairn.ChangeSet) error {
	if set.Project == 0 {
		return a.mayUndoShared(by, set)
	}
	if set.Actor != by.User {
		_, err := a.mayIn(by, set.Project, cairn.ChangeProject)
		return err
	}
	st, err := a.states.get(ctx, set.Project)
	if err != nil {
		return err
	}
	asked := make(map[cairn.Verb]bool)
	for _, c := range set.Changes {
		verb, ok := undoVerb(c, st.state)
		if v, there := a.dir.View(c.ID); c.Kind == cairn.KindView && there && needsLock(v, c.Attr) {
			verb = cairn.ChangeLocked
		}
		if !ok {
			return cairn.Invalid("group", "A change to a %s cannot be undone this way", c.Kind)
		}
		if verb == "" || asked[verb] {
			continue
		}
		asked[verb] = true
		if _, err := a.mayIn(by, set.Project, verb); err != nil {
			return err
		}
	}
	return nil
}

// undoVerb is the right that taking back one's own change needs; "" for what
// only accompanies other changes.
func undoVerb(c cairn.Change, st *engine.State) (verb cairn.Verb, ok bool) {
	switch c.Kind {
	case cairn.KindComment:
		return cairn.CommentIdea, true
	case cairn.KindFile:
		return cairn.AttachFile, true
	case cairn.KindLink:
		return cairn.LinkIdea, true
	case cairn.KindInsight:
		return cairn.AddInsight, true
	case cairn.KindEvidence:
		return cairn.LinkInsight, true
	case cairn.KindBallot:
		return cairn.VoteForIdea, true
	case cairn.KindView, cairn.KindSection:
		return cairn.ChangeViews, true
	case cairn.KindReason:
		return "", true // one's own, as is the change
	case cairn.KindFavorite:
		return "", true // goes and comes with its view
	case cairn.KindField, cairn.KindIdeaType:
		return cairn.ChangeProject, true
	case cairn.KindProject:
		return cairn.DeleteIdea, c.Attr == "samples" // goes with the sample ideas
	case cairn.KindRun:
		return cairn.ImportIdeas, true
	case cairn.KindIdea:
	default:
		return "", false
	}
	f, custom := st.Field(cairn.Ref(c.Attr))
	switch {
	case c.Attr == "updatedAt" || c.Attr == "updatedBy":
		return "", true
	case c.Created():
		return cairn.CreateIdea, true
	case c.Deleted():
		return cairn.DeleteIdea, true
	case c.Attr == cairn.AttrMergedInto || c.Attr == cairn.AttrParts:
		return cairn.MergeIdeas, true
	case c.Attr == "archived":
		return cairn.ArchiveIdea, true
	case custom && f.OpenToContributors:
		return cairn.EditOpenField, true
	}
	return cairn.EditIdea, true
}

// undoSet takes back one change set inside a transaction.
func (a *App) undoSet(tx store.Tx, by Caller, set cairn.ChangeSet, out *undoing) error {
	touched := make(map[cairn.ID]bool)
	var lost []*cairn.File
	for _, c := range set.Inverse() {
		if c.Attr == "updatedAt" || c.Attr == "updatedBy" {
			continue // who and when of the undo itself are set below
		}
		if c.Kind == cairn.KindEvidence && c.Attr == "seen" {
			if err := retell(tx, c.ID); err != nil && cairn.CodeOf(err) != cairn.CodeNotFound {
				return err
			}
			continue
		}
		if f, err := lostFile(tx, c); err != nil {
			return err
		} else if f != nil {
			lost = append(lost, f)
			continue
		}
		err := a.undoChange(tx, by, c)
		switch cairn.CodeOf(err) {
		case "":
			out.took(c)
			touched[c.ID] = c.Kind == cairn.KindIdea && c.Attr != ""
		case cairn.CodeConflict, cairn.CodeNotFound:
			out.left(c)
		default:
			return err
		}
	}
	out.Kept, out.lost = out.Kept+len(lost), out.lost+len(lost)
	for _, f := range lost {
		if err := uncover(tx, by, f); err != nil && cairn.CodeOf(err) != cairn.CodeNotFound {
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
// whatever form it has now; its comments and links go with it.
func (a *App) undoChange(tx store.Tx, by Caller, c cairn.Change) error {
	if c.Kind == cairn.KindLink {
		return a.undoLink(tx, by, c)
	}
	if c.Kind == cairn.KindEvidence {
		return undoEvidence(tx, by, c)
	}
	if c.Kind == cairn.KindIdea && c.Attr != "" {
		e, err := tx.Entity(c.ID)
		if err != nil {
			return err
		}
		if err := a.mergedAway(tx, by, e); err != nil {
			return err
		}
	}
	if c.Kind == cairn.KindIdea && c.Attr == string(cairn.RefParent) {
		return a.undoParent(tx, by, c)
	}
	if c.Kind == cairn.KindInsight && c.Attr == "mergedInto" && !cairn.IsNull(c.New) {
		if err := insightFits(tx, c.ID, idIn(c.New)); err != nil {
			return err
		}
	}
	if !c.Deleted() {
		return tx.Apply(c)
	}
	e, err := tx.Entity(c.ID)
	if err != nil {
		return err
	}
	if c.Kind == cairn.KindView {
		if v, ok := a.dir.View(c.ID); ok {
			return a.deleteView(tx, v)
		}
	}
	if c.Kind == cairn.KindIdea {
		if len(a.partsIn(e.Project, c.ID)) > 0 {
			return cairn.Conflict("Other ideas were merged into %s", a.keyIn(tx, by, c.ID)) // MRG-16
		}
		return a.deleteIdea(tx, by, e.Project, c.ID)
	}
	if c.Kind == cairn.KindInsight {
		if len(a.evidence.partsOf(c.ID)) > 0 && a.evidence.wholeOf(c.ID) == c.ID {
			return cairn.Conflict("Other insights were merged into this one") // EVD-24
		}
		for _, l := range a.evidence.ownLinks(c.ID) {
			if l.Project == e.Project {
				if err := deleteEvidence(tx, by, l); err != nil {
					return err
				}
			}
		}
		return deleteInsight(tx, e.Project, c.ID)
	}
	return tx.Delete(c.ID)
}

// undoParent puts an idea back under the parent it had, unless that now stands
// below it or is gone.
func (a *App) undoParent(tx store.Tx, by Caller, c cairn.Change) error {
	e, err := tx.Entity(c.ID)
	if err != nil {
		return err
	}
	if err := (kinship{a, tx, by, e.Project}).check(c.ID, idIn(c.New)); err != nil {
		return cairn.Conflict("%s", err.Error())
	}
	return tx.Apply(c)
}
