package api

import (
	"context"
	"time"

	"cairn"
	"cairn/internal/app"
)

func (s *server) inboxRoutes() []endpoint {
	const tag = "Inbox"
	return []endpoint{
		route(op{id: "get-inbox", method: get, path: "/inbox", tag: tag, about: "What happened to the things you watch, newest first"}, s.getInbox),
		route(op{id: "get-unread", method: get, path: "/inbox/unread", tag: tag, about: "How many notices you have not read"}, s.getUnread),
		route(op{id: "mark-notices", method: post, path: "/inbox/marks", tag: tag, about: "Mark notices read or done, or snooze them; the answer undoes it when it is sent"}, s.markNotices),
		route(op{id: "get-hearing", method: get, path: "/account/hearing", tag: tag, about: "How you hear of things"}, s.getHearing),
		route(op{id: "put-hearing", method: put, path: "/account/hearing", tag: tag, status: 204, about: "Change how you hear of things"}, s.putHearing),
		route(op{id: "get-watched", method: get, path: "/account/watches", tag: tag, about: "What you watch, the newest first"}, s.getWatched),

		route(op{id: "get-idea-watchers", method: get, path: "/ideas/{idea}/watchers", tag: tag, about: "Who hears of an idea, and how far you have read"}, s.getIdeaWatchers),
		route(op{id: "watch-idea", method: put, path: "/ideas/{idea}/watch", tag: tag, status: 204, about: "Hear of an idea"}, s.watchIdea),
		route(op{id: "unwatch-idea", method: del, path: "/ideas/{idea}/watch", tag: tag, status: 204, about: "Hear of an idea no more"}, s.unwatchIdea),
		route(op{id: "see-idea", method: put, path: "/ideas/{idea}/seen", tag: tag, status: 204, about: "Note how far you have read about an idea"}, s.seeIdea),
		route(op{id: "get-view-watchers", method: get, path: "/views/{view}/watchers", tag: tag, about: "Who hears of a view and of the ideas in it"}, s.getViewWatchers),
		route(op{id: "watch-view", method: put, path: "/views/{view}/watch", tag: tag, status: 204, about: "Hear of a view and of the ideas in it"}, s.watchView),
		route(op{id: "unwatch-view", method: del, path: "/views/{view}/watch", tag: tag, status: 204, about: "Hear of a view no more"}, s.unwatchView),
		route(op{id: "see-view", method: put, path: "/views/{view}/seen", tag: tag, status: 204, about: "Note how far you have read about a view"}, s.seeView),
		route(op{id: "get-insight-watchers", method: get, path: "/insights/{insight}/watchers", tag: tag, about: "Who hears of what is said about an insight"}, s.getInsightWatchers),
		route(op{id: "watch-insight", method: put, path: "/insights/{insight}/watch", tag: tag, status: 204, about: "Hear of what is said about an insight"}, s.watchInsight),
		route(op{id: "unwatch-insight", method: del, path: "/insights/{insight}/watch", tag: tag, status: 204, about: "Hear of an insight no more"}, s.unwatchInsight),
		route(op{id: "see-insight", method: put, path: "/insights/{insight}/seen", tag: tag, status: 204, about: "Note how far you have read about an insight"}, s.seeInsight),
		route(op{id: "get-project-watchers", method: get, path: "/projects/{project}/watchers", tag: tag, about: "Who hears of everything in a project"}, s.getProjectWatchers),
		route(op{id: "watch-project", method: put, path: "/projects/{project}/watch", tag: tag, status: 204, about: "Hear of everything in a project"}, s.watchProject),
		route(op{id: "unwatch-project", method: del, path: "/projects/{project}/watch", tag: tag, status: 204, about: "Hear of a project no more"}, s.unwatchProject),
	}
}

