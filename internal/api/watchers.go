package api

import (
	"context"
	"time"

	"cairn"
)

// Watchers says who hears of a thing.
type Watchers struct {
	Watching bool           `json:"watching" doc:"Whether you hear of it yourself"`
	Why      cairn.WatchWhy `json:"why,omitempty" doc:"How that came; absent when nothing was ever said about it"`
	Through  bool           `json:"through,omitempty" doc:"You hear of it by watching its project, unless you turned it off"`
	Watchers []cairn.ID     `json:"watchers" doc:"Everybody who does and may, by name"`
	Seen     int64          `json:"seen,omitempty" doc:"The change set up to which you have read about it"`
	SeenAt   time.Time      `json:"seenAt,omitzero" doc:"When that was written; absent when you never looked at it"`
}

type watchersOut struct{ Body Watchers }

func (s *server) watchersOf(ctx context.Context, target cairn.ID, err error) (*watchersOut, error) {
	if err != nil {
		return nil, err
	}
	by := callerOf(ctx)
	// Who has just made or said something watches it by now.
	if err := s.app.Heard(ctx); err != nil {
		return nil, err
	}
	w, err := s.app.Watchers(ctx, by, target)
	if err != nil {
		return nil, err
	}
	out := &watchersOut{Watchers{Watching: w.Mine.On, Why: w.Mine.Why, Through: w.Through != 0, Watchers: []cairn.ID{}}}
	for _, u := range w.Watchers {
		out.Body.Watchers = append(out.Body.Watchers, u.ID)
	}
	seen, err := s.app.Seen(ctx, by, target)
	out.Body.Seen, out.Body.SeenAt = seen.Seq, seen.At
	return out, err
}

// Watched is a thing that you watch.
type Watched struct {
	Target  cairn.ID       `json:"target"`
	On      cairn.Kind     `json:"on" enum:"idea,view,insight,project" doc:"What the target is"`
	Project string         `json:"project" doc:"The project's key"`
	Key     string         `json:"key,omitempty" doc:"Of an idea"`
	Title   string         `json:"title"`
	Why     cairn.WatchWhy `json:"why" enum:"mention,hand,create,comment" doc:"How that came"`
}

type watchedOut struct {
	Body struct {
		Watches []Watched `json:"watches"`
		More    bool      `json:"more,omitempty" doc:"There are others, longer watched"`
	}
}

func (s *server) getWatched(ctx context.Context, _ *none) (*watchedOut, error) {
	if err := s.app.Heard(ctx); err != nil {
		return nil, err
	}
	list, more, err := s.app.Watched(ctx, callerOf(ctx))
	if err != nil {
		return nil, err
	}
	out := &watchedOut{}
	out.Body.Watches, out.Body.More = []Watched{}, more
	for _, w := range list {
		one := Watched{Target: w.Target, On: w.Kind, Project: w.Project.Key, Title: w.Title, Why: w.Why}
		if w.Kind == cairn.KindIdea {
			one.Key = cairn.IdeaKey(w.Project.Key, w.Number)
		}
		out.Body.Watches = append(out.Body.Watches, one)
	}
	return out, nil
}

// SeenBody says how far somebody has read.
type SeenBody struct {
	Seq int64 `json:"seq,omitempty" minimum:"1" doc:"The newest change set that was shown; absent for all that there is"`
}

type seeIdeaIn struct {
	IdeaIn
	Body SeenBody
}

type seeViewIn struct {
	ViewIn
	Body SeenBody
}

type seeInsightIn struct {
	InsightIn
	Body SeenBody
}

func (s *server) getIdeaWatchers(ctx context.Context, in *IdeaIn) (*watchersOut, error) {
	id, err := s.app.ResolveIdea(ctx, callerOf(ctx), in.Idea)
	return s.watchersOf(ctx, id, err)
}

func (s *server) getViewWatchers(ctx context.Context, in *ViewIn) (*watchersOut, error) {
	return s.watchersOf(ctx, in.View, nil)
}

