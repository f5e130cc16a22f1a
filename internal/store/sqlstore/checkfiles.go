package sqlstore

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"time"

	"cairn"
	"cairn/internal/store"
)

const sqlBlobSizes = "SELECT name, size, shelf, (SELECT coalesce(sum(length(data)), 0) FROM blob_part p WHERE p.id = b.id) FROM blob b ORDER BY name"

// blobs compares the stored files with their contents, wherever these lie, and
// with the attached files that they belong to.
func (k *checker) blobs() error {
	shelved, unused := map[string]namedBlob{}, 0
	err := k.each(sqlBlobSizes, func(r rows) error {
		var b namedBlob
		var have int64
		err := r.scan(&b.key, &b.row.size, &b.row.shelf, &have)
		k.report.Blobs++
		if b.row.shelf != "" {
			shelved[b.row.shelf] = b
		} else if err == nil && b.row.size != have {
			k.problem("The stored file %q has %d of its %d bytes", b.key, have, b.row.size)
		}
		if _, used := k.files[b.key]; !used && strings.HasPrefix(b.key, cairn.BlobOfFile) {
			unused++
		}
		delete(k.files, b.key)
		return err
	})
	if err != nil {
		return err
	}
	for _, key := range slices.Sorted(maps.Keys(k.files)) {
		k.problem("The attached file %d has no content: %q is not stored", k.files[key], key)
	}
	if unused > 0 {
		k.note("%d files were deleted or never finished; they are kept for undo and removed in time", unused)
	}
	return k.shelf(shelved)
}

func (k *checker) note(format string, args ...any) {
	k.report.Notes = append(k.report.Notes, fmt.Sprintf(format, args...))
}

// shelf compares the rows with what lies on the shelf.
func (k *checker) shelf(want map[string]namedBlob) error {
	if k.s.shelf == nil {
		if len(want) > 0 {
			k.problem("The contents of %d files lie outside the database, and this Cairn was not told where: run it with the --files of the server", len(want))
		}
		return nil
	}
	folder, err := k.s.folder(k.ctx)
	if err != nil {
		return passed{err}
	}
	extra, bytes := 0, int64(0)
	err = k.s.shelf.List(k.ctx, folder, func(c store.Shelved) error {
		if _, known := want[c.Name]; !known && time.Since(c.At) > time.Hour { // younger: on its way in
			extra++
			bytes += c.Size
		}
		return nil
	})
	if err != nil {
		return passed{err}
	}
	for _, name := range slices.Sorted(maps.Keys(want)) {
		if err := k.content(want[name]); err != nil {
			return err
		}
	}
	if extra > 0 {
		k.note("%d contents in %s, %d bytes, belong to no file; the server removes them in time", extra, k.s.shelf, bytes)
	}
	return nil
}

// content reads one content to its end.
func (k *checker) content(b namedBlob) error {
	content, err := k.s.shelf.Open(k.ctx, b.row.shelf)
	if cairn.CodeOf(err) == cairn.CodeNotFound {
		k.problem("The content of the stored file %q is missing in %s: there is no %s", b.key, k.s.shelf, b.row.shelf)
		return nil
	}
	if err != nil {
		return passed{err}
	}
	defer content.Close() // only read
	sum := sha256.New()
	n, err := io.Copy(sum, content)
	switch {
	case err != nil:
		return passed{err}
	case n != b.row.size:
		k.problem("The stored file %q has %d of its %d bytes in %s: %s", b.key, n, b.row.size, k.s.shelf, b.row.shelf)
	case hex.EncodeToString(sum.Sum(nil)) != store.ShelvedSum(b.row.shelf):
		k.problem("The content of the stored file %q in %s is damaged: %s", b.key, k.s.shelf, b.row.shelf)
	}
	return nil
}
