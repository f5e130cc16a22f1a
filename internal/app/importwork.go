package app

import (
	"context"
	"slices"

	"cairn"
	"cairn/internal/importer"
	"cairn/internal/store"
)

// The rows of a file become ideas, insights, companies or people. What is the
// same for all of them is written once: staging, the dry run, batches, progress,
// the report, going on after an interruption, undo. A subject says what is
// particular: where columns may go, what a row becomes, and how that is compared
// with what is there and written.
type importSubject interface {
	// propose says where the columns of a file go, and why in the survey.
	propose(s *importer.Survey) []cairn.MappedColumn
	// work checks a mapping against its file and what there is.
	work(stored *storedPlan) (importWork, error)
}

// importWork turns the rows of one file into drafts.
type importWork interface {
	file() *importer.Survey
	// draft is the one way from a row to what it becomes, for dry runs and commits.
	draft(row *importer.Row) drafted
	// gatherer returns what gives a batch all that its drafts are the first to need.
	gatherer() func(*importBatchOf)
	// prepare makes fields, in the first transaction of a commit.
	prepare(tx store.Tx, b *importBegin) error
	// begin counts the fields that prepare makes; list names what is new.
	begin(c *cairn.RunCounts)
	list(r *ImportResult)
	// meet takes over what is there of the same source.
	meet(ctx context.Context, a *App, project cairn.ID) (importMatching, error)
}

// importMatching compares drafts with what is stored, and writes what differs.
type importMatching interface {
	match(ctx context.Context, d drafted) (stepped, error)
	// ahead writes what belongs to the workspace, before the batch that needs it.
	ahead(ctx context.Context, j *importJob, b *importBatchOf) error
	// write writes one batch, in one transaction.
	write(tx store.Tx, j *importJob, w importWriting) error
	// rest is what can be told only when all rows are there; j is nil for a trial.
	rest(ctx context.Context, t *importTally, j *importJob) error
}

// importWriting is a batch with what becomes of its drafts.
type importWriting struct {
	batch *importBatchOf
	steps []stepped
}

// drafted is a row on its way.
type drafted interface {
	base() *rowDraft
	// size is about how many bytes it takes when it is written, units how many things.
	size() int
	units() int
}

// stepped is what becomes of a draft.
type stepped interface{ outcome() importOutcome }

// importOutcome is what is counted of a step.
type importOutcome struct {
	created, unchanged bool
	comments, links    int
}

// rowDraft is what every draft has.
type rowDraft struct {
	number, line int
	sourceID     string
	problems     []ImportProblem
	refused      bool
}

func (d *rowDraft) base() *rowDraft { return d }
func (d *rowDraft) units() int      { return 1 }

// rowReader reads the cells of a row and notes what is wrong with them.
type rowReader struct {
	survey *importer.Survey
	row    *importer.Row
	note   func(level ImportLevel, column string, p importer.Problem)
}

// openRow begins a draft; refused rows are noted and have no cells.
func openRow(s *importer.Survey, row *importer.Row, d *rowDraft) rowReader {
	*d = rowDraft{number: row.Number, line: row.Line, sourceID: row.SourceID}
	r := rowReader{survey: s, row: row, note: func(level ImportLevel, column string, p importer.Problem) {
		line := p.Line
		if line == 0 {
			line = row.Line
		}
		d.problems = append(d.problems, ImportProblem{
			Level: level, Row: row.Number, Line: line, Column: column, Code: p.Code, Reason: p.Reason, Value: p.Value,
		})
	}}
	for _, problem := range row.Problems {
		r.note(rowProblemLevel(problem.Code, row.Refused), problem.Column, problem)
	}
	if d.refused = row.Refused; row.Refused && len(row.Problems) == 0 {
		r.note(ImportRefused, "", importer.Problem{Code: "broken", Reason: "The row cannot be read. Look at it in the file."})
	}
	return r
}

// rowProblemLevel tells what was left out from what is only remarked.
func rowProblemLevel(code string, refused bool) ImportLevel {
	switch code {
	case "comments_missing", "comment_form":
		if !refused {
			return ImportWarning
		}
	}
	return ImportRefused
}

