package app

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"cairn"
	"cairn/internal/importer"
	"cairn/internal/search/fold"
	"cairn/internal/store"
)

// customerSubject are the companies or the people among the customers.
type customerSubject struct {
	app *App
	by  Caller
	of  cairn.CustomerType
}

// propose sends columns to what they are called like, and the others to new
// fields where the person may make some.
func (s customerSubject) propose(survey *importer.Survey) []cairn.MappedColumn {
	fields := s.app.evidence.customerFields()
	defines := s.app.may(s.by, cairn.DefineCustomers) == nil
	taken := make(map[cairn.MapTarget]bool)
	out := make([]cairn.MappedColumn, len(survey.Columns))
	for n := range survey.Columns {
		c := &survey.Columns[n]
		typeWhy := c.Why
		c.Why = calledSo
		var known bool
		if out[n], known = proposeField(c, fields, s.of); known {
			continue
		}
		if to := s.called(fold.String(strings.TrimSpace(c.Name))); to != "" && !taken[to] {
			out[n].Target = to
			taken[to] = true
		} else if defines && c.Filled > 0 && strings.TrimSpace(c.Name) != "" {
			out[n].Target, out[n].Name, out[n].Type = cairn.MapNew, cleanFieldName(cmp.Or(c.Label, c.Name)), customerType(c)
			c.Why = typeWhy
		} else {
			c.Why = calledNothing
		}
	}
	return out
}

// called is what a column of that name holds; "" for nothing that is known.
func (s customerSubject) called(name string) cairn.MapTarget {
	switch name {
	case "name", "full name", "customer", "customer name", "account", "account name":
		return cairn.MapName
	case "id", "external id", "customer id", "account id", "crm id":
		return cairn.MapExternalID
	case "company", "company name", "organisation", "organization", "firma":
		if s.of == cairn.CustomerPerson {
			return cairn.MapCompany
		}
		return cairn.MapName
	case "e-mail", "email", "mail", "e-mail address", "email address":
		if s.of == cairn.CustomerPerson {
			return cairn.MapEmail
		}
	}
	return ""
}

// customerType is the type of a new field that holds a column.
func customerType(c *importer.Column) cairn.FieldType {
	switch c.Target.Type {
	case importer.Number, importer.Rating, importer.Slider:
		return cairn.TypeNumber
	case importer.DateType:
		return cairn.TypeDate
	case importer.Select:
		if len(c.Values) <= cairn.MaxCustomerOptions && !c.Capped {
			return cairn.TypeSelect
		}
	}
	return cairn.TypeShortText
}

func (s customerSubject) work(stored *storedPlan) (importWork, error) {
	p := &customerPlan{customerSubject: s, survey: stored.Survey, book: newCustomerBook(), seen: make(map[string]int)}
	named := false
	byKey := stored.Mapping.ByColumn()
	for i := range p.survey.Columns {
		c := &p.survey.Columns[i]
		col := customerColumn{to: cairn.MapIgnore}
		if m, ok := byKey[c.Key]; ok {
			col.to = m.Target
			var err error
			if col.field, err = p.field(c, m); err != nil {
				return nil, err
			}
		}
		named = named || col.to == cairn.MapName
		p.columns = append(p.columns, col)
	}
	if !named {
		return nil, cairn.Invalid("columns", "No column goes to the name. Choose the one that says what each customer is called")
	}
	return p, nil
}

// customerPlan is a mapping to customers that was checked.
type customerPlan struct {
	customerSubject
	survey  *importer.Survey
	columns []customerColumn
	book    *customerBook
	// seen are the rows by the names of their customers.
	seen map[string]int
}

type customerColumn struct {
	to    cairn.MapTarget
	field *fieldColumn // nil for none
}

// field finds or plans the field that a column goes to.
func (p *customerPlan) field(c *importer.Column, m cairn.MappedColumn) (*fieldColumn, error) {
	if m.Target != cairn.MapField && m.Target != cairn.MapNew {
		return nil, nil
	}
	fields := p.app.evidence.customerFields()
	f, err := customerField(c, m, fields, p.of)
	switch {
	case m.Target == cairn.MapNew && err == nil && f.Type != m.Type:
		return nil, cairn.Invalid("columns", "Column %q: there is a customer field %s of another type already. Send the column there, or choose another name", c.Name, f.Name)
	case m.Target == cairn.MapNew && err != nil:
		f = &fieldColumn{make: true, CustomerField: cairn.CustomerField{Of: p.of, Name: strings.TrimSpace(m.Name), Type: m.Type}}
		for i, o := range p.columns {
			if o.field != nil && o.field.make && strings.EqualFold(o.field.Name, f.Name) {
				return nil, cairn.Invalid("columns", "Columns %q and %q both go to the field %s, which holds one value. Send one of them elsewhere", p.survey.Columns[i].Name, c.Name, f.Name)
			}
		}
		if len(fields) >= cairn.MaxCustomerFields {
			return nil, cairn.Errorf(cairn.CodeTooLarge, "There are %d customer fields, which is the most; delete one first", len(fields))
		}
		if err := p.app.may(p.by, cairn.DefineCustomers); err != nil {
			return nil, err
		}
	case err != nil:
		return nil, err
	}
	if err := p.options(c, f); err != nil {
		return nil, err
	}
	return f, f.Validate()
}

