package app

import (
	"slices"
	"strings"

	"cairn"
	"cairn/internal/importer"
)

// importPlan is a mapping that was checked against a file and a project: it
// says of every column what becomes of its cells. Converting a file fills in
// the options and people that it needs.
type importPlan struct {
	survey  *importer.Survey
	columns []columnPlan
	fields  []*importField
	people  *importPeople
	types   *importTypes
	// kin is who stands below whom; nil when no column says.
	kin *importKin
	// has tells which targets are filled at all.
	has map[cairn.MapTarget]bool
	// attachments, comments: the file's own are wanted.
	comments, attachments bool
}

// columnPlan is what becomes of one column.
type columnPlan struct {
	target cairn.MapTarget
	// native: the format delivers the column's content in the parts of a row,
	// such as its comments, and not in cells.
	native bool
	// field is the index in importPlan.fields, -1 for none.
	field int
}

// importField is a field that an import fills.
type importField struct {
	cairn.Field
	// make: the project lacks it.
	make bool
	// options by folded name; those with id 0 are to be added.
	options map[string]*importOption
	// fresh are the options to be added, in order.
	fresh []*importOption
	// from are the columns, by name, for messages.
	from []string
}

// importOption is an option of a field, or one to be.
type importOption struct {
	id    cairn.ID
	name  string
	color string
}

// linksField is the field that holds what is not yet a link between ideas.
const linksField = "Links"

// newImportPlan checks a mapping against a file's survey and a project's fields.
func newImportPlan(stored *storedPlan, fields []cairn.Field) (*importPlan, error) {
	b := planBuilder{
		plan: &importPlan{
			survey: stored.Survey, has: make(map[cairn.MapTarget]bool),
			people: &importPeople{policy: stored.Mapping.People, known: make(map[string]*importPerson)},
			types:  &importTypes{known: make(map[string]*importType)},
		},
		project: fields,
	}
	byKey := stored.Mapping.ByColumn()
	for i := range stored.Survey.Columns {
		if err := b.column(&stored.Survey.Columns[i], byKey[stored.Survey.Columns[i].Key]); err != nil {
			return nil, err
		}
	}
	p := b.plan
	if !p.has[cairn.MapTitle] {
		return nil, cairn.Invalid("columns", "No column goes to the title. Choose the one that says what each idea is")
	}
	p.comments = p.wants(importer.ToComments, cairn.MapComments)
	p.attachments = p.wants(importer.ToAttachments, cairn.MapAttachments)
	return p, nil
}

// wants reports whether what a format delivers beside the cells is imported: it
// is unless the columns that stand for it go elsewhere.
func (p *importPlan) wants(kind importer.TargetKind, target cairn.MapTarget) bool {
	stands := false
	for i := range p.columns {
		if p.survey.Columns[i].Target.Kind == kind {
			stands = true
			if p.columns[i].target == target {
				return true
			}
		}
	}
	return !stands
}

func (p *importPlan) file() *importer.Survey { return p.survey }

type planBuilder struct {
	plan    *importPlan
	project []cairn.Field
}

func (b *planBuilder) column(c *importer.Column, m cairn.MappedColumn) error {
	out := columnPlan{target: m.Target, field: -1}
	if m.Target == "" {
		out.target = cairn.MapIgnore
	}
	var err error
	switch m.Target {
	case cairn.MapField:
		out.field, err = b.existing(c, m)
	case cairn.MapNew:
		out.field, err = b.fresh(c, wantedField{strings.TrimSpace(m.Name), m.Type})
	case cairn.MapParent:
		b.plan.kin = newImportKin()
	case cairn.MapLinks:
		out.field = b.builtIn(c, wantedField{linksField, cairn.TypeLabels})
	case cairn.MapExternalID:
		if b.plan.survey.Identity.Column != c.Key {
			err = cairn.Invalid("columns", "Column %q cannot be the identity: the rows of this file are recognised by %s. Send the column to a field instead", c.Name, b.identity())
		}
	}
	if err != nil {
		return err
	}
	out.native = c.Target.Kind == importer.TargetKind(m.Target)
	b.plan.has[out.target] = true
	b.plan.columns = append(b.plan.columns, out)
	return nil
}

func (b *planBuilder) identity() string {
	id := b.plan.survey.Identity
	if c := b.plan.survey.Column(id.Column); c != nil {
		return "“" + c.Name + "”"
	}
	return "the ids of their source"
}

