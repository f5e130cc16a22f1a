package app

import (
	"encoding/json"
	"fmt"
	"strings"

	"cairn"
	"cairn/internal/store"
)

// template is what a new project starts with.
type template struct {
	name   string
	label  string
	about  string
	fields []templateField
	views  []templateView
}

type templateField struct {
	slot string // how formulas and views of the template name it
	cairn.Field
}

type templateView struct {
	name, icon, about string
	columns           []string // slots
	sort              string   // slot, descending
	group             string   // slot
	rollups           map[string]cairn.RollupOp
	filter            func(refs map[string]cairn.Ref, options map[string]cairn.ID) cairn.Filter
}

// TemplateInfo describes a project template.
type TemplateInfo struct {
	Name        string `json:"name"`
	Label       string `json:"label"`
	Description string `json:"description"`
}

// Templates lists the project templates.
func Templates() []TemplateInfo {
	var out []TemplateInfo
	for _, t := range templates() {
		out = append(out, TemplateInfo{t.name, t.label, t.about})
	}
	return out
}

func templateNamed(name string) (template, bool) {
	if name == "" {
		name = "blank"
	}
	for _, t := range templates() {
		if strings.EqualFold(t.name, name) || strings.EqualFold(t.label, name) {
			return t, true
		}
	}
	return template{}, false
}

func templateNames() string {
	var names []string
	for _, t := range templates() {
		names = append(names, t.name)
	}
	return strings.Join(names, ", ")
}

func weight(n int64) *int64 { return &n }

func templates() []template {
	return []template{discovery(), {
		name: "blank", label: "Blank", about: "One list, no fields: add your own.",
		views: []templateView{{name: "All ideas", icon: "list"}},
	}}
}

func discovery() template {
	return template{
		name: "product-discovery", label: "Product discovery",
		about: "Capture ideas, score impact against effort and plan now, next and later.",
		fields: []templateField{
			{"roadmap", cairn.Field{Name: "Roadmap", Type: cairn.TypeSelect, Pinned: true, Description: "When we intend to work on it", Options: []cairn.Option{
				{Name: "Now", Color: "green", Weight: weight(3)}, {Name: "Next", Color: "blue", Weight: weight(2)},
				{Name: "Later", Color: "purple", Weight: weight(1)}, {Name: "Won't do", Color: "gray", Weight: weight(0)},
			}}},
			{"status", cairn.Field{Name: "Status", Type: cairn.TypeSelect, Pinned: true, Description: "How far discovery and delivery have come", Options: []cairn.Option{
				{Name: "Parking lot", Color: "gray"}, {Name: "Discovery", Color: "amber"}, {Name: "Ready for delivery", Color: "cyan"},
				{Name: "Delivery", Color: "blue"}, {Name: "Impact", Color: "green"},
			}}},
			{"score", cairn.Field{Name: "Impact score", Type: cairn.TypeFormula, Pinned: true, Description: "Impact and value against effort, relative to all ideas of the project"}},
			{"impact", cairn.Field{Name: "Impact", Type: cairn.TypeRating, Description: "How much it moves our goals, 1 to 5"}},
			{"value", cairn.Field{Name: "Value", Type: cairn.TypeRating, Description: "How much customers gain, 1 to 5"}},
			{"effort", cairn.Field{Name: "Effort", Type: cairn.TypeRating, Description: "How much work it takes, 1 (a day) to 5 (a quarter)"}},
			{"confidence", cairn.Field{Name: "Confidence", Type: cairn.TypeSlider, Number: &cairn.NumberFormat{Style: "percent"}, Description: "How sure we are of the numbers"}},
			{"owner", cairn.Field{Name: "Owner", Type: cairn.TypePerson, Description: "Who drives it"}},
			{"target", cairn.Field{Name: "Project target", Type: cairn.TypeInterval, Description: "When we aim to have it, as precisely as we know"}},
			{"team", cairn.Field{Name: "Team", Type: cairn.TypeSelect, OpenToContributors: true}},
			{"labels", cairn.Field{Name: "Labels", Type: cairn.TypeLabels, OpenToContributors: true}},
			{"short", cairn.Field{Name: "Short description", Type: cairn.TypeShortText, OpenToContributors: true}},
			{"documents", cairn.Field{Name: "Documents", Type: cairn.TypeURL, OpenToContributors: true}},
		},
		views: []templateView{
			{name: "All ideas", icon: "list", about: "Everything that is not archived, in the order you drag it to",
				columns: []string{"roadmap", "impact", "value", "effort", "score", "owner", "labels"}},
			{name: "Impact assessment", icon: "gauge", about: "Score ideas here; the best come first",
				columns: []string{"score", "impact", "value", "effort", "confidence", "roadmap"}, sort: "score",
				rollups: map[string]cairn.RollupOp{"effort": cairn.RollupSum, "impact": cairn.RollupAverage}},
			{name: "Roadmap", icon: "map", about: "What we work on now, next and later, and why",
				columns: []string{"status", "score", "owner", "target"}, sort: "score", group: "roadmap"},
			{name: "To be scored", icon: "circle-help", about: "Ideas that lack an impact, a value or an effort",
				columns: []string{"impact", "value", "effort", "owner"},
				filter: func(refs map[string]cairn.Ref, _ map[string]cairn.ID) cairn.Filter {
					return cairn.Filter{Any: []cairn.Filter{
						{Field: refs["impact"], Op: cairn.OpEmpty}, {Field: refs["value"], Op: cairn.OpEmpty}, {Field: refs["effort"], Op: cairn.OpEmpty},
					}}
				}},
		},
	}
}

