package sqlstore

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"math/rand/v2"
	"slices"
	"time"

	"cairn"
	"cairn/internal/store"
	"cairn/internal/store/archive"
)

const (
	sqlMetaRestore  = "UPDATE meta SET next_id = ?, uid = ?"
	sqlKeyRestore   = sqlKeyInsert + " ON CONFLICT DO NOTHING"
	sqlKeyCount     = "SELECT count(*) FROM entity_key"
	sqlTouchRestore = "INSERT INTO log_entity (entity, seq) SELECT ?, ? WHERE NOT EXISTS (SELECT 1 FROM entity WHERE id = ? AND created = ?) ON CONFLICT DO NOTHING"
	sqlShelvedAll   = "SELECT shelf FROM blob WHERE shelf <> ''"
	// sqlEmpty counts what a store that was never used has not.
	sqlEmpty = "SELECT (SELECT count(*) FROM log) + (SELECT count(*) FROM entity) + (SELECT count(*) FROM private) + (SELECT count(*) FROM blob)"
)

// tables are all that hold content, but for meta.
var tables = [...]string{"blob_part", "blob", "private", "number", "log_entity", "log", "entity_key", "entity"}

// flushEvery is how many records of an archive are sent together.
const flushEvery = 200

// sortedScopes returns the scopes in order, each once.
func sortedScopes(scopes []string) []string {
	return slices.Compact(slices.Sorted(slices.Values(scopes)))
}

// Restore implements store.Keeper. The database's transaction is the whole
// archive: what is cut off or damaged leaves nothing.
func (s *Store) Restore(ctx context.Context, r io.Reader, opts store.RestoreOptions) error {
	in, err := archive.NewReader(r)
	if err != nil {
		return err
	}
	defer in.Close()
	w := &restorer{ctx: ctx, in: in, names: newInterner(), shelf: s.shelf}
	if w.folder, err = s.folder(ctx); err != nil {
		return err
	}
	var old []string
	err = s.exclusive(ctx, func(c conn) (err error) {
		w.c = c
		if old, err = makeEmpty(ctx, c, opts); err != nil {
			return err
		}
		return w.all()
	})
	if err != nil {
		s.unshelve(ctx, w.shelved)
		return err
	}
	s.unshelve(ctx, old)
	return nil
}

// makeEmpty refuses a database in use, or removes what is in it. It returns the
// contents on the shelf that nobody has then.
func makeEmpty(ctx context.Context, c conn, opts store.RestoreOptions) (shelved []string, err error) {
	var n int64
	if _, err := queryRow(ctx, c, sql(sqlEmpty), &n); err != nil {
		return nil, err
	}
	if n > 0 && !opts.Replace {
		return nil, cairn.Conflict("The database is in use already: it holds a workspace. Restore into an empty one, or say that this one is to be replaced")
	}
	if n == 0 {
		return nil, nil
	}
	err = each(ctx, c, sql(sqlShelvedAll), func(r rows) error {
		var name string
		err := r.scan(&name)
		shelved = append(shelved, name)
		return err
	})
	if err != nil {
		return nil, err
	}
	for _, table := range tables {
		if err := c.exec(ctx, "DELETE FROM "+table); err != nil {
			return nil, err
		}
	}
	return shelved, nil
}

// restorer writes the records of an archive.
type restorer struct {
	ctx   context.Context
	c     conn
	in    *archive.Reader
	names *interner

	shelf  store.Shelf
	folder string
	// shelved are the contents that were put on the shelf.
	shelved []string

	waiting int
	keys    int64
	maxID   cairn.ID
	blob    int64 // the id of the file that is being restored
	part    int64
}

// all writes every record of the archive.
func (w *restorer) all() error {
	for {
		record, err := w.in.Next()
		if errors.Is(err, io.EOF) {
			return w.end(w.in.Header)
		}
		if err == nil {
			err = w.ctx.Err()
		}
		if err == nil {
			err = w.put(record)
		}
		if err != nil {
			return err
		}
	}
}

func (w *restorer) exec(text string, args ...any) error {
	if err := w.c.exec(w.ctx, text, args...); err != nil {
		return err
	}
	if w.waiting++; w.waiting < flushEvery {
		return nil
	}
	w.waiting = 0
	return w.c.flush(w.ctx)
}

// badRecord refuses a record with content that no store has written.
func badRecord(what string, id any) error {
	return cairn.Errorf(cairn.CodeInvalid, "The archive cannot be used: its %s %v is not well-formed. Nothing was restored; get a whole copy of it", what, id)
}

func (w *restorer) put(r archive.Record) error {
	switch {
	case r.Entity != nil:
		return w.entity(r.Entity)
	case r.Set != nil:
		return w.set(r.Set)
	case r.Number != nil:
		return w.exec(sqlNumberPut, int64(r.Number.Project), r.Number.Next)
	case r.Private != nil:
		return w.private(r.Private)
	case r.Blob != nil:
		return w.file(r.Blob)
	case r.Part != nil:
		err := w.exec(sqlPartInsert, w.blob, w.part, int64(0), r.Part.Data)
		w.part++
		return err
	}
	return badRecord("record", "")
}

