package app

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"cairn"
	"cairn/internal/importer"
	"cairn/internal/search/fold"
	"cairn/internal/store"
)

// customerBook finds the customers that a file names among those that are there,
// and plans those who are not.
type customerBook struct {
	companies map[string]*bookEntry
	emails    map[string]*bookEntry
	externals map[string]*bookEntry
	// people by name; nil is a name that several have: nobody says which is meant.
	people map[string]*bookEntry
	// staff are those who were there, by name and company.
	staff map[string]*bookEntry
	// fresh are those who are to be added, in the order of the file.
	fresh []*bookEntry
	fills []bookFill
}

// bookEntry is a customer. The id is 0 until they are added.
type bookEntry struct {
	cairn.Customer
	employer *bookEntry
	// told are values that the file gives them. Only who reads the file looks at it:
	// the customer may be written meanwhile.
	told cairn.CustomerValues
}

// bookFill is a value for a customer that has none.
type bookFill struct {
	of    *bookEntry
	ref   cairn.Ref
	value rawMessage
}

func newCustomerBook() *customerBook {
	return &customerBook{
		companies: make(map[string]*bookEntry), emails: make(map[string]*bookEntry),
		externals: make(map[string]*bookEntry), people: make(map[string]*bookEntry),
		staff: make(map[string]*bookEntry),
	}
}

// load takes over who is there.
func (b *customerBook) load(all []cairn.Customer) {
	byID := make(map[cairn.ID]*bookEntry, len(all))
	for _, c := range all {
		e := &bookEntry{Customer: c}
		byID[c.ID] = e
		b.add(e)
	}
	for _, e := range byID {
		if e.employer = byID[e.Company]; e.employer != nil {
			b.staff[staffKey(e.Name, e.employer)] = e
		}
	}
}

func (b *customerBook) add(e *bookEntry) {
	if e.External != "" {
		b.externals[string(e.Type)+":"+e.External] = e
	}
	if e.Type == cairn.CustomerCompany {
		b.companies[strings.ToLower(e.Name)] = e
		return
	}
	if e.Email != "" {
		b.emails[strings.ToLower(e.Email)] = e
	}
	name := fold.String(e.Name)
	if _, taken := b.people[name]; taken {
		e = nil
	}
	b.people[name] = e
}

// plan adds somebody who is not there.
func (b *customerBook) plan(c cairn.Customer, employer *bookEntry) (*bookEntry, error) {
	if err := c.Validate(); err != nil {
		return nil, err
	}
	e := &bookEntry{Customer: c, employer: employer}
	b.add(e)
	b.fresh = append(b.fresh, e)
	return e, nil
}

// company finds a company by its name, or plans it; "" is none.
func (b *customerBook) company(name string) (*bookEntry, error) {
	name = strings.Join(strings.Fields(cleanText(name)), " ")
	if e := b.companies[strings.ToLower(name)]; e != nil || name == "" {
		return e, nil
	}
	return b.plan(cairn.Customer{Type: cairn.CustomerCompany, Name: strings.Clone(name)}, nil)
}

// person finds somebody by e-mail address, else by name, or plans them; nil is
// nobody, or one of several with that name.
func (b *customerBook) person(name, email string, employer *bookEntry) (*bookEntry, error) {
	name, email = strings.Join(strings.Fields(cleanText(name)), " "), strings.ToLower(strings.TrimSpace(cleanText(email)))
	if name == "" && email == "" {
		return nil, nil
	}
	if email != "" {
		if e := b.emails[email]; e != nil {
			return e, nil
		}
	} else if e, known := b.people[fold.String(name)]; known {
		return e, nil
	}
	if name == "" {
		name, _, _ = strings.Cut(email, "@")
	}
	return b.plan(cairn.Customer{Type: cairn.CustomerPerson, Name: strings.Clone(name), Email: strings.Clone(email)}, employer)
}

// named finds a person who has neither an address nor an id in the file: one with
// that name in that company, or the only one with that name when it names none.
func (b *customerBook) named(name string, employer *bookEntry) *bookEntry {
	if employer == nil {
		return b.people[fold.String(name)]
	}
	return b.staff[staffKey(name, employer)]
}

func staffKey(name string, employer *bookEntry) string {
	return fold.String(name) + "\x1f" + strings.ToLower(employer.Name)
}

// gatherer gives batches those customers, and values of customers, that are new.
func (b *customerBook) gatherer() func(*importBatchOf) {
	people, fills := len(b.fresh), len(b.fills)
	return func(batch *importBatchOf) {
		batch.customers = slices.Clone(b.fresh[people:])
		people = len(b.fresh)
		batch.fills = slices.Clone(b.fills[fills:])
		fills = len(b.fills)
	}
}

