package cairn

import (
	"strings"
	"time"
)

// RunState is how far an import has come.
type RunState string

// The states of a run. Staged and mapped runs have changed nothing yet, undone
// ones nothing any more.
const (
	RunStaged     RunState = "staged"
	RunMapped     RunState = "mapped"
	RunCommitting RunState = "committing"
	RunCommitted  RunState = "committed"
	RunFailed     RunState = "failed"
	RunUndoing    RunState = "undoing"
	RunUndone     RunState = "undone"
)

// Idle reports whether the run has nothing in the project, so that it may be
// mapped, committed or removed.
func (s RunState) Idle() bool { return s == RunStaged || s == RunMapped || s == RunUndone }

// RunSubject is what the rows of a file become.
type RunSubject string

// The subjects. Companies and people are customers, which are the workspace's.
const (
	RunIdeas     RunSubject = ""
	RunInsights  RunSubject = "insights"
	RunCompanies RunSubject = "companies"
	RunPeople    RunSubject = "people"
)

// RunSubjects returns all of them.
func RunSubjects() []RunSubject {
	return []RunSubject{RunIdeas, RunInsights, RunCompanies, RunPeople}
}

// Shared reports whether such things belong to no project.
func (s RunSubject) Shared() bool { return s == RunCompanies || s == RunPeople }

// Customer is the type of the customers that an import of the subject makes.
func (s RunSubject) Customer() CustomerType {
	if s == RunPeople {
		return CustomerPerson
	}
	return CustomerCompany
}

// Run is one import of one file into one project, or into the workspace.
type Run struct {
	ID      ID       `json:"-"`
	Project ID       `json:"-"`
	Version int64    `json:"-"`
	State   RunState `json:"state"`
	// Subject is what its rows become.
	Subject   RunSubject `json:"subject,omitempty"`
	FileName  string     `json:"fileName"`
	Size      int64      `json:"size"`
	Format    string     `json:"format"`
	Title     string     `json:"title,omitempty"`
	CreatedBy ID         `json:"createdBy,omitempty"`
	CreatedAt time.Time  `json:"createdAt"`
	// Rows is how many records the file has. Done of them have been dealt with;
	// the number grows with every change set of the run.
	Rows int `json:"rows"`
	Done int `json:"done,omitempty"`
	// Counts of the last dry run or of the commit so far.
	Counts RunCounts `json:"counts,omitzero"`
	// Begun is the sequence number of the commit's first change set; Back is that
	// of the last one that an undo has taken back.
	Begun int64 `json:"begun,omitempty"`
	Back  int64 `json:"back,omitempty"`
	// Reverted and Kept count the changes that an undo took back, and those that
	// it left since somebody changed the same thing later.
	Reverted int `json:"reverted,omitempty"`
	Kept     int `json:"kept,omitempty"`
	// Attempt grows with every commit and undo that begins or goes on, so that of
	// two who work on a run the earlier one stops.
	Attempt int `json:"attempt,omitempty"`
	// First is the number from which the run's ideas are counted.
	First int64 `json:"first,omitempty"`
	// FinishedAt is when it was committed, failed or undone.
	FinishedAt time.Time `json:"finishedAt,omitzero"`
	// Error says why a run failed.
	Error string `json:"error,omitempty"`
}

const runGroup = "import:"

// Group is the group of all change sets that the run makes, and their origin.
func (r *Run) Group() string { return runGroup + r.ID.String() }

// RunOfGroup returns the run whose change sets form a group; ok is false for
// other groups.
func RunOfGroup(group string) (id ID, ok bool) {
	rest, ok := strings.CutPrefix(group, runGroup)
	if !ok {
		return 0, false
	}
	id, err := ParseID(rest)
	return id, err == nil
}

// RunCounts says what an import did or would do.
type RunCounts struct {
	Rows      int `json:"rows"`
	Created   int `json:"created"`
	Updated   int `json:"updated"`
	Unchanged int `json:"unchanged"`
	// Refused counts cells that could not be taken, and whole rows, which
	// RefusedRows counts too.
	Refused     int `json:"refused"`
	RefusedRows int `json:"refusedRows"`
	// Comments counts those that are new or changed.
	Comments int `json:"comments"`
	// Kept counts values that people changed since the last import of the same
	// source and that therefore stay.
	Kept     int `json:"kept"`
	Warnings int `json:"warnings"`
	Fields   int `json:"fields"`
	Options  int `json:"options"`
	// People counts those that are new: of the workspace, or among the customers.
	People int `json:"people"`
	// Links counts insights that are linked to an idea.
	Links int `json:"links,omitempty"`
}

