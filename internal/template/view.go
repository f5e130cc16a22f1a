package template

import "cairn"

func nowNextLater() View {
	return View{
		ID: "now-next-later", Name: "Now, next, later", Icon: "map", Kind: cairn.ViewBoard,
		About:  "A roadmap without dates: what you work on now, what comes next, and what waits.",
		Fields: []Field{roadmapField(), ownerField()},
		Make: func(n Names, v *cairn.View) {
			v.Query.Group = grouped(n.Refs["roadmap"])
			v.Columns = n.Columns("owner")
		},
	}
}

func quarters() View {
	return View{
		ID: "quarterly-timeline", Name: "Quarterly timeline", Icon: "calendar-range", Kind: cairn.ViewTimeline,
		About:  "When things are meant to happen, by quarter, as precisely as you know.",
		Fields: []Field{targetField(), ownerField()},
		Make: func(n Names, v *cairn.View) {
			v.Layout.Timeline = &cairn.TimelineLayout{Start: n.Refs["target"], Zoom: "quarters"}
			v.Query.Sort = []cairn.SortKey{{Field: n.Refs["target"]}}
			v.Columns = n.Columns("target", "owner")
		},
	}
}

func impactEffort() View {
	return View{
		ID: "impact-effort", Name: "Impact × effort", Icon: "target", Kind: cairn.ViewMatrix,
		About:  "Quick wins, big bets, fill-ins and money pits: impact against effort.",
		Fields: []Field{impactField(), effortField()},
		Make: func(n Names, v *cairn.View) {
			v.Layout.Matrix = &cairn.MatrixLayout{X: cairn.MatrixAxis{Field: n.Refs["effort"]}, Y: cairn.MatrixAxis{Field: n.Refs["impact"]}}
			v.Columns = n.Columns("impact", "effort")
		},
	}
}

func rice() View {
	return View{
		ID: "rice", Name: "RICE ranking", Icon: "gauge", Kind: cairn.ViewList,
		About: "Reach × impact × confidence ÷ effort, the best first.",
		Fields: []Field{
			{Slot: "rice", Field: cairn.Field{Name: "RICE", Type: cairn.TypeFormula, Description: "Reach × impact × confidence ÷ effort"},
				Expression: "{reach} * {impact} * {confidence} / 100 / {weeks}"},
			{Slot: "reach", Field: cairn.Field{Name: "Reach", Type: cairn.TypeNumber, Description: "How many people it touches in a quarter"}},
			impactField(), confidenceField(),
			{Slot: "weeks", Field: cairn.Field{Name: "Effort in weeks", Type: cairn.TypeNumber, Number: &cairn.NumberFormat{Unit: "weeks"}, Description: "Person-weeks of work"}},
		},
		Make: func(n Names, v *cairn.View) {
			v.Query.Sort = sorted(n.Refs["rice"])
			v.Columns = n.Columns("rice", "reach", "impact", "confidence", "weeks")
		},
	}
}

func wsjf() View {
	return View{
		ID: "wsjf", Name: "WSJF ranking", Icon: "zap", Kind: cairn.ViewList,
		About: "Weighted shortest job first: the cost of waiting ÷ the size of the job.",
		Fields: []Field{
			{Slot: "wsjf", Field: cairn.Field{Name: "WSJF", Type: cairn.TypeFormula, Description: "(Value + urgency + risk reduced) ÷ size"},
				Expression: "({value} + {urgency} + {risk}) / {size}"},
			valueField(),
			{Slot: "urgency", Field: cairn.Field{Name: "Urgency", Type: cairn.TypeRating, Description: "How much is lost by waiting, 1 to 5"}},
			{Slot: "risk", Field: cairn.Field{Name: "Risk reduced", Type: cairn.TypeRating, Description: "How much risk it takes away or what it makes possible, 1 to 5"}},
			{Slot: "size", Field: cairn.Field{Name: "Job size", Type: cairn.TypeNumber, Description: "How big the work is, in any unit that all ideas share"}},
		},
		Make: func(n Names, v *cairn.View) {
			v.Query.Sort = sorted(n.Refs["wsjf"])
			v.Columns = n.Columns("wsjf", "value", "urgency", "risk", "size")
		},
	}
}

func tree() View {
	return View{
		ID: "opportunity-tree", Name: "Opportunity tree", Icon: "layers", Kind: KindOr("tree"),
		About:  "From outcomes through opportunities and solutions to experiments.",
		Fields: []Field{statusField()},
		Make:   func(n Names, v *cairn.View) { v.Columns = n.Columns("status") },
	}
}

func triage() View {
	return View{
		ID: "triage", Name: "Triage", Icon: "circle-help", Kind: cairn.ViewList,
		About:  "What nobody has placed on the roadmap yet, the newest first.",
		Fields: []Field{roadmapField(), ownerField()},
		Make: func(n Names, v *cairn.View) {
			v.Query.Filter = cairn.Filter{All: []cairn.Filter{{Field: n.Refs["roadmap"], Op: cairn.OpEmpty}}}
			v.Query.Sort = sorted(cairn.RefCreatedAt)
			v.Columns = append(n.Columns("roadmap", "owner"), cairn.Column{Field: cairn.RefCreatedBy}, cairn.Column{Field: cairn.RefCreatedAt}, cairn.Column{Field: cairn.RefComments})
		},
	}
}

func moscow() View {
	return View{
		ID: "moscow", Name: "MoSCoW", Icon: "scale", Kind: cairn.ViewBoard,
		About: "What must, should, could and won't be in the next release.",
		Fields: []Field{{Slot: "moscow", Field: cairn.Field{Name: "Priority", Type: cairn.TypeSelect, Description: "Must, should, could or won't have",
			Options: options("Must:red", "Should:amber", "Could:blue", "Won't:gray")}}, ownerField()},
		Make: func(n Names, v *cairn.View) {
			v.Query.Group = grouped(n.Refs["moscow"])
			v.Columns = n.Columns("owner")
		},
	}
}
