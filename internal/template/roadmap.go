package template

import "cairn"

func roadmap() Project {
	return Project{
		ID: "roadmap", Name: "Roadmap", About: "Now, next and later on a board, and quarters on a timeline.",
		Fields: []Field{roadmapField(), statusField(), targetField(), ownerField(), teamField()},
		Views: []View{
			nowNextLater(), quarters(),
			{Name: "All ideas", Icon: "list", Kind: cairn.ViewList, About: "Everything, in the order you drag it to",
				Make: func(n Names, v *cairn.View) { v.Columns = n.Columns("roadmap", "status", "target", "owner", "team") }},
		},
		Samples: []Sample{
			{"Sign in with a company account", "", map[string]any{"roadmap": "Now", "status": "Delivery"}},
			{"Faster first page", "Drag cards between the columns; their order within a column is yours too.", map[string]any{"roadmap": "Now", "status": "Ready for delivery"}},
			{"Reports by e-mail", "", map[string]any{"roadmap": "Next", "status": "Discovery"}},
			{"An app for tablets", "", map[string]any{"roadmap": "Later", "status": "Parking lot"}},
		},
	}
}

func requests() Project {
	return Project{
		ID: "feature-requests", Name: "Feature requests", About: "Collect what people ask for, decide, and say what became of it.",
		Fields: []Field{
			{Slot: "state", Field: cairn.Field{Name: "State", Type: cairn.TypeSelect, Pinned: true, Description: "What becomes of the request",
				Options: options("New:blue", "Planned:purple", "In progress:amber", "Done:green", "Declined:gray")}},
			{Slot: "requests", Field: cairn.Field{Name: "Asked by", Type: cairn.TypeNumber, Number: &cairn.NumberFormat{Unit: "people"}, OpenToContributors: true, Description: "How many people asked for it"}},
			{Slot: "source", Field: cairn.Field{Name: "Source", Type: cairn.TypeSelect, OpenToContributors: true, Options: options("Support:cyan", "Sales:green", "Interview:purple", "Forum:amber")}},
			effortField(), ownerField(), labelsField(),
		},
		Views: []View{
			{Name: "New requests", Icon: "circle-help", Kind: cairn.ViewList, About: "What nobody has decided on yet, the newest first",
				Make: func(n Names, v *cairn.View) {
					v.Query.Filter = cairn.Filter{Any: []cairn.Filter{
						{Field: n.Refs["state"], Op: cairn.OpEmpty},
						{Field: n.Refs["state"], Op: cairn.OpAnyOf, Value: []byte("[" + n.Options["state/New"].String() + "]")},
					}}
					v.Query.Sort = sorted(cairn.RefCreatedAt)
					v.Columns = n.Columns("state", "requests", "source", "labels")
				}},
			{Name: "Most asked for", Icon: "heart", Kind: cairn.ViewList, About: "Requests by the number of people behind them",
				Make: func(n Names, v *cairn.View) {
					v.Query.Sort = sorted(n.Refs["requests"])
					v.Columns = n.Columns("requests", "state", "effort", "source", "owner")
				}},
			{Name: "Board", Icon: "flag", Kind: cairn.ViewBoard, About: "From new to done",
				Make: func(n Names, v *cairn.View) {
					v.Query.Group = grouped(n.Refs["state"])
					v.Columns = n.Columns("requests", "owner")
				}},
		},
		Samples: []Sample{
			{"Undo after deleting", "Asked for in support almost every week.", map[string]any{"state": "Planned", "requests": 31, "source": "Support", "effort": 2}},
			{"Import from a spreadsheet", "", map[string]any{"state": "In progress", "requests": 18, "source": "Sales", "effort": 3}},
			{"A weekly summary", "", map[string]any{"state": "New", "requests": 7, "source": "Interview"}},
			{"Change the colour of the header", "", map[string]any{"state": "Declined", "requests": 2, "source": "Forum", "effort": 1}},
		},
	}
}

func opportunities() Project {
	return Project{
		ID: "opportunity-tree", Name: "Opportunity solution tree", About: "From the outcome you want through opportunities and solutions to experiments.",
		Fields: []Field{
			{Slot: "level", Field: cairn.Field{Name: "Level", Type: cairn.TypeSelect, Pinned: true, Description: "What it is in the tree",
				Options: options("Outcome:purple", "Opportunity:blue", "Solution:green", "Experiment:amber")}},
			statusField(), impactField(), confidenceField(), ownerField(),
		},
		Views: []View{
			{Name: "Tree", Icon: "layers", Kind: KindOr("tree"), About: "Opportunities under outcomes, solutions under opportunities",
				Make: func(n Names, v *cairn.View) {
					v.Columns = n.Columns("level", "status", "confidence")
					if v.Kind == cairn.ViewList {
						v.Query.Group = grouped(n.Refs["level"])
					}
				}},
			{Name: "Experiments", Icon: "rocket", Kind: cairn.ViewBoard, About: "What is being tried, by status",
				Make: func(n Names, v *cairn.View) {
					v.Query.Filter = cairn.Filter{All: []cairn.Filter{{Field: n.Refs["level"], Op: cairn.OpAnyOf, Value: []byte("[" + n.Options["level/Experiment"].String() + "]")}}}
					v.Query.Group = grouped(n.Refs["status"])
					v.Columns = n.Columns("owner", "confidence")
				}},
		},
		Samples: []Sample{
			{"More trial users become customers", "The outcome. Everything below serves it.", map[string]any{"level": "Outcome"}},
			{"People do not see the value in the first hour", "An opportunity: what stands in the way.", map[string]any{"level": "Opportunity", "impact": 5}},
			{"A sample project that fits the industry", "", map[string]any{"level": "Solution", "status": "Discovery", "impact": 4, "confidence": 50}},
			{"Show five people a made-up sample project", "The cheapest way to find out.", map[string]any{"level": "Experiment", "status": "Discovery", "confidence": 70}},
		},
	}
}
