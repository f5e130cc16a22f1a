package engine

// track tells what is derived from a column whether it still stands. Revisions
// count the state's applied change sets; a derived thing remembers the revision
// it was built at, and can be repaired when few rows changed since.
type track struct {
	// rev is the revision of the last change.
	rev uint64
	// reset is the revision before which nothing can be repaired.
	reset uint64
	// log lists the rows changed after reset, oldest first.
	log []edit
}

type edit struct {
	rev uint64
	row int32
}

// maxEdits bounds a column's list of changed rows.
const maxEdits = 4096

// touch records that a row changed.
func (t *track) touch(rev uint64, row int32) {
	t.rev = rev
	if n := len(t.log); n > 0 && t.log[n-1] == (edit{rev, row}) {
		return
	}
	if len(t.log) >= maxEdits {
		t.touchAll(rev)
		return
	}
	if t.reset < rev {
		t.log = append(t.log, edit{rev, row})
	}
}

// touchAll records that anything may have changed.
func (t *track) touchAll(rev uint64) {
	t.rev, t.reset = rev, rev
	t.log = t.log[:0]
}

// freshness is how a derived thing stands to what it was built from.
type freshness uint8

const (
	fresh freshness = iota // it stands
	stale                  // some known rows changed
	gone                   // it must be built anew
)

// since compares with the revision a derived thing was built at. The rows
// changed since then are added to dirty.
func (t *track) since(built uint64, dirty []int32) (freshness, []int32) {
	switch {
	case built >= t.rev:
		return fresh, dirty
	case built < t.reset:
		return gone, dirty
	}
	for i := len(t.log) - 1; i >= 0 && t.log[i].rev > built; i-- {
		dirty = append(dirty, t.log[i].row)
	}
	return stale, dirty
}

// sinceAll is since over several tracks: the worst of them, and all dirty rows.
func sinceAll(tracks []*track, built uint64) (freshness, []int32) {
	worst := fresh
	var dirty []int32
	for _, t := range tracks {
		var f freshness
		if f, dirty = t.since(built, dirty); f > worst {
			worst = f
		}
	}
	return worst, dirty
}
