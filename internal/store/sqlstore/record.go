package sqlstore

import (
	"bytes"
	"context"
	"strings"

	"cairn"
)

// record is an entity as the tables hold it, inside one transaction.
type record struct {
	id      cairn.ID
	kind    cairn.Kind
	project cairn.ID
	parent  cairn.ID
	version int64
	// created is the change set that created it.
	created int64
	// attrs is the attributes object in compact form, by the order of names.
	attrs []byte
	text  string

	// stored is its row's created column, 0 when it has no row yet.
	stored int64
	// exists says that it is there after the writes so far.
	exists bool
	// dirty says that its row must be written.
	dirty bool
	// retext says that the text differs from the row's.
	retext bool
	// renewed says that it was deleted and created again, so that its whole row
	// must be written.
	renewed bool
}

const (
	entityColumns = "id, kind, project, parent, version, created, attrs"
	sqlEntity     = "SELECT " + entityColumns + ", body FROM entity WHERE id = ?"
)

// metaWith reads sqlMeta together with some entities, one a row: where the
// database is elsewhere this saves a round trip. A few texts serve all numbers of
// them; the id is 0 where there is none.
func metaWith(ids []int64) query {
	room := 1
	for room < len(ids) {
		room *= 4
	}
	args := make([]any, room)
	for i := range args {
		args[i] = ids[min(i, len(ids)-1)] // the last one again, for want of more
	}
	return query{"SELECT " + sqlLastSeq + ", next_id, coalesce(e.id, 0), coalesce(e.kind, ''), coalesce(e.project, 0), coalesce(e.parent, 0), " +
		"coalesce(e.version, 0), coalesce(e.created, 0), coalesce(e.attrs, ''), coalesce(e.body, '') " +
		"FROM meta LEFT JOIN entity e ON e.id IN (?" + strings.Repeat(", ?", room-1) + ")", args}
}

// scanRecord reads a row of entityColumns, and body when withText is set, behind
// other columns.
func scanRecord(r rows, withText bool, before ...any) (*record, error) {
	var id, project, parent, version, created int64
	var kind string
	rec := &record{exists: true}
	dest := append(before, &id, &kind, &project, &parent, &version, &created, &rec.attrs)
	if withText {
		dest = append(dest, &rec.text)
	}
	if err := r.scan(dest...); err != nil {
		return nil, err
	}
	rec.id, rec.kind, rec.project, rec.parent = cairn.ID(id), cairn.Kind(kind), cairn.ID(project), cairn.ID(parent)
	rec.version, rec.created, rec.stored = version, created, created
	return rec, nil
}

// readRecord reads one entity's row; nil when there is none.
func readRecord(ctx context.Context, c conn, id cairn.ID) (*record, error) {
	r, err := c.query(ctx, sqlEntity, int64(id))
	if err != nil {
		return nil, err
	}
	var rec *record
	if r.next() {
		if rec, err = scanRecord(r, true); err != nil {
			_ = r.close()
			return nil, err
		}
	}
	return rec, r.close()
}

// entity returns the record as an Entity that shares no memory a writer
// changes: attrs is replaced, never edited.
func (r *record) entity(names *interner) (cairn.Entity, error) {
	attrs, err := parseAttrs(r.attrs, names)
	return r.with(attrs), err
}

// with returns the record as an Entity with these attributes, which are its own.
func (r *record) with(attrs cairn.Attrs) cairn.Entity {
	return cairn.Entity{
		ID: r.id, Kind: r.kind, Project: r.project, Parent: r.parent, Version: r.version,
		Attrs: attrs, Text: r.text,
	}
}

// noun is the word for the entity in a sentence.
func noun(k cairn.Kind) string {
	if info, ok := k.Info(); ok {
		return info.Noun
	}
	return string(k)
}

// long is the name of the kind's long attribute, "" for none.
func long(k cairn.Kind) string {
	info, _ := k.Info()
	return info.Long
}

// diff appends to dst the changes that lead from the old attributes to the new;
// both are in the order of names.
func diff(dst []cairn.Change, r *record, old, new []member) []cairn.Change {
	for len(old) > 0 || len(new) > 0 {
		c := cairn.Change{Kind: r.kind, ID: r.id}
		switch {
		case len(new) == 0 || len(old) > 0 && old[0].name < new[0].name:
			c.Attr, c.Old = old[0].name, old[0].value
			old = old[1:]
		case len(old) == 0 || new[0].name < old[0].name:
			c.Attr, c.New = new[0].name, new[0].value
			new = new[1:]
		default:
			c.Attr, c.Old, c.New = new[0].name, old[0].value, new[0].value
			old, new = old[1:], new[1:]
			if bytes.Equal(c.Old, c.New) {
				continue
			}
		}
		dst = append(dst, c)
	}
	return dst
}
