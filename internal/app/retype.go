package app

import (
	"context"
	"encoding/json"
	"strconv"
	"strings"

	"cairn"
	"cairn/internal/engine"
	"cairn/internal/importer"
	"cairn/internal/store"
)

// RetypeMode says whether a change of type is only tried.
type RetypeMode struct{ DryRun bool }

// LostSample is a value that a change of type would lose, and why.
type LostSample struct {
	Idea  cairn.ID `json:"idea"`
	Title string   `json:"title"`
	Value string   `json:"value"`
	Why   string   `json:"why"`
}

// Retyped says what a change of type converts and loses.
type Retyped struct {
	Converted, Lost int
	Samples         []LostSample
	NewOptions      []string
	Field           cairn.Field
}

const lostSamples = 20

// RetypeField changes a field's type and converts its values, all in one change
// set, so that undo brings both back. Values that do not convert are emptied;
// a dry run counts and shows them first.
func (a *App) RetypeField(ctx context.Context, by Caller, id cairn.ID, to cairn.FieldType, mode RetypeMode) (Retyped, error) {
	project, err := a.fieldProject(ctx, by, id)
	if err != nil {
		return Retyped{}, err
	}
	if info, ok := to.Info(); !ok || info.Computed {
		return Retyped{}, cairn.Invalid("type", "A field cannot become %q; it can become any type that holds values", to)
	}
	if to == cairn.TypeConnection {
		return Retyped{}, cairn.Invalid("type", "A field cannot become a connection, since its values are no ideas. Make a new field instead")
	}
	st, err := a.states.get(ctx, project)
	if err != nil {
		return Retyped{}, err
	}
	var out Retyped
	_, err = a.write(ctx, by, project, func(tx store.Tx) error {
		c, err := a.newConversion(tx, st.state, id, to)
		if err != nil {
			return err
		}
		if err := c.run(tx, by, project); err != nil {
			return err
		}
		out = c.out
		out.Field = shown(c.to, st.state.Schema())
		if mode.DryRun {
			return errDryRun
		}
		return nil
	})
	if mode.DryRun && err == errDryRun { // made three lines above
		err = nil
	}
	return out, err
}

// errDryRun rolls a tried change back.
var errDryRun = cairn.Errorf(cairn.CodeConflict, "This was only tried")

// conversion turns the values of one field into another type.
type conversion struct {
	app      *App
	from, to cairn.Field
	tx       store.Tx
	by       Caller
	out      Retyped
}

func (a *App) newConversion(tx store.Tx, st *engine.State, id cairn.ID, to cairn.FieldType) (*conversion, error) {
	e, err := tx.Entity(id)
	if err != nil {
		return nil, err
	}
	from := cairn.Field{ID: id, Project: e.Project, Version: e.Version}
	if err := e.Attrs.Decode(&from); err != nil {
		return nil, err
	}
	switch {
	case from.Type == to:
		return nil, cairn.Invalid("type", "%s has this type already", from.Name)
	case from.Type == cairn.TypeVotes:
		return nil, cairn.Invalid("type", "%s holds people's votes, which no other type can. Make a new field instead", from.Name)
	case from.Type == cairn.TypeEvidence:
		return nil, cairn.Invalid("type", "%s is measured from insights; its results are not stored. Make a new field instead", from.Name)
	case from.Type == cairn.TypeFormula:
		return nil, cairn.Invalid("type", "%s is a formula; its results are not stored. Make a new field instead", from.Name)
	}
	next := from
	next.Type = to
	info, _ := to.Info()
	if !info.Options {
		next.Options = nil
	}
	if info.Kind != cairn.KindNumber {
		next.Number = nil
	}
	next.Connection = nil
	next.KeepFitting(info)
	if err := next.Validate(); err != nil {
		return nil, err
	}
	_ = st
	return &conversion{app: a, from: from, to: next, tx: tx, out: Retyped{Samples: []LostSample{}, NewOptions: []string{}}}, nil
}

