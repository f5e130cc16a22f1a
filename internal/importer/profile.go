package importer

import (
	"hash/maphash"
	"math"
	"net/mail"
	"sort"
	"strings"

	"cairn/internal/importer/text"
)

// Profiler watches all rows of a file pass by and remembers, in bounded
// memory, what each column could be.
type Profiler struct {
	cols []*profile
	seed maphash.Seed
}

// profile is what is known about one column. The could… flags start true and
// fall at the first value that contradicts them.
type profile struct {
	filled, longest, lines, several int
	seen, bytes                     int

	values    map[string]int // nil once there are too many
	maxValues int
	capped    bool
	samples   []string

	ids  map[uint64]struct{} // nil once a value repeats, or when nobody asks
	seed maphash.Seed

	numbers                     int // values that read as numbers
	couldDot, couldComma        bool
	ambiguousNumbers            int
	integers                    bool
	low, high                   float64
	couldUnix                   bool
	couldBool, boolWords        bool
	couldDate, dayOK, monthOK   bool
	ambiguousDates, numericDate int
	withTime                    int
	couldInterval, ranges       bool
	couldURL, couldMail         bool
	stars                       bool
	parts                       [2]partCount
	wiki                        int
	codes                       bool // every value is one word with a digit
	padded                      bool // some number starts with a zero that matters
	ranks                       bool // every value is a Jira rank
	javaObjects                 int
}

// partCount counts the parts of cells cut at one separator.
type partCount struct {
	rows, total int
	distinct    map[string]struct{}
	longest     int
	words       int
}

const (
	valuesBudget = 200_000 // different values remembered over all columns
	partsMax     = 300
	partBytes    = 1000 // longer cells are not lists
)

func separators() [2]string { return [2]string{",", ";"} }

// NewProfiler watches the given columns. Only those whose name asks for an id
// are checked for repeats, which takes memory for every row.
func NewProfiler(columns []Column) *Profiler {
	p := &Profiler{seed: maphash.MakeSeed()}
	p.Grow(len(columns))
	for i, c := range columns {
		if kind, _ := byName(NormalName(c.Name)); kind == ToExternalID {
			p.cols[i].ids = map[uint64]struct{}{}
		}
	}
	return p
}

// Grow adds columns that turn up later in a file.
func (p *Profiler) Grow(columns int) {
	for len(p.cols) < columns {
		c := &profile{values: map[string]int{}, seed: p.seed,
			maxValues: min(2000, max(40, valuesBudget/columns)),
			couldDot:  true, couldComma: true, integers: true, low: math.Inf(1), high: math.Inf(-1), couldUnix: true,
			couldBool: true, couldDate: true, dayOK: true, monthOK: true, couldInterval: true,
			couldURL: true, couldMail: true, stars: true, codes: true, ranks: true}
		p.cols = append(p.cols, c)
	}
}

// Add takes the cells of one row in the order of the columns.
func (p *Profiler) Add(cells [][]string) {
	p.Grow(len(cells))
	for i, c := range cells {
		if len(c) > 0 {
			p.cols[i].add(c)
		}
	}
}

func (p *profile) add(cells []string) {
	n := 0
	for _, raw := range cells {
		if s := strings.TrimSpace(raw); s != "" {
			n++
			p.value(s)
		}
	}
	if n > 0 {
		p.filled++
	}
	if n > 1 {
		p.several++
	}
}

func (p *profile) value(s string) {
	p.longest = max(p.longest, len(s))
	p.seen++
	p.bytes += len(s)
	if strings.Contains(s, "\n") {
		p.lines++
	}
	p.count(s)
	p.markup(s)
	if missing(s) {
		return
	}
	p.numeric(s)
	p.temporal(s)
	p.shape(s)
	p.lists(s)
}

// missing says whether a value is a way of writing "no value".
func missing(s string) bool {
	switch s {
	case "-", "–", "—", "n/a", "N/A", "#N/A", "null", "NULL", "(none)":
		return true
	}
	return false
}

