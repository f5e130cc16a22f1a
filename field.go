package cairn

import (
	"slices"
	"strings"
)

// FieldType says what a field holds and so how it is shown, edited, compared
// and converted.
type FieldType string

// The field types.
const (
	TypeShortText   FieldType = "short_text"
	TypeLongText    FieldType = "long_text"
	TypeNumber      FieldType = "number"
	TypeRating      FieldType = "rating"
	TypeSlider      FieldType = "slider"
	TypeCheckbox    FieldType = "checkbox"
	TypeSelect      FieldType = "select"
	TypeMultiSelect FieldType = "multi_select"
	TypeDate        FieldType = "date"
	TypeInterval    FieldType = "interval"
	TypePerson      FieldType = "person"
	TypePeople      FieldType = "people"
	TypeURL         FieldType = "url"
	TypeLabels      FieldType = "labels"
	TypeConnection  FieldType = "connection"
	TypeFormula     FieldType = "formula"
	// TypeVotes sums what people give from their budgets (Ballot).
	TypeVotes FieldType = "votes"
	// TypeEvidence measures an idea's insights (EvidenceRule).
	TypeEvidence FieldType = "evidence"
	// TypeParent is only built in: the idea above.
	TypeParent FieldType = "parent"
	// TypeTime is only built in (created, updated): a moment, shown as a date.
	TypeTime FieldType = "time"
)

// ValueKind is the shape of a field type's value.
type ValueKind uint8

// The shapes of values.
const (
	KindNull ValueKind = iota
	KindText
	KindNumber
	KindBool
	KindDate
	KindInterval
	KindRefID  // one option or person
	KindRefIDs // several options or people
	KindTexts  // several labels
	KindMoment // a moment in time
)

// TypeInfo holds a field type's capabilities.
type TypeInfo struct {
	Type  FieldType
	Label string
	Kind  ValueKind
	// Groupable: a view may have one group per value.
	Groupable bool
	// Numeric: it gives a number to formulas, roll-ups and axes.
	Numeric bool
	// Options: it has a list of options.
	Options bool
	// Computed: people cannot write it.
	Computed bool
	// Ops are the filter operators that make sense.
	Ops []FilterOp
}

// The operators of the table below.
var (
	textOps     = []FilterOp{OpContains, OpNotContains, OpIs, OpIsNot, OpStartsWith, OpEndsWith, OpEmpty, OpNotEmpty}
	numberOps   = []FilterOp{OpEq, OpNe, OpGt, OpGte, OpLt, OpLte, OpBetween, OpEmpty, OpNotEmpty}
	oneOps      = []FilterOp{OpAnyOf, OpNoneOf, OpEmpty, OpNotEmpty}
	manyOps     = []FilterOp{OpAnyOf, OpAllOf, OpNoneOf, OpEmpty, OpNotEmpty}
	dateOps     = []FilterOp{OpOn, OpBefore, OpAfter, OpBetween, OpPast, OpNext, OpThis, OpOverdue, OpEmpty, OpNotEmpty}
	intervalOps = []FilterOp{OpStartsBefore, OpStartsAfter, OpEndsBefore, OpEndsAfter, OpOverlaps, OpPast, OpNext, OpThis, OpEmpty, OpNotEmpty}
)

// fieldTypes is the one table of field types, in the order a menu shows them.
var fieldTypes = [...]TypeInfo{
	{Type: TypeShortText, Label: "Short text", Kind: KindText, Groupable: true, Ops: textOps},
	{Type: TypeLongText, Label: "Long text", Kind: KindText, Ops: textOps},
	{Type: TypeNumber, Label: "Number", Kind: KindNumber, Numeric: true, Groupable: true, Ops: numberOps},
	{Type: TypeRating, Label: "Rating", Kind: KindNumber, Numeric: true, Groupable: true, Ops: numberOps},
	{Type: TypeSlider, Label: "Slider", Kind: KindNumber, Numeric: true, Groupable: true, Ops: numberOps},
	{Type: TypeCheckbox, Label: "Checkbox", Kind: KindBool, Numeric: true, Groupable: true, Ops: []FilterOp{OpIs}},
	{Type: TypeSelect, Label: "Select", Kind: KindRefID, Numeric: true, Groupable: true, Options: true, Ops: oneOps},
	{Type: TypeMultiSelect, Label: "Multi-select", Kind: KindRefIDs, Numeric: true, Groupable: true, Options: true, Ops: manyOps},
	{Type: TypeDate, Label: "Date", Kind: KindDate, Groupable: true, Ops: dateOps},
	{Type: TypeInterval, Label: "Interval", Kind: KindInterval, Groupable: true, Ops: intervalOps},
	{Type: TypePerson, Label: "Person", Kind: KindRefID, Groupable: true, Ops: oneOps},
	{Type: TypePeople, Label: "People", Kind: KindRefIDs, Groupable: true, Ops: manyOps},
	{Type: TypeURL, Label: "URL", Kind: KindText, Ops: textOps},
	{Type: TypeLabels, Label: "Labels", Kind: KindTexts, Groupable: true, Ops: manyOps},
	{Type: TypeConnection, Label: "Connection", Kind: KindRefIDs, Ops: manyOps},
	{Type: TypeFormula, Label: "Formula", Kind: KindNumber, Numeric: true, Groupable: true, Computed: true, Ops: numberOps},
	{Type: TypeVotes, Label: "Votes", Kind: KindNumber, Numeric: true, Groupable: true, Computed: true, Ops: numberOps},
	{Type: TypeEvidence, Label: "Evidence", Kind: KindNumber, Numeric: true, Groupable: true, Computed: true, Ops: numberOps},
	{Type: TypeParent, Label: "Parent", Kind: KindRefID, Groupable: true, Computed: true, Ops: oneOps},
	{Type: TypeTime, Label: "Time", Kind: KindMoment, Groupable: true, Computed: true, Ops: dateOps},
}

