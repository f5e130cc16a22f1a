package api

import (
	"context"

	"cairn"
	"cairn/internal/app"
	"cairn/internal/formula"
)

// Field is a custom field on the wire.
type Field struct {
	ID      cairn.ID  `json:"id"`
	Ref     cairn.Ref `json:"ref" doc:"How views, formulas and ideas name it"`
	Version int64     `json:"version"`
	cairn.Field
}

func fieldOut(f cairn.Field) Field { return Field{f.ID, f.Ref(), f.Version, f} }

// FieldType is what the API says of a field type.
type FieldType struct {
	Type      cairn.FieldType  `json:"type"`
	Label     string           `json:"label"`
	Groupable bool             `json:"groupable"`
	Numeric   bool             `json:"numeric"`
	Options   bool             `json:"options"`
	Computed  bool             `json:"computed"`
	Operators []cairn.FilterOp `json:"operators"`
}

type fieldTypesOut struct {
	Body struct {
		Types []FieldType `json:"types"`
	}
}

func (s *server) listFieldTypes(context.Context, *none) (*fieldTypesOut, error) {
	out := &fieldTypesOut{}
	for _, t := range cairn.FieldTypes() {
		out.Body.Types = append(out.Body.Types, FieldType{t.Type, t.Label, t.Groupable, t.Numeric, t.Options, t.Computed, t.Ops})
	}
	return out, nil
}

type fieldsOut struct {
	Body struct {
		Fields []Field `json:"fields"`
	}
}

func (s *server) listDeletedFields(ctx context.Context, in *ProjectIn) (*fieldsOut, error) {
	by := callerOf(ctx)
	p, err := s.app.Project(by, in.Project)
	if err != nil {
		return nil, err
	}
	fields, err := s.app.DeletedFields(ctx, by, p.ID)
	if err != nil {
		return nil, err
	}
	out := &fieldsOut{}
	out.Body.Fields = []Field{}
	for _, f := range fields {
		out.Body.Fields = append(out.Body.Fields, fieldOut(f))
	}
	return out, nil
}

// FieldInput is a field to be made.
type FieldInput struct {
	Name               string              `json:"name"`
	Type               cairn.FieldType     `json:"type"`
	Description        string              `json:"description,omitempty"`
	Position           float64             `json:"position,omitempty"`
	Hidden             bool                `json:"hidden,omitempty"`
	Pinned             bool                `json:"pinned,omitempty"`
	OpenToContributors bool                `json:"openToContributors,omitempty"`
	Options            []OptionInput       `json:"options,omitempty"`
	Number             *cairn.NumberFormat `json:"number,omitempty"`
	Formula            *cairn.Formula      `json:"formula,omitempty"`
	Votes              *cairn.VoteRules    `json:"votes,omitempty"`
	Connection         *cairn.Connection   `json:"connection,omitempty"`
	Evidence           *cairn.EvidenceRule `json:"evidence,omitempty"`
	Rules              *cairn.FieldRules   `json:"rules,omitempty"`
	Formats            []cairn.FieldFormat `json:"formats,omitempty"`
}

// OptionInput is an option; a new one has no id yet.
type OptionInput struct {
	ID     cairn.ID `json:"id,omitempty"`
	Name   string   `json:"name"`
	Color  string   `json:"color,omitempty"`
	Weight *int64   `json:"weight,omitempty"`
}

func optionsIn(in []OptionInput) []cairn.Option {
	out := make([]cairn.Option, len(in))
	for i, o := range in {
		out[i] = cairn.Option{ID: o.ID, Name: o.Name, Color: o.Color, Weight: o.Weight}
	}
	return out
}

func (f FieldInput) field() cairn.Field {
	return cairn.Field{
		Name: f.Name, Type: f.Type, Description: f.Description, Position: f.Position, Hidden: f.Hidden, Pinned: f.Pinned,
		OpenToContributors: f.OpenToContributors, Options: optionsIn(f.Options), Number: f.Number, Formula: f.Formula,
		Votes: f.Votes, Connection: f.Connection, Evidence: f.Evidence, Rules: f.Rules, Formats: f.Formats,
	}
}

