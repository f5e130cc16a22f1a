package demo

import "cairn"

// Timeline is the layout of a timeline, by the fields' names.
type Timeline struct {
	Start, Load string
	// Capacity per quarter.
	Capacity float64
	// Releases are markers so many days from today.
	Releases []Release
}

// Release is a marker.
type Release struct {
	Name, Color string
	Days        int
}

func (t *Timeline) build(n *Names, today cairn.Day) *cairn.TimelineLayout {
	out := &cairn.TimelineLayout{
		Start: n.ref(t.Start), Load: &cairn.TimelineLoad{Field: n.ref(t.Load), Capacity: &t.Capacity},
	}
	for _, r := range t.Releases {
		out.Markers = append(out.Markers, cairn.TimelineMarker{Name: r.Name, Color: r.Color, Date: (today + cairn.Day(r.Days)).String()})
	}
	return out
}

// plan is the view that shows what each area aims to have when.
func plan() View {
	return View{
		Name: "Plan", Section: "Roadmap", Icon: "map", Description: "When each area aims to have what, what waits for what, and whether there are enough days.",
		Columns: []string{"Target", "Roadmap", "Status", "Effort", "Owner"},
		Filter:  noneOf("Roadmap", "Won't do"), Group: []Group{{Field: "Area"}},
		Colors: []Color{
			{When: anyOf("Roadmap", "Done"), Color: "gray"}, {When: anyOf("Roadmap", "Now"), Color: "green"},
			{When: anyOf("Roadmap", "Next"), Color: "blue"}, {When: anyOf("Roadmap", "Later"), Color: "purple"},
		},
		Timeline: &Timeline{
			Start: "Target", Load: "Effort", Capacity: 320,
			Releases: []Release{{"Winter release", "teal", 45}, {"Spring release", "orange", 135}},
		},
	}
}
