package app

import (
	"encoding/json"

	"cairn"
	"cairn/internal/engine"
)

// startValues gives a new idea the defaults of fields that it names no value
// for, and refuses it when a required field is empty then (RULE-1 to RULE-4).
func (a *App) startValues(by Caller, p cairn.Project, st *engine.State, idea *cairn.Idea) error {
	fields := st.Fields()
	attrs := cairn.Attrs{}
	for i := range fields {
		f := &fields[i]
		raw, given := idea.Values[f.Ref()]
		if !given {
			raw = f.DefaultFor(by.User, a.today())
		}
		if !cairn.IsNull(raw) {
			idea.Values[f.Ref()] = raw
			attrs.Set(string(f.Ref()), raw)
		}
	}
	target := a.target(by, p)
	may := func(f *cairn.Field) bool { return cairn.Can(by.Actor, editVerb(f), target) }
	if err := cairn.CheckCreated(fields, idea.Values, may); err != nil {
		return err
	}
	return cairn.CheckEntered(fields, attrs, func(cairn.Ref) bool { return true })
}

// editVerb is the right that writing the field needs.
func editVerb(f *cairn.Field) cairn.Verb {
	if f.OpenToContributors {
		return cairn.EditOpenField
	}
	return cairn.EditIdea
}

// entered refuses values with which an idea would have an option that it may
// enter only with other fields filled (RULE-3).
func (p patching) entered(attrs cairn.Attrs, values map[cairn.Ref]json.RawMessage) error {
	if len(values) == 0 {
		return nil
	}
	return cairn.CheckEntered(p.fields, attrs, func(ref cairn.Ref) bool {
		_, changed := values[ref]
		return changed
	})
}
