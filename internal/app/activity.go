package app

import (
	"context"
	"encoding/json"
	"maps"
	"slices"

	"cairn"
	"cairn/internal/engine"
	"cairn/internal/store"
)

// ActivityPart says which kinds of changes are wanted.
type ActivityPart string

// The parts of a project's activity; "" is all of them.
const (
	ActivityIdeas    ActivityPart = "ideas"
	ActivityComments ActivityPart = "comments"
	ActivityEvidence ActivityPart = "evidence" // insights, links and votes
	ActivityProject  ActivityPart = "project"  // fields, views, types, members
)

// kinds are those that a part holds. What is not named here is nobody's business:
// favourites, saved mappings, accounts.
func (p ActivityPart) kinds() []cairn.Kind {
	switch p {
	case ActivityIdeas:
		return []cairn.Kind{cairn.KindIdea}
	case ActivityComments:
		return []cairn.Kind{cairn.KindComment}
	case ActivityEvidence:
		return []cairn.Kind{cairn.KindInsight, cairn.KindEvidence, cairn.KindLink, cairn.KindBallot}
	case ActivityProject:
		return []cairn.Kind{cairn.KindField, cairn.KindView, cairn.KindIdeaType, cairn.KindSection, cairn.KindMember, cairn.KindProject, cairn.KindRun}
	}
	return slices.Concat(ActivityIdeas.kinds(), ActivityComments.kinds(), ActivityEvidence.kinds(), ActivityProject.kinds())
}

// ActivityRequest asks what happened in a project.
type ActivityRequest struct {
	Part ActivityPart
	// Person did it; 0 is everybody.
	Person cairn.ID
	// Before goes on from a sequence number; 0 begins with the newest.
	Before int64
	Limit  int
}

// Activity is what happened in a project, newest first.
type Activity struct {
	Sets []ActivitySet
	// Next is where to go on, 0 at the end.
	Next int64
	// Ideas are what the ideas in it are called now, Insights the titles of insights
	// that are there and that the asker may see.
	Ideas    map[cairn.ID]engine.Mention
	Insights map[cairn.ID]string
}

// ActivitySet is a change set with the changes that are shown.
type ActivitySet struct {
	cairn.ChangeSet
	// More is how many changes are left out.
	More int
}

// Bounds of one answer.
const (
	activityChanges = 30  // of one set
	activityPage    = 200 // sets read at once
	activityPages   = 25
)

// Activity returns what happened in a project (SIN-30).
func (a *App) Activity(ctx context.Context, by Caller, project cairn.ID, in ActivityRequest) (*Activity, error) {
	if _, err := a.mayIn(by, project, cairn.ReadHistory); err != nil {
		return nil, err
	}
	return a.acted(ctx, by, in, store.LogQuery{Project: project, Actor: in.Person})
}

// PersonActivity returns what a person did in the projects that the caller may
// read (SIN-33).
func (a *App) PersonActivity(ctx context.Context, by Caller, in ActivityRequest) (*Activity, error) {
	if err := a.may(by, cairn.SeePeople); err != nil {
		return nil, err
	}
	if _, ok := a.dir.User(in.Person); !ok {
		return nil, cairn.NotFound("The person")
	}
	return a.acted(ctx, by, in, store.LogQuery{Actor: in.Person})
}

// acted reads the log backwards until there is a page of what is wanted.
func (a *App) acted(ctx context.Context, by Caller, in ActivityRequest, q store.LogQuery) (*Activity, error) {
	out := &Activity{}
	kinds := in.Part.kinds()
	before := in.Before
	q.Newest, q.Limit = true, activityPage
	readable := a.mayEach(by, cairn.ReadHistory)
	for range activityPages {
		q.Before = before
		sets, err := a.store.LogOf(ctx, q)
		if err != nil {
			return nil, err
		}
		a.reasons.fill(sets)
		for i := range sets {
			before = sets[i].Seq
			if !readable(sets[i].Project) {
				continue
			}
			if set, ok := actedOn(sets[i], kinds); ok {
				out.Sets = append(out.Sets, set)
			}
			if len(out.Sets) == in.Limit {
				out.Next = before
				return out, a.nameActivity(ctx, by, out)
			}
		}
		if len(sets) < activityPage {
			return out, a.nameActivity(ctx, by, out)
		}
	}
	out.Next = before // there may be more, far back
	return out, a.nameActivity(ctx, by, out)
}

