package sqlstore

import (
	"context"
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

// blobs compares the stored files with their contents in the database, and with
// the attached files that they belong to.
func (k *checker) blobs() error {
	unused := 0
	err := k.each(sqlBlobSizes, func(r rows) error {
		var b namedBlob
		var have int64
		err := r.scan(&b.key, &b.row.size, &b.row.shelf, &have)
		k.report.Blobs++
		if b.row.shelf != "" {
			k.shelved[b.row.shelf] = b
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
		k.report.Notes = append(k.report.Notes, fmt.Sprintf("%d files were deleted or never finished; they are kept for undo and removed in time", unused))
	}
	return nil
}

// shelfChecker looks at what lies outside the database. Meanwhile files come and
// go: what has no row any more is no problem.
type shelfChecker struct {
	s      *Store
	ctx    context.Context
	report *store.Report
	// progress hears how many contents were read; nil when none are.
	progress func(read, all int)
}

// all compares the rows, by the names of their contents, with what there is.
func (k *shelfChecker) all(want map[string]namedBlob) error {
	if k.s.shelf == nil {
		if len(want) > 0 {
			k.report.Add(fmt.Sprintf("The contents of %d files lie outside the database, and this Cairn was not told where: run it with the --files of the server", len(want)))
		}
		return nil
	}
	folder, err := k.s.folder(k.ctx)
	if err != nil {
		return err
	}
	extra, bytes := 0, int64(0)
	have := make(map[string]int64, len(want)) // sizes of what was listed
	err = k.s.shelf.List(k.ctx, folder, func(c store.Shelved) error {
		if _, known := want[c.Name]; known {
			have[c.Name] = c.Size
		} else if time.Since(c.At) > time.Hour { // younger: on its way in
			extra++
			bytes += c.Size
		}
		return nil
	})
	if err != nil {
		return err
	}
	for n, name := range slices.Sorted(maps.Keys(want)) {
		problem, err := k.listed(want[name], have), error(nil)
		if problem == "" && k.progress != nil {
			k.progress(n, len(want))
			problem, err = k.content(want[name])
		}
		if err == nil && problem != "" {
			err = k.stands(want[name], problem)
		}
		if err != nil {
			return err
		}
	}
	if extra > 0 {
		k.report.Notes = append(k.report.Notes, fmt.Sprintf("%d contents in %s, %d bytes, belong to no file; the server removes them in time", extra, k.s.shelf, bytes))
	}
	return nil
}

// listed compares one content with what was listed: by its name and size.
func (k *shelfChecker) listed(b namedBlob, have map[string]int64) (problem string) {
	n, there := have[b.row.shelf]
	switch {
	case !there:
		return k.missing(b)
	case n != b.row.size:
		return k.short(b, n)
	}
	return ""
}

func (k *shelfChecker) missing(b namedBlob) string {
	return fmt.Sprintf("The content of the stored file %q is missing in %s: there is no %s", b.key, k.s.shelf, b.row.shelf)
}

func (k *shelfChecker) short(b namedBlob, n int64) string {
	return fmt.Sprintf("The stored file %q has %d of its %d bytes in %s: %s", b.key, n, b.row.size, k.s.shelf, b.row.shelf)
}

// content reads one content to its end and returns what is wrong with it.
func (k *shelfChecker) content(b namedBlob) (problem string, err error) {
	content, err := k.s.shelf.Open(k.ctx, b.row.shelf)
	if cairn.CodeOf(err) == cairn.CodeNotFound {
		return k.missing(b), nil
	}
	if err != nil {
		return "", err
	}
	defer content.Close() // only read
	sum := sha256.New()
	n, err := io.Copy(sum, content)
	switch {
	case err != nil:
		return "", err
	case n != b.row.size:
		problem = k.short(b, n)
	case hex.EncodeToString(sum.Sum(nil)) != store.ShelvedSum(b.row.shelf):
		problem = fmt.Sprintf("The content of the stored file %q in %s is damaged: %s", b.key, k.s.shelf, b.row.shelf)
	}
	return problem, nil
}

// stands notes a problem of a file that is still there.
func (k *shelfChecker) stands(b namedBlob, problem string) error {
	still, err := k.s.hasContent(k.ctx, b)
	if err == nil && still {
		k.report.Add(problem)
	}
	return err
}
