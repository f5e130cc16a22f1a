package sqlstore

import (
	"context"
	"io"

	"cairn"
	"cairn/internal/store"
	"cairn/internal/store/archive"
)

const (
	sqlMetaAll       = "SELECT seq, next_id, uid FROM meta"
	sqlEntitiesAll   = "SELECT " + entityColumns + ", body FROM entity ORDER BY id"
	sqlLogAll        = "SELECT " + logColumns + " FROM log ORDER BY seq"
	sqlNumbersAll    = "SELECT project, next FROM number ORDER BY project"
	sqlPrivateScope  = "SELECT " + privateColumns + " FROM private WHERE scope = ? ORDER BY name"
	sqlBlobsAll      = "SELECT name, id, size FROM blob ORDER BY name"
	sqlPartsOfBlobID = "SELECT data FROM blob_part WHERE id = ? ORDER BY part"
)

var _ store.Keeper = (*Store)(nil)

// Archive implements store.Keeper.
func (s *Store) Archive(ctx context.Context, w io.Writer, opts store.ArchiveOptions) error {
	return s.readAll(ctx, func(c conn) error {
		if err := c.begin(ctx, modeRead); err != nil {
			return err
		}
		defer c.rollback(ctx)
		var h archive.Header
		var nextID int64
		if _, err := queryRow(ctx, c, sql(sqlMetaAll), &h.Seq, &nextID, &h.Workspace); err != nil {
			return err
		}
		h.NextID = cairn.ID(nextID)
		out, err := archive.NewWriter(w, h)
		if err != nil {
			return passed{err}
		}
		a := &archiver{ctx: ctx, c: c, out: out}
		for _, part := range []func(store.ArchiveOptions) error{a.entities, a.log, a.numbers, a.privates, a.blobs} {
			if err := part(opts); err != nil {
				return err
			}
		}
		if err := out.Close(); err != nil {
			return passed{err}
		}
		return nil
	})
}

// archiver writes one archive from one moment of the database.
type archiver struct {
	ctx context.Context
	c   conn
	out *archive.Writer
}

// each calls fn with every row of a query, and writes what it makes of it.
func (a *archiver) each(q query, fn func(rows) (archive.Record, error)) error {
	r, err := a.c.query(a.ctx, q.sql, q.args...)
	if err != nil {
		return err
	}
	for r.next() {
		record, err := fn(r)
		if err != nil {
			break // close returns it
		}
		if err := a.out.Write(record); err != nil {
			_ = r.close()
			return passed{err}
		}
	}
	return r.close()
}

func (a *archiver) entities(store.ArchiveOptions) error {
	return a.each(sql(sqlEntitiesAll), func(r rows) (archive.Record, error) {
		e, err := scanRecord(r, true)
		if err != nil {
			return archive.Record{}, err
		}
		return archive.Record{Entity: &archive.Entity{
			ID: e.id, Kind: e.kind, Project: e.project, Parent: e.parent,
			Version: e.version, Created: e.created, Attrs: e.attrs, Text: e.text,
		}}, nil
	})
}

func (a *archiver) log(store.ArchiveOptions) error {
	return a.each(sql(sqlLogAll), func(r rows) (archive.Record, error) {
		var s archive.Set
		var actor, project int64
		var changes []byte
		err := r.scan(&s.Seq, &s.At, &actor, &project, &s.Group, &s.Reason, &s.Origin, &changes)
		s.Actor, s.Project, s.Changes = cairn.ID(actor), cairn.ID(project), changes
		return archive.Record{Set: &s}, err
	})
}

func (a *archiver) numbers(store.ArchiveOptions) error {
	return a.each(sql(sqlNumbersAll), func(r rows) (archive.Record, error) {
		var project, next int64
		err := r.scan(&project, &next)
		return archive.Record{Number: &archive.Number{Project: cairn.ID(project), Next: next}}, err
	})
}

func (a *archiver) privates(opts store.ArchiveOptions) error {
	for _, scope := range sortedScopes(opts.Scopes) {
		err := a.each(sql(sqlPrivateScope, scope), func(r rows) (archive.Record, error) {
			var p archive.Private
			var owner int64
			var value []byte
			err := r.scan(&p.Scope, &p.Key, &owner, &value, &p.Created, &p.Expires)
			p.Owner, p.Value = cairn.ID(owner), value
			return archive.Record{Private: &p}, err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func (a *archiver) blobs(opts store.ArchiveOptions) error {
	if !opts.Blobs {
		return nil
	}
	var list []archive.Blob
	var ids []int64
	r, err := a.c.query(a.ctx, sqlBlobsAll)
	if err != nil {
		return err
	}
	for r.next() {
		var b archive.Blob
		var id int64
		if r.scan(&b.Key, &id, &b.Size) != nil {
			break
		}
		list, ids = append(list, b), append(ids, id)
	}
	if err := r.close(); err != nil {
		return err
	}
	for i := range list {
		if err := a.out.Write(archive.Record{Blob: &list[i]}); err != nil {
			return passed{err}
		}
		err := a.each(sql(sqlPartsOfBlobID, ids[i]), func(r rows) (archive.Record, error) {
			var p archive.Part
			err := r.scan(&p.Data)
			return archive.Record{Part: &p}, err
		})
		if err != nil {
			return err
		}
	}
	return nil
}
