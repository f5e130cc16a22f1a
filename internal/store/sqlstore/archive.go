package sqlstore

import (
	"context"
	"io"

	"cairn"
	"cairn/internal/store"
	"cairn/internal/store/archive"
)

const (
	sqlMetaAll       = sqlSeq + ", next_id, uid FROM meta"
	sqlEntitiesAll   = "SELECT " + entityColumns + ", body FROM entity ORDER BY id"
	sqlLogAll        = "SELECT " + logColumns + " FROM log ORDER BY seq"
	sqlNumbersAll    = "SELECT project, next FROM number ORDER BY project"
	sqlPrivateScope  = "SELECT " + privateColumns + " FROM private WHERE scope = ? ORDER BY name"
	sqlBlobsAll      = "SELECT name, id, size, shelf FROM blob ORDER BY name"
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
		a := &archiver{s: s, ctx: ctx, c: c, out: out}
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
	s   *Store
	ctx context.Context
	c   conn
	out *archive.Writer
}

// each calls fn with every row of a query, and writes what it makes of it.
func (a *archiver) each(q query, fn func(rows) (archive.Record, error)) error {
	return each(a.ctx, a.c, q, func(r rows) error {
		record, err := fn(r)
		if err != nil {
			return err
		}
		if err := a.out.Write(record); err != nil {
			return passed{err}
		}
		return nil
	})
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
	list, err := a.blobList(opts)
	if err != nil {
		return err
	}
	for _, b := range list {
		if b.row.shelf != "" {
			err = a.shelvedBlob(b, opts)
		} else {
			err = a.blobInParts(b)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// namedBlob is a row of the table blob with its key.
type namedBlob struct {
	key string
	row blobRow
}

func (a *archiver) blobList(opts store.ArchiveOptions) (list []namedBlob, err error) {
	if len(opts.Blobs) == 0 {
		return nil, nil
	}
	err = each(a.ctx, a.c, sql(sqlBlobsAll), func(r rows) error {
		var b namedBlob
		err := r.scan(&b.key, &b.row.id, &b.row.size, &b.row.shelf)
		if err == nil && opts.Holds(b.key) {
			list = append(list, b)
		}
		return err
	})
	return list, err
}

func (a *archiver) blobInParts(b namedBlob) error {
	if err := a.out.Write(archive.Record{Blob: &archive.Blob{Key: b.key, Size: b.row.size}}); err != nil {
		return passed{err}
	}
	return a.each(sql(sqlPartsOfBlobID, b.row.id), func(r rows) (archive.Record, error) {
		var p archive.Part
		err := r.scan(&p.Data)
		return archive.Record{Part: &p}, err
	})
}

// shelvedBlob writes a content from the shelf, in the same parts.
func (a *archiver) shelvedBlob(b namedBlob, opts store.ArchiveOptions) error {
	content, err := a.s.shelvedBlob(a.ctx, b.key, b.row)
	if err != nil {
		return a.missing(b, opts, err)
	}
	defer content.Close() // only read
	if err := a.out.Write(archive.Record{Blob: &archive.Blob{Key: b.key, Size: b.row.size}}); err != nil {
		return passed{err}
	}
	buf := make([]byte, partSize)
	for left := b.row.size; left > 0; {
		n, err := io.ReadFull(content, buf[:min(left, partSize)])
		if err != nil {
			return passed{err}
		}
		left -= int64(n)
		if err := a.out.Write(archive.Record{Part: &archive.Part{Data: buf[:n]}}); err != nil {
			return passed{err}
		}
	}
	return nil
}

// missing decides about a content that cannot be opened. One that was removed
// for good since the archive's moment is no loss.
func (a *archiver) missing(b namedBlob, opts store.ArchiveOptions, why error) error {
	still, err := a.s.hasContent(a.ctx, b)
	switch {
	case err != nil:
		return passed{err}
	case !still:
		return nil
	case opts.Missing == nil:
		return passed{why}
	}
	opts.Missing(b.key, why)
	return nil
}
