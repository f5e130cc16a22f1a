package store

import (
	"context"
	"io"
	"strings"
	"time"
)

// Shelf keeps the contents of stored files outside the database. What lies there
// never changes: a content has a name of its own, FOLDER/…/SHA256-ID, which the
// database knows. All
// methods are safe for concurrent use, also by several nodes. Errors are
// *cairn.Error where a person could act on them.
type Shelf interface {
	// Put keeps all of r in a folder and returns once that is durable. Whatever
	// fails leaves nothing that Open finds. Errors of r come back as they are.
	Put(ctx context.Context, folder string, r io.Reader) (Shelved, error)
	// Open opens a content for reading, or returns a not_found error.
	Open(ctx context.Context, name string) (Blob, error)
	// Remove removes a content; absent ones are no error.
	Remove(ctx context.Context, name string) error
	// List calls yield for everything in a folder, also for what broken uploads
	// have left there, in any order.
	List(ctx context.Context, folder string, yield func(Shelved) error) error
	// String says where it is, without secrets.
	String() string
}

// Shelved is one content on a shelf.
type Shelved struct {
	Name string
	Size int64
	// At is when it was put there.
	At time.Time
}

// ShelvedSum is the SHA-256 that a content's name promises, in hexadecimal: what
// stands in its last part before the hyphen.
func ShelvedSum(name string) string {
	sum, _, _ := strings.Cut(name[strings.LastIndexByte(name, '/')+1:], "-")
	return sum
}