type fieldOutput struct{ Body Field }

type createFieldIn struct {
	ProjectIn
	Body FieldInput
}

func (s *server) createField(ctx context.Context, in *createFieldIn) (*fieldOutput, error) {
	by := callerOf(ctx)
	p, err := s.app.Project(by, in.Project)
	if err != nil {
		return nil, err
	}
	f, err := s.app.CreateField(ctx, by, p.ID, in.Body.field())
	if err != nil {
		return nil, err
	}
	return &fieldOutput{fieldOut(f)}, nil
}

// FieldIn is the path parameter that names a field.
type FieldIn struct {
	Field cairn.ID `path:"field" doc:"The field's id"`
}

type updateFieldIn struct {
	FieldIn
	IfMatch
	Body struct {
		Name               *string              `json:"name,omitempty"`
		Description        *string              `json:"description,omitempty"`
		Position           *float64             `json:"position,omitempty"`
		Hidden             *bool                `json:"hidden,omitempty"`
		Pinned             *bool                `json:"pinned,omitempty"`
		OpenToContributors *bool                `json:"openToContributors,omitempty"`
		Options            *[]OptionInput       `json:"options,omitempty" doc:"All options in their order; those left out are removed"`
		Number             *cairn.NumberFormat  `json:"number,omitempty"`
		Formula            *cairn.Formula       `json:"formula,omitempty"`
		Votes              *cairn.VoteRules     `json:"votes,omitempty"`
		Connection         *cairn.Connection    `json:"connection,omitempty"`
		Evidence           *cairn.EvidenceRule  `json:"evidence,omitempty"`
		Rules              *cairn.FieldRules    `json:"rules,omitempty" doc:"All rules; an empty object takes them away"`
		Formats            *[]cairn.FieldFormat `json:"formats,omitempty" doc:"All formats in their order; the first that holds decides"`
		Version            int64                `json:"version,omitempty"`
	}
}

func (s *server) updateField(ctx context.Context, in *updateFieldIn) (*fieldOutput, error) {
	b := in.Body
	version, err := in.version(b.Version)
	if err != nil {
		return nil, err
	}
	patch := app.FieldPatch{
		Name: b.Name, Description: b.Description, Position: b.Position, Hidden: b.Hidden, Pinned: b.Pinned,
		OpenToContributors: b.OpenToContributors, Number: b.Number, Formula: b.Formula, Votes: b.Votes,
		Connection: b.Connection, Evidence: b.Evidence, Rules: b.Rules, Formats: b.Formats, Version: version,
	}
	if b.Options != nil {
		options := optionsIn(*b.Options)
		patch.Options = &options
	}
	f, err := s.app.UpdateField(ctx, callerOf(ctx), in.Field, patch)
	if err != nil {
		return nil, err
	}
	return &fieldOutput{fieldOut(f)}, nil
}

func (s *server) deleteField(ctx context.Context, in *FieldIn) (*fieldOutput, error) {
	f, err := s.app.DeleteField(ctx, callerOf(ctx), in.Field)
	if err != nil {
		return nil, err
	}
	return &fieldOutput{fieldOut(f)}, nil
}

func (s *server) restoreField(ctx context.Context, in *FieldIn) (*fieldOutput, error) {
	f, err := s.app.RestoreField(ctx, callerOf(ctx), in.Field)
	if err != nil {
		return nil, err
	}
	return &fieldOutput{fieldOut(f)}, nil
}

type retypeIn struct {
	FieldIn
	Body struct {
		Type   cairn.FieldType `json:"type"`
		DryRun bool            `json:"dryRun,omitempty" doc:"Only say what would happen"`
	}
}

