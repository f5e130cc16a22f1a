package api

import (
	"cmp"
	"strings"
	"time"

	"cairn"
	"cairn/internal/app"
)

// Import is an import of one file into one project.
type Import struct {
	ID          cairn.ID        `json:"id"`
	Version     int64           `json:"version"`
	Project     string          `json:"project" doc:"The project's key; empty for customers, who are the workspace's"`
	Subject     string          `json:"subject" enum:"ideas,insights,companies,people" doc:"What its rows become"`
	State       cairn.RunState  `json:"state" enum:"staged,mapped,committing,committed,failed,undoing,undone"`
	Interrupted bool            `json:"interrupted" doc:"It is committing or undoing, but nobody is at work on it: commit again to resume, or undo"`
	FileName    string          `json:"fileName"`
	Size        int64           `json:"size" doc:"Bytes of the file"`
	Format      string          `json:"format"`
	Title       string          `json:"title" doc:"The format in words"`
	CreatedBy   cairn.ID        `json:"createdBy,omitempty"`
	CreatedAt   time.Time       `json:"createdAt"`
	FinishedAt  time.Time       `json:"finishedAt,omitzero"`
	Rows        int             `json:"rows" doc:"Records in the file"`
	Done        int             `json:"done" doc:"Records dealt with so far; grows with every change set of the group"`
	Counts      cairn.RunCounts `json:"counts" doc:"Of the last dry run, or of the commit so far"`
	Reverted    int             `json:"reverted" doc:"Changes that an undo took back"`
	Kept        int             `json:"kept" doc:"Changes that an undo left, since they were changed again"`
	Error       string          `json:"error,omitempty" doc:"Why it failed"`
	Group       string          `json:"group" doc:"The group of its change sets in the live stream and for undo"`
}

// ImportDetail is an import with what is known of its file.
type ImportDetail struct {
	Import
	Survey  ImportSurvey   `json:"survey"`
	Mapping ImportMapping  `json:"mapping"`
	Formats []ImportFormat `json:"formats" doc:"Formats that could read the file, the most likely first"`
	Targets []ImportTarget `json:"targets" doc:"Where columns can go, in the order of a menu"`
	Result  *ImportResult  `json:"result,omitempty" doc:"Of the last dry run or commit"`
}

// ImportFormat is a format that could read a file.
type ImportFormat struct {
	Name       string `json:"name"`
	Confidence int    `json:"confidence" doc:"1 to 100"`
	Why        string `json:"why"`
}

// ImportTarget is a place where a column can go.
type ImportTarget struct {
	Target cairn.MapTarget `json:"target"`
	Label  string          `json:"label"`
	Single bool            `json:"single" doc:"It takes one column at most"`
}

// ImportSurvey is what was found in a file.
type ImportSurvey struct {
	Format  string            `json:"format"`
	Title   string            `json:"title"`
	Name    string            `json:"name,omitempty" doc:"What the file calls itself, such as a board's name"`
	Options cairn.ReadOptions `json:"options" doc:"How the file is read, everything found out"`
	Sheets  []ImportSheet     `json:"sheets" doc:"What the option sheet can choose from"`
	Rows    int               `json:"rows"`
	Columns []ImportColumn    `json:"columns"`
	// Identity says how rows are recognised when the file comes again.
	Identity ImportIdentity `json:"identity"`
	Totals   ImportTotals   `json:"totals"`
	Notes    []ImportNote   `json:"notes"`
}

// ImportSheet is one table among several in a file.
type ImportSheet struct {
	Name string `json:"name"`
	Rows int    `json:"rows" doc:"-1 when not counted"`
}

// ImportIdentity says how rows are recognised.
type ImportIdentity struct {
	How    string `json:"how" enum:"column,title,content,record"`
	Column string `json:"column,omitempty"`
}

