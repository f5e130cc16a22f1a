package app

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"cairn"
	"cairn/internal/importer"
	"cairn/internal/store"
)

// Where a column of insights may go, besides ToNowhere, ToEmail and ToCompany.
const (
	ToTitle       = "title"
	ToNote        = "note"
	ToPerson      = "person"
	ToOn          = "on"
	ToImportance  = "importance"
	ToDirection   = "direction"
	ToReliability = "reliability"
	ToLabels      = "labels"
	ToURL         = "url"
	ToID          = "id"
	ToIdeas       = "ideas"
)

// InsightImport is a file of insights, one a row.
type InsightImport struct {
	// Name is the file's name.
	Name string
	Data []byte
	// To says for each column where it goes; nil takes the guess.
	To []string
	// DryRun only says what would happen.
	DryRun bool
}

// InsightsImported says what an import did, or would do.
type InsightsImported struct {
	// Format is what the file turned out to be, in words.
	Format  string
	Columns []CustomerColumn
	Rows    int
	// Created, Updated and Unchanged count insights, Customers those that are new,
	// Links insights that were linked to an idea.
	Created, Updated, Unchanged, Customers, Links int
	// Problems name rows that were left out; at most 100.
	Problems []RowProblem
	Skipped  int
	Group    string
}

// ImportInsights records the insights of a table and updates those that an
// earlier import made from the same rows. Who said it is found among the
// customers by e-mail address or name, and added when they are not there. A row
// that is wrong is left out and named; the rest is one step for undo.
func (a *App) ImportInsights(ctx context.Context, by Caller, project cairn.ID, in InsightImport) (InsightsImported, error) {
	out := InsightsImported{Columns: []CustomerColumn{}, Problems: []RowProblem{}}
	if _, err := a.mayIn(by, project, cairn.AddInsight); err != nil {
		return out, err
	}
	if err := a.may(by, cairn.ChangeCustomers); err != nil {
		return out, err
	}
	file, err := a.readInsights(ctx, in)
	if err != nil {
		return out, err
	}
	out.Format, out.Rows, out.Columns = file.survey.Title, len(file.rows), file.columns
	if !file.says() {
		if in.To == nil { // to be chosen
			return out, nil
		}
		return out, cairn.Invalid("to", "Choose which column holds the title or the note")
	}
	by.Group = a.grouped(by.Group)
	w := &insightTaker{app: a, by: by, project: project, file: file, out: &out}
	if in.DryRun || in.To == nil {
		return out, w.try(ctx)
	}
	out.Group = by.Group
	return out, w.take(ctx)
}

// insightFile is a table of insights that was read.
type insightFile struct {
	survey  *importer.Survey
	columns []CustomerColumn
	rows    []importer.Row
	// targets are the places where columns may go, by name.
	targets map[string]insightTarget
}

// says reports whether any column holds what was said.
func (f *insightFile) says() bool {
	return slices.ContainsFunc(f.columns, func(c CustomerColumn) bool { return c.To == ToTitle || c.To == ToNote })
}

func (a *App) readInsights(ctx context.Context, in InsightImport) (*insightFile, error) {
	src := importer.BytesSource(fileName(in.Name), in.Data)
	choices, err := importer.Choose(a.imports.leaves, src)
	if err != nil {
		return nil, importError(err)
	}
	leaf, err := a.leafFor("", choices, src.Name())
	if err != nil {
		return nil, err
	}
	f := &insightFile{targets: make(map[string]insightTarget)}
	for _, t := range insightTargets() {
		f.targets[t.to] = t
	}
	if f.survey, err = leaf.Inspect(ctx, src, importer.Options{}); err != nil {
		return nil, importError(err)
	}
	if in.To != nil && len(in.To) != len(f.survey.Columns) {
		return nil, cairn.Invalid("to", "There are %d columns, and %d places for them to go", len(f.survey.Columns), len(in.To))
	}
	guesses := guessInsightColumns(f.survey)
	for n, c := range f.survey.Columns {
		col := CustomerColumn{Name: c.Name, To: guesses[n], Samples: c.Samples}
		if in.To != nil {
			col.To = in.To[n]
			if _, known := f.targets[col.To]; col.To != ToNowhere && !known {
				return nil, cairn.Invalid("to", "Column %q: %q is nothing that an insight has", c.Name, col.To)
			}
		}
		f.columns = append(f.columns, col)
	}
	err = leaf.Rows(ctx, src, f.survey, func(row importer.Row) error {
		if f.rows = append(f.rows, row); len(f.rows) > MaxInsightsAtOnce {
			return cairn.Errorf(cairn.CodeTooLarge, "One import has at most %d insights; split the file", MaxInsightsAtOnce)
		}
		return nil
	})
	if err == nil && len(f.rows) == 0 {
		err = cairn.Invalid("file", "“%s” has no row below its heading", src.Name())
	}
	return f, importError(err)
}

