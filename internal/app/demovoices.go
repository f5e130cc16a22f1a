package app

import (
	"context"
	"strings"

	"cairn"
	"cairn/internal/demo"
)

// customers makes the sample's customers and the fields that measure what they
// say.
func (l *demoLoad) customers(ctx context.Context, d *demo.Demo) error {
	fields := make(map[string]cairn.CustomerField)
	for _, f := range d.Voices.Fields {
		made, err := l.customerField(ctx, f)
		if err != nil {
			return err
		}
		fields[f.Name] = made
	}
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
		l.voices[c.Name] = made.ID
		for _, name := range c.People {
			email := strings.ReplaceAll(strings.ToLower(name), " ", ".") + "@clinic.example"
			p, err := l.app.CreateCustomer(ctx, l.by, cairn.Customer{Type: cairn.CustomerPerson, Name: name, Email: email, Company: made.ID})
			if err != nil {
				return err
			}
			l.voices[name] = p.ID
		}
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

// insight is what somebody said.
func (l *demoLoad) insight(in *demo.Insight) NewInsight {
	n := NewInsight{Insight: cairn.Insight{
		Title: in.Title, Note: in.Note, Person: l.voices[in.Who], Company: l.voices[in.Clinic], On: (l.today - cairn.Day(in.Days)).String(),
		Importance: in.Importance, Reliability: in.Reliability, Labels: in.Labels,
	}}
	if in.Against {
		n.Direction = cairn.DirectionAgainst
	}
	for _, q := range in.Ideas {
		n.Links = append(n.Links, NewEvidence{Idea: l.names.Ideas[q.Idea], Quote: q.Text})
	}
	return n
}

// customerField makes a field, or takes the one of the same name and type that
// the workspace has.
func (l *demoLoad) customerField(ctx context.Context, f cairn.CustomerField) (cairn.CustomerField, error) {
	for _, has := range l.app.evidence.customerFields() {
		if has.Name == f.Name && has.Of == f.Of && has.Type == f.Type {
			return has, nil
		}
	}
	f, _, err := l.app.SaveCustomerField(ctx, l.by, CustomerFieldChange{CustomerField: f})
	return f, err
}
