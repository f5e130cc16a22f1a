package app

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"cairn"
	"cairn/internal/store"
)

// What is deleted stays in the storage for a while, so that undo can bring it
// back; see FILE-9 in docs/spec/conversation.md.

const (
	// defaultKeepFiles is how long deleted files are kept for undo.
	defaultKeepFiles = 90 * 24 * time.Hour
	// keepLeftovers is how old contents without a row are when they go.
	keepLeftovers = 24 * time.Hour
	// sweepFilesEvery is how often it is looked for what can go, sweepFilesFirst
	// how long after a start.
	sweepFilesEvery = 6 * time.Hour
	sweepFilesFirst = 5 * time.Minute
	// sweepPage is how many files are looked at, and how many removed, in one step.
	sweepPage = 500

	scopeGoneFile  = "file-gone"  // key: the content's; since when nobody has it
	scopeSweepTurn = "file-sweep" // key: "": when the last sweep began
)

// Swept says what a sweep removed.
type Swept struct {
	// Files were deleted long ago, Thumbnails have no image any more, Leftovers
	// belonged to no file at all.
	Files, Thumbnails, Leftovers int
}

// sweepFiles sweeps now and then until the app ends. The nodes on a database
// take turns.
func (a *App) sweepFiles(ctx context.Context) {
	next := time.NewTimer(sweepFilesFirst)
	defer next.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-next.C:
		}
		mine, err := a.takeSweepTurn(ctx)
		var swept Swept
		if err == nil && mine {
			swept, err = a.SweepFiles(ctx)
		}
		switch {
		case err != nil && ctx.Err() == nil:
			a.logger.Warn("files that nobody has any more were not removed", "err", err)
		case swept != Swept{}:
			a.logger.Info("removed files that nobody has any more", "files", swept.Files, "thumbnails", swept.Thumbnails, "leftovers", swept.Leftovers)
		}
		next.Reset(sweepFilesEvery)
	}
}

// takeSweepTurn reports whether this node is the one to sweep now.
func (a *App) takeSweepTurn(ctx context.Context) (mine bool, err error) {
	_, err = a.write(ctx, System("files"), 0, func(tx store.Tx) error {
		last, ok, err := tx.Private(scopeSweepTurn, "")
		if err != nil || ok && last.CreatedAt.After(tx.Now().Add(-sweepFilesEvery/2)) {
			return err
		}
		mine = true
		return putPrivate(tx, store.Private{Scope: scopeSweepTurn}, true)
	})
	return mine && err == nil, err
}

// SweepFiles removes what was deleted too long ago for undo, beginning with the
// oldest; thumbnails of images that are gone; and what broken uploads have left.
func (a *App) SweepFiles(ctx context.Context) (out Swept, err error) {
	gone, err := a.goneFiles(ctx)
	if err != nil {
		return out, err
	}
	if out.Files, err = a.dropGone(ctx, a.files.limits.tooOld(gone, a.now())); err != nil {
		return out, err
	}
	if out.Thumbnails, err = a.sweepThumbnails(ctx); err != nil {
		return out, err
	}
	out.Leftovers, err = a.store.Sweep(ctx, a.now().Add(-keepLeftovers))
	return out, err
}

// goneFile is a content that no attached file has.
type goneFile struct {
	key   string
	size  int64
	since time.Time
}

// tooOld returns those that go: kept longer than undo may take, or the oldest of
// what is more than all attached files together may take.
func (l FileLimits) tooOld(gone []goneFile, now time.Time) (drop []string) {
	total := int64(0)
	for _, g := range gone {
		total += g.size
	}
	slices.SortFunc(gone, func(x, y goneFile) int { return x.since.Compare(y.since) })
	for _, g := range gone {
		age := now.Sub(g.since)
		if age < l.Keep && (total <= l.All || age < keepLeftovers) {
			break
		}
		drop = append(drop, g.key)
		total -= g.size
	}
	return drop
}

// goneFiles looks at all contents of attached files, page by page, and notes
// since when nobody has them.
func (a *App) goneFiles(ctx context.Context) (gone []goneFile, err error) {
	keys := store.Prefix(cairn.BlobOfFile)
	for {
		page, err := a.store.Blobs(ctx, keys, sweepPage)
		if err != nil {
			return nil, err
		}
		span := keys
		if len(page) == sweepPage {
			span.To = page[len(page)-1].Key + "\x01"
		}
		found, err := a.noteGone(ctx, page, span)
		if err != nil {
			return nil, err
		}
		gone = append(gone, found...)
		if len(page) < sweepPage {
			return gone, nil
		}
		keys.From = span.To
	}
}