// ImportTotals counts what a file holds besides cells.
type ImportTotals struct {
	Comments        int `json:"comments"`
	CommentsMissing int `json:"commentsMissing" doc:"The source says it has them, but the file does not hold them"`
	Attachments     int `json:"attachments"`
	Links           int `json:"links"`
	Archived        int `json:"archived"`
	Skipped         int `json:"skipped" doc:"Records that are left out: pull requests, blank rows"`
	Refused         int `json:"refused" doc:"Records that cannot be read"`
}

// ImportColumn is one column of a file, repeated ones joined.
type ImportColumn struct {
	Key      string              `json:"key"`
	Name     string              `json:"name" doc:"As in the file"`
	Label    string              `json:"label" doc:"The name to propose for a new field"`
	Repeated int                 `json:"repeated" doc:"How often it occurs in the file"`
	Filled   int                 `json:"filled" doc:"Rows with a value"`
	Distinct int                 `json:"distinct" doc:"Different values; at least so many when capped"`
	Capped   bool                `json:"capped"`
	Values   []ImportColumnValue `json:"values" doc:"Most frequent first; empty when there are too many"`
	Samples  []string            `json:"samples"`
	Target   string              `json:"target" doc:"What the values mean by themselves"`
	Type     cairn.FieldType     `json:"type,omitempty" doc:"The type of field that holds every value, for new fields"`
	Sure     int                 `json:"sure" doc:"0 to 100"`
	Why      string              `json:"why" doc:"The reason for the proposal"`
}

// ImportColumnValue is a value and in how many rows it occurs.
type ImportColumnValue struct {
	Value string `json:"value"`
	Count int    `json:"count"`
}

// ImportNote is a remark on a file.
type ImportNote struct {
	Level   string   `json:"level" enum:"info,warning,question"`
	Code    string   `json:"code"`
	Text    string   `json:"text"`
	Column  string   `json:"column,omitempty"`
	Option  string   `json:"option,omitempty" doc:"The option that a question is about, as named in options"`
	Choices []string `json:"choices" doc:"Values for that option, the guess first"`
}

// ImportMapping says how a file is read and where its columns go.
type ImportMapping struct {
	Format  string               `json:"format,omitempty" doc:"Absent: as it is"`
	Options cairn.ReadOptions    `json:"options,omitzero" doc:"Absent: as they are. Other options look at the file again"`
	Columns []cairn.MappedColumn `json:"columns" doc:"Columns that are left out stay as they are"`
	People  cairn.PeoplePolicy   `json:"people,omitempty" enum:"placeholder,skip" doc:"What becomes of people whom a file of ideas names and who are not in the workspace"`
}

func (m ImportMapping) mapping() cairn.Mapping {
	return cairn.Mapping{Format: m.Format, Options: m.Options, Columns: m.Columns, People: m.People}
}

func mappingOut(m cairn.Mapping) ImportMapping {
	return ImportMapping{Format: m.Format, Options: m.Options, Columns: append([]cairn.MappedColumn{}, m.Columns...), People: m.People}
}

// ImportResult is what a dry run or a commit found. Its lists are cut at 500;
// the report has every problem.
type ImportResult struct {
	DryRun   bool             `json:"dryRun"`
	Counts   cairn.RunCounts  `json:"counts"`
	Problems []ImportProblem  `json:"problems" doc:"In the order of the file"`
	Fields   []ImportNewField `json:"fields" doc:"New fields, and fields with new options"`
	People   []string         `json:"people" doc:"New people of the workspace, or new customers"`
}

// ImportProblem is about one cell, or about a row when column is absent.
type ImportProblem struct {
	Level  app.ImportLevel `json:"level" enum:"refused,warning,kept"`
	Row    int             `json:"row,omitempty"`
	Line   int             `json:"line,omitempty"`
	Column string          `json:"column,omitempty"`
	Code   string          `json:"code"`
	Reason string          `json:"reason"`
	Value  string          `json:"value,omitempty" doc:"The beginning of the cell"`
}

// ImportNewField is a field that the import makes, or adds options to.
type ImportNewField struct {
	Field   string          `json:"field"`
	Type    cairn.FieldType `json:"type"`
	New     bool            `json:"new"`
	Options []string        `json:"options" doc:"New options"`
}

