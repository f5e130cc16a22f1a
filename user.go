package cairn

import (
	"net/mail"
	"strings"
	"time"
	"unicode/utf8"
)

// User is a person with an account, or a person known from an import only.
type User struct {
	ID      ID     `json:"-"`
	Version int64  `json:"-"`
	Name    string `json:"name"`
	Email   string `json:"email,omitempty"`
	// Admin: administers the workspace.
	Admin bool `json:"admin,omitempty"`
	// Disabled people cannot sign in; their work stays.
	Disabled bool `json:"disabled,omitempty"`
	// Placeholder people come from imports and have no account yet.
	Placeholder bool      `json:"placeholder,omitempty"`
	CreatedAt   time.Time `json:"createdAt"`
}

// CleanEmail trims and lower-cases an e-mail address; it refuses what is none.
func CleanEmail(s string) (string, error) {
	s = strings.ToLower(strings.TrimSpace(s))
	a, err := mail.ParseAddress(s)
	if err != nil || a.Address != s || len(s) > 254 {
		return "", Invalid("email", "%q is not an e-mail address", s)
	}
	return s, nil
}

// CleanName trims a person's name; it refuses an empty or overlong one.
func CleanName(s string) (string, error) {
	s = strings.Join(strings.Fields(s), " ")
	if s == "" {
		return "", Invalid("name", "Enter a name")
	}
	if n := utf8.RuneCountInString(s); n > 120 {
		return "", Invalid("name", "A name has at most 120 characters; this one has %d", n)
	}
	return s, nil
}

// CheckPassword enforces length only: 10 to 200 characters.
func CheckPassword(s string) error {
	switch n := utf8.RuneCountInString(s); {
	case n < 10:
		return Invalid("password", "A password has at least 10 characters; this one has %d", n)
	case n > 200:
		return Invalid("password", "A password has at most 200 characters")
	}
	return nil
}

// Invitation lets somebody make an account through a link, once, until it
// expires. The link's secret is stored as a hash only.
type Invitation struct {
	ID        ID        `json:"-"`
	Version   int64     `json:"-"`
	Email     string    `json:"email,omitempty"`
	Admin     bool      `json:"admin,omitempty"`
	Project   ID        `json:"project,omitempty"`
	Role      Role      `json:"role,omitempty"`
	CreatedBy ID        `json:"createdBy,omitempty"`
	CreatedAt time.Time `json:"createdAt"`
	ExpiresAt time.Time `json:"expiresAt"`
	// UsedBy is the person who accepted.
	UsedBy ID `json:"usedBy,omitempty"`
}

// Token is a personal API token. Only its hash is stored, beside the log.
type Token struct {
	ID        ID        `json:"-"`
	Version   int64     `json:"-"`
	User      ID        `json:"user"`
	Name      string    `json:"name"`
	Prefix    string    `json:"prefix"`
	Scope     Scope     `json:"scope"`
	CreatedAt time.Time `json:"createdAt"`
	ExpiresAt time.Time `json:"expiresAt,omitzero"`
}

// Scope bounds what a token may do.
type Scope string

// The scopes.
const (
	ScopeRead  Scope = "read"
	ScopeWrite Scope = "write"
)