func (p *profile) count(s string) {
	if p.ids != nil {
		h := maphash.String(p.seed, s)
		if _, twice := p.ids[h]; twice {
			p.ids = nil
		} else {
			p.ids[h] = struct{}{}
		}
	}
	if p.values == nil {
		return
	}
	if _, known := p.values[s]; known {
		p.values[s]++
		return
	}
	if len(p.samples) < MaxSamples {
		p.samples = append(p.samples, Shorten(s))
	}
	if len(s) > 4*MaxSampleSize || len(p.values) >= p.maxValues {
		p.values, p.capped = nil, true
		return
	}
	p.values[strings.Clone(s)] = 1
}

func (p *profile) numeric(s string) {
	if p.couldDot || p.couldComma {
		n, ok := text.ReadNumber(s)
		if !ok {
			n, ok = p.readRange(s)
		}
		p.couldDot = p.couldDot && ok && n.DotOK
		p.couldComma = p.couldComma && ok && n.CommaOK
		if ok {
			p.numbers++
			v, _ := n.Value(0)
			p.integers = p.integers && v == math.Trunc(v)
			p.low, p.high = min(p.low, v), max(p.high, v)
			if n.Ambiguous() {
				p.ambiguousNumbers++
			}
		}
	}
	if p.couldUnix {
		_, p.couldUnix = text.FromUnix(s)
	}
	if p.couldBool {
		_, p.couldBool = truth(s)
		if p.couldBool && !allFigures(s) {
			p.boolWords = true
		}
	}
	if p.stars {
		p.stars = strings.Trim(s, "★⭐☆\ufe0f ") == "" && strings.ContainsAny(s, "★⭐")
	}
}

// readRange knows the ranges that are nothing else: those with a ± and those
// that Cairn exports. 3-8 alone may as well be a date or a name.
func (p *profile) readRange(s string) (n text.Number, ok bool) {
	if !strings.Contains(s, "±") && !strings.HasPrefix(s, "{") && !(strings.Contains(s, "–") && strings.HasSuffix(s, ")")) {
		return n, false
	}
	dot, dotOK := text.ParseRange(s, '.')
	comma, commaOK := text.ParseRange(s, ',')
	if r, ok := text.ParseRange(s, 0); ok {
		p.low, p.high = min(p.low, r.Low), max(p.high, r.High)
	}
	return text.Number{Dot: dot.Likely, Comma: comma.Likely, DotOK: dotOK, CommaOK: commaOK}, dotOK || commaOK
}

func allFigures(s string) bool { return strings.Trim(s, "0123456789.") == "" }

func (p *profile) temporal(s string) {
	if p.couldDate {
		d, ok := text.ParseDate(s, "")
		p.couldDate = ok
		if ok && d.Numeric {
			p.numericDate++
			p.dayOK, p.monthOK = p.dayOK && d.FitsDay, p.monthOK && d.FitsMonth
			if d.Ambiguous() {
				p.ambiguousDates++
			}
		}
		if ok && d.HasTime {
			p.withTime++
		}
		p.couldDate = p.couldDate && (p.dayOK || p.monthOK)
	}
	if p.couldInterval {
		v, problems := Convert(Interval, []string{s}, Hints{})
		p.couldInterval = len(problems) == 0
		if v.Period.Precision != text.ByDay || v.Period.Start != v.Period.End {
			p.ranges = true
		}
	}
}

func (p *profile) shape(s string) {
	if p.couldURL {
		low := strings.ToLower(s)
		p.couldURL = (strings.HasPrefix(low, "http://") || strings.HasPrefix(low, "https://")) && !strings.ContainsAny(s, " \n")
	}
	if p.couldMail {
		a, err := mail.ParseAddress(s)
		p.couldMail = err == nil && a != nil
	}
	if p.ranks {
		p.ranks = isRank(s)
	}
	if p.codes {
		p.codes = strings.ContainsAny(s, "0123456789") && !strings.ContainsAny(s, " \n")
	}
	if len(s) > 1 && s[0] == '0' && strings.Trim(s, "0123456789") == "" {
		p.padded = true
	}
	if strings.Contains(s, "@") && isJavaObject(s) {
		p.javaObjects++
	}
}

