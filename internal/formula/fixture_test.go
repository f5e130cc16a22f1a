package formula_test

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"cairn"
	"cairn/internal/formula"
)

// today is the day of all tests: a Monday.
var today, _ = cairn.ParseDay("2026-11-23")

// column is one field of a test table.
type column struct {
	ref    cairn.Ref
	name   string // "" once deleted
	vec    formula.Vec
	choice map[cairn.ID]string
}

// table is a small set of ideas that is Schema, Choices and Rows at once.
type table struct {
	columns []column
	rows    int
}

func (t *table) find(ref cairn.Ref) *column {
	for i := range t.columns {
		if t.columns[i].ref == ref {
			return &t.columns[i]
		}
	}
	return nil
}

func (t *table) Resolve(name string) (cairn.Ref, bool) {
	for _, c := range t.columns {
		if c.name != "" && (strings.EqualFold(c.name, name) || string(c.ref) == name) {
			return c.ref, true
		}
	}
	return "", false
}

func (t *table) Kind(ref cairn.Ref) formula.Kind { return t.find(ref).vec.Kind }

func (t *table) Name(ref cairn.Ref) string {
	if c := t.find(ref); c != nil {
		return c.name
	}
	return ""
}

func (t *table) Names() []string {
	var names []string
	for _, c := range t.columns {
		if c.name != "" {
			names = append(names, c.name)
		}
	}
	return names
}

func (t *table) Choices(ref cairn.Ref) []string {
	var names []string
	for _, id := range slices.Sorted(mapKeys(t.find(ref).choice)) {
		names = append(names, t.find(ref).choice[id])
	}
	return names
}

func (t *table) Choice(ref cairn.Ref, id cairn.ID) (string, bool) {
	name, ok := t.find(ref).choice[id]
	return name, ok
}

func mapKeys(m map[cairn.ID]string) func(yield func(cairn.ID) bool) {
	return func(yield func(cairn.ID) bool) {
		for id := range m {
			if !yield(id) {
				return
			}
		}
	}
}

func (t *table) Len() int { return t.rows }

func (t *table) Load(ref cairn.Ref, lo, hi int, dst *formula.Vec) {
	v := t.find(ref).vec
	dst.Kind = v.Kind
	dst.Num = append(dst.Num[:0], part(v.Num, lo, hi)...)
	dst.End = append(dst.End[:0], part(v.End, lo, hi)...)
	dst.Text = append(dst.Text[:0], part(v.Text, lo, hi)...)
	dst.List = append(dst.List[:0], part(v.List, lo, hi)...)
	dst.Null = append(dst.Null[:0], part(v.Null, lo, hi)...)
	dst.NoNum = nil
	if v.NoNum != nil {
		dst.NoNum = append([]bool{}, v.NoNum[lo:hi]...)
	}
}

func part[T any](s []T, lo, hi int) []T {
	if s == nil {
		return nil
	}
	return s[lo:hi]
}

var kinds = map[string]formula.Kind{
	"number": formula.Number, "text": formula.Text, "bool": formula.Bool, "date": formula.Date,
	"interval": formula.Interval, "option": formula.Option, "list": formula.List,
}

// addColumn parses cells: "_" is missing, option "Now=3", list "a,b",
// interval "2026-01-01..2026-03-31".
func (t *table) addColumn(tb testing.TB, name, kind string, cells []string) {
	tb.Helper()
	k, ok := kinds[kind]
	if !ok {
		tb.Fatalf("column %s: unknown kind %q", name, kind)
	}
	if len(t.columns) > 0 && len(cells) != t.rows {
		tb.Fatalf("column %s has %d cells, not %d", name, len(cells), t.rows)
	}
	t.rows = len(cells)
	n := len(cells)
	v := formula.Vec{Kind: k, Num: make([]float64, n), Null: make([]bool, n)}
	choice := map[cairn.ID]string{}
	switch k {
	case formula.Interval:
		v.End = make([]float64, n)
	case formula.Text:
		v.Text = make([]string, n)
	case formula.Option:
		v.Text, v.NoNum = make([]string, n), make([]bool, n)
	case formula.List:
		v.List = make([][]string, n)
	}
	for i, cell := range cells {
		if v.Null[i] = cell == "_"; v.Null[i] {
			continue
		}
		if err := setCell(&v, i, cell); err != nil {
			tb.Fatalf("column %s, cell %d: %v", name, i+1, err)
		}
		names := v.List
		if k == formula.Option {
			names = [][]string{{v.Text[i]}}
		}
		if k == formula.Option || k == formula.List {
			for _, s := range slices.Concat(names...) {
				choice[idOf(s)] = s
			}
		}
	}
	t.columns = append(t.columns, column{
		ref: cairn.FieldRef(cairn.ID(len(t.columns) + 1)), name: name, vec: v, choice: choice,
	})
}

// idOf gives an option an id of its own, by its length and its first letter.
func idOf(name string) cairn.ID { return cairn.ID(1000*len(name)) + cairn.ID([]rune(name)[0]) }

func setCell(v *formula.Vec, i int, cell string) (err error) {
	day := func(s string) float64 {
		d, ok := cairn.ParseDay(s)
		if !ok {
			err = fmt.Errorf("%q is not a date", s)
		}
		return float64(d)
	}
	switch v.Kind {
	case formula.Number:
		v.Num[i], err = strconv.ParseFloat(cell, 64)
	case formula.Bool:
		if cell == "true" {
			v.Num[i] = 1
		}
	case formula.Date:
		v.Num[i] = day(cell)
	case formula.Interval:
		from, to, _ := strings.Cut(cell, "..")
		v.Num[i], v.End[i] = day(from), day(to)
	case formula.Text:
		v.Text[i] = cell
	case formula.Option:
		name, weight, found := strings.Cut(cell, "=")
		v.Text[i], v.NoNum[i] = name, !found
		if found {
			v.Num[i], err = strconv.ParseFloat(weight, 64)
		}
	case formula.List:
		for _, s := range strings.Split(cell, ",") {
			name, weight, found := strings.Cut(s, "=")
			v.List[i] = append(v.List[i], name)
			if found {
				w, _ := strconv.ParseFloat(weight, 64)
				v.Num[i] += w
			}
		}
	}
	return err
}

// show writes row i of a result as the scripts do: the value, "~" and what is
// missing; "_" or "!status" where there is no value.
func show(t *table, p *formula.Program, r *formula.Result, i int) string {
	var s string
	switch st := r.Status[i]; {
	case st == formula.StatusMissing:
		s = "_"
	case !st.HasValue():
		s = "!" + st.String()
	default:
		s = showValue(r, i)
	}
	if len(r.Missing) > 0 && r.Missing[i] != 0 {
		s += " ~"
		for _, ref := range p.MissingRefs(r.Missing[i]) {
			s += " " + t.Name(ref)
		}
	}
	return s
}

func showValue(r *formula.Result, i int) string {
	switch r.Kind {
	case formula.Number:
		return strconv.FormatFloat(r.Num[i], 'g', 10, 64)
	case formula.Bool:
		return strconv.FormatBool(r.Num[i] != 0)
	case formula.Date:
		return cairn.Day(r.Num[i]).String()
	case formula.Interval:
		return cairn.Day(r.Num[i]).String() + ".." + cairn.Day(r.End[i]).String()
	case formula.List:
		return strings.Join(r.List[i], ",")
	}
	return r.Text[i]
}
