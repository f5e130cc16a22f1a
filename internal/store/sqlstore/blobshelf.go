package sqlstore

import (
	"context"
	"io"
	"time"

	"cairn"
	"cairn/internal/store"
)

const (
	sqlShelfFolder = "SELECT shelf FROM meta"
	sqlShelved     = "SELECT count(*) FROM blob WHERE shelf = ?"
	sqlBlobsRange  = "SELECT name, size, at FROM blob WHERE name >= ? AND name < ? ORDER BY name LIMIT ?"
	sqlBlobsFrom   = "SELECT name, size, at FROM blob WHERE name >= ? ORDER BY name LIMIT ?"
)

// errNoShelf says that a content lies where this process was not told to look.
var errNoShelf = cairn.Errorf(cairn.CodeUnavailable, "The content of this file lies outside the database, and this Cairn was not told where. Start it with the --files that it had before")

// folder is where on the shelf the contents of this database lie.
func (s *Store) folder(ctx context.Context) (folder string, err error) {
	if known := s.shelfFolder.Load(); known != nil {
		return *known, nil
	}
	err = s.read(ctx, func(c conn) error {
		_, err := queryRow(ctx, c, sql(sqlShelfFolder), &folder)
		return err
	})
	if err == nil {
		s.shelfFolder.Store(&folder)
	}
	return folder, err
}

// putOnShelf is PutBlob for a store with a shelf: the content is durable there
// before its row is written.
func (s *Store) putOnShelf(ctx context.Context, key string, r io.Reader) (int64, error) {
	folder, err := s.folder(ctx)
	if err != nil {
		return 0, err
	}
	put, err := s.shelf.Put(ctx, folder, r)
	if err != nil {
		return 0, err
	}
	_, err = s.Write(ctx, store.Meta{}, func(t store.Tx) error {
		return t.(*tx).putBlob(key, blobRow{size: put.Size, shelf: put.Name})
	})
	if err != nil {
		s.unshelve(ctx, []string{put.Name})
		return 0, err
	}
	return put.Size, nil
}

// unshelve removes contents that no row speaks of any more. What cannot be
// removed now is found by Sweep.
func (s *Store) unshelve(ctx context.Context, names []string) {
	for _, name := range names {
		if s.shelf != nil {
			_ = s.shelf.Remove(context.WithoutCancel(ctx), name)
		}
	}
}

// shelvedBlob opens a content on the shelf.
func (s *Store) shelvedBlob(ctx context.Context, key string, row blobRow) (store.Blob, error) {
	if s.shelf == nil {
		return nil, errNoShelf
	}
	b, err := s.shelf.Open(ctx, row.shelf)
	switch {
	case cairn.CodeOf(err) == cairn.CodeNotFound:
		return nil, cairn.Errorf(cairn.CodeUnavailable, "The content of %s is missing in %s. Put it back from a copy; `cairn check` names all that are missing", key, s.shelf)
	case err != nil:
		return nil, err
	case b.Size() != row.size:
		_ = b.Close()
		return nil, cairn.Errorf(cairn.CodeUnavailable, "The content of %s in %s is damaged: it has %d bytes, not %d. Put it back from a copy; `cairn check` names all that are damaged", key, s.shelf, b.Size(), row.size)
	}
	return b, nil
}

// Blobs implements store.Store.
func (s *Store) Blobs(ctx context.Context, keys store.Range, limit int) (out []store.BlobInfo, err error) {
	err = s.read(ctx, func(c conn) error {
		out = nil
		q := sql(sqlBlobsRange, keys.From, keys.To, int64(limit))
		if keys.To == "" {
			q = sql(sqlBlobsFrom, keys.From, int64(limit))
		}
		return each(ctx, c, q, func(r rows) error {
			var one store.BlobInfo
			var at int64
			err := r.scan(&one.Key, &one.Size, &at)
			one.At = time.UnixMicro(at)
			out = append(out, one)
			return err
		})
	})
	return out, err
}

// Sweep implements store.Store. A content is on the shelf before its row is
// written and gets no row later, so that an old one without is a leftover.
func (s *Store) Sweep(ctx context.Context, before time.Time) (removed int, err error) {
	if err := s.beside(ctx, sql(sqlPartsOrphan, before.UnixMicro())); err != nil {
		return 0, err
	}
	if s.shelf == nil {
		return 0, nil
	}
	folder, err := s.folder(ctx)
	if err != nil {
		return 0, err
	}
	err = s.shelf.List(ctx, folder, func(c store.Shelved) error {
		if !c.At.Before(before) {
			return nil
		}
		var n int64
		err := s.read(ctx, func(conn conn) error {
			_, err := queryRow(ctx, conn, sql(sqlShelved, c.Name), &n)
			return err
		})
		if err != nil || n > 0 {
			return err
		}
		removed++
		return s.shelf.Remove(ctx, c.Name)
	})
	return removed, err
}

// blobRow is a row of the table blob.
type blobRow struct {
	id, size int64
	shelf    string
}

// blobRowOf reads a row; ok is false when there is none.
func blobRowOf(ctx context.Context, c conn, key string) (row blobRow, ok bool, err error) {
	ok, err = queryRow(ctx, c, sql(sqlBlob, key), &row.id, &row.size, &row.shelf)
	return row, ok, err
}

// hasContent reports whether a stored file is still there, with that content.
func (s *Store) hasContent(ctx context.Context, b namedBlob) (still bool, err error) {
	err = s.read(ctx, func(c conn) error {
		now, there, err := blobRowOf(ctx, c, b.key)
		still = there && now.shelf == b.row.shelf
		return err
	})
	return still, err
}

// HasBlob implements store.Tx.
func (t *tx) HasBlob(key string) (bool, error) {
	if err := t.usable(); err != nil {
		return false, err
	}
	if has, own := t.blobs[key]; own {
		return has, nil
	}
	_, ok, err := blobRowOf(t.b.ctx, t.b.conn, key)
	if err != nil {
		return false, t.b.broken(err)
	}
	return ok, nil
}

// DropBlob implements store.Tx.
func (t *tx) DropBlob(key string) error {
	if t.blobs == nil {
		t.blobs = make(map[string]bool)
	}
	t.blobs[key] = false
	return t.replaceBlob(key, sql(sqlBlobDelete, key))
}

// putBlob writes a blob's row.
func (t *tx) putBlob(key string, row blobRow) error {
	return t.replaceBlob(key, sql(sqlBlobPut, key, row.id, row.size, row.shelf, t.now.UnixMicro()))
}

// replaceBlob takes away what a key has, then does what comes in its place.
func (t *tx) replaceBlob(key string, then query) error {
	if err := t.usable(); err != nil {
		return err
	}
	old, ok, err := blobRowOf(t.b.ctx, t.b.conn, key)
	if err != nil {
		return t.b.broken(err)
	}
	if ok && old.shelf != "" {
		t.unshelved = append(t.unshelved, old.shelf)
	} else if ok {
		t.op(sqlPartsOfID, old.id)
	}
	t.op(then.sql, then.args...)
	return nil
}
