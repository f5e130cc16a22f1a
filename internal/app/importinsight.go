package app

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"cairn"
	"cairn/internal/importer"
	"cairn/internal/store"
)

// insightSource is the source of insights that came in a table.
const insightSource = "table"

// insightSubject are the insights of a project, with who said them.
type insightSubject struct {
	app     *App
	by      Caller
	project cairn.ID
}

// insightTarget is something of an insight that a column may go to.
type insightTarget struct {
	to cairn.MapTarget
	// as is what its cells are read as.
	as importer.FieldType
	// headings are the names by which columns are known, as NormalName writes them.
	headings []string
	// read takes a cell.
	read func(d *insightDraft, v importer.Value) error
	// attr is what an insight holds it in, and take brings one in step; "" and nil
	// for what is no attribute.
	attr string
	take func(i *cairn.Insight, row *cairn.Insight)
}

// insightTargets are all of them, in the order in which headings are matched.
func insightTargets() []insightTarget {
	return []insightTarget{
		{cairn.MapTitle, importer.ShortText, []string{"title", "summary", "subject", "headline", "insight", "topic", "titel", "betreff"},
			func(d *insightDraft, v importer.Value) error { d.insight.Title = v.Text; return nil },
			"title", func(i, row *cairn.Insight) { i.Title = row.Title }},
		{cairn.MapNote, importer.LongText, []string{"note", "notes", "feedback", "comment", "comments", "quote", "description", "text", "body", "message", "content", "verbatim", "answer", "response", "suggestion", "review", "beschreibung", "kommentar"},
			readNote, "note", func(i, row *cairn.Insight) { i.Note = row.Note }},
		{cairn.MapPerson, importer.ShortText, []string{"person", "name", "contact", "contact name", "author", "from", "said by", "who", "who said it", "user", "user name", "reporter", "respondent", "full name"},
			readPerson, "person", func(i, row *cairn.Insight) { i.Person = cmp.Or(row.Person, i.Person) }},
		{cairn.MapEmail, importer.ShortText, []string{"email", "e mail", "mail", "email address", "e mail address", "user email", "author email", "contact email"},
			func(d *insightDraft, v importer.Value) error { d.email = v.Text; return nil },
			"person", func(i, row *cairn.Insight) { i.Person = cmp.Or(row.Person, i.Person) }},
		{cairn.MapCompany, importer.ShortText, []string{"company", "company name", "organisation", "organization", "account", "account name", "customer", "customer name", "client", "firma", "kunde"},
			func(d *insightDraft, v importer.Value) error { d.company = v.Text; return nil },
			"company", func(i, row *cairn.Insight) { i.Company = cmp.Or(row.Company, i.Company) }},
		{cairn.MapOn, importer.DateType, []string{"on", "date", "when", "day", "created", "created at", "created on", "creation date", "submitted", "submitted at", "timestamp", "time", "received", "datum"},
			func(d *insightDraft, v importer.Value) error { d.insight.On = v.Date; return nil },
			"on", func(i, row *cairn.Insight) { i.On = row.On }},
		{cairn.MapImportance, importer.ShortText, []string{"importance", "priority", "weight", "severity", "wichtigkeit"},
			readImportance, "importance", func(i, row *cairn.Insight) { i.Importance = row.Importance }},
		{cairn.MapDirection, importer.ShortText, []string{"direction", "sentiment", "for or against", "stance"},
			readDirection, "direction", func(i, row *cairn.Insight) { i.Direction = row.Direction }},
		{cairn.MapReliability, importer.ShortText, []string{"reliability", "confidence", "trust"},
			func(d *insightDraft, v importer.Value) error {
				d.insight.Reliability = cairn.Reliability(strings.ToLower(v.Text))
				return nil
			},
			"reliability", func(i, row *cairn.Insight) { i.Reliability = row.Reliability }},
		{cairn.MapLabels, importer.Labels, []string{"labels", "label", "tags", "tag", "category", "categories", "topics", "area", "kategorie"},
			func(d *insightDraft, v importer.Value) error {
				d.insight.Labels = append(d.insight.Labels, v.List...)
				return nil
			},
			"labels", func(i, row *cairn.Insight) { i.Labels = row.Labels }},
		{cairn.MapURL, importer.URL, []string{"url", "link", "source", "source url", "permalink"},
			func(d *insightDraft, v importer.Value) error { d.insight.URL = v.Text; return nil },
			"url", func(i, row *cairn.Insight) { i.URL = row.URL }},
		{cairn.MapExternalID, importer.ShortText, []string{"id", "key", "external id", "ticket", "ticket id", "issue key", "response id", "number", "nr"},
			func(d *insightDraft, v importer.Value) error { d.sourceID = v.Text; return nil }, "", nil},
		{cairn.MapIdeas, importer.ShortText, []string{"idea", "ideas", "idea key", "idea keys", "linked idea", "linked ideas"},
			func(d *insightDraft, v importer.Value) error { d.keys = v.Text; return nil }, "", nil},
	}
}

