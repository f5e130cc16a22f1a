package app

import (
	"encoding/json"
	"fmt"
	"math"
	"strings"
	"time"
	"unicode/utf8"

	"cairn"
	"cairn/internal/importer"
)

// importDraft is a row as it would be an idea. Options and people stand in it
// as they are planned; they have ids when the draft is written.
type importDraft struct {
	rowDraft
	title       string
	description string
	created     time.Time
	updated     time.Time
	creator     *importPerson
	archived    bool
	// order is the row's place in the source's manual order, as digits of a
	// rank's fraction; "" is the order of the file.
	order string
	// values has one for each of importPlan.fields.
	values   []draftValue
	comments []draftComment
	// typ is the idea's type, nil where the file does not say.
	typ *importType
	// parents are the names of its parent, best first, from that column.
	parents      []string
	parentColumn string
}

// draftValue is what a field gets: raw, or options, or people; all empty is no
// value. A value that could not be read says keep: what is there stays.
type draftValue struct {
	raw     json.RawMessage
	texts   []string
	options []*importOption
	people  []*importPerson
	keep    bool
}

type draftComment struct {
	sourceID string
	at       time.Time
	author   *importPerson
	// name of an author who is not made a person.
	name string
	body string
}

// size is about how many bytes the draft takes when it is written.
func (d *importDraft) size() int {
	n := len(d.title) + len(d.description) + 64*len(d.values)
	for i := range d.values {
		n += len(d.values[i].raw)
	}
	for i := range d.comments {
		n += len(d.comments[i].body) + 128
	}
	return n
}

func (d *importDraft) units() int { return 1 + len(d.comments) }

// rowConverter turns one row into a draft.
type rowConverter struct {
	rowReader
	plan  *importPlan
	draft *importDraft
	// sections stand below the description.
	sections []string
}

// draft makes an idea of a row.
func (p *importPlan) draft(row *importer.Row) drafted {
	d := p.convert(row)
	if p.kin != nil {
		p.kin.add(d, row.Aliases)
	}
	return d
}

func (p *importPlan) convert(row *importer.Row) *importDraft {
	d := &importDraft{values: make([]draftValue, len(p.fields))}
	c := rowConverter{rowReader: openRow(p.survey, row, &d.rowDraft), plan: p, draft: d}
	if d.refused {
		return d
	}
	for i := range p.columns {
		if cells := row.Cells[i]; len(cells) > 0 || p.columns[i].native {
			c.column(i, cells)
		}
	}
	c.parts()
	c.finish()
	return d
}

// read converts cells and notes what is wrong with them; ok is false when they
// hold nothing that can be taken.
func (c *rowConverter) read(i int, t importer.FieldType) (v importer.Value, ok bool) {
	hints := importer.HintsFor(c.survey, *c.row, i)
	if f := c.plan.columns[i].field; f >= 0 {
		hints = hintsFor(hints, &c.plan.fields[f].Field)
	}
	v, wrong := c.value(i, t, hints)
	if f := c.plan.columns[i].field; wrong && f >= 0 {
		c.draft.values[f].keep = true
	}
	return v, !v.Empty
}

func (c *rowConverter) column(i int, cells []string) {
	d := c.draft
	switch p := &c.plan.columns[i]; p.target {
	case cairn.MapTitle:
		if v, ok := c.read(i, importer.ShortText); ok {
			d.title = v.Text
		}
	case cairn.MapDescription:
		if v, ok := c.read(i, importer.LongText); ok {
			d.description = v.Text
		}
	case cairn.MapCreated, cairn.MapUpdated:
		if v, ok := c.read(i, importer.Instant); ok {
			c.moment(i, v.At)
		}
	case cairn.MapCreator:
		if v, ok := c.read(i, importer.PersonType); ok && len(v.People) > 0 {
			d.creator = c.person(i, v.People[0])
		}
	case cairn.MapArchived:
		if v, ok := c.read(i, importer.Checkbox); ok {
			d.archived = v.Bool
		}
	case cairn.MapRank:
		c.order(i, cells)
	case cairn.MapComments:
		if !p.native || len(c.row.Comments) == 0 {
			c.cellComments(cells)
		}
	case cairn.MapAttachments:
		if !p.native || len(c.row.Attachments) == 0 {
			c.section("Attachments", cells)
		}
	case cairn.MapParent:
		c.parent(p, i, cells)
	case cairn.MapType:
		c.ideaType(i, cells)
	case cairn.MapLinks:
		c.links(p, cells)
	case cairn.MapField, cairn.MapNew:
		c.field(i)
	}
}

// moment takes a time that Cairn can hold.
func (c *rowConverter) moment(i int, at time.Time) {
	if at.Year() < 1 || at.Year() > 9999 {
		c.note(ImportRefused, c.plan.survey.Columns[i].Name, importer.Problem{Code: "out_of_range", Value: at.String(),
			Reason: "The date is outside of the years 1 to 9999. Correct it in the file."})
		return
	}
	if c.plan.columns[i].target == cairn.MapCreated {
		c.draft.created = at.UTC().Truncate(time.Microsecond)
	} else {
		c.draft.updated = at.UTC().Truncate(time.Microsecond)
	}
}

// person finds or plans somebody; those who are left out are reported.
func (c *rowConverter) person(i int, in importer.Person) *importPerson {
	who := c.plan.people.find(in)
	if who == nil {
		name := in.Name + in.Email
		if name == "" {
			name = in.ID
		}
		c.note(ImportRefused, c.plan.survey.Columns[i].Name, importer.Problem{Code: "unknown_person", Value: importer.Shorten(name),
			Reason: fmt.Sprintf("%q is not in the workspace. Invite them, or let the import add people it does not know.", importer.Shorten(name))})
	}
	return who
}

