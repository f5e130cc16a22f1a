package cairn

import "strings"

// Section gathers views in a project's sidebar, under a heading.
type Section struct {
	ID      ID     `json:"-"`
	Project ID     `json:"-"`
	Version int64  `json:"-"`
	Name    string `json:"name"`
	// Position orders the sections of one parent, ascending.
	Position float64 `json:"position"`
	// Parent is the section that this one lies in; 0 for the sidebar itself. A
	// section in a section holds none.
	Parent ID `json:"parent,omitempty"`
}

// Validate checks the section's own attributes.
func (s *Section) Validate() error {
	switch n := len([]rune(s.Name)); {
	case strings.TrimSpace(s.Name) == "":
		return Invalid("name", "A section needs a name")
	case n > 120:
		return Invalid("name", "The name of a section has at most 120 characters; this one has %d", n)
	}
	return nil
}

// Favorite is a view that a person keeps at hand. Nobody else sees it.
type Favorite struct {
	ID      ID `json:"-"`
	Project ID `json:"-"`
	View    ID `json:"-"`
	User    ID `json:"user"`
	// Position orders the person's favourites in a project, ascending.
	Position float64 `json:"position"`
}
