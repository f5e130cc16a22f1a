package sqlstore

import (
	"strconv"
	"strings"

	"cairn"
)

const (
	sqlLastSeq      = "(SELECT coalesce(max(seq), 0) FROM log)"
	sqlSeq          = "SELECT " + sqlLastSeq
	sqlMeta         = sqlSeq + ", next_id FROM meta"
	sqlNextID       = "UPDATE meta SET next_id = ?"
	sqlNumber       = "SELECT next FROM number WHERE project = ?"
	sqlNumberPut    = "INSERT INTO number (project, next) VALUES (?, ?) ON CONFLICT (project) DO UPDATE SET next = excluded.next"
	sqlEntityInsert = "INSERT INTO entity (" + entityColumns + ", body) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
	sqlEntityAttrs  = "UPDATE entity SET version = ?, attrs = ? WHERE id = ?"
	sqlEntityText   = "UPDATE entity SET version = ?, attrs = ?, body = ? WHERE id = ?"
	sqlEntityDelete = "DELETE FROM entity WHERE id = ?"
	sqlLogInsert    = "INSERT INTO log (seq, at, actor, project, grp, reason, origin, changes) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
	sqlTouchInsert  = "INSERT INTO log_entity (entity, seq) VALUES (?, ?) ON CONFLICT DO NOTHING"
)

// flush sends what a transaction's function wrote.
func (t *tx) flush() error {
	if err := t.flushEntities(); err != nil {
		return err
	}
	if err := t.flushKeys(); err != nil {
		return err
	}
	for project, next := range t.numbers {
		if err := t.exec(sqlNumberPut, int64(project), next); err != nil {
			return err
		}
	}
	for _, o := range t.ops {
		if err := t.exec(o.sql, o.args...); err != nil {
			return err
		}
	}
	if len(t.changes) == 0 {
		return nil
	}
	return t.flushLog()
}

func (t *tx) exec(sql string, args ...any) error { return t.b.conn.exec(t.b.ctx, sql, args...) }

// manyRows is how many entities one statement inserts where there are as many.
const manyRows = 32

// sqlEntityInserts inserts manyRows entities.
var sqlEntityInserts = sqlEntityInsert + strings.Repeat(", (?, ?, ?, ?, ?, ?, ?, ?)", manyRows-1)

// flushEntities writes what changed, then what is new.
func (t *tx) flushEntities() error {
	fresh := t.b.w.fresh[:0]
	for _, r := range t.touched {
		if err := t.flushOld(r); err != nil {
			return err
		}
		if r.exists && (r.stored == 0 || r.renewed) {
			fresh = append(fresh, r)
		}
	}
	t.b.w.fresh = fresh
	for len(fresh) > 0 {
		n, text := 1, sqlEntityInsert
		if len(fresh) >= manyRows {
			n, text = manyRows, sqlEntityInserts
		}
		args := make([]any, 0, 8*n) // the connection may keep them until it sends them
		for _, r := range fresh[:n] {
			args = append(args, int64(r.id), string(r.kind), int64(r.project), int64(r.parent),
				r.version, r.created, string(r.attrs), r.text)
		}
		if err := t.exec(text, args...); err != nil {
			return err
		}
		fresh = fresh[n:]
	}
	return nil
}

// flushOld writes what becomes of a record's row, and where its history is.
func (t *tx) flushOld(r *record) error {
	id := int64(r.id)
	// entity.created leads to the change set that created the entity; every
	// other one that touches it has a row in log_entity, and so has that one
	// once the entity is gone.
	if r.created != t.seq || !r.exists || r.renewed {
		if err := t.exec(sqlTouchInsert, id, t.seq); err != nil {
			return err
		}
	}
	switch {
	case r.stored == 0:
		return nil
	case !r.exists || r.renewed:
		if err := t.exec(sqlTouchInsert, id, r.stored); err != nil {
			return err
		}
		return t.exec(sqlEntityDelete, id)
	case r.retext:
		return t.exec(sqlEntityText, r.version, string(r.attrs), r.text, id)
	}
	return t.exec(sqlEntityAttrs, r.version, string(r.attrs), id)
}

// flushKeys writes the keys that changed hands: all old ones go first.
func (t *tx) flushKeys() error {
	owned := t.rekeyed[:0] // nothing is written after this
	for _, k := range t.rekeyed {
		if t.moved[k] {
			if err := t.exec(sqlKeyDelete, k.Scope, k.Name); err != nil {
				return err
			}
		}
		if t.keys[k] != 0 {
			owned = append(owned, k)
		}
	}
	for len(owned) > 0 {
		n, text := 1, sqlKeyInsert
		if len(owned) >= manyRows {
			n, text = manyRows, sqlKeyInserts
		}
		args := make([]any, 0, 3*n)
		for _, k := range owned[:n] {
			args = append(args, k.Scope, k.Name, int64(t.keys[k]))
		}
		if err := t.exec(text, args...); err != nil {
			return err
		}
		owned = owned[n:]
	}
	return nil
}

// flushLog writes the change set. That a link was made or removed is told at its
// target as well, which may be of another project and so not be among what changed.
func (t *tx) flushLog() error {
	m := t.meta
	for i := range t.changes {
		if l, ok := t.changes[i].Link(); ok && l.To != 0 {
			if err := t.exec(sqlTouchInsert, int64(l.To), t.seq); err != nil {
				return err
			}
		}
	}
	return t.exec(sqlLogInsert, t.seq, t.now.UnixMicro(), int64(m.Actor), int64(m.Project),
		m.Group, m.Reason, m.Origin, changesJSON(t.changes, t.size))
}

// changesJSON is the changes column of the log; size is a guess at its length.
func changesJSON(changes []cairn.Change, size int) string {
	buf := make([]byte, 0, size+64*len(changes)+64)
	buf = append(buf, '[')
	for i := range changes {
		if i > 0 {
			buf = append(buf, ',')
		}
		buf = appendChange(buf, &changes[i])
	}
	return string(append(buf, ']'))
}

// set is the change set that the transaction became; Seq is 0 when it changed
// no entity.
func (t *tx) set() cairn.ChangeSet {
	set := cairn.ChangeSet{
		At: t.now, Actor: t.meta.Actor, Project: t.meta.Project, Group: t.meta.Group,
		Reason: t.meta.Reason, Origin: t.meta.Origin, Changes: t.changes,
	}
	if len(t.changes) > 0 {
		set.Seq = t.seq
	}
	return set
}

// check refuses a change set that could not be told from the log alone: what it
// creates or deletes belongs to its project, which the log does not repeat per
// change; what it changes belongs to its project or to the whole workspace.
func (t *tx) check() error {
	for _, s := range []struct{ name, text string }{{"group", t.meta.Group}, {"reason", t.meta.Reason}, {"origin", t.meta.Origin}} {
		if !plain(s.text) {
			return cairn.Invalid(s.name, "The %s is not valid UTF-8 text without the character U+0000", s.name)
		}
	}
	for _, r := range t.touched {
		whole := r.stored == 0 || !r.exists || r.renewed
		fits := r.project == t.meta.Project || r.project == 0 && !whole
		if r.kind == cairn.KindProject {
			fits = r.project == 0
		}
		if !fits {
			return cairn.Errorf(cairn.CodeInternal,
				"A change set of project %s cannot hold the %s %d, which belongs to project %s",
				strconv.FormatInt(int64(t.meta.Project), 10), noun(r.kind), r.id, r.project)
		}
	}
	return nil
}
