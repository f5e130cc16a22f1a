package app

import (
	"context"
	"maps"
	"slices"

	"cairn"
)

// factsAt is what ideas of a project had in insights after a change set of the
// workspace, of those that may have something else by now.
func (a *App) factsAt(ctx context.Context, project cairn.ID, seq int64) (map[cairn.ID][]cairn.Fact, error) {
	if a.evidence.movedAt() <= seq {
		return nil, nil
	}
	then, touched, err := a.voicesAt(ctx, project, seq)
	if err != nil {
		return nil, err
	}
	out := make(map[cairn.ID][]cairn.Fact, len(touched))
	for idea := range touched {
		out[idea] = then.factsOf(idea)
	}
	return out, nil
}

// voicesAt is the evidence of a project's ideas after a change set of the workspace,
// as far as it is counted, and the ideas that may have something else by now. What
// bears on them is walked back as the state is: the links by the log of the project,
// the insights by those of their homes, and the customers by what happened in no
// project.
func (a *App) voicesAt(ctx context.Context, project cairn.ID, seq int64) (*voices, touchedIdeas, error) {
	for ctx.Err() == nil {
		w := &evidenceWalk{app: a, project: project, from: seq, to: a.evidence.movedAt()}
		if w.to > seq {
			if err := w.collect(ctx); err != nil {
				return nil, nil, err
			}
		}
		if w.borrow() { // else somebody was faster; little is left to be read
			return &w.then, w.back(), nil
		}
	}
	return nil, nil, ctx.Err()
}

// evidenceWalk goes back over what happened to the evidence of a project's ideas
// after from up to to.
type evidenceWalk struct {
	app      *App
	project  cairn.ID
	from, to int64
	// changes by the project in which they were made, newest first.
	changes map[cairn.ID][]cairn.Change
	// unlinked are the insights of links that were taken away.
	unlinked []cairn.ID
	then     voices
}

// collect finds what changed: in the project, in no project, and where insights
// are at home that are or were linked to its ideas.
func (w *evidenceWalk) collect(ctx context.Context) error {
	w.changes = make(map[cairn.ID][]cairn.Change)
	for _, home := range []cairn.ID{w.project, 0} {
		if err := w.read(ctx, home); err != nil {
			return err
		}
	}
	w.unlinked = w.takenAway()
	homes := w.app.evidence.homesOf(w.project)
	for _, insight := range w.unlinked {
		home, err := w.homeOf(ctx, insight)
		if err != nil {
			return err
		}
		homes[home] = true
	}
	for home := range homes {
		if err := w.read(ctx, home); err != nil {
			return err
		}
	}
	return nil
}

// read takes what happened in a project from its journal.
func (w *evidenceWalk) read(ctx context.Context, project cairn.ID) error {
	if _, done := w.changes[project]; done {
		return nil
	}
	j := w.app.pasts.journal(w.app, project)
	j.mu.Lock()
	defer j.mu.Unlock()
	if err := j.reach(ctx, w.from, w.to); err != nil {
		return err
	}
	list := []cairn.Change{}
	for c := range j.evidenceBack(w.from, w.to) {
		// Links of other projects prove nothing here.
		if c.Kind == cairn.KindInsight || c.Kind == cairn.KindCustomer || c.Kind == cairn.KindEvidence && project == w.project {
			list = append(list, c)
		}
	}
	w.changes[project] = list
	return nil
}

// takenAway are the insights of links that were taken away.
func (w *evidenceWalk) takenAway() (insights []cairn.ID) {
	for _, c := range w.changes[w.project] {
		if c.Kind != cairn.KindEvidence || !c.Deleted() {
			continue
		}
		if s, err := cairn.ParseSnapshot(c.Old); err == nil {
			if l, err := cairn.EvidenceOf(cairn.Entity{ID: c.ID, Parent: s.Parent, Attrs: s.Attrs}); err == nil {
				insights = append(insights, l.Insight)
			}
		}
	}
	return insights
}

