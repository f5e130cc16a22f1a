package app

import (
	"context"
	"strings"

	"cairn"
	"cairn/internal/demo"
)

// voices makes the sample's customers, what they said, and the fields that
// measure it.
func (l *demoLoad) voices(ctx context.Context, d *demo.Demo) error {
	fields := make(map[string]cairn.CustomerField)
	for _, f := range d.Voices.Fields {
		made, err := l.customerField(ctx, f)
		if err != nil {
			return err
		}
		fields[f.Name] = made
	}
	people, clinics := make(map[string]cairn.ID), make(map[string]cairn.ID)
	for _, c := range d.Voices.Clinics {
		values := make(cairn.CustomerValues)
		for name, v := range map[string]string{"Segment": c.Segment, "Plan": c.Plan, "Region": c.Region} {
			f := fields[name]
			values[f.Ref()] = cairn.AppendJSONString(nil, v)
		}
		revenue := fields["Revenue"]
		values[revenue.Ref()] = cairn.AppendJSONNumber(nil, c.Revenue)
		made, err := l.app.CreateCustomer(ctx, l.by, cairn.Customer{Type: cairn.CustomerCompany, Name: c.Name, Values: values})
		if err != nil {
			return err
		}
		clinics[c.Name] = made.ID
		for _, name := range c.People {
			email := strings.ReplaceAll(strings.ToLower(name), " ", ".") + "@clinic.example"
			p, err := l.app.CreateCustomer(ctx, l.by, cairn.Customer{Type: cairn.CustomerPerson, Name: name, Email: email, Company: made.ID})
			if err != nil {
				return err
			}
			people[name] = p.ID
		}
	}
	var list []NewInsight
	for _, in := range d.Voices.Insights {
		n := NewInsight{Insight: cairn.Insight{
			Title: in.Title, Note: in.Note, Person: people[in.Who], Company: clinics[in.Clinic], On: (d.Today - cairn.Day(in.Days)).String(),
			Importance: in.Importance, Reliability: in.Reliability, Labels: in.Labels,
		}}
		if in.Against {
			n.Direction = cairn.DirectionAgainst
		}
		for _, q := range in.Ideas {
			n.Links = append(n.Links, NewEvidence{Idea: l.names.Ideas[q.Idea], Quote: q.Text})
		}
		list = append(list, n)
	}
	if _, err := l.app.AddInsights(ctx, l.by, l.id, list); err != nil {
		return err
	}
	for _, m := range d.Voices.Measured {
		rule := m.Rule
		if m.Of != "" {
			rule.Of = fields[m.Of].ID
		}
		f := cairn.Field{Name: m.Name, Type: cairn.TypeEvidence, Evidence: &rule, Number: m.Number}
		if _, err := l.app.CreateField(ctx, l.by, l.id, f); err != nil {
			return err
		}
	}
	return nil
}

// customerField makes a field, or takes the one of the same name and type that
// the workspace has.
func (l *demoLoad) customerField(ctx context.Context, f cairn.CustomerField) (cairn.CustomerField, error) {
	for _, has := range l.app.evidence.customerFields() {
		if has.Name == f.Name && has.Of == f.Of && has.Type == f.Type {
			return has, nil
		}
	}
	return l.app.SaveCustomerField(ctx, l.by, f)
}
