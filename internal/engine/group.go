package engine

import (
	"cmp"
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"cairn"
	"cairn/internal/search/fold"
)

// Group is the ideas that share a value of the grouping field.
type Group struct {
	// Key is the value in JSON; null is the group of ideas without a value. A
	// date's key is the first day of its unit.
	Key json.RawMessage
	// Label is what people call the value.
	Label string
	// Offset and Length place the group in the flattened order.
	Offset, Length int
	// Count is the number of ideas, each once.
	Count   int
	Rollups []RollupValue
	// Groups are the second level; nil when there is none.
	Groups []Group
}

// MaxGroups bounds how many groups a view may have, over both levels.
const MaxGroups = 10_000

// bucket is a group in the making: what it sorts by, and what it shows.
type bucket struct {
	place uint64
	text  string
	key   json.RawMessage
	label string
	// always: it is shown without ideas when empty groups are wanted.
	always bool
	// chosen is its place in the order that the grouping names, from 1; 0 for
	// none.
	chosen int
	// hidden: it is left out with its ideas.
	hidden bool
	count  int32
}

// buckets sorts rows into groups by one field.
type buckets struct {
	list []bucket
	// rows and of are parallel: the row and the bucket it stands in. Rows with
	// several values occur several times; bucket −1 is no value.
	rows []int32
	of   []int32
}

// grouper is one grouping of a query, resolved.
type grouper struct {
	*evaluation
	src  *source
	by   cairn.GroupBy
	unit string
}

func (e *evaluation) grouper(by cairn.GroupBy) (*grouper, error) {
	src, err := e.source(by.Field, "Grouping")
	if err != nil {
		return nil, err
	}
	if !src.group {
		return nil, cairn.Invalid(string(by.Field), "Grouping: %s is of type %s, which cannot be grouped by. Choose a select, person, label, date, number or checkbox field",
			src.label, strings.ToLower(src.info.Label))
	}
	e.use(&e.s.schema) // for the names in labels
	g := &grouper{e, src, by, by.Unit}
	switch src.data.(type) {
	case *days, *moments, *spans:
		if g.unit == "" {
			g.unit = unitMonth
		}
		if _, ok := monthsOf(g.unit); !ok {
			return nil, cairn.Invalid(string(by.Field), "Grouping by %s: the unit is day, week, month, quarter, half or year, not %q", src.label, by.Unit)
		}
	default:
		if g.unit != "" {
			return nil, cairn.Invalid(string(by.Field), "Grouping by %s: only dates are grouped by a unit; this is of type %s", src.label, strings.ToLower(src.info.Label))
		}
	}
	return g, nil
}

// split distributes rows over the groups of the field's values.
func (g *grouper) split(rows []int32) *buckets {
	b := &buckets{rows: rows}
	switch v := g.src.data.(type) {
	case *numbers:
		g.splitNumbers(b, v)
	case *texts:
		splitBy(b, func(row int32) (string, bool) { return v.vals[row], v.vals[row] != "" }, func(s string) bucket {
			return bucket{text: fold.String(s), key: appendString(nil, s), label: s}
		})
	case *days:
		g.splitDays(b, func(row int32) cairn.Day { return v.vals[row] })
	case *spans:
		g.splitDays(b, func(row int32) cairn.Day { return v.start[row] })
	case *moments:
		g.splitDays(b, func(row int32) cairn.Day { return dayOfMoment(v.vals[row]) })
	case *codes:
		table := g.entries(b, v)
		b.of = make([]int32, len(rows))
		for i, row := range rows {
			b.of[i] = -1
			if c := v.vals[row]; c >= 0 {
				b.of[i] = table[c]
			}
		}
	case *lists:
		g.splitLists(b, v)
	}
	return b
}

// splitBy makes one bucket per distinct value.
func splitBy[K comparable](b *buckets, value func(row int32) (K, bool), describe func(K) bucket) {
	seen := map[K]int32{}
	b.of = make([]int32, len(b.rows))
	for i, row := range b.rows {
		v, ok := value(row)
		if !ok {
			b.of[i] = -1
			continue
		}
		at, known := seen[v]
		if !known {
			at = int32(len(b.list))
			seen[v] = at
			b.list = append(b.list, describe(v))
		}
		b.of[i] = at
	}
}

func (g *grouper) splitNumbers(b *buckets, v *numbers) {
	if v.truth {
		b.list = []bucket{
			{place: 0, key: json.RawMessage("false"), label: "Not checked", always: true},
			{place: 1, key: json.RawMessage("true"), label: "Checked", always: true},
		}
		b.of = make([]int32, len(b.rows))
		for i, row := range b.rows {
			if !v.isNull(row) {
				b.of[i] = 1
			}
		}
		return
	}
	describe := func(x float64) bucket {
		key := appendNumber(nil, x)
		return bucket{place: floatKey(x), key: key, label: string(key)}
	}
	splitBy(b, func(row int32) (float64, bool) { return v.vals[row], !v.isNull(row) }, describe)
	if g.src.info.Type == cairn.TypeRating {
		for x := 1.0; x <= 5; x++ {
			one := describe(x)
			one.always = true
			if !slices.ContainsFunc(b.list, func(have bucket) bool { return have.place == one.place }) {
				b.list = append(b.list, one)
			}
		}
	}
}

