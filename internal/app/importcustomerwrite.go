package app

import (
	"context"
	"strings"

	"cairn"
	"cairn/internal/importer"
	"cairn/internal/store"
)

// customerMatcher compares the customers of a file with those that are there.
type customerMatcher struct {
	app  *App
	plan *customerPlan
	// owners are the ids of who is there, or is to be made by an earlier row, by
	// their keys; made are those of this import, whose id is 0 in a trial.
	there *customerBook
}

// customerStep is what becomes of one row.
type customerStep struct {
	draft *customerDraft
	// id of the customer who is there, 0 to make one.
	id      cairn.ID
	changes bool
}

func (s *customerStep) outcome() importOutcome {
	return importOutcome{created: s.id == 0, unchanged: s.id != 0 && !s.changes}
}

// meet takes over who is there. The book of the plan, in which the rows find
// companies, is filled by another goroutine while this one is read.
func (p *customerPlan) meet(_ context.Context, a *App, _ cairn.ID) (importMatching, error) {
	all := a.evidence.allCustomers()
	p.book.load(all)
	m := &customerMatcher{app: a, plan: p, there: newCustomerBook()}
	m.there.load(all)
	return m, nil
}

// find is who a row means: by id, e-mail address or a company's name; a person
// with neither by name in that company. Nil is somebody new.
func (m *customerMatcher) find(d *customerDraft) *bookEntry {
	c := &d.customer
	if e := m.there.externals[string(c.Type)+":"+c.External]; c.External != "" && e != nil {
		return e
	}
	if c.Type == cairn.CustomerCompany {
		return m.there.companies[strings.ToLower(c.Name)]
	}
	if e := m.there.emails[c.Email]; c.Email != "" && e != nil {
		return e
	}
	if c.Email == "" && c.External == "" {
		var employer *bookEntry
		if d.firm != nil {
			if employer = m.there.companies[strings.ToLower(d.firm.Name)]; employer == nil {
				return nil
			}
		}
		return m.there.named(c.Name, employer)
	}
	return nil
}

// taken is who has one of a customer's keys and is somebody else.
func (m *customerMatcher) taken(c cairn.Customer) *bookEntry {
	owners := []*bookEntry{m.there.externals[string(c.Type)+":"+c.External]}
	if c.Type == cairn.CustomerCompany {
		owners = append(owners, m.there.companies[strings.ToLower(c.Name)])
	} else if c.Email != "" {
		owners = append(owners, m.there.emails[c.Email])
	}
	for _, o := range owners {
		if o != nil && o.ID != c.ID {
			return o
		}
	}
	return nil
}

func (m *customerMatcher) match(_ context.Context, in drafted) (stepped, error) {
	d := in.(*customerDraft) // made by the plan
	s := &customerStep{draft: d}
	next := d.customer
	if was := m.find(d); was != nil {
		s.id = was.ID
		next = m.brought(d, was.Customer)
		before, err := was.Entity()
		if err != nil {
			return nil, err
		}
		after, err := next.Entity()
		if err != nil {
			return nil, err
		}
		s.changes = !sameAttrs(before.Attrs, after.Attrs) || d.firm != nil && d.firm.ID == 0
	}
	if other := m.taken(next); other != nil {
		d.refused = true
		d.problems = append(d.problems, ImportProblem{Level: ImportRefused, Row: d.number, Line: d.line, Code: "conflict", Value: importer.Shorten(next.Name),
			Reason: "There is a customer already, " + other.Name + ", with this name, id or e-mail address. Correct one of them."})
	}
	return s, nil
}

// brought is a customer brought in step with a row; empty cells change nothing.
func (m *customerMatcher) brought(d *customerDraft, was cairn.Customer) cairn.Customer {
	next := was
	next.Name = d.customer.Name
	if d.customer.Email != "" {
		next.Email = d.customer.Email
	}
	if d.customer.External != "" {
		next.External = d.customer.External
	}
	if d.firm != nil {
		next.Company = d.firm.ID
	}
	next.Values = make(cairn.CustomerValues, len(was.Values)+len(d.values))
	for ref, v := range was.Values {
		next.Values[ref] = v
	}
	for i, v := range d.values {
		next.Values[m.plan.columns[i].field.Ref()] = v
	}
	return next
}

func (m *customerMatcher) ahead(context.Context, *importJob, *importBatchOf) error { return nil }

func (m *customerMatcher) rest(context.Context, *importTally, *importJob) error { return nil }

// write writes one batch: the companies that its people are the first to name,
// and then the rows.
func (m *customerMatcher) write(tx store.Tx, _ *importJob, in importWriting) error {
	if err := in.batch.write(tx, m.app); err != nil {
		return err
	}
	for _, s := range in.steps {
		if err := m.step(tx, s.(*customerStep)); err != nil { // made by match
			return err
		}
	}
	return nil
}

func (m *customerMatcher) step(tx store.Tx, s *customerStep) error {
	if s.id != 0 && !s.changes {
		return nil
	}
	next := m.brought(s.draft, s.draft.customer)
	if s.id != 0 {
		e, err := tx.Entity(s.id)
		if cairn.CodeOf(err) == cairn.CodeNotFound {
			return nil // deleted since the comparison
		}
		if err != nil {
			return err
		}
		was, err := cairn.CustomerOf(e)
		if err != nil {
			return err
		}
		next = m.brought(s.draft, was)
	}
	if err := m.app.checkCustomer(tx, &next); err != nil {
		return err
	}
	if s.id == 0 {
		next.CreatedAt = tx.Now()
	}
	e, err := next.Entity()
	if err != nil {
		return err
	}
	if s.id != 0 {
		return tx.Put(e)
	}
	_, err = tx.Create(e)
	return err
}
