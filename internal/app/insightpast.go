package app

import (
	"context"
	"time"

	"cairn"
)

// IdeaInsightsAt returns the insights that an idea, named by its key or id, had at a
// moment, as they were then, the most important first. The caller may read the
// history of its project.
func (a *App) IdeaInsightsAt(ctx context.Context, by Caller, ref string, at time.Time) ([]InsightInfo, error) {
	idea, err := a.ideaThen(ctx, by, ref, at)
	if err != nil {
		return nil, err
	}
	then := &insightsThen{app: a, by: by, idea: idea}
	if then.voices, _, err = a.voicesAt(ctx, idea.project.ID, idea.moment.all); err != nil {
		return nil, err
	}
	return then.list(ctx)
}

// insightsThen describes the insights of an idea as they were.
type insightsThen struct {
	app    *App
	by     Caller
	idea   *ideaThen
	voices *voices
}

func (t *insightsThen) list(ctx context.Context) ([]InsightInfo, error) {
	out := []InsightInfo{}
	seen := make(map[cairn.ID]bool)
	for _, part := range t.idea.state.AllParts(t.idea.id) {
		for _, l := range t.voices.sorted(t.voices.ofIdea[part]) {
			i, ok := t.voices.insights[t.voices.whole(l.Insight)]
			if !ok || seen[i.ID] {
				continue
			}
			seen[i.ID] = true
			info, err := t.info(ctx, i)
			if err != nil {
				return nil, err
			}
			out = append(out, info)
		}
	}
	sortInsights(out)
	return out, nil
}

// info describes one insight. What the walk back left out, such as its wording,
// comes from its own history.
func (t *insightsThen) info(ctx context.Context, i cairn.Insight) (InsightInfo, error) {
	out := InsightInfo{Insight: i, Links: []EvidenceInfo{}}
	if !t.seen(i.ID) {
		out.Gone = true
		out.Insight = cairn.Insight{ID: i.ID, On: i.On, Importance: i.Importance, Direction: i.Direction}
		return out, nil
	}
	var err error
	if out.Insight, err = t.worded(ctx, i.ID); err != nil {
		return out, err
	}
	out.Foreign = !t.app.MayRead(t.by, i.Project)
	out.Today = t.voices.valuesOf(i.Person, i.Company)
	for _, part := range t.voices.family(i.ID)[1:] {
		if !t.seen(part) {
			continue
		}
		worded, err := t.worded(ctx, part)
		if err != nil {
			return out, err
		}
		out.Parts = append(out.Parts, worded)
	}
	if err := t.links(ctx, &out); err != nil {
		return out, err
	}
	out.hideHome()
	return out, nil
}

// seen reports whether the reader sees an insight today: what was deleted is told
// by nobody, and what is no longer theirs not to them.
func (t *insightsThen) seen(insight cairn.ID) bool {
	_, _, err := t.app.readableInsight(t.by, insight)
	return err == nil
}

func (t *insightsThen) worded(ctx context.Context, insight cairn.ID) (cairn.Insight, error) {
	e, err := t.entity(ctx, insight)
	if err != nil {
		return cairn.Insight{}, err
	}
	return cairn.InsightOf(e)
}

// entity is an insight or a link as it was, without a look into the log where it
// did not change since.
func (t *insightsThen) entity(ctx context.Context, id cairn.ID) (cairn.Entity, error) {
	if e, ok := t.app.evidence.entity(id); ok && e.Version <= t.idea.moment.all {
		return e, nil
	}
	return t.app.entityAt(ctx, id, t.idea.moment.all)
}

// links are the ideas that an insight belonged to: all of the project, and of other
// projects those that it still belongs to.
func (t *insightsThen) links(ctx context.Context, out *InsightInfo) error {
	to := make(map[cairn.ID]bool) // ideas
	add := func(l cairn.Evidence, end LinkEnd) error {
		e, err := t.entity(ctx, l.ID)
		if cairn.CodeOf(err) == cairn.CodeNotFound {
			return nil // it was made later
		}
		if err == nil {
			l, err = cairn.EvidenceOf(e)
		}
		out.Links = append(out.Links, EvidenceInfo{Evidence: l, Idea: end})
		to[l.Idea] = true
		return err
	}
	for _, l := range t.voices.linksOf(out.ID) {
		if end, there := t.end(l.Idea); there {
			if err := add(l, end); err != nil {
				return err
			}
		}
	}
	for _, one := range t.voices.family(out.ID) {
		for _, l := range t.app.evidence.ownLinks(one) {
			if l.Project == t.idea.project.ID || to[l.Idea] || !t.app.MayRead(t.by, l.Project) {
				continue
			}
			end, there, err := t.app.linkEnd(ctx, t.by, l.Project, l.Idea)
			if err != nil {
				return err
			}
			if there {
				if err := add(l, end); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// end is an idea of the project, called as it was.
func (t *insightsThen) end(idea cairn.ID) (LinkEnd, bool) {
	idea = t.idea.state.Whole(idea)
	title, number, ok := t.idea.state.Title(idea)
	return LinkEnd{
		ID: idea, Project: t.idea.project.ID, Key: cairn.IdeaKey(t.idea.project.Key, number), Title: title, Archived: t.idea.state.Archived(idea),
	}, ok
}

// entity returns an insight, a link or a customer as it is stored.
func (x *evidenceIndex) entity(id cairn.ID) (cairn.Entity, bool) {
	x.mu.RLock()
	defer x.mu.RUnlock()
	e, ok := x.entities[id]
	return e, ok
}
