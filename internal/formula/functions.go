package formula

import (
	"fmt"
	"strings"
)

// Function describes one function, for the editor and the guide.
type Function struct {
	Name string `json:"name"`
	// Group is Logic, Numbers, Text, Lists, Dates or People.
	Group string `json:"group"`
	// Signature shows the arguments; those in square brackets may be left out.
	Signature string `json:"signature"`
	Help      string `json:"help"`
	Example   string `json:"example"`
}

// Functions lists every function, by group.
func Functions() []Function {
	list := make([]Function, 0, len(library))
	for _, f := range library {
		list = append(list, f.Function)
	}
	return list
}

// want says what a function needs as an argument.
type want uint8

const (
	wantAny     want = iota
	wantOperand      // a number, 0 where missing
	wantNumber       // a number that may be missing
	wantText
	wantDate
	wantInterval
	wantSpan // an interval or a date
	wantEntries
	wantOption
	wantCondition
	wantUnit // a literal name of a unit of time
)

// function is one row of the table of functions.
type function struct {
	Function
	params []want
	// required is how many arguments there must be; repeat how many of the last
	// parameters may be repeated.
	required, repeat int
	result           Kind
	// check has the last word on kinds, after the arguments were checked.
	check func(c *checker, n *node)
	eval  func(m *machine, n *node, r *reg)
}

type functionTable []function

// find looks a function up, letter case and underscores aside, by its name or
// by the names it has in spreadsheets.
func (t functionTable) find(name string) *function {
	plain := strings.ReplaceAll(strings.ToLower(name), "_", "")
	switch plain {
	case "average", "mean":
		plain = "avg"
	case "ceiling":
		plain = "ceil"
	case "power":
		plain = "pow"
	case "len":
		plain = "length"
	case "isblank":
		plain = "isempty"
	case "days360", "datedif":
		plain = "daysbetween"
	}
	for i := range t {
		if strings.ReplaceAll(t[i].Name, "_", "") == plain {
			return &t[i]
		}
	}
	return nil
}

// names lists the functions' names, for suggestions.
func (t functionTable) names() []string {
	names := make([]string, len(t))
	for i := range t {
		names[i] = t[i].Name
	}
	return names
}

// param returns what argument i must be.
func (f *function) param(i int) want {
	if i < len(f.params) {
		return f.params[i]
	}
	over := i - len(f.params)
	return f.params[len(f.params)-f.repeat+over%f.repeat]
}

// call checks a function call's arguments and gives it its kind.
func (c *checker) call(n *node) {
	f := library.find(n.text)
	if f == nil {
		remedy := "The editor lists all functions."
		if near := nearest(n.text, library.names()); near != "" {
			remedy = fmt.Sprintf("Did you mean %s?", library.find(near).Signature)
		} else if ref, ok := resolve(c.schema, n.text); ok {
			remedy = fmt.Sprintf("Write × between %s and the bracket to multiply.", showRef(ref, c.schema))
		}
		c.fail(n, remedy, "There is no function named %q", n.text)
		return
	}
	n.text, n.fn = f.Name, f
	if !c.count(n, f) {
		return
	}
	mistakes := len(c.errs)
	known := true
	for i := range n.args {
		known = known && n.args[i].kind != Null
		c.argument(n, i, f.param(i))
	}
	if len(c.errs) > mistakes || !known {
		return
	}
	n.kind = f.result
	if f.check != nil {
		f.check(c, n)
	}
}

func (c *checker) count(n *node, f *function) bool {
	most := len(f.params)
	if f.repeat > 0 {
		most = int(^uint(0) >> 1)
	}
	if len(n.args) >= f.required && len(n.args) <= most {
		return true
	}
	needs := fmt.Sprintf("%d", f.required)
	switch {
	case f.repeat > 0:
		needs = "at least " + needs
	case most != f.required:
		needs = fmt.Sprintf("%d to %d", f.required, most)
	}
	c.fail(n, "Write it as "+f.Signature+".", "%s needs %s values, not %d", f.Name, needs, len(n.args))
	return false
}

func (c *checker) argument(n *node, i int, w want) {
	a := n.args[i]
	if a.kind == Null {
		return
	}
	switch w {
	case wantOperand:
		n.args[i] = c.operand(a)
	case wantNumber:
		n.args[i] = c.number(a)
	case wantText:
		c.text(a)
	case wantDate:
		c.date(a)
	case wantCondition:
		c.condition(a)
	case wantInterval:
		if a.kind != Interval {
			c.fail(a, "It works on fields of the type Interval.", "%s needs an interval; here stands %s", n.text, a.kind.words())
		}
	case wantSpan:
		if a.kind != Interval {
			c.date(a)
		}
	case wantEntries:
		if a.kind != List {
			c.text(a)
		}
	case wantOption:
		if a.kind != Option && a.kind != List {
			c.fail(a, "It works on select fields.", "%s needs an option; here stands %s", n.text, a.kind.words())
		}
	case wantUnit:
		c.unit(n, a)
	}
}

// unit checks a unit of time, which must be written out so that a mistake shows
// when the formula is saved.
func (c *checker) unit(n, a *node) {
	u, ok := unitNamed(a.text)
	if a.op != opText || !ok {
		c.fail(a, `Write "day", "week", "month", "quarter", "half" or "year".`, "%s needs a unit of time", n.text)
		return
	}
	a.num = float64(u)
}

// unitNamed reads a unit of time, in the singular or the plural.
func unitNamed(s string) (unit, bool) {
	s = strings.TrimSuffix(strings.ToLower(strings.TrimSpace(s)), "s")
	if s == "halve" || s == "half-year" || s == "half year" {
		s = "half"
	}
	for u, name := range unitNames {
		if name == s {
			return unit(u), true
		}
	}
	return 0, false
}
