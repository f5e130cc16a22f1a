package app

import (
	"cmp"
	"context"
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"cairn"
	"cairn/internal/store"
)

// manyIdeas is how many ideas of one change set a person gets single notices of;
// more become one notice.
const manyIdeas = 10

// maxExcerpt is how many characters of a comment a notice repeats.
const maxExcerpt = 280

// told is one thing that happened to one target, whoever hears of it.
type told struct {
	kind     cairn.NoticeKind
	on       cairn.Kind
	target   cairn.ID
	title    string
	number   int64
	changes  []cairn.Change
	comment  cairn.ID
	excerpt  string
	mentions []cairn.ID
	count    int
	// quiet things are told to nobody; who made them watches them.
	quiet bool
	// insight is the one that was edited: it is told to who watches the target, and to
	// each of them once.
	insight cairn.ID
}

// telling gathers what a stretch of the log means for people.
type telling struct {
	a       *App
	notices []personal
	watches []cairn.Watch // those that begin by themselves
	// settings of people, read once.
	settings map[cairn.ID]cairn.Hearing
	// said is everybody's word about targets, read once.
	said map[cairn.ID][]cairn.Watch
	// ideas are those that views are asked for; shown are those of them that
	// people see in views they watch, found once.
	ideas []cairn.ID
	shown map[viewSeen]map[cairn.ID]bool
}

// viewSeen is a view as one person sees it.
type viewSeen struct{ view, viewer cairn.ID }

// personal is a notice of one person.
type personal struct {
	user   cairn.ID
	notice cairn.Notice
}

func newTelling(a *App) *telling {
	return &telling{
		a: a, settings: make(map[cairn.ID]cairn.Hearing), said: make(map[cairn.ID][]cairn.Watch),
		shown: make(map[viewSeen]map[cairn.ID]bool),
	}
}

func (t *telling) empty() bool { return len(t.notices)+len(t.watches) == 0 }

// people are those whose inboxes change.
func (t *telling) people() []cairn.ID {
	seen := make(map[cairn.ID]bool)
	for i := range t.notices {
		seen[t.notices[i].user] = true
	}
	return slices.Collect(maps.Keys(seen))
}

// sets finds what a stretch of the log means for people.
func (t *telling) sets(ctx context.Context, sets []cairn.ChangeSet) error {
	things := make([][]*told, len(sets))
	var ideas []cairn.ID
	for i := range sets {
		set := &sets[i]
		if set.Project == 0 || set.Origin == "demo" || isCreation(set) {
			continue
		}
		var err error
		if things[i], err = t.things(ctx, set); err != nil {
			return err
		}
		for _, one := range things[i] {
			if one.on == cairn.KindIdea {
				ideas = append(ideas, one.target)
			}
			if one.visible() {
				t.ideas = append(t.ideas, one.target)
			}
		}
	}
	if err := t.foresee(ctx, ideas); err != nil {
		return err
	}
	for i := range sets {
		if len(things[i]) == 0 {
			continue
		}
		if err := t.begin(ctx, &sets[i], things[i]); err != nil {
			return err
		}
		if err := t.recipients(ctx, &sets[i], things[i]); err != nil {
			return err
		}
	}
	return nil
}

// visible reports whether watchers of views hear of a thing where it is shown.
func (one *told) visible() bool {
	return one.on == cairn.KindIdea && one.kind != cairn.NoticeDeleted && one.kind != cairn.NoticeMention && one.insight == 0
}

// isCreation tells the change set that makes a project, with all that its
// template brings.
func isCreation(set *cairn.ChangeSet) bool {
	return slices.ContainsFunc(set.Changes, func(c cairn.Change) bool { return c.Kind == cairn.KindProject && c.Created() })
}

// silent attributes of ideas and views concern nobody: they follow from others,
// or are matters of order.
func silent(c cairn.Change) bool {
	switch c.Attr {
	case "updatedAt", "updatedBy", "createdAt", "createdBy", "number", "source", "sourceId", "rank", "position", "section", string(cairn.RefCover),
		cairn.AttrUnlike, cairn.AttrUnmerged:
		return true
	}
	_, own := cairn.Ref(c.Attr).RankView()
	return own
}