func readNote(d *insightDraft, v importer.Value) error {
	d.insight.Note = strings.TrimPrefix(d.insight.Note+"\n\n"+strings.TrimSpace(v.Text), "\n\n")
	return nil
}

func readPerson(d *insightDraft, v importer.Value) error {
	who := importer.ReadPerson(strings.TrimSpace(v.Text))
	d.person, d.email = who.Name, cmp.Or(d.email, who.Email)
	return nil
}

// readImportance reads figures and words.
func readImportance(d *insightDraft, v importer.Value) error {
	word := strings.ToLower(strings.TrimSpace(v.Text))
	words := []string{"none", "lowest", "low", "medium", "high", "highest"}
	also := map[string]int{"trivial": 1, "minor": 2, "normal": 3, "moderate": 3, "major": 4, "critical": 5, "blocker": 5, "urgent": 5}
	n := slices.Index(words, word)
	if m, ok := also[word]; ok {
		n = m
	}
	if n < 0 {
		x, problems := importer.Convert(importer.Number, []string{v.Text}, importer.Hints{})
		if len(problems) > 0 || x.Low != x.High || x.Number != float64(int(x.Number)) || x.Number < 0 || x.Number > cairn.MaxImportance {
			return cairn.Invalid("importance", "The importance is 0 to %d, or a word such as high, not “%s”", cairn.MaxImportance, importer.Shorten(v.Text))
		}
		n = int(x.Number)
	}
	d.insight.Importance = n
	return nil
}

func readDirection(d *insightDraft, v importer.Value) error {
	switch strings.ToLower(strings.TrimSpace(v.Text)) {
	case "against", "negative", "con", "no", "contra", "speaks against", "opposes":
		d.insight.Direction = cairn.DirectionAgainst
	case "for", "positive", "pro", "yes", "supports", "neutral", "mixed":
	default:
		return cairn.Invalid("direction", "The direction is for or against, not “%s”", importer.Shorten(v.Text))
	}
	return nil
}

// Why columns of insights and customers go where they do.
const (
	calledSo      = "its name says so"
	calledNothing = "its name says nothing that is known here"
)

// propose sends columns where their names say; when none says what was said, the
// one with the longest text is the note.
func (s insightSubject) propose(survey *importer.Survey) []cairn.MappedColumn {
	fields := s.app.evidence.customerFields()
	taken := make(map[cairn.MapTarget]bool)
	out := make([]cairn.MappedColumn, len(survey.Columns))
	for n := range survey.Columns {
		c := &survey.Columns[n]
		out[n] = cairn.MappedColumn{Column: c.Key, Target: cairn.MapIgnore}
		c.Why = calledSo
		name := importer.NormalName(c.Name)
		for _, t := range insightTargets() {
			if slices.Contains(t.headings, name) && (t.to == cairn.MapLabels || !taken[t.to]) {
				out[n].Target = t.to
				taken[t.to] = true
				break
			}
		}
		if out[n].Target == cairn.MapIgnore {
			var known bool
			if out[n], known = proposeField(c, fields, cairn.CustomerCompany, cairn.CustomerPerson); !known {
				c.Why = calledNothing
			}
		}
	}
	if taken[cairn.MapTitle] || taken[cairn.MapNote] {
		return out
	}
	longest := -1
	for n, c := range survey.Columns {
		if out[n].Target == cairn.MapIgnore && c.Filled > 0 && (longest < 0 || c.Longest > survey.Columns[longest].Longest) {
			longest = n
		}
	}
	if longest >= 0 {
		out[longest].Target = cairn.MapNote
		survey.Columns[longest].Why = "it holds the longest texts"
	}
	return out
}