// SavedMapping is a mapping for later files of the same format.
type SavedMapping struct {
	ID      cairn.ID `json:"id"`
	Version int64    `json:"version"`
	Name    string   `json:"name"`
	ImportMapping
}

func savedOut(m cairn.Mapping) SavedMapping {
	return SavedMapping{m.ID, m.Version, m.Name, mappingOut(m)}
}

func (s *server) importOut(r app.ImportRun) Import {
	p, _ := s.app.Directory().Project(r.Project)
	return Import{
		ID: r.ID, Version: r.Version, Project: p.Key, Subject: cmp.Or(string(r.Subject), "ideas"), State: r.State, Interrupted: r.Interrupted, FileName: r.FileName, Size: r.Size,
		Format: r.Format, Title: r.Title, CreatedBy: r.CreatedBy, CreatedAt: r.CreatedAt, FinishedAt: r.FinishedAt,
		Rows: r.Rows, Done: r.Done, Counts: r.Counts, Reverted: r.Reverted, Kept: r.Run.Kept, Error: r.Error, Group: r.Group(),
	}
}

func (s *server) importDetail(d app.ImportDetail) ImportDetail {
	out := ImportDetail{Import: s.importOut(d.ImportRun), Survey: surveyOut(d), Mapping: mappingOut(d.Mapping), Formats: []ImportFormat{}}
	for _, f := range d.Formats {
		out.Formats = append(out.Formats, ImportFormat(f))
	}
	for _, t := range cairn.MapTargets(d.Subject) {
		out.Targets = append(out.Targets, ImportTarget(t))
	}
	if d.Result == nil {
		return out
	}
	res := &ImportResult{DryRun: d.Result.DryRun, Counts: d.Result.Counts, Problems: []ImportProblem{}, Fields: []ImportNewField{}, People: d.Result.People}
	for _, p := range d.Result.Problems {
		res.Problems = append(res.Problems, ImportProblem(p))
	}
	for _, f := range d.Result.Fields {
		res.Fields = append(res.Fields, ImportNewField(f))
	}
	out.Result = res
	return out
}

func surveyOut(d app.ImportDetail) ImportSurvey {
	in := d.Survey
	out := ImportSurvey{
		Format: in.Format, Title: in.Title, Name: in.Name, Options: cairn.ReadOptions(in.Options), Rows: in.Rows,
		Identity: ImportIdentity(in.Identity), Totals: ImportTotals(in.Totals),
		Sheets: []ImportSheet{}, Columns: []ImportColumn{}, Notes: []ImportNote{},
	}
	for _, sh := range in.Sheets {
		out.Sheets = append(out.Sheets, ImportSheet(sh))
	}
	for i := range in.Columns {
		c := &in.Columns[i]
		col := ImportColumn{
			Key: c.Key, Name: c.Name, Label: c.Label, Repeated: c.Repeated(), Filled: c.Filled, Distinct: c.Distinct, Capped: c.Capped,
			Values: []ImportColumnValue{}, Samples: append([]string{}, c.Samples...),
			Target: string(c.Target.Kind), Type: cairn.FieldType(c.Target.Type), Sure: c.Sure, Why: c.Why,
		}
		for _, v := range c.Values {
			col.Values = append(col.Values, ImportColumnValue{v.Value, v.Count})
		}
		out.Columns = append(out.Columns, col)
	}
	for _, n := range in.Notes {
		out.Notes = append(out.Notes, ImportNote{string(n.Level), n.Code, n.Text, n.Column, camel(n.Option), append([]string{}, n.Choices...)})
	}
	return out
}

// camel writes date_order as dateOrder, as the API names things.
func camel(s string) string {
	head, rest, ok := strings.Cut(s, "_")
	if !ok || rest == "" {
		return s
	}
	if rest == "column" && head == "id" {
		return "idColumn"
	}
	return head + strings.ToUpper(rest[:1]) + rest[1:]
}
