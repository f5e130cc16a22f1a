package importer

import (
	"fmt"
	"strings"
)

// Propose fills in what was counted, proposes a target for every column that
// has none yet, and sets the survey's notes and identity that follow from it.
// Columns whose Why is set already were decided by the leaf; only their counts
// are filled in.
func (p *Profiler) Propose(s *Survey) {
	p.Grow(len(s.Columns))
	in := inference{s: s, prof: p.cols, taken: map[TargetKind]int{}}
	for i := range s.Columns {
		c := &s.Columns[i]
		in.prof[i].fill(c)
		in.hints(c, in.prof[i])
		if c.Label == "" {
			c.Label = c.Name
		}
		if c.Why != "" && c.Target.Kind.Single() {
			in.taken[c.Target.Kind] = i + 1
		}
	}
	in.claimByName()
	in.claimTitle()
	in.claimSummary()
	for i := range s.Columns {
		if c := &s.Columns[i]; c.Why == "" {
			in.field(c, in.prof[i])
		}
	}
	in.identify()
	in.questions()
}

type inference struct {
	s     *Survey
	prof  []*profile
	taken map[TargetKind]int
}

// set decides a column's target.
func (in *inference) set(c *Column, t Target, sure int, why string) {
	c.Target, c.Sure, c.Why = t, sure, why
}

// hints sets how numbers, dates and lists of a column are to be read; the
// user's options win.
func (in *inference) hints(c *Column, p *profile) {
	h, o := &c.Hints, in.s.Options
	h.TimeZone = o.TimeZone
	if p.couldDate && p.numericDate > 0 {
		switch {
		case p.dayOK && !p.monthOK:
			h.DateOrder = "dmy"
		case p.monthOK && !p.dayOK:
			h.DateOrder = "mdy"
		default:
			h.DateOrder = o.DateOrder
			if h.DateOrder == "" {
				h.DateOrder = in.orderOfOthers()
			}
		}
	}
	switch {
	case o.Decimal != "":
		h.Decimal = o.Decimal
	case p.couldComma && !p.couldDot:
		h.Decimal = ","
	case p.couldDot && p.filled > 0:
		h.Decimal = "."
	}
	if p.couldUnix && p.filled > 0 {
		h.Serial = true
	}
}

// orderOfOthers takes the order of dates from a column where it is certain.
func (in *inference) orderOfOthers() string {
	for _, p := range in.prof {
		if p.couldDate && p.numericDate > 0 && p.dayOK != p.monthOK {
			if p.monthOK {
				return "mdy"
			}
			return "dmy"
		}
	}
	return "dmy"
}

// claimByName gives each single place to the column whose name asks for it
// most and whose values fit.
func (in *inference) claimByName() {
	for _, kind := range []TargetKind{ToTitle, ToDescription, ToCreated, ToUpdated, ToCreator, ToArchived, ToVotes, ToExternalID, ToURL, ToRank} {
		if in.taken[kind] > 0 {
			continue
		}
		best, top := -1, 0
		for i := range in.s.Columns {
			c := &in.s.Columns[i]
			k, rank := byName(NormalName(c.Label))
			if c.Why == "" && k == kind && rank > top && in.fits(kind, in.prof[i]) {
				best, top = i, rank
			}
		}
		if best >= 0 {
			in.taken[kind] = best + 1
			c := &in.s.Columns[best]
			in.set(c, Target{Kind: kind}, min(99, top), fmt.Sprintf("the name “%s” and the values fit", c.Name))
		}
	}
	for i := range in.s.Columns {
		c := &in.s.Columns[i]
		kind, rank := byName(NormalName(c.Label))
		if c.Why != "" || rank == 0 {
			continue
		}
		switch kind {
		case ToLabels:
			in.set(c, Target{Kind: ToLabels}, 95, fmt.Sprintf("the name “%s” means labels", c.Name))
			c.Hints.Separator = listSeparator(in.prof[i])
		case ToParent, ToComments:
			in.set(c, Target{Kind: kind}, 90, fmt.Sprintf("the name “%s” says so", c.Name))
		}
	}
}

func listSeparator(p *profile) string {
	if p.parts[1].rows > p.parts[0].rows {
		return ";"
	}
	return ","
}

// fits says whether a column's values can go to a built-in place.
func (in *inference) fits(kind TargetKind, p *profile) bool {
	if p.filled == 0 {
		return kind == ToTitle || kind == ToDescription
	}
	switch kind {
	case ToCreated, ToUpdated:
		return p.couldDate || p.couldUnix
	case ToVotes:
		return p.couldDot || p.couldComma
	case ToExternalID:
		return p.unique(in.s.Rows-in.s.Totals.Refused) && p.longest <= 200
	case ToURL:
		return p.couldURL && p.several == 0
	case ToArchived:
		return p.couldBool || p.couldDate
	case ToRank:
		return p.ranks || p.couldDot && p.integers
	case ToTitle:
		return p.several == 0
	}
	return true
}