func (s insightSubject) work(stored *storedPlan) (importWork, error) {
	p := &insightPlan{insightSubject: s, survey: stored.Survey, book: newCustomerBook(), ideas: make(map[string]cairn.ID), seen: make(map[string]int)}
	targets := insightTargets()
	fields := s.app.evidence.customerFields()
	says := false
	byKey := stored.Mapping.ByColumn()
	for i := range p.survey.Columns {
		c := &p.survey.Columns[i]
		col := insightColumn{}
		if m, ok := byKey[c.Key]; ok {
			if t := slices.IndexFunc(targets, func(t insightTarget) bool { return t.to == m.Target }); t >= 0 {
				col.target = &targets[t]
			}
			if m.Target == cairn.MapField {
				var err error
				if col.field, err = customerField(c, m, fields, cairn.CustomerCompany, cairn.CustomerPerson); err != nil {
					return nil, err
				}
			}
			says = says || m.Target == cairn.MapTitle || m.Target == cairn.MapNote
		}
		p.columns = append(p.columns, col)
	}
	if !says {
		return nil, cairn.Invalid("columns", "No column goes to the title or the note. Choose the one that says what was said")
	}
	return p, nil
}

// insightPlan is a mapping to insights that was checked.
type insightPlan struct {
	insightSubject
	survey  *importer.Survey
	columns []insightColumn
	book    *customerBook
	// ideas by the keys that the file names; 0 is none that may be linked.
	ideas map[string]cairn.ID
	// seen are the rows by their identity.
	seen map[string]int
}

// insightColumn is where a column goes; both nil is nowhere.
type insightColumn struct {
	target *insightTarget
	field  *fieldColumn
}

// insightDraft is a row as it would be an insight.
type insightDraft struct {
	rowDraft
	insight                      cairn.Insight
	person, email, company, keys string
	who, firm                    *bookEntry
	ideas                        []cairn.ID
	// fills are the targets that the row fills.
	fills []*insightTarget
	// values of the customers as the row tells them.
	values cairn.CustomerValues
}

func (d *insightDraft) size() int { return len(d.insight.Title) + len(d.insight.Note) + 512 }

func (p *insightPlan) file() *importer.Survey               { return p.survey }
func (p *insightPlan) gatherer() func(*importBatchOf)       { return p.book.gatherer() }
func (p *insightPlan) prepare(store.Tx, *importBegin) error { return nil }
func (p *insightPlan) begin(*cairn.RunCounts)               {}
func (p *insightPlan) list(r *ImportResult)                 { p.book.list(r) }

// draft makes an insight of a row.
func (p *insightPlan) draft(row *importer.Row) drafted {
	d := &insightDraft{insight: cairn.Insight{Project: p.project, CreatedBy: p.by.User, Source: insightSource}}
	r := openRow(p.survey, row, &d.rowDraft)
	if d.refused {
		return d
	}
	d.sourceID = ""
	for i := range p.columns {
		if len(row.Cells[i]) > 0 {
			p.cell(&r, d, i)
		}
	}
	p.identify(&r, d)
	if !d.refused {
		p.meets(&r, d)
	}
	return d
}

// cell takes one column of a row. What cannot be taken leaves that alone out.
func (p *insightPlan) cell(r *rowReader, d *insightDraft, i int) {
	col := &p.columns[i]
	if col.field != nil {
		if v := r.fieldValue(i, col.field); v != nil {
			if d.values == nil {
				d.values = make(cairn.CustomerValues)
			}
			d.values[col.field.Ref()] = v
		}
	}
	if col.target == nil {
		return
	}
	hints := importer.HintsFor(r.survey, *r.row, i)
	if col.target.as == importer.Labels && hints.Separator == "" {
		hints.Separator = ","
	}
	v, _ := r.value(i, col.target.as, hints)
	if v.Empty {
		return
	}
	v.Text = strings.TrimSpace(cleanText(v.Text))
	probe := insightDraft{insight: cairn.Insight{Title: "-", On: "2000-01-01"}}
	err := col.target.read(&probe, v)
	if err == nil && col.target.take != nil && probe.insight.Title != "" && utf8.RuneCountInString(probe.insight.Title) <= cairn.MaxTitle {
		err = probe.insight.Validate()
	}
	if err == nil {
		err = col.target.read(d, v)
	}
	if err != nil {
		r.refuse(i, "not_accepted", err)
		return
	}
	if !slices.ContainsFunc(d.fills, func(t *insightTarget) bool { return t.attr == col.target.attr }) {
		d.fills = append(d.fills, col.target)
	}
}