// actedOn keeps what is told of a change set; ok is false for nothing.
func actedOn(set cairn.ChangeSet, kinds []cairn.Kind) (out ActivitySet, ok bool) {
	all := set.Changes
	set.Changes = nil
	out = ActivitySet{ChangeSet: set}
	for _, c := range all {
		switch {
		case !slices.Contains(kinds, c.Kind), c.Kind == cairn.KindRun && !ended(c), c.Attr == "updatedAt", c.Attr == "updatedBy", c.Attr == "position", c.Attr == "samples":
		case len(out.Changes) == activityChanges:
			out.More++
		default:
			out.Changes = append(out.Changes, sketched(c))
		}
	}
	return out, len(out.Changes) > 0
}

// ended says whether a change of an import is what became of it: that somebody tries
// out how to take a file is nothing that happened to the project.
func ended(c cairn.Change) bool {
	var state cairn.RunState
	if c.Attr != "state" || json.Unmarshal(c.New, &state) != nil {
		return false
	}
	return state == cairn.RunCommitted || state == cairn.RunFailed || state == cairn.RunUndone
}

// sketched is a change without what is long, and without what was said and taken
// back: of comments and insights only that they were made, changed or deleted.
func sketched(c cairn.Change) cairn.Change {
	if c.Kind == cairn.KindIdea && c.Attr != "" {
		if c.Attr == "description" {
			c.Old, c.New = nil, nil
		}
		return c.Short()
	}
	if c.Kind == cairn.KindRun {
		return c
	}
	if c.Attr != "" && c.Attr != "name" {
		c.Old, c.New = nil, nil
		return c
	}
	c.Old, c.New = sketch(c, c.Old), sketch(c, c.New)
	return c
}

// sketch is a whole entity with its parent and names only.
func sketch(c cairn.Change, raw json.RawMessage) json.RawMessage {
	if c.Attr != "" || cairn.IsNull(raw) {
		return raw
	}
	s, err := cairn.ParseSnapshot(raw)
	if err != nil {
		return json.RawMessage("{}")
	}
	kept := cairn.Snapshot{Parent: s.Parent, Attrs: cairn.Attrs{}}
	for _, name := range []string{"name", "title", "type", "to", "number", "insight"} {
		if v, ok := s.Attrs[name]; ok && (name != "title" || c.Kind == cairn.KindIdea) {
			kept.Attrs[name] = v
		}
	}
	short, err := json.Marshal(kept)
	if err != nil {
		return json.RawMessage("{}")
	}
	return short
}

// nameActivity finds what the ideas are called.
func (a *App) nameActivity(ctx context.Context, by Caller, out *Activity) error {
	in := make(map[cairn.ID][]cairn.ID) // by project
	out.Insights = make(map[cairn.ID]string)
	for _, set := range out.Sets {
		for _, c := range set.Changes {
			switch c.Kind {
			case cairn.KindIdea:
				in[set.Project] = append(in[set.Project], c.ID)
			case cairn.KindInsight:
				a.nameInsight(by, out, c.ID)
			}
			for _, raw := range []json.RawMessage{c.Old, c.New} {
				s, err := cairn.ParseSnapshot(raw)
				if c.Attr != "" || err != nil {
					continue
				}
				if s.Parent != 0 {
					in[set.Project] = append(in[set.Project], s.Parent)
				}
				var insight cairn.ID
				if c.Kind == cairn.KindEvidence && json.Unmarshal(s.Attrs["insight"], &insight) == nil {
					a.nameInsight(by, out, insight)
				}
			}
		}
	}
	out.Ideas = make(map[cairn.ID]engine.Mention)
	for project, ids := range in {
		named, err := a.mentions(ctx, by, project, distinctIDs(ids))
		if err != nil {
			return err
		}
		maps.Copy(out.Ideas, named)
	}
	return nil
}

// nameInsight finds the title of an insight; what was deleted, or is not the
// asker's to see, has none.
func (a *App) nameInsight(by Caller, out *Activity, id cairn.ID) {
	if i, _, err := a.readableInsight(by, id); err == nil {
		out.Insights[id] = i.Title
	}
}