func (s *server) getInsightWatchers(ctx context.Context, in *InsightIn) (*watchersOut, error) {
	id, err := s.wholeInsight(ctx, in.Insight)
	return s.watchersOf(ctx, id, err)
}

func (s *server) getProjectWatchers(ctx context.Context, in *ProjectIn) (*watchersOut, error) {
	p, err := s.app.Project(callerOf(ctx), in.Project)
	return s.watchersOf(ctx, p.ID, err)
}

func (s *server) watchIdea(ctx context.Context, in *IdeaIn) (*none, error) {
	id, err := s.app.ResolveIdea(ctx, callerOf(ctx), in.Idea)
	if err != nil {
		return nil, err
	}
	return nil, s.app.Watch(ctx, callerOf(ctx), id)
}

func (s *server) unwatchIdea(ctx context.Context, in *IdeaIn) (*none, error) {
	id, err := s.app.ResolveIdea(ctx, callerOf(ctx), in.Idea)
	if err != nil {
		return nil, err
	}
	return nil, s.app.Unwatch(ctx, callerOf(ctx), id)
}

func (s *server) seeIdea(ctx context.Context, in *seeIdeaIn) (*none, error) {
	id, err := s.app.ResolveIdea(ctx, callerOf(ctx), in.Idea)
	if err != nil {
		return nil, err
	}
	return nil, s.app.MarkSeen(ctx, callerOf(ctx), id, in.Body.Seq)
}

func (s *server) watchView(ctx context.Context, in *ViewIn) (*none, error) {
	if _, err := s.app.View(callerOf(ctx), in.View); err != nil {
		return nil, err
	}
	return nil, s.app.Watch(ctx, callerOf(ctx), in.View)
}

func (s *server) unwatchView(ctx context.Context, in *ViewIn) (*none, error) {
	if _, err := s.app.View(callerOf(ctx), in.View); err != nil {
		return nil, err
	}
	return nil, s.app.Unwatch(ctx, callerOf(ctx), in.View)
}

func (s *server) seeView(ctx context.Context, in *seeViewIn) (*none, error) {
	if _, err := s.app.View(callerOf(ctx), in.View); err != nil {
		return nil, err
	}
	return nil, s.app.MarkSeen(ctx, callerOf(ctx), in.View, in.Body.Seq)
}

func (s *server) seeInsight(ctx context.Context, in *seeInsightIn) (*none, error) {
	id, err := s.wholeInsight(ctx, in.Insight)
	if err != nil {
		return nil, err
	}
	return nil, s.app.MarkSeen(ctx, callerOf(ctx), id, in.Body.Seq)
}

// wholeInsight leads from what was merged to the insight that it is part of.
func (s *server) wholeInsight(ctx context.Context, id cairn.ID) (cairn.ID, error) {
	i, err := s.app.Insight(ctx, callerOf(ctx), id)
	return i.ID, err
}

func (s *server) watchInsight(ctx context.Context, in *InsightIn) (*none, error) {
	id, err := s.wholeInsight(ctx, in.Insight)
	if err != nil {
		return nil, err
	}
	return nil, s.app.Watch(ctx, callerOf(ctx), id)
}

func (s *server) unwatchInsight(ctx context.Context, in *InsightIn) (*none, error) {
	id, err := s.wholeInsight(ctx, in.Insight)
	if err != nil {
		return nil, err
	}
	return nil, s.app.Unwatch(ctx, callerOf(ctx), id)
}

func (s *server) watchProject(ctx context.Context, in *ProjectIn) (*none, error) {
	p, err := s.app.Project(callerOf(ctx), in.Project)
	if err != nil {
		return nil, err
	}
	return nil, s.app.Watch(ctx, callerOf(ctx), p.ID)
}

func (s *server) unwatchProject(ctx context.Context, in *ProjectIn) (*none, error) {
	p, err := s.app.Project(callerOf(ctx), in.Project)
	if err != nil {
		return nil, err
	}
	return nil, s.app.Unwatch(ctx, callerOf(ctx), p.ID)
}
