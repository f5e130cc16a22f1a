package sqlstore

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"sync"
	"time"

	"cairn"
	"cairn/internal/store"
)

// partSize is the size of all parts of a blob but the last.
const partSize = 256 << 10

// orphanAge is how old parts without a blob are when they count as left over,
// orphanEvery how often they are looked for.
const (
	orphanAge   = 24 * time.Hour
	orphanEvery = time.Hour
)

const (
	sqlBlob        = "SELECT id, size, shelf FROM blob WHERE name = ?"
	sqlBlobPut     = "INSERT INTO blob (name, id, size, shelf, at) VALUES (?, ?, ?, ?, ?) ON CONFLICT (name) DO UPDATE SET id = excluded.id, size = excluded.size, shelf = excluded.shelf, at = excluded.at"
	sqlBlobDelete  = "DELETE FROM blob WHERE name = ?"
	sqlPart        = "SELECT data FROM blob_part WHERE id = ? AND part = ?"
	sqlPartInsert  = "INSERT INTO blob_part (id, part, at, data) VALUES (?, ?, ?, ?)"
	sqlPartsOfID   = "DELETE FROM blob_part WHERE id = ?"
	sqlPartsOrphan = "DELETE FROM blob_part WHERE at < ? AND id NOT IN (SELECT id FROM blob)"
)

// PutBlob implements store.Store. Without a shelf, each part is written on its own, so that a
// slow reader r holds up nobody; the last write makes the blob appear.
func (s *Store) PutBlob(ctx context.Context, key string, r io.Reader) (size int64, err error) {
	if key == "" || !plain(key) {
		return 0, cairn.Errorf(cairn.CodeInternal, "A stored file needs a key without U+0000")
	}
	if s.shelf != nil {
		return s.putOnShelf(ctx, key, r)
	}
	id := rand.Int64()
	buf := make([]byte, partSize)
	for part := int64(0); ; part++ {
		n, err := fill(r, buf)
		if n > 0 {
			if err := s.beside(ctx, sql(sqlPartInsert, id, part, time.Now().UnixMicro(), buf[:n])); err != nil {
				return 0, s.dropParts(ctx, id, err)
			}
			size += int64(n)
		}
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return 0, s.dropParts(ctx, id, err)
		}
	}
	now := time.Now()
	// What broken uploads have left is looked for now and then.
	last := s.swept.Load()
	sweep := now.UnixMicro()-last > orphanEvery.Microseconds() && s.swept.CompareAndSwap(last, now.UnixMicro())
	_, err = s.Write(ctx, store.Meta{}, func(t store.Tx) error {
		own := t.(*tx)
		if sweep {
			own.op(sqlPartsOrphan, now.Add(-orphanAge).UnixMicro())
		}
		return own.putBlob(key, blobRow{id: id, size: size})
	})
	if err != nil {
		return 0, s.dropParts(ctx, id, err)
	}
	return size, nil
}

// dropParts removes the parts of a blob that could not be finished and returns
// why it could not.
func (s *Store) dropParts(ctx context.Context, id int64, why error) error {
	// Parts that cannot be removed now are removed as left over later.
	_ = s.beside(context.WithoutCancel(ctx), sql(sqlPartsOfID, id))
	return why
}

// beside runs statements beside the log in one transaction.
func (s *Store) beside(ctx context.Context, ops ...query) error {
	_, err := s.Write(ctx, store.Meta{}, func(t store.Tx) error {
		own := t.(*tx)
		for _, o := range ops {
			own.op(o.sql, o.args...)
			for _, a := range o.args {
				if b, ok := a.([]byte); ok {
					own.size += len(b)
				}
			}
		}
		return nil
	})
	return err
}

// DropBlob implements store.Store.
func (s *Store) DropBlob(ctx context.Context, key string) error {
	_, err := s.Write(ctx, store.Meta{}, func(t store.Tx) error { return t.DropBlob(key) })
	return err
}

// fill reads until buf is full. Unlike io.ReadFull it tells the end of r (io.EOF)
// from an upload that broke off (io.ErrUnexpectedEOF).
func fill(r io.Reader, buf []byte) (n int, err error) {
	for n < len(buf) && err == nil {
		var more int
		more, err = r.Read(buf[n:])
		n += more
	}
	return n, err
}

// Blob implements store.Store.
func (s *Store) Blob(ctx context.Context, key string) (store.Blob, error) {
	var row blobRow
	found := false
	err := s.read(ctx, func(c conn) (err error) {
		row, found, err = blobRowOf(ctx, c, key)
		return err
	})
	switch {
	case err != nil:
		return nil, err
	case !found:
		return nil, cairn.NotFound("The stored file")
	case row.shelf != "":
		return s.shelvedBlob(ctx, key, row)
	}
	parts := &blobParts{s: s, ctx: ctx, key: key, id: row.id, size: row.size, part: -1}
	return blob{io.NewSectionReader(parts, 0, row.size), parts}, nil
}

// blob reads a stored file, on and on or from anywhere.
type blob struct {
	*io.SectionReader
	parts *blobParts
}

// ReadAt implements io.ReaderAt. It reads past the section reader, which takes
// reading nothing at the end of a file for an end of it.
func (b blob) ReadAt(p []byte, at int64) (int, error) { return b.parts.ReadAt(p, at) }

// Close implements io.Closer; nothing is held open.
func (blob) Close() error { return nil }

// blobParts reads a stored file part by part and keeps the last part.
type blobParts struct {
	s    *Store
	ctx  context.Context
	key  string
	id   int64
	size int64

	mu   sync.Mutex
	part int64
	data []byte
}

// ReadAt implements io.ReaderAt.
func (b *blobParts) ReadAt(p []byte, at int64) (n int, err error) {
	if at < 0 {
		return 0, fmt.Errorf("read the stored file %s at %d", b.key, at)
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	for n < len(p) {
		m, err := b.readPart(p[n:], at+int64(n))
		n += m
		if err != nil {
			return n, err
		}
	}
	return n, nil
}

// readPart copies what one part holds from a position on.
func (b *blobParts) readPart(p []byte, at int64) (int, error) {
	if at >= b.size {
		return 0, io.EOF
	}
	if part := at / partSize; part != b.part {
		var data []byte
		found := false
		err := b.s.read(b.ctx, func(c conn) (err error) {
			found, err = queryRow(b.ctx, c, sql(sqlPart, b.id, part), &data)
			return err
		})
		if err != nil {
			return 0, err
		}
		if !found {
			return 0, cairn.Conflict("The stored file was replaced or removed while it was read; open it again")
		}
		b.part, b.data = part, data
	}
	from := at - b.part*partSize
	if from >= int64(len(b.data)) {
		return 0, io.ErrUnexpectedEOF
	}
	return copy(p, b.data[from:]), nil
}
