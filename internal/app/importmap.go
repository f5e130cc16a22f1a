package app

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"cairn"
	"cairn/internal/importer"
)

// ideaSubject are the ideas of a project with these fields.
type ideaSubject struct{ fields []cairn.Field }

// propose sends columns to fields of the same name first, and to new fields
// otherwise.
func (s ideaSubject) propose(survey *importer.Survey) []cairn.MappedColumn {
	p := proposer{survey: survey, names: newFieldNames(s.fields)}
	var out []cairn.MappedColumn
	for i := range survey.Columns {
		out = append(out, p.column(&survey.Columns[i]))
	}
	return out
}

func (s ideaSubject) work(stored *storedPlan) (importWork, error) {
	return newImportPlan(stored, s.fields)
}

type proposer struct {
	survey *importer.Survey
	names  *fieldNames
}

func (p *proposer) column(c *importer.Column) cairn.MappedColumn {
	out := cairn.MappedColumn{Column: c.Key}
	switch c.Target.Kind {
	case importer.ToField:
		return p.field(c, wantedField{c.Label, cairn.FieldType(c.Target.Type)})
	case importer.ToLabels:
		return p.field(c, wantedField{c.Label, cairn.TypeLabels})
	case importer.ToVotes:
		return p.field(c, wantedField{c.Label, cairn.TypeNumber})
	case importer.ToURL:
		return p.field(c, wantedField{c.Label, cairn.TypeURL})
	case importer.ToNothing:
		out.Target = cairn.MapIgnore
	default:
		out.Target = cairn.MapTarget(c.Target.Kind)
	}
	return out
}

// field sends a column to a field of its name that can take its values, or to a
// new one.
func (p *proposer) field(c *importer.Column, want wantedField) cairn.MappedColumn {
	if want.name = cleanFieldName(want.name); want.name == "" {
		want.name = cleanFieldName(c.Name)
	}
	f, name := p.names.place(want, func(f *cairn.Field) bool { return takes(f, want.typ, c) })
	if f != nil {
		return cairn.MappedColumn{Column: c.Key, Target: cairn.MapField, Field: f.ID}
	}
	return cairn.MappedColumn{Column: c.Key, Target: cairn.MapNew, Name: name, Type: want.typ}
}

type wantedField struct {
	name string
	typ  cairn.FieldType
}

// cleanFieldName makes a column's name one that a field can have.
func cleanFieldName(s string) string {
	s = strings.Join(strings.Fields(strings.NewReplacer("{", "(", "}", ")").Replace(s)), " ")
	if r := []rune(s); len(r) > 100 { // room for a suffix
		s = strings.TrimSpace(string(r[:100]))
	}
	return s
}

// fieldNames gives out the fields of a project and the names of new ones, each
// once.
type fieldNames struct {
	byName map[string]*cairn.Field
	taken  map[string]bool
}

func newFieldNames(fields []cairn.Field) *fieldNames {
	n := &fieldNames{byName: make(map[string]*cairn.Field), taken: make(map[string]bool)}
	for i := range fields {
		n.byName[strings.ToLower(fields[i].Name)] = &fields[i]
	}
	return n
}

// place finds a field of that name which fits, or a free name for a new one: the
// name itself, or the name with a suffix, tried in the same order every time so
// that a second import of a file finds what the first one made.
func (n *fieldNames) place(want wantedField, fits func(*cairn.Field) bool) (*cairn.Field, string) {
	for i := 0; ; i++ {
		name := want.name
		switch i {
		case 0:
		case 1:
			name += " (imported)"
		default:
			name += fmt.Sprintf(" (imported %d)", i)
		}
		key := strings.ToLower(name)
		if n.taken[key] {
			continue
		}
		f, exists := n.byName[key]
		if !exists {
			n.taken[key] = true
			return nil, name
		}
		if fits(f) {
			n.taken[key] = true
			return f, ""
		}
	}
}

// takes reports whether a field can hold all values of a column, whose proposed
// type is typ.
func takes(f *cairn.Field, typ cairn.FieldType, c *importer.Column) bool {
	if f.Type == typ && typ != cairn.TypeSlider {
		return true
	}
	switch f.Type {
	case cairn.TypeFormula, cairn.TypeVotes, cairn.TypeEvidence:
		return false
	case cairn.TypeLongText:
		return true
	case cairn.TypeShortText:
		return typ != cairn.TypeLongText
	case cairn.TypeNumber:
		return typ == cairn.TypeRating || typ == cairn.TypeSlider
	case cairn.TypePeople:
		if typ == cairn.TypePerson {
			return true
		}
	}
	if c.Capped || len(c.Values) == 0 {
		return false
	}
	hints := hintsFor(c.Hints, f)
	for _, v := range c.Values {
		got, problems := importer.Convert(importer.FieldType(f.Type), []string{v.Value}, hints)
		if got.Empty || len(problems) > 0 {
			return false
		}
	}
	return true
}

