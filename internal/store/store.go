// Package store is the storage contract: one log, the entities it adds up to,
// an index of unique keys, and private data beside the log. Implementations
// live in sqlstore and must pass the suite in storetest.
//
// Start at Store. Everything is written by Write, and everything written there
// is in the log: Tx has no other way.
package store

import (
	"context"
	"encoding/json"
	"io"
	"time"

	"cairn"
)

// Store keeps the log and what it adds up to. All methods are safe for
// concurrent use. Errors are *cairn.Error where a person could act on them.
type Store interface {
	// Write runs fn in a transaction, appends the changes it made to the log as
	// one change set and returns that set once it is durable and OnCommit has
	// returned. Writers are serialised across all nodes; waiting ones share one
	// commit. If fn fails, nothing of it remains. fn may run again after a lost
	// connection, so it must only use its Tx. A write without changes to
	// entities takes no sequence number and returns a set with Seq 0.
	Write(ctx context.Context, meta Meta, fn func(Tx) error) (cairn.ChangeSet, error)
	// OnCommit names the function that hears of every change set committed by
	// this store value, in order of Seq, before the writers are answered. Call
	// once, before the first Write.
	OnCommit(fn func([]cairn.ChangeSet))

	// Seq returns the sequence number of the last change set.
	Seq(ctx context.Context) (int64, error)
	// Log returns up to limit change sets after that sequence number, in order.
	Log(ctx context.Context, after int64, limit int) ([]cairn.ChangeSet, error)
	// EntityLog returns up to limit change sets before that sequence number
	// (0: from the newest) that touch the entity, newest first, each holding
	// only the changes of that entity.
	EntityLog(ctx context.Context, id cairn.ID, before int64, limit int) ([]cairn.ChangeSet, error)
	// LogOf returns the change sets that match, each whole.
	LogOf(ctx context.Context, q LogQuery) ([]cairn.ChangeSet, error)
	// GroupLog returns the change sets of a group, in order of Seq.
	GroupLog(ctx context.Context, group string) ([]cairn.ChangeSet, error)

	// Entity returns one entity, or a not_found error.
	Entity(ctx context.Context, id cairn.ID) (cairn.Entity, error)
	// Scan calls yield for each entity that matches, kind by kind in the order of
	// Query.Kinds, and by ascending ID within a kind (or over all, when no kinds
	// are named). A scan sees one moment of the store, and returns the sequence
	// number of that moment. yield must not call the store: it holds one of its
	// connections.
	Scan(ctx context.Context, q Query, yield func(cairn.Entity) error) (seq int64, err error)
	// Lookup returns the owner of a key, 0 when nobody owns it.
	Lookup(ctx context.Context, key cairn.Key) (cairn.ID, error)

	// Private returns one private record; ok is false when there is none or it
	// has expired.
	Private(ctx context.Context, scope, key string) (p Private, ok bool, err error)
	// PrivateOf returns an owner's private records of a scope, newest first.
	PrivateOf(ctx context.Context, scope string, owner cairn.ID) ([]Private, error)
	// PrivateRange returns up to limit private records of a scope whose keys lie
	// from the one (included) to the other (not included; "" is the end), in the
	// order of their keys' bytes.
	PrivateRange(ctx context.Context, scope string, keys Range, limit int) ([]Private, error)

	// PutBlob stores all of r under a key, replacing what was there.
	PutBlob(ctx context.Context, key string, r io.Reader) (size int64, err error)
	// Blob opens a stored blob for reading from any position.
	Blob(ctx context.Context, key string) (Blob, error)
	// DropBlob removes a blob; absent ones are no error.
	DropBlob(ctx context.Context, key string) error
	// Blobs returns up to limit stored blobs whose keys lie in the range, in the
	// order of their keys' bytes.
	Blobs(ctx context.Context, keys Range, limit int) ([]BlobInfo, error)
	// Sweep removes what broken uploads, and blobs that were dropped while their
	// storage did not answer, have left there before a time. It returns how many
	// contents those were.
	Sweep(ctx context.Context, before time.Time) (removed int, err error)

	// Changed returns a channel that receives when another process may have
	// written. It is a hint that shortens the wait of a reader of the log.
	Changed() <-chan struct{}
	// Tell sends a message of less than 1,000 bytes to all other nodes on the
	// database, beside the log: it does not wait, and what cannot be sent is lost.
	Tell(message string)
	// Told returns the channel of what other nodes tell. An empty message says
	// that some may have been missed, as before the first and after a lost
	// connection; those that nobody takes in time are lost.
	Told() <-chan string
	// Ping reports whether the database answers.
	Ping(ctx context.Context) error
	// Close finishes what it accepted and releases the database.
	Close() error
}