// PeoplePolicy says what becomes of people in a file who are not in the
// workspace.
type PeoplePolicy string

// The policies.
const (
	// PeoplePlaceholder makes people without an account, who may be invited later.
	PeoplePlaceholder PeoplePolicy = "placeholder"
	// PeopleSkip leaves fields of unknown people empty and reports them;
	// comments keep their authors' names.
	PeopleSkip PeoplePolicy = "skip"
)

// Mapping says how files of one format are read and where their columns go. It
// is part of a run, and may be saved with a name for later files.
type Mapping struct {
	ID      ID     `json:"-"`
	Project ID     `json:"-"`
	Version int64  `json:"-"`
	Name    string `json:"name,omitempty"`
	// Subject is what the rows become.
	Subject RunSubject `json:"subject,omitempty"`
	Format  string     `json:"format"`
	// Options say how to read the file; zero values mean "find out".
	Options ReadOptions `json:"options,omitzero"`
	// Columns maps each column's key to where its cells go.
	Columns []MappedColumn `json:"columns"`
	// People is what becomes of unknown people; "" is placeholder.
	People PeoplePolicy `json:"people,omitempty"`
}

// ReadOptions are the choices that a person may make about a file.
type ReadOptions struct {
	// Encoding is a name such as utf-8 or windows-1252.
	Encoding string `json:"encoding,omitempty"`
	// Delimiter is one character.
	Delimiter string `json:"delimiter,omitempty"`
	// Sheet of a workbook, or the path of a list in JSON ("." is the top).
	Sheet string `json:"sheet,omitempty"`
	// HeaderRow counts from 1; -1 is none.
	HeaderRow int `json:"headerRow,omitempty"`
	// DateOrder is dmy or mdy, for dates such as 3/4/26.
	DateOrder string `json:"dateOrder,omitempty"`
	// Decimal is the decimal mark, "." or ",".
	Decimal string `json:"decimal,omitempty"`
	// TimeZone is the IANA name of the zone of times that name none.
	TimeZone string `json:"timeZone,omitempty"`
	// Markup of long texts in a table: plain, wiki or html.
	Markup string `json:"markup,omitempty"`
	// IDColumn is the key of the column that identifies a row.
	IDColumn string `json:"idColumn,omitempty"`
}

// MapTarget is where the cells of a column go.
type MapTarget string

// The targets. Links fill a field of that name, which is made when it is missing;
// attachments become a section of the description.
const (
	MapIgnore      MapTarget = "ignore"
	MapTitle       MapTarget = "title"
	MapDescription MapTarget = "description"
	MapCreated     MapTarget = "created"
	MapUpdated     MapTarget = "updated"
	MapCreator     MapTarget = "creator"
	MapArchived    MapTarget = "archived"
	MapComments    MapTarget = "comments"
	MapAttachments MapTarget = "attachments"
	MapLinks       MapTarget = "links"
	MapParent      MapTarget = "parent"
	MapType        MapTarget = "type"
	MapExternalID  MapTarget = "external_id"
	MapRank        MapTarget = "rank"
	MapField       MapTarget = "field"
	MapNew         MapTarget = "new"

	// Of insights and customers.
	MapNote        MapTarget = "note"
	MapPerson      MapTarget = "person"
	MapEmail       MapTarget = "email"
	MapCompany     MapTarget = "company"
	MapOn          MapTarget = "on"
	MapImportance  MapTarget = "importance"
	MapDirection   MapTarget = "direction"
	MapReliability MapTarget = "reliability"
	MapLabels      MapTarget = "labels"
	MapURL         MapTarget = "url"
	MapIdeas       MapTarget = "ideas"
	MapName        MapTarget = "name"
)

// TargetInfo is what a menu needs to know of a target.
type TargetInfo struct {
	Target MapTarget
	Label  string
	// Single targets take one column at most.
	Single bool
}

