package sqlstore

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"cairn"
	"cairn/internal/store"
)

const (
	sqlTouchAll = "SELECT entity, seq FROM log_entity ORDER BY entity, seq"
	sqlKeysAll  = "SELECT scope, name, id FROM entity_key"
)

// Check implements store.Keeper: it replays the log and compares what it adds
// up to with the tables.
func (s *Store) Check(ctx context.Context) (store.Report, error) {
	return s.check(ctx, nil)
}

// CheckContents implements store.Keeper.
func (s *Store) CheckContents(ctx context.Context, progress func(read, all int)) (store.Report, error) {
	return s.check(ctx, progress)
}

// check reads the contents outside the database where progress is wanted.
func (s *Store) check(ctx context.Context, progress func(read, all int)) (report store.Report, err error) {
	shelved := map[string]namedBlob{}
	err = s.readAll(ctx, func(c conn) error {
		if err := c.begin(ctx, modeRead); err != nil {
			return err
		}
		defer c.rollback(ctx)
		k := &checker{ctx: ctx, c: c, report: &report, shelved: shelved, names: newInterner(), want: map[cairn.ID]*replayed{}, keys: map[cairn.Key]cairn.ID{}, numbers: map[cairn.ID]int64{}, files: map[string]cairn.ID{}}
		for _, step := range []func() error{
			func() error { return k.file(s.db.integrity()) }, k.meta, k.log, k.entities, k.histories, k.keyIndex, k.numbering, k.blobs,
		} {
			if err := step(); err != nil {
				return err
			}
			if report.ChangeSets == 0 && len(report.Problems) > 0 {
				return nil // damaged pages: what else they hold proves nothing
			}
		}
		return nil
	})
	if err == nil {
		// Looking at all contents takes long; the database need not wait for it.
		err = (&shelfChecker{s: s, ctx: ctx, report: &report, progress: progress}).all(shelved)
	}
	return report, err
}

// checker looks at one moment of a database.
type checker struct {
	ctx    context.Context
	c      conn
	report *store.Report
	names  *interner
	nextID int64
	// want is what the log adds up to, keys and numbers what follows from it.
	want    map[cairn.ID]*replayed
	keys    map[cairn.Key]cairn.ID
	numbers map[cairn.ID]int64
	// files are the attached files by their contents.
	files map[string]cairn.ID
	// shelved are the stored files whose contents lie outside, by these.
	shelved map[string]namedBlob
}

// replayed is an entity as the log has it. Of the text only a hash is kept, so
// that a large workspace fits into memory.
type replayed struct {
	record
	hash [sha256.Size]byte
	// touched are the change sets that touch it, listed those of its history.
	touched, listed []int64
	// linked are those that made or removed a link to it: its history names them,
	// unless they are older than that.
	linked []int64
}

func (k *checker) problem(format string, args ...any) { k.report.Add(fmt.Sprintf(format, args...)) }

// each calls fn with every row of a query; fn scans it.
func (k *checker) each(text string, fn func(rows) error) error {
	return each(k.ctx, k.c, sql(text), fn)
}

// file asks the database itself.
func (k *checker) file(text string) error {
	if text == "" {
		return nil
	}
	return k.each(text, func(r rows) error {
		var line string
		err := r.scan(&line)
		if err == nil && line != "ok" {
			k.problem("The database file is damaged: %s", line)
		}
		return err
	})
}

func (k *checker) meta() error {
	ok, err := queryRow(k.ctx, k.c, sql(sqlMeta), &k.report.Seq, &k.nextID)
	if err == nil && !ok {
		k.problem("The next free id is missing")
	}
	return err
}

// log replays all change sets.
func (k *checker) log() error {
	last := int64(0)
	err := k.each(sqlLogAll, func(r rows) error {
		set, err := scanSet(r, 0, k.names)
		if err != nil {
			return err
		}
		if set.Seq != last+1 {
			k.problem("The log has a hole: the change set %d follows %d", set.Seq, last)
		}
		last = set.Seq
		k.report.ChangeSets++
		for i := range set.Changes {
			if err := k.replay(&set, &set.Changes[i]); err != nil {
				return err
			}
		}
		return nil
	})
	return err
}

