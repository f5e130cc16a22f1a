package app

import (
	"context"
	"slices"
	"strings"

	"cairn"
	"cairn/internal/store"
)

// CustomerInfo is a customer with what a reader may know of their voice.
type CustomerInfo struct {
	cairn.Customer
	// Insights is how many insights of theirs the reader may see.
	Insights int
	// People is how many people a company has.
	People int
	// CompanyName is what the company of a person is called.
	CompanyName string
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
	employer, _ := a.evidence.customer(c.Company)
	out.CompanyName = employer.Name
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

// CustomerPatch changes what is not nil of a customer; a null value is taken away.
type CustomerPatch struct {
	ID                    cairn.ID
	Name, Email, External *string
	Company               *cairn.ID
	// CompanyName, when Company is nil, is the company by its name, "" for none; one
	// that is not there is added.
	CompanyName *string
	Values      cairn.CustomerValues
	Version     int64
}

// UpdateCustomer changes a customer. Insights keep the values that were recorded
// with them.
func (a *App) UpdateCustomer(ctx context.Context, by Caller, in CustomerPatch) (cairn.Customer, error) {
	if err := a.may(by, cairn.ChangeCustomers); err != nil {
		return cairn.Customer{}, err
	}
	_, err := a.write(ctx, by, 0, func(tx store.Tx) error { return a.patchCustomer(tx, in) })
	if err != nil {
		return cairn.Customer{}, err
	}
	c, _ := a.evidence.customer(in.ID)
	return c, nil
}

// CustomerProblem says why a customer was not changed.
type CustomerProblem struct {
	ID      cairn.ID
	Message string
}

// MaxCustomerPatches is how many customers are changed by one request.
const MaxCustomerPatches = 2000

// UpdateCustomers changes many customers, each in its own way, in one step. One
// that cannot be so is left as it is and named; it returns how many were changed.
func (a *App) UpdateCustomers(ctx context.Context, by Caller, patches []CustomerPatch) (changed int, problems []CustomerProblem, err error) {
	if err := a.may(by, cairn.ChangeCustomers); err != nil {
		return 0, nil, err
	}
	if len(patches) > MaxCustomerPatches {
		return 0, nil, cairn.Errorf(cairn.CodeTooLarge, "One request changes at most %d customers; send several", MaxCustomerPatches)
	}
	_, err = a.write(ctx, by, 0, func(tx store.Tx) error {
		changed, problems = 0, []CustomerProblem{}
		for _, patch := range patches {
			err := a.patchCustomer(tx, patch)
			switch cairn.CodeOf(err) {
			case "":
				changed++
			case cairn.CodeInvalid, cairn.CodeConflict, cairn.CodeNotFound:
				problems = append(problems, CustomerProblem{patch.ID, err.Error()})
			default:
				return err
			}
		}
		return nil
	})
	return changed, problems, err
}

// patchCustomer changes one customer inside a transaction, or nothing at all.
func (a *App) patchCustomer(tx store.Tx, in CustomerPatch) error {
	e, err := tx.Entity(in.ID)
	if err != nil || e.Kind != cairn.KindCustomer {
		return cairn.NotFound("The customer")
	}
	if err := checkVersion(e, in.Version); err != nil {
		return err
	}
	c, err := cairn.CustomerOf(e)
	if err != nil {
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
	if in.Company == nil && in.CompanyName != nil {
		if c.Type != cairn.CustomerPerson {
			return cairn.Invalid("companyName", "%s is a company: only people belong to one", c.Name)
		}
		c.Company = 0
		if name := strings.TrimSpace(*in.CompanyName); name != "" {
			if c.Company, err = companyNamed(tx, name); err != nil {
				return err
			}
		}
	}
	if e, err = c.Entity(); err != nil {
		return err
	}
	return tx.Put(e)
}

// companyNamed finds a company by name, and adds it when it is not there.
func companyNamed(tx store.Tx, name string) (cairn.ID, error) {
	c := cairn.Customer{Type: cairn.CustomerCompany, Name: name}
	if err := c.Validate(); err != nil {
		return 0, err
	}
	id, err := tx.Lookup(c.CustomerKeys()[0])
	if err != nil || id != 0 {
		return id, err
	}
	c.CreatedAt = tx.Now()
	e, err := c.Entity()
	if err != nil {
		return 0, err
	}
	return tx.Create(e)
}

// DeleteCustomers removes customers in one step. Insights keep what was recorded;
// they name somebody who is not there any more, until that is undone.
func (a *App) DeleteCustomers(ctx context.Context, by Caller, ids ...cairn.ID) error {
	if err := a.may(by, cairn.DefineCustomers); err != nil {
		return err
	}
	_, err := a.write(ctx, by, 0, func(tx store.Tx) error {
		for _, id := range ids {
			if err := deleteOne(tx, id, cairn.KindCustomer, "The customer"); err != nil {
				return err
			}
		}
		return nil
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