// MapTargets is the one table of targets, in the order a menu shows them.
func MapTargets(of RunSubject) []TargetInfo {
	switch of {
	case RunInsights:
		return []TargetInfo{
			{MapIgnore, "Leave out", false},
			{MapTitle, "Title", true},
			{MapNote, "Note", false},
			{MapPerson, "Person who said it", true},
			{MapEmail, "Their e-mail address", true},
			{MapCompany, "Company", true},
			{MapField, "Field of customers", false},
			{MapOn, "Day it was said", true},
			{MapImportance, "Importance", true},
			{MapDirection, "For or against", true},
			{MapReliability, "Reliability", true},
			{MapLabels, "Labels", false},
			{MapURL, "Source address", true},
			{MapIdeas, "Ideas, by their keys", true},
			{MapExternalID, "Identity in the source", true},
		}
	case RunCompanies:
		return []TargetInfo{
			{MapIgnore, "Leave out", false},
			{MapName, "Name", true},
			{MapField, "Field of customers", false},
			{MapNew, "New field", false},
			{MapExternalID, "Identity in the source", true},
		}
	case RunPeople:
		return []TargetInfo{
			{MapIgnore, "Leave out", false},
			{MapName, "Name", true},
			{MapEmail, "E-mail address", true},
			{MapCompany, "Company", true},
			{MapField, "Field of customers", false},
			{MapNew, "New field", false},
			{MapExternalID, "Identity in the source", true},
		}
	}
	return []TargetInfo{
		{MapIgnore, "Leave out", false},
		{MapTitle, "Title", true},
		{MapDescription, "Description", true},
		{MapField, "Field of the project", false},
		{MapNew, "New field", false},
		{MapExternalID, "Identity in the source", true},
		{MapCreated, "Created at", true},
		{MapCreator, "Created by", true},
		{MapUpdated, "Updated at", true},
		{MapArchived, "Archived", true},
		{MapRank, "Manual order", true},
		{MapComments, "Comments", false},
		{MapAttachments, "Attachments, as links in the description", false},
		{MapLinks, "Links to other ideas", false},
		{MapParent, "Parent", false},
		{MapType, "Type of the idea", true},
	}
}

// Info returns what is known of a target of a subject; ok is false for one that
// it does not have.
func (t MapTarget) Info(of RunSubject) (info TargetInfo, ok bool) {
	for _, i := range MapTargets(of) {
		if i.Target == t {
			return i, true
		}
	}
	return TargetInfo{}, false
}

// MappedColumn sends one column of a file to one target.
type MappedColumn struct {
	// Column is the key of the column in the file.
	Column string    `json:"column"`
	Target MapTarget `json:"target"`
	// Field is the existing field, for the target field; 0 finds it by Name.
	Field ID `json:"field,omitempty"`
	// Name and Type describe the field to be made, for the target new.
	Name string    `json:"name,omitempty"`
	Type FieldType `json:"type,omitempty"`
}

// ByColumn returns where columns go, by their keys.
func (m *Mapping) ByColumn() map[string]MappedColumn {
	out := make(map[string]MappedColumn, len(m.Columns))
	for _, c := range m.Columns {
		out[c.Column] = c
	}
	return out
}

// Validate checks a mapping by itself; whether its columns and fields exist is
// for the caller, who has the file and the project.
func (m *Mapping) Validate() error {
	if m.People != "" && m.People != PeoplePlaceholder && m.People != PeopleSkip {
		return Invalid("people", "Unknown people become placeholder or skip, not %q", m.People)
	}
	if o := m.Options.DateOrder; o != "" && o != "dmy" && o != "mdy" {
		return Invalid("options.dateOrder", "The order of dates is dmy or mdy, not %q", o)
	}
	if d := m.Options.Decimal; d != "" && d != "." && d != "," {
		return Invalid("options.decimal", "The decimal mark is a point or a comma, not %q", d)
	}
	seen := make(map[string]bool, len(m.Columns))
	taken := make(map[MapTarget]string)
	for _, c := range m.Columns {
		info, ok := c.Target.Info(m.Subject)
		switch {
		case !ok:
			return Invalid("columns", "Column %q: %q is not a target", c.Column, c.Target)
		case seen[c.Column]:
			return Invalid("columns", "Column %q is mapped twice; keep one of them", c.Column)
		case info.Single && taken[c.Target] != "":
			return Invalid("columns", "Columns %q and %q both go to %s, which takes one; send one of them elsewhere", taken[c.Target], c.Column, info.Label)
		case c.Target == MapField && c.Field == 0 && strings.TrimSpace(c.Name) == "":
			return Invalid("columns", "Column %q goes to a field; choose which", c.Column)
		case c.Target == MapNew && strings.TrimSpace(c.Name) == "":
			return Invalid("columns", "Column %q goes to a new field, which needs a name", c.Column)
		}
		if c.Target == MapNew {
			if t, ok := c.Type.Info(); !ok || t.Computed {
				return Invalid("columns", "Column %q: a new field cannot be of type %q; choose a type that holds values", c.Column, c.Type)
			}
		}
		seen[c.Column] = true
		taken[c.Target] = c.Column
	}
	return nil
}