// replay applies one change to what the log has added up to so far.
func (k *checker) replay(set *cairn.ChangeSet, c *cairn.Change) error {
	e := k.want[c.ID]
	if e == nil {
		e = &replayed{record: record{id: c.ID, kind: c.Kind}}
		k.want[c.ID] = e
	}
	if n := len(e.touched); n == 0 || e.touched[n-1] != set.Seq {
		e.touched = append(e.touched, set.Seq)
	}
	if l, ok := c.Link(); ok && k.want[l.To] != nil {
		k.want[l.To].linked = append(k.want[l.To].linked, set.Seq)
	}
	what := fmt.Sprintf("The change set %d", set.Seq)
	if c.Attr != "" || c.Deleted() {
		if !e.exists || e.kind != c.Kind {
			k.problem("%s changes the %s %d, which is not there", what, noun(c.Kind), c.ID)
			return nil
		}
	} else if e.exists {
		k.problem("%s creates the %s %d, which is there already", what, noun(c.Kind), c.ID)
	}
	e.version = set.Seq
	switch {
	case c.Deleted():
		e.exists = false
		return nil
	case c.Attr == "":
		return k.replayCreate(set, c, e)
	case c.Attr == long(c.Kind):
		return k.replayText(what, c, e)
	}
	attrs, err := parseAttrs(e.attrs, k.names)
	if err != nil {
		return err
	}
	if !sameValue(attrs[c.Attr], c.Old) {
		k.problem("%s says that %s of the %s %d was %s before, but it was %s", what, c.Attr, noun(c.Kind), c.ID, short(c.Old), short(attrs[c.Attr]))
	}
	attrs.Set(c.Attr, c.New)
	ms, err := sortedMembers(nil, nil, c.Kind, attrs)
	if err != nil {
		return err
	}
	e.attrs = appendMembers(nil, ms)
	return nil
}

func (k *checker) replayCreate(set *cairn.ChangeSet, c *cairn.Change, e *replayed) error {
	made, ok := store.Applied(cairn.Entity{}, set, *c)
	if !ok {
		k.problem("The change set %d holds no readable form of the %s %d", set.Seq, noun(c.Kind), c.ID)
		return nil
	}
	ms, err := sortedMembers(nil, nil, c.Kind, made.Attrs)
	if err != nil {
		return err
	}
	e.kind, e.project, e.parent, e.created, e.exists = made.Kind, made.Project, made.Parent, set.Seq, true
	e.attrs, e.hash = appendMembers(nil, ms), sha256.Sum256([]byte(made.Text))
	return nil
}

func (k *checker) replayText(what string, c *cairn.Change, e *replayed) error {
	var old, text string
	if !cairn.IsNull(c.Old) && json.Unmarshal(c.Old, &old) != nil || !cairn.IsNull(c.New) && json.Unmarshal(c.New, &text) != nil {
		k.problem("%s holds no readable %s of the %s %d", what, c.Attr, noun(c.Kind), c.ID)
		return nil
	}
	if sha256.Sum256([]byte(old)) != e.hash {
		k.problem("%s names another %s of the %s %d than the one before", what, c.Attr, noun(c.Kind), c.ID)
	}
	e.hash = sha256.Sum256([]byte(text))
	return nil
}

// entities compares the table with what the log adds up to.
func (k *checker) entities() error {
	seen := map[cairn.ID]bool{}
	err := k.each(sqlEntitiesAll, func(r rows) error {
		have, err := scanRecord(r, true)
		if err != nil {
			return err
		}
		k.report.Entities++
		seen[have.id] = true
		if int64(have.id) >= k.nextID {
			k.problem("The %s %d has an id that has not been given out yet", noun(have.kind), have.id)
		}
		want := k.want[have.id]
		if want == nil || !want.exists {
			k.problem("The %s %d is there, but not by the log", noun(have.kind), have.id)
			return nil
		}
		return k.compare(have, want)
	})
	if err != nil {
		return err
	}
	for _, id := range slices.Sorted(maps.Keys(k.want)) {
		if e := k.want[id]; e.exists && !seen[id] {
			k.problem("The %s %d is missing; by the log it is there", noun(e.kind), id)
		}
	}
	return nil
}