// FieldTypes lists the field types, in the order a menu shows them. The list is
// the caller's; the operators are shared and not to be changed.
func FieldTypes() []TypeInfo { return slices.Clone(fieldTypes[:]) }

// Info returns the capabilities of a type; ok is false for an unknown one.
func (t FieldType) Info() (info TypeInfo, ok bool) {
	for i := range fieldTypes {
		if fieldTypes[i].Type == t {
			return fieldTypes[i], true
		}
	}
	return TypeInfo{}, false
}

// Field is a custom field of a project.
type Field struct {
	ID          ID        `json:"-"`
	Project     ID        `json:"-"`
	Version     int64     `json:"-"`
	Name        string    `json:"name"`
	Type        FieldType `json:"type"`
	Description string    `json:"description,omitempty"`
	// Position orders the project's fields, ascending.
	Position float64 `json:"position"`
	// Hidden keeps it out of the idea panel; views may still show it.
	Hidden bool `json:"hidden,omitempty"`
	// Pinned puts it first in the idea panel.
	Pinned bool `json:"pinned,omitempty"`
	// OpenToContributors lets contributors edit it.
	OpenToContributors bool `json:"openToContributors,omitempty"`
	// Deleted fields keep their values, so that deletion can be undone.
	Deleted bool `json:"deleted,omitempty"`
	// Options of select and multi-select, in their order.
	Options []Option `json:"options,omitempty"`
	// Number, rating and slider.
	Number *NumberFormat `json:"number,omitempty"`
	// Formula is set for formula fields only.
	Formula *Formula `json:"formula,omitempty"`
	// Votes is set for votes fields only; nil is the default budget.
	Votes *VoteRules `json:"votes,omitempty"`
	// Evidence is set for evidence fields only.
	Evidence *EvidenceRule `json:"evidence,omitempty"`
	// Connection says which ideas a connection field may hold.
	Connection *Connection `json:"connection,omitempty"`
	// Rules say when it must be filled and what it starts with; nil for neither.
	Rules *FieldRules `json:"rules,omitempty"`
	// Formats mark its values wherever they are shown.
	Formats []FieldFormat `json:"formats,omitempty"`
}

// Connection narrows the ideas that a connection field may hold.
type Connection struct {
	// Projects and Types that the ideas may be of; empty is any.
	Projects []ID `json:"projects,omitempty"`
	Types    []ID `json:"types,omitempty"`
}

// Ref is the field's reference in views, formulas and idea attributes.
func (f *Field) Ref() Ref { return FieldRef(f.ID) }

// Option returns the option with that id.
func (f *Field) Option(id ID) (Option, bool) {
	for _, o := range f.Options {
		if o.ID == id {
			return o, true
		}
	}
	return Option{}, false
}

// OptionNamed returns the option with that name, letter case aside.
func (f *Field) OptionNamed(name string) (Option, bool) {
	for _, o := range f.Options {
		if strings.EqualFold(o.Name, strings.TrimSpace(name)) {
			return o, true
		}
	}
	return Option{}, false
}

// Option is one choice of a select or multi-select field.
type Option struct {
	ID    ID     `json:"id"`
	Name  string `json:"name"`
	Color string `json:"color"`
	// Weight is the option's number in formulas; nil counts as missing.
	Weight *int64 `json:"weight,omitempty"`
}

// Colors are the twelve option colours, by the names the web app knows.
func Colors() []string {
	return []string{"gray", "red", "orange", "amber", "yellow", "lime", "green", "teal", "cyan", "blue", "purple", "pink"}
}

// NumberFormat says how a number is entered and shown.
type NumberFormat struct {
	// Style is plain, percent or currency.
	Style string `json:"style,omitempty"`
	// Unit stands behind the number (or is the ISO 4217 code of a currency).
	Unit string `json:"unit,omitempty"`
	// Decimals is how many to show, 0–6; nil shows as many as there are.
	Decimals *int `json:"decimals,omitempty"`
	// Min, Max and Step bound a slider (default 0–100 by 1).
	Min  *float64 `json:"min,omitempty"`
	Max  *float64 `json:"max,omitempty"`
	Step *float64 `json:"step,omitempty"`
}