// value converts the cells of a column; what cannot be taken is noted, and empty.
func (r *rowReader) value(i int, t importer.FieldType, hints importer.Hints) (v importer.Value, wrong bool) {
	v, problems := importer.Convert(t, r.row.Cells[i], hints)
	for _, p := range problems {
		level := ImportWarning
		if v.Empty {
			level = ImportRefused
		}
		r.note(level, r.survey.Columns[i].Name, p)
	}
	return v, v.Empty && len(problems) > 0
}

// refuse notes that a cell is not taken, and why.
func (r *rowReader) refuse(i int, code string, err error) {
	r.note(ImportRefused, r.survey.Columns[i].Name, importer.Problem{Code: code, Reason: err.Error() + ".", Value: importer.Shorten(firstOrNone(r.row.Cells[i]))})
}

func firstOrNone(list []string) string {
	if len(list) == 0 {
		return ""
	}
	return list[0]
}

// refuseRow notes that a whole row is not taken.
func (d *rowDraft) refuseRow(r *rowReader, code, reason string) {
	d.refused = true
	r.note(ImportRefused, "", importer.Problem{Code: code, Reason: reason})
}

// subjectOf is what a run's rows become, for somebody who may import that.
func (a *App) subjectOf(ctx context.Context, by Caller, of cairn.RunSubject, project cairn.ID) (importSubject, error) {
	switch of {
	case cairn.RunInsights:
		return insightSubject{a, by, project}, nil
	case cairn.RunCompanies, cairn.RunPeople:
		return customerSubject{a, by, of.Customer()}, nil
	}
	fields, err := a.FieldRefs(ctx, by, project)
	return ideaSubject{fields}, err
}

// proposed is the mapping that a file begins with.
func proposed(of cairn.RunSubject, subject importSubject, s *importer.Survey) cairn.Mapping {
	if of != cairn.RunIdeas { // what leaves remark on titles and identities is about ideas
		s.Notes = slices.DeleteFunc(s.Notes, func(n importer.Note) bool {
			return slices.Contains([]string{"no_title", "title_guessed", "identity_title"}, n.Code)
		})
	}
	return cairn.Mapping{
		Subject: of, Format: s.Format, Options: cairn.ReadOptions(s.Options), People: cairn.PeoplePlaceholder, Columns: subject.propose(s),
	}
}

// mayImport authorises a new import.
func (a *App) mayImport(by Caller, of cairn.RunSubject, project cairn.ID) error {
	verb := cairn.ImportIdeas
	switch {
	case !slices.Contains(cairn.RunSubjects(), of):
		return cairn.Invalid("subject", "The rows of a file become ideas, insights, companies or people, not %q", of)
	case of.Shared() && project != 0:
		return cairn.Invalid("subject", "Customers belong to the workspace: import them there, not into a project")
	case of.Shared():
		return a.may(by, cairn.ChangeCustomers)
	case of == cairn.RunInsights: // with who said them
		if err := a.may(by, cairn.ChangeCustomers); err != nil {
			return err
		}
		verb = cairn.ImportInsights
	}
	_, err := a.mayIn(by, project, verb)
	return err
}

// mayKeep authorises work on an import that is there, and its undo: by whom it
// is, or who could change everything that it made.
func (a *App) mayKeep(by Caller, r cairn.Run) error {
	verb := cairn.ImportIdeas
	switch {
	case r.Subject.Shared() && r.CreatedBy == by.User:
		return a.may(by, cairn.ChangeCustomers)
	case r.Subject.Shared():
		return a.may(by, cairn.DefineCustomers)
	case r.Subject == cairn.RunInsights:
		verb = cairn.KeepInsightImport
	}
	_, err := a.mayBy(by, r.Project, verb, r.CreatedBy)
	return err
}

// maySeeImports authorises looking at imports.
func (a *App) maySeeImports(by Caller, of cairn.RunSubject, project cairn.ID) error {
	verb := cairn.SeeImports
	switch {
	case of.Shared():
		return a.may(by, cairn.SeeCustomers)
	case of == cairn.RunInsights:
		verb = cairn.SeeInsightImports
	}
	_, err := a.mayIn(by, project, verb)
	return err
}
