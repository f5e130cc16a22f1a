package cairn

// Attributes of an idea that only merging and telling apart write.
const (
	// AttrMergedInto holds the idea that an idea was merged into.
	AttrMergedInto = "mergedInto"
	// AttrUnlike holds the ideas of larger id that are another matter although
	// they read alike.
	AttrUnlike = "unlike"
)

// Bounds of merging and telling apart.
const (
	// MaxMerge is how many ideas one step merges into another.
	MaxMerge = 50
	// MaxUnlike is how many ideas one idea is told apart from.
	MaxUnlike = 500
)