// things are what happened, target by target in the order of the changes.
func (t *telling) things(ctx context.Context, set *cairn.ChangeSet) ([]*told, error) {
	byImport := strings.HasPrefix(set.Origin, "import:")
	byTarget := make(map[cairn.ID]*told)
	var out []*told
	made := 0 // insights
	for _, c := range mergeNews(set.Changes) {
		var one *told
		switch {
		case c.Kind == cairn.KindRun:
			one = imported(c)
		case byImport || silent(c):
		case c.Kind == cairn.KindComment:
			one = t.comment(ctx, c)
		case c.Kind == cairn.KindEvidence:
			one = t.insight(ctx, c)
		case c.Kind == cairn.KindInsight && c.Created() && made < manyIdeas:
			made++
			one = whole(c)
			one.quiet, one.mentions = true, nil
		case c.Kind == cairn.KindIdea, c.Kind == cairn.KindView, c.Kind == cairn.KindProject && c.Attr != "samples":
			if known := byTarget[c.ID]; known != nil {
				known.changes = append(known.changes, c.Short())
				known.mentions = append(known.mentions, cairn.MentionedBy(c).People...)
				continue
			}
			one = whole(c)
			byTarget[c.ID] = one
		}
		if one != nil {
			out = append(out, one)
		}
	}
	if !byImport {
		edits, err := t.insightNews(ctx, set)
		if err != nil {
			return nil, err
		}
		out = append(out, edits...)
	}
	for _, one := range out {
		if err := t.name(ctx, set.Project, one); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// whole begins what is told of an idea, a view or a project.
func whole(c cairn.Change) *told {
	one := &told{kind: cairn.NoticeChanged, on: c.Kind, target: c.ID, mentions: cairn.MentionedBy(c).People}
	switch {
	case c.Created():
		one.kind = cairn.NoticeCreated
		named(one, c.New)
	case c.Deleted():
		one.kind = cairn.NoticeDeleted
		named(one, c.Old)
	default:
		one.changes = []cairn.Change{c.Short()}
	}
	return one
}

// named takes the name of a thing from its whole form.
func named(one *told, raw json.RawMessage) {
	var s cairn.Snapshot
	if json.Unmarshal(raw, &s) != nil {
		return
	}
	one.title = s.Attrs.Text("title")
	if one.on != cairn.KindIdea && one.on != cairn.KindInsight {
		one.title = s.Attrs.Text("name")
	}
	_ = json.Unmarshal(s.Attrs["number"], &one.number) // none: it has none
}

// imported tells of an import that was finished.
func imported(c cairn.Change) *told {
	if c.Attr != "state" || string(c.New) != `"`+string(cairn.RunCommitted)+`"` {
		return nil
	}
	return &told{kind: cairn.NoticeImported, on: cairn.KindProject, comment: c.ID}
}

// comment tells of what somebody said, or whom they now name in it.
func (t *telling) comment(ctx context.Context, c cairn.Change) *told {
	one := &told{kind: cairn.NoticeComment, comment: c.ID, mentions: cairn.MentionedBy(c).People}
	text := ""
	switch {
	case c.Created():
		s, err := cairn.ParseSnapshot(c.New)
		if err != nil {
			return nil
		}
		one.target, one.on, text = s.Parent, cmp.Or(cairn.Kind(s.Attrs.Text("on")), cairn.KindIdea), s.Text
	case c.Attr == "body" && len(one.mentions) > 0:
		e, err := t.a.store.Entity(ctx, c.ID)
		if err != nil {
			return nil // gone since
		}
		said, err := cairn.CommentOf(e)
		if err != nil {
			return nil
		}
		one.kind, one.target, one.on, text = cairn.NoticeMention, said.Parent, said.On, said.Body
	default:
		return nil
	}
	if !talkedAbout(one.on) {
		return nil
	}
	if one.on == cairn.KindInsight {
		one.target = t.a.evidence.wholeOf(one.target)
	}
	one.excerpt = t.excerpt(text)
	return one
}

// insight tells of evidence that an idea got.
func (t *telling) insight(ctx context.Context, c cairn.Change) *told {
	if !c.Created() {
		return nil
	}
	s, err := cairn.ParseSnapshot(c.New)
	if err != nil {
		return nil
	}
	one := &told{kind: cairn.NoticeInsight, on: cairn.KindIdea, target: s.Parent}
	var link cairn.Evidence
	if s.Attrs.Decode(&link) != nil {
		return one
	}
	if e, err := t.a.store.Entity(ctx, link.Insight); err == nil {
		one.excerpt = t.excerpt(e.Attrs.Text("title"))
	}
	return one
}

// excerpt is the beginning of a text on one line, with names for mentions.
func (t *telling) excerpt(text string) string {
	text = cairn.PlainMentions(text, func(kind cairn.Kind, id cairn.ID) string {
		if kind == cairn.KindUser {
			return t.a.dir.Name(id)
		}
		return ""
	})
	text = strings.Join(strings.Fields(text), " ")
	if runes := []rune(text); len(runes) > maxExcerpt {
		return string(runes[:maxExcerpt-1]) + "…"
	}
	return text
}

// name fills in what a thing is called now, where that is not known yet.
func (t *telling) name(ctx context.Context, project cairn.ID, one *told) error {
	switch {
	case one.title != "":
	case one.kind == cairn.NoticeImported:
		one.target = project
		p, _ := t.a.dir.Project(project)
		one.title = p.Name
		if e, err := t.a.store.Entity(ctx, one.comment); err == nil {
			var r cairn.Run
			if e.Attrs.Decode(&r) == nil {
				one.count, one.excerpt = r.Counts.Created+r.Counts.Updated, r.FileName
				if r.Subject == cairn.RunInsights {
					one.kind = cairn.NoticeVoices
				}
			}
		}
		one.comment = 0
	case one.on == cairn.KindProject:
		p, _ := t.a.dir.Project(one.target)
		one.title = p.Name
	case one.on == cairn.KindView:
		v, _ := t.a.dir.View(one.target)
		one.title = v.Name
	case one.on == cairn.KindInsight:
		i, _ := t.a.evidence.insight(one.target)
		one.title = i.Title
	default:
		st, err := t.a.states.get(ctx, project)
		if err != nil {
			return err
		}
		one.title, one.number, _ = st.state.Title(one.target)
	}
	return nil
}

// begin lets people watch by themselves what they made or spoke about, and what
// they were named in.
func (t *telling) begin(ctx context.Context, set *cairn.ChangeSet, things []*told) error {
	auto := func(user, target cairn.ID, why cairn.WatchWhy) error {
		u, ok := t.a.dir.User(user)
		if !ok || !t.a.mayHear(u, set.Project) {
			return nil
		}
		h, err := t.hearingOf(ctx, user)
		if err != nil || !h.Auto(why) {
			return err
		}
		t.watches = append(t.watches, cairn.Watch{Target: target, User: user, On: true, Why: why, Since: set.Seq - 1})
		return nil
	}
	made := 0
	for _, one := range things {
		var err error
		switch {
		case one.kind == cairn.NoticeComment:
			err = auto(set.Actor, one.target, cairn.WhyComment)
		case one.kind == cairn.NoticeCreated && set.Origin != "undo" && made < manyIdeas:
			made++
			err = auto(set.Actor, one.target, cairn.WhyCreate)
		}
		if err != nil {
			return err
		}
		for _, user := range one.mentions {
			if err := auto(user, one.target, cairn.WhyMention); err != nil {
				return err
			}
		}
	}
	return nil
}

func (t *telling) hearingOf(ctx context.Context, user cairn.ID) (cairn.Hearing, error) {
	if h, ok := t.settings[user]; ok {
		return h, nil
	}
	h, err := t.a.hearingOf(ctx, user)
	if err == nil {
		t.settings[user] = h
	}
	return h, err
}

// write stores what was found, less what was found before a position.
func (t *telling) write(tx store.Tx, after int64) error {
	for _, w := range t.watches {
		if w.Since < after {
			continue
		}
		_, known, err := tx.Private(scopeWatch, watchKey(w.Target, w.User))
		if err != nil {
			return err
		}
		if known {
			continue // what people said themselves stands
		}
		if err := putWatch(tx, w.Target, w.User, w); err != nil {
			return err
		}
	}
	for i := range t.notices {
		if n := &t.notices[i]; n.notice.Seq > after {
			if err := putNotice(tx, n.user, &n.notice); err != nil {
				return err
			}
			if err := t.mail(tx, n); err != nil {
				return err
			}
		}
	}
	return nil
}

// mail arranges that a notice is sent by e-mail to who wants that.
func (t *telling) mail(tx store.Tx, n *personal) error {
	h := t.settings[n.user]
	if h.Email == cairn.EmailOff {
		return nil
	}
	p, waits, err := tx.Private(scopeMailDue, hexID(n.user))
	if err != nil {
		return err
	}
	due := mailDue{At: h.Due(tx.Now(), t.a.mailDelay), After: n.notice.Seq - 1}
	if waits {
		if err := json.Unmarshal(p.Value, &due); err != nil {
			return err
		}
	}
	if due.Last == n.notice.Seq {
		return nil
	}
	due.Last = n.notice.Seq
	return putPrivate(tx, store.Private{Scope: scopeMailDue, Key: hexID(n.user), Owner: n.user}, due)
}
