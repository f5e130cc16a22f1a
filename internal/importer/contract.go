package importer

import (
	"context"
	"io"
	"time"
)

// File is an opened source.
type File interface {
	io.Reader
	io.ReaderAt
	io.Seeker
	io.Closer
}

// Source is an uploaded file that can be read more than once.
type Source interface {
	// Open starts a reading from the first byte.
	Open() (File, error)
	// Name is the file name as the user knows it, without folders.
	Name() string
	// Size is the length in bytes.
	Size() int64
}

// Leaf reads one file format.
type Leaf interface {
	// Name is the stable name of the format, as in --format and in saved runs.
	Name() string
	// Detect judges from the first bytes (64 KiB or the whole file) and the
	// file name how likely this leaf is the right one.
	Detect(head []byte, filename string) Match
	// Inspect reads the whole file once and describes it. An error is a
	// *Refusal when the user can do something about it.
	Inspect(ctx context.Context, src Source, opts Options) (*Survey, error)
	// Rows reads the file again and yields its rows in file order, cells in the
	// order of survey.Columns. It returns yield's first error as it is.
	Rows(ctx context.Context, src Source, survey *Survey, yield func(Row) error) error
}

// Match is a leaf's opinion on a file.
type Match struct {
	Confidence int    `json:"confidence"` // 0 (cannot read it) to 100
	Why        string `json:"why"`        // one sentence fragment
}

// HeadBytes is how much of a file Detect is shown.
const HeadBytes = 64 << 10

// Options are the choices that a user may make about a file. Zero values mean
// "find out"; Survey.Options holds what was found.
type Options struct {
	Encoding  string `json:"encoding,omitempty"`   // a name from importer/text, such as "utf-8"
	Delimiter string `json:"delimiter,omitempty"`  // one character, such as ";"
	Sheet     string `json:"sheet,omitempty"`      // sheet of a workbook, or path of a list in JSON ("." is the top)
	HeaderRow int    `json:"header_row,omitempty"` // 1-based record; NoHeader for none
	DateOrder string `json:"date_order,omitempty"` // "dmy" or "mdy"
	Decimal   string `json:"decimal,omitempty"`    // "." or ","
	TimeZone  string `json:"time_zone,omitempty"`  // IANA name for times that name no zone; empty is UTC
	Markup    string `json:"markup,omitempty"`     // "plain", "wiki" or "html" for long texts of a table
	IDColumn  string `json:"id_column,omitempty"`  // key of the column that identifies a row
}

// NoHeader as Options.HeaderRow says that the first row is data already.
const NoHeader = -1

// Location is the zone for times that name none; UTC when the name is unknown.
func (o Options) Location() *time.Location {
	loc, err := time.LoadLocation(o.TimeZone)
	if err != nil {
		return time.UTC
	}
	return loc
}

// Survey is what a leaf found in a file. It is plain data and survives JSON.
type Survey struct {
	Format    string   `json:"format"`           // the leaf's name
	Title     string   `json:"title"`            // the format in words, such as "Jira CSV (Cloud)"
	Name      string   `json:"name,omitempty"`   // what the file calls itself: board, project
	Options   Options  `json:"options"`          // resolved; give it back to Rows
	Sheets    []Sheet  `json:"sheets,omitempty"` // what Options.Sheet can choose from
	Rows      int      `json:"rows"`             // rows that Rows will yield, refused ones included
	Columns   []Column `json:"columns"`          // in file order, made-up columns last
	Identity  Identity `json:"identity"`         // where Row.SourceID comes from
	Totals    Totals   `json:"totals"`           // what else the file holds
	Notes     []Note   `json:"notes,omitempty"`  // remarks, warnings and questions
	SourceKey string   `json:"source_key"`       // tells sources apart for idempotency: format plus board, project or file name
}

// Column gives the column with the given key, or nil.
func (s *Survey) Column(key string) *Column {
	for i := range s.Columns {
		if s.Columns[i].Key == key {
			return &s.Columns[i]
		}
	}
	return nil
}

// Sheet is one table among several in a file.
type Sheet struct {
	Name string `json:"name"`
	Rows int    `json:"rows"` // −1 when not counted
}

// Identity says how rows are recognised when the file is imported again.
type Identity struct {
	How    string `json:"how"`              // "column", "title", "content" or "record" (the source has ids of its own)
	Column string `json:"column,omitempty"` // key of the column, for the first two
}

// Totals counts what a file holds besides cells.
type Totals struct {
	Comments        int `json:"comments"`
	CommentsMissing int `json:"comments_missing"` // the source says it has them, but the file does not hold them
	Attachments     int `json:"attachments"`
	Links           int `json:"links"`
	Archived        int `json:"archived"`
	Skipped         int `json:"skipped"` // records that are no ideas: pull requests, blank rows
	Refused         int `json:"refused"` // rows that cannot be read
}