// insightTarget is something of an insight that a column may go to.
type insightTarget struct {
	to string
	// as is what its cells are read as.
	as importer.FieldType
	// headings are the names by which columns are known, as NormalName writes them.
	headings []string
	// take brings an insight that is there in step with the one of a row.
	take func(i *cairn.Insight, row cairn.Insight)
}

// insightTargets are all of them, in the order in which headings are matched.
func insightTargets() []insightTarget {
	person := func(i *cairn.Insight, row cairn.Insight) { i.Person = cmp.Or(row.Person, i.Person) }
	stays := func(*cairn.Insight, cairn.Insight) {}
	return []insightTarget{
		{ToTitle, importer.ShortText, []string{"title", "summary", "subject", "headline", "insight", "topic", "titel", "betreff"}, func(i *cairn.Insight, row cairn.Insight) { i.Title = row.Title }},
		{ToNote, importer.LongText, []string{"note", "notes", "feedback", "comment", "comments", "quote", "description", "text", "body", "message", "content", "verbatim", "answer", "response", "suggestion", "review", "beschreibung", "kommentar"}, func(i *cairn.Insight, row cairn.Insight) { i.Note = row.Note }},
		{ToPerson, importer.ShortText, []string{"person", "name", "contact", "contact name", "author", "from", "said by", "user", "user name", "reporter", "respondent", "full name"}, person},
		{ToEmail, importer.ShortText, []string{"email", "e mail", "mail", "email address", "e mail address", "user email", "author email", "contact email"}, person},
		{ToCompany, importer.ShortText, []string{"company", "company name", "organisation", "organization", "account", "account name", "customer", "customer name", "client", "firma", "kunde"}, func(i *cairn.Insight, row cairn.Insight) { i.Company = cmp.Or(row.Company, i.Company) }},
		{ToOn, importer.DateType, []string{"on", "date", "when", "day", "created", "created at", "created on", "creation date", "submitted", "submitted at", "timestamp", "time", "received", "datum"}, func(i *cairn.Insight, row cairn.Insight) { i.On = row.On }},
		{ToImportance, importer.ShortText, []string{"importance", "priority", "weight", "severity", "wichtigkeit"}, func(i *cairn.Insight, row cairn.Insight) { i.Importance = row.Importance }},
		{ToDirection, importer.ShortText, []string{"direction", "sentiment", "for or against", "stance"}, func(i *cairn.Insight, row cairn.Insight) { i.Direction = row.Direction }},
		{ToReliability, importer.ShortText, []string{"reliability", "confidence", "trust"}, func(i *cairn.Insight, row cairn.Insight) { i.Reliability = row.Reliability }},
		{ToLabels, importer.Labels, []string{"labels", "label", "tags", "tag", "category", "categories", "topics", "area", "kategorie"}, func(i *cairn.Insight, row cairn.Insight) { i.Labels = row.Labels }},
		{ToURL, importer.URL, []string{"url", "link", "source", "source url", "permalink"}, func(i *cairn.Insight, row cairn.Insight) { i.URL = row.URL }},
		{ToID, importer.ShortText, []string{"id", "key", "external id", "ticket", "ticket id", "issue key", "response id", "number", "nr"}, stays},
		{ToIdeas, importer.ShortText, []string{"idea", "ideas", "idea key", "idea keys", "linked idea", "linked ideas"}, stays},
	}
}