func (g *grouper) splitDays(b *buckets, day func(row int32) cairn.Day) {
	describe := func(d cairn.Day) bucket {
		return bucket{place: intKey(int64(d)), key: appendDayJSON(nil, d), label: unitLabel(d, g.unit)}
	}
	held := map[cairn.Day]bool{}
	splitBy(b, func(row int32) (cairn.Day, bool) {
		d := day(row)
		if d == cairn.NoDay {
			return 0, false
		}
		return unitStart(d, g.unit), true
	}, func(d cairn.Day) bucket {
		held[d] = true
		return describe(d)
	})
	if !g.by.ShowEmpty || len(held) == 0 {
		return
	}
	for _, d := range unitsBetween(held, g.unit) {
		if !held[d] {
			one := describe(d)
			one.always = true
			b.list = append(b.list, one)
		}
	}
}

// maxEmptyUnits bounds how many units of time are shown for the sake of those
// without ideas.
const maxEmptyUnits = 100

// unitsBetween returns the units from the first of some to the one behind the
// last; none when they are too many to be shown.
func unitsBetween(held map[cairn.Day]bool, unit string) []cairn.Day {
	days := slices.Sorted(maps.Keys(held))
	first, last := days[0], days[len(days)-1]
	var units []cairn.Day
	end := addUnits(last, 1, unit)
	for d := first; d <= end; d = addUnits(d, 1, unit) {
		if units = append(units, d); len(units) > maxEmptyUnits {
			return nil
		}
	}
	return units
}

// entries makes a bucket per option, person or label and returns the bucket of
// each code, −1 for options that are gone. Empty groups are shown of the field's
// options, and of people whom any idea names there.
func (g *grouper) entries(b *buckets, v vector) []int32 {
	d := dictOf(v)
	table := make([]int32, d.len())
	if g.src.info.Options {
		for i, o := range g.src.field.Options {
			b.list = append(b.list, bucket{place: uint64(i), key: appendInt(nil, int64(o.ID)), label: o.Name, always: true})
		}
		copy(table, d.place)
		return table
	}
	places := g.places(g.src, d)
	named := make([]bool, d.len())
	if g.by.ShowEmpty && d.byText == nil {
		g.markNamed(named, v)
	}
	for code := range table {
		table[code] = int32(code)
		if !d.known(int32(code)) { // a parent that is gone
			table[code], named[code] = -1, false
		}
		name := g.nameOf(g.src, d, int32(code))
		switch {
		case name == "" && g.src.ref == cairn.RefParent:
			name = "Untitled"
		case name == "":
			name = "Unknown person"
		}
		b.list = append(b.list, bucket{
			place: uint64(places[code]), key: d.appendJSON(nil, int32(code)), label: name, always: named[code],
		})
	}
	return table
}

// markNamed marks the codes that some idea holds.
func (g *grouper) markNamed(named []bool, v vector) {
	for row := range g.s.ids {
		switch v := v.(type) {
		case *codes:
			if c := v.vals[row]; c >= 0 {
				named[c] = true
			}
		case *lists:
			for _, c := range v.at(int32(row)) {
				named[c] = true
			}
		}
	}
}

func (g *grouper) splitLists(b *buckets, v *lists) {
	table := g.entries(b, v)
	rows := b.rows
	b.rows = make([]int32, 0, len(rows)+len(rows)/2)
	b.of = make([]int32, 0, cap(b.rows))
	for _, row := range rows {
		some := false
		for _, c := range v.at(row) {
			if at := table[c]; at >= 0 {
				b.rows, b.of, some = append(b.rows, row), append(b.of, at), true
			}
		}
		if !some {
			b.rows, b.of = append(b.rows, row), append(b.of, -1)
		}
	}
}

// arrange brings the buckets into their order and the rows behind each other,
// bucket by bucket, ideas without a value last unless the grouping says
// otherwise. It returns the buckets to show and where each one's rows end.
func (b *buckets) arrange(by cairn.GroupBy, none string) (shown []bucket, rows []int32, ends []int) {
	last := int32(len(b.list)) // the bucket of ideas without a value
	b.list = append(b.list, bucket{key: json.RawMessage("null"), label: none})
	for i, at := range b.of {
		if at < 0 {
			b.of[i] = last
		}
		b.list[b.of[i]].count++
	}
	b.choose(by)
	sorted := make([]int32, 0, len(b.list))
	for i := range b.list {
		if x := &b.list[i]; !x.hidden && (x.count > 0 || (by.ShowEmpty && x.always)) {
			sorted = append(sorted, int32(i))
		}
	}
	slices.SortFunc(sorted, func(x, y int32) int {
		if c := compareChosen(&b.list[x], &b.list[y], x == last, y == last); c != 0 {
			return c
		}
		c := b.list[x].compare(&b.list[y])
		if by.Desc {
			return -c
		}
		return c
	})
	next := make([]int32, len(b.list))
	at := int32(0)
	for _, i := range sorted {
		next[i] = at
		at += b.list[i].count
		shown = append(shown, b.list[i])
		ends = append(ends, int(at))
	}
	rows = make([]int32, at)
	for i, row := range b.rows {
		if of := b.of[i]; !b.list[of].hidden {
			rows[next[of]] = row
			next[of]++
		}
	}
	return shown, rows, ends
}