// Blob is the content of a stored file.
type Blob interface {
	io.ReadSeekCloser
	io.ReaderAt
	Size() int64
}

// BlobInfo says what is known of a blob without opening it.
type BlobInfo struct {
	Key  string
	Size int64
	// At is when it was stored; the beginning of 1970 when that is not known.
	At time.Time
}

// Meta says who writes and why; it becomes part of the change set.
type Meta struct {
	Actor   cairn.ID
	Project cairn.ID
	Group   string
	Reason  string
	Origin  string
	// Reads are entities that the function will ask for. It is a hint and no part
	// of the change set: they may be read together with those of other writers.
	Reads []cairn.ID
}

// Query selects entities. Zero values select all.
type Query struct {
	Kinds   []cairn.Kind
	Project cairn.ID
	Parent  cairn.ID
	After   cairn.ID
	Limit   int
	// Text also reads the long attribute; without it Entity.Text stays empty.
	Text bool
}

// LogQuery selects change sets of a project, of a person, or of a person in a
// project. A person's newest in all of them are found in what says who did what, all
// others of theirs by reading the whole log. Zero values select all.
type LogQuery struct {
	Project cairn.ID
	// Shared selects those of no project.
	Shared bool
	Actor  cairn.ID
	// After and Before bound the sequence numbers, both excluded.
	After, Before int64
	// Newest gives them newest first.
	Newest bool
	// Limit is how many at most; 0 is all.
	Limit int
}

// Private is a record beside the log: sessions, password hashes, token hashes,
// idempotency keys. It is in no history, stream or export for people.
type Private struct {
	Scope, Key string
	Owner      cairn.ID
	Value      json.RawMessage
	CreatedAt  time.Time
	// ExpiresAt zero means never.
	ExpiresAt time.Time
}

// Range is a stretch of keys: From included, To not; To "" has no end.
type Range struct{ From, To string }

// Prefix is the range of the keys that begin so.
func Prefix(prefix string) Range {
	b := []byte(prefix)
	for i := len(b) - 1; i >= 0; i-- {
		if b[i] < 0xff {
			b[i]++
			return Range{prefix, string(b[:i+1])}
		}
	}
	return Range{From: prefix}
}

// Tx is one transaction in the making. Its reads see its own writes.
type Tx interface {
	// Seq is the number the change set will have.
	Seq() int64
	// Now is the change set's time; all writes of a Tx share it.
	Now() time.Time
	// InProject says which project the change set belongs to, for the write that
	// creates the project and so could not say it in its Meta.
	InProject(id cairn.ID)
	// Entity returns one entity with its text, or a not_found error.
	Entity(id cairn.ID) (cairn.Entity, error)
	// Scan is Store.Scan inside the transaction.
	Scan(q Query, yield func(cairn.Entity) error) error
	// Lookup is Store.Lookup inside the transaction.
	Lookup(key cairn.Key) (cairn.ID, error)
	// Prefetch reads the owners of many keys of one scope in few queries, before
	// Lookup, Create and Put ask for them one by one.
	Prefetch(scope string, names []string) error

	// Create adds an entity. A zero ID is replaced by a new one. It returns the
	// entity's ID, or a conflict error when one of its keys is taken.
	Create(e cairn.Entity) (cairn.ID, error)
	// Put replaces an entity's attributes and text. Only what differs from the
	// stored entity becomes changes; nothing different, no change.
	Put(e cairn.Entity) error
	// Delete removes an entity; its last form stays in the log.
	Delete(id cairn.ID) error
	// Apply makes a recorded change again: for undo, restore and replay. It is
	// a conflict when the entity's present value is not change.Old.
	Apply(c cairn.Change) error

	// NewID reserves an ID, for things inside entities such as options.
	NewID() cairn.ID
	// Numbers reserves n idea numbers of a project and returns the first.
	Numbers(project cairn.ID, n int) (int64, error)

	// Private is Store.Private inside the transaction.
	Private(scope, key string) (p Private, ok bool, err error)
	// PutPrivate stores a private record, replacing one of the same key.
	PutPrivate(p Private) error
	// DropPrivate removes a private record.
	DropPrivate(scope, key string) error
	// DropPrivateOf removes an owner's private records of a scope, except keep.
	DropPrivateOf(scope string, owner cairn.ID, keep string) error

	// HasBlob reports whether a blob is stored.
	HasBlob(key string) (bool, error)
	// DropBlob is Store.DropBlob inside the transaction.
	DropBlob(key string) error
}
