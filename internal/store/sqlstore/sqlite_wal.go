package sqlstore

import (
	"context"
	"os"
)

// Syncing what lies inside a file costs about half of syncing what makes it
// longer, since the latter moves the file system's own records too. So the log
// of the database file is made as long as it becomes between two checkpoints
// before it is needed, a piece at a time, while nobody writes.
const (
	// checkpointPages is how many pages the log holds when they are taken over
	// into the database file.
	checkpointPages = 2000
	// walPage is a page of the log with its frame's header.
	walPage = 4096 + 24
	// walLength is how long the log is made: some commits more than a
	// checkpoint waits for.
	walLength = (checkpointPages + 100) * walPage
	// walPiece takes less time than a commit.
	walPiece = 256 << 10
	// walZeros are written at a time, so that no memory is taken to speak of.
	walZeros = 16 << 10
)

// lengthen adds a piece to the log and reports whether it is as long as it shall
// be, or cannot be. The zeros behind the last frame mean nothing to SQLite, like
// the frames of an earlier round that stand there later. While a piece is added
// the connection holds the turn to write, so that no process writes a frame at
// the same place.
func (db *sqliteDB) lengthen(ctx context.Context, c conn) (done bool) {
	f, err := os.OpenFile(db.file+"-wal", os.O_WRONLY, 0)
	if err != nil {
		return true
	}
	defer f.Close() // nothing of it is lost that matters
	if err := c.begin(ctx, modeWrite); err != nil {
		return true
	}
	defer c.rollback(ctx)
	info, err := f.Stat()
	if err != nil {
		return true
	}
	size := info.Size()
	if size >= walLength {
		return true
	}
	zeros := make([]byte, walZeros)
	for at, end := size, min(size+walPiece, walLength); at < end && err == nil; at += walZeros {
		_, err = f.WriteAt(zeros[:min(walZeros, end-at)], at)
	}
	if err == nil {
		err = f.Sync()
	}
	if err != nil {
		_ = f.Truncate(size) // a full disk needs the space more
		return true
	}
	return false
}
