package cairn

import (
	"encoding/json"
	"strings"
)

// ViewKind is how a view shows its result.
type ViewKind string

// The kinds of views.
const (
	ViewList     ViewKind = "list"     // rows and columns, as in a spreadsheet
	ViewBoard    ViewKind = "board"    // cards in columns and swimlanes
	ViewMatrix   ViewKind = "matrix"   // bubbles placed by two numbers, in four quadrants
	ViewTree     ViewKind = "tree"     // ideas under their parents
	ViewTimeline ViewKind = "timeline" // bars along a time axis
)

// ViewKinds is the table of kinds, in the order a menu shows them.
func ViewKinds() []ViewKind {
	return []ViewKind{
		ViewList,
		ViewBoard,
		ViewMatrix,
		ViewTimeline,
		ViewTree,
	}
}

// View is a saved way to look at a project's ideas.
type View struct {
	ID          ID       `json:"-"`
	Project     ID       `json:"-"`
	Version     int64    `json:"-"`
	Name        string   `json:"name"`
	Kind        ViewKind `json:"kind"`
	Icon        string   `json:"icon,omitempty"`
	Description string   `json:"description,omitempty"`
	// Position orders the views of one section in the sidebar, ascending.
	Position float64 `json:"position"`
	// Section holds the view in the sidebar; 0 for none.
	Section ID `json:"section,omitempty"`
	// Locked views are changed by project admins only.
	Locked bool `json:"locked,omitempty"`
	// Autosave saves for everybody what those who may change views change;
	// without it, it stays theirs until they save it.
	Autosave bool `json:"autosave,omitempty"`
	// Query is what to show; the rest of the definition is how.
	Query Query `json:"query"`
	// Columns are the fields shown, in order.
	Columns []Column `json:"columns,omitempty"`
	// Colors are rules; the first that holds colours the row.
	Colors []ColorRule `json:"colors,omitempty"`
	// ColorBy colours what no rule does, and says how colours are drawn.
	ColorBy ColorBy `json:"colorBy,omitzero"`
	// RowHeight is compact (32 px) or regular (40 px).
	RowHeight string `json:"rowHeight,omitempty"`
	// Layout holds what only one kind of view needs.
	Layout Layout `json:"layout,omitzero"`
}

// Layout is how each kind of view arranges the result. A part stays when the
// kind is switched, so that switching back finds it.
type Layout struct {
	Board    *BoardLayout    `json:"board,omitempty"`
	Matrix   *MatrixLayout   `json:"matrix,omitempty"`
	Timeline *TimelineLayout `json:"timeline,omitempty"`
	Tree     *TreeLayout     `json:"tree,omitempty"`
}

// Validate checks the parts; fields are checked by the engine.
func (l *Layout) Validate() error {
	if l.Board != nil {
		if err := l.Board.Validate(); err != nil {
			return err
		}
	}
	if l.Matrix != nil {
		if err := l.Matrix.Validate(); err != nil {
			return err
		}
	}
	if l.Timeline != nil {
		if err := l.Timeline.Validate(); err != nil {
			return err
		}
	}
	if l.Tree != nil {
		if err := l.Tree.Validate(); err != nil {
			return err
		}
	}
	return nil
}

// Refs are the fields that the parts name.
func (l *Layout) Refs() []Ref {
	var refs []Ref
	if l.Board != nil {
		refs = append(refs, l.Board.Refs()...)
	}
	if l.Matrix != nil {
		refs = append(refs, l.Matrix.Refs()...)
	}
	if l.Timeline != nil {
		refs = append(refs, l.Timeline.Refs()...)
	}
	if l.Tree != nil {
		refs = append(refs, l.Tree.Refs()...)
	}
	return refs
}

// Column is one shown field and its width in pixels (0: by type).
type Column struct {
	Field Ref `json:"field"`
	Width int `json:"width,omitempty"`
}

// ColorRule colours ideas for which When holds: the whole row, or the cell of
// Field when it is set.
type ColorRule struct {
	When  Filter `json:"when"`
	Color string `json:"color"`
	Field Ref    `json:"field,omitempty"`
	// Icon is set by formats of fields only.
	Icon string `json:"-"`
}

// ColorStyle is how the colour of an idea is drawn.
type ColorStyle string

// The styles.
const (
	ColorBackground ColorStyle = "background" // the whole row or card is tinted; the default
	ColorHighlight  ColorStyle = "highlight"  // a band at its edge
)

// ColorBy colours ideas by the value of a field, where no colour rule does.
type ColorBy struct {
	// Field is "" for colours by rules only.
	Field Ref `json:"field,omitempty"`
	// Style holds for colours by rules as well; "" is background.
	Style ColorStyle `json:"style,omitempty"`
}

// Query says which ideas, in what order and groups, with which roll-ups.
type Query struct {
	Filter Filter `json:"filter,omitzero"`
	// Where is a condition in the expression language, in addition to Filter.
	Where string `json:"where,omitempty"`
	// Search keeps ideas whose text matches.
	Search string `json:"search,omitempty"`
	// Archived is "" for live ideas only, "only", or "all".
	Archived string `json:"archived,omitempty"`
	// Sort keys, first the strongest; empty means the manual rank.
	Sort []SortKey `json:"sort,omitempty"`
	// Rank is which order by hand decides where the keys do not: "" is the
	// project's, else that of a view (RankRef), with the project's behind it.
	Rank Ref `json:"rank,omitempty"`
	// Group holds none, one or two groupings.
	Group []GroupBy `json:"group,omitempty"`
	// Tree arranges the ideas under their parents, each before its children, and
	// shows the ideas above those that are found. Groups are left aside.
	Tree bool `json:"tree,omitempty"`
	// Rollups to compute in total and per group.
	Rollups []Rollup `json:"rollups,omitempty"`
}