// Range returns the bounds of a slider, 0 and 100 unless set otherwise.
func (n *NumberFormat) Range() (low, high float64) {
	low, high = 0, 100
	if n != nil && n.Min != nil {
		low = *n.Min
	}
	if n != nil && n.Max != nil {
		high = *n.Max
	}
	return low, high
}

// FormulaKind is one of the three ways to compute a field.
type FormulaKind string

// The kinds of formulas.
const (
	FormulaSum        FormulaKind = "sum"
	FormulaWeighted   FormulaKind = "weighted"
	FormulaExpression FormulaKind = "expression"
)

// Formula computes a field from others. Sum and weighted use Inputs, expression
// uses Expression, whose field references are stored by id as {f17} and shown by
// name as {Impact}.
type Formula struct {
	Kind       FormulaKind    `json:"kind"`
	Inputs     []FormulaInput `json:"inputs,omitempty"`
	Expression string         `json:"expression,omitempty"`
}

// FormulaInput is one field of a sum or a weighted score. Weight counts in
// weighted scores only; negative weights form the divisor.
type FormulaInput struct {
	Field  Ref     `json:"field"`
	Weight float64 `json:"weight,omitempty"`
}

// Validate checks a field's own definition. Whether its formula compiles and
// its name is free are for the caller, who knows the other fields.
func (f *Field) Validate() error {
	name := strings.TrimSpace(f.Name)
	info, ok := f.Type.Info()
	switch {
	case name == "":
		return Invalid("name", "A field needs a name")
	case len([]rune(name)) > 120:
		return Invalid("name", "The name of a field has at most 120 characters; this one has %d", len([]rune(name)))
	case strings.ContainsAny(name, "{}\n\r\t"):
		return Invalid("name", "The name of a field cannot hold braces, tabs or line breaks")
	case !ok || f.Type == TypeTime || f.Type == TypeParent:
		return Invalid("type", "%q is not a field type", f.Type)
	case info.Options != (len(f.Options) > 0) && len(f.Options) > 0:
		return Invalid("options", "Field %q is of type %s, which has no options", name, info.Label)
	case (f.Type == TypeFormula) != (f.Formula != nil):
		return Invalid("formula", "Field %q: a formula field has a formula, and no other field does", name)
	}
	if f.Votes != nil {
		if f.Type != TypeVotes {
			return Invalid("votes", "Field %q is of type %s, with which nobody votes", name, info.Label)
		}
		if err := f.Votes.validate(name); err != nil {
			return err
		}
	}
	if (f.Type == TypeEvidence) != (f.Evidence != nil) {
		return Invalid("evidence", "Field %q: an evidence field says what it measures, and no other field does", name)
	}
	if f.Evidence != nil {
		if err := f.Evidence.validate(name); err != nil {
			return err
		}
	}
	if f.Connection != nil && f.Type != TypeConnection {
		return Invalid("connection", "Field %q is of type %s, which holds no ideas", name, info.Label)
	}
	if f.Number != nil {
		if err := f.Number.validate(name); err != nil {
			return err
		}
	}
	if err := f.validateOptions(name); err != nil {
		return err
	}
	if err := f.validateFormats(name); err != nil {
		return err
	}
	return f.validateRules(name)
}

func (n *NumberFormat) validate(name string) error {
	low, high := n.Range()
	switch {
	case n.Style != "" && n.Style != "plain" && n.Style != "percent" && n.Style != "currency":
		return Invalid("number.style", "Field %q: the format is plain, percent or currency, not %q", name, n.Style)
	case n.Decimals != nil && (*n.Decimals < 0 || *n.Decimals > 6):
		return Invalid("number.decimals", "Field %q: decimals go from 0 to 6, not %d", name, *n.Decimals)
	case low >= high:
		return Invalid("number.max", "Field %q: the largest value %g must be above the smallest %g", name, high, low)
	case n.Step != nil && *n.Step <= 0:
		return Invalid("number.step", "Field %q: the step must be above 0", name)
	}
	return nil
}

func (f *Field) validateOptions(name string) error {
	if len(f.Options) > 1000 {
		return Invalid("options", "Field %q: a field has at most 1,000 options; this one has %d", name, len(f.Options))
	}
	seen := make(map[string]bool, len(f.Options))
	for _, o := range f.Options {
		folded := strings.ToLower(strings.TrimSpace(o.Name))
		switch {
		case folded == "":
			return Invalid("options", "Field %q: an option needs a name", name)
		case len([]rune(o.Name)) > 200:
			return Invalid("options", "Field %q: the name of an option has at most 200 characters", name)
		case seen[folded]:
			return Invalid("options", "Field %q has two options named %q", name, o.Name)
		case o.Color != "" && !slices.Contains(Colors(), o.Color):
			return Invalid("options", "Field %q: option %q has the unknown colour %q", name, o.Name, o.Color)
		}
		seen[folded] = true
	}
	return nil
}