// Level says what a Note asks of the user.
type Level string

// The levels of a note.
const (
	Info     Level = "info"
	Warning  Level = "warning"
	Question Level = "question" // an option was guessed and should be confirmed
)

// Note is a remark on a file, in words for the user.
type Note struct {
	Level   Level    `json:"level"`
	Code    string   `json:"code"`              // stable, for tests and translations
	Text    string   `json:"text"`              // what, where, what to do
	Column  string   `json:"column,omitempty"`  // key of the column it is about
	Option  string   `json:"option,omitempty"`  // JSON name of the option a question is about
	Choices []string `json:"choices,omitempty"` // values for that option, the guess first
}

// Column is one column of a file, repeated ones joined.
type Column struct {
	Key      string       `json:"key"`              // unique in the file and the same in the next export of it
	Name     string       `json:"name"`             // header as in the file, blanks joined
	Label    string       `json:"label"`            // name to propose for a new field
	At       []int        `json:"at,omitempty"`     // 0-based positions in the file
	From     string       `json:"from,omitempty"`   // key of the column this one was derived from
	Twin     string       `json:"twin,omitempty"`   // key of the column with the ids of these people
	Markup   string       `json:"markup,omitempty"` // the leaf delivers this column converted from "wiki" or "html"
	Filled   int          `json:"filled"`           // rows with a value
	Distinct int          `json:"distinct"`         // different values; at least so many when Capped
	Capped   bool         `json:"capped,omitempty"`
	Longest  int          `json:"longest"`           // bytes of the longest value
	Values   []ValueCount `json:"values,omitempty"`  // most frequent first, at most MaxValues; empty when Capped
	Samples  []string     `json:"samples,omitempty"` // the first few different values, shortened
	Hints    Hints        `json:"hints"`             // how Convert should read it
	Target   Target       `json:"target"`            // proposed
	Sure     int          `json:"sure"`              // 0–100
	Why      string       `json:"why"`               // reason for the proposal, for people
}

// Repeated is how often the header occurs in the file.
func (c Column) Repeated() int { return len(c.At) }

// ValueCount is a value and in how many rows it occurs.
type ValueCount struct {
	Value    string `json:"value"`
	Count    int    `json:"count"`
	Category string `json:"category,omitempty"` // of a status: "new", "active" or "done"
}

// Row is one record of a file.
type Row struct {
	Number      int          // 1-based, as in Survey.Rows
	Line        int          // line of a text file, row of a sheet; 0 when the format has none
	SourceID    string       // identifies the record in its source, unique in the file
	Aliases     []string     // other names under which links and parents may refer to it
	Cells       [][]string   // by index of Survey.Columns; empty slice for no value
	Comments    []Comment    // oldest first as far as dated
	Attachments []Attachment // links only, never content
	Links       []Link
	Parent      []string // names of the parent, best first: key, id or title
	Problems    []Problem
	Refused     bool // the record could not be read; only Number, Line and Problems count
}

// Comment is a remark made in the source.
type Comment struct {
	SourceID string    // unique within the row, the same in the next export
	At       time.Time // zero when the source does not say
	Author   Person
	Body     string // Markdown
}

// Attachment is a file or page linked in the source.
type Attachment struct {
	At     time.Time
	Author Person
	Name   string
	URL    string
}

// Link ties a row to another one.
type Link struct {
	Type string // as in the source, such as "Blocks"
	Ref  string // SourceID or alias of the other row
	Out  bool   // from this row to the other; false for the other way round
}

// Person is somebody as named in a source; any part may be empty.
type Person struct {
	ID    string `json:"id,omitempty"` // account id or login in the source
	Name  string `json:"name,omitempty"`
	Email string `json:"email,omitempty"`
}

// Problem is something in a row or cell that could not be taken as it is.
type Problem struct {
	Row    int    `json:"row,omitempty"`    // Row.Number
	Line   int    `json:"line,omitempty"`   // Row.Line
	Column string `json:"column,omitempty"` // name as in the file
	Code   string `json:"code"`             // stable: "not_a_number", "cell_too_long" …
	Reason string `json:"reason"`           // what, why and what to do, for people
	Value  string `json:"value,omitempty"`  // the beginning of the cell
}

// Refusal is an error about a whole file that the user can act on.
type Refusal struct {
	Code string // stable: "encrypted", "old_workbook", "not_text" …
	Text string // what is wrong, where, and what to do
}

// Error is the text for the user.
func (r *Refusal) Error() string { return r.Text }
