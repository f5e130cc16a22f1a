package template

import "cairn"

func discovery() Project {
	return Project{
		ID: "product-discovery", Name: "Product discovery",
		About: "Capture ideas, score impact against effort and plan now, next and later.",
		Fields: []Field{
			roadmapField(), statusField(), scoreField(), impactField(), valueField(), effortField(), confidenceField(), ownerField(), targetField(), teamField(), labelsField(),
			{Slot: "short", Field: cairn.Field{Name: "Short description", Type: cairn.TypeShortText, OpenToContributors: true}},
			{Slot: "documents", Field: cairn.Field{Name: "Documents", Type: cairn.TypeURL, OpenToContributors: true}},
		},
		Views: []View{
			{Name: "All ideas", Icon: "list", Kind: cairn.ViewList, About: "Everything that is not archived, in the order you drag it to",
				Make: func(n Names, v *cairn.View) {
					v.Columns = n.Columns("roadmap", "impact", "value", "effort", "score", "owner", "labels")
				}},
			{Name: "Impact assessment", Icon: "gauge", Kind: cairn.ViewList, About: "Score ideas here; the best come first",
				Make: func(n Names, v *cairn.View) {
					v.Columns = n.Columns("score", "impact", "value", "effort", "confidence", "roadmap")
					v.Query.Sort = sorted(n.Refs["score"])
					v.Query.Rollups = []cairn.Rollup{{Field: n.Refs["impact"], Op: cairn.RollupAverage}, {Field: n.Refs["effort"], Op: cairn.RollupSum}}
				}},
			{Name: "Roadmap", Icon: "map", Kind: cairn.ViewList, About: "What we work on now, next and later, and why",
				Make: func(n Names, v *cairn.View) {
					v.Columns = n.Columns("status", "score", "owner", "target")
					v.Query.Sort, v.Query.Group = sorted(n.Refs["score"]), grouped(n.Refs["roadmap"])
				}},
			{Name: "To be scored", Icon: "circle-help", Kind: cairn.ViewList, About: "Ideas that lack an impact, a value or an effort",
				Make: func(n Names, v *cairn.View) {
					v.Columns = n.Columns("impact", "value", "effort", "owner")
					v.Query.Filter = cairn.Filter{Any: []cairn.Filter{
						{Field: n.Refs["impact"], Op: cairn.OpEmpty}, {Field: n.Refs["value"], Op: cairn.OpEmpty}, {Field: n.Refs["effort"], Op: cairn.OpEmpty},
					}}
				}},
		},
		Samples: []Sample{
			{"Let customers export their data", "Three customers asked for it in their last review. Start with a file, not with an interface.",
				map[string]any{"roadmap": "Now", "status": "Delivery", "impact": 4, "value": 5, "effort": 2, "confidence": 80}},
			{"Remind people of an unfinished order", "", map[string]any{"roadmap": "Now", "status": "Ready for delivery", "impact": 5, "value": 3, "effort": 2, "confidence": 70}},
			{"Search that forgives typing mistakes", "", map[string]any{"roadmap": "Next", "status": "Discovery", "impact": 3, "value": 4, "effort": 3, "confidence": 60}},
			{"A page that explains the invoice", "", map[string]any{"roadmap": "Next", "status": "Discovery", "impact": 2, "value": 3, "effort": 1, "confidence": 90}},
			{"Offer a second language", "How many customers does it win? Ask sales before scoring.", map[string]any{"roadmap": "Later", "status": "Parking lot", "impact": 3, "value": 3, "effort": 5, "confidence": 40}},
			{"Dark mode", "Not scored yet: open it and give it an impact, a value and an effort.", nil},
		},
	}
}
