package cairn

import (
	"encoding/json"
	"slices"
)

// FieldRules say when a field must be filled and what it starts with.
type FieldRules struct {
	// OnCreate: an idea cannot be added without it.
	OnCreate bool `json:"onCreate,omitempty"`
	// Before: an idea cannot enter certain options of a select without it.
	Before *RequiredBefore `json:"before,omitempty"`
	// Default is the value of a new idea that names none: a value of the field,
	// "me" for the person who adds it, or "today".
	Default json.RawMessage `json:"default,omitempty"`
}

// RequiredBefore names options of a select field that an idea may enter only
// with the ruled field filled.
type RequiredBefore struct {
	Field   Ref  `json:"field"`
	Options []ID `json:"options"`
}

// FieldFormat marks values of a field for which Op and Value hold, in every
// view that shows the field. The first format that holds decides.
type FieldFormat struct {
	Op    FilterOp        `json:"op"`
	Value json.RawMessage `json:"value,omitempty"`
	// Color of the palette; "" for none.
	Color string `json:"color,omitempty"`
	// Icon is one of FormatIcons; "" for none.
	Icon string `json:"icon,omitempty"`
	// Whole colours the whole row or card instead of the cell.
	Whole bool `json:"whole,omitempty"`
}

// MaxFormats is how many formats a field may have.
const MaxFormats = 20

// FormatIcons are the marks that a format may set, by the names the web app
// knows.
func FormatIcons() []string {
	return []string{"flag", "star", "alert", "check", "flame", "clock", "arrow-up", "arrow-down"}
}

// Rule returns the format as a colour rule of a view.
func (f FieldFormat) Rule(field Ref) ColorRule {
	rule := ColorRule{When: Filter{Field: field, Op: f.Op, Value: f.Value}, Color: f.Color, Icon: f.Icon, Field: field}
	if f.Whole {
		rule.Field = ""
	}
	return rule
}

// KeepFitting drops the formats and the default that do not fit another type.
func (f *Field) KeepFitting(info TypeInfo) {
	f.Formats = slices.DeleteFunc(slices.Clone(f.Formats), func(m FieldFormat) bool { return !slices.Contains(info.Ops, m.Op) })
	if f.Rules != nil && !IsNull(f.Rules.Default) {
		rules := *f.Rules
		rules.Default = nil
		f.Rules = &rules
	}
}

func (f *Field) validateFormats(name string) error {
	info, _ := f.Type.Info()
	if len(f.Formats) > MaxFormats {
		return Invalid("formats", "Field %q: a field has at most %d formats; this one has %d", name, MaxFormats, len(f.Formats))
	}
	for i, m := range f.Formats {
		switch {
		case !slices.Contains(info.Ops, m.Op):
			return Invalid("formats", "Field %q, format %d: %q does not fit the type %s", name, i+1, m.Op, info.Label)
		case m.Color == "" && m.Icon == "":
			return Invalid("formats", "Field %q, format %d: it needs a colour or an icon", name, i+1)
		case m.Color != "" && !slices.Contains(Colors(), m.Color):
			return Invalid("formats", "Field %q, format %d: %q is not a colour of the palette", name, i+1, m.Color)
		case m.Icon != "" && !slices.Contains(FormatIcons(), m.Icon):
			return Invalid("formats", "Field %q, format %d: %q is not one of the icons", name, i+1, m.Icon)
		case m.Whole && m.Color == "":
			return Invalid("formats", "Field %q, format %d: the whole row is marked by a colour; choose one", name, i+1)
		}
	}
	return nil
}

// Words of defaults that depend on who adds the idea and when.
const (
	DefaultMe    = "me"
	DefaultToday = "today"
)

