package app

import (
	"context"
	"strings"

	"cairn"
	"cairn/internal/engine"
	"cairn/internal/formula"
	"cairn/internal/store"
)

// CreateField adds a field to a project, last unless it has a position. Options
// without an id get one.
func (a *App) CreateField(ctx context.Context, by Caller, project cairn.ID, f cairn.Field) (cairn.Field, error) {
	if _, err := a.mayIn(by, project, cairn.ChangeProject); err != nil {
		return f, err
	}
	st, err := a.states.get(ctx, project)
	if err != nil {
		return f, err
	}
	_, err = a.write(ctx, by, project, func(tx store.Tx) error {
		f.ID, err = createField(tx, st.state, project, &f)
		f.Version = tx.Seq()
		return err
	})
	return shown(f, st.state.Schema()), err
}

// createField validates and stores a new field inside a transaction.
func createField(tx store.Tx, st *engine.State, project cairn.ID, f *cairn.Field) (cairn.ID, error) {
	f.Name = strings.TrimSpace(f.Name)
	f.ID, f.Project, f.Deleted = tx.NewID(), project, false
	if f.Position == 0 {
		for _, other := range st.Fields() {
			f.Position = max(f.Position, other.Position)
		}
		f.Position++
	}
	if err := prepareField(tx, st, f); err != nil {
		return 0, err
	}
	attrs, err := cairn.AttrsOf(f)
	if err != nil {
		return 0, err
	}
	return tx.Create(cairn.Entity{ID: f.ID, Kind: cairn.KindField, Project: project, Attrs: attrs})
}

// prepareField gives ids to new options, puts the formula into its stored form
// and validates everything.
func prepareField(tx store.Tx, st *engine.State, f *cairn.Field) error {
	for i := range f.Options {
		f.Options[i].Name = strings.TrimSpace(f.Options[i].Name)
		if f.Options[i].ID == 0 {
			f.Options[i].ID = tx.NewID()
		}
		if f.Options[i].Color == "" {
			f.Options[i].Color = cairn.Colors()[(i+1)%len(cairn.Colors())]
		}
	}
	if err := f.Validate(); err != nil {
		return err
	}
	if err := checkRules(st, f); err != nil {
		return err
	}
	if f.Formula == nil {
		return nil
	}
	if f.Formula.Expression != "" {
		copied := *f.Formula
		copied.Expression = formula.Store(copied.Expression, st.SchemaWith(*f))
		f.Formula = &copied
	}
	return st.CheckFormula(*f)
}

// checkRules refuses rules that name a field or an option which is not there.
func checkRules(st *engine.State, f *cairn.Field) error {
	if f.Rules == nil || f.Rules.Before == nil {
		return nil
	}
	b := f.Rules.Before
	status, ok := st.Field(b.Field)
	if !ok || status.Type != cairn.TypeSelect {
		return cairn.Invalid("rules.before", "%s: it can be required before an option of a select field; %s is none", f.Name, b.Field)
	}
	for _, id := range b.Options {
		if _, ok := status.Option(id); !ok {
			return cairn.Invalid("rules.before", "%s: %s has no option with the id %d", f.Name, status.Name, id)
		}
	}
	return nil
}

// FieldPatch changes what is not nil. The type is changed by RetypeField.
type FieldPatch struct {
	Name, Description                  *string
	Position                           *float64
	Hidden, Pinned, OpenToContributors *bool
	Options                            *[]cairn.Option
	Number                             *cairn.NumberFormat
	Formula                            *cairn.Formula
	Votes                              *cairn.VoteRules
	Connection                         *cairn.Connection
	Evidence                           *cairn.EvidenceRule
	Rules                              *cairn.FieldRules
	Formats                            *[]cairn.FieldFormat
	Version                            int64
}

// UpdateField changes a field's definition. Options that are left out are
// removed: ideas that have them show no value until that is undone.
func (a *App) UpdateField(ctx context.Context, by Caller, id cairn.ID, in FieldPatch) (cairn.Field, error) {
	return a.changeField(ctx, by, id, in.Version, func(tx store.Tx, st *engine.State, f *cairn.Field) error {
		set(&f.Name, in.Name)
		set(&f.Description, in.Description)
		set(&f.Position, in.Position)
		set(&f.Hidden, in.Hidden)
		set(&f.Pinned, in.Pinned)
		set(&f.OpenToContributors, in.OpenToContributors)
		set(&f.Options, in.Options)
		if in.Number != nil {
			f.Number = in.Number
		}
		if in.Formula != nil {
			f.Formula = in.Formula
		}
		if in.Votes != nil {
			f.Votes = in.Votes
		}
		if in.Connection != nil {
			f.Connection = in.Connection
		}
		if in.Evidence != nil {
			f.Evidence = in.Evidence
		}
		if in.Rules != nil {
			f.Rules = in.Rules
		}
		set(&f.Formats, in.Formats)
		f.Name = strings.TrimSpace(f.Name)
		return prepareField(tx, st, f)
	})
}

