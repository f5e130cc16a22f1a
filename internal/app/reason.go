package app

import (
	"context"
	"slices"
	"sync"

	"cairn"
	"cairn/internal/store"
)

// reasonIndex holds what people said about changes after these were made, by
// project and group. It moves only by applying the log.
type reasonIndex struct {
	mu sync.RWMutex
	// Sets that arrive before the reasons are loaded wait in pending.
	loaded  bool
	pending []cairn.ChangeSet
	byID    map[cairn.ID]cairn.Reason
	said    map[reasonKey]cairn.ID
}

type reasonKey struct {
	project cairn.ID
	group   string
}

func newReasonIndex() *reasonIndex {
	return &reasonIndex{byID: make(map[cairn.ID]cairn.Reason), said: make(map[reasonKey]cairn.ID)}
}

func (x *reasonIndex) load(ctx context.Context, st store.Store) error {
	var found []cairn.Reason
	seq, err := st.Scan(ctx, store.Query{Kinds: []cairn.Kind{cairn.KindReason}}, func(e cairn.Entity) error {
		r, err := cairn.ReasonOf(e)
		found = append(found, r)
		return err
	})
	if err != nil {
		return err
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	for _, r := range found {
		x.put(r)
	}
	for i := range x.pending {
		if x.pending[i].Seq > seq {
			x.applySet(&x.pending[i])
		}
	}
	x.pending, x.loaded = nil, true
	return nil
}

// apply moves the index forward.
func (x *reasonIndex) apply(sets []cairn.ChangeSet) {
	x.mu.Lock()
	defer x.mu.Unlock()
	for i := range sets {
		switch {
		case !slices.ContainsFunc(sets[i].Changes, func(c cairn.Change) bool { return c.Kind == cairn.KindReason }):
		case !x.loaded:
			x.pending = append(x.pending, sets[i])
		default:
			x.applySet(&sets[i])
		}
	}
}

func (x *reasonIndex) applySet(set *cairn.ChangeSet) {
	for _, c := range set.Changes {
		if c.Kind != cairn.KindReason {
			continue
		}
		old, there := x.byID[c.ID]
		before := cairn.Entity{ID: c.ID, Kind: cairn.KindReason, Project: set.Project}
		if there {
			before.Attrs, _ = cairn.AttrsOf(old) // two texts
			delete(x.byID, c.ID)
			delete(x.said, reasonKey{old.Project, old.Group})
		}
		if c.Deleted() {
			continue
		}
		if e, ok := store.Applied(before, set, c); ok {
			if r, err := cairn.ReasonOf(e); err == nil {
				x.put(r)
			}
		}
	}
}

func (x *reasonIndex) put(r cairn.Reason) {
	x.byID[r.ID] = r
	x.said[reasonKey{r.Project, r.Group}] = r.ID
}

// of is why a group of changes was made: what was said afterwards, else what came
// with it.
func (x *reasonIndex) of(project cairn.ID, group, came string) string {
	x.mu.RLock()
	defer x.mu.RUnlock()
	if id, ok := x.said[reasonKey{project, group}]; ok && group != "" {
		return x.byID[id].Text
	}
	return came
}

// fill puts what was said afterwards into change sets.
func (x *reasonIndex) fill(sets []cairn.ChangeSet) {
	for i := range sets {
		sets[i].Reason = x.of(sets[i].Project, sets[i].Group, sets[i].Reason)
	}
}

// find is the id of what was said about a group, 0 when nothing was.
func (x *reasonIndex) find(project cairn.ID, group string) cairn.ID {
	x.mu.RLock()
	defer x.mu.RUnlock()
	return x.said[reasonKey{project, group}]
}

// SayWhy says afterwards why a group of changes was made; only who made them may
// (REA-3). An empty text takes back what was said afterwards.
func (a *App) SayWhy(ctx context.Context, by Caller, group, text string) error {
	text, err := cairn.CleanReason(text)
	if err != nil {
		return err
	}
	if group == "" {
		return cairn.NotFound("The change")
	}
	sets, err := a.store.GroupLog(ctx, group)
	if err != nil {
		return err
	}
	var projects []cairn.ID
	for i := range sets {
		project := sets[i].Project
		if project == 0 {
			continue
		}
		if _, err := a.mayIn(by, project, cairn.ReadHistory); err != nil {
			return cairn.NotFound("The change")
		}
		if _, err := a.mayBy(by, project, cairn.SayWhy, sets[i].Actor); err != nil {
			return err
		}
		if !slices.Contains(projects, project) {
			projects = append(projects, project)
		}
	}
	if len(projects) == 0 {
		return cairn.NotFound("The change")
	}
	if by.Reason = ""; by.Group == group {
		by.Group = "" // what is said is no part of the change
	}
	for _, project := range projects {
		if _, err := a.write(ctx, by, project, func(tx store.Tx) error { return a.sayWhy(tx, project, group, text) }); err != nil {
			return err
		}
	}
	return nil
}

func (a *App) sayWhy(tx store.Tx, project cairn.ID, group, text string) error {
	attrs, err := cairn.AttrsOf(cairn.Reason{Group: group, Text: text})
	if err != nil {
		return err
	}
	id := a.reasons.find(project, group)
	if id == 0 && text == "" {
		return nil
	}
	if id == 0 {
		_, err := tx.Create(cairn.Entity{Kind: cairn.KindReason, Project: project, Attrs: attrs})
		return err
	}
	if text == "" {
		return tx.Delete(id)
	}
	e, err := tx.Entity(id)
	if err != nil {
		return err
	}
	e.Attrs = attrs
	return tx.Put(e)
}

// asked are the changes of ideas that the caller must give a reason for and did
// not. Cairn itself, imports and undo are not asked (REA-13).
func asked(by Caller, p cairn.Project) []cairn.ReasonRule {
	if by.System || by.Reason != "" {
		return nil
	}
	return p.Reasons
}

// checkReasons refuses rules that do not fit a project's fields.
func (a *App) checkReasons(ctx context.Context, project cairn.ID, rules *[]cairn.ReasonRule) error {
	if rules == nil {
		return nil
	}
	st, err := a.states.get(ctx, project)
	if err != nil {
		return err
	}
	return cairn.CheckReasonRules(*rules, st.state.Fields())
}
