package api

import (
	"context"
	"encoding/json"
	"strings"

	"cairn"
	"cairn/internal/app"
)

func (s *server) customerRoutes() []endpoint {
	const tag = "Customers"
	return []endpoint{
		route(op{id: "list-customers", method: get, path: "/customers", tag: tag, about: "The companies and people of the workspace, by name"}, s.listCustomers),
		route(op{id: "create-customer", method: post, path: "/customers", tag: tag, status: 201, about: "Add a company or a person"}, s.createCustomer),
		route(op{id: "get-customer", method: get, path: "/customers/{customer}", tag: tag, about: "A customer with their insights, as far as you may see them"}, s.getCustomer),
		route(op{id: "update-customer", method: pat, path: "/customers/{customer}", tag: tag, about: "Change a customer; what is left out stays"}, s.updateCustomer),
		route(op{id: "update-customers", method: pat, path: "/customers", tag: tag, about: "Change many customers, each in its own way, in one step; those that cannot be so are left as they are and named"}, s.updateCustomers),
		route(op{id: "delete-customers", method: post, path: "/customers/delete", tag: tag, status: 204, about: "Delete customers in one step; insights keep what was recorded"}, s.deleteCustomers),
		route(op{id: "delete-customer", method: del, path: "/customers/{customer}", tag: tag, status: 204, about: "Delete a customer; insights keep what was recorded"}, s.deleteCustomer),
		route(op{id: "list-customer-fields", method: get, path: "/customer-fields", tag: tag, about: "What the workspace notes of its customers"}, s.listCustomerFields),
		route(op{id: "create-customer-field", method: post, path: "/customer-fields", tag: tag, status: 201, about: "Add a field to companies or people"}, s.createCustomerField),
		route(op{id: "update-customer-field", method: put, path: "/customer-fields/{field}", tag: tag, about: "Replace a customer field's definition; whose it is stays, values are taken along"}, s.updateCustomerField),
		route(op{id: "delete-customer-field", method: del, path: "/customer-fields/{field}", tag: tag, status: 204, about: "Delete a customer field; undo brings it back with its values"}, s.deleteCustomerField),
	}
}

// Customer is a customer on the wire.
type Customer struct {
	ID       cairn.ID             `json:"id"`
	Version  int64                `json:"version"`
	Type     cairn.CustomerType   `json:"type" enum:"company,person"`
	Name     string               `json:"name"`
	Email    string               `json:"email,omitempty"`
	Company  cairn.ID             `json:"company,omitempty" doc:"Where a person belongs"`
	External string               `json:"external,omitempty" doc:"The id in another system"`
	Values   cairn.CustomerValues `json:"values" doc:"By the reference of a customer field"`
	Insights int                  `json:"insights" doc:"How many insights of theirs you may see"`
	People   int                  `json:"people,omitempty" doc:"Of a company"`
	// CompanyName is what lists show.
	CompanyName string `json:"companyName,omitempty" doc:"What a person's company is called; in lists and of one that is asked for"`
}

func customerOut(c app.CustomerInfo) Customer {
	values := c.Values
	if values == nil {
		values = cairn.CustomerValues{}
	}
	return Customer{c.ID, c.Version, c.Type, c.Name, c.Email, c.Company, c.External, values, c.Insights, c.People, c.CompanyName}
}

func customersOut(list []app.CustomerInfo) []Customer {
	out := make([]Customer, 0, len(list))
	for _, c := range list {
		out = append(out, customerOut(c))
	}
	return out
}

type listCustomersIn struct {
	Type   cairn.CustomerType `query:"type" enum:"company,person"`
	Text   string             `query:"q" maxLength:"200" doc:"Words of name, e-mail address and values"`
	Filter string             `query:"filter" maxLength:"20000" doc:"A filter in JSON as views have it, by name, email, company, insights and the references of customer fields; options by their names"`
	Sort   string             `query:"sort" maxLength:"400" doc:"name, email, company, insights and references of customer fields, the strongest first, between commas; a leading minus turns one round"`
	Offset int                `query:"offset" minimum:"0"`
	Limit  int                `query:"limit" minimum:"1" maximum:"500" default:"100"`
}

type customersPageOut struct {
	Body struct {
		Customers []Customer `json:"customers"`
		Total     int        `json:"total"`
	}
}

