package cairn

import (
	"regexp"
	"strings"
)

// Workspace is the one installation: its name and defaults.
type Workspace struct {
	ID      ID     `json:"-"`
	Version int64  `json:"-"`
	Name    string `json:"name"`
}

// Access says what every member of the workspace may do in a project.
type Access string

// The access levels. A person's role in a project is the larger of what the
// access level gives and what they were given themselves.
const (
	AccessOpen    Access = "open"    // everybody is an editor
	AccessLimited Access = "limited" // everybody is a contributor
	AccessPrivate Access = "private" // only those who were added
)

// Project is one product's backlog.
type Project struct {
	ID          ID     `json:"-"`
	Version     int64  `json:"-"`
	Name        string `json:"name"`
	Key         string `json:"key"`
	Description string `json:"description,omitempty"`
	// Icon is an emoji or the name of an icon.
	Icon     string `json:"icon,omitempty"`
	Template string `json:"template,omitempty"`
	Access   Access `json:"access"`
	Archived bool   `json:"archived,omitempty"`
	// DefaultView opens first.
	DefaultView ID `json:"defaultView,omitempty"`
	// Samples are the ideas that came with the template, to be removed together.
	Samples []ID `json:"samples,omitempty"`
	// Guide says that it shows how its template is meant, until people put that
	// away, each for themselves.
	Guide bool `json:"guide,omitempty"`
	// Reasons say about which changes of ideas people are asked why.
	Reasons []ReasonRule `json:"reasons,omitempty" doc:"About which changes of ideas people are asked why"`
	// Demo marks the sample product.
	Demo bool `json:"demo,omitempty"`
	// Hygiene is how the project looks at what rots; nil follows from its fields.
	Hygiene *Hygiene `json:"hygiene,omitempty"`
}

var projectKey = regexp.MustCompile(`^[A-Z][A-Z0-9]{1,9}$`)

// Validate checks the project's own attributes.
func (p *Project) Validate() error {
	switch {
	case strings.TrimSpace(p.Name) == "":
		return Invalid("name", "A project needs a name")
	case len([]rune(p.Name)) > 120:
		return Invalid("name", "The name of a project has at most 120 characters")
	case !projectKey.MatchString(p.Key):
		return Invalid("key", "The key %q of a project is 2 to 10 capital letters and digits, a letter first, such as INS", p.Key)
	case len(p.Description) > 10_000:
		return Invalid("description", "The description of a project has at most 10,000 characters")
	case len([]rune(p.Icon)) > 32:
		return Invalid("icon", "The icon is one emoji or the name of an icon")
	}
	switch p.Access {
	case AccessOpen, AccessLimited, AccessPrivate:
		return nil
	}
	return Invalid("access", "The access of a project is open, limited or private, not %q", p.Access)
}

// Role is what a person may do in one project. Larger includes smaller.
type Role int

// The roles in a project.
const (
	RoleNone Role = iota
	RoleViewer
	RoleContributor
	RoleEditor
	RoleAdmin
)

var roleNames = [...]string{"none", "viewer", "contributor", "editor", "admin"}

// String returns the role's name on the wire.
func (r Role) String() string {
	if r < 0 || int(r) >= len(roleNames) {
		return "none"
	}
	return roleNames[r]
}

// MarshalText writes the role's name.
func (r Role) MarshalText() ([]byte, error) { return []byte(r.String()), nil }

// UnmarshalText reads the role's name.
func (r *Role) UnmarshalText(text []byte) error {
	for i, n := range roleNames {
		if n == string(text) {
			*r = Role(i)
			return nil
		}
	}
	return Invalid("role", "The role in a project is viewer, contributor, editor or admin, not %q", text)
}

// Member gives one person a role in one project.
type Member struct {
	ID      ID   `json:"-"`
	Project ID   `json:"-"`
	User    ID   `json:"user"`
	Role    Role `json:"role"`
}
