package app

import (
	"context"
	"slices"
	"strings"

	"cairn"
	"cairn/internal/search/fold"
	"cairn/internal/store"
)

// CustomerInfo is a customer with what a reader may know of their voice.
type CustomerInfo struct {
	cairn.Customer
	// Insights is how many insights of theirs the reader may see.
	Insights int
	// People is how many people a company has.
	People int
}

// CustomerQuery asks for a window of the customers.
type CustomerQuery struct {
	// Type, when not "", leaves out the others.
	Type cairn.CustomerType
	// Text narrows to names, e-mail addresses and values that hold it.
	Text string
	// Sort is name, insights or the reference of a customer field; a leading
	// minus turns it round.
	Sort          string
	Offset, Limit int
}

// CustomerPage is a window of the customers.
type CustomerPage struct {
	Customers []CustomerInfo
	Total     int
}

// Customers lists customers by name.
func (a *App) Customers(by Caller, q CustomerQuery) (CustomerPage, error) {
	out := CustomerPage{Customers: []CustomerInfo{}}
	if err := a.may(by, cairn.SeeCustomers); err != nil {
		return out, err
	}
	words := strings.Fields(fold.String(q.Text))
	visible := a.visible(by)
	var found []CustomerInfo
	for _, c := range a.evidence.allCustomers() {
		if (q.Type == "" || c.Type == q.Type) && customerHas(c, words) {
			found = append(found, a.customerInfo(c, visible))
		}
	}
	sortCustomers(found, q.Sort)
	out.Total = len(found)
	low := min(max(q.Offset, 0), len(found))
	out.Customers = append(out.Customers, found[low:min(low+q.Limit, len(found))]...)
	return out, nil
}

func customerHas(c cairn.Customer, words []string) bool {
	if len(words) == 0 {
		return true
	}
	text := c.Name + " " + c.Email
	for ref := range c.Values {
		text += " " + c.Values.Text(ref)
	}
	text = fold.String(text)
	for _, w := range words {
		if !strings.Contains(text, w) {
			return false
		}
	}
	return true
}

func sortCustomers(list []CustomerInfo, by string) {
	key, turned := strings.CutPrefix(by, "-")
	compare := func(x, y CustomerInfo) int { return strings.Compare(fold.String(x.Name), fold.String(y.Name)) }
	switch ref := cairn.Ref(key); {
	case key == "insights":
		compare = func(x, y CustomerInfo) int { return x.Insights - y.Insights }
	case key != "" && key != "name":
		compare = func(x, y CustomerInfo) int {
			a, aok := x.Values.Number(ref)
			b, bok := y.Values.Number(ref)
			switch {
			case aok && bok && a < b:
				return -1
			case aok && bok && a > b:
				return 1
			case aok && bok:
				return 0
			}
			return strings.Compare(x.Values.Text(ref), y.Values.Text(ref))
		}
	}
	empty := func(c CustomerInfo) bool {
		_, field := cairn.Ref(key).FieldID()
		return field && cairn.IsNull(c.Values[cairn.Ref(key)])
	}
	slices.SortStableFunc(list, func(x, y CustomerInfo) int {
		if ex, ey := empty(x), empty(y); ex != ey { // those without a value last, either way
			if ex {
				return 1
			}
			return -1
		}
		c := compare(x, y)
		if turned {
			c = -c
		}
		return c
	})
}

// visible tells which insights the caller may see.
func (a *App) visible(by Caller) func(cairn.Insight) bool {
	reads := a.mayEach(by, cairn.ReadProject)
	return func(i cairn.Insight) bool {
		return reads(i.Project) || slices.ContainsFunc(a.evidence.linksOfInsight(i.ID), func(l cairn.Evidence) bool { return reads(l.Project) })
	}
}

func (a *App) customerInfo(c cairn.Customer, visible func(cairn.Insight) bool) CustomerInfo {
	out := CustomerInfo{Customer: c}
	for _, i := range a.evidence.saidBy(c.ID) {
		if visible(i) {
			out.Insights++
		}
	}
	if c.Type == cairn.CustomerCompany {
		out.People = len(a.evidence.people(c.ID))
	}
	return out
}