// Retype says what a change of type converts and loses.
type Retype struct {
	Converted int              `json:"converted"`
	Lost      int              `json:"lost"`
	Samples   []app.LostSample `json:"samples" doc:"Some of the values that would be lost"`
	Options   []string         `json:"options" doc:"Options that are made from values"`
	Field     *Field           `json:"field,omitempty" doc:"The field as it is now, unless it was a dry run"`
}

type retypeOut struct{ Body Retype }

func (s *server) retypeField(ctx context.Context, in *retypeIn) (*retypeOut, error) {
	res, err := s.app.RetypeField(ctx, callerOf(ctx), in.Field, in.Body.Type, app.RetypeMode{DryRun: in.Body.DryRun})
	if err != nil {
		return nil, err
	}
	out := &retypeOut{Body: Retype{Converted: res.Converted, Lost: res.Lost, Samples: res.Samples, Options: res.NewOptions}}
	if !in.Body.DryRun {
		f := fieldOut(res.Field)
		out.Body.Field = &f
	}
	return out, nil
}

type checkFormulaIn struct {
	ProjectIn
	Body struct {
		Field   cairn.ID      `json:"field,omitempty" doc:"The field being edited, if it exists"`
		Name    string        `json:"name,omitempty"`
		Formula cairn.Formula `json:"formula"`
	}
}

// FormulaError is a mistake in an expression.
type FormulaError struct {
	Message string `json:"message"`
	Remedy  string `json:"remedy,omitempty"`
	Pos     int    `json:"pos" doc:"In characters from 0"`
	End     int    `json:"end"`
}

// FormulaCheck is what an editor shows while a formula is written.
type FormulaCheck struct {
	OK      bool             `json:"ok"`
	Message string           `json:"message,omitempty"`
	Errors  []FormulaError   `json:"errors"`
	Preview []FormulaPreview `json:"preview"`
}

// FormulaPreview is a formula's result for one idea; Value has the form of a
// formula cell in a view.
type FormulaPreview struct {
	Idea  cairn.ID   `json:"idea"`
	Title string     `json:"title"`
	Value rawMessage `json:"value"`
}

type checkFormulaOut struct{ Body FormulaCheck }

func (s *server) checkFormula(ctx context.Context, in *checkFormulaIn) (*checkFormulaOut, error) {
	by := callerOf(ctx)
	p, err := s.app.Project(by, in.Project)
	if err != nil {
		return nil, err
	}
	name := in.Body.Name
	if name == "" {
		name = "Formula"
	}
	res, err := s.app.CheckFormula(ctx, by, p.ID, cairn.Field{ID: in.Body.Field, Name: name, Formula: &in.Body.Formula})
	if err != nil {
		return nil, err
	}
	out := &checkFormulaOut{Body: FormulaCheck{
		OK: len(res.Errors) == 0 && res.Message == "", Message: res.Message, Errors: []FormulaError{}, Preview: []FormulaPreview{},
	}}
	for _, e := range res.Errors {
		out.Body.Errors = append(out.Body.Errors, FormulaError{e.Message, e.Remedy, e.Pos, e.End})
	}
	for _, p := range res.Preview {
		out.Body.Preview = append(out.Body.Preview, FormulaPreview{p.Idea, p.Title, p.Cell.AppendJSON(nil)})
	}
	return out, nil
}

type functionsOut struct {
	Body struct {
		Functions []formula.Function `json:"functions"`
	}
}

func (s *server) listFunctions(context.Context, *none) (*functionsOut, error) {
	out := &functionsOut{}
	out.Body.Functions = formula.Functions()
	return out, nil
}

type formulaTemplatesOut struct {
	Body struct {
		Templates []formula.Template `json:"templates"`
	}
}

func (s *server) listFormulaTemplates(context.Context, *none) (*formulaTemplatesOut, error) {
	out := &formulaTemplatesOut{}
	out.Body.Templates = formula.Templates()
	return out, nil
}
