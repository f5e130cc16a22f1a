package template

import (
	"encoding/json"
	"slices"

	"cairn"
	"cairn/internal/formula"
)

// field is a field as it becomes.
func (a *anew) field(p Part[cairn.Field]) cairn.Field {
	f, old := p.Def, cairn.FieldRef(p.ID)
	f.Options = slices.Clone(f.Options)
	for i := range f.Options {
		f.Options[i].ID = a.ids[f.Options[i].ID]
	}
	if f.Formula != nil {
		f.Formula = a.formula(*f.Formula)
	}
	if f.Connection != nil {
		f.Connection = &cairn.Connection{Projects: a.either(f.Connection.Projects), Types: a.either(f.Connection.Types)}
	}
	if f.Rules != nil {
		f.Rules = a.rules(*f.Rules, old)
	}
	var formats []cairn.FieldFormat
	for _, m := range f.Formats {
		if v, ok := a.value(old, m.Value); ok {
			m.Value = v
			formats = append(formats, m)
		}
	}
	f.Formats = formats
	return f
}

func (a *anew) formula(f cairn.Formula) *cairn.Formula {
	f.Expression = formula.Renamed(f.Expression, a.ref)
	var inputs []cairn.FormulaInput
	for _, in := range f.Inputs {
		if to, ok := a.ref(in.Field); ok {
			in.Field = to
			inputs = append(inputs, in)
		}
	}
	f.Inputs = inputs
	return &f
}

func (a *anew) rules(r cairn.FieldRules, old cairn.Ref) *cairn.FieldRules {
	if v, ok := a.value(old, r.Default); ok {
		r.Default = v
	} else {
		r.Default = nil
	}
	if r.Before != nil {
		to, ok := a.ref(r.Before.Field)
		options := a.known(r.Before.Options)
		r.Before = nil
		if ok && len(options) > 0 {
			r.Before = &cairn.RequiredBefore{Field: to, Options: options}
		}
	}
	return &r
}

// value is what a value of a field, or a list of values, becomes; ok is false
// when nothing of it is left.
func (a *anew) value(of cairn.Ref, raw json.RawMessage) (to json.RawMessage, ok bool) {
	f, custom := a.fields[of]
	info, _ := f.Type.Info()
	switch {
	case cairn.IsNull(raw):
		return raw, true
	case of == cairn.RefParent, custom && f.Type == cairn.TypeConnection:
		return nil, false // it names ideas
	case of != cairn.RefType && !info.Options:
		return raw, true
	}
	var list []json.RawMessage
	if json.Unmarshal(raw, &list) != nil {
		return a.choice(raw)
	}
	kept := []json.RawMessage{}
	for _, each := range list {
		if v, ok := a.choice(each); ok {
			kept = append(kept, v)
		}
	}
	if len(kept) == 0 && len(list) > 0 {
		return nil, false
	}
	return encoded(kept), true
}

// choice is what one option or type becomes. Words stay.
func (a *anew) choice(raw json.RawMessage) (json.RawMessage, bool) {
	var id cairn.ID
	if cairn.IsNull(raw) || json.Unmarshal(raw, &id) != nil {
		return raw, true
	}
	to, ok := a.ids[id]
	return encoded(to), ok
}

// encoded is the JSON of what always has one.
func encoded(v any) json.RawMessage {
	raw, err := json.Marshal(v)
	if err != nil {
		return nil
	}
	return raw
}
