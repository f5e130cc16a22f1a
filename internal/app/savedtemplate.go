package app

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"
	"strings"

	"cairn"
	"cairn/internal/store"
	"cairn/internal/template"
)

// MaxSavedTemplates is how many templates of its own a workspace may have.
const MaxSavedTemplates = 200

// savedName is what a saved template is called in requests.
func savedName(id cairn.ID) string { return "t" + id.String() }

func savedInfo(t cairn.SavedTemplate) TemplateInfo {
	return TemplateInfo{
		Name: savedName(t.ID), Label: t.Name, Description: t.Description, Views: t.Views,
		ID: t.ID, CreatedBy: t.CreatedBy, Access: t.Access,
	}
}

// savedTemplates returns the workspace's own templates by name.
func (a *App) savedTemplates(ctx context.Context) ([]cairn.SavedTemplate, error) {
	var out []cairn.SavedTemplate
	_, err := a.store.Scan(ctx, store.Query{Kinds: []cairn.Kind{cairn.KindTemplate}}, func(e cairn.Entity) error {
		t := cairn.SavedTemplate{ID: e.ID, Version: e.Version}
		err := e.Attrs.Decode(&t)
		out = append(out, t)
		return err
	})
	slices.SortFunc(out, func(x, y cairn.SavedTemplate) int {
		return cmp.Or(strings.Compare(strings.ToLower(x.Name), strings.ToLower(y.Name)), cmp.Compare(x.ID, y.ID))
	})
	return out, err
}

// SaveTemplate keeps the form of a project for new ones: fields, types of ideas,
// sections, views and settings, without ideas.
func (a *App) SaveTemplate(ctx context.Context, by Caller, project cairn.ID, t cairn.SavedTemplate) (TemplateInfo, error) {
	p, err := a.mayIn(by, project, cairn.SaveTemplate)
	if err != nil {
		return TemplateInfo{}, err
	}
	t.Name, t.Description = strings.Join(strings.Fields(t.Name), " "), strings.TrimSpace(t.Description)
	if err := t.Validate(); err != nil {
		return TemplateInfo{}, err
	}
	if builtin, ok := templateNamed(t.Name); ok {
		return TemplateInfo{}, cairn.Invalid("name", "Cairn has a template named %s of its own; choose another name", builtin.Name)
	}
	st, err := a.states.get(ctx, project)
	if err != nil {
		return TemplateInfo{}, err
	}
	form := template.Saved{From: project, Description: p.Description, Icon: p.Icon, DefaultView: p.DefaultView}
	for _, f := range st.state.Fields() {
		form.Fields = append(form.Fields, template.Part[cairn.Field]{ID: f.ID, Def: f})
	}
	for _, kind := range st.state.IdeaTypes() {
		form.Types = append(form.Types, template.Part[cairn.IdeaType]{ID: kind.ID, Def: kind})
	}
	for _, s := range a.dir.Sections(project) {
		form.Sections = append(form.Sections, template.Part[cairn.Section]{ID: s.ID, Def: s})
	}
	for _, v := range a.dir.Views(project) {
		form.Views = append(form.Views, template.Part[cairn.View]{ID: v.ID, Def: v})
	}
	content, err := json.Marshal(form)
	if err != nil {
		return TemplateInfo{}, err
	}
	t.Access, t.Views, t.CreatedBy = p.Access, form.ViewNames(), by.User
	_, err = a.write(ctx, by, 0, func(tx store.Tx) error {
		if err := roomForTemplate(tx, t.Name); err != nil {
			return err
		}
		t.CreatedAt = tx.Now()
		attrs, err := cairn.AttrsOf(t)
		if err != nil {
			return err
		}
		t.ID, err = tx.Create(cairn.Entity{Kind: cairn.KindTemplate, Attrs: attrs, Text: string(content)})
		return err
	})
	return savedInfo(t), err
}

