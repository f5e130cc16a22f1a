package cairn

import (
	"strings"
	"time"
	"unicode/utf8"
)

// SavedTemplate is a project's form that people saved for new projects. What it
// makes is its entity's long attribute, in JSON.
type SavedTemplate struct {
	ID          ID     `json:"-"`
	Version     int64  `json:"-"`
	Name        string `json:"name"`
	Description string `json:"description,omitempty"`
	// Access is what its projects begin with.
	Access Access `json:"access,omitempty"`
	// Views are the names of its views, in their order.
	Views     []string  `json:"views,omitempty"`
	CreatedBy ID        `json:"createdBy,omitempty"`
	CreatedAt time.Time `json:"createdAt"`
}

// Validate checks the name and the description.
func (t *SavedTemplate) Validate() error {
	switch n := utf8.RuneCountInString(t.Name); {
	case strings.TrimSpace(t.Name) == "":
		return Invalid("name", "A template needs a name")
	case n > 120:
		return Invalid("name", "The name of a template has at most 120 characters; this one has %d", n)
	}
	if n := utf8.RuneCountInString(t.Description); n > 500 {
		return Invalid("description", "The description of a template has at most 500 characters; this one has %d", n)
	}
	return nil
}