func (s *server) listCustomers(ctx context.Context, in *listCustomersIn) (*customersPageOut, error) {
	q := app.CustomerQuery{Type: in.Type, Text: in.Text, Offset: in.Offset, Limit: in.Limit}
	if in.Filter != "" && json.Unmarshal([]byte(in.Filter), &q.Filter) != nil {
		return nil, cairn.Invalid("filter", `The filter is no JSON such as {"field":"f17","op":"any_of","value":["EU"]}`)
	}
	for key := range strings.SplitSeq(in.Sort, ",") {
		if ref, desc := strings.CutPrefix(strings.TrimSpace(key), "-"); ref != "" {
			q.Sort = append(q.Sort, cairn.SortKey{Field: cairn.Ref(ref), Desc: desc})
		}
	}
	page, err := s.app.Customers(callerOf(ctx), q)
	if err != nil {
		return nil, err
	}
	out := &customersPageOut{}
	out.Body.Customers, out.Body.Total = customersOut(page.Customers), page.Total
	return out, nil
}

type customerOutput struct{ Body Customer }

type createCustomerIn struct {
	Body struct {
		Type     cairn.CustomerType   `json:"type" enum:"company,person"`
		Name     string               `json:"name"`
		Email    string               `json:"email,omitempty"`
		Company  cairn.ID             `json:"company,omitempty"`
		External string               `json:"external,omitempty"`
		Values   cairn.CustomerValues `json:"values,omitempty"`
	}
}

func (s *server) createCustomer(ctx context.Context, in *createCustomerIn) (*customerOutput, error) {
	b := in.Body
	c, err := s.app.CreateCustomer(ctx, callerOf(ctx), cairn.Customer{
		Type: b.Type, Name: b.Name, Email: b.Email, Company: b.Company, External: b.External, Values: b.Values,
	})
	if err != nil {
		return nil, err
	}
	return &customerOutput{customerOut(app.CustomerInfo{Customer: c})}, nil
}

// CustomerIn is the path parameter that names a customer.
type CustomerIn struct {
	Customer cairn.ID `path:"customer" doc:"The customer's id"`
}

type customerDetailOut struct {
	Body struct {
		Customer Customer   `json:"customer"`
		Said     []Insight  `json:"said" doc:"Their insights, newest first"`
		Staff    []Customer `json:"staff" doc:"The people of a company"`
	}
}

func (s *server) getCustomer(ctx context.Context, in *CustomerIn) (*customerDetailOut, error) {
	c, err := s.app.Customer(ctx, callerOf(ctx), in.Customer)
	if err != nil {
		return nil, err
	}
	out := &customerDetailOut{}
	out.Body.Customer, out.Body.Said, out.Body.Staff = customerOut(c.CustomerInfo), s.insightsOut(c.Said), customersOut(c.Staff)
	return out, nil
}

// CustomerChange says what becomes of a customer; what is left out stays.
type CustomerChange struct {
	Name        *string              `json:"name,omitempty"`
	Email       *string              `json:"email,omitempty"`
	Company     *cairn.ID            `json:"company,omitempty" doc:"0 for none"`
	CompanyName *string              `json:"companyName,omitempty" doc:"Instead of company: found by its name, added when it is not there; empty for none"`
	External    *string              `json:"external,omitempty"`
	Values      cairn.CustomerValues `json:"values,omitempty" doc:"null takes a value away"`
	Version     int64                `json:"version,omitempty"`
}

func (c *CustomerChange) patch(id cairn.ID, version int64) app.CustomerPatch {
	return app.CustomerPatch{
		ID: id, Name: c.Name, Email: c.Email, Company: c.Company, CompanyName: c.CompanyName, External: c.External, Values: c.Values, Version: version,
	}
}

type updateCustomerIn struct {
	CustomerIn
	IfMatch
	Body CustomerChange
}

func (s *server) updateCustomer(ctx context.Context, in *updateCustomerIn) (*customerOutput, error) {
	version, err := in.version(in.Body.Version)
	if err != nil {
		return nil, err
	}
	c, err := s.app.UpdateCustomer(ctx, callerOf(ctx), in.Body.patch(in.Customer, version))
	if err != nil {
		return nil, err
	}
	return &customerOutput{customerOut(app.CustomerInfo{Customer: c})}, nil
}

// CustomerChangeOf is a change of one of several customers.
type CustomerChangeOf struct {
	ID cairn.ID `json:"id"`
	CustomerChange
}

type updateCustomersIn struct {
	Body struct {
		Customers []CustomerChangeOf `json:"customers" maxItems:"2000"`
	}
}

type updateCustomersOut struct {
	Body struct {
		Changed  int               `json:"changed"`
		Problems []CustomerTrouble `json:"problems"`
	}
}

// CustomerTrouble says why a customer was left as it is.
type CustomerTrouble struct {
	ID      cairn.ID `json:"id"`
	Message string   `json:"message"`
}

