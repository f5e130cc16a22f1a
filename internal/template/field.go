package template

import "cairn"

// The fields that several templates share. Slots with the same name are the same
// field.

func roadmapField() Field {
	f := cairn.Field{Name: "Roadmap", Type: cairn.TypeSelect, Pinned: true, Description: "When we intend to work on it", Options: []cairn.Option{
		{Name: "Now", Color: "green", Weight: weight(3)}, {Name: "Next", Color: "blue", Weight: weight(2)},
		{Name: "Later", Color: "purple", Weight: weight(1)}, {Name: "Won't do", Color: "gray", Weight: weight(0)},
	}}
	return Field{Slot: "roadmap", Field: f}
}

func statusField() Field {
	return Field{Slot: "status", Field: cairn.Field{Name: "Status", Type: cairn.TypeSelect, Pinned: true, Description: "How far discovery and delivery have come",
		Options: options("Parking lot:gray", "Discovery:amber", "Ready for delivery:cyan", "Delivery:blue", "Impact:green")}}
}

func impactField() Field {
	return Field{Slot: "impact", Field: cairn.Field{Name: "Impact", Type: cairn.TypeRating, Description: "How much it moves our goals, 1 to 5"}}
}

func valueField() Field {
	return Field{Slot: "value", Field: cairn.Field{Name: "Value", Type: cairn.TypeRating, Description: "How much customers gain, 1 to 5"}}
}

func effortField() Field {
	return Field{Slot: "effort", Field: cairn.Field{Name: "Effort", Type: cairn.TypeRating, Description: "How much work it takes, 1 (a day) to 5 (a quarter)"}}
}

func confidenceField() Field {
	return Field{Slot: "confidence", Field: cairn.Field{Name: "Confidence", Type: cairn.TypeSlider, Number: percent(), Description: "How sure we are of the numbers"}}
}

func ownerField() Field {
	return Field{Slot: "owner", Field: cairn.Field{Name: "Owner", Type: cairn.TypePerson, Description: "Who drives it"}}
}

func targetField() Field {
	return Field{Slot: "target", Field: cairn.Field{Name: "Project target", Type: cairn.TypeInterval, Description: "When we aim to have it, as precisely as we know"}}
}

func labelsField() Field {
	return Field{Slot: "labels", Field: cairn.Field{Name: "Labels", Type: cairn.TypeLabels, OpenToContributors: true}}
}

func teamField() Field {
	return Field{Slot: "team", Field: cairn.Field{Name: "Team", Type: cairn.TypeSelect, OpenToContributors: true}}
}

func scoreField() Field {
	return Field{Slot: "score", Field: cairn.Field{Name: "Impact score", Type: cairn.TypeFormula, Pinned: true, Description: "Impact and value against effort, relative to all ideas of the project"},
		Score: map[string]float64{"impact": 0.5, "value": 0.5, "effort": -1}}
}