// homeOf is the project that an insight is or was at home in.
func (w *evidenceWalk) homeOf(ctx context.Context, insight cairn.ID) (cairn.ID, error) {
	if i, there := w.app.evidence.insight(insight); there {
		return i.Project, nil
	}
	if slices.ContainsFunc(w.changes[w.project], func(c cairn.Change) bool { return c.ID == insight }) {
		return w.project, nil
	}
	sets, err := w.app.store.EntityLog(ctx, insight, 0, 1)
	if err != nil || len(sets) == 0 {
		return w.project, err
	}
	return sets[0].Project, nil
}

// borrow copies what the walk begins with. It fails when evidence moved since the
// changes were read.
func (w *evidenceWalk) borrow() bool {
	x := w.app.evidence
	x.mu.RLock()
	defer x.mu.RUnlock()
	if x.moved != w.to {
		return false
	}
	w.then = newVoices()
	for id, l := range x.links {
		if l.Project == w.project {
			w.then.hold(&x.voices, id)
		}
	}
	for _, list := range w.changes {
		for i := range list {
			w.then.hold(&x.voices, list[i].ID)
		}
	}
	insights := slices.Collect(maps.Keys(w.then.insights))
	for id := range w.then.ofInsight {
		insights = append(insights, id)
	}
	for _, id := range append(insights, w.unlinked...) {
		for _, one := range x.family(id) {
			w.then.hold(&x.voices, one)
		}
	}
	for customer := range w.then.said {
		w.then.hold(&x.voices, customer)
	}
	for _, customer := range w.named() {
		w.then.hold(&x.voices, customer)
	}
	return true
}

// named are the customers that insights named before they were changed or
// deleted.
func (w *evidenceWalk) named() []cairn.ID {
	var out []cairn.ID
	note := func(raw rawMessage) {
		if id, err := cairn.ParseID(string(raw)); err == nil {
			out = append(out, id)
		}
	}
	for _, list := range w.changes {
		for i := range list {
			c := &list[i]
			switch {
			case c.Kind != cairn.KindInsight:
			case c.Attr == "person" || c.Attr == "company":
				note(c.Old)
			case c.Deleted():
				if s, err := cairn.ParseSnapshot(c.Old); err == nil {
					note(s.Attrs["person"])
					note(s.Attrs["company"])
				}
			}
		}
	}
	return out
}

// back takes the changes back and names the ideas they touch.
func (w *evidenceWalk) back() touchedIdeas {
	touched := make(touchedIdeas)
	for project, list := range w.changes {
		set := &cairn.ChangeSet{Project: project, Seq: w.from}
		w.takeBack(set, list, touched)
	}
	return touched
}

// takeBack undoes the changes of one project, newest first, each entity at once.
func (w *evidenceWalk) takeBack(set *cairn.ChangeSet, changes []cairn.Change, touched touchedIdeas) {
	type past struct {
		e     cairn.Entity
		there bool
	}
	was := make(map[cairn.ID]*past)
	for _, c := range changes {
		p := was[c.ID]
		if p == nil {
			e, there := w.then.entities[c.ID]
			p = &past{e, there}
			was[c.ID] = p
		}
		p.there = unmake(&p.e, set, c)
	}
	for id, p := range was {
		if p.there {
			w.then.put(p.e, touched)
		} else {
			w.then.drop(w.then.entities[id], touched)
		}
	}
}

// movedAt is the last change set that moved evidence, as far as is known.
func (x *evidenceIndex) movedAt() int64 {
	x.mu.RLock()
	defer x.mu.RUnlock()
	return x.moved
}

// homesOf are the projects where insights are at home that are linked to ideas of
// a project.
func (x *evidenceIndex) homesOf(project cairn.ID) map[cairn.ID]bool {
	x.mu.RLock()
	defer x.mu.RUnlock()
	out := make(map[cairn.ID]bool)
	for _, l := range x.links {
		if l.Project == project {
			if i, there := x.insights[l.Insight]; there {
				out[i.Project] = true
			}
		}
	}
	return out
}