// run converts every idea's value and then the field itself.
func (c *conversion) run(tx store.Tx, by Caller, project cairn.ID) error {
	c.by = by
	var changed []cairn.Entity
	attr := string(c.from.Ref())
	err := tx.Scan(store.Query{Kinds: []cairn.Kind{cairn.KindIdea}, Project: project, Text: true}, func(e cairn.Entity) error {
		raw := e.Attrs[attr]
		if cairn.IsNull(raw) {
			return nil
		}
		next, why := c.value(raw)
		e.Attrs = cloneAttrs(e.Attrs)
		e.Attrs.Set(attr, next)
		touch(tx, by, e.Attrs)
		changed = append(changed, e)
		c.count(e, raw, next, why)
		return nil
	})
	if err != nil {
		return err
	}
	fe, err := tx.Entity(c.from.ID)
	if err != nil {
		return err
	}
	if err := putAttrs(tx, fe, c.to); err != nil {
		return err
	}
	for _, e := range changed {
		if err := tx.Put(e); err != nil {
			return err
		}
	}
	return nil
}

func (c *conversion) count(e cairn.Entity, raw, next json.RawMessage, why string) {
	if !cairn.IsNull(next) {
		c.out.Converted++
		return
	}
	c.out.Lost++
	if len(c.out.Samples) < lostSamples {
		c.out.Samples = append(c.out.Samples, LostSample{e.ID, e.Attrs.Text("title"), c.text(raw), why})
	}
}

// value converts one stored value; why says what stands in the way.
func (c *conversion) value(raw json.RawMessage) (next json.RawMessage, why string) {
	cells := c.cells(raw)
	v, problems := importer.Convert(importer.FieldType(c.to.Type), cells, c.hints())
	if v.Empty {
		why = "The new type cannot hold it"
		if len(problems) > 0 {
			why = problems[0].Reason
		}
		return nil, why
	}
	wire, err := c.app.neutral(&c.to, v, c.tx, &c.out.NewOptions)
	if err != nil {
		return nil, err.Error()
	}
	checked, err := cairn.ParseValue(&c.to, wire)
	if err != nil {
		return nil, err.Error()
	}
	if checked.IsNull() {
		return nil, "The new type cannot hold it"
	}
	return checked.AppendJSON(nil), ""
}

func (c *conversion) hints() importer.Hints {
	low, high := c.to.Number.Range()
	h := importer.Hints{Low: low, High: high, Decimal: "."}
	if c.from.Type == cairn.TypeShortText || c.from.Type == cairn.TypeLongText {
		h.Separator = ","
		h.Decimal = ""
	}
	return h
}

// cells are the value's texts, as a person would read them.
func (c *conversion) cells(raw json.RawMessage) []string {
	v, err := cairn.ParseValue(&c.from, raw)
	if err != nil {
		return nil
	}
	switch v.Kind {
	case cairn.KindText:
		return []string{v.Text}
	case cairn.KindNumber:
		if r, ok := v.Range(); ok {
			return []string{r.String()}
		}
		return []string{strconv.FormatFloat(v.Num, 'f', -1, 64)}
	case cairn.KindBool:
		return []string{"yes"}
	case cairn.KindDate:
		return []string{v.Day.String()}
	case cairn.KindInterval:
		if c.to.Type == cairn.TypeDate {
			return []string{v.Interval.Start.String()}
		}
		return []string{v.Interval.Start.String() + " → " + v.Interval.End.String()}
	case cairn.KindTexts:
		return v.Texts
	}
	var out []string
	for _, id := range v.IDs {
		if c.from.Type == cairn.TypeConnection {
			out = append(out, c.app.keyIn(c.tx, c.by, id))
			continue
		}
		if o, ok := c.from.Option(id); ok {
			out = append(out, c.optionText(o))
		} else if name := c.app.dir.Name(id); name != "" {
			out = append(out, name)
		}
	}
	return out
}

