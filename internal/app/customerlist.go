package app

import (
	"cmp"
	"slices"
	"strings"

	"cairn"
	"cairn/internal/search/fold"
)

// CustomerQuery asks for a window of the customers.
type CustomerQuery struct {
	// Type, when not "", leaves out the others.
	Type cairn.CustomerType
	// Text narrows to names, e-mail addresses and values that hold it.
	Text string
	// Where narrows to values of fields: a reference, = (is; nothing behind it: has
	// none), ~ (holds), >= or <=, and a text, such as "f17=EU"; all must hold.
	Where []string
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
	var where []customerCondition
	for _, text := range q.Where {
		c, err := a.customerCondition(text)
		if err != nil {
			return out, err
		}
		where = append(where, c)
	}
	words := strings.Fields(fold.String(q.Text))
	visible := a.visible(by)
	var found []CustomerInfo
	for _, c := range a.evidence.allCustomers() {
		if (q.Type != "" && c.Type != q.Type) || !customerHas(c, words) ||
			slices.ContainsFunc(where, func(one customerCondition) bool { return !one.holds(c) }) {
			continue
		}
		info := CustomerInfo{Customer: c}
		if strings.TrimPrefix(q.Sort, "-") == "insights" {
			info = a.customerInfo(c, visible)
		}
		found = append(found, info)
	}
	sortCustomers(found, q.Sort)
	out.Total = len(found)
	low := min(max(q.Offset, 0), len(found))
	for _, c := range found[low:min(low+q.Limit, len(found))] {
		out.Customers = append(out.Customers, a.customerInfo(c.Customer, visible))
	}
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

// customerCondition is one thing that a value must be.
type customerCondition struct {
	ref  cairn.Ref
	op   string
	text string
	// number is what a value is compared with when both are numbers.
	number  float64
	numeric bool
}

func (a *App) customerCondition(text string) (customerCondition, error) {
	at := strings.IndexAny(text, "=~<>")
	if at < 0 {
		return customerCondition{}, cairn.Invalid("where", "%q is no condition: write a field, one of = ~ >= <= and a value", text)
	}
	c := customerCondition{ref: cairn.Ref(text[:at]), op: text[at : at+1]}
	rest := text[at+1:]
	if c.op == "<" || c.op == ">" {
		var whole bool
		if rest, whole = strings.CutPrefix(rest, "="); !whole {
			return c, cairn.Invalid("where", "%q is no condition: write >= or <=", text)
		}
	}
	if !slices.ContainsFunc(a.evidence.customerFields(), func(f cairn.CustomerField) bool { return f.Ref() == c.ref }) {
		return c, cairn.Invalid("where", "There is no customer field %q", c.ref)
	}
	c.text = fold.String(strings.TrimSpace(rest))
	c.number, c.numeric = looseNumber(rest)
	return c, nil
}

func (c *customerCondition) holds(customer cairn.Customer) bool {
	text := ""
	if !cairn.IsNull(customer.Values[c.ref]) {
		text = fold.String(customer.Values.Text(c.ref))
	}
	if c.op == "~" {
		return strings.Contains(text, c.text)
	}
	if text == "" || c.text == "" {
		return c.op == "=" && text == c.text
	}
	order := strings.Compare(text, c.text)
	if x, number := customer.Values.Number(c.ref); number && c.numeric {
		order = cmp.Compare(x, c.number)
	}
	switch c.op {
	case ">":
		return order >= 0
	case "<":
		return order <= 0
	}
	return order == 0
}

// customerOrder is where a customer stands; those without a value stand last,
// either way.
type customerOrder struct {
	none   bool
	number float64
	text   string
	name   string
	info   CustomerInfo
}

func sortCustomers(list []CustomerInfo, by string) {
	key, turned := strings.CutPrefix(by, "-")
	rows := make([]customerOrder, len(list))
	for i, c := range list {
		row := customerOrder{info: c, name: fold.String(c.Name)}
		switch {
		case key == "insights":
			row.number = float64(c.Insights)
		case key != "" && key != "name":
			ref, number := cairn.Ref(key), false
			if row.number, number = c.Values.Number(ref); !number && !cairn.IsNull(c.Values[ref]) {
				row.text = fold.String(c.Values.Text(ref))
			}
			row.none = cairn.IsNull(c.Values[ref])
		}
		rows[i] = row
	}
	way := 1
	if turned {
		way = -1
	}
	slices.SortStableFunc(rows, func(x, y customerOrder) int {
		if x.none != y.none {
			return order(x.none, y.none)
		}
		if c := cmp.Or(cmp.Compare(x.number, y.number), strings.Compare(x.text, y.text)); c != 0 {
			return way * c
		}
		if key == "" || key == "name" {
			return way * strings.Compare(x.name, y.name)
		}
		return strings.Compare(x.name, y.name)
	})
	for i := range rows {
		list[i] = rows[i].info
	}
}
