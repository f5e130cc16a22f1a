package cairn

// Attributes of an idea that only merging and telling apart write.
const (
	// AttrMergedInto holds the idea that an idea was merged into.
	AttrMergedInto = "mergedInto"
	// AttrUnlike holds the ideas of larger id that are another matter although
	// they read alike.
	AttrUnlike = "unlike"
	// AttrUnmerged holds, by connection field, what an idea holds in truth where
	// merging made it show something else.
	AttrUnmerged = "unmerged"
	// AttrParts holds, as a list of Part, what was merged into an idea.
	AttrParts = "parts"
)

// Bounds of merging and telling apart.
const (
	// MaxMerge is how many ideas one step merges into another.
	MaxMerge = 50
	// MaxUnlike is how many ideas one idea is told apart from.
	MaxUnlike = 500
)

// Part names an idea that was merged into another one, with the words of then.
// It is for the history; what is part of what is told by AttrMergedInto.
type Part struct {
	ID    ID     `json:"id"`
	Key   string `json:"key"`
	Title string `json:"title"`
}