// field converts the cells of a column that goes to a field.
func (c *rowConverter) field(i int) {
	f := c.plan.fields[c.plan.columns[i].field]
	v, ok := c.read(i, importer.FieldType(f.Type))
	if !ok {
		return
	}
	out := &c.draft.values[c.plan.columns[i].field]
	switch f.Type {
	case cairn.TypeSelect:
		c.option(i, out, v.Text)
	case cairn.TypeMultiSelect:
		for _, name := range v.List {
			c.option(i, out, name)
		}
		out.keep = len(out.options) == 0
	case cairn.TypePerson, cairn.TypePeople:
		for _, p := range v.People {
			if who := c.person(i, p); who != nil {
				out.people = append(out.people, who)
			}
		}
		out.keep = len(out.people) == 0
	case cairn.TypeLabels:
		out.texts = append(out.texts, v.List...)
	default:
		c.plain(i, out, v)
	}
}

func (c *rowConverter) option(i int, out *draftValue, name string) {
	o, err := c.plan.fields[c.plan.columns[i].field].option(name)
	if err != nil {
		c.note(ImportRefused, c.plan.survey.Columns[i].Name, importer.Problem{Code: "no_option", Value: importer.Shorten(name), Reason: err.Error() + "."})
		out.keep = true
		return
	}
	out.options = append(out.options, o)
}

// plain checks a value that needs neither options nor people.
func (c *rowConverter) plain(i int, out *draftValue, v importer.Value) {
	f := &c.plan.fields[c.plan.columns[i].field].Field
	var wire json.RawMessage
	switch f.Type {
	case cairn.TypeNumber:
		wire = numberValue(v)
		if v.Low == v.High && math.Abs(v.Number) < 1e15 { // as every number but a typing error
			out.raw = wire
			return
		}
	case cairn.TypeRating, cairn.TypeSlider:
		wire = numberValue(v)
	case cairn.TypeCheckbox:
		if v.Bool { // unchecked is no value
			out.raw = json.RawMessage("true")
		}
		return
	case cairn.TypeDate:
		wire = cairn.AppendJSONString(nil, v.Date)
	case cairn.TypeInterval:
		wire = intervalValue(v)
	default:
		wire = cairn.AppendJSONString(nil, v.Text)
	}
	c.check(i, out, wire)
}

// check brings a value into the form in which it is stored.
func (c *rowConverter) check(i int, out *draftValue, wire json.RawMessage) {
	f := &c.plan.fields[c.plan.columns[i].field].Field
	v, err := cairn.ParseValue(f, wire)
	if err != nil {
		c.note(ImportRefused, c.plan.survey.Columns[i].Name, importer.Problem{Code: "not_accepted", Reason: err.Error() + ".", Value: importer.Shorten(string(wire))})
		out.keep = true
		return
	}
	if !v.IsNull() {
		out.raw = v.AppendJSON(nil)
	}
}

// finish puts title, description and lists into their final form.
func (c *rowConverter) finish() {
	d := c.draft
	if utf8.RuneCountInString(d.title) > cairn.MaxTitle {
		// The whole title stays readable, above the description.
		d.description = strings.TrimSpace(d.title + "\n\n" + d.description)
		c.note(ImportWarning, c.titleColumn(), importer.Problem{Code: "long_title", Value: importer.Shorten(d.title),
			Reason: fmt.Sprintf("The title has %d characters; at most %d fit. It was shortened, and stands in full above the description.", utf8.RuneCountInString(d.title), cairn.MaxTitle)})
		d.title = string([]rune(d.title)[:cairn.MaxTitle-1]) + "…"
	}
	title, err := cairn.CleanTitle(d.title)
	if err != nil {
		d.refused = true
		c.note(ImportRefused, c.titleColumn(), importer.Problem{Code: "no_title",
			Reason: "The row has no title, and an idea needs one. Fill it in the file, or choose another column as the title."})
		return
	}
	d.title = title
	if len(c.sections) > 0 {
		whole := strings.TrimSpace(strings.TrimRight(d.description, "\n") + "\n\n" + strings.Join(c.sections, "\n\n"))
		if len(whole) > cairn.MaxLongText {
			c.note(ImportRefused, "Attachments", importer.Problem{Code: "cell_too_long",
				Reason: "The description is too long to take the list of attachments as well. They were left out."})
		} else {
			d.description = whole
		}
	}
	if err := cairn.CheckDescription(d.description); err != nil {
		c.note(ImportRefused, "", importer.Problem{Code: "cell_too_long", Reason: err.Error() + ".", Value: importer.Shorten(d.description)})
		d.description = ""
	}
	for i := range d.values {
		if v := &d.values[i]; len(v.texts) > 0 {
			c.lists(i, v)
		}
	}
}

func (c *rowConverter) titleColumn() string {
	for i := range c.plan.columns {
		if c.plan.columns[i].target == cairn.MapTitle {
			return c.plan.survey.Columns[i].Name
		}
	}
	return ""
}

// cleanText drops what no database stores.
func cleanText(s string) string {
	if strings.IndexByte(s, 0) >= 0 {
		s = strings.ReplaceAll(s, "\x00", "")
	}
	return strings.ToValidUTF8(s, "\ufffd")
}