// file begins a stored file; with a shelf its content goes there at once.
func (w *restorer) file(b *archive.Blob) error {
	if !plain(b.Key) || b.Key == "" {
		return badRecord("file", b.Key)
	}
	now := time.Now().UnixMicro()
	if w.shelf == nil {
		w.blob, w.part = rand.Int64(), 0
		return w.exec(sqlBlobPut, b.Key, w.blob, b.Size, "", now)
	}
	put, err := w.shelf.Put(w.ctx, w.folder, &partReader{in: w.in, left: b.Size})
	if err != nil {
		return err
	}
	w.shelved = append(w.shelved, put.Name)
	return w.exec(sqlBlobPut, b.Key, int64(0), b.Size, put.Name, now)
}

// partReader reads a file's content from the parts that follow in an archive.
type partReader struct {
	in   *archive.Reader
	left int64
	data []byte
}

// Read implements io.Reader.
func (p *partReader) Read(b []byte) (int, error) {
	if len(p.data) == 0 && p.left == 0 {
		return 0, io.EOF
	}
	if len(p.data) == 0 {
		record, err := p.in.Next()
		if err != nil {
			return 0, err
		}
		if record.Part == nil {
			return 0, badRecord("file", "")
		}
		p.data = record.Part.Data
		p.left -= int64(len(p.data))
	}
	n := copy(b, p.data)
	p.data = p.data[n:]
	return n, nil
}

func (w *restorer) entity(e *archive.Entity) error {
	var attrs cairn.Attrs
	if json.Unmarshal(e.Attrs, &attrs) != nil || attrs == nil || e.ID <= 0 || !plain(string(e.Kind)) || checkText(e.Kind, e.Text) != nil {
		return badRecord("entity", e.ID)
	}
	ms, err := sortedMembers(nil, nil, e.Kind, attrs)
	if err != nil {
		return badRecord("entity", e.ID)
	}
	w.maxID = max(w.maxID, e.ID)
	err = w.exec(sqlEntityInsert, int64(e.ID), string(e.Kind), int64(e.Project), int64(e.Parent), e.Version, e.Created,
		string(appendMembers(nil, ms)), e.Text)
	if err != nil {
		return err
	}
	owned := cairn.Entity{ID: e.ID, Kind: e.Kind, Project: e.Project, Parent: e.Parent, Attrs: attrs}
	for _, k := range owned.Keys() {
		k = storedKey(k)
		w.keys++
		if err := w.exec(sqlKeyRestore, k.Scope, k.Name, int64(e.ID)); err != nil {
			return err
		}
	}
	return nil
}

func (w *restorer) set(s *archive.Set) error {
	changes, err := wellFormed(s.Changes)
	if err != nil || len(changes) == 0 || !plain(s.Group) || !plain(s.Reason) || !plain(s.Origin) {
		return badRecord("change set", s.Seq)
	}
	err = w.exec(sqlLogInsert, s.Seq, s.At, int64(s.Actor), int64(s.Project), s.Group, s.Reason, s.Origin,
		changesJSON(changes, len(s.Changes)))
	if err != nil {
		return err
	}
	for i := range changes {
		if l, ok := changes[i].Link(); ok && l.To != 0 {
			if err := w.exec(sqlTouchInsert, int64(l.To), s.Seq); err != nil {
				return err
			}
		}
	}
	for id, whole := range touchedBy(changes) {
		w.maxID = max(w.maxID, id)
		text, args := sqlTouchInsert, []any{int64(id), s.Seq}
		if whole {
			text, args = sqlTouchRestore, append(args, int64(id), s.Seq)
		}
		if err := w.exec(text, args...); err != nil {
			return err
		}
	}
	return nil
}

// wellFormed decodes the changes of a set from outside.
func wellFormed(raw json.RawMessage) ([]cairn.Change, error) {
	var changes []cairn.Change
	if err := json.Unmarshal(raw, &changes); err != nil {
		return nil, err
	}
	for i := range changes {
		c := &changes[i]
		for _, v := range []*json.RawMessage{&c.Old, &c.New} {
			if len(*v) == 0 {
				continue
			}
			small, ok := compact(*v)
			if !ok {
				return nil, errJSON
			}
			*v = small
		}
		if c.ID <= 0 || !plain(string(c.Kind)) || !plain(c.Attr) {
			return nil, errJSON
		}
	}
	return changes, nil
}

// touchedBy returns the entities that changes touch; the value says that the
// first of them creates the entity.
func touchedBy(changes []cairn.Change) map[cairn.ID]bool {
	touched := make(map[cairn.ID]bool, len(changes))
	for i := range changes {
		c := &changes[i]
		if _, seen := touched[c.ID]; !seen {
			touched[c.ID] = c.Created()
		}
	}
	return touched
}

func (w *restorer) private(p *archive.Private) error {
	value, ok := compact(p.Value)
	if !ok || !plain(p.Scope) || !plain(p.Key) || p.Scope == "" {
		return badRecord("private record", p.Key)
	}
	return w.exec(sqlPrivatePut, p.Scope, p.Key, int64(p.Owner), string(value), p.Created, p.Expires)
}

// end checks what only shows at the end, and makes the content the store's.
func (w *restorer) end(h archive.Header) error {
	var n int64
	if _, err := queryRow(w.ctx, w.c, sql(sqlKeyCount), &n); err != nil {
		return err
	}
	switch {
	case n != w.keys:
		return cairn.Errorf(cairn.CodeInvalid, "The archive cannot be used: %d of its keys, such as e-mail addresses, belong to two entities. Nothing was restored", w.keys-n)
	case h.NextID <= w.maxID || !plain(h.Workspace):
		return badRecord("header", "")
	}
	return w.c.exec(w.ctx, sqlMetaRestore, int64(h.NextID), h.Workspace)
}
