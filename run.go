package cairn

import "time"

// RunState is how far an import has come.
type RunState string

// The states of a run. Staged and mapped runs have changed nothing yet.
const (
	RunStaged     RunState = "staged"
	RunMapped     RunState = "mapped"
	RunCommitting RunState = "committing"
	RunCommitted  RunState = "committed"
	RunFailed     RunState = "failed"
	RunUndone     RunState = "undone"
)

// Run is one import of one file into one project.
type Run struct {
	ID        ID        `json:"-"`
	Project   ID        `json:"-"`
	Version   int64     `json:"-"`
	State     RunState  `json:"state"`
	FileName  string    `json:"fileName"`
	Format    string    `json:"format"`
	CreatedBy ID        `json:"createdBy,omitempty"`
	CreatedAt time.Time `json:"createdAt"`
	// Counts of the last dry run or of the commit.
	Counts RunCounts `json:"counts,omitzero"`
	// Error says why a run failed.
	Error string `json:"error,omitempty"`
}

// RunCounts says what an import did or would do.
type RunCounts struct {
	Rows      int `json:"rows"`
	Created   int `json:"created"`
	Updated   int `json:"updated"`
	Unchanged int `json:"unchanged"`
	Refused   int `json:"refused"`
	Comments  int `json:"comments"`
	Warnings  int `json:"warnings"`
}

// Mapping is a saved way to read files of one format.
type Mapping struct {
	ID      ID     `json:"-"`
	Project ID     `json:"-"`
	Version int64  `json:"-"`
	Name    string `json:"name"`
	Format  string `json:"format"`
	// Columns maps a column's key to where its cells go.
	Columns []MappedColumn `json:"columns"`
	// DateOrder is "", dmy or mdy, for dates such as 3/4/26.
	DateOrder string `json:"dateOrder,omitempty"`
}

// MappedColumn sends one column of a file to one target.
type MappedColumn struct {
	// Column is the key of the column in the file.
	Column string `json:"column"`
	// Target is ignore, a built-in target (title, description, comments …),
	// field for an existing field, or new for a field to be made.
	Target string `json:"target"`
	// Field is the existing field.
	Field ID `json:"field,omitempty"`
	// Name and Type describe the field to be made.
	Name string    `json:"name,omitempty"`
	Type FieldType `json:"type,omitempty"`
}