// existing finds the field of the project that a column goes to.
func (b *planBuilder) existing(c *importer.Column, m cairn.MappedColumn) (int, error) {
	i := slices.IndexFunc(b.project, func(f cairn.Field) bool {
		return m.Field != 0 && f.ID == m.Field || m.Field == 0 && strings.EqualFold(f.Name, strings.TrimSpace(m.Name))
	})
	switch {
	case i < 0 && m.Field == 0:
		return 0, cairn.Invalid("columns", "Column %q: the project has no field %q. Choose another or make a new one", c.Name, m.Name)
	case i < 0:
		return 0, cairn.Invalid("columns", "Column %q: the field it goes to is not in the project any more. Choose another", c.Name)
	case b.project[i].Type == cairn.TypeFormula || b.project[i].Type == cairn.TypeVotes || b.project[i].Type == cairn.TypeEvidence:
		return 0, cairn.Invalid("columns", "Column %q: %s is computed and cannot be imported into. Choose another field", c.Name, b.project[i].Name)
	}
	return b.use(c, &importField{Field: b.project[i]})
}

// fresh plans a new field, or takes the one of the same name and type that an
// earlier import made.
func (b *planBuilder) fresh(c *importer.Column, want wantedField) (int, error) {
	i := slices.IndexFunc(b.project, func(f cairn.Field) bool { return strings.EqualFold(f.Name, want.name) })
	if i >= 0 {
		if f := b.project[i]; f.Type != want.typ {
			return 0, cairn.Invalid("columns", "Column %q: the project has a field %s of another type already. Send the column there, or choose another name", c.Name, f.Name)
		}
		return b.use(c, &importField{Field: b.project[i]})
	}
	f := cairn.Field{Name: want.name, Type: want.typ}
	if err := f.Validate(); err != nil {
		return 0, err
	}
	return b.use(c, &importField{Field: f, make: true})
}

// builtIn is the field of a fixed name that the import makes when it is missing.
func (b *planBuilder) builtIn(c *importer.Column, want wantedField) int {
	f, name := newFieldNames(b.project).place(want, func(f *cairn.Field) bool { return f.Type == want.typ })
	next := &importField{make: true}
	if f != nil {
		next = &importField{Field: *f}
	} else {
		next.Name, next.Type = name, want.typ
	}
	i, err := b.use(c, next)
	if err != nil { // another column goes there too; both keep their place
		i = b.index(next)
	}
	return i
}

func (b *planBuilder) index(f *importField) int {
	return slices.IndexFunc(b.plan.fields, func(o *importField) bool { return strings.EqualFold(o.Name, f.Name) })
}

// use adds a field to the plan. Several columns share one only when it holds
// lists.
func (b *planBuilder) use(c *importer.Column, f *importField) (int, error) {
	if i := b.index(f); i >= 0 {
		have := b.plan.fields[i]
		if have.Type != f.Type || !listed(f.Type) {
			return 0, cairn.Invalid("columns", "Columns %q and %q both go to the field %s, which holds one value. Send one of them elsewhere", have.from[0], c.Name, f.Name)
		}
		have.from = append(have.from, c.Name)
		have.propose(c)
		return i, nil
	}
	f.from = []string{c.Name}
	f.options = make(map[string]*importOption)
	for _, o := range f.Options {
		f.options[foldOption(o.Name)] = &importOption{id: o.ID, name: o.Name}
	}
	f.propose(c)
	b.plan.fields = append(b.plan.fields, f)
	return len(b.plan.fields) - 1, nil
}

// listed reports whether a field of that type holds several values.
func listed(t cairn.FieldType) bool {
	return t == cairn.TypeMultiSelect || t == cairn.TypeLabels || t == cairn.TypePeople
}

// propose gives a new select field its options in the order of their frequency,
// and statuses the colours of their categories.
func (f *importField) propose(c *importer.Column) {
	info, _ := f.Type.Info()
	if !f.make || !info.Options || c.Hints.Separator != "" {
		return
	}
	colors := map[string]string{"new": "gray", "active": "blue", "done": "green"}
	for _, v := range c.Values {
		if o, err := f.option(v.Value); err == nil {
			o.color = colors[v.Category]
		}
	}
}

const maxOptions = 1000

// option finds the option of that name, or plans it.
func (f *importField) option(name string) (*importOption, error) {
	name = strings.TrimSpace(name)
	key := foldOption(name)
	if o, ok := f.options[key]; ok {
		return o, nil
	}
	switch {
	case len([]rune(name)) > 200:
		return nil, cairn.Invalid("value", "The text is longer than 200 characters, the most for an option of %s. Import the column as text instead", f.Name)
	case len(f.options) >= maxOptions:
		return nil, cairn.Invalid("value", "%s has %d options, which is the most. Import the column as labels or text instead", f.Name, maxOptions)
	}
	o := &importOption{name: strings.Clone(name)}
	f.options[key] = o
	f.fresh = append(f.fresh, o)
	return o, nil
}

func foldOption(name string) string { return strings.ToLower(strings.TrimSpace(name)) }