// build creates the template's fields and views in a new project.
func (t template) build(tx store.Tx, project cairn.ID) error {
	refs := make(map[string]cairn.Ref)
	options := make(map[string]cairn.ID)
	ids := make(map[string]cairn.ID)
	for _, f := range t.fields {
		ids[f.slot] = tx.NewID()
		refs[f.slot] = cairn.FieldRef(ids[f.slot])
	}
	for i, f := range t.fields {
		f.Position = float64(i + 1)
		for o := range f.Options {
			f.Options[o].ID = tx.NewID()
			options[f.slot+"/"+f.Options[o].Name] = f.Options[o].ID
		}
		if f.slot == "score" {
			f.Formula = &cairn.Formula{Kind: cairn.FormulaWeighted, Inputs: []cairn.FormulaInput{
				{Field: refs["impact"], Weight: 0.5}, {Field: refs["value"], Weight: 0.5}, {Field: refs["effort"], Weight: -1},
			}}
		}
		if err := f.Validate(); err != nil {
			return fmt.Errorf("template %s: %w", t.name, err)
		}
		attrs, err := cairn.AttrsOf(f.Field)
		if err != nil {
			return err
		}
		if _, err := tx.Create(cairn.Entity{ID: ids[f.slot], Kind: cairn.KindField, Project: project, Attrs: attrs}); err != nil {
			return err
		}
	}
	for i, v := range t.views {
		view := v.view(refs, options)
		view.Position = float64(i + 1)
		attrs, err := cairn.AttrsOf(view)
		if err != nil {
			return err
		}
		if _, err := tx.Create(cairn.Entity{Kind: cairn.KindView, Project: project, Attrs: attrs}); err != nil {
			return err
		}
	}
	return nil
}

func (v templateView) view(refs map[string]cairn.Ref, options map[string]cairn.ID) cairn.View {
	view := cairn.View{Name: v.name, Kind: cairn.ViewList, Icon: v.icon, Description: v.about}
	for _, c := range v.columns {
		view.Columns = append(view.Columns, cairn.Column{Field: refs[c]})
	}
	if v.sort != "" {
		view.Query.Sort = []cairn.SortKey{{Field: refs[v.sort], Desc: true}}
	}
	if v.group != "" {
		view.Query.Group = []cairn.GroupBy{{Field: refs[v.group], ShowEmpty: true}}
	}
	for _, c := range v.columns {
		if op, ok := v.rollups[c]; ok {
			view.Query.Rollups = append(view.Query.Rollups, cairn.Rollup{Field: refs[c], Op: op})
		}
	}
	if v.filter != nil {
		view.Query.Filter = v.filter(refs, options)
	}
	return view
}

// rawJSON encodes a value that always encodes.
func rawJSON(v any) json.RawMessage {
	raw, err := json.Marshal(v)
	if err != nil {
		return nil
	}
	return raw
}
