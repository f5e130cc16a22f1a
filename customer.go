package cairn

import (
	"encoding/json"
	"math"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// CustomerType tells companies from people.
type CustomerType string

// The types of customers.
const (
	CustomerCompany CustomerType = "company"
	CustomerPerson  CustomerType = "person"
)

// CustomerValues holds values of customer fields by their reference ("f17"): a
// JSON number or text each. A choice is stored by its name, a day as 2026-11-28.
type CustomerValues map[Ref]json.RawMessage

// Number returns a value as a number; ok is false when it is none.
func (v CustomerValues) Number(ref Ref) (x float64, ok bool) {
	if IsNull(v[ref]) || json.Unmarshal(v[ref], &x) != nil {
		return 0, false
	}
	return x, true
}

// Text returns a value as text, "" for none.
func (v CustomerValues) Text(ref Ref) string {
	var s string
	if json.Unmarshal(v[ref], &s) == nil {
		return s
	}
	return string(v[ref]) // a number is its digits
}

// Customer is a company or a person whose voice counts. Customers are the
// workspace's, shared by all projects.
type Customer struct {
	ID      ID           `json:"-"`
	Version int64        `json:"-"`
	Type    CustomerType `json:"type"`
	Name    string       `json:"name"`
	// Email is a person's; at most one customer has it.
	Email string `json:"email,omitempty"`
	// Company is where a person belongs.
	Company ID `json:"company,omitempty"`
	// External is the customer's id in the system that it was imported from; a
	// later import finds it by that.
	External  string         `json:"external,omitempty"`
	CreatedAt time.Time      `json:"createdAt"`
	Values    CustomerValues `json:"-"`
}

// MaxCustomers is how many customers a workspace may have.
const MaxCustomers = 200_000

// Validate checks and tidies what a customer says by itself, but for the values.
func (c *Customer) Validate() error {
	c.Name = strings.Join(strings.Fields(c.Name), " ")
	c.Email = strings.ToLower(strings.TrimSpace(c.Email))
	c.External = strings.TrimSpace(c.External)
	switch {
	case c.Type != CustomerCompany && c.Type != CustomerPerson:
		return Invalid("type", "A customer is a company or a person, not %q", c.Type)
	case c.Name == "" || !utf8.ValidString(c.Name):
		return Invalid("name", "A customer needs a name")
	case utf8.RuneCountInString(c.Name) > 200:
		return Invalid("name", "The name of a customer has at most 200 characters")
	case c.Type == CustomerCompany && (c.Email != "" || c.Company != 0):
		return Invalid("type", "%s is a company: only people have an e-mail address and belong to a company", c.Name)
	case c.Email != "" && (!strings.Contains(c.Email, "@") || len(c.Email) > 254 || strings.ContainsAny(c.Email, " \t\r\n")):
		return Invalid("email", "%q is not an e-mail address", clip([]byte(c.Email)))
	case len(c.External) > 200:
		return Invalid("external", "The id in another system has at most 200 bytes")
	}
	return nil
}

// SetValues checks values against the fields and takes them over; null takes one
// away. Values of fields that were deleted stay, for the fields' return.
func (c *Customer) SetValues(values CustomerValues, fields []CustomerField) error {
	if c.Values == nil {
		c.Values = make(CustomerValues, len(values))
	}
	for ref, raw := range values {
		i := slices.IndexFunc(fields, func(f CustomerField) bool { return f.Ref() == ref && f.Of == c.Type })
		if i < 0 {
			return Invalid(string(ref), "There is no field %q for a %s", ref, c.Type)
		}
		v, err := fields[i].Parse(raw)
		if err != nil {
			return err
		}
		if IsNull(v) {
			delete(c.Values, ref)
			continue
		}
		c.Values[ref] = v
	}
	return nil
}

// Entity returns the customer's stored form.
func (c *Customer) Entity() (Entity, error) {
	attrs, err := AttrsOf(c)
	for ref, v := range c.Values {
		attrs.Set(string(ref), v)
	}
	return Entity{ID: c.ID, Kind: KindCustomer, Version: c.Version, Attrs: attrs}, err
}

// CustomerOf reads a customer from its stored form.
func CustomerOf(e Entity) (Customer, error) {
	c := Customer{ID: e.ID, Version: e.Version, Values: make(CustomerValues)}
	if err := e.Attrs.Decode(&c); err != nil {
		return c, err
	}
	for name, raw := range e.Attrs {
		if _, ok := Ref(name).FieldID(); ok {
			c.Values[Ref(name)] = raw
		}
	}
	return c, nil
}

// CustomerField is what a workspace notes of its customers: segment, plan,
// revenue, region …
type CustomerField struct {
	ID      ID    `json:"-"`
	Version int64 `json:"-"`
	// Of says whose field it is.
	Of   CustomerType `json:"of"`
	Name string       `json:"name"`
	// Type is short_text, number, select or date.
	Type FieldType `json:"type"`
	// Options are the names of a select's choices, in their order.
	Options []string `json:"options,omitempty"`
	// Unit stands behind a number, such as EUR.
	Unit string `json:"unit,omitempty"`
	// Hidden fields are in no list until they are asked for.
	Hidden   bool    `json:"hidden,omitempty"`
	Position float64 `json:"position"`
}

// Ref is the name of the attribute that holds the field's value on a customer.
func (f *CustomerField) Ref() Ref { return FieldRef(f.ID) }

// MaxCustomerFields is how many fields customers may have.
const MaxCustomerFields = 100

// MaxCustomerOptions is how many options a customer field may have.
const MaxCustomerOptions = 200

// Validate checks the definition.
func (f *CustomerField) Validate() error {
	f.Name = strings.Join(strings.Fields(f.Name), " ")
	switch {
	case f.Of != CustomerCompany && f.Of != CustomerPerson:
		return Invalid("of", "A customer field is of companies or of people, not of %q", f.Of)
	case f.Name == "" || utf8.RuneCountInString(f.Name) > 120:
		return Invalid("name", "A field needs a name of at most 120 characters")
	case !slices.Contains([]FieldType{TypeShortText, TypeNumber, TypeSelect, TypeDate}, f.Type):
		return Invalid("type", "A customer field is short_text, number, select or date, not %q", f.Type)
	case f.Type != TypeSelect && len(f.Options) > 0:
		return Invalid("options", "Only a select has options")
	case f.Type != TypeNumber && f.Unit != "":
		return Invalid("unit", "Only a number has a unit")
	case utf8.RuneCountInString(f.Unit) > 20:
		return Invalid("unit", "The unit has at most 20 characters")
	case len(f.Options) > MaxCustomerOptions:
		return Invalid("options", "A customer field has at most %d options", MaxCustomerOptions)
	}
	seen := make(map[string]bool)
	for i, o := range f.Options {
		o = strings.TrimSpace(o)
		if folded := strings.ToLower(o); o == "" || seen[folded] || utf8.RuneCountInString(o) > 200 {
			return Invalid("options", "Field %q: each option has a name of its own, of at most 200 characters", f.Name)
		}
		seen[strings.ToLower(o)] = true
		f.Options[i] = o
	}
	return nil
}

// Parse checks a value and returns it as it is stored; null for none.
func (f *CustomerField) Parse(raw json.RawMessage) (json.RawMessage, error) {
	if IsNull(raw) {
		return nil, nil
	}
	if f.Type == TypeNumber {
		var x float64
		if json.Unmarshal(raw, &x) != nil || math.IsInf(x, 0) {
			return nil, Invalid(string(f.Ref()), "%s is a number, not %s", f.Name, clip(raw))
		}
		return AppendJSONNumber(nil, x), nil
	}
	var s string
	if json.Unmarshal(raw, &s) != nil || !utf8.ValidString(s) {
		return nil, Invalid(string(f.Ref()), "%s is a text, not %s", f.Name, clip(raw))
	}
	if s = strings.TrimSpace(s); s == "" {
		return nil, nil
	}
	if f.Type == TypeDate {
		day, ok := ParseDay(s)
		if !ok {
			return nil, Invalid(string(f.Ref()), "%s is a day such as 2026-11-28, not %q", f.Name, clip(raw))
		}
		s = day.String()
	}
	if f.Type == TypeSelect {
		i := slices.IndexFunc(f.Options, func(o string) bool { return strings.EqualFold(o, s) })
		if i < 0 {
			return nil, Invalid(string(f.Ref()), "%s has no option %q; it has %s", f.Name, s, strings.Join(f.Options, ", "))
		}
		s = f.Options[i]
	}
	if utf8.RuneCountInString(s) > MaxShortText {
		return nil, Invalid(string(f.Ref()), "%s has at most %d characters", f.Name, MaxShortText)
	}
	return AppendJSONString(nil, s), nil
}

// Entity returns the field's stored form.
func (f *CustomerField) Entity() (Entity, error) {
	attrs, err := AttrsOf(f)
	return Entity{ID: f.ID, Kind: KindCustomerField, Version: f.Version, Attrs: attrs}, err
}

// CustomerFieldOf reads a customer field from its stored form.
func CustomerFieldOf(e Entity) (CustomerField, error) {
	f := CustomerField{ID: e.ID, Version: e.Version}
	err := e.Attrs.Decode(&f)
	return f, err
}

// CustomerKeys are the names by which a customer is found again: an e-mail
// address, an id in another system, a company's name.
func (c *Customer) CustomerKeys() []Key {
	var out []Key
	if c.Email != "" {
		out = append(out, Key{"customer:email", strings.ToLower(c.Email)})
	}
	if c.External != "" {
		out = append(out, Key{"customer:external:" + string(c.Type), c.External})
	}
	if c.Type == CustomerCompany {
		out = append(out, Key{"customer:company", strings.ToLower(c.Name)})
	}
	return out
}