func (s *server) updateCustomers(ctx context.Context, in *updateCustomersIn) (*updateCustomersOut, error) {
	patches := make([]app.CustomerPatch, len(in.Body.Customers))
	for i, c := range in.Body.Customers {
		patches[i] = c.patch(c.ID, c.Version)
	}
	changed, problems, err := s.app.UpdateCustomers(ctx, callerOf(ctx), patches)
	if err != nil {
		return nil, err
	}
	out := &updateCustomersOut{}
	out.Body.Changed, out.Body.Problems = changed, make([]CustomerTrouble, len(problems))
	for i, p := range problems {
		out.Body.Problems[i] = CustomerTrouble(p)
	}
	return out, nil
}

func (s *server) deleteCustomer(ctx context.Context, in *CustomerIn) (*none, error) {
	return nil, s.app.DeleteCustomers(ctx, callerOf(ctx), in.Customer)
}

type deleteCustomersIn struct {
	Body struct {
		Customers []cairn.ID `json:"customers" maxItems:"10000"`
	}
}

func (s *server) deleteCustomers(ctx context.Context, in *deleteCustomersIn) (*none, error) {
	return nil, s.app.DeleteCustomers(ctx, callerOf(ctx), in.Body.Customers...)
}

// CustomerField is a field of customers on the wire.
type CustomerField struct {
	ID      cairn.ID  `json:"id"`
	Ref     cairn.Ref `json:"ref" doc:"How customers name it"`
	Version int64     `json:"version"`
	cairn.CustomerField
	Lost int `json:"lost,omitempty" doc:"How many values this change could not take along; undo brings them back"`
}

func customerFieldOut(f cairn.CustomerField) CustomerField {
	return CustomerField{f.ID, f.Ref(), f.Version, f, 0}
}

type customerFieldsOut struct {
	Body struct {
		Fields []CustomerField `json:"fields"`
	}
}

func (s *server) listCustomerFields(ctx context.Context, _ *none) (*customerFieldsOut, error) {
	fields, err := s.app.CustomerFields(callerOf(ctx))
	if err != nil {
		return nil, err
	}
	out := &customerFieldsOut{}
	out.Body.Fields = []CustomerField{}
	for _, f := range fields {
		out.Body.Fields = append(out.Body.Fields, customerFieldOut(f))
	}
	return out, nil
}

// CustomerFieldInput is a customer field's definition.
type CustomerFieldInput struct {
	Of       cairn.CustomerType `json:"of,omitempty" enum:"company,person"`
	Name     string             `json:"name"`
	Type     cairn.FieldType    `json:"type,omitempty" enum:"short_text,number,select,date"`
	Options  []string           `json:"options,omitempty"`
	Renamed  map[string]string  `json:"renamed,omitempty" doc:"Options that are called otherwise now, by their old names; values follow"`
	Unit     string             `json:"unit,omitempty"`
	Hidden   bool               `json:"hidden,omitempty" doc:"In no list until it is asked for"`
	Position *float64           `json:"position,omitempty" doc:"Left out: where it is, a new one at the end"`
}

func (s *server) saveCustomerField(ctx context.Context, id cairn.ID, in CustomerFieldInput) (*customerFieldOutput, error) {
	f, lost, err := s.app.SaveCustomerField(ctx, callerOf(ctx), app.CustomerFieldChange{Renamed: in.Renamed, Place: in.Position, CustomerField: cairn.CustomerField{
		ID: id, Of: in.Of, Name: in.Name, Type: in.Type, Options: in.Options, Unit: in.Unit, Hidden: in.Hidden,
	}})
	if err != nil {
		return nil, err
	}
	out := &customerFieldOutput{customerFieldOut(f)}
	out.Body.Lost = lost
	return out, nil
}

type customerFieldOutput struct{ Body CustomerField }

type createCustomerFieldIn struct{ Body CustomerFieldInput }

func (s *server) createCustomerField(ctx context.Context, in *createCustomerFieldIn) (*customerFieldOutput, error) {
	return s.saveCustomerField(ctx, 0, in.Body)
}

type updateCustomerFieldIn struct {
	FieldIn
	Body CustomerFieldInput
}

func (s *server) updateCustomerField(ctx context.Context, in *updateCustomerFieldIn) (*customerFieldOutput, error) {
	return s.saveCustomerField(ctx, in.Field, in.Body)
}

func (s *server) deleteCustomerField(ctx context.Context, in *FieldIn) (*none, error) {
	return nil, s.app.DeleteCustomerField(ctx, callerOf(ctx), in.Field)
}
