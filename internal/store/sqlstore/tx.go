package sqlstore

import (
	"bytes"
	"context"
	"encoding/json"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"cairn"
	"cairn/internal/store"
)

// tx is one change set in the making. Its writes stay in memory until its
// function has succeeded, so a function that fails costs nothing and the
// database's transaction, which it shares with others, never has to go back.
type tx struct {
	b    *batch
	ctx  context.Context
	meta store.Meta
	seq  int64
	now  time.Time

	// recs holds what was read and written, by id.
	recs map[cairn.ID]*record
	// touched lists the records written, in the order of the first write.
	touched []*record
	// keys holds the owners of keys read and written, by their stored form; 0
	// is nobody.
	keys map[cairn.Key]cairn.ID
	// rekeyed lists the keys written, moved says of each whether somebody may
	// have owned it before.
	rekeyed []cairn.Key
	moved   map[cairn.Key]bool
	numbers map[cairn.ID]int64
	nextID  cairn.ID
	changes []cairn.Change
	// ops are writes beside the log.
	ops []query
	// beside is what became of private records, for the transaction's own reads.
	beside privates
	// blobs says of those that this transaction dropped that they are gone,
	// unshelved are contents on the shelf that lose their row.
	blobs     map[string]bool
	unshelved []string
	// size is about how many bytes the writes take.
	size int
	over bool
}

var (
	errOver   = cairn.Errorf(cairn.CodeInternal, "A transaction was used after its function had returned")
	errNullID = cairn.Errorf(cairn.CodeInternal, "Only an entity with a positive id can be written")
)

// usable reports why the transaction must not go on.
func (t *tx) usable() error {
	if t.over {
		return errOver
	}
	return t.ctx.Err()
}

func (t *tx) Seq() int64 { return t.seq }

func (t *tx) Now() time.Time { return t.now }

func (t *tx) InProject(id cairn.ID) { t.meta.Project = id }

func (t *tx) NewID() (id cairn.ID) { id = t.nextID; t.nextID++; return id }

func (t *tx) op(sql string, a ...any) { t.ops = append(t.ops, query{sql, a}) }

// load returns the record of an entity, nil when there is none.
func (t *tx) load(id cairn.ID) (*record, error) {
	if err := t.usable(); err != nil {
		return nil, err
	}
	if r, ok := t.recs[id]; ok {
		return r, nil
	}
	if known, ok := t.b.known[id]; ok {
		t.recs[id] = &known
		return &known, nil
	}
	r, err := readRecord(t.b.ctx, t.b.conn, id)
	if err != nil {
		return nil, t.b.broken(err)
	}
	t.recs[id] = r
	return r, nil
}

// present returns the record of an entity that is there, or a not_found error.
func (t *tx) present(id cairn.ID) (*record, error) {
	r, err := t.load(id)
	if err == nil && (r == nil || !r.exists) {
		what := "The entity " + id.String()
		if r != nil {
			what = "This " + noun(r.kind)
		}
		err = cairn.NotFound(what)
	}
	return r, err
}

func (t *tx) Entity(id cairn.ID) (cairn.Entity, error) {
	r, err := t.present(id)
	if err != nil {
		return cairn.Entity{}, err
	}
	return t.b.w.entity(r)
}

func (t *tx) Lookup(key cairn.Key) (cairn.ID, error) {
	if err := t.usable(); err != nil {
		return 0, err
	}
	k := storedKey(key)
	if id, ok := t.keys[k]; ok {
		return id, nil
	}
	var id int64
	if _, err := queryRow(t.b.ctx, t.b.conn, sql(sqlLookup, k.Scope, k.Name), &id); err != nil {
		return 0, t.b.broken(err)
	}
	t.noteKey(k, cairn.ID(id))
	return cairn.ID(id), nil
}

func (t *tx) Prefetch(scope string, names []string) error {
	if err := t.usable(); err != nil {
		return err
	}
	var wanted []cairn.Key
	for _, name := range names {
		k := storedKey(cairn.Key{Scope: scope, Name: name})
		if _, known := t.keys[k]; !known {
			t.noteKey(k, 0)
			wanted = append(wanted, k)
		}
	}
	for part := range slices.Chunk(wanted, manyRows) {
		args := make([]any, 0, 2*manyRows)
		for i := range manyRows {
			k := part[min(i, len(part)-1)] // the last one again, for want of more
			args = append(args, k.Scope, k.Name)
		}
		r, err := t.b.conn.query(t.b.ctx, sqlLookups, args...)
		if err != nil {
			return t.b.broken(err)
		}
		for r.next() {
			var name string
			var id int64
			if r.scan(&name, &id) != nil {
				break // close returns it
			}
			t.keys[cairn.Key{Scope: part[0].Scope, Name: name}] = cairn.ID(id)
		}
		if err := r.close(); err != nil {
			return t.b.broken(err)
		}
	}
	return nil
}

