package app

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"cairn"
	"cairn/internal/rank"
	"cairn/internal/store"
	"cairn/internal/template"
)

// TemplateInfo describes a project template.
type TemplateInfo struct {
	Name        string   `json:"name"`
	Label       string   `json:"label"`
	Description string   `json:"description"`
	Views       []string `json:"views" doc:"The names of its views"`
	Samples     int      `json:"samples" doc:"How many sample ideas it has"`
	// ID is 0 for Cairn's own.
	ID        cairn.ID     `json:"id,omitempty" doc:"Set when people saved it; absent for those that come with Cairn"`
	CreatedBy cairn.ID     `json:"createdBy,omitempty" doc:"Who saved it"`
	Access    cairn.Access `json:"access,omitempty" doc:"What its projects begin with"`
}

// Templates lists the project templates, those that people saved last.
func (a *App) Templates(ctx context.Context, by Caller) ([]TemplateInfo, error) {
	if err := a.may(by, cairn.SeeTemplates); err != nil {
		return nil, err
	}
	var out []TemplateInfo
	for _, t := range template.Projects() {
		info := TemplateInfo{Name: t.ID, Label: t.Name, Description: t.About, Samples: len(t.Samples)}
		for _, v := range t.Views {
			info.Views = append(info.Views, v.Name)
		}
		out = append(out, info)
	}
	own, err := a.savedTemplates(ctx)
	for _, t := range own {
		out = append(out, savedInfo(t))
	}
	return out, err
}

func templateNamed(name string) (template.Project, bool) {
	if name == "" {
		name = "blank"
	}
	for _, t := range template.Projects() {
		if strings.EqualFold(t.ID, name) || strings.EqualFold(t.Name, name) {
			return t, true
		}
	}
	return template.Project{}, false
}

func templateNames(own []cairn.SavedTemplate) string {
	var names []string
	for _, t := range template.Projects() {
		names = append(names, t.ID)
	}
	for _, t := range own {
		names = append(names, t.Name)
	}
	return strings.Join(names, ", ")
}

// templating makes what a template describes inside one transaction.
type templating struct {
	tx      store.Tx
	by      Caller
	project cairn.ID
	names   template.Names
}

func newTemplating(tx store.Tx, by Caller, project cairn.ID) *templating {
	return &templating{tx, by, project, template.Names{Refs: make(map[string]cairn.Ref), Options: make(map[string]cairn.ID)}}
}

// build makes a project's fields and views, and sample ideas if they are wanted.
func (t *templating) build(tmpl template.Project) error {
	if err := t.fields(tmpl.Fields, 0); err != nil {
		return fmt.Errorf("template %s: %w", tmpl.ID, err)
	}
	for i, v := range tmpl.Views {
		view := t.view(v)
		view.Position = float64(i + 1)
		if _, err := t.create(cairn.KindView, 0, view); err != nil {
			return err
		}
	}
	return nil
}

func (t *templating) create(kind cairn.Kind, id cairn.ID, noun any) (cairn.ID, error) {
	attrs, err := cairn.AttrsOf(noun)
	if err != nil {
		return 0, err
	}
	return t.tx.Create(cairn.Entity{ID: id, Kind: kind, Project: t.project, Attrs: attrs})
}

// fields makes fields behind a position. Formulas may use those that come later.
func (t *templating) fields(list []template.Field, behind float64) error {
	for _, f := range list {
		t.names.Refs[f.Slot] = cairn.FieldRef(t.tx.NewID())
	}
	for i := range list {
		f := &list[i]
		id, _ := t.names.Refs[f.Slot].FieldID()
		f.Position = behind + float64(i+1)
		for o := range f.Options {
			f.Options[o].ID = t.tx.NewID()
			t.names.Options[f.Slot+"/"+f.Options[o].Name] = f.Options[o].ID
		}
		f.Field.Formula = f.FormulaOf(t.names)
		if err := f.Validate(); err != nil {
			return err
		}
		if _, err := t.create(cairn.KindField, id, f.Field); err != nil {
			return err
		}
	}
	return nil
}

func (t *templating) view(v template.View) cairn.View {
	view := cairn.View{Name: v.Name, Kind: template.KindOr(v.Kind), Icon: v.Icon, Description: v.About}
	if v.Make != nil {
		v.Make(t.names, &view)
	}
	return view
}

// samples makes a template's sample ideas and returns their ids.
func (t *templating) samples(list []template.Sample) ([]cairn.ID, error) {
	first, err := t.tx.Numbers(t.project, len(list))
	if err != nil {
		return nil, err
	}
	var ids []cairn.ID
	for i, s := range list {
		number := first + int64(i)
		idea := cairn.Idea{
			Project: t.project, Number: number, Title: s.Title, Description: s.Description, Rank: rank.Nth(number),
			CreatedAt: t.tx.Now(), CreatedBy: t.by.User, UpdatedAt: t.tx.Now(), UpdatedBy: t.by.User,
			Source: "sample", Values: make(map[cairn.Ref]json.RawMessage),
		}
		for slot, v := range s.Values {
			if name, ok := v.(string); ok {
				if option, ok := t.names.Options[slot+"/"+name]; ok {
					v = option
				}
			}
			idea.Values[t.names.Refs[slot]] = rawJSON(v)
		}
		e, err := idea.Entity()
		if err != nil {
			return nil, err
		}
		id, err := t.tx.Create(e)
		if err != nil {
			return nil, err
		}
		ids = append(ids, id)
	}
	return ids, nil
}

// rawJSON encodes a value that always encodes.
func rawJSON(v any) json.RawMessage {
	raw, err := json.Marshal(v)
	if err != nil {
		return nil
	}
	return raw
}
