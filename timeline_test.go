package cairn_test

import (
	"slices"
	"strings"
	"testing"

	"cairn"
)

// TLN-1, TLN-2: what a timeline's layout may hold.
func TestTimelineLayout(t *testing.T) {
	negative := -1.0
	good := cairn.TimelineLayout{
		Start: "f1", End: "f2", Zoom: "months", Rows: "each", Markers: []cairn.TimelineMarker{{Name: "1.0", Date: "2027-03-31", Color: "red"}},
		Load: &cairn.TimelineLoad{Field: "f3", Unit: "quarter", Periods: []cairn.TimelineCapacity{{From: "2027-01-01", Capacity: 12}}},
	}
	if err := good.Validate(); err != nil {
		t.Fatal(err)
	}
	if got := good.Refs(); !slices.Equal(got, []cairn.Ref{"f1", "f2", "f3"}) {
		t.Errorf("it needs %v", got)
	}
	for name, spoil := range map[string]func(*cairn.TimelineLayout){
		"zoom":              func(l *cairn.TimelineLayout) { l.Zoom = "decades" },
		"rows":              func(l *cairn.TimelineLayout) { l.Rows = "none" },
		"end without start": func(l *cairn.TimelineLayout) { l.Start = "" },
		"no day":            func(l *cairn.TimelineLayout) { l.Markers[0].Date = "31 March" },
		"no name":           func(l *cairn.TimelineLayout) { l.Markers[0].Name = " " },
		"long name":         func(l *cairn.TimelineLayout) { l.Markers[0].Name = strings.Repeat("é", 121) },
		"too many markers": func(l *cairn.TimelineLayout) {
			l.Markers = slices.Repeat(l.Markers, cairn.MaxTimelineMarkers+1)
		},
		"sum of nothing":   func(l *cairn.TimelineLayout) { l.Load.Field = "" },
		"sum per day":      func(l *cairn.TimelineLayout) { l.Load.Unit = "day" },
		"negative":         func(l *cairn.TimelineLayout) { l.Load.Capacity = &negative },
		"period of no day": func(l *cairn.TimelineLayout) { l.Load.Periods[0].From = "Q1" },
		"negative period":  func(l *cairn.TimelineLayout) { l.Load.Periods[0].Capacity = -1 },
		"too many periods": func(l *cairn.TimelineLayout) {
			l.Load.Periods = slices.Repeat(l.Load.Periods, cairn.MaxTimelinePeriods+1)
		},
	} {
		bad := good
		bad.Markers = slices.Clone(good.Markers)
		load := *good.Load
		load.Periods = slices.Clone(load.Periods)
		bad.Load = &load
		spoil(&bad)
		if err := bad.Validate(); cairn.CodeOf(err) != cairn.CodeInvalid {
			t.Errorf("%s: %v; want it refused", name, err)
		}
	}
}