func (k *checker) compare(have *record, want *replayed) error {
	what := fmt.Sprintf("The %s %d", noun(have.kind), have.id)
	if have.kind != want.kind || have.project != want.project || have.parent != want.parent {
		k.problem("%s is of kind %s in project %d below %d; by the log it is of kind %s in project %d below %d",
			what, have.kind, have.project, have.parent, want.kind, want.project, want.parent)
	}
	if have.version != want.version || have.created != want.created {
		k.problem("%s has the version %d and was created by %d; by the log these are %d and %d", what, have.version, have.created, want.version, want.created)
	}
	if !bytes.Equal(have.attrs, want.attrs) {
		a, err := parseAttrs(have.attrs, k.names)
		if err != nil {
			k.problem("%s has attributes that cannot be read", what)
			return nil
		}
		b, err := parseAttrs(want.attrs, k.names)
		if err != nil {
			return err
		}
		for _, name := range slices.Sorted(maps.Keys(union(a, b))) {
			if string(a[name]) != string(b[name]) {
				k.problem("%s has %s as %s; by the log it is %s", what, name, short(a[name]), short(b[name]))
			}
		}
	}
	if sha256.Sum256([]byte(have.text)) != want.hash {
		k.problem("%s has another %s than by the log", what, long(have.kind))
	}
	e, err := have.entity(k.names)
	if err != nil {
		return nil // reported above
	}
	for _, key := range e.Keys() {
		k.keys[storedKey(key)] = e.ID
	}
	if e.Kind == cairn.KindFile {
		k.files[e.Attrs.Text("blob")] = e.ID
	}
	if n := 0; e.Kind == cairn.KindIdea && json.Unmarshal(e.Attrs["number"], &n) == nil {
		k.numbers[e.Project] = max(k.numbers[e.Project], int64(n))
	}
	return nil
}

// histories checks that every change set that touches an entity is found from
// the entity.
func (k *checker) histories() error {
	err := k.each(sqlTouchAll, func(r rows) error {
		var id, seq int64
		if err := r.scan(&id, &seq); err != nil {
			return err
		}
		e := k.want[cairn.ID(id)]
		if e == nil || !holds(e.touched, seq) && !holds(e.linked, seq) {
			k.problem("The history of the entity %d names the change set %d, which does not touch it", id, seq)
			return nil
		}
		e.listed = append(e.listed, seq)
		return nil
	})
	if err != nil {
		return err
	}
	for _, id := range slices.Sorted(maps.Keys(k.want)) {
		e := k.want[id]
		for _, seq := range e.touched {
			if !holds(e.listed, seq) && !(e.exists && seq == e.created) {
				k.problem("The history of the %s %d lacks the change set %d", noun(e.kind), id, seq)
			}
		}
	}
	return nil
}

// keyIndex compares the index of keys with the entities' own.
func (k *checker) keyIndex() error {
	err := k.each(sqlKeysAll, func(r rows) error {
		var key cairn.Key
		var id int64
		if err := r.scan(&key.Scope, &key.Name, &id); err != nil {
			return err
		}
		k.report.Keys++
		owner, ok := k.keys[key]
		if !ok || owner != cairn.ID(id) {
			k.problem("The key %s of %s belongs to the entity %d, by the entities to %d", short([]byte(key.Name)), key.Scope, id, owner)
		}
		delete(k.keys, key)
		return nil
	})
	for key, owner := range k.keys {
		k.problem("The key %s of %s, of the entity %d, is missing", short([]byte(key.Name)), key.Scope, owner)
	}
	return err
}

// numbering checks that no number of an idea can be given out again.
func (k *checker) numbering() error {
	next := map[cairn.ID]int64{}
	err := k.each(sqlNumbersAll, func(r rows) error {
		var project, n int64
		err := r.scan(&project, &n)
		next[cairn.ID(project)] = n
		return err
	})
	for _, project := range slices.Sorted(maps.Keys(k.numbers)) {
		if most := k.numbers[project]; max(1, next[project]) <= most {
			k.problem("The project %d would give out the number %d next, but has an idea with the number %d", project, max(1, next[project]), most)
		}
	}
	return err
}

// holds reports whether an ascending list has a number.
func holds(list []int64, n int64) bool {
	_, found := slices.BinarySearch(list, n)
	return found
}

func union(a, b cairn.Attrs) cairn.Attrs {
	u := maps.Clone(a)
	maps.Copy(u, b)
	return u
}

// short is a value in a sentence.
func short(v []byte) string {
	const most = 80
	switch {
	case len(v) == 0:
		return "nothing"
	case len(v) <= most:
		return string(v)
	}
	return strings.ToValidUTF8(string(v[:most]), "") + "…"
}