// roomForTemplate refuses one more template when there are too many, or one of
// that name.
func roomForTemplate(tx store.Tx, name string) error {
	n := 0
	if err := tx.Scan(store.Query{Kinds: []cairn.Kind{cairn.KindTemplate}}, func(e cairn.Entity) error {
		if other := e.Attrs.Text("name"); strings.EqualFold(other, name) {
			return cairn.Invalid("name", "There is a template named %s already; choose another name", other)
		}
		n++
		return nil
	}); err != nil {
		return err
	}
	if n >= MaxSavedTemplates {
		return cairn.Errorf(cairn.CodeTooLarge, "The workspace has %d templates, which is the most; an administrator can delete some", n)
	}
	return nil
}

// DeleteTemplate removes a saved template. Projects that were made from it stay
// as they are.
func (a *App) DeleteTemplate(ctx context.Context, by Caller, id cairn.ID) error {
	if err := a.may(by, cairn.DeleteTemplate); err != nil {
		return err
	}
	_, err := a.write(ctx, by, 0, func(tx store.Tx) error {
		return deleteOne(tx, id, cairn.KindTemplate, "The template")
	})
	return err
}

// origin is what a new project is made from: a template of Cairn's or one that
// was saved.
type origin struct {
	name    string
	builtin template.Project
	saved   *template.Saved
	access  cairn.Access
}

// originNamed finds a template of either sort.
func (a *App) originNamed(ctx context.Context, name string) (origin, error) {
	if t, ok := templateNamed(name); ok {
		return origin{name: t.ID, builtin: t, access: cairn.AccessOpen}, nil
	}
	own, err := a.savedTemplates(ctx)
	if err != nil {
		return origin{}, err
	}
	i := slices.IndexFunc(own, func(t cairn.SavedTemplate) bool {
		return savedName(t.ID) == name || strings.EqualFold(t.Name, name)
	})
	if i < 0 {
		return origin{}, cairn.Invalid("template", "%q is not a template: it is one of %s", name, templateNames(own))
	}
	e, err := a.store.Entity(ctx, own[i].ID)
	if err != nil {
		return origin{}, err
	}
	out := origin{name: savedName(e.ID), saved: &template.Saved{}, access: own[i].Access}
	return out, json.Unmarshal([]byte(e.Text), out.saved)
}

// start makes what a new project begins with, and changes its settings to fit.
func (t *templating) start(from origin, p *cairn.Project) error {
	if from.saved != nil {
		return t.again(from.saved, p)
	}
	err := t.build(from.builtin)
	if err != nil || len(from.builtin.Samples) == 0 {
		return err
	}
	p.Guide = true
	p.Samples, err = t.samples(from.builtin.Samples)
	return err
}

// again makes what a saved project held, and gives the new one its settings.
func (t *templating) again(saved *template.Saved, p *cairn.Project) error {
	made := saved.Anew(t.project, t.tx.NewID)
	for i := range made.Types {
		if _, err := t.create(cairn.KindIdeaType, made.Types[i].ID, made.Types[i].Def); err != nil {
			return err
		}
	}
	for i := range made.Fields {
		f := &made.Fields[i]
		f.Def.ID = f.ID
		if err := f.Def.Validate(); err != nil {
			return err
		}
		if _, err := t.create(cairn.KindField, f.ID, f.Def); err != nil {
			return err
		}
	}
	for _, s := range made.Sections {
		if _, err := t.create(cairn.KindSection, s.ID, s.Def); err != nil {
			return err
		}
	}
	for i := range made.Views {
		v := &made.Views[i]
		if err := v.Def.Validate(); err != nil {
			return err
		}
		if _, err := t.create(cairn.KindView, v.ID, v.Def); err != nil {
			return err
		}
	}
	p.DefaultView = made.DefaultView
	p.Icon = cmp.Or(p.Icon, made.Icon)
	p.Description = cmp.Or(p.Description, made.Description)
	return nil
}