// DefaultFor returns the value that a new idea starts with; null for none.
func (f *Field) DefaultFor(user ID, today Day) json.RawMessage {
	if f.Rules == nil || IsNull(f.Rules.Default) {
		return nil
	}
	switch word := f.defaultWord(); {
	case word == DefaultMe && user == 0:
		return nil
	case word == DefaultMe && f.Type == TypePeople:
		return Value{Kind: KindRefIDs, IDs: []ID{user}}.AppendJSON(nil)
	case word == DefaultMe:
		return Value{Kind: KindRefID, IDs: []ID{user}}.AppendJSON(nil)
	case word == DefaultToday:
		return Value{Kind: KindDate, Day: today}.AppendJSON(nil)
	}
	return f.Rules.Default
}

// defaultWord is the word that stands for a default, "" when it is a value.
func (f *Field) defaultWord() string {
	var word string
	if json.Unmarshal(f.Rules.Default, &word) != nil {
		return ""
	}
	switch {
	case word == DefaultMe && (f.Type == TypePerson || f.Type == TypePeople),
		word == DefaultToday && f.Type == TypeDate:
		return word
	}
	return ""
}

// validateRules checks the rules against the field itself; the select that they
// name is for the caller, who knows the other fields.
func (f *Field) validateRules(name string) error {
	r := f.Rules
	if r == nil {
		return nil
	}
	info, _ := f.Type.Info()
	if info.Computed && (r.OnCreate || r.Before != nil || !IsNull(r.Default)) {
		return Invalid("rules", "Field %q is of type %s, which nobody fills in; it cannot be required or have a default", name, info.Label)
	}
	if b := r.Before; b != nil && (len(b.Options) == 0 || b.Field == f.Ref()) {
		return Invalid("rules.before", "Field %q: it is required before an option of another select field; name the field and its options", name)
	}
	if IsNull(r.Default) || f.defaultWord() != "" {
		return nil
	}
	v, err := ParseValue(f, r.Default)
	if err != nil {
		return err
	}
	r.Default = nil
	if !v.IsNull() {
		r.Default = v.AppendJSON(nil)
	}
	return nil
}

// CheckEntered reports the fields that must be filled before an idea with the
// values in attrs may have the options it has; changed limits it to ideas of
// which that attribute was changed. The error names every missing field.
func CheckEntered(fields []Field, attrs Attrs, changed func(Ref) bool) error {
	var out *Error
	for i := range fields {
		f := &fields[i]
		if f.Rules == nil || f.Rules.Before == nil || !IsNull(attrs[string(f.Ref())]) {
			continue
		}
		b := f.Rules.Before
		if !changed(b.Field) && !changed(f.Ref()) {
			continue
		}
		at := slices.IndexFunc(fields, func(s Field) bool { return s.Ref() == b.Field && s.Type == TypeSelect })
		if at < 0 {
			continue // the select was deleted, and the rule with it
		}
		var id ID
		if json.Unmarshal(attrs[string(b.Field)], &id) != nil || !slices.Contains(b.Options, id) {
			continue
		}
		o, _ := fields[at].Option(id)
		out = joined(out, Invalid(string(f.Ref()), "%s must be filled in before %s is %s", f.Name, fields[at].Name, o.Name))
	}
	return asError(out)
}

// CheckCreated reports the fields that a new idea lacks; may says which of them
// the person could fill in, since nobody is asked for what they may not write.
func CheckCreated(fields []Field, attrs map[Ref]json.RawMessage, may func(*Field) bool) error {
	var out *Error
	for i := range fields {
		f := &fields[i]
		if f.Rules != nil && f.Rules.OnCreate && IsNull(attrs[f.Ref()]) && may(f) {
			out = joined(out, Invalid(string(f.Ref()), "%s must be filled in for a new idea", f.Name))
		}
	}
	return asError(out)
}

// joined adds the details of one refusal to another.
func joined(to, next *Error) *Error {
	if to == nil {
		return next
	}
	to.Details = append(to.Details, next.Details...)
	to.Message += ". " + next.Message
	return to
}

// asError keeps a nil pointer from becoming an error.
func asError(e *Error) error {
	if e == nil {
		return nil
	}
	return e
}