// noteGone returns those of a page that nobody has, and brings the notes about
// the page's stretch of keys up to date.
func (a *App) noteGone(ctx context.Context, page []store.BlobInfo, span store.Range) (gone []goneFile, err error) {
	noted := make(map[string]time.Time)
	for from := span; ; {
		notes, err := a.store.PrivateRange(ctx, scopeGoneFile, from, sweepPage)
		if err != nil {
			return nil, err
		}
		for _, n := range notes {
			noted[n.Key] = n.CreatedAt
		}
		if len(notes) < sweepPage {
			break
		}
		from.From = notes[len(notes)-1].Key + "\x01"
	}
	var fresh []string
	for _, b := range page {
		owner, err := a.store.Lookup(ctx, cairn.BlobKey(b.Key))
		if err != nil {
			return nil, err
		}
		if owner != 0 {
			continue
		}
		since, known := noted[b.Key]
		delete(noted, b.Key)
		if !known {
			since, fresh = a.now(), append(fresh, b.Key)
		}
		gone = append(gone, goneFile{b.Key, b.Size, since})
	}
	if len(fresh)+len(noted) == 0 {
		return gone, nil
	}
	_, err = a.write(ctx, System("files"), 0, func(tx store.Tx) error {
		for _, key := range fresh {
			if err := tx.PutPrivate(store.Private{Scope: scopeGoneFile, Key: key, CreatedAt: a.now(), Value: json.RawMessage("true")}); err != nil {
				return err
			}
		}
		for key := range noted { // brought back, or removed
			if err := tx.DropPrivate(scopeGoneFile, key); err != nil {
				return err
			}
		}
		return nil
	})
	return gone, err
}

// dropGone removes contents that still nobody has. Whether that is so is asked in
// the transaction that drops the row, after which an undo finds it missing: the
// two cannot miss each other, on whichever nodes they are.
func (a *App) dropGone(ctx context.Context, keys []string) (dropped int, err error) {
	for part := range slices.Chunk(keys, sweepPage) {
		n := 0
		_, err := a.write(ctx, System("files"), 0, func(tx store.Tx) error {
			n = 0
			for _, key := range part {
				owner, err := tx.Lookup(cairn.BlobKey(key))
				if err != nil {
					return err
				}
				if err := tx.DropPrivate(scopeGoneFile, key); err != nil {
					return err
				}
				if owner != 0 {
					continue
				}
				if err := tx.DropBlob(key); err != nil {
					return err
				}
				n++
			}
			return nil
		})
		if err != nil {
			return dropped, err
		}
		dropped += n
	}
	return dropped, nil
}

// sweepThumbnails removes the small pictures of images that no idea has; they can
// be made again.
func (a *App) sweepThumbnails(ctx context.Context) (dropped int, err error) {
	keys := store.Prefix(thumbnailBlob(""))
	page, err := a.store.Blobs(ctx, keys, sweepPage)
	if err != nil || len(page) == 0 {
		return 0, err
	}
	have := make(map[string]bool)
	if _, err := a.store.Scan(ctx, store.Query{Kinds: []cairn.Kind{cairn.KindFile}}, func(e cairn.Entity) error {
		have[e.Attrs.Text("sha256")] = true
		return nil
	}); err != nil {
		return 0, err
	}
	for {
		for _, b := range page {
			if have[strings.TrimPrefix(b.Key, thumbnailBlob(""))] || b.At.After(a.now().Add(-keepLeftovers)) {
				continue
			}
			if err := a.store.DropBlob(ctx, b.Key); err != nil {
				return dropped, err
			}
			dropped++
		}
		if len(page) < sweepPage {
			return dropped, nil
		}
		keys.From = page[len(page)-1].Key + "\x01"
		if page, err = a.store.Blobs(ctx, keys, sweepPage); err != nil {
			return dropped, err
		}
	}
}

// lostFile returns the file that a change would bring back without its content:
// that was removed for good. nil is every other change.
func lostFile(tx store.Tx, c cairn.Change) (*cairn.File, error) {
	if c.Kind != cairn.KindFile || !c.Created() {
		return nil, nil
	}
	e, ok := store.Applied(cairn.Entity{}, &cairn.ChangeSet{Seq: tx.Seq()}, c)
	if !ok {
		return nil, nil
	}
	f, err := cairn.FileOf(e)
	if err != nil {
		return nil, err
	}
	if there, err := tx.HasBlob(f.Blob); err != nil || there {
		return nil, err
	}
	return &f, nil
}
