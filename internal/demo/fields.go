package demo

import "cairn"

func option(name, color string, weight int64) cairn.Option {
	return cairn.Option{Name: name, Color: color, Weight: &weight}
}

func plain(name, color string) cairn.Option { return cairn.Option{Name: name, Color: color} }

// learnedFrom is the connection field of the sample.
const learnedFrom = "Learned from"

func places(n int) *int { return &n }

// fields has every type of field at least once.
func fields() []Field {
	list := []Field{
		{Field: cairn.Field{Name: "Roadmap", Type: cairn.TypeSelect, Pinned: true, Description: "When we intend to work on it.", Options: []cairn.Option{
			option("Now", "green", 3), option("Next", "blue", 2), option("Later", "purple", 1), option("Done", "teal", 0), option("Won't do", "gray", 0)}}},
		{Field: cairn.Field{Name: "Status", Type: cairn.TypeSelect, Pinned: true, Description: "How far discovery and delivery have come.", Options: []cairn.Option{
			plain("Parking lot", "gray"), plain("Discovery", "amber"), plain("Ready for delivery", "cyan"), plain("Delivery", "blue"), plain("Impact", "green")}}},
		{Field: cairn.Field{Name: "Area", Type: cairn.TypeSelect, OpenToContributors: true, Options: []cairn.Option{
			plain("Booking", "blue"), plain("Reminders", "cyan"), plain("Front desk", "amber"), plain("Calendar", "purple"), plain("Billing", "green"),
			plain("Telehealth", "pink"), plain("Reporting", "orange"), plain("Integrations", "teal"), plain("Platform", "gray")}}},
		{Field: cairn.Field{Name: "Goals", Type: cairn.TypeMultiSelect, Description: "What it serves this year; the weights say how much.", Options: []cairn.Option{
			option("Fewer no-shows", "red", 3), option("More clinics", "green", 3), option("Faster front desk", "amber", 2), option("Compliance", "purple", 2), option("Less support", "blue", 1)}}},
		{Field: cairn.Field{Name: "Impact", Type: cairn.TypeRating, Description: "How much it moves our goals, 1 to 5."}},
		{Field: cairn.Field{Name: "Confidence", Type: cairn.TypeSlider, Description: "How sure we are of impact and effort.",
			Number: &cairn.NumberFormat{Style: "percent"}}},
		{Field: cairn.Field{Name: "Effort", Type: cairn.TypeNumber, Description: "Everybody's work, in person-days.",
			Number: &cairn.NumberFormat{Unit: "days"}}},
		{Field: cairn.Field{Name: "Reach", Type: cairn.TypeNumber, Description: "Clinics that would use it in a month.",
			Number: &cairn.NumberFormat{Unit: "clinics", Decimals: places(0)}}},
		{Field: cairn.Field{Name: "Revenue", Type: cairn.TypeNumber, Description: "Expected in the first year.",
			Number: &cairn.NumberFormat{Style: "currency", Unit: "EUR", Decimals: places(0)}}},
		{Field: cairn.Field{Name: "Requests", Type: cairn.TypeNumber, OpenToContributors: true, Description: "Clinics that asked for it."}},
		{Field: cairn.Field{Name: "Interviews", Type: cairn.TypeNumber, OpenToContributors: true, Description: "Interviews in which it came up."}},
		{Field: cairn.Field{Name: teamVotes, Type: cairn.TypeVotes, Description: "What each of us would do first: ten votes a person."}},
		{Field: cairn.Field{Name: "Owner", Type: cairn.TypePerson, Pinned: true, Description: "Who drives it."}},
		{Field: cairn.Field{Name: "Contributors", Type: cairn.TypePeople}},
		{Field: cairn.Field{Name: "Target", Type: cairn.TypeInterval, Description: "When we aim to have it, as exactly as we know."}},
		{Field: cairn.Field{Name: "Decide by", Type: cairn.TypeDate, Description: "The day on which we say yes or no."}},
		{Field: cairn.Field{Name: "Needs legal review", Type: cairn.TypeCheckbox}},
		{Field: cairn.Field{Name: "Labels", Type: cairn.TypeLabels, OpenToContributors: true}},
		{Field: cairn.Field{Name: "In one line", Type: cairn.TypeShortText, OpenToContributors: true}},
		{Field: cairn.Field{Name: "Hypothesis", Type: cairn.TypeLongText, Description: "If we do this, then … How we would notice that we are wrong."}},
		{Field: cairn.Field{Name: "Research", Type: cairn.TypeURL, OpenToContributors: true}},
		{Field: cairn.Field{Name: learnedFrom, Type: cairn.TypeConnection, Description: "Ideas that taught us something about this one."}},
		{
			Field: cairn.Field{Name: "RICE", Type: cairn.TypeFormula, Pinned: true, Description: "Reach × impact × confidence ÷ effort.",
				Number: &cairn.NumberFormat{Decimals: places(1)},
				Formula: &cairn.Formula{
					Kind:       cairn.FormulaExpression,
					Expression: "{Reach} * {Impact} * {Confidence}% / {Effort}",
				}},
		},
		{
			Field: cairn.Field{Name: "Priority", Type: cairn.TypeFormula, Pinned: true, Description: "0 to 100, relative to all ideas: impact, goals and requests.",
				Number: &cairn.NumberFormat{Decimals: places(0)}, Formula: &cairn.Formula{Kind: cairn.FormulaWeighted}},
			Inputs: []Input{{"Impact", 40}, {"Goals", 30}, {"Requests", 20}, {"Confidence", 10}},
		},
		{
			Field: cairn.Field{Name: "Evidence", Type: cairn.TypeFormula, Description: "Requests and interviews together.",
				Formula: &cairn.Formula{Kind: cairn.FormulaSum}},
			Inputs: []Input{{"Requests", 1}, {"Interviews", 1}},
		},
		{
			Field: cairn.Field{Name: "Value per day", Type: cairn.TypeFormula, Description: "Expected revenue for a day of work.",
				Number: &cairn.NumberFormat{Style: "currency", Unit: "EUR", Decimals: places(0)},
				Formula: &cairn.Formula{
					Kind:       cairn.FormulaExpression,
					Expression: "if(is_filled({Revenue}), {Revenue} / {Effort})",
				}},
		},
		{
			Field: cairn.Field{Name: "Total effort", Type: cairn.TypeFormula, Description: "Its own effort and that of everything below it.",
				Number: &cairn.NumberFormat{Unit: "days"},
				Formula: &cairn.Formula{
					Kind:       cairn.FormulaExpression,
					Expression: "{Effort} + sum(children.{Total effort})",
				}},
		},
	}
	for i := range list {
		list[i].Position = float64(i + 1)
	}
	return list
}
