package cairn

import "strings"

// TimelineLayout is how a timeline shows its result. Its groups are those of the
// query's first grouping, its swimlanes those of the second.
type TimelineLayout struct {
	// Start is the date or interval field that bars begin with.
	Start Ref `json:"start,omitempty"`
	// End is the date or interval field that bars end with; "" when an interval
	// of Start gives both.
	End Ref `json:"end,omitempty"`
	// Zoom is how much time is in sight at first: weeks, months, quarters (the
	// default) or years.
	Zoom string `json:"zoom,omitempty" enum:"weeks,months,quarters,years"`
	// Rows is packed (several bars in a line, the default) or each (a line per
	// idea).
	Rows string `json:"rows,omitempty" enum:"packed,each"`
	// HideLinks leaves out the arrows of dependencies.
	HideLinks bool `json:"hideLinks,omitempty"`
	// Markers are named days, such as releases.
	Markers []TimelineMarker `json:"markers,omitempty"`
	// Load sums a number over the periods.
	Load *TimelineLoad `json:"load,omitempty"`
}

// TimelineMarker is a named day across a timeline.
type TimelineMarker struct {
	Name string `json:"name"`
	// Date is the day as YYYY-MM-DD.
	Date  string `json:"date"`
	Color string `json:"color,omitempty"`
}

// TimelineLoad is the row that sums a number per period and holds it against a
// capacity. An idea's number is spread evenly over the days of its bar.
type TimelineLoad struct {
	// Field is the number that is summed.
	Field Ref `json:"field"`
	// Unit is the period: month, quarter (the default), half or year.
	Unit string `json:"unit,omitempty" enum:"month,quarter,half,year"`
	// Capacity of a period without its own; absent is none.
	Capacity *float64 `json:"capacity,omitempty"`
	// Periods have capacities of their own.
	Periods []TimelineCapacity `json:"periods,omitempty"`
}

// TimelineCapacity is the capacity of one period.
type TimelineCapacity struct {
	// From is the period's first day.
	From     string  `json:"from"`
	Capacity float64 `json:"capacity"`
}

// The bounds of a timeline's layout.
const (
	MaxTimelineMarkers = 500
	MaxTimelinePeriods = 500
)

// Validate checks the layout's own shape.
func (l *TimelineLayout) Validate() error {
	switch {
	case l.Zoom != "" && l.Zoom != "weeks" && l.Zoom != "months" && l.Zoom != "quarters" && l.Zoom != "years":
		return Invalid("layout.timeline.zoom", "The zoom is weeks, months, quarters or years, not %q", l.Zoom)
	case l.Rows != "" && l.Rows != "packed" && l.Rows != "each":
		return Invalid("layout.timeline.rows", "Rows are packed, or each idea has its own (each), not %q", l.Rows)
	case l.End != "" && l.Start == "":
		return Invalid("layout.timeline.end", "A timeline with a field for the end needs one for the start")
	case len(l.Markers) > MaxTimelineMarkers:
		return Invalid("layout.timeline.markers", "A timeline has at most %d markers", MaxTimelineMarkers)
	}
	for _, m := range l.Markers {
		if _, ok := ParseDay(m.Date); !ok {
			return Invalid("layout.timeline.markers", "%q is not a day: write it as 2027-03-31", m.Date)
		}
		if n := len([]rune(strings.TrimSpace(m.Name))); n == 0 || n > 120 {
			return Invalid("layout.timeline.markers", "A marker has a name of at most 120 characters")
		}
	}
	if l.Load == nil {
		return nil
	}
	return l.Load.validate()
}

func (l *TimelineLoad) validate() error {
	switch {
	case l.Field == "":
		return Invalid("layout.timeline.load", "The row of sums needs a field")
	case l.Unit != "" && Precision(l.Unit).Months() == 0:
		return Invalid("layout.timeline.load", "Sums are made per month, quarter, half or year, not %q", l.Unit)
	case len(l.Periods) > MaxTimelinePeriods:
		return Invalid("layout.timeline.load", "At most %d periods have a capacity of their own", MaxTimelinePeriods)
	case l.Capacity != nil && *l.Capacity < 0:
		return Invalid("layout.timeline.load", "A capacity is not negative")
	}
	for _, p := range l.Periods {
		if _, ok := ParseDay(p.From); !ok || p.Capacity < 0 {
			return Invalid("layout.timeline.load", "A period's capacity names its first day and is not negative")
		}
	}
	return nil
}

// Refs are the fields that the layout needs of each idea.
func (l *TimelineLayout) Refs() []Ref {
	var out []Ref
	for _, ref := range []Ref{l.Start, l.End} {
		if ref != "" {
			out = append(out, ref)
		}
	}
	if l.Load != nil {
		out = append(out, l.Load.Field)
	}
	return out
}