// isRank knows Jira's ranks, such as 0|i02m2f:.
func isRank(s string) bool {
	return len(s) > 3 && len(s) < 200 && s[0] >= '0' && s[0] <= '9' && s[1] == '|' && strings.Contains(s, ":") && !strings.Contains(s, " ")
}

// isJavaObject knows values that a program printed without meaning to, such as
// com.example.ApprovalsCFValue@21c2fe6f.
func isJavaObject(s string) bool {
	class, address, ok := strings.Cut(s, "@")
	return ok && strings.Count(class, ".") >= 2 && !strings.ContainsAny(class, " \n/") && address != "" &&
		len(address) <= 16 && strings.Trim(address, "0123456789abcdef") == ""
}

func (p *profile) markup(s string) {
	if LooksWiki(s) {
		p.wiki++
	}
}

// LooksWiki says whether a text holds marks of Jira's wiki notation that mean
// nothing in Markdown.
func LooksWiki(s string) bool {
	for _, mark := range []string{"{code", "{noformat}", "{quote}", "{panel", "{color", "h2. ", "h3. ", "[~accountid:"} {
		if strings.Contains(s, mark) {
			return true
		}
	}
	return false
}

func (p *profile) lists(s string) {
	if len(s) > partBytes {
		return
	}
	for i, sep := range separators() {
		c := &p.parts[i]
		parts := SplitList(s, sep)
		if len(parts) > 1 {
			c.rows++
		}
		for _, part := range parts {
			c.total++
			c.longest = max(c.longest, len(part))
			c.words = max(c.words, strings.Count(part, " ")+1)
			if c.distinct == nil {
				c.distinct = map[string]struct{}{}
			}
			if len(c.distinct) <= partsMax {
				c.distinct[strings.Clone(part)] = struct{}{}
			}
		}
	}
}

// list says at which separator the cells of a column are lists of few, short,
// recurring words; "" when they are not.
func (p *profile) list() string {
	for i, sep := range separators() {
		c := p.parts[i]
		if c.rows == 0 || c.rows*10 < p.filled || c.longest > 60 || c.words > 4 || len(c.distinct) > partsMax {
			continue
		}
		if len(c.distinct) <= max(20, c.total/2) && len(c.distinct)*10 <= c.total*9 {
			return sep
		}
	}
	return ""
}

// unique says whether every row has a value and no value occurs twice.
func (p *profile) unique(rows int) bool {
	return p.ids != nil && p.filled == rows && rows > 0 && p.several == 0
}

// mean is the average length of a value in bytes.
func (p *profile) mean() int { return p.bytes / max(1, p.seen) }

// long says whether the values are texts to read rather than names: long, or
// often of several lines.
func (p *profile) long() bool { return p.longest > 300 || p.lines*20 > p.filled }

// fill writes the counts into the column.
func (p *profile) fill(c *Column) {
	c.Filled, c.Longest, c.Samples, c.Capped = p.filled, p.longest, p.samples, p.capped
	if p.capped {
		c.Distinct = min(p.filled, p.maxValues)
		return
	}
	c.Distinct = len(p.values)
	all := make([]ValueCount, 0, len(p.values))
	for v, n := range p.values {
		all = append(all, ValueCount{Value: v, Count: n})
	}
	sort.Slice(all, func(i, j int) bool {
		if all[i].Count != all[j].Count {
			return all[i].Count > all[j].Count
		}
		return all[i].Value < all[j].Value
	})
	if p.filled > 0 && len(all) <= MaxValues {
		c.Values = all
	} else {
		c.Values = all[:min(len(all), MaxValues)]
	}
}

// Wiki is how many values seem to be written in Jira's wiki notation.
func (p *Profiler) Wiki() int {
	n := 0
	for _, c := range p.cols {
		n += c.wiki
	}
	return n
}
