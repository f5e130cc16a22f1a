package app

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"cairn"
	"cairn/internal/store"
)

// touchEnds records on both ideas, as far as they are of the link's project,
// that they changed: so the history of each knows of the link.
func touchEnds(tx store.Tx, by Caller, l cairn.Link) error {
	for _, id := range []cairn.ID{l.From, l.To} {
		e, err := tx.Entity(id)
		if cairn.CodeOf(err) == cairn.CodeNotFound {
			continue
		}
		if err != nil {
			return err
		}
		if e.Project != l.Project {
			continue
		}
		e.Attrs = cloneAttrs(e.Attrs)
		touch(tx, by, e.Attrs)
		if err := tx.Put(e); err != nil {
			return err
		}
	}
	return nil
}

// checkLink refuses, inside the transaction that writes it, a link whose ideas
// are gone, which is there already, or which closes a circle of dependencies.
func (a *App) checkLink(tx store.Tx, by Caller, l cairn.Link) error {
	for _, id := range []cairn.ID{l.From, l.To} {
		e, err := tx.Entity(id)
		if err != nil || e.Kind != cairn.KindIdea {
			return cairn.NotFound("The idea")
		}
		if err := a.mergedAway(tx, by, e); err != nil {
			return err
		}
	}
	keys := []cairn.Key{cairn.LinkKey(l.From, l.To, l.Type)}
	if info, _ := l.Type.Info(); info.Symmetric {
		keys = append(keys, cairn.LinkKey(l.To, l.From, l.Type))
	}
	for _, k := range keys {
		owner, err := tx.Lookup(k)
		if err != nil {
			return err
		}
		if owner != 0 && owner != l.ID {
			return cairn.Conflict("%s and %s are linked like this already", a.keyIn(tx, by, l.From), a.keyIn(tx, by, l.To))
		}
	}
	if !l.Dependency() {
		return nil
	}
	path, err := circle(tx, l)
	if err != nil || len(path) == 0 {
		return err
	}
	names := make([]string, len(path))
	for i, id := range path {
		names[i] = a.keyIn(tx, by, id)
	}
	return cairn.Invalid("to", "This dependency would go round in a circle: %s", strings.Join(names, " → "))
}

// keyIn is how a person knows an idea; of one that they may not see they learn
// nothing.
func (a *App) keyIn(tx store.Tx, by Caller, id cairn.ID) string {
	const hidden = "an idea of another project"
	e, err := tx.Entity(id)
	if err != nil {
		return hidden
	}
	p, err := a.mayIn(by, e.Project, cairn.ReadProject)
	if err != nil {
		return hidden
	}
	idea, err := cairn.IdeaOf(e)
	if err != nil {
		return hidden
	}
	return cairn.IdeaKey(p.Key, idea.Number)
}

