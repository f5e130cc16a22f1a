package cairn

import "time"

// LinkType is what a link says.
type LinkType string

// The types of links.
const (
	LinkRelates     LinkType = "relates"
	LinkDuplicates  LinkType = "duplicates"
	LinkAddresses   LinkType = "addresses"
	LinkTests       LinkType = "tests"
	LinkFinishStart LinkType = "finish_start" // To starts after the source has finished
	LinkStartStart  LinkType = "start_start"  // To starts when the source has started
)

// LinkTypeInfo is what is known of a type of links. The words stand between
// two ideas: "INS-3 addresses INS-7", "INS-7 is addressed by INS-3".
type LinkTypeInfo struct {
	Type LinkType `json:"type"`
	// Outward reads from the source to the target, Inward the other way.
	Outward string `json:"outward"`
	Inward  string `json:"inward"`
	// Dependency links order the ideas in time: they may have a lag, and must not
	// go round in a circle.
	Dependency bool `json:"dependency,omitempty"`
	// Symmetric links say the same both ways, so one of a pair is enough.
	Symmetric bool `json:"symmetric,omitempty"`
}

// linkTypes is the one table of types, in the order a menu shows them.
var linkTypes = [...]LinkTypeInfo{
	{Type: LinkRelates, Outward: "relates to", Inward: "relates to", Symmetric: true},
	{Type: LinkFinishStart, Outward: "finishes before", Inward: "starts after", Dependency: true},
	{Type: LinkStartStart, Outward: "starts before", Inward: "starts once started", Dependency: true},
	{Type: LinkAddresses, Outward: "addresses", Inward: "is addressed by"},
	{Type: LinkTests, Outward: "tests", Inward: "is tested by"},
	{Type: LinkDuplicates, Outward: "duplicates", Inward: "is duplicated by"},
}

// LinkTypes returns the table of types.
func LinkTypes() []LinkTypeInfo { return append([]LinkTypeInfo(nil), linkTypes[:]...) }

// Info returns what is known of a type; ok is false for an unknown one.
func (t LinkType) Info() (info LinkTypeInfo, ok bool) {
	for i := range linkTypes {
		if linkTypes[i].Type == t {
			return linkTypes[i], true
		}
	}
	return LinkTypeInfo{}, false
}

// Link connects two ideas. It belongs to the source's project and hangs on the
// source; the target may be of another project.
type Link struct {
	ID      ID    `json:"-"`
	Project ID    `json:"-"`
	Version int64 `json:"-"`
	// From is the source.
	From ID       `json:"-"`
	To   ID       `json:"to"`
	Type LinkType `json:"type"`
	// Lag is how many days a dependency leaves between the two; negative ones
	// overlap.
	Lag       int       `json:"lag,omitempty"`
	CreatedAt time.Time `json:"createdAt"`
	CreatedBy ID        `json:"createdBy,omitempty"`
	// Via are the links of merged ideas that this one stands for; empty for one
	// that somebody made.
	Via []ID `json:"via,omitempty"`
}

// MaxLag is the largest lag of a dependency in days, either way.
const MaxLag = 3650

// MaxLinks is how many links one idea may be the source of.
const MaxLinks = 500

// Validate checks what a link says by itself.
func (l *Link) Validate() error {
	info, ok := l.Type.Info()
	switch {
	case !ok:
		return Invalid("type", "%q is not a type of link", l.Type)
	case l.From == l.To:
		return Invalid("to", "An idea cannot be linked to itself")
	case l.Lag != 0 && !info.Dependency:
		return Invalid("lag", "Only a dependency has a lag; %q is none", l.Type)
	case l.Lag < -MaxLag || l.Lag > MaxLag:
		return Invalid("lag", "The lag is at most %d days either way", MaxLag)
	}
	return nil
}

// Dependency reports whether the link orders its ideas in time.
func (l *Link) Dependency() bool {
	info, _ := l.Type.Info()
	return info.Dependency
}

// Entity returns the link's stored form.
func (l *Link) Entity() (Entity, error) {
	attrs, err := AttrsOf(l)
	return Entity{
		ID: l.ID, Kind: KindLink, Project: l.Project, Parent: l.From, Version: l.Version, Attrs: attrs,
	}, err
}

// LinkOf reads a link from its stored form.
func LinkOf(e Entity) (Link, error) {
	l := Link{ID: e.ID, Project: e.Project, Version: e.Version, From: e.Parent}
	err := e.Attrs.Decode(&l)
	return l, err
}

// LinkKey is the key of a link, so that two ideas are linked once by a type.
func LinkKey(from, to ID, t LinkType) Key {
	return Key{"link:" + from.String(), to.String() + ":" + string(t)}
}

// Link returns the whole link that a change made or removed; ok is false for
// every other change.
func (c Change) Link() (l Link, ok bool) {
	raw := c.New
	if c.Deleted() {
		raw = c.Old
	}
	if c.Kind != KindLink || c.Attr != "" {
		return Link{}, false
	}
	s, err := ParseSnapshot(raw)
	if err != nil {
		return Link{}, false
	}
	l, err = LinkOf(Entity{ID: c.ID, Kind: KindLink, Parent: s.Parent, Attrs: s.Attrs})
	return l, err == nil
}
