package importer

import (
	"encoding/json"
	"fmt"
	"math"
	"net/mail"
	"net/url"
	"strings"
	"time"
	"unicode/utf8"

	"cairn/internal/importer/text"
)

// Hints say how the cells of a column should be read. They come from the
// survey and may be changed by the user.
type Hints struct {
	DateOrder string   `json:"date_order,omitempty"` // "dmy" or "mdy"
	Decimal   string   `json:"decimal,omitempty"`    // "." or ","
	Separator string   `json:"separator,omitempty"`  // between several values in one cell: "," ";" or "\n"; empty takes the cell whole
	TimeZone  string   `json:"time_zone,omitempty"`  // IANA name for times without a zone
	Serial    bool     `json:"serial,omitempty"`     // plain numbers are spreadsheet days or Unix times
	Low       float64  `json:"low,omitempty"`        // of a slider
	High      float64  `json:"high,omitempty"`       // of a slider; 0 means 100
	IDs       []string `json:"-"`                    // ids of the people in the cells, same order
}

// Value is a cell's content as a neutral value. Which parts count depends on
// Type; Empty is true when the cells hold nothing.
type Value struct {
	Type   FieldType
	Empty  bool
	Text   string  // short_text, long_text, url, select
	Number float64 // number, rating (1–5), slider; the likely one of a range
	Low    float64 // the ends of a range, equal where Number is certain
	High   float64
	Bool   bool        // checkbox
	List   []string    // multi_select, labels; no repeats
	Date   string      // date: YYYY-MM-DD
	At     time.Time   // instant, UTC
	Period text.Period // interval
	People []Person    // person (one), people
}

// Convert reads cells (one, or several of a repeated column) as a value of
// type t. A value that cannot be read leaves Empty true and a Problem that says
// why; Row, Line and Column of problems are for the caller to fill in.
func Convert(t FieldType, cells []string, h Hints) (Value, []Problem) {
	cells = trimmed(cells)
	switch t {
	case Number, Rating, Slider, DateType, Instant, Interval:
		cells = withoutMissing(cells)
	}
	v := Value{Type: t, Empty: len(cells) == 0}
	if v.Empty {
		return v, nil
	}
	c := converter{hints: h, value: v}
	switch t {
	case ShortText, LongText:
		c.value.Text = strings.Join(clean(&c, cells), separatorFor(t))
	case Select:
		c.one(cells, func(s string) bool { c.value.Text = s; return true })
	case Number, Rating, Slider:
		c.one(cells, c.number)
	case Checkbox:
		c.one(cells, c.checkbox)
	case MultiSelect, Labels:
		c.value.List = c.list(clean(&c, cells))
	case DateType, Instant:
		c.one(cells, c.date)
	case Interval:
		c.interval(cells)
	case PersonType, People:
		c.people(cells)
	case URL:
		c.one(cells, c.url)
	default:
		c.refuse("unknown_type", cells[0], fmt.Sprintf("The field type %q is not known to this importer.", t))
	}
	return c.value, c.problems
}

func separatorFor(t FieldType) string {
	if t == LongText {
		return "\n\n"
	}
	return ", "
}

// trimmed drops empty cells and the blanks around the others.
func trimmed(cells []string) []string {
	out := make([]string, 0, len(cells))
	for _, c := range cells {
		if c = strings.TrimSpace(c); c != "" {
			out = append(out, c)
		}
	}
	return out
}

// withoutMissing drops the words that mean "no value" among figures and dates.
func withoutMissing(cells []string) []string {
	out := cells[:0]
	for _, c := range cells {
		if !missing(c) {
			out = append(out, c)
		}
	}
	return out
}

type converter struct {
	hints    Hints
	value    Value
	problems []Problem
}

// refuse notes that value cannot be taken and leaves the field empty.
func (c *converter) refuse(code, value, reason string) bool {
	c.value = Value{Type: c.value.Type, Empty: true}
	c.note(code, value, reason)
	return false
}

func (c *converter) note(code, value, reason string) {
	c.problems = append(c.problems, Problem{Code: code, Reason: reason, Value: Shorten(value)})
}