// claimTitle finds a title where no name asks for it: the column of short,
// different texts, or failing that the first one with a value.
func (in *inference) claimTitle() {
	if in.taken[ToTitle] > 0 {
		return
	}
	best, top := -1, -1.0
	for i := range in.s.Columns {
		c, p := &in.s.Columns[i], in.prof[i]
		if c.Why != "" || p.filled == 0 || c.From != "" {
			continue
		}
		score := float64(c.Distinct)/float64(p.filled) + float64(p.filled)/float64(max(1, in.s.Rows))
		switch {
		case p.couldDot || p.couldComma || p.couldDate || p.couldURL || p.couldBool || p.couldMail:
			score -= 1.5
		case p.codes || typeByName(NormalName(c.Label)) != "":
			score -= 0.7
		case p.mean() > 160:
			score -= 0.8
		case p.mean() >= 8:
			// A few words beat a short code: they are what people would read.
			score += 0.3
		}
		if score > top {
			best, top = i, score
		}
	}
	if best < 0 {
		in.s.Notes = append(in.s.Notes, Note{Level: Warning, Code: "no_title", Text: "No column has a value that could be the title. Choose one before importing."})
		return
	}
	c := &in.s.Columns[best]
	in.taken[ToTitle] = best + 1
	in.set(c, Target{Kind: ToTitle}, 50, "it holds the most different short texts")
	in.s.Notes = append(in.s.Notes, Note{Level: Question, Code: "title_guessed", Column: c.Key,
		Text: fmt.Sprintf("No column is called title. The column “%s” was taken because it holds the most different short texts. Choose another one if that is wrong.", c.Name)})
}

// field proposes a custom field for a column, by its values first and its name
// where the values leave a choice.
func (in *inference) field(c *Column, p *profile) {
	name := NormalName(c.Label)
	kind, _ := byName(name)
	byType := typeByName(name)
	figures := p.couldDot || p.couldComma
	switch {
	case p.filled == 0:
		in.set(c, Target{Kind: ToNothing}, 95, "it is empty in every row")
	case p.javaObjects == p.filled:
		in.set(c, Target{Kind: ToNothing}, 90, "its values are internal objects that the source printed without their content")
	case p.ranks:
		in.set(c, Target{Kind: ToNothing}, 80, "it is the source's internal order")
	case kind == ToExternalID:
		in.set(c, Field(ShortText), 60, "it names something, but not every row has a name of its own")
	case figures && (p.padded || strings.HasSuffix(name, " id")):
		in.set(c, Field(ShortText), 60, "numbers that name something are not counted with")
	case p.stars:
		in.set(c, Field(Rating), 95, "every value is a row of stars")
	case p.couldBool && (p.boolWords || strings.HasSuffix(name, "?")):
		in.set(c, Field(Checkbox), 92, "every value is yes or no")
	case p.couldUnix && dated(name):
		in.set(c, Field(DateType), 85, "every value is a Unix time")
	case figures:
		in.figures(c, p, name)
	case p.couldDate:
		in.set(c, Field(DateType), 95, "every value is a date")
	case p.couldInterval && p.ranges:
		in.set(c, Field(Interval), 92, "every value is a span of time")
	case p.couldURL:
		in.set(c, Field(URL), 95, "every value is a web address")
	default:
		in.words(c, p, byType)
	}
}

func (in *inference) figures(c *Column, p *profile, name string) {
	switch {
	case p.integers && p.low >= 1 && p.high <= 5 && scored(name):
		in.set(c, Field(Rating), 75, "whole numbers from 1 to 5 under a name that is rated")
	case p.low >= 0 && p.high <= 100 && p.high > 1 && slides(name):
		in.set(c, Field(Slider), 70, "numbers from 0 to 100 under a name that is a share")
	default:
		in.set(c, Field(Number), 95, "every value is a number")
	}
}

func (in *inference) words(c *Column, p *profile, byType FieldType) {
	list := p.list()
	few := !c.Capped && c.Distinct <= 60 && p.longest <= 100 && p.lines == 0
	switch {
	case byType == PersonType || byType == People || p.couldMail:
		t := byType
		if t != People {
			t = PersonType
		}
		if p.several > 0 || list != "" {
			t = People
			c.Hints.Separator = list
		}
		in.set(c, Field(t), 85, "the name or the values are people")
	case p.several > 0 && p.longest <= 200 && p.lines == 0:
		in.set(c, Field(MultiSelect), 80, "some rows hold several values")
		c.Hints.Separator = list
	case list != "" && byType != Select:
		in.set(c, Field(MultiSelect), 75, fmt.Sprintf("the cells list few different words, divided by “%s”", list))
		c.Hints.Separator = list
	case byType == MultiSelect && few:
		in.set(c, Field(MultiSelect), 70, "the name means a list of choices")
		c.Hints.Separator = list
	case byType == Select && few:
		in.set(c, Field(Select), 92, fmt.Sprintf("%s under a name that is a choice", values(c.Distinct)))
	case few && c.Distinct*2 <= p.filled:
		in.set(c, Field(Select), 80, fmt.Sprintf("only %s in %d rows", values(c.Distinct), p.filled))
	case p.long():
		in.set(c, Field(LongText), 85, "the texts are long or have several lines")
	default:
		in.set(c, Field(ShortText), 80, "short texts, mostly different")
	}
}

