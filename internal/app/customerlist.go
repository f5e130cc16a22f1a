package app

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"cairn"
	"cairn/internal/engine"
	"cairn/internal/search/fold"
)

// CustomerQuery asks for a window of the customers.
type CustomerQuery struct {
	// Type, when not "", leaves out the others.
	Type cairn.CustomerType
	// Text narrows to names, e-mail addresses and values that hold it.
	Text string
	// Filter narrows as a view's does, by name, email, company, insights and the
	// references of customer fields; options are said by their names.
	Filter cairn.Filter
	// Sort is by the same, the strongest first; nothing is by name.
	Sort          []cairn.SortKey
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
	names := make(map[cairn.ID]string)
	var found []cairn.Customer
	list := a.evidence.listCustomers()
	var texts []string
	if len(words) > 0 {
		texts = list.texts()
	}
	for i, c := range list.all {
		if c.Type == cairn.CustomerCompany {
			names[c.ID] = c.Name
		}
		if (q.Type == "" || c.Type == q.Type) && (texts == nil || hasWords(texts[i], words)) {
			found = append(found, c)
		}
	}
	visible := a.visible(by)
	table := engine.Table{Rows: len(found), Today: a.today(), Columns: append(ownColumns(found, names, func(c cairn.Customer) int {
		return a.customerInfo(c, visible).Insights
	}), fieldColumns(found, a.evidence.customerFields())...)}
	filter, err := optionIDs(q.Filter, table.Columns)
	if err != nil {
		return out, err
	}
	sort := q.Sort
	if n := len(sort); n > 0 && sort[n-1] == (cairn.SortKey{Field: "name"}) {
		sort = sort[:n-1] // they are by name already, and what ties stays so
	}
	rows, err := table.Arrange(filter, sort)
	if err != nil {
		return out, err
	}
	out.Total = len(rows)
	low := min(max(q.Offset, 0), len(rows))
	for _, row := range rows[low:min(low+q.Limit, len(rows))] {
		info := a.customerInfo(found[row], visible)
		info.CompanyName = names[info.Company]
		out.Customers = append(out.Customers, info)
	}
	return out, nil
}

// ownColumns are the columns that all customers have.
func ownColumns(of []cairn.Customer, companies map[cairn.ID]string, insights func(cairn.Customer) int) []engine.TableColumn {
	text := func(ref cairn.Ref, label string, read func(cairn.Customer) string) engine.TableColumn {
		return engine.TableColumn{Ref: ref, Label: label, Type: cairn.TypeShortText, Value: func(row int) json.RawMessage {
			return cairn.AppendJSONString(nil, read(of[row]))
		}}
	}
	return []engine.TableColumn{
		text("name", "Name", func(c cairn.Customer) string { return c.Name }),
		text("email", "E-mail", func(c cairn.Customer) string { return c.Email }),
		text("company", "Company", func(c cairn.Customer) string { return companies[c.Company] }),
		{Ref: "insights", Label: "Insights", Type: cairn.TypeNumber, Value: func(row int) json.RawMessage {
			return strconv.AppendInt(nil, int64(insights(of[row])), 10)
		}},
	}
}

// fieldColumns are the columns of customer fields. A choice's options are
// numbered as they stand.
func fieldColumns(of []cairn.Customer, fields []cairn.CustomerField) []engine.TableColumn {
	out := make([]engine.TableColumn, len(fields))
	for i, f := range fields {
		ref := f.Ref()
		c := engine.TableColumn{Ref: ref, Label: f.Name, Type: f.Type, Value: func(row int) json.RawMessage { return of[row].Values[ref] }}
		if f.Type == cairn.TypeSelect {
			numbers := make(map[string]json.RawMessage)
			for at, name := range f.Options {
				c.Options = append(c.Options, cairn.Option{ID: cairn.ID(at + 1), Name: name})
				numbers[string(cairn.AppendJSONString(nil, name))] = strconv.AppendInt(nil, int64(at+1), 10)
			}
			c.Value = func(row int) json.RawMessage { return numbers[string(of[row].Values[ref])] }
		}
		out[i] = c
	}
	return out
}

// optionIDs puts the ids of options in the place of their names.
func optionIDs(f cairn.Filter, columns []engine.TableColumn) (cairn.Filter, error) {
	var err error
	each := func(parts []cairn.Filter) []cairn.Filter {
		out := make([]cairn.Filter, len(parts))
		for i, part := range parts {
			var wrong error
			if out[i], wrong = optionIDs(part, columns); wrong != nil {
				err = wrong
			}
		}
		return out
	}
	f.All, f.Any = each(f.All), each(f.Any)
	if f.Not != nil {
		f.Not = &each([]cairn.Filter{*f.Not})[0]
	}
	at := slices.IndexFunc(columns, func(c engine.TableColumn) bool { return c.Ref == f.Field && c.Type == cairn.TypeSelect })
	if err != nil || at < 0 || cairn.IsNull(f.Value) {
		return f, err
	}
	var names []string
	if json.Unmarshal(f.Value, &names) != nil {
		return f, cairn.Invalid(string(f.Field), `The filter: %s takes a list of its options' names, as in ["EU"]`, columns[at].Label)
	}
	ids := []cairn.ID{}
	for _, name := range names {
		for _, o := range columns[at].Options {
			if fold.String(o.Name) == fold.String(name) {
				ids = append(ids, o.ID)
			}
		}
	}
	f.Value, err = json.Marshal(ids)
	return f, err
}

// customerText is what a search looks through of a customer.
func customerText(c cairn.Customer) string {
	text := c.Name + " " + c.Email
	for ref := range c.Values {
		text += " " + c.Values.Text(ref)
	}
	return fold.String(text)
}

func hasWords(text string, words []string) bool {
	return !slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(text, w) })
}