func (t *tx) Create(e cairn.Entity) (cairn.ID, error) {
	ms, err := t.b.w.sorted(e.Kind, e.Attrs)
	if err != nil {
		return 0, err
	}
	if e.ID == 0 {
		if err := t.usable(); err != nil {
			return 0, err
		}
		e.ID = t.NewID()
	} else if r, err := t.load(e.ID); err != nil {
		return 0, err
	} else if r != nil && r.exists {
		return 0, cairn.Conflict("The %s with the id %d exists already", noun(e.Kind), e.ID)
	}
	return e.ID, t.create(e, ms)
}

// create adds an entity that is not there, with its attributes as members.
func (t *tx) create(e cairn.Entity, ms []member) error {
	if e.ID <= 0 {
		return errNullID
	}
	if err := checkText(e.Kind, e.Text); err != nil {
		return err
	}
	if err := t.rekey(e, nil, e.Keys()); err != nil {
		return err
	}
	snapshot, from, to := appendSnapshot(make([]byte, 0, 64+sizeOf(ms)+len(e.Text)), e.Parent, ms, e.Text)
	r := t.recs[e.ID]
	if r == nil {
		r = &record{id: e.ID}
		t.recs[e.ID] = r
	}
	t.touch(r)
	r.renewed = r.stored != 0
	r.kind, r.project, r.parent = e.Kind, e.Project, e.Parent
	r.version, r.created, r.exists = t.seq, t.seq, true
	r.attrs, r.text, r.retext = snapshot[from:to:to], e.Text, true
	t.nextID = max(t.nextID, e.ID+1)
	t.add(cairn.Change{Kind: e.Kind, ID: e.ID, New: snapshot})
	t.size += len(snapshot)
	return nil
}

func (t *tx) Put(e cairn.Entity) error {
	r, err := t.present(e.ID)
	if err != nil {
		return err
	}
	if e.Kind != r.kind || e.Project != r.project || e.Parent != r.parent {
		return cairn.Errorf(cairn.CodeInternal, "The %s %d cannot change its kind, project or parent", noun(r.kind), r.id)
	}
	old, err := t.b.w.membersOf(r)
	if err != nil {
		return err
	}
	ms := t.b.w.members[:0]
	t.b.w.members = nil // a failure leaves a mixture in it
	if ms, err = sortedMembers(ms, old, e.Kind, e.Attrs); err != nil {
		return err
	}
	t.b.w.members = ms
	return t.change(r, e, diff(nil, r, old, ms))
}

// change gives a record the attributes of e, which are in the writer's members
// and differ by changes, and its text.
func (t *tx) change(r *record, e cairn.Entity, changes []cairn.Change) error {
	ms := t.b.w.members
	if e.Text != r.text {
		if err := checkText(r.kind, e.Text); err != nil {
			return err
		}
		changes = append(changes, cairn.Change{Kind: r.kind, ID: r.id, Attr: long(r.kind), Old: textJSON(r.text), New: textJSON(e.Text)})
	}
	if len(changes) == 0 {
		return nil
	}
	if slices.ContainsFunc(changes, func(c cairn.Change) bool { return r.kind.InKeys(c.Attr) }) {
		before, err := t.b.w.entity(r)
		if err != nil {
			return err
		}
		if err := t.rekey(e, before.Keys(), e.Keys()); err != nil {
			return err
		}
	}
	attrs := appendMembers(make([]byte, 0, sizeOf(ms)), ms)
	for i := range changes {
		// The values are slices of larger memory, the caller's even; the change
		// set is kept long and by many.
		changes[i].Old, changes[i].New = bytes.Clone(changes[i].Old), bytes.Clone(changes[i].New)
	}
	t.touch(r)
	r.attrs, r.version = attrs, t.seq
	if e.Text != r.text {
		r.text, r.retext = e.Text, true
	}
	t.add(changes...)
	t.size += len(attrs)
	if r.retext {
		t.size += len(r.text)
	}
	return nil
}