// guessInsightColumns proposes where columns go, by their names; when none says
// what was said, the one with the longest text does. Labels may have several
// columns, everything else one.
func guessInsightColumns(s *importer.Survey) []string {
	out := make([]string, len(s.Columns))
	for n, c := range s.Columns {
		name := importer.NormalName(c.Name)
		for _, t := range insightTargets() {
			if slices.Contains(t.headings, name) && (t.to == ToLabels || !slices.Contains(out, t.to)) {
				out[n] = t.to
				break
			}
		}
	}
	if slices.Contains(out, ToTitle) || slices.Contains(out, ToNote) {
		return out
	}
	longest := -1
	for n, c := range s.Columns {
		if out[n] == ToNowhere && c.Filled > 0 && (longest < 0 || c.Longest > s.Columns[longest].Longest) {
			longest = n
		}
	}
	if longest >= 0 {
		out[longest] = ToNote
	}
	return out
}

// saidRow is what a row says, before its customers are known.
type saidRow struct {
	line                   int
	insight                cairn.Insight
	person, email, company string
	ideas                  []cairn.ID
	// to are the targets that the row fills.
	to []string
}

// read makes an insight of a row.
func (w *insightTaker) read(ctx context.Context, row importer.Row) (saidRow, error) {
	out := saidRow{line: row.Line, insight: cairn.Insight{Project: w.project, CreatedBy: w.by.User}}
	if out.line == 0 {
		out.line = row.Number
	}
	if row.Refused {
		reason := "The row cannot be read"
		if len(row.Problems) > 0 {
			reason = row.Problems[0].Reason
		}
		return out, cairn.Invalid("row", "%s", reason)
	}
	for n, c := range w.file.columns {
		if n >= len(row.Cells) || c.To == ToNowhere {
			continue
		}
		filled, err := w.cell(ctx, &out, n, row)
		if err != nil {
			return out, err
		}
		if filled && !slices.Contains(out.to, c.To) {
			out.to = append(out.to, c.To)
		}
	}
	i := &out.insight
	if strings.TrimSpace(i.Title) == "" {
		i.Title = firstLine(i.Note)
	}
	if utf8.RuneCountInString(i.Title) > cairn.MaxTitle { // a title in a table may be a whole text
		if i.Note == "" {
			i.Note = i.Title
		}
		i.Title = firstLine(i.Title)
	}
	i.Source = "table"
	if i.SourceID == "" {
		i.SourceID = "row:" + importer.Digest(strings.Join([]string{i.Title, i.Note, out.person, out.email, out.company, i.On, i.URL}, "\x1f"))
	}
	check := *i
	if check.On == "" {
		check.On = w.app.today().String()
	}
	return out, check.Validate()
}

// cell reads one column of a row; filled says whether it held anything.
func (w *insightTaker) cell(ctx context.Context, out *saidRow, n int, row importer.Row) (filled bool, err error) {
	i, to := &out.insight, w.file.columns[n].To
	as := w.file.targets[to].as
	hints := importer.HintsFor(w.file.survey, row, n)
	if as == importer.Labels && hints.Separator == "" {
		hints.Separator = ","
	}
	v, problems := importer.Convert(as, row.Cells[n], hints)
	if len(problems) > 0 {
		return false, cairn.Invalid(to, "%s: %s", w.file.columns[n].Name, problems[0].Reason)
	}
	if v.Empty {
		return false, nil
	}
	text := strings.TrimSpace(v.Text)
	switch to {
	case ToTitle:
		i.Title = text
	case ToNote:
		if i.Note != "" {
			text = i.Note + "\n\n" + text
		}
		i.Note = text
	case ToPerson:
		who := importer.ReadPerson(text)
		out.person = who.Name
		if who.Email != "" && out.email == "" {
			out.email = who.Email
		}
	case ToEmail:
		out.email = text
	case ToCompany:
		out.company = text
	case ToOn:
		i.On = v.Date
	case ToLabels:
		i.Labels = append(i.Labels, v.List...)
	case ToURL:
		i.URL = text
	case ToID:
		i.SourceID = text
	case ToIdeas:
		return true, w.ideasOf(ctx, out, text)
	default:
		return true, graded(i, to, text)
	}
	return true, nil
}