// optionText is an option's weight where numbers are wanted, else its name.
func (c *conversion) optionText(o cairn.Option) string {
	info, _ := c.to.Type.Info()
	if info.Kind == cairn.KindNumber && o.Weight != nil {
		return strconv.FormatInt(*o.Weight, 10)
	}
	return o.Name
}

func (c *conversion) text(raw json.RawMessage) string { return strings.Join(c.cells(raw), ", ") }

// neutral turns an importer's neutral value into the JSON form of a field's
// value. Options that the field lacks are added to it and named in made.
func (a *App) neutral(f *cairn.Field, v importer.Value, tx store.Tx, made *[]string) (json.RawMessage, error) {
	switch f.Type {
	case cairn.TypeNumber, cairn.TypeRating, cairn.TypeSlider:
		return numberValue(v), nil
	case cairn.TypeCheckbox:
		return strconv.AppendBool(nil, v.Bool), nil
	case cairn.TypeDate:
		return rawJSON(v.Date), nil
	case cairn.TypeInterval:
		return intervalValue(v), nil
	case cairn.TypeSelect:
		return rawJSON(optionFor(f, v.Text, tx, made)), nil
	case cairn.TypeMultiSelect:
		ids := make([]cairn.ID, 0, len(v.List))
		for _, name := range v.List {
			ids = append(ids, optionFor(f, name, tx, made))
		}
		return rawJSON(ids), nil
	case cairn.TypeLabels:
		return rawJSON(v.List), nil
	case cairn.TypePerson, cairn.TypePeople:
		return a.peopleValue(f, v.People)
	}
	return rawJSON(v.Text), nil
}

// numberValue is a number or a range.
func numberValue(v importer.Value) json.RawMessage {
	return cairn.Range{Low: v.Low, Likely: v.Number + 0, High: v.High}.Value().AppendJSON(nil)
}

func intervalValue(v importer.Value) json.RawMessage {
	start, end := v.Period.Start, v.Period.End
	if start == "" {
		start = end
	}
	if end == "" {
		end = start
	}
	return rawJSON(map[string]string{"start": start, "end": end, "precision": precision(v)})
}

func precision(v importer.Value) string {
	for _, p := range cairn.Precisions() {
		if string(p) == string(v.Period.Precision) {
			return string(p)
		}
	}
	return string(cairn.PrecisionDay)
}

// optionFor finds or makes the option with that name.
func optionFor(f *cairn.Field, name string, tx store.Tx, made *[]string) cairn.ID {
	if o, ok := f.OptionNamed(name); ok {
		return o.ID
	}
	colors := cairn.Colors()
	o := cairn.Option{ID: tx.NewID(), Name: strings.TrimSpace(name), Color: colors[(len(f.Options)+1)%len(colors)]}
	// The slice may be shared with the directory's copy: never append in place.
	f.Options = append(f.Options[:len(f.Options):len(f.Options)], o)
	*made = append(*made, o.Name)
	return o.ID
}

// peopleValue finds people by e-mail address or name; unknown ones are an error.
func (a *App) peopleValue(f *cairn.Field, people []importer.Person) (json.RawMessage, error) {
	var ids []cairn.ID
	for _, p := range people {
		u, ok := a.findPerson(p)
		if !ok {
			return nil, cairn.Invalid(string(f.Ref()), "There is no person named %q in the workspace", p.Name+p.Email)
		}
		ids = append(ids, u.ID)
	}
	if f.Type == cairn.TypePerson {
		return rawJSON(ids[0]), nil
	}
	return rawJSON(ids), nil
}

// findPerson matches somebody from a file with the people of the workspace: by
// e-mail address, then by name, letter case aside.
func (a *App) findPerson(p importer.Person) (cairn.User, bool) {
	if p.Email != "" {
		if u, ok := a.dir.UserByEmail(strings.ToLower(p.Email)); ok {
			return u, true
		}
	}
	if p.Name == "" {
		return cairn.User{}, false
	}
	return a.dir.findUser(func(u cairn.User) bool { return strings.EqualFold(u.Name, p.Name) })
}