// choose marks the buckets that the grouping puts first or hides.
func (b *buckets) choose(by cairn.GroupBy) {
	if len(by.Order) == 0 && len(by.Hidden) == 0 {
		return
	}
	at := make(map[string]*bucket, len(b.list))
	for i := range b.list {
		at[string(b.list[i].key)] = &b.list[i]
	}
	for i, key := range by.Order {
		if x, ok := at[groupKey(key)]; ok && x.chosen == 0 {
			x.chosen = i + 1
		}
	}
	for _, key := range by.Hidden {
		if x, ok := at[groupKey(key)]; ok {
			x.hidden = true
		}
	}
}

// groupKey writes a value that a grouping names as group keys are written.
func groupKey(raw json.RawMessage) string {
	if isNull(raw) {
		return "null"
	}
	if s, ok := parseString(raw); ok {
		return string(appendString(nil, s))
	}
	if x, ok := parseNumber(raw); ok {
		return string(appendNumber(nil, x))
	}
	return strings.TrimSpace(string(raw))
}

// compareChosen puts buckets with a chosen place first, and the one of ideas
// without a value last unless it has one.
func compareChosen(x, y *bucket, xLast, yLast bool) int {
	switch {
	case x.chosen != 0 && y.chosen != 0:
		return cmp.Compare(x.chosen, y.chosen)
	case x.chosen != 0:
		return -1
	case y.chosen != 0:
		return 1
	case xLast:
		return 1
	case yLast:
		return -1
	}
	return 0
}

// hidesAny reports whether any grouping hides groups.
func hidesAny(groupers []*grouper) bool {
	return slices.ContainsFunc(groupers, func(g *grouper) bool { return len(g.by.Hidden) > 0 })
}

// distinct returns the rows, each once, in their order.
func distinct(rows []int32, all int) []int32 {
	seen := newBitmap(all)
	out := make([]int32, 0, len(rows))
	for _, row := range rows {
		if !seen.has(row) {
			seen.set(row)
			out = append(out, row)
		}
	}
	return out
}

func (x *bucket) compare(y *bucket) int {
	return cmp.Or(cmp.Compare(x.place, y.place), strings.Compare(x.text, y.text), strings.Compare(x.label, y.label))
}

// group arranges the rows by the groupings and rolls up each group. It returns
// the groups and the flattened rows.
func (e *evaluation) group(rows []int32, groupers []*grouper, rollups []*rollup) ([]Group, []int32, error) {
	budget := MaxGroups
	return e.groupLevel(rows, groupers, rollups, &budget)
}

func (e *evaluation) groupLevel(rows []int32, groupers []*grouper, rollups []*rollup, budget *int) ([]Group, []int32, error) {
	g := groupers[0]
	shown, flat, ends := g.split(rows).arrange(g.by, "No "+lowerFirst(g.src.label))
	if *budget -= len(shown); *budget < 0 {
		return nil, nil, cairn.Invalid(string(g.by.Field), "Grouping by %s would make more than %d groups. Filter first, or group by another field", g.src.label, MaxGroups)
	}
	groups := make([]Group, 0, len(shown))
	var nested []int32
	start := 0
	for i, b := range shown {
		part := flat[start:ends[i]]
		group := Group{Key: b.key, Label: b.label, Offset: start, Length: len(part)}
		start = ends[i]
		if len(groupers) > 1 {
			inner, innerRows, err := e.groupLevel(part, groupers[1:], rollups, budget)
			if err != nil {
				return nil, nil, err
			}
			if hidesAny(groupers[1:]) {
				if part = distinct(innerRows, len(e.s.ids)); len(part) == 0 && !g.by.ShowEmpty {
					continue // everything in it is hidden
				}
			}
			group.Groups, group.Offset, group.Length = inner, len(nested), len(innerRows)
			for j := range inner {
				inner[j].Offset += len(nested)
			}
			nested = append(nested, innerRows...)
		}
		group.Count, group.Rollups = len(part), rollUp(part, rollups)
		groups = append(groups, group)
	}
	if len(groupers) > 1 {
		flat = nested
	}
	return groups, flat, nil
}

// lowerFirst makes a field's name fit into a sentence, unless it is an
// abbreviation such as ARR.
func lowerFirst(s string) string {
	if len(s) > 1 && s[0] >= 'A' && s[0] <= 'Z' && s[1] >= 'a' && s[1] <= 'z' {
		return string(s[0]+'a'-'A') + s[1:]
	}
	return s
}