// clean removes NUL characters, which no database stores, and says so.
func clean(c *converter, cells []string) []string {
	for i, s := range cells {
		if strings.IndexByte(s, 0) >= 0 {
			cells[i] = strings.ReplaceAll(s, "\x00", "")
			c.note("nul_removed", cells[i], "The cell holds NUL characters, which cannot be stored. They were left out.")
		}
	}
	return cells
}

// one reads the only cell of a type that holds one value; more are reported.
func (c *converter) one(cells []string, read func(string) bool) {
	cells = clean(c, cells)
	if !read(cells[0]) {
		return
	}
	for _, more := range cells[1:] {
		if more != cells[0] {
			c.note("several_values", more, fmt.Sprintf("The field holds one value. %s was kept, %s was left out. Choose a type for several values to keep both.",
				quote(cells[0]), quote(more)))
		}
	}
}

func (c *converter) number(s string) bool {
	t := c.value.Type
	if t == Rating {
		if n := strings.Count(s, "★") + strings.Count(s, "⭐"); n > 0 && n <= 5 && strings.Trim(s, "★⭐☆\ufe0f ") == "" {
			c.value.Number = float64(n)
			return true
		}
		s = strings.TrimSpace(strings.TrimSuffix(s, "/5"))
	}
	if r, ok := text.ParseRange(s, decimal(c.hints.Decimal)); ok {
		return c.span(s, r)
	}
	n, ok := text.ParseNumber(s, decimal(c.hints.Decimal))
	if !ok {
		return c.refuse("not_a_number", s, fmt.Sprintf("%s is not a number. Use figures such as %s, or a range such as 3–8.", quote(s), exampleNumber(c.hints.Decimal)))
	}
	c.value.Number = n
	return c.allowed(s, n)
}

// span takes a range: the ends and what is likely must all be allowed.
func (c *converter) span(s string, r text.Range) bool {
	low, high := c.bounds()
	if r.Around {
		r.Low, r.High = max(r.Low, min(low, r.Likely)), min(r.High, max(high, r.Likely))
	}
	if r.Middle && c.value.Type == Rating {
		r.Likely = math.Floor(r.Likely + 0.5)
	}
	if !r.Ascends() {
		return c.refuse("range_backwards", s, fmt.Sprintf("%s does not ascend. Write a range from its low over its likely to its high end, such as 3–8 or 3/5/8.", quote(s)))
	}
	for _, x := range []float64{r.Low, r.Likely, r.High} {
		if !c.allowed(s, x) {
			return false
		}
	}
	c.value.Number = r.Likely
	if r.Low < r.High {
		c.value.Low, c.value.High = r.Low, r.High
	}
	return true
}

// bounds are what the type allows.
func (c *converter) bounds() (low, high float64) {
	switch c.value.Type {
	case Rating:
		return 1, 5
	case Slider:
		if c.hints.High == 0 {
			return c.hints.Low, 100
		}
		return c.hints.Low, c.hints.High
	}
	return math.Inf(-1), math.Inf(1)
}

// allowed refuses a number outside of the type's bounds.
func (c *converter) allowed(s string, n float64) bool {
	low, high := c.bounds()
	inside := n >= low && n <= high
	switch t := c.value.Type; {
	case t == Rating && (!inside || n != math.Trunc(n)):
		return c.refuse("out_of_range", s, fmt.Sprintf("%s is no rating, which is a whole number from 1 to 5. A number or a slider holds such values.", quote(s)))
	case t == Slider && !inside:
		return c.refuse("out_of_range", s, fmt.Sprintf("%s is outside the slider's range %v to %v. Widen the range, or make it a number.", quote(s), low, high))
	}
	return true
}

func exampleNumber(mark string) string {
	if mark == "," {
		return "4 or 1.234,5"
	}
	return "4 or 1,234.5"
}

func decimal(mark string) byte {
	if mark == "" {
		return 0
	}
	return mark[0]
}