// claimSummary takes a column called summary as the description where another
// one is the title.
func (in *inference) claimSummary() {
	for i := range in.s.Columns {
		c := &in.s.Columns[i]
		if c.Why == "" && in.taken[ToDescription] == 0 && NormalName(c.Label) == "summary" && in.prof[i].filled > 0 {
			in.taken[ToDescription] = i + 1
			in.set(c, Target{Kind: ToDescription}, 75, fmt.Sprintf("“%s” stands beside a title", c.Name))
		}
	}
}

func values(n int) string {
	if n == 1 {
		return "one value"
	}
	return fmt.Sprintf("%d different values", n)
}

// identify chooses what a row is recognised by in the next import.
func (in *inference) identify() {
	if in.s.Identity.How != "" {
		return
	}
	if want := in.s.Options.IDColumn; want != "" && in.s.Column(want) != nil {
		in.s.Identity = Identity{How: "column", Column: want}
		return
	}
	if i := in.taken[ToExternalID]; i > 0 {
		in.s.Identity = Identity{How: "column", Column: in.s.Columns[i-1].Key}
		in.s.Options.IDColumn = in.s.Columns[i-1].Key
		return
	}
	if i := in.taken[ToTitle]; i > 0 {
		c := in.s.Columns[i-1]
		in.s.Identity = Identity{How: "title", Column: c.Key}
		in.s.Notes = append(in.s.Notes, Note{Level: Info, Code: "identity_title", Column: c.Key, Option: "id_column",
			Text: fmt.Sprintf("The file has no column of unique ids. Rows are recognised by “%s”: a row whose text there changed counts as new in the next import.", c.Name)})
		return
	}
	in.s.Identity = Identity{How: "content"}
}

// questions asks what the values could not settle.
func (in *inference) questions() {
	var dates, numbers []string
	order, decided := "", false
	for i, p := range in.prof {
		c := &in.s.Columns[i]
		if p.couldDate && p.filled > 0 && p.ambiguousDates > 0 && p.dayOK && p.monthOK {
			dates, order = append(dates, c.Name), c.Hints.DateOrder
		}
		if p.couldDot && p.couldComma && p.ambiguousNumbers > 0 {
			numbers = append(numbers, c.Name)
		}
		decided = decided || p.couldDot != p.couldComma && p.numbers == p.filled && p.filled > 0
	}
	if len(dates) > 0 && in.s.Options.DateOrder == "" {
		other := "mdy"
		if order == "mdy" {
			other = "dmy"
		}
		in.s.Notes = append(in.s.Notes, Note{Level: Question, Code: "date_order", Option: "date_order", Choices: []string{order, other},
			Text: fmt.Sprintf("Dates such as 3/4/2026 can be read day first or month first (%s). They are read %s; choose the other order if that is wrong.", names(dates), orderName(order))})
	}
	if len(numbers) > 0 && in.s.Options.Decimal == "" && !decided {
		in.s.Notes = append(in.s.Notes, Note{Level: Question, Code: "decimal", Option: "decimal", Choices: []string{".", ","},
			Text: fmt.Sprintf("Numbers such as 1,234 can mean one thousand or one and a fraction (%s). The point is taken as the decimal mark; choose the comma if that is wrong.", names(numbers))})
	}
	if in.taken[ToCreated] > 0 && in.s.Options.TimeZone == "" {
		in.zone()
	}
}

// zone remarks that times without a zone were taken as UTC.
func (in *inference) zone() {
	i := in.taken[ToCreated] - 1
	p := in.prof[i]
	if p.withTime == 0 || len(p.samples) == 0 {
		return
	}
	v, _ := Convert(Instant, p.samples[:1], Hints{TimeZone: "Pacific/Kiritimati"})
	w, _ := Convert(Instant, p.samples[:1], Hints{})
	if v.At.Equal(w.At) {
		return
	}
	in.s.Notes = append(in.s.Notes, Note{Level: Question, Code: "time_zone", Option: "time_zone", Choices: []string{"UTC"},
		Text: fmt.Sprintf("The times in “%s” name no time zone. They are read as UTC; choose the zone of the person who exported the file if it differs.", in.s.Columns[i].Name)})
}

func orderName(order string) string {
	if order == "mdy" {
		return "month first"
	}
	return "day first"
}

// names lists column names for a sentence.
func names(list []string) string {
	for i, n := range list {
		list[i] = quote(n)
	}
	if len(list) > 4 {
		return strings.Join(list[:4], ", ") + fmt.Sprintf(" and %d more", len(list)-4)
	}
	return strings.Join(list, ", ")
}
