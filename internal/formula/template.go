package formula

import (
	"strings"

	"cairn"
)

// Role is a part that a field plays in a template.
type Role struct {
	Name string `json:"name"`
	Help string `json:"help"`
	// Type suggests what field to create when there is none.
	Type cairn.FieldType `json:"type"`
	// Weight is set in weighted templates.
	Weight float64 `json:"weight,omitempty"`
}

// Template is a ready-made formula. Its expression names its roles in braces.
type Template struct {
	ID         string            `json:"id"`
	Name       string            `json:"name"`
	Help       string            `json:"help"`
	Kind       cairn.FormulaKind `json:"kind"`
	Expression string            `json:"expression,omitempty"`
	Roles      []Role            `json:"roles"`
}

// Templates lists the ready-made formulas.
func Templates() []Template {
	return []Template{
		{
			ID: "rice", Name: "RICE", Kind: cairn.FormulaExpression,
			Help:       "Reach × impact × confidence, divided by effort.",
			Expression: "{Reach} * {Impact} * {Confidence} / {Effort}",
			Roles: []Role{
				{Name: "Reach", Help: "How many people it touches in a given time, such as a quarter.", Type: cairn.TypeNumber},
				{Name: "Impact", Help: "How much it does for each of them: 3 massive, 2 high, 1 medium, 0.5 low, 0.25 minimal.", Type: cairn.TypeNumber},
				{Name: "Confidence", Help: "How sure you are, as a share: 100% is 1, 80% is 0.8, 50% is 0.5.", Type: cairn.TypeNumber},
				{Name: "Effort", Help: "What it takes, such as person-months.", Type: cairn.TypeNumber},
			},
		},
		{
			ID: "ice", Name: "ICE", Kind: cairn.FormulaExpression,
			Help:       "Impact × confidence × ease.",
			Expression: "{Impact} * {Confidence} * {Ease}",
			Roles: []Role{
				{Name: "Impact", Help: "How much it moves the goal, 1 to 10.", Type: cairn.TypeSlider},
				{Name: "Confidence", Help: "How sure you are of that, 1 to 10.", Type: cairn.TypeSlider},
				{Name: "Ease", Help: "How easy it is, 1 to 10.", Type: cairn.TypeSlider},
			},
		},
		{
			ID: "wsjf", Name: "WSJF", Kind: cairn.FormulaExpression,
			Help:       "Weighted shortest job first: the cost of delay, divided by the size of the job.",
			Expression: "({Business value} + {Time criticality} + {Risk reduction}) / {Job size}",
			Roles: []Role{
				{Name: "Business value", Help: "What it is worth to customers and to the business.", Type: cairn.TypeNumber},
				{Name: "Time criticality", Help: "How much is lost by waiting.", Type: cairn.TypeNumber},
				{Name: "Risk reduction", Help: "What risk it takes away, or what it makes possible later.", Type: cairn.TypeNumber},
				{Name: "Job size", Help: "How long it takes, relative to the others.", Type: cairn.TypeNumber},
			},
		},
		{
			ID: "value-effort", Name: "Value ÷ effort", Kind: cairn.FormulaExpression,
			Help:       "What it is worth for what it takes.",
			Expression: "{Value} / {Effort}",
			Roles: []Role{
				{Name: "Value", Help: "What it is worth, 1 to 5.", Type: cairn.TypeRating},
				{Name: "Effort", Help: "What it takes, 1 to 5.", Type: cairn.TypeRating},
			},
		},
		{
			ID: "weighted", Name: "Weighted score", Kind: cairn.FormulaWeighted,
			Help: "Each field is measured against the best idea, weighted and put on a scale from 0 to 100.",
			Roles: []Role{
				{Name: "Impact", Help: "How much it does for customers.", Type: cairn.TypeRating, Weight: 40},
				{Name: "Goal fit", Help: "How well it serves the present goal.", Type: cairn.TypeRating, Weight: 40},
				{Name: "Confidence", Help: "How sure you are.", Type: cairn.TypeRating, Weight: 20},
			},
		},
	}
}

// Fill turns the template into a formula by putting a field in each role. It
// names the first role without one.
func (t Template) Fill(fields map[string]cairn.Ref) (cairn.Formula, error) {
	f := cairn.Formula{Kind: t.Kind, Expression: t.Expression}
	for _, r := range t.Roles {
		ref, ok := fields[r.Name]
		if !ok {
			return cairn.Formula{}, cairn.Invalid("formula", "%s needs a field for %s", t.Name, r.Name)
		}
		if t.Kind == cairn.FormulaExpression {
			f.Expression = strings.ReplaceAll(f.Expression, "{"+r.Name+"}", "{"+string(ref)+"}")
		} else {
			f.Inputs = append(f.Inputs, cairn.FormulaInput{Field: ref, Weight: r.Weight})
		}
	}
	return f, nil
}
