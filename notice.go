package cairn

import (
	"time"
)

// NoticeKind says what a notice is about.
type NoticeKind string

// The kinds of notices.
const (
	NoticeCreated   NoticeKind = "created"
	NoticeChanged   NoticeKind = "changed"
	NoticeDeleted   NoticeKind = "deleted"
	NoticeComment   NoticeKind = "comment"
	NoticeMention   NoticeKind = "mention"
	NoticeInsight   NoticeKind = "insight"  // an insight became evidence of an idea
	NoticeEvidence  NoticeKind = "evidence" // an insight of an idea was edited
	NoticeMany      NoticeKind = "many"     // one change of many ideas
	NoticeImported  NoticeKind = "imported" // an import of ideas was finished
	NoticeVoices    NoticeKind = "voices"   // an import of insights was finished
	NoticeHookEnded NoticeKind = "hook"     // a webhook was turned off
)

// Notice tells one person of one thing that happened to one target.
type Notice struct {
	// ID names it among those of the person.
	ID   string     `json:"-"`
	Seq  int64      `json:"seq"`
	At   time.Time  `json:"at"`
	Kind NoticeKind `json:"kind"`
	Why  WatchWhy   `json:"why"`
	// Actor did it; 0 is Cairn itself.
	Actor   ID `json:"actor,omitempty"`
	Project ID `json:"project"`
	// Target is the idea, view or project, and On its kind.
	Target ID   `json:"target"`
	On     Kind `json:"on"`
	// Title is what the target was called then.
	Title  string `json:"title"`
	Number int64  `json:"number,omitempty"`
	// Changes went from old to new; long values are left out of them.
	Changes []Change `json:"changes,omitempty"`
	// Comment and Excerpt are what was said; of an insight its title.
	Comment ID     `json:"comment,omitempty"`
	Excerpt string `json:"excerpt,omitempty"`
	// Reason is the change's line of why.
	Reason string `json:"reason,omitempty"`
	// Group is that of the change set, by which a reason that is said later is
	// found.
	Group string `json:"group,omitempty"`
	// Count is how many ideas, or imported insights, one notice speaks of.
	Count int `json:"count,omitempty"`

	Read bool `json:"read,omitempty"`
	Done bool `json:"done,omitempty"`
	// Until is when a snoozed notice comes back.
	Until time.Time `json:"until,omitzero"`
}

// Open reports whether the notice waits in the inbox at that time.
func (n *Notice) Open(now time.Time) bool { return !n.Done && !n.Until.After(now) }

// MaxNoticeValue is how many bytes of a value a notice repeats.
const MaxNoticeValue = 500

// Short returns a change with values that fit a notice: what is longer is left
// out on both sides.
func (c Change) Short() Change {
	if len(c.Old) > MaxNoticeValue || len(c.New) > MaxNoticeValue {
		c.Old, c.New = nil, nil
	}
	return c
}