// hintsFor adds what the field says to what the column says.
func hintsFor(h importer.Hints, f *cairn.Field) importer.Hints {
	if f.Type == cairn.TypeSlider {
		h.Low, h.High = f.Number.Range()
	}
	return h
}

// remapping is a mapping that somebody asks for.
type remapping struct {
	mapping cairn.Mapping
	subject importSubject
}

// remap applies a mapping to a file. The file is looked at again when another
// way of reading it was chosen.
func (a *App) remap(ctx context.Context, src importer.Source, plan *storedPlan, in remapping) (*storedPlan, error) {
	m, of := in.mapping, plan.Mapping.Subject
	m.Subject = of
	if err := m.Validate(); err != nil {
		return nil, err
	}
	if err := checkZone(m.Options.TimeZone); err != nil {
		return nil, err
	}
	if m.Format == "" {
		m.Format = plan.Survey.Format
	}
	if m.Options == (cairn.ReadOptions{}) {
		m.Options = plan.Mapping.Options
	}
	if col, ok := identityColumn(m.Columns); ok && of == cairn.RunIdeas && col != plan.Survey.Identity.Column {
		m.Options.IDColumn = col
	}
	base := plan.Mapping
	if m.Format != plan.Survey.Format || m.Options != plan.Mapping.Options {
		formats := plan.Formats
		var err error
		if plan, err = a.inspect(ctx, src, inspection{m.Format, reread(plan.Mapping.Options, m.Options)}); err != nil {
			return nil, err
		}
		plan.Formats = formats
		base = proposed(of, in.subject, plan.Survey)
	}
	columns, err := mergeColumns(of, base.Columns, m.Columns)
	if err != nil {
		return nil, err
	}
	next := *plan
	next.Mapping = cairn.Mapping{
		Name: m.Name, Subject: of, Format: plan.Survey.Format, Options: cairn.ReadOptions(plan.Survey.Options),
		Columns: columns, People: cmp.Or(m.People, base.People, cairn.PeoplePlaceholder),
	}
	_, err = in.subject.work(&next)
	return &next, err
}

// reread gives up what followed from a choice that was changed: another sheet
// has its own header, other columns another identity.
func reread(was, now cairn.ReadOptions) cairn.ReadOptions {
	shape := was.Sheet != now.Sheet || was.Encoding != now.Encoding || was.Delimiter != now.Delimiter
	if shape && now.HeaderRow == was.HeaderRow {
		now.HeaderRow = 0
	}
	if (shape || now.HeaderRow != was.HeaderRow) && now.IDColumn == was.IDColumn {
		now.IDColumn = ""
	}
	return now
}

func identityColumn(columns []cairn.MappedColumn) (key string, ok bool) {
	i := slices.IndexFunc(columns, func(c cairn.MappedColumn) bool { return c.Target == cairn.MapExternalID })
	if i < 0 {
		return "", false
	}
	return columns[i].Column, true
}

func checkZone(name string) error {
	if name == "" {
		return nil
	}
	if _, err := time.LoadLocation(name); err != nil || name == "Local" {
		return cairn.Invalid("options.timeZone", "%q is not a time zone; write it as Europe/Berlin", name)
	}
	return nil
}

// mergeColumns puts what was asked for over what was proposed. A place for one
// column that was given away leaves the proposed column out.
func mergeColumns(of cairn.RunSubject, proposed, asked []cairn.MappedColumn) ([]cairn.MappedColumn, error) {
	out := slices.Clone(proposed)
	named := make(map[string]bool)
	taken := make(map[cairn.MapTarget]bool)
	for _, c := range asked {
		i := slices.IndexFunc(out, func(o cairn.MappedColumn) bool { return o.Column == c.Column })
		if i < 0 {
			return nil, cairn.Invalid("columns", "The file has no column %q; it has %s", c.Column, columnKeys(proposed))
		}
		out[i] = c
		named[c.Column] = true
		if info, _ := c.Target.Info(of); info.Single {
			taken[c.Target] = true
		}
	}
	for i := range out {
		if taken[out[i].Target] && !named[out[i].Column] {
			out[i] = cairn.MappedColumn{Column: out[i].Column, Target: cairn.MapIgnore}
		}
	}
	return out, nil
}

func columnKeys(columns []cairn.MappedColumn) string {
	const most = 30
	var keys []string
	for _, c := range columns {
		keys = append(keys, c.Column)
	}
	if len(keys) > most {
		return strings.Join(keys[:most], ", ") + fmt.Sprintf(" and %d more", len(keys)-most)
	}
	return strings.Join(keys, ", ")
}