// circle returns the ideas along the shortest circle that a new dependency would
// close, from its source back to it; nil when there is none.
func circle(tx store.Tx, l cairn.Link) ([]cairn.ID, error) {
	cameFrom := map[cairn.ID]cairn.ID{l.To: l.From}
	for queue := []cairn.ID{l.To}; len(queue) > 0; queue = queue[1:] {
		at := queue[0]
		err := tx.Scan(store.Query{Kinds: []cairn.Kind{cairn.KindLink}, Parent: at}, func(e cairn.Entity) error {
			next, err := cairn.LinkOf(e)
			if err != nil || next.ID == l.ID || !next.Dependency() {
				return err
			}
			if _, seen := cameFrom[next.To]; !seen {
				cameFrom[next.To] = at
				queue = append(queue, next.To)
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
		if _, back := cameFrom[l.From]; back {
			path := []cairn.ID{l.From}
			for id := cameFrom[l.From]; id != l.From; id = cameFrom[id] {
				path = append(path, id)
			}
			path = append(path, l.From)
			slices.Reverse(path)
			return path, nil
		}
	}
	return nil, nil
}

// deleteLinks removes an idea's links, as far as they are of its own project,
// and notes it on the ideas at the other end. Links from other projects stay:
// they are not shown while the idea is gone, and are there when it is back.
func (a *App) deleteLinks(tx store.Tx, by Caller, project, idea cairn.ID) error {
	for _, l := range a.links.of(idea) {
		if l.Project != project {
			continue
		}
		switch err := tx.Delete(l.ID); cairn.CodeOf(err) {
		case cairn.CodeNotFound: // gone with the idea at its other end
			continue
		case "":
		default:
			return err
		}
		if err := touchEnds(tx, by, l); err != nil {
			return err
		}
	}
	return nil
}

// undoLink takes back one change of a link, as far as it still fits what was
// linked since.
func (a *App) undoLink(tx store.Tx, by Caller, c cairn.Change) error {
	var now cairn.Link
	if !c.Created() {
		e, err := tx.Entity(c.ID)
		if err != nil {
			return err
		}
		if now, err = cairn.LinkOf(e); err != nil {
			return err
		}
	}
	if c.Deleted() {
		if err := tx.Delete(c.ID); err != nil {
			return err
		}
		return touchEnds(tx, by, now)
	}
	then, ok := linkAfter(now, &cairn.ChangeSet{Project: now.Project}, c)
	if !ok {
		return cairn.Conflict("The link was changed meanwhile")
	}
	if err := a.checkLink(tx, by, then); err != nil {
		if cairn.CodeOf(err) == cairn.CodeInternal {
			return err
		}
		return cairn.Conflict("%s", err.Error())
	}
	if err := tx.Apply(c); err != nil {
		return err
	}
	e, err := tx.Entity(c.ID)
	if err != nil {
		return err
	}
	then.Project = e.Project
	return touchEnds(tx, by, then)
}

// addLinkChanges adds to an idea's change sets what was written about its links.
// Sets in which only the date moved are those that may hold some.
func (a *App) addLinkChanges(ctx context.Context, idea cairn.ID, sets []cairn.ChangeSet) error {
	for i := range sets {
		if slices.ContainsFunc(sets[i].Changes, func(c cairn.Change) bool { return c.Attr != "updatedAt" && c.Attr != "updatedBy" }) {
			continue
		}
		whole, err := a.store.Log(ctx, sets[i].Seq-1, 1)
		if err != nil {
			return err
		}
		if len(whole) == 0 || whole[0].Seq != sets[i].Seq {
			continue
		}
		for _, c := range whole[0].Changes {
			if c.Kind == cairn.KindLink && a.concerns(ctx, c, idea) || c.Kind == cairn.KindEvidence && a.provesIdea(c, idea) {
				sets[i].Changes = append(sets[i].Changes, c)
			}
		}
	}
	return nil
}

// concerns reports whether a change of a link is about an idea.
func (a *App) concerns(ctx context.Context, c cairn.Change, idea cairn.ID) bool {
	if c.Attr != "" {
		if l, ok := a.links.get(c.ID); ok {
			return l.From == idea || l.To == idea
		}
		ends, err := a.store.EntityLog(ctx, c.ID, 0, 1) // the newest: how it was deleted
		if err != nil || len(ends) == 0 || len(ends[0].Changes) == 0 {
			return false
		}
		c = ends[0].Changes[0]
	}
	l, ok := c.Link()
	return ok && (l.From == idea || l.To == idea)
}

// LinksInto returns the changes of a change set of another project that are
// about links to ideas of this one; none while the project is not loaded, since
// then nobody looks at it.
func (a *App) LinksInto(set *cairn.ChangeSet, project cairn.ID) []cairn.Change {
	st := a.states.peek(project)
	if st == nil || set.Project == project {
		return nil
	}
	var out []cairn.Change
	for _, c := range set.Changes {
		if c.Kind != cairn.KindLink {
			continue
		}
		l, ok := c.Link()
		if !ok {
			l, ok = a.links.get(c.ID)
		}
		if ok && st.state.Has(l.To) {
			out = append(out, c)
		}
	}
	return out
}

// mostIncoming is of how many links from other projects a history tells all.
const mostIncoming = 100

// readLog returns a page of an idea's own history: what was written about it, and
// that links to it from other projects, which the caller may read, were made or
// removed.
func (a *App) readLog(ctx context.Context, by Caller, about incoming) (sets []cairn.ChangeSet, err error) {
	for before := about.before; ; {
		found, err := a.store.EntityLog(ctx, about.idea, before, about.limit)
		if err != nil {
			return nil, err
		}
		last := len(found) < about.limit
		if !last {
			before = found[len(found)-1].Seq
		}
		for i := range found {
			if p := found[i].Project; p == about.project || len(found[i].Changes) > 0 || a.MayRead(by, p) {
				sets = append(sets, found[i])
			}
		}
		if last || len(sets) >= about.limit {
			break
		}
	}
	sets = sets[:min(len(sets), about.limit)]
	err = a.addLinkChanges(ctx, about.idea, sets)
	return slices.DeleteFunc(sets, func(s cairn.ChangeSet) bool { return len(s.Changes) == 0 }), err
}

// addIncoming adds to an idea's history what was written about the links that
// reach it from other projects, or did, as far as the caller may read those. It
// returns the newest steps, limit at most.
func (a *App) addIncoming(ctx context.Context, by Caller, about incoming, sets []cairn.ChangeSet) ([]cairn.ChangeSet, error) {
	links := slices.DeleteFunc(a.links.of(about.idea), func(l cairn.Link) bool {
		return l.To != about.idea || l.Project == about.project || !a.MayRead(by, l.Project)
	})
	links = links[max(0, len(links)-mostIncoming):]
	for i := range sets {
		for _, c := range sets[i].Changes {
			if l, ok := c.Link(); ok && c.Deleted() && sets[i].Project != about.project {
				links = append(links, l)
			}
		}
	}
	if len(links) == 0 {
		return sets, nil
	}
	for _, l := range links {
		more, err := a.store.EntityLog(ctx, l.ID, about.before, about.limit)
		if err != nil {
			return nil, err
		}
		sets = append(sets, more...)
	}
	slices.SortStableFunc(sets, func(x, y cairn.ChangeSet) int { return cmp.Compare(y.Seq, x.Seq) })
	joined := sets[:0]
	for _, s := range sets {
		if n := len(joined); n > 0 && joined[n-1].Seq == s.Seq {
			for _, c := range s.Changes {
				if !slices.ContainsFunc(joined[n-1].Changes, func(d cairn.Change) bool { return d.ID == c.ID && d.Attr == c.Attr }) {
					joined[n-1].Changes = append(joined[n-1].Changes, c)
				}
			}
			continue
		}
		joined = append(joined, s)
	}
	return joined[:min(len(joined), about.limit)], nil
}

// incoming is a page of the history of an idea.
type incoming struct {
	idea, project cairn.ID
	before        int64
	limit         int
}