// DeleteField hides a field and its values from everything; RestoreField brings
// both back. A field that a formula uses is refused, naming the formula.
func (a *App) DeleteField(ctx context.Context, by Caller, id cairn.ID) (cairn.Field, error) {
	return a.changeField(ctx, by, id, 0, func(_ store.Tx, st *engine.State, f *cairn.Field) error {
		if users := st.FormulasUsing(f.Ref()); len(users) > 0 {
			return cairn.Conflict("%s is used by %s; change or delete that first", f.Name, strings.Join(users, ", "))
		}
		f.Deleted = true
		return nil
	})
}

// RestoreField brings a deleted field back with its values.
func (a *App) RestoreField(ctx context.Context, by Caller, id cairn.ID) (cairn.Field, error) {
	return a.changeField(ctx, by, id, 0, func(_ store.Tx, _ *engine.State, f *cairn.Field) error {
		f.Deleted = false
		return nil
	})
}

// changeField reads, changes and writes one field.
func (a *App) changeField(ctx context.Context, by Caller, id cairn.ID, seen int64, change func(store.Tx, *engine.State, *cairn.Field) error) (cairn.Field, error) {
	var f cairn.Field
	project, err := a.fieldProject(ctx, by, id)
	if err != nil {
		return f, err
	}
	st, err := a.states.get(ctx, project)
	if err != nil {
		return f, err
	}
	_, err = a.write(ctx, by, project, func(tx store.Tx) error {
		e, err := tx.Entity(id)
		if err != nil {
			return err
		}
		if err := checkVersion(e, seen); err != nil {
			return err
		}
		f = cairn.Field{ID: id, Project: project, Version: tx.Seq()}
		if err := e.Attrs.Decode(&f); err != nil {
			return err
		}
		if err := change(tx, st.state, &f); err != nil {
			return err
		}
		return putAttrs(tx, e, f)
	})
	return shown(f, st.state.Schema()), err
}

func (a *App) fieldProject(ctx context.Context, by Caller, id cairn.ID) (cairn.ID, error) {
	e, err := a.store.Entity(ctx, id)
	if err != nil || e.Kind != cairn.KindField {
		return 0, cairn.NotFound("The field")
	}
	if _, err := a.mayIn(by, e.Project, cairn.ChangeProject); err != nil {
		if cairn.CodeOf(err) == cairn.CodeNotFound {
			return 0, cairn.NotFound("The field")
		}
		return 0, err
	}
	return e.Project, nil
}

// DeletedFields returns the deleted fields of a project, which can be restored.
func (a *App) DeletedFields(ctx context.Context, by Caller, project cairn.ID) ([]cairn.Field, error) {
	if _, err := a.mayIn(by, project, cairn.ChangeProject); err != nil {
		return nil, err
	}
	var out []cairn.Field
	_, err := a.store.Scan(ctx, store.Query{Kinds: []cairn.Kind{cairn.KindField}, Project: project}, func(e cairn.Entity) error {
		f := cairn.Field{ID: e.ID, Project: project, Version: e.Version}
		if err := e.Attrs.Decode(&f); err != nil {
			return err
		}
		if f.Deleted {
			out = append(out, f)
		}
		return nil
	})
	return out, err
}

// FormulaCheck is what an editor learns of a formula before it is saved.
type FormulaCheck struct {
	// Errors with positions in the expression; empty means it can be saved.
	Errors []formula.Error
	// Message is set when the formula as a whole is refused, such as a cycle.
	Message string
	// Preview holds results for a few real ideas.
	Preview []FormulaPreview
}

// FormulaPreview is a formula's result for one idea.
type FormulaPreview struct {
	Idea  cairn.ID
	Title string
	Cell  engine.Cell
}

// unsaved stands for the id of a field that has none yet.
const unsaved = cairn.ID(1 << 52)

// CheckFormula compiles a formula field that is not saved (yet) and previews it
// on the first ideas of the project.
func (a *App) CheckFormula(ctx context.Context, by Caller, project cairn.ID, f cairn.Field) (FormulaCheck, error) {
	if _, err := a.mayIn(by, project, cairn.ReadProject); err != nil {
		return FormulaCheck{}, err
	}
	st, err := a.states.get(ctx, project)
	if err != nil {
		return FormulaCheck{}, err
	}
	if f.Formula == nil {
		return FormulaCheck{}, cairn.Invalid("formula", "Nothing to check: the formula is missing")
	}
	f.Type, f.Project = cairn.TypeFormula, project
	if f.ID == 0 {
		f.ID = unsaved // so that it can use its own values of the children
	}
	var out FormulaCheck
	if f.Formula.Kind == cairn.FormulaExpression {
		_, out.Errors = formula.Compile(f.Formula.Expression, st.state.SchemaWith(f), formula.Number)
		if len(out.Errors) > 0 {
			return out, nil
		}
	}
	if err := st.state.CheckFormula(f); err != nil {
		out.Message = err.Error()
		return out, nil
	}
	const most = 5
	ids, cells, err := st.state.Preview(f, most, a.env(by, st))
	if err != nil {
		return out, err
	}
	for i, id := range ids {
		title, _, _ := st.state.Title(id)
		out.Preview = append(out.Preview, FormulaPreview{id, title, cells[i]})
	}
	return out, nil
}
