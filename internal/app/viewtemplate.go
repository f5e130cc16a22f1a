package app

import (
	"context"
	"slices"
	"strings"

	"cairn"
	"cairn/internal/store"
	"cairn/internal/template"
)

// ViewTemplate is a template of views as it stands to one project.
type ViewTemplate struct {
	Name        string              `json:"name"`
	Label       string              `json:"label"`
	Description string              `json:"description"`
	Icon        string              `json:"icon"`
	Kind        cairn.ViewKind      `json:"kind"`
	Fields      []ViewTemplateField `json:"fields"`
}

// ViewTemplateField is a field that a template of views needs.
type ViewTemplateField struct {
	Slot        string          `json:"slot"`
	Name        string          `json:"name"`
	Type        cairn.FieldType `json:"type"`
	Description string          `json:"description,omitempty"`
	// Found is the project's field that fits by name and type.
	Found cairn.Ref `json:"found,omitempty" doc:"The project's own field of that name and type, which is used unless another is chosen"`
}

// ViewTemplates lists the templates of views, with the project's fields that fit.
func (a *App) ViewTemplates(ctx context.Context, by Caller, project cairn.ID) ([]ViewTemplate, error) {
	fields, err := a.FieldRefs(ctx, by, project)
	if err != nil {
		return nil, err
	}
	var out []ViewTemplate
	for _, v := range template.Views() {
		t := ViewTemplate{Name: v.ID, Label: v.Name, Description: v.About, Icon: v.Icon, Kind: template.KindOr(v.Kind)}
		for _, f := range v.Fields {
			t.Fields = append(t.Fields, ViewTemplateField{f.Slot, f.Name, f.Type, f.Description, fitting(fields, f.Field)})
		}
		out = append(out, t)
	}
	return out, nil
}

// fitting is the field of that name and type, "" when there is none.
func fitting(fields []cairn.Field, like cairn.Field) cairn.Ref {
	for _, f := range fields {
		if f.Type == like.Type && strings.EqualFold(f.Name, like.Name) {
			return f.Ref()
		}
	}
	return ""
}

// FromTemplate says how a view is made from a template.
type FromTemplate struct {
	Template string
	// Name of the view; "" is the template's.
	Name string
	// Fields by slot: a field of the project, or "" to make a new one. Slots that
	// are left out take the field that fits, if there is one.
	Fields map[string]cairn.Ref
}

// CreateFromTemplate makes a view and the fields that it lacks, in one step.
func (a *App) CreateFromTemplate(ctx context.Context, by Caller, project cairn.ID, in FromTemplate) (cairn.View, error) {
	if _, err := a.mayIn(by, project, cairn.ChangeViews); err != nil {
		return cairn.View{}, err
	}
	all := template.Views()
	i := slices.IndexFunc(all, func(v template.View) bool { return v.ID == in.Template })
	if i < 0 {
		return cairn.View{}, cairn.NotFound("The template of views")
	}
	st, err := a.states.get(ctx, project)
	if err != nil {
		return cairn.View{}, err
	}
	fields := st.state.Fields()
	chosen, missing, err := in.choose(all[i], fields)
	if err != nil {
		return cairn.View{}, err
	}
	if len(missing) > 0 {
		if _, err := a.mayIn(by, project, cairn.ChangeProject); err != nil {
			return cairn.View{}, err
		}
	}
	var v cairn.View
	_, err = a.write(ctx, by, project, func(tx store.Tx) error {
		t := newTemplating(tx, by, project)
		for slot, f := range chosen {
			t.names.Refs[slot] = f.Ref()
			for _, o := range f.Options {
				t.names.Options[slot+"/"+o.Name] = o.ID
			}
		}
		last := 0.0
		for _, f := range fields {
			last = max(last, f.Position)
		}
		if err := t.fields(slices.Clone(missing), last); err != nil {
			return err
		}
		v = t.view(all[i])
		v.Project = project
		if in.Name != "" {
			v.Name = strings.TrimSpace(in.Name)
		}
		if err := v.Validate(); err != nil {
			return err
		}
		if err := placeView(tx, &v, ViewPatch{Section: &v.Section}); err != nil {
			return err
		}
		v.ID, err = t.create(cairn.KindView, 0, v)
		v.Version = tx.Seq()
		return err
	})
	return v, err
}

// choose finds the project's field for each slot, and the fields to be made,
// with names that are free.
func (in *FromTemplate) choose(v template.View, fields []cairn.Field) (chosen map[string]cairn.Field, missing []template.Field, err error) {
	chosen = make(map[string]cairn.Field)
	for _, f := range v.Fields {
		ref, said := in.Fields[f.Slot]
		if !said {
			ref = fitting(fields, f.Field)
		}
		at := slices.IndexFunc(fields, func(other cairn.Field) bool { return other.Ref() == ref })
		switch {
		case ref == "":
			f.Name = freeName(fields, f.Name)
			missing = append(missing, f)
		case at < 0:
			return nil, nil, cairn.Invalid("fields", "%s: there is no field %q in this project", f.Name, ref)
		case fields[at].Type != f.Type:
			return nil, nil, cairn.Invalid("fields", "%s is of type %s; the template needs one of type %s for %s", fields[at].Name, fields[at].Type, f.Type, f.Name)
		default:
			chosen[f.Slot] = fields[at]
		}
	}
	return chosen, missing, nil
}

func freeName(fields []cairn.Field, name string) string {
	taken := func(s string) bool {
		return slices.ContainsFunc(fields, func(f cairn.Field) bool { return strings.EqualFold(f.Name, s) })
	}
	free := name
	for n := 2; taken(free); n++ {
		free = name + " " + cairn.ID(n).String()
	}
	return free
}

// RemoveSamples deletes what is left of a project's sample ideas, in one step.
func (a *App) RemoveSamples(ctx context.Context, by Caller, project cairn.ID) error {
	if _, err := a.mayIn(by, project, cairn.DeleteIdea); err != nil {
		return err
	}
	_, err := a.write(ctx, by, project, func(tx store.Tx) error {
		e, err := tx.Entity(project)
		if err != nil {
			return err
		}
		var p cairn.Project
		if err := e.Attrs.Decode(&p); err != nil {
			return err
		}
		for _, id := range p.Samples {
			if err := a.deleteIdea(tx, by, project, id); err != nil && cairn.CodeOf(err) != cairn.CodeNotFound {
				return err
			}
		}
		p.Samples = nil
		return putAttrs(tx, e, p)
	})
	return err
}