func (c *converter) checkbox(s string) bool {
	if yes, ok := truth(s); ok {
		c.value.Bool = yes
		return true
	}
	// "Archived at" columns hold a date where others hold yes.
	if _, ok := text.ParseDate(s, text.Order(c.hints.DateOrder)); ok {
		c.value.Bool = true
		return true
	}
	return c.refuse("not_yes_or_no", s, fmt.Sprintf("%s is neither yes nor no. Use yes, no, true, false, x, 1 or 0.", quote(s)))
}

// truth reads a word that means yes or no.
func truth(s string) (yes, ok bool) {
	switch strings.ToLower(s) {
	case "yes", "y", "true", "t", "x", "1", "1.0", "on", "checked", "✓", "✔", "☑", "✅", "ja", "oui", "sí", "si", "sim", "wahr", "vrai":
		return true, true
	case "no", "n", "false", "f", "0", "0.0", "off", "unchecked", "-", "☐", "✗", "✘", "❌", "nein", "non", "não", "falsch", "faux":
		return false, true
	}
	return false, false
}

// list splits cells into separate values and drops repeats.
func (c *converter) list(cells []string) []string {
	var out []string
	seen := map[string]bool{}
	for _, cell := range cells {
		for _, v := range SplitList(cell, c.hints.Separator) {
			if !seen[v] {
				seen[v] = true
				out = append(out, v)
			}
		}
	}
	return out
}

// SplitList cuts a cell at a separator; "" takes it whole. Blanks around the
// parts go, empty parts too.
func SplitList(cell, separator string) []string {
	if separator == "" {
		return []string{strings.TrimSpace(cell)}
	}
	return trimmed(strings.Split(cell, separator))
}

func (c *converter) date(s string) bool {
	d, ok := text.ParseDate(s, text.Order(c.hints.DateOrder))
	if !ok && c.hints.Serial {
		d, ok = numericDate(s)
	}
	if !ok {
		return c.refuse("not_a_date", s, fmt.Sprintf("%s is not a date that can be read%s. Use a form such as 2026-02-25.", quote(s), orderWords(c.hints.DateOrder)))
	}
	loc := Options{TimeZone: c.hints.TimeZone}.Location()
	c.value.Date, c.value.At = d.ISO(), d.Time(loc)
	return true
}

func orderWords(order string) string {
	switch order {
	case "dmy":
		return " with the day first"
	case "mdy":
		return " with the month first"
	}
	return ""
}

// numericDate reads Unix times and spreadsheet day numbers.
func numericDate(s string) (text.Date, bool) {
	if d, ok := text.FromUnix(s); ok {
		return d, true
	}
	n, ok := text.ParseNumber(s, '.')
	if !ok {
		return text.Date{}, false
	}
	return text.FromSerial(n)
}

func (c *converter) interval(cells []string) {
	order := text.Order(c.hints.DateOrder)
	cells = clean(c, cells)
	start, end := cells[0], ""
	if len(cells) == 2 {
		end = cells[1]
	} else if a, b, ok := SplitInterval(cells[0]); ok {
		start, end = a, b
	} else if p, ok := text.ParsePeriod(start, order); ok {
		c.value.Period = p
		return
	}
	from, okFrom := text.ParsePeriod(start, order)
	to, okTo := text.ParsePeriod(end, order)
	switch {
	case start != "" && !okFrom || end != "" && !okTo || start == "" && end == "":
		c.refuse("not_an_interval", strings.Join(cells, " → "), fmt.Sprintf(
			"%s is not an interval that can be read. Use a form such as 2026-01-05 → 2026-02-12, Q1 2026 or 2026.", quote(strings.Join(cells, " → "))))
	case okFrom && okTo && from.Start > to.End:
		c.refuse("interval_backwards", cells[0], fmt.Sprintf("The interval %s ends before it starts. Swap the two dates.", quote(strings.Join(cells, " → "))))
	default:
		c.value.Period = text.Period{Start: from.Start, End: to.End, Precision: coarser(from.Precision, to.Precision)}
	}
}

// coarser is the common precision of the two ends.
func coarser(a, b text.Precision) text.Precision {
	if a == b || b == "" {
		return a
	}
	if a == "" {
		return b
	}
	return text.ByDay
}

