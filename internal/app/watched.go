package app

import (
	"context"
	"encoding/json"

	"cairn"
)

// maxWatched is how many things that a person watches are named.
const maxWatched = 500

// Watched is a thing that a person watches.
type Watched struct {
	Target  cairn.ID
	Kind    cairn.Kind
	Project cairn.Project
	// Number is an idea's.
	Number int64
	Title  string
	Why    cairn.WatchWhy
}

// Watched returns what the caller watches and may read, the newest first, up to
// maxWatched; more says that there are others.
func (a *App) Watched(ctx context.Context, by Caller) (out []Watched, more bool, err error) {
	if err := a.may(by, cairn.SeeInbox); err != nil {
		return nil, false, err
	}
	list, err := a.store.PrivateOf(ctx, scopeWatch, by.User)
	if err != nil {
		return nil, false, err
	}
	for _, p := range list {
		var w cairn.Watch
		target, err := parseHexID(p.Key)
		if err != nil {
			return nil, false, err
		}
		if err := json.Unmarshal(p.Value, &w); err != nil {
			return nil, false, err
		}
		if !w.On {
			continue
		}
		one, ok, err := a.watched(ctx, by, target)
		if err != nil {
			return nil, false, err
		}
		if !ok {
			continue
		}
		if len(out) == maxWatched {
			return out, true, nil
		}
		one.Why = w.Why
		out = append(out, one)
	}
	return out, false, nil
}

// watched says what a thing is; not ok when it is gone or not for the caller.
func (a *App) watched(ctx context.Context, by Caller, target cairn.ID) (out Watched, ok bool, err error) {
	out.Target = target
	var project cairn.ID
	if p, found := a.dir.Project(target); found {
		project, out.Kind, out.Title = p.ID, cairn.KindProject, p.Name
	} else if v, found := a.dir.View(target); found {
		if _, err := a.View(by, target); err != nil {
			return out, false, nil
		}
		project, out.Kind, out.Title = v.Project, cairn.KindView, v.Name
	} else if i, found := a.evidence.insight(target); found {
		i, _ = a.evidence.insight(a.evidence.wholeOf(target))
		project, out.Kind, out.Title = i.Project, cairn.KindInsight, i.Title
	} else {
		e, err := a.store.Entity(ctx, target)
		if cairn.CodeOf(err) == cairn.CodeNotFound {
			return out, false, nil
		}
		if err != nil || e.Kind != cairn.KindIdea {
			return out, false, err
		}
		project, out.Kind, out.Title = e.Project, cairn.KindIdea, e.Attrs.Text("title")
		if raw, has := e.Attrs["number"]; has {
			if err := json.Unmarshal(raw, &out.Number); err != nil {
				return out, false, err
			}
		}
	}
	out.Project, ok = a.dir.Project(project)
	return out, ok && a.MayRead(by, project), nil
}