// Notice tells you of one thing that happened.
type Notice struct {
	ID      string           `json:"id"`
	Seq     int64            `json:"seq" doc:"The change set"`
	At      time.Time        `json:"at"`
	Kind    cairn.NoticeKind `json:"kind" enum:"created,changed,deleted,comment,mention,insight,evidence,many,imported,voices,hook"`
	Why     cairn.WatchWhy   `json:"why" enum:"mention,hand,create,comment,view,project,admin" doc:"Why you hear of it"`
	Actor   cairn.ID         `json:"actor,omitempty" doc:"Who did it; absent for Cairn itself"`
	Project string           `json:"project" doc:"The project's key; empty for a webhook of the workspace"`
	Target  cairn.ID         `json:"target"`
	On      cairn.Kind       `json:"on" enum:"idea,view,insight,project,hook" doc:"What the target is"`
	Key     string           `json:"key,omitempty" doc:"Of an idea"`
	Title   string           `json:"title" doc:"What the target was called then"`
	Changes []NoticeChange   `json:"changes,omitempty"`
	Comment cairn.ID         `json:"comment,omitempty"`
	Excerpt string           `json:"excerpt,omitempty" doc:"The beginning of the comment, the title of the insight, the name of the imported file, or why a webhook was paused: failing or gone"`
	Reason  string           `json:"reason,omitempty"`
	Count   int              `json:"count,omitempty" doc:"How many ideas it speaks of"`
	Read    bool             `json:"read,omitempty"`
	Done    bool             `json:"done,omitempty"`
	Until   time.Time        `json:"until,omitzero" doc:"When it comes back"`
}

// NoticeChange is one attribute's change, in words.
type NoticeChange struct {
	Attr string `json:"attr"`
	Name string `json:"name" doc:"The field's name; where nothing is said of values, a sentence"`
	Old  string `json:"old,omitempty"`
	New  string `json:"new,omitempty"`
	// Long says that the texts are too long for a notice.
	Long bool `json:"long,omitempty" doc:"The values are too long for a notice"`
}

type inboxIn struct {
	Part app.InboxPart `query:"part" enum:"open,snoozed,done" default:"open"`
}

type inboxOut struct {
	Body struct {
		Notices []Notice  `json:"notices"`
		Unread  int       `json:"unread" doc:"Open ones that you have not read"`
		Snoozed int       `json:"snoozed"`
		Wakes   time.Time `json:"wakes,omitzero" doc:"When the next snoozed one comes back"`
	}
}

func (s *server) getInbox(ctx context.Context, in *inboxIn) (*inboxOut, error) {
	by := callerOf(ctx)
	box, err := s.app.Inbox(ctx, by, in.Part)
	if err != nil {
		return nil, err
	}
	out := &inboxOut{}
	out.Body.Notices = []Notice{}
	out.Body.Unread, out.Body.Snoozed, out.Body.Wakes = box.Unread, box.Snoozed, box.Wakes
	for i := range box.Notices {
		n, err := s.noticeOut(ctx, &box.Notices[i])
		if err != nil {
			return nil, err
		}
		out.Body.Notices = append(out.Body.Notices, n)
	}
	return out, nil
}

func (s *server) noticeOut(ctx context.Context, n *cairn.Notice) (Notice, error) {
	p, _ := s.app.Directory().Project(n.Project)
	out := Notice{
		ID: n.ID, Seq: n.Seq, At: n.At, Kind: n.Kind, Why: n.Why, Actor: n.Actor, Project: p.Key, Target: n.Target, On: n.On,
		Title: n.Title, Comment: n.Comment, Excerpt: n.Excerpt, Reason: n.Reason, Count: n.Count, Read: n.Read, Done: n.Done, Until: n.Until,
	}
	if n.On == cairn.KindIdea && n.Number != 0 {
		out.Key = cairn.IdeaKey(p.Key, n.Number)
	}
	words, err := s.app.ChangeWords(ctx, n)
	for _, c := range words {
		out.Changes = append(out.Changes, NoticeChange{c.Attr, c.Name, c.Old, c.New, c.Long})
	}
	return out, err
}