// CustomerDetail is a customer with everything that the reader may see.
type CustomerDetail struct {
	CustomerInfo
	Said  []InsightInfo
	Staff []CustomerInfo
	// Employer is a person's company.
	Employer cairn.Customer
}

// Customer returns one customer with their insights, newest first.
func (a *App) Customer(ctx context.Context, by Caller, id cairn.ID) (CustomerDetail, error) {
	out := CustomerDetail{Said: []InsightInfo{}, Staff: []CustomerInfo{}}
	if err := a.may(by, cairn.SeeCustomers); err != nil {
		return out, err
	}
	c, ok := a.evidence.customer(id)
	if !ok {
		return out, cairn.NotFound("The customer")
	}
	visible := a.visible(by)
	out.CustomerInfo = a.customerInfo(c, visible)
	for _, i := range a.evidence.saidBy(id) {
		if !visible(i) {
			continue
		}
		info, err := a.insightInfo(ctx, by, i)
		if err != nil {
			return out, err
		}
		out.Said = append(out.Said, info)
	}
	if c.Type == cairn.CustomerCompany {
		for _, p := range a.evidence.people(id) {
			out.Staff = append(out.Staff, a.customerInfo(p, visible))
		}
	}
	out.Employer, _ = a.evidence.customer(c.Company)
	return out, nil
}

// CreateCustomer adds a customer.
func (a *App) CreateCustomer(ctx context.Context, by Caller, c cairn.Customer) (cairn.Customer, error) {
	if err := a.may(by, cairn.ChangeCustomers); err != nil {
		return c, err
	}
	_, err := a.write(ctx, by, 0, func(tx store.Tx) error {
		c.ID = 0
		values := c.Values
		c.Values = nil
		if err := c.SetValues(values, a.evidence.customerFields()); err != nil {
			return err
		}
		if err := a.checkCustomer(tx, &c); err != nil {
			return err
		}
		c.CreatedAt = tx.Now()
		e, err := c.Entity()
		if err != nil {
			return err
		}
		c.ID, err = tx.Create(e)
		c.Version = tx.Seq()
		return err
	})
	return c, err
}

// checkCustomer validates a customer inside the transaction that writes it.
func (a *App) checkCustomer(tx store.Tx, c *cairn.Customer) error {
	if err := c.Validate(); err != nil {
		return err
	}
	if c.Company != 0 {
		e, err := tx.Entity(c.Company)
		if err != nil || e.Kind != cairn.KindCustomer || e.Attrs.Text("type") != string(cairn.CustomerCompany) {
			return cairn.Invalid("company", "There is no company with the id %d among the customers", c.Company)
		}
	}
	for _, key := range c.CustomerKeys() {
		owner, err := tx.Lookup(key)
		if err != nil {
			return err
		}
		if owner != 0 && owner != c.ID {
			return cairn.Conflict("There is a customer already with %q", key.Name)
		}
	}
	return nil
}

// CustomerPatch changes what is not nil; a null value is taken away.
type CustomerPatch struct {
	Name, Email, External *string
	Company               *cairn.ID
	Values                cairn.CustomerValues
	Version               int64
}

// UpdateCustomer changes a customer. Insights keep the values that were recorded
// with them.
func (a *App) UpdateCustomer(ctx context.Context, by Caller, id cairn.ID, in CustomerPatch) (cairn.Customer, error) {
	if err := a.may(by, cairn.ChangeCustomers); err != nil {
		return cairn.Customer{}, err
	}
	var c cairn.Customer
	_, err := a.write(ctx, by, 0, func(tx store.Tx) error {
		e, err := tx.Entity(id)
		if err != nil || e.Kind != cairn.KindCustomer {
			return cairn.NotFound("The customer")
		}
		if err := checkVersion(e, in.Version); err != nil {
			return err
		}
		if c, err = cairn.CustomerOf(e); err != nil {
			return err
		}
		set(&c.Name, in.Name)
		set(&c.Email, in.Email)
		set(&c.External, in.External)
		set(&c.Company, in.Company)
		if err := c.SetValues(in.Values, a.evidence.customerFields()); err != nil {
			return err
		}
		if err := a.checkCustomer(tx, &c); err != nil {
			return err
		}
		if e, err = c.Entity(); err != nil {
			return err
		}
		return tx.Put(e)
	})
	if err != nil {
		return cairn.Customer{}, err
	}
	c, _ = a.evidence.customer(id)
	return c, nil
}

