package cairn

import (
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// Comment is what a person says about an idea, a view or an insight: the
// beginning of a thread, or a reply in one.
type Comment struct {
	ID ID `json:"-"`
	// Parent is what it is about, On the kind of that.
	Parent  ID    `json:"-"`
	Project ID    `json:"-"`
	Version int64 `json:"-"`
	// Body is Markdown, in which people and ideas are mentioned (see Mentions).
	Body      string    `json:"-"`
	Author    ID        `json:"author,omitempty"`
	CreatedAt time.Time `json:"createdAt"`
	EditedAt  time.Time `json:"editedAt,omitzero"`
	// AuthorName names the author of an imported comment who has no account.
	AuthorName string `json:"authorName,omitempty"`
	On         Kind   `json:"on,omitempty"`
	// Thread is the comment that a reply answers; 0 begins a thread.
	Thread ID `json:"thread,omitempty"`
	// Wording is the sequence number of the change set that last gave it its words.
	Wording int64 `json:"wording,omitempty"`
	// ResolvedAt and ResolvedBy say that the thread which it begins is settled.
	ResolvedAt time.Time `json:"resolvedAt,omitzero"`
	ResolvedBy ID        `json:"resolvedBy,omitempty"`
	// Reactions are the people by the emoji they answered with, in their order.
	Reactions map[string][]ID `json:"reactions,omitempty"`
	// DeletedAt is set where only the place is left, since others have replied.
	DeletedAt time.Time `json:"deletedAt,omitzero"`
	// Source and SourceID say where an imported comment came from.
	Source   string `json:"source,omitempty"`
	SourceID string `json:"sourceId,omitempty"`
}

// Entity returns the comment's stored form.
func (c *Comment) Entity() (Entity, error) {
	stored := *c
	if stored.On == KindIdea {
		stored.On = "" // as comments have been stored since there were no others
	}
	attrs, err := AttrsOf(&stored)
	return Entity{
		ID: c.ID, Kind: KindComment, Project: c.Project, Parent: c.Parent, Version: c.Version,
		Attrs: attrs, Text: c.Body,
	}, err
}

// CommentOf reads a comment from its stored form.
func CommentOf(e Entity) (Comment, error) {
	c := Comment{ID: e.ID, Parent: e.Parent, Project: e.Project, Version: e.Version, Body: e.Text}
	err := e.Attrs.Decode(&c)
	if c.On == "" {
		c.On = KindIdea
	}
	return c, err
}

// CheckComment refuses an empty or overlong comment, and one that mentions too
// many.
func CheckComment(body string) error {
	switch {
	case strings.TrimSpace(body) == "":
		return Invalid("body", "A comment needs some text")
	case !utf8.ValidString(body):
		return Invalid("body", "The comment is not valid UTF-8")
	case len(body) > MaxLongText:
		return Invalid("body", "The comment has %d bytes; at most %d fit", len(body), MaxLongText)
	}
	return CheckMentions("body", body)
}

// MaxReactions is how many different emoji one comment takes.
const MaxReactions = 20

// CleanReaction checks that a reaction is one emoji; it refuses text, and more
// than one.
func CleanReaction(s string) (string, error) {
	s = strings.TrimSpace(s)
	first, _ := utf8.DecodeRuneInString(s)
	if s == "" || len(s) > 64 || !utf8.ValidString(s) || !emojiStart(first) {
		return "", Invalid("emoji", "A reaction is one emoji, such as 👍")
	}
	starts, joined, flags := 0, false, 0
	for _, r := range s {
		switch {
		case r == zeroWidthJoiner:
			joined = true
			continue
		case r >= 0x1F1E6 && r <= 0x1F1FF: // two letters make a flag
			if flags++; flags%2 == 1 {
				starts++
			}
		case emojiModifier(r):
		case !emojiStart(r):
			return "", Invalid("emoji", "A reaction is one emoji, such as 👍")
		case !joined:
			starts++
		}
		joined = false
	}
	if starts != 1 || joined || flags == 1 {
		return "", Invalid("emoji", "A reaction is one emoji, such as 👍")
	}
	return s, nil
}

const zeroWidthJoiner = 0x200D

// emojiStart reports whether an emoji may begin with the character.
func emojiStart(r rune) bool {
	return r >= 0x1F000 && r <= 0x1FAFF || r >= 0x2190 && r <= 0x2BFF && unicode.IsSymbol(r) || r == 0x3030 || r == 0x303D
}

// emojiModifier reports whether the character only changes the one before it:
// how it is drawn, its tone of skin, its place in a flag.
func emojiModifier(r rune) bool {
	return r == 0xFE0F || r == 0x20E3 || r >= 0x1F3FB && r <= 0x1F3FF || r >= 0xE0020 && r <= 0xE007F
}

// React adds a person's reaction, or takes it back. It reports whether that
// changed anything, and refuses more than MaxReactions different ones.
func (c *Comment) React(emoji string, person ID) (changed bool, err error) {
	people := c.Reactions[emoji]
	if slices.Contains(people, person) {
		return false, nil
	}
	if people == nil && len(c.Reactions) >= MaxReactions {
		return false, Invalid("emoji", "This comment has %d different reactions already, the most there can be; take one of those", MaxReactions)
	}
	next := make(map[string][]ID, len(c.Reactions)+1)
	for e, list := range c.Reactions {
		next[e] = list
	}
	next[emoji] = append(slices.Clone(people), person)
	c.Reactions = next
	return true, nil
}

// Unreact takes a person's reaction back and reports whether there was one.
func (c *Comment) Unreact(emoji string, person ID) (changed bool) {
	people := c.Reactions[emoji]
	if !slices.Contains(people, person) {
		return false
	}
	next := make(map[string][]ID, len(c.Reactions))
	for e, list := range c.Reactions {
		if e == emoji {
			list = slices.DeleteFunc(slices.Clone(list), func(id ID) bool { return id == person })
		}
		if len(list) > 0 {
			next[e] = list
		}
	}
	c.Reactions = next
	return true
}
