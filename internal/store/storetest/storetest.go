// Package storetest is the conformance suite of the storage contract: whatever
// passes Run may stand below Cairn. The rules it cites (LOG-n) are numbered in
// docs/spec/log.md.
//
// Start at Run. Each file of the suite covers one part of the contract.
package storetest

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"cairn"
	"cairn/internal/store"
)

// Place is one empty database on which any number of stores can be opened, as
// the nodes of one installation do.
type Place interface {
	// Open opens a store and closes it when the test ends.
	Open(t testing.TB) store.Store
	// Spec says in one line how a child process opens the same database; it is
	// handed to the function given to Child.
	Spec() string
}

// Run runs the suite. New makes an empty database that is removed with the test.
func Run(t *testing.T, newPlace func(testing.TB) Place) {
	runParts(t, newPlace, append([]part{
		{"Empty", testEmpty},
		{"Create", testCreate},
		{"Put", testPut},
		{"Delete", testDelete},
		{"Values", testValues},
		{"RefusedValues", testRefusedValues},
		{"OwnWrites", testOwnWrites},
		{"OwnScan", testOwnScan},
		{"Keys", testKeys},
		{"KeysMove", testKeysMove},
		{"KeysAtOnce", testKeysAtOnce},
		{"LongKeys", testLongKeys},
		{"Numbers", testNumbers},
		{"Projects", testProjects},
		{"Apply", testApply},
		{"ApplyConflicts", testApplyConflicts},
		{"Undo", testUndo},
		{"Scan", testScan},
		{"ScanMoment", testScanMoment},
		{"EntityLog", testEntityLog},
		{"GroupLog", testGroupLog},
		{"LogOf", testLogOf},
		{"Order", testOrder},
		{"Atomic", testAtomic},
		{"Reads", testReads},
		{"Panic", testPanic},
		{"Cancelled", testCancelled},
		{"Closed", testClosed},
		{"OnCommit", testOnCommit},
		{"Private", testPrivate},
		{"PrivateRange", testPrivateRange},
		{"PrivateInTx", testPrivateInTx},
		{"Nodes", testNodes},
		{"Changed", testChanged},
		{"Kill", testKill},
		{"Model", testModel},
	}, files(newPlace)...))
}

// RunFiles runs what has to do with stored files, for further places where their
// contents may lie.
func RunFiles(t *testing.T, newPlace func(testing.TB) Place) { runParts(t, newPlace, files(newPlace)) }

type part struct {
	name string
	run  func(*testing.T, Place)
}

func runParts(t *testing.T, newPlace func(testing.TB) Place, parts []part) {
	for _, one := range parts {
		t.Run(one.name, func(t *testing.T) { one.run(t, newPlace(t)) })
	}
}

func files(newPlace func(testing.TB) Place) []part {
	return []part{
		{"Blobs", testBlobs},
		{"BlobReplaced", testBlobReplaced},
		{"BlobBroken", testBlobBroken},
		{"BlobList", testBlobList},
		{"BlobInTx", testBlobInTx},
		{"Check", testCheck},
		{"Archive", func(t *testing.T, p Place) { testArchive(t, p, newPlace(t)) }},
		{"ArchiveDamaged", func(t *testing.T, p Place) { testArchiveDamaged(t, p, newPlace(t)) }},
	}
}

// project is the project that most tests write to. It need not exist: the store
// does not look at what entities mean.
const project cairn.ID = 1 << 40

// meta is what most tests write with.
func meta() store.Meta { return store.Meta{Actor: 3, Project: project} }

// text is a JSON string.
func text(s string) json.RawMessage { return cairn.AppendJSONString(nil, s) }

// idea is an entity of the kind idea.
func idea(title string) cairn.Entity {
	return cairn.Entity{Kind: cairn.KindIdea, Project: project, Attrs: cairn.Attrs{"title": text(title)}}
}

// write runs fn and fails the test on an error.
func write(t testing.TB, s store.Store, fn func(store.Tx) error) cairn.ChangeSet {
	t.Helper()
	return writeAs(t, s, meta(), fn)
}

func writeAs(t testing.TB, s store.Store, m store.Meta, fn func(store.Tx) error) cairn.ChangeSet {
	t.Helper()
	set, err := s.Write(t.Context(), m, fn)
	if err != nil {
		t.Fatalf("write: %v", err)
	}
	return set
}

// create writes one entity and returns its id.
func create(t testing.TB, s store.Store, e cairn.Entity) (id cairn.ID) {
	t.Helper()
	writeAs(t, s, store.Meta{Project: e.Project}, func(tx store.Tx) (err error) {
		id, err = tx.Create(e)
		return err
	})
	return id
}

// entity reads one entity that must be there.
func entity(t testing.TB, s store.Store, id cairn.ID) cairn.Entity {
	t.Helper()
	e, err := s.Entity(t.Context(), id)
	if err != nil {
		t.Fatalf("entity %d: %v", id, err)
	}
	return e
}

// scan returns the entities of a query.
func scan(t testing.TB, s store.Store, q store.Query) []cairn.Entity {
	t.Helper()
	var all []cairn.Entity
	if _, err := s.Scan(t.Context(), q, func(e cairn.Entity) error {
		all = append(all, e)
		return nil
	}); err != nil {
		t.Fatalf("scan: %v", err)
	}
	return all
}

// ids returns the ids of entities.
func ids(list []cairn.Entity) []cairn.ID {
	out := []cairn.ID{}
	for _, e := range list {
		out = append(out, e.ID)
	}
	return out
}

// fullLog returns all change sets after a position and checks that there is no
// hole among them (LOG-2).
func fullLog(t testing.TB, s store.Store, after int64) []cairn.ChangeSet {
	t.Helper()
	var all []cairn.ChangeSet
	for {
		sets, err := s.Log(t.Context(), after, 100)
		if err != nil {
			t.Fatalf("log: %v", err)
		}
		if len(sets) == 0 {
			return all
		}
		for _, set := range sets {
			if set.Seq != after+1 {
				t.Fatalf("the change set %d follows %d", set.Seq, after)
			}
			after = set.Seq
		}
		all = append(all, sets...)
	}
}

// same compares two entities, attribute by attribute, byte by byte.
func same(a, b cairn.Entity) error {
	head := func(e cairn.Entity) cairn.Entity { e.Attrs = nil; return e }
	if !reflect.DeepEqual(head(a), head(b)) {
		return fmt.Errorf("%+v is not %+v", head(a), head(b))
	}
	x, err := a.Attrs.MarshalJSON()
	if err != nil {
		return err
	}
	y, err := b.Attrs.MarshalJSON()
	if err != nil {
		return err
	}
	if string(x) != string(y) {
		return fmt.Errorf("the attributes of %d are %s, not %s", a.ID, x, y)
	}
	return nil
}

// wantCode fails the test when err has not that code or lacks one of the words.
func wantCode(t testing.TB, err error, code cairn.Code, words ...string) {
	t.Helper()
	if cairn.CodeOf(err) != code {
		t.Errorf("error %v has the code %q, want %q", err, cairn.CodeOf(err), code)
		return
	}
	for _, w := range words {
		if err != nil && !strings.Contains(err.Error(), w) {
			t.Errorf("the message %q does not speak of %q", err, w)
		}
	}
}