// options adds those that a choice lacks, for those who may.
func (p *customerPlan) options(c *importer.Column, f *fieldColumn) error {
	if f.Type != cairn.TypeSelect || p.app.may(p.by, cairn.DefineCustomers) != nil {
		return nil
	}
	if c.Capped && f.make {
		return cairn.Invalid("columns", "Column %q has too many different values for a choice. Import it as text", c.Name)
	}
	for _, v := range c.Values {
		name := strings.TrimSpace(cleanText(v.Value))
		if name == "" || len([]rune(name)) > 200 || slices.ContainsFunc(f.Options, func(o string) bool { return strings.EqualFold(o, name) }) {
			continue
		}
		if len(f.Options) == cairn.MaxCustomerOptions {
			break // the cells beyond are refused
		}
		f.Options = append(f.Options, name)
		f.fresh = append(f.fresh, name)
	}
	return nil
}

func (p *customerPlan) file() *importer.Survey         { return p.survey }
func (p *customerPlan) gatherer() func(*importBatchOf) { return p.book.gatherer() }

// prepare makes fields, and adds options to those that are there.
func (p *customerPlan) prepare(tx store.Tx, _ *importBegin) error {
	position := 0.0
	for _, f := range p.app.evidence.customerFields() {
		position = max(position, f.Position)
	}
	for _, c := range p.columns {
		f := c.field
		if f == nil || !f.make && len(f.fresh) == 0 {
			continue
		}
		next := f.CustomerField
		if f.make {
			position++
			next.ID, next.Position = 0, position
		}
		if err := putCustomerField(tx, &next); err != nil {
			return err
		}
		f.ID = next.ID
	}
	return nil
}

func (p *customerPlan) begin(c *cairn.RunCounts) {
	for _, col := range p.columns {
		if f := col.field; f != nil {
			c.Options += len(f.fresh)
			if f.make {
				c.Fields++
			}
		}
	}
}

func (p *customerPlan) list(r *ImportResult) {
	for _, col := range p.columns {
		if f := col.field; f != nil && (f.make || len(f.fresh) > 0) {
			r.Fields = append(r.Fields, ImportNamed{Field: f.Name, Type: f.Type, New: f.make, Options: append([]string{}, f.fresh...)})
		}
	}
	p.book.list(r)
}

// customerDraft is a row as it would be a customer.
type customerDraft struct {
	rowDraft
	customer cairn.Customer
	firm     *bookEntry
	// values by column, since a field may still have no id.
	values map[int]rawMessage
}

func (d *customerDraft) size() int { return 256 + 64*len(d.values) }

// draft makes a customer of a row.
func (p *customerPlan) draft(row *importer.Row) drafted {
	d := &customerDraft{customer: cairn.Customer{Type: p.of}, values: make(map[int]rawMessage)}
	r := openRow(p.survey, row, &d.rowDraft)
	if d.refused {
		return d
	}
	company := ""
	for i := range p.columns {
		if len(row.Cells[i]) == 0 {
			continue
		}
		if f := p.columns[i].field; f != nil {
			if v := r.fieldValue(i, f); v != nil {
				d.values[i] = v
			}
			continue
		}
		if p.columns[i].to == cairn.MapIgnore {
			continue
		}
		v, _ := r.value(i, importer.ShortText, importer.HintsFor(p.survey, *row, i))
		text := strings.TrimSpace(cleanText(v.Text))
		switch p.columns[i].to {
		case cairn.MapName:
			d.customer.Name = strings.Clone(text)
		case cairn.MapEmail:
			d.customer.Email = strings.Clone(text)
		case cairn.MapExternalID:
			d.customer.External = strings.Clone(text)
		case cairn.MapCompany:
			company = text
		}
	}
	if err := d.customer.Validate(); err != nil {
		d.refuseRow(&r, "not_accepted", err.Error()+".")
		return d
	}
	if p.twice(&r, d, company) {
		return d
	}
	var err error
	if d.firm, err = p.book.company(company); err != nil {
		d.refuseRow(&r, "not_accepted", err.Error()+".")
	}
	return d
}

// twice refuses a row whose customer another row of the file is.
func (p *customerPlan) twice(r *rowReader, d *customerDraft, company string) bool {
	c := d.customer
	keys := c.CustomerKeys()
	if len(keys) == 0 {
		keys = []cairn.Key{{Scope: "name", Name: fold.String(c.Name) + "\x1f" + strings.ToLower(company)}}
	}
	for _, key := range keys {
		if first, taken := p.seen[key.Scope+"\x1f"+key.Name]; taken {
			d.refuseRow(r, "twice", "Row "+strconv.Itoa(first)+" of the file has the same "+keyNoun(key)+". It is imported once.")
			return true
		}
	}
	for _, key := range keys {
		p.seen[key.Scope+"\x1f"+key.Name] = d.number
	}
	return false
}

// keyNoun says which of a customer's keys it is.
func keyNoun(k cairn.Key) string {
	switch {
	case k.Scope == "customer:email":
		return "e-mail address"
	case strings.HasPrefix(k.Scope, "customer:external"):
		return "id"
	}
	return "name"
}
