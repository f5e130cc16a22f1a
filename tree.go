package cairn

import "slices"

// TreeDirection says where children stand.
type TreeDirection string

// The directions.
const (
	TreeRight TreeDirection = "right" // children right of their parent
	TreeLeft  TreeDirection = "left"
	TreeDown  TreeDirection = "down"
	TreeUp    TreeDirection = "up"
)

// TreeLayout draws ideas under their parents.
type TreeLayout struct {
	// Direction is right unless it says otherwise.
	Direction TreeDirection `json:"direction,omitempty"`
	// Outline shows the indented list instead of the drawing.
	Outline bool `json:"outline,omitempty"`
	// Tray is hidden when true: the ideas that belong nowhere are not listed.
	NoTray bool `json:"noTray,omitempty"`
	// Links draws the links and connections between the cards in sight.
	Links bool `json:"links,omitempty"`
	// Rollups of the direct children that the cards show.
	Rollups []Rollup `json:"rollups,omitempty"`
}

// Validate checks the direction and the roll-ups.
func (l *TreeLayout) Validate() error {
	known := []TreeDirection{"", TreeRight, TreeLeft, TreeDown, TreeUp}
	if !slices.Contains(known, l.Direction) {
		return Invalid("layout.tree.direction", "The children of a tree stand right, left, down or up, not %q", l.Direction)
	}
	if len(l.Rollups) > 10 {
		return Invalid("layout.tree.rollups", "A card of a tree shows at most ten roll-ups of its children")
	}
	for _, r := range l.Rollups {
		if _, _, ok := ChildrenRef(r.Op, r.Field).OfChildren(); !ok {
			return Invalid("layout.tree.rollups", "Children are summed up by sum, average, min, max or filled, not %q", r.Op)
		}
	}
	return nil
}

// Refs are the summaries of children that the cards show.
func (l *TreeLayout) Refs() []Ref {
	refs := make([]Ref, len(l.Rollups))
	for i, r := range l.Rollups {
		refs[i] = ChildrenRef(r.Op, r.Field)
	}
	return refs
}