// graded reads importance, direction and reliability in figures or words.
func graded(i *cairn.Insight, to, text string) error {
	word := strings.ToLower(text)
	switch to {
	case ToImportance:
		words := []string{"none", "lowest", "low", "medium", "high", "highest"}
		also := map[string]int{"trivial": 1, "minor": 2, "normal": 3, "moderate": 3, "major": 4, "critical": 5, "blocker": 5, "urgent": 5}
		if n := slices.Index(words, word); n >= 0 {
			i.Importance = n
			return nil
		}
		if n, ok := also[word]; ok {
			i.Importance = n
			return nil
		}
		x, ok := looseNumber(text)
		if !ok || x != float64(int(x)) || x < 0 || x > cairn.MaxImportance {
			return cairn.Invalid(to, "The importance is 0 to %d, or a word such as high, not %q", cairn.MaxImportance, text)
		}
		i.Importance = int(x)
	case ToDirection:
		switch word {
		case "against", "negative", "con", "no", "contra", "speaks against", "opposes":
			i.Direction = cairn.DirectionAgainst
		case "for", "positive", "pro", "yes", "supports", "neutral", "mixed":
		default:
			return cairn.Invalid(to, "The direction is for or against, not %q", text)
		}
	case ToReliability:
		i.Reliability = cairn.Reliability(word)
	}
	return nil
}

// ideasOf finds the ideas that a cell names by their keys.
func (w *insightTaker) ideasOf(ctx context.Context, out *saidRow, text string) error {
	for _, key := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(" ,;|\n\t", r) }) {
		id, err := w.app.ResolveIdea(ctx, w.by, key)
		if err != nil {
			return cairn.Invalid(ToIdeas, "There is no idea %q", key)
		}
		p, err := w.app.readableIdea(ctx, w.by, id, cairn.LinkInsight)
		if err != nil || p.ID != w.project {
			return cairn.Invalid(ToIdeas, "The idea %q is not of this project; link it afterwards", key)
		}
		if !slices.Contains(out.ideas, id) {
			out.ideas = append(out.ideas, id)
		}
	}
	return nil
}

// problem leaves a row out and names it.
func (w *insightTaker) problem(line int, err error) {
	if w.out.Skipped++; len(w.out.Problems) < 100 {
		w.out.Problems = append(w.out.Problems, RowProblem{line, err.Error()})
	}
}

// readAll reads every row; those that are wrong are left out.
func (w *insightTaker) readAll(ctx context.Context) []saidRow {
	var said []saidRow
	seen := make(map[string]bool)
	for _, row := range w.file.rows {
		one, err := w.read(ctx, row)
		switch {
		case err != nil:
			w.problem(one.line, err)
		case seen[one.insight.SourceID]:
			w.problem(one.line, cairn.Invalid("row", "The file has this row, or its id, twice"))
		default:
			seen[one.insight.SourceID] = true
			said = append(said, one)
		}
	}
	return said
}

// try says what taking the rows would do: it takes them and keeps nothing.
func (w *insightTaker) try(ctx context.Context) error {
	said := w.readAll(ctx)
	known, err := w.customers(ctx, said, errDryRun)
	if err != nil {
		return err
	}
	return w.write(ctx, said, known, errDryRun)
}

func (w *insightTaker) take(ctx context.Context) error {
	said := w.readAll(ctx)
	known, err := w.customers(ctx, said, nil)
	if err != nil {
		return err
	}
	return w.write(ctx, said, known, nil)
}

// kept runs a write that may be only tried: end is then errDryRun.
func (w *insightTaker) kept(ctx context.Context, project cairn.ID, end error, fn func(store.Tx) error) error {
	_, err := w.app.write(ctx, w.by, project, func(tx store.Tx) error {
		if err := fn(tx); err != nil {
			return err
		}
		return end
	})
	if end != nil && err == end { // made just above
		return nil
	}
	return err
}
