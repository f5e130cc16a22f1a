package sqlstore

import (
	"context"
	"strings"

	"cairn"
	"cairn/internal/store"
)

// partsOf splits a query into one part per kind; without kinds it is one part.
func partsOf(q store.Query) []store.Query {
	if len(q.Kinds) == 0 {
		return []store.Query{q}
	}
	parts := make([]store.Query, 0, len(q.Kinds))
	for _, k := range q.Kinds {
		part := q
		part.Kinds = []cairn.Kind{k}
		parts = append(parts, part)
	}
	return parts
}

// scanQuery is the statement of a part: the columns of its rows in the order of
// their ids.
func scanQuery(q store.Query, columns string) query {
	var b strings.Builder
	var args []any
	b.WriteString("SELECT " + columns)
	if q.Text {
		b.WriteString(", body")
	}
	b.WriteString(" FROM entity WHERE id > ?")
	args = append(args, int64(q.After))
	if len(q.Kinds) > 0 {
		b.WriteString(" AND kind = ?")
		args = append(args, string(q.Kinds[0]))
	}
	if q.Project != 0 {
		b.WriteString(" AND project = ?")
		args = append(args, int64(q.Project))
	}
	if q.Parent != 0 {
		// The second condition lets the databases use the index of parents.
		b.WriteString(" AND parent = ? AND parent <> 0")
		args = append(args, int64(q.Parent))
	}
	b.WriteString(" ORDER BY id")
	if q.Limit > 0 {
		b.WriteString(" LIMIT ?")
		args = append(args, int64(q.Limit))
	}
	return query{b.String(), args}
}

// Scan implements store.Store.
func (s *Store) Scan(ctx context.Context, q store.Query, yield func(cairn.Entity) error) (seq int64, err error) {
	err = s.readAll(ctx, func(c conn) error {
		if err := c.begin(ctx, modeRead); err != nil {
			return err
		}
		defer c.rollback(ctx)
		if _, err := queryRow(ctx, c, sql(sqlSeq), &seq); err != nil {
			return err
		}
		left := q.Limit
		for _, part := range partsOf(q) {
			part.Limit = left
			n, err := scanRows(ctx, c, part, yield)
			if err != nil {
				return err
			}
			if q.Limit > 0 {
				if left -= n; left <= 0 {
					return nil
				}
			}
		}
		return nil
	})
	return seq, err
}

// scanRows yields the rows of one part and returns how many there were. It does
// not read the columns that the query has fixed: a scan of many is bound by
// what it copies.
func scanRows(ctx context.Context, c conn, q store.Query, yield func(cairn.Entity) error) (n int, err error) {
	var id, project, parent, version int64
	var kind, text string
	var attrs []byte
	columns, dest := "id, version, attrs", []any{&id, &version, &attrs}
	add := func(name string, to any) { columns, dest = columns+", "+name, append(dest, to) }
	if len(q.Kinds) > 0 {
		kind = string(q.Kinds[0])
	} else {
		add("kind", &kind)
	}
	if project = int64(q.Project); project == 0 {
		add("project", &project)
	}
	if parent = int64(q.Parent); parent == 0 {
		add("parent", &parent)
	}
	stmt := scanQuery(q, columns)
	if q.Text {
		dest = append(dest, &text)
	}
	r, err := c.query(ctx, stmt.sql, stmt.args...)
	if err != nil {
		return 0, err
	}
	names := newInterner()
	for r.next() {
		if r.scan(dest...) != nil {
			break // close returns it
		}
		e := cairn.Entity{
			ID: cairn.ID(id), Kind: cairn.Kind(kind), Project: cairn.ID(project), Parent: cairn.ID(parent),
			Version: version, Text: text,
		}
		e.Attrs, err = parseAttrs(attrs, names)
		if err == nil {
			err = yield(e)
		}
		if err != nil {
			_ = r.close()
			return n, passed{err}
		}
		n++
	}
	return n, r.close()
}

// passed marks an error of the caller's own function, which is returned to it
// as it is.
type passed struct{ error }

func (p passed) Unwrap() error { return p.error }
