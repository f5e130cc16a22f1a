package cairn

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// MaxTreeDepth is how many ideas may stand above each other, the topmost and
// the lowest included.
const MaxTreeDepth = 50

// IdeaType says what sort of thing an idea is: an opportunity, a solution, an
// experiment. Each project has its own.
type IdeaType struct {
	ID      ID     `json:"-"`
	Project ID     `json:"-"`
	Version int64  `json:"-"`
	Name    string `json:"name"`
	// Icon is one of IdeaTypeIcons.
	Icon string `json:"icon,omitempty"`
	// Color is one of Colors.
	Color string `json:"color"`
	// Template fills the empty description of a new idea; Markdown.
	Template string `json:"template,omitempty"`
	// Root ideas stand at the top of the tree and need no parent.
	Root bool `json:"root,omitempty"`
	// Position orders the project's types, ascending.
	Position float64 `json:"position"`
}

// IdeaTypeIcons are the icons that a type may have, by the names the web app
// knows.
func IdeaTypeIcons() []string {
	return []string{
		"target", "compass", "lightbulb", "flask", "clipboard", "flag", "bug", "star", "puzzle", "users",
		"message", "wrench", "rocket", "shield", "gauge", "layers",
	}
}

// Option is the type as a choice of the built-in field "type".
func (t *IdeaType) Option() Option { return Option{ID: t.ID, Name: t.Name, Color: t.Color} }

// Validate checks the type's own attributes.
func (t *IdeaType) Validate() error {
	name := strings.TrimSpace(t.Name)
	switch {
	case name == "":
		return Invalid("name", "A type of ideas needs a name")
	case utf8.RuneCountInString(name) > 60:
		return Invalid("name", "The name of a type has at most 60 characters; this one has %d", utf8.RuneCountInString(name))
	case strings.ContainsAny(name, "{}\n\r\t"):
		return Invalid("name", "The name of a type cannot hold braces, tabs or line breaks")
	case !slices.Contains(Colors(), t.Color):
		return Invalid("color", "The type %q has the unknown colour %q", name, t.Color)
	case t.Icon != "" && !slices.Contains(IdeaTypeIcons(), t.Icon):
		return Invalid("icon", "The type %q has the unknown icon %q", name, t.Icon)
	case !utf8.ValidString(t.Template) || len(t.Template) > 100_000:
		return Invalid("template", "The description template of %q is too long: at most 100,000 bytes fit", name)
	}
	return nil
}
