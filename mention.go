package cairn

import (
	"encoding/json"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// A mention is a Markdown link to an id, so that it outlives renames and any
// reader of Markdown makes sense of it:
//
//	[@Ada Admin](cairn:person/12) and [INS-12](cairn:idea/34)
//
// Its text is the name as it was; who shows it shows the name of today. Inside
// code nothing is a mention.
const (
	personScheme = "cairn:person/"
	ideaScheme   = "cairn:idea/"
)

// The most that one text may mention.
const (
	MaxPeopleMentioned = 50
	MaxIdeasMentioned  = 200
)

// Mentioned are the people and ideas that a text names, each once, in the order
// in which they come.
type Mentioned struct {
	People, Ideas []ID
}

// mention is the link: its text and what it leads to.
var mention = regexp.MustCompile(`\[((?:[^\[\]\\\n]|\\.)*)\]\(cairn:(person|idea)/([1-9][0-9]{0,18})\)`)

// Mentions returns whom and what a Markdown text mentions.
func Mentions(text string) Mentioned {
	var out Mentioned
	if !strings.Contains(text, "](cairn:") {
		return out
	}
	people, ideas := make(map[ID]bool), make(map[ID]bool)
	for _, part := range proseOf(text) {
		for _, m := range mention.FindAllStringSubmatch(text[part.from:part.to], -1) {
			n, err := strconv.ParseInt(m[3], 10, 64)
			if err != nil {
				continue
			}
			list, seen := &out.Ideas, ideas
			if m[2] == "person" {
				list, seen = &out.People, people
			}
			if id := ID(n); !seen[id] {
				seen[id] = true
				*list = append(*list, id)
			}
		}
	}
	return out
}

// Without leaves out what another text mentions as well.
func (m Mentioned) Without(other Mentioned) Mentioned {
	return Mentioned{People: without(m.People, other.People), Ideas: without(m.Ideas, other.Ideas)}
}

func without(ids, others []ID) []ID {
	return slices.DeleteFunc(slices.Clone(ids), func(id ID) bool { return slices.Contains(others, id) })
}

// MentionedBy returns whom and what a recorded change mentions that was not
// mentioned before it: in a new comment or idea, or in new words of one.
func MentionedBy(c Change) Mentioned {
	info, ok := c.Kind.Info()
	if !ok || info.Long == "" || c.Kind == KindTemplate {
		return Mentioned{}
	}
	switch {
	case c.Created():
		s, err := ParseSnapshot(c.New)
		if err != nil {
			return Mentioned{}
		}
		return Mentions(s.Text)
	case c.Attr == info.Long:
		return Mentions(longText(c.New)).Without(Mentions(longText(c.Old)))
	}
	return Mentioned{}
}

func longText(raw json.RawMessage) string {
	var s string
	if IsNull(raw) || json.Unmarshal(raw, &s) != nil {
		return ""
	}
	return s
}

// CheckMentions refuses a text that mentions more than anybody reads; field
// names it.
func CheckMentions(field, text string) error {
	m := Mentions(text)
	switch {
	case len(m.People) > MaxPeopleMentioned:
		return Invalid(field, "The text mentions %d people; at most %d can be mentioned at once. To reach more, name the project or split the text", len(m.People), MaxPeopleMentioned)
	case len(m.Ideas) > MaxIdeasMentioned:
		return Invalid(field, "The text mentions %d ideas; at most %d can be mentioned at once", len(m.Ideas), MaxIdeasMentioned)
	}
	return nil
}

// PersonMention is the Markdown that mentions a person.
func PersonMention(id ID, name string) string {
	return "[@" + escapeLabel(name) + "](" + personScheme + id.String() + ")"
}

// IdeaMention is the Markdown that mentions an idea.
func IdeaMention(id ID, key string) string {
	return "[" + escapeLabel(key) + "](" + ideaScheme + id.String() + ")"
}

func escapeLabel(s string) string {
	return strings.NewReplacer(`\`, `\\`, `[`, `\[`, `]`, `\]`, "\n", " ").Replace(s)
}

// PlainMentions writes the mentions of a text as words, for readers that know no
// links: name returns the name of today of a person or the key of an idea, or ""
// to keep the text of the mention.
func PlainMentions(text string, name func(kind Kind, id ID) string) string {
	if !strings.Contains(text, "](cairn:") {
		return text
	}
	return inProse(text, func(part string) string {
		return mention.ReplaceAllStringFunc(part, func(link string) string {
			m := mention.FindStringSubmatch(link)
			n, _ := strconv.ParseInt(m[3], 10, 64) // digits, by the pattern
			kind, prefix := KindIdea, ""
			if m[2] == "person" {
				kind, prefix = KindUser, "@"
			}
			if now := name(kind, ID(n)); now != "" {
				return prefix + now
			}
			return unescapeLabel(m[1])
		})
	})
}

func unescapeLabel(s string) string {
	return strings.NewReplacer(`\\`, `\`, `\[`, `[`, `\]`, `]`).Replace(s)
}

// bareKey is an idea's key as people write it, INS-12 or #INS-12; what stands
// around it is looked at apart.
var bareKey = regexp.MustCompile(`#[A-Za-z][A-Za-z0-9]{1,9}-[1-9][0-9]{0,8}|[A-Z][A-Z0-9]{1,9}-[1-9][0-9]{0,8}`)

// skipped is where a key is part of something else: a link, an address, HTML.
var skipped = regexp.MustCompile(`\[(?:[^\[\]\\\n]|\\.)*\]\([^()\n]*\)|\[(?:[^\[\]\\\n]|\\.)*\]\[[^\]\n]*\]|<[^<>\n]*>|[a-zA-Z][a-zA-Z0-9+.-]*://[^\s<>]+|[^\s<>@]+@[^\s<>@]+`)

// LinkKeys turns the keys of ideas in a Markdown text (INS-12, #INS-12) into
// mentions. find returns the id of a key in capitals, 0 where it is no idea's;
// it is asked for each key once, and for no more than may be mentioned.
func LinkKeys(text string, find func(key string) ID) string {
	if !bareKey.MatchString(text) {
		return text
	}
	known := make(map[string]ID)
	ask := func(key string) ID {
		id, asked := known[key]
		if !asked && len(known) < MaxIdeasMentioned {
			id = find(key)
			known[key] = id
		}
		return id
	}
	return inProse(text, func(part string) string {
		var b strings.Builder
		at := 0
		for _, skip := range append(skipped.FindAllStringIndex(part, -1), []int{len(part), len(part)}) {
			linkKeys(&b, part[at:skip[0]], ask)
			b.WriteString(part[skip[0]:skip[1]])
			at = skip[1]
		}
		return b.String()
	})
}

func linkKeys(b *strings.Builder, s string, find func(string) ID) {
	at := 0
	for _, m := range bareKey.FindAllStringIndex(s, -1) {
		key := strings.ToUpper(strings.TrimPrefix(s[m[0]:m[1]], "#"))
		if m[0] > 0 && partOfWord(s[m[0]-1]) || m[1] < len(s) && partOfWord(s[m[1]]) {
			continue
		}
		if id := find(key); id != 0 {
			b.WriteString(s[at:m[0]])
			b.WriteString(IdeaMention(id, key))
			at = m[1]
		}
	}
	b.WriteString(s[at:])
}

// partOfWord reports whether a character beside a key makes it part of another
// word, such as a file's name or a path.
func partOfWord(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= 0x80 || strings.IndexByte(`_-/\#&=[`, c) >= 0
}