// SortKey orders by one field. Ideas without a value come last either way.
type SortKey struct {
	Field Ref  `json:"field"`
	Desc  bool `json:"desc,omitempty"`
}

// GroupBy makes one group per value of a field, in the order of the field's
// options or values, the group of ideas without a value last. An idea with
// several values stands in each of its groups.
type GroupBy struct {
	Field Ref  `json:"field"`
	Desc  bool `json:"desc,omitempty"`
	// ShowEmpty also shows groups without ideas (options, people, ratings).
	ShowEmpty bool `json:"showEmpty,omitempty"`
	// Unit of dates and intervals: day, week, month, quarter, half, year.
	Unit string `json:"unit,omitempty"`
	// Order lists values that come first, in that order, whichever way the
	// others run; null is the group of ideas without a value.
	Order []json.RawMessage `json:"order,omitempty"`
	// Hidden lists values whose groups are left out with their ideas.
	Hidden []json.RawMessage `json:"hidden,omitempty"`
}

// MaxGroupKeys bounds how many values an order of groups names.
const MaxGroupKeys = 1000

// RollupOp summarises a field over a set of ideas.
type RollupOp string

// The roll-ups.
const (
	RollupCount   RollupOp = "count"
	RollupFilled  RollupOp = "filled"
	RollupEmpty   RollupOp = "empty"
	RollupSum     RollupOp = "sum"
	RollupAverage RollupOp = "average"
	RollupMedian  RollupOp = "median"
	RollupMin     RollupOp = "min"
	RollupMax     RollupOp = "max"
	RollupRange   RollupOp = "range"
)

// Rollup is one summary of one field.
type Rollup struct {
	Field Ref      `json:"field"`
	Op    RollupOp `json:"op"`
}

// Validate checks a view's own definition; fields are checked by the engine.
func (v *View) Validate() error {
	known := false
	for _, k := range ViewKinds() {
		known = known || k == v.Kind
	}
	switch {
	case strings.TrimSpace(v.Name) == "":
		return Invalid("name", "A view needs a name")
	case len([]rune(v.Name)) > 120:
		return Invalid("name", "The name of a view has at most 120 characters")
	case !known:
		return Invalid("kind", "%q is not a kind of view", v.Kind)
	case len(v.Description) > 10_000:
		return Invalid("description", "The description of a view has at most 10,000 bytes; this one has %d", len(v.Description))
	case len([]rune(v.Icon)) > 32:
		return Invalid("icon", "The icon is one emoji or the name of an icon")
	case len(v.Columns) > 200:
		return Invalid("columns", "A view shows at most 200 fields")
	case len(v.Colors) > 50:
		return Invalid("colors", "A view has at most 50 colour rules")
	case v.ColorBy.Style != "" && v.ColorBy.Style != ColorBackground && v.ColorBy.Style != ColorHighlight:
		return Invalid("colorBy", "Colours are drawn as background or highlight, not %q", v.ColorBy.Style)
	case v.RowHeight != "" && v.RowHeight != "compact" && v.RowHeight != "regular":
		return Invalid("rowHeight", "The row height is compact or regular, not %q", v.RowHeight)
	}
	for _, c := range v.Colors {
		if err := c.When.Validate(); err != nil {
			return err
		}
	}
	if err := v.Layout.Validate(); err != nil {
		return err
	}
	return v.Query.Validate()
}

// MaxRollups is how many roll-ups a query may ask for.
const MaxRollups = 100

// Validate checks the query's shape.
func (q *Query) Validate() error {
	switch {
	case len(q.Group) > 2:
		return Invalid("group", "A view has at most two groupings; this one has %d", len(q.Group))
	case len(q.Group) == 2 && q.Group[0].Field == q.Group[1].Field:
		return Invalid("group", "The two groupings must be of different fields")
	case len(q.Sort) > 10:
		return Invalid("sort", "A view sorts by at most ten fields")
	case len(q.Rollups) > MaxRollups:
		return Invalid("rollups", "A view has at most %d roll-ups", MaxRollups)
	case q.Archived != "" && q.Archived != "only" && q.Archived != "all":
		return Invalid("archived", `archived is empty, "only" or "all", not %q`, q.Archived)
	case len(q.Where) > 10_000:
		return Invalid("where", "The condition has more than 10,000 characters")
	}
	if _, own := q.Rank.RankView(); q.Rank != "" && !own {
		return Invalid("rank", "The order by hand is that of the project (empty) or of a view (r and its id), not %q", q.Rank)
	}
	for _, g := range q.Group {
		if len(g.Order) > MaxGroupKeys || len(g.Hidden) > MaxGroupKeys {
			return Invalid("group", "A grouping names at most 1,000 values in its order, and as many hidden ones")
		}
	}
	return q.Filter.Validate()
}
