package app

import (
	"context"
	"maps"
	"slices"

	"cairn"
	"cairn/internal/store"
)

// watchPage is how many watches are read at once where many ideas changed.
const watchPage = 2000

// recipients finds who hears of things and makes their notices.
func (t *telling) recipients(ctx context.Context, set *cairn.ChangeSet, things []*told) error {
	watches, err := t.watchesOf(ctx, set.Project, things)
	if err != nil {
		return err
	}
	inViews, err := t.inViews(ctx, set, things)
	if err != nil {
		return err
	}
	mine := make(map[cairn.ID][]cairn.Notice)
	edits := make(map[[2]cairn.ID]bool) // by insight and person
	for _, one := range things {
		if one.quiet {
			continue
		}
		for user, why := range reasons(set, one, watches, inViews) {
			if edit := [2]cairn.ID{one.insight, user}; one.insight != 0 {
				if edits[edit] {
					continue
				}
				edits[edit] = true
			}
			n := notice(set, one)
			n.Why = why
			if why == cairn.WhyMention && slices.Contains(one.mentions, user) {
				n.Kind = cairn.NoticeMention
			}
			if n.Kind == cairn.NoticeEvidence { // an idea may have several
				n.ID = noticeID(&n) + "/" + hexID(one.insight)
			}
			mine[user] = append(mine[user], n)
		}
	}
	for _, user := range slices.Sorted(maps.Keys(mine)) {
		u, ok := t.a.dir.User(user)
		if !ok || !t.a.mayHear(u, set.Project) {
			continue
		}
		if _, err := t.hearingOf(ctx, user); err != nil { // for its e-mail
			return err
		}
		for _, n := range t.fold(set, mine[user]) {
			t.notices = append(t.notices, personal{user, n})
		}
	}
	return nil
}

// reasons are those who hear of one thing, and why: by what they said about the
// target, by a view that shows it, by its project, or by name.
func reasons(set *cairn.ChangeSet, one *told, watches map[cairn.ID][]cairn.Watch, inViews map[cairn.ID][]cairn.Watch) map[cairn.ID]cairn.WatchWhy {
	out := make(map[cairn.ID]cairn.WatchWhy)
	if one.kind != cairn.NoticeMention { // an edit concerns those whom it now names
		for _, w := range watches[set.Project] {
			if w.On && w.Since < set.Seq && one.insight == 0 {
				out[w.User] = cairn.WhyProject
			}
		}
		for _, w := range inViews[one.target] {
			if w.Since < set.Seq {
				out[w.User] = cairn.WhyView
			}
		}
		for _, w := range watches[one.target] {
			if !w.On {
				delete(out, w.User)
				continue
			}
			if one.target != set.Project && w.Since < set.Seq {
				out[w.User] = w.Why
			}
		}
	}
	for _, user := range one.mentions {
		out[user] = cairn.WhyMention
	}
	delete(out, set.Actor)
	return out
}

func notice(set *cairn.ChangeSet, one *told) cairn.Notice {
	return cairn.Notice{
		Seq: set.Seq, At: set.At, Kind: one.kind, Actor: set.Actor, Project: set.Project, Target: one.target, On: one.on,
		Title: one.title, Number: one.number, Changes: one.changes, Comment: one.comment, Excerpt: one.excerpt,
		Reason: set.Reason, Group: set.Group, Count: one.count,
	}
}

// fold makes one notice of a change of many ideas.
func (t *telling) fold(set *cairn.ChangeSet, list []cairn.Notice) []cairn.Notice {
	ideas := 0
	for i := range list {
		if list[i].On == cairn.KindIdea && list[i].Comment == 0 {
			ideas++
		}
	}
	if ideas <= manyIdeas {
		return list
	}
	p, _ := t.a.dir.Project(set.Project)
	many := cairn.Notice{
		Seq: set.Seq, At: set.At, Kind: cairn.NoticeMany, Why: cairn.WhyProject, Actor: set.Actor,
		Project: set.Project, Target: set.Project, On: cairn.KindProject, Title: p.Name, Reason: set.Reason, Group: set.Group, Count: ideas,
	}
	out := []cairn.Notice{many}
	for i := range list {
		if n := &list[i]; n.On != cairn.KindIdea || n.Comment != 0 {
			out = append(out, *n)
		} else if n.Why != cairn.WhyProject {
			out[0].Why = n.Why
		}
	}
	return out
}