type unreadOut struct {
	Body struct {
		Unread int        `json:"unread"`
		Fresh  []cairn.ID `json:"fresh" doc:"The ideas, views, insights and projects that they are about"`
	}
}

func (s *server) getUnread(ctx context.Context, _ *none) (*unreadOut, error) {
	box, err := s.app.Inbox(ctx, callerOf(ctx), app.InboxOpen)
	if err != nil {
		return nil, err
	}
	out := &unreadOut{}
	out.Body.Unread, out.Body.Fresh = box.Unread, box.Fresh
	return out, nil
}

// NoticeMark is what becomes of one notice; what is left out stays.
type NoticeMark struct {
	ID    string     `json:"id"`
	Read  *bool      `json:"read,omitempty"`
	Done  *bool      `json:"done,omitempty"`
	Until *time.Time `json:"until,omitempty" doc:"Snoozes until then; a time in the past ends that"`
}

type marksIn struct {
	Body struct {
		Marks []NoticeMark `json:"marks"`
	}
}

type marksOut struct {
	Body struct {
		Marks []NoticeMark `json:"marks" doc:"What was changed, as it was before: send it to take it back"`
	}
}

func (s *server) markNotices(ctx context.Context, in *marksIn) (*marksOut, error) {
	var marks []app.NoticeMark
	for _, m := range in.Body.Marks {
		marks = append(marks, app.NoticeMark{Notice: m.ID, Read: m.Read, Done: m.Done, Until: m.Until})
	}
	before, err := s.app.MarkNotices(ctx, callerOf(ctx), marks)
	if err != nil {
		return nil, err
	}
	out := &marksOut{}
	out.Body.Marks = []NoticeMark{}
	for i := range before {
		n := &before[i]
		out.Body.Marks = append(out.Body.Marks, NoticeMark{n.ID, &n.Read, &n.Done, &n.Until})
	}
	return out, nil
}

// Hearing is how you hear of things.
type Hearing struct {
	NotOn     []cairn.WatchWhy `json:"notOn,omitempty" doc:"Watching does not begin by itself on these: create, comment, mention"`
	Email     cairn.EmailPace  `json:"email,omitempty" doc:"soon, daily, weekly; absent is never"`
	Zone      string           `json:"zone,omitempty" doc:"Time zone, such as Europe/Vienna; absent is UTC"`
	Hour      int              `json:"hour" doc:"When daily and weekly e-mails come"`
	Weekday   int              `json:"weekday" doc:"Day of the weekly e-mail, 0 is Sunday"`
	QuietFrom int              `json:"quietFrom" doc:"No e-mail from this minute of the day"`
	QuietTo   int              `json:"quietTo" doc:"To this one; equal is never quiet"`
}

type hearingOut struct {
	Body struct {
		Hearing
		Mail bool `json:"mail" doc:"Whether this server sends e-mail at all"`
	}
}

func (s *server) getHearing(ctx context.Context, _ *none) (*hearingOut, error) {
	h, err := s.app.HearingOf(ctx, callerOf(ctx))
	if err != nil {
		return nil, err
	}
	out := &hearingOut{}
	out.Body.Hearing = Hearing{h.NotOn, h.Email, h.Zone, h.Hour, int(h.Weekday), h.QuietFrom, h.QuietTo}
	out.Body.Mail = s.app.SendsMail()
	return out, nil
}

type putHearingIn struct{ Body Hearing }

func (s *server) putHearing(ctx context.Context, in *putHearingIn) (*none, error) {
	b := in.Body
	return nil, s.app.SetHearing(ctx, callerOf(ctx), cairn.Hearing{
		NotOn: b.NotOn, Email: b.Email, Zone: b.Zone, Hour: b.Hour, Weekday: time.Weekday(b.Weekday), QuietFrom: b.QuietFrom, QuietTo: b.QuietTo,
	})
}