// identify gives a row its title and the name by which it is known again.
func (p *insightPlan) identify(r *rowReader, d *insightDraft) {
	i := &d.insight
	if strings.TrimSpace(i.Title) == "" {
		i.Title = firstLine(i.Note)
	}
	if utf8.RuneCountInString(i.Title) > cairn.MaxTitle { // a title in a table may be a whole text
		if i.Note == "" {
			i.Note = i.Title
		}
		i.Title = firstLine(i.Title)
	}
	check := *i
	check.On = cmp.Or(check.On, p.app.today().String())
	if strings.TrimSpace(i.Title) == "" {
		d.refuseRow(r, "no_title", "The row says nothing: it has neither a title nor a note. Fill one of them in the file, or choose another column.")
		return
	}
	if err := check.Validate(); err != nil {
		d.refuseRow(r, "not_accepted", err.Error()+".")
		return
	}
	i.Title, i.URL, i.Labels = check.Title, check.URL, check.Labels
	if d.sourceID == "" {
		d.sourceID = "row:" + importer.Digest(strings.Join([]string{i.Title, i.Note, d.person, d.email, d.company, i.On, i.URL}, "\x1f"))
	}
	i.SourceID = d.sourceID
	if first, twice := p.seen[d.sourceID]; twice {
		d.refuseRow(r, "twice", "Row "+strconv.Itoa(first)+" of the file is the same, or has the same id. It is imported once.")
		return
	}
	p.seen[strings.Clone(d.sourceID)] = d.number
}

// meets finds the customers and the ideas that a row names.
func (p *insightPlan) meets(r *rowReader, d *insightDraft) {
	var err error
	if d.firm, err = p.book.company(d.company); err != nil {
		r.refuse(p.at(cairn.MapCompany), "not_accepted", err)
	}
	if d.who, err = p.book.person(d.person, d.email, d.firm); err != nil {
		at := p.at(cairn.MapPerson)
		if d.email != "" && p.at(cairn.MapEmail) >= 0 || at < 0 {
			at = p.at(cairn.MapEmail)
		}
		r.refuse(at, "not_accepted", err)
	}
	p.customerValues(r, d)
	at := p.at(cairn.MapIdeas)
	for _, key := range strings.FieldsFunc(d.keys, func(r rune) bool { return strings.ContainsRune(" ,;|\n\t", r) }) {
		id := p.idea(key)
		switch {
		case id == 0:
			r.refuse(at, "no_idea", cairn.Invalid("ideas", "There is no idea “%s” in this project. Link it afterwards", importer.Shorten(key)))
		case len(d.ideas) >= cairn.MaxInsightLinks:
			r.refuse(at, "no_idea", cairn.Invalid("ideas", "An insight belongs to at most %d ideas", cairn.MaxInsightLinks))
			return
		case !slices.Contains(d.ideas, id):
			d.ideas = append(d.ideas, id)
		}
	}
}

// customerValues gives customers the values that they lack. What they have is
// told by who keeps them, and stays; the insight notes what its row says.
func (p *insightPlan) customerValues(r *rowReader, d *insightDraft) {
	for i := range p.columns {
		f := p.columns[i].field
		if f == nil || d.values[f.Ref()] == nil {
			continue
		}
		of, value := d.firm, d.values[f.Ref()]
		if f.Of == cairn.CustomerPerson {
			of = d.who
		} else if of == nil && d.who != nil {
			of = d.who.employer
		}
		if of == nil {
			delete(d.values, f.Ref())
			r.refuse(i, "no_customer", cairn.Invalid("columns", "The row names no %s to have this value", f.Of))
			continue
		}
		have, known := of.Values[f.Ref()]
		if !known {
			have, known = of.told[f.Ref()]
		}
		switch {
		case !known:
			if of.told == nil {
				of.told = make(cairn.CustomerValues)
			}
			of.told[f.Ref()] = value
			p.book.fills = append(p.book.fills, bookFill{of, f.Ref(), value})
		case string(have) != string(value):
			r.note(ImportKept, r.survey.Columns[i].Name, importer.Problem{Code: "customer_value", Value: importer.Shorten(firstOrNone(r.row.Cells[i])),
				Reason: of.Name + " has another value already, so it stays. The insight keeps this one."})
		}
	}
}

// at is the column that goes to a target, -1 for none.
func (p *insightPlan) at(to cairn.MapTarget) int {
	return slices.IndexFunc(p.columns, func(c insightColumn) bool { return c.target != nil && c.target.to == to })
}

// idea finds an idea of the project by its key.
func (p *insightPlan) idea(key string) cairn.ID {
	if id, asked := p.ideas[key]; asked {
		return id
	}
	ctx := p.app.imports.ctx
	id, err := p.app.ResolveIdea(ctx, p.by, key)
	if err == nil {
		var home cairn.Project
		if home, err = p.app.readableIdea(ctx, p.by, id, cairn.LinkInsight); err == nil && home.ID != p.project {
			id = 0
		}
	}
	if err != nil {
		id = 0
	}
	p.ideas[strings.Clone(key)] = id
	return id
}
