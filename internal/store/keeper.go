package store

import (
	"context"
	"io"
	"slices"
	"strings"
)

// Keeper is what is done with a store as a whole: back up, restore, check.
type Keeper interface {
	// Archive writes everything at one moment, while others go on reading and
	// writing. The same content becomes the same bytes, from any database.
	Archive(ctx context.Context, w io.Writer, opts ArchiveOptions) error
	// Restore fills an empty store from an archive, wholly or not at all. It is
	// a conflict when the store is not empty, and invalid when the archive is
	// cut off or damaged. OnCommit does not hear of it.
	Restore(ctx context.Context, r io.Reader, opts RestoreOptions) error
	// Check looks for disagreement between the log and what it adds up to, at
	// one moment. Contents outside the database are compared by name and size. The
	// error is for a check that could not be made.
	Check(ctx context.Context) (Report, error)
	// CheckContents does the same and reads all contents to their end. It says how
	// many of how many it has read.
	CheckContents(ctx context.Context, progress func(read, all int)) (Report, error)
}

// ArchiveOptions say what an archive holds beside entities, log and numbers.
type ArchiveOptions struct {
	// Scopes are the scopes of the private records in it.
	Scopes []string
	// Blobs are how the keys of the stored files in it begin; one that is "" takes
	// all.
	Blobs []string
	// Missing hears of each stored file that is left out since its content is not
	// where it should be. Without it such a file ends the archive with an error.
	Missing func(key string, err error)
}

// Holds reports whether the archive is to have a stored file.
func (o *ArchiveOptions) Holds(key string) bool {
	return slices.ContainsFunc(o.Blobs, func(p string) bool { return strings.HasPrefix(key, p) })
}

// RestoreOptions say what may be lost by a restore.
type RestoreOptions struct {
	// Replace first removes all that the store holds.
	Replace bool
}

// Report is what a check found.
type Report struct {
	// Seq is the moment: the last change set.
	Seq int64
	// Counts of what was looked at.
	Entities, ChangeSets, Keys, Blobs int64
	// Problems are sentences, each about one disagreement; empty means sound.
	Problems []string
	// More counts the problems beyond those listed.
	More int64
	// Notes are sentences about what is no disagreement but takes space.
	Notes []string
}

// MaxProblems is how many problems a report lists.
const MaxProblems = 1000

// Add notes a problem.
func (r *Report) Add(problem string) {
	if len(r.Problems) < MaxProblems {
		r.Problems = append(r.Problems, problem)
		return
	}
	r.More++
}