// list names who is new.
func (b *customerBook) list(r *ImportResult) {
	for _, e := range b.fresh[:min(maxImportList, len(b.fresh))] {
		r.People = append(r.People, e.Name)
	}
}

// write adds the customers of a batch and fills in values. Those who came by the
// same key meanwhile are taken.
func (batch *importBatchOf) write(tx store.Tx, a *App) error {
	for _, e := range batch.customers {
		if err := e.write(tx, a); err != nil {
			return err
		}
	}
	for _, f := range batch.fills {
		e, err := tx.Entity(f.of.ID)
		if cairn.CodeOf(err) == cairn.CodeNotFound {
			continue // deleted since it was read
		}
		if err != nil {
			return err
		}
		if !cairn.IsNull(e.Attrs[string(f.ref)]) {
			continue
		}
		e.Attrs = cloneAttrs(e.Attrs)
		e.Attrs.Set(string(f.ref), f.value)
		if err := tx.Put(e); err != nil {
			return err
		}
	}
	return nil
}

func (e *bookEntry) write(tx store.Tx, a *App) error {
	c := e.Customer
	c.ID = 0
	for _, key := range c.CustomerKeys() {
		id, err := tx.Lookup(key)
		if err != nil {
			return err
		}
		if id != 0 {
			e.ID = id
			return nil
		}
	}
	if e.employer != nil {
		c.Company = e.employer.ID
	}
	if err := a.checkCustomer(tx, &c); err != nil {
		return err
	}
	c.CreatedAt = tx.Now()
	stored, err := c.Entity()
	if err == nil {
		e.ID, err = tx.Create(stored)
	}
	return err
}

// fieldColumn is a column that goes to a field of customers.
type fieldColumn struct {
	cairn.CustomerField
	// fresh are options that the field lacks; make: the field itself is to be made.
	fresh []string
	make  bool
}

// as is what the cells of such a column are read as.
func (f *fieldColumn) as() importer.FieldType {
	switch f.Type {
	case cairn.TypeNumber:
		return importer.Number
	case cairn.TypeDate:
		return importer.DateType
	}
	return importer.ShortText
}

// value reads a cell for the field; nil is none.
func (r *rowReader) fieldValue(i int, f *fieldColumn) rawMessage {
	v, _ := r.value(i, f.as(), importer.HintsFor(r.survey, *r.row, i))
	if v.Empty {
		return nil
	}
	var wire rawMessage
	switch f.Type {
	case cairn.TypeNumber:
		wire = cairn.AppendJSONNumber(nil, v.Number)
	case cairn.TypeDate:
		wire = cairn.AppendJSONString(nil, v.Date)
	default:
		wire = cairn.AppendJSONString(nil, cleanText(v.Text))
	}
	out, err := f.Parse(wire)
	if err != nil {
		r.refuse(i, "not_accepted", err)
		return nil
	}
	return out
}

// customerField finds the field that a column goes to, of one of those types.
func customerField(c *importer.Column, m cairn.MappedColumn, fields []cairn.CustomerField, of ...cairn.CustomerType) (*fieldColumn, error) {
	i := slices.IndexFunc(fields, func(f cairn.CustomerField) bool {
		return slices.Contains(of, f.Of) && (m.Field != 0 && f.ID == m.Field || m.Field == 0 && strings.EqualFold(f.Name, strings.TrimSpace(m.Name)))
	})
	if i < 0 {
		return nil, cairn.Invalid("columns", "Column %q: there is no customer field %q. Choose another", c.Name, cmp.Or(m.Name, m.Field.String()))
	}
	f := &fieldColumn{CustomerField: fields[i]}
	f.Options = slices.Clone(f.Options)
	return f, nil
}

// proposeField finds a customer field that a column is called like.
func proposeField(c *importer.Column, fields []cairn.CustomerField, of ...cairn.CustomerType) (cairn.MappedColumn, bool) {
	name := fold.String(strings.TrimSpace(c.Name))
	for _, f := range fields {
		if slices.Contains(of, f.Of) && fold.String(f.Name) == name {
			return cairn.MappedColumn{Column: c.Key, Target: cairn.MapField, Field: f.ID, Name: f.Name}, true
		}
	}
	return cairn.MappedColumn{Column: c.Key, Target: cairn.MapIgnore}, false
}

// addCustomers writes what a batch needs of customers in change sets of the
// workspace, which the undo of the run finds by their group.
func (j *importJob) addCustomers(ctx context.Context, b *importBatchOf) error {
	if len(b.customers) == 0 && len(b.fills) == 0 {
		return nil
	}
	by := j.by
	by.Group = importPeopleGroup(j.run.ID)
	_, err := j.app.write(ctx, by, 0, func(tx store.Tx) error { return b.write(tx, j.app) })
	return err
}