// DeleteCustomer removes a customer. Insights keep what was recorded; they name
// somebody who is not there any more, until that is undone.
func (a *App) DeleteCustomer(ctx context.Context, by Caller, id cairn.ID) error {
	if err := a.may(by, cairn.DefineCustomers); err != nil {
		return err
	}
	_, err := a.write(ctx, by, 0, func(tx store.Tx) error {
		e, err := tx.Entity(id)
		if err != nil || e.Kind != cairn.KindCustomer {
			return cairn.NotFound("The customer")
		}
		return tx.Delete(id)
	})
	return err
}

// CustomerFields returns the fields of customers, in their order.
func (a *App) CustomerFields(by Caller) ([]cairn.CustomerField, error) {
	if err := a.may(by, cairn.SeeCustomers); err != nil {
		return nil, err
	}
	return a.evidence.customerFields(), nil
}

// SaveCustomerField adds a field of customers, or changes the one with its id.
// Its owner and type stay what they were.
func (a *App) SaveCustomerField(ctx context.Context, by Caller, f cairn.CustomerField) (cairn.CustomerField, error) {
	if err := a.may(by, cairn.DefineCustomers); err != nil {
		return f, err
	}
	all := a.evidence.customerFields()
	if f.ID == 0 && len(all) >= cairn.MaxCustomerFields {
		return f, cairn.Errorf(cairn.CodeTooLarge, "There are %d customer fields, which is the most; delete one first", len(all))
	}
	_, err := a.write(ctx, by, 0, func(tx store.Tx) error {
		if f.ID != 0 {
			e, err := tx.Entity(f.ID)
			if err != nil || e.Kind != cairn.KindCustomerField {
				return cairn.NotFound("The customer field")
			}
			was, err := cairn.CustomerFieldOf(e)
			if err != nil {
				return err
			}
			f.Of, f.Type = was.Of, was.Type
		}
		if f.Position == 0 {
			for _, other := range all {
				f.Position = max(f.Position, other.Position)
			}
			f.Position++
		}
		return putCustomerField(tx, &f)
	})
	return f, err
}

func putCustomerField(tx store.Tx, f *cairn.CustomerField) error {
	if err := f.Validate(); err != nil {
		return err
	}
	e, err := f.Entity()
	if err != nil {
		return err
	}
	if owner, err := tx.Lookup(e.Keys()[0]); err != nil || (owner != 0 && owner != f.ID) {
		if err != nil {
			return err
		}
		return cairn.Conflict("There is a field named %q already", f.Name)
	}
	f.Version = tx.Seq()
	if f.ID != 0 {
		return tx.Put(e)
	}
	f.ID, err = tx.Create(e)
	return err
}

// DeleteCustomerField removes a field; its values stay and are back when that
// is undone.
func (a *App) DeleteCustomerField(ctx context.Context, by Caller, id cairn.ID) error {
	if err := a.may(by, cairn.DefineCustomers); err != nil {
		return err
	}
	_, err := a.write(ctx, by, 0, func(tx store.Tx) error {
		e, err := tx.Entity(id)
		if err != nil || e.Kind != cairn.KindCustomerField {
			return cairn.NotFound("The customer field")
		}
		return tx.Delete(id)
	})
	return err
}

// mayUndoShared authorises taking back a change of the customers.
func (a *App) mayUndoShared(by Caller, set *cairn.ChangeSet) error {
	for _, c := range set.Changes {
		switch c.Kind {
		case cairn.KindCustomer, cairn.KindCustomerField:
		default:
			return cairn.Invalid("group", "A change to a %s cannot be undone this way", c.Kind)
		}
		verb := cairn.ChangeCustomers
		if c.Kind == cairn.KindCustomerField || c.Deleted() || set.Actor != by.User {
			verb = cairn.DefineCustomers
		}
		if err := a.may(by, verb); err != nil {
			return err
		}
	}
	return nil
}