// SplitInterval reads {"start":…,"end":…} and two dates joined by an arrow,
// "..", " to ", an en dash or " - ". Either end may be missing.
func SplitInterval(s string) (start, end string, ok bool) {
	if strings.HasPrefix(s, "{") {
		var pair struct{ Start, End *string }
		if json.Unmarshal([]byte(s), &pair) != nil || pair.Start == nil && pair.End == nil {
			return "", "", false
		}
		return deref(pair.Start), deref(pair.End), true
	}
	for _, arrow := range []string{"→", "->", "…", "..", " to ", " – ", "–", " - "} {
		if a, b, found := strings.Cut(s, arrow); found {
			return strings.TrimSpace(a), strings.TrimSpace(b), true
		}
	}
	return "", "", false
}

func deref(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

func (c *converter) people(cells []string) {
	names := clean(c, cells)
	if c.value.Type == People {
		names = c.list(names)
	}
	ids := trimmed(c.hints.IDs)
	for i, n := range names {
		p := ReadPerson(n)
		if i < len(ids) {
			p.ID = ids[i]
		}
		c.value.People = append(c.value.People, p)
	}
	if c.value.Type == PersonType && len(c.value.People) > 1 {
		c.note("several_values", names[1], fmt.Sprintf("The field holds one person. %s was kept, %s was left out. Choose the type people to keep all.",
			quote(names[0]), quote(strings.Join(names[1:], ", "))))
		c.value.People = c.value.People[:1]
	}
}

// ReadPerson tells a name, an e-mail address and an account id apart:
// "Ada Lovelace <ada@example.com>", "ada@example.com", "712020:0000-…", "@ada".
func ReadPerson(s string) Person {
	s = strings.TrimSpace(s)
	if strings.Contains(s, "@") && !strings.HasPrefix(s, "@") {
		if a, err := mail.ParseAddress(s); err == nil {
			return Person{Name: a.Name, Email: a.Address}
		}
	}
	if login, ok := strings.CutPrefix(s, "@"); ok {
		return Person{ID: login, Name: login}
	}
	if looksLikeAccount(s) {
		return Person{ID: s}
	}
	return Person{Name: s}
}

// looksLikeAccount knows the ids of Jira Cloud accounts: 24 hexadecimal digits,
// or a number, a colon and a UUID.
func looksLikeAccount(s string) bool {
	_, after, colon := strings.Cut(s, ":")
	if !colon {
		after = s
	}
	hex := 0
	for _, r := range after {
		switch {
		case r >= '0' && r <= '9' || r >= 'a' && r <= 'f':
			hex++
		case r != '-':
			return false
		}
	}
	return hex == 24 || hex == 32
}

func (c *converter) url(s string) bool {
	u, err := url.Parse(s)
	if err == nil && u.Scheme == "" && strings.HasPrefix(strings.ToLower(s), "www.") {
		s = "https://" + s
		u, err = url.Parse(s)
	}
	if err != nil || u.Host == "" && u.Scheme != "mailto" || u.Scheme != "http" && u.Scheme != "https" && u.Scheme != "mailto" {
		return c.refuse("not_a_url", s, fmt.Sprintf("%s is not a web address. It should start with http:// or https://.", quote(s)))
	}
	c.value.Text = s
	return true
}

// Shorten cuts s to MaxSampleSize bytes at a character boundary.
func Shorten(s string) string {
	if len(s) <= MaxSampleSize {
		return strings.Clone(s)
	}
	cut := MaxSampleSize - len("…")
	for cut > 0 && !utf8.RuneStart(s[cut]) {
		cut--
	}
	return strings.Clone(s[:cut]) + "…"
}

func quote(s string) string { return "“" + Shorten(s) + "”" }

// HintsFor gives the hints of a column for one row: those of the survey, and
// the ids of the people in its cells where the file has a column of them.
func HintsFor(s *Survey, r Row, column int) Hints {
	h := s.Columns[column].Hints
	twin := s.Columns[column].Twin
	if twin == "" {
		return h
	}
	for i := range s.Columns {
		if s.Columns[i].Key == twin {
			h.IDs = r.Cells[i]
		}
	}
	return h
}