// watchesOf returns what everybody said about the targets and their project, and
// what has begun by itself in this stretch of the log, by target.
func (t *telling) watchesOf(ctx context.Context, project cairn.ID, things []*told) (map[cairn.ID][]cairn.Watch, error) {
	targets := map[cairn.ID]bool{project: true}
	first, last := cairn.ID(0), cairn.ID(0)
	for _, one := range things {
		targets[one.target] = true
		if first == 0 || one.target < first {
			first = one.target
		}
		last = max(last, one.target)
	}
	var list []cairn.Watch
	var err error
	if len(targets) <= manyIdeas {
		for target := range targets {
			some, err := t.watchesOn(ctx, target)
			if err != nil {
				return nil, err
			}
			list = append(list, some...)
		}
	} else {
		if list, err = t.watchesOn(ctx, project); err == nil {
			list, err = t.watchesBetween(ctx, list, first, last)
		}
		for target := range targets {
			if err == nil {
				list, err = t.a.withPartWatches(ctx, target, list)
			}
		}
		if err != nil {
			return nil, err
		}
	}
	out := make(map[cairn.ID][]cairn.Watch)
	said := make(map[[2]cairn.ID]bool)
	for _, w := range slices.Concat(list, t.watches) {
		if k := [2]cairn.ID{w.Target, w.User}; targets[w.Target] && !said[k] {
			said[k] = true
			out[w.Target] = append(out[w.Target], w)
		}
	}
	return out, nil
}

// watchesBetween adds everybody's word about all targets from one to another.
func (t *telling) watchesBetween(ctx context.Context, list []cairn.Watch, first, last cairn.ID) ([]cairn.Watch, error) {
	keys := store.Range{From: hexID(first), To: hexID(last + 1)}
	for {
		page, err := t.a.store.PrivateRange(ctx, scopeWatch, keys, watchPage)
		if err != nil {
			return nil, err
		}
		if list, err = readWatches(list, page); err != nil {
			return nil, err
		}
		if len(page) < watchPage {
			return list, nil
		}
		keys.From = page[len(page)-1].Key + " " // the next one that there can be
	}
}

// inViews returns, by idea, the watches of views that show it. Who made the
// change is not asked for: they hear nothing of it.
func (t *telling) inViews(ctx context.Context, set *cairn.ChangeSet, things []*told) (map[cairn.ID][]cairn.Watch, error) {
	if !slices.ContainsFunc(things, (*told).visible) {
		return nil, nil
	}
	out := make(map[cairn.ID][]cairn.Watch)
	for _, v := range t.a.dir.Views(set.Project) {
		list, err := t.watchesOn(ctx, v.ID)
		if err != nil {
			return nil, err
		}
		for _, w := range list {
			if !w.On || w.User == set.Actor {
				continue
			}
			shown, err := t.shownIn(ctx, v, w.User)
			if err != nil {
				break // a view that no longer evaluates shows nothing
			}
			for _, one := range things {
				if one.visible() && shown[one.target] {
					out[one.target] = append(out[one.target], w)
				}
			}
		}
	}
	return out, nil
}

// shownIn are those of the touched ideas that a view shows to one person.
func (t *telling) shownIn(ctx context.Context, v cairn.View, viewer cairn.ID) (map[cairn.ID]bool, error) {
	seen := viewSeen{v.ID, viewer}
	if known, ok := t.shown[seen]; ok {
		return known, nil
	}
	st, err := t.a.states.get(ctx, v.Project)
	if err != nil {
		return nil, err
	}
	by := Caller{Actor: cairn.Actor{User: viewer}}
	ids, err := st.state.Shows(v.Query, t.a.env(by, st), t.ideas)
	if err != nil {
		return nil, err
	}
	shown := make(map[cairn.ID]bool, len(ids))
	for _, id := range ids {
		shown[id] = true
	}
	t.shown[seen] = shown
	return shown, nil
}

// fewWatches is how many watches a target is supposed to have where those of many
// are read at once.
const fewWatches = 4

// foresee reads the watches of the ideas of a stretch with one question, where
// there are few of them. Where there are many, each is asked for by itself.
func (t *telling) foresee(ctx context.Context, ideas []cairn.ID) error {
	slices.Sort(ideas)
	ideas = slices.Compact(ideas)
	if len(ideas) < 2 {
		return nil
	}
	keys := store.Range{From: hexID(ideas[0]), To: hexID(ideas[len(ideas)-1] + 1)}
	most := min(fewWatches*len(ideas), watchPage)
	page, err := t.a.store.PrivateRange(ctx, scopeWatch, keys, most)
	if err != nil || len(page) == most {
		return err
	}
	list, err := readWatches(nil, page)
	if err != nil {
		return err
	}
	of := make(map[cairn.ID][]cairn.Watch)
	for _, w := range list {
		of[w.Target] = append(of[w.Target], w)
	}
	for _, id := range ideas {
		said, err := t.a.withPartWatches(ctx, id, of[id])
		if err != nil {
			return err
		}
		t.said[id] = slices.Clip(said)
	}
	return nil
}

// watchesOn is everybody's word about one target, read once.
func (t *telling) watchesOn(ctx context.Context, target cairn.ID) ([]cairn.Watch, error) {
	if known, ok := t.said[target]; ok {
		return known, nil
	}
	list, err := t.a.watchesOf(ctx, target)
	if err == nil {
		list = slices.Clip(list) // who appends to it gets a copy
		t.said[target] = list
	}
	return list, err
}
