package formula

import "cairn"

// Kind is the type of an expression or a column.
type Kind uint8

// The kinds. A select gives an Option, which acts as its weight where a number
// is wanted and as its name where text is wanted; several options, people or
// labels give a List of names, with the sum of the options' weights as Num.
const (
	Null Kind = iota
	Number
	Text
	Bool
	Date
	Interval
	Option
	List
)

// Vec is a block of values of one kind. The slices that the kind uses have the
// block's length; others may be nil.
type Vec struct {
	Kind Kind
	// Num: numbers; 0 or 1 of a Bool; days since 1970-01-01 of a Date; the start
	// of an Interval; the weight of an Option; the sum of weights of a List.
	Num []float64
	// End: the end day of an Interval.
	End []float64
	// Text: texts; the name of an Option.
	Text []string
	// List: the names of a List.
	List [][]string
	// Null marks rows without a value; nil means that all have one.
	Null []bool
	// NoNum marks options that have a name but no weight; nil means none.
	NoNum []bool
}

// Rows are the columns of a set of ideas.
type Rows interface {
	// Len is how many rows there are.
	Len() int
	// Load fills dst with rows [lo,hi) of a column, reusing dst's slices where
	// they fit. It is called for columns that the Schema knows only.
	Load(ref cairn.Ref, lo, hi int, dst *Vec)
}

// Schema knows the columns that an expression may name.
type Schema interface {
	// Resolve finds a column by the name people use, letter case aside, or by
	// its reference ("f17", "title").
	Resolve(name string) (cairn.Ref, bool)
	// Kind is the kind of a column.
	Kind(ref cairn.Ref) Kind
	// Name is what people call the column; "" when it no longer exists.
	Name(ref cairn.Ref) string
	// Names lists every column's name, for completion and suggestions.
	Names() []string
}

// Env is what an evaluation may know besides its rows.
type Env struct {
	Today cairn.Day
	// Viewer is the name of the person who asks, for me().
	Viewer string
}