func (t *tx) Delete(id cairn.ID) error {
	r, err := t.present(id)
	if err != nil {
		return err
	}
	return t.remove(r)
}

// remove deletes a record that is there.
func (t *tx) remove(r *record) error {
	e, err := t.b.w.entity(r)
	if err != nil {
		return err
	}
	snapshot, err := snapshotOf(r, t.b)
	if err != nil {
		return err
	}
	if err := t.rekey(e, e.Keys(), nil); err != nil {
		return err
	}
	t.touch(r)
	r.exists = false
	t.add(cairn.Change{Kind: r.kind, ID: r.id, Old: snapshot})
	return nil
}

func (t *tx) Numbers(project cairn.ID, n int) (int64, error) {
	if err := t.usable(); err != nil {
		return 0, err
	}
	if n < 0 {
		return 0, cairn.Errorf(cairn.CodeInternal, "%d idea numbers cannot be reserved", n)
	}
	next, ok := t.numbers[project]
	if !ok {
		if next, ok = t.b.numbers[project]; !ok {
			if _, err := queryRow(t.b.ctx, t.b.conn, sql(sqlNumber, int64(project)), &next); err != nil {
				return 0, t.b.broken(err)
			}
			next = max(next, 1)
		}
	}
	if t.numbers == nil {
		t.numbers = make(map[cairn.ID]int64)
	}
	t.numbers[project] = next + int64(n)
	return next, nil
}

// touch marks a record as written.
func (t *tx) touch(r *record) {
	if !r.dirty {
		r.dirty = true
		t.touched = append(t.touched, r)
	}
}

func (t *tx) add(c ...cairn.Change) { t.changes = append(t.changes, c...) }

// rekey moves an entity from its old keys to its new ones, or changes nothing
// and says which key is taken.
func (t *tx) rekey(e cairn.Entity, old, new []cairn.Key) error {
	if len(old) == 0 && len(new) == 0 {
		return nil
	}
	for _, k := range new {
		owner, err := t.Lookup(k)
		if err != nil {
			return err
		}
		if owner != 0 && owner != e.ID {
			return taken(e, k)
		}
	}
	for _, k := range old {
		if !slices.Contains(new, k) {
			t.setKey(k, 0)
		}
	}
	for _, k := range new {
		if !slices.Contains(old, k) {
			t.setKey(k, e.ID)
		}
	}
	return nil
}

// noteKey notes the owner of a key in its stored form.
func (t *tx) noteKey(k cairn.Key, owner cairn.ID) {
	if t.keys == nil {
		t.keys = make(map[cairn.Key]cairn.ID)
	}
	t.keys[k] = owner
}

func (t *tx) setKey(k cairn.Key, owner cairn.ID) {
	k = storedKey(k)
	before, known := t.keys[k]
	t.noteKey(k, owner)
	if _, again := t.moved[k]; again {
		return
	}
	if t.moved == nil {
		t.moved = make(map[cairn.Key]bool)
	}
	t.moved[k] = !known || before != 0
	t.rekeyed = append(t.rekeyed, k)
}

func sizeOf(ms []member) int {
	n := 2
	for _, m := range ms {
		n += len(m.name) + len(m.value) + 4
	}
	return n
}

// snapshotOf returns the JSON form of a whole record.
func snapshotOf(r *record, b *batch) ([]byte, error) {
	ms, err := b.w.membersOf(r)
	if err != nil {
		return nil, err
	}
	s, _, _ := appendSnapshot(make([]byte, 0, 64+len(r.attrs)+len(r.text)), r.parent, ms, r.text)
	return s, nil
}

func textJSON(s string) json.RawMessage {
	if s == "" {
		return nil
	}
	return cairn.AppendJSONString(nil, s)
}

// checkText refuses a long text that the databases or the log cannot hold.
func checkText(k cairn.Kind, s string) error {
	name := long(k)
	switch {
	case s == "":
		return nil
	case name == "":
		return cairn.Errorf(cairn.CodeInternal, "A %s has no long text", noun(k))
	case !utf8.ValidString(s):
		return cairn.Invalid(name, "The %s is not valid UTF-8 text", name)
	case strings.ContainsRune(s, 0):
		return cairn.Invalid(name, "The %s contains the character U+0000 at byte %d, which cannot be stored; remove it", name, strings.IndexByte(s, 0))
	}
	return nil
}

// plain reports whether both databases can hold s as it is.
func plain(s string) bool { return utf8.ValidString(s) && !strings.ContainsRune(s, 0) }
