package app

import (
	"bytes"
	"cmp"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"slices"
	"sync"
	"time"

	"cairn"
	"cairn/internal/store"
)

// FileLimits bound what is attached, in bytes; 0 is the default.
type FileLimits struct {
	// One is the largest file: 25 MiB. All is what the workspace holds: 10 GiB.
	One, All int64
	// Keep is how long what was deleted can be brought back: 90 days.
	Keep time.Duration
}

const (
	defaultFile  = 25 << 20
	defaultFiles = 10 << 30
)

func (l FileLimits) orDefault() FileLimits {
	if l.One <= 0 {
		l.One = defaultFile
	}
	if l.All <= 0 {
		l.All = defaultFiles
	}
	if l.Keep <= 0 {
		l.Keep = defaultKeepFiles
	}
	return l
}

// files counts what is attached in the whole workspace. It moves only by
// applying the log.
type files struct {
	limits FileLimits
	mu     sync.Mutex
	sizes  map[cairn.ID]int64
	gone   map[cairn.ID]bool // deleted before the scan reached them
	total  int64
	// of are the insights by the files that are attached to them, on how many each has.
	of map[cairn.ID]cairn.ID
	on map[cairn.ID]int
	// coming is what is on its way in.
	coming int64
}

func newFiles(limits FileLimits) *files {
	return &files{
		limits: limits.orDefault(), sizes: make(map[cairn.ID]int64), gone: make(map[cairn.ID]bool),
		of: make(map[cairn.ID]cairn.ID), on: make(map[cairn.ID]int),
	}
}

func (x *files) load(ctx context.Context, st store.Store) error {
	_, err := st.Scan(ctx, store.Query{Kinds: []cairn.Kind{cairn.KindFile}}, func(e cairn.Entity) error {
		f, err := cairn.FileOf(e)
		x.mu.Lock()
		defer x.mu.Unlock()
		if !x.gone[e.ID] {
			x.put(&f)
		}
		return err
	})
	return err
}

func (x *files) put(f *cairn.File) {
	x.drop(f.ID)
	x.total += f.Size
	x.sizes[f.ID] = f.Size
	if f.On == cairn.KindInsight {
		x.of[f.ID] = f.Parent
		x.on[f.Parent]++
	}
}

func (x *files) drop(id cairn.ID) {
	x.total -= x.sizes[id]
	delete(x.sizes, id)
	insight, ok := x.of[id]
	if !ok {
		return
	}
	delete(x.of, id)
	if x.on[insight]--; x.on[insight] == 0 {
		delete(x.on, insight)
	}
}

// attached counts the files of some insights.
func (x *files) attached(insights []cairn.ID) (n int) {
	x.mu.Lock()
	defer x.mu.Unlock()
	for _, id := range insights {
		n += x.on[id]
	}
	return n
}

func (x *files) apply(sets []cairn.ChangeSet) {
	x.mu.Lock()
	defer x.mu.Unlock()
	for i := range sets {
		for _, c := range sets[i].Changes {
			switch {
			case c.Kind != cairn.KindFile:
			case c.Deleted():
				x.drop(c.ID)
				x.gone[c.ID] = true
			case c.Created():
				if e, ok := store.Applied(cairn.Entity{}, &sets[i], c); ok {
					if f, err := cairn.FileOf(e); err == nil {
						delete(x.gone, c.ID)
						x.put(&f)
					}
				}
			}
		}
	}
}

// left is how much may still be attached.
func (x *files) left() int64 {
	x.mu.Lock()
	defer x.mu.Unlock()
	return x.limits.All - x.total - x.coming
}

// expect counts n bytes more that are on their way in, or are not any more; it
// reports whether they fit.
func (x *files) expect(n int64) bool {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.coming += n
	return x.total+x.coming <= x.limits.All
}

// NewFile is a file on its way in.
type NewFile struct {
	Name    string
	Content io.Reader
}

// Files returns what is attached to something and to its parts, oldest first.
// Those of an insight are for everybody who sees it (EVD-9).
func (a *App) Files(ctx context.Context, by Caller, on About) ([]cairn.File, error) {
	var project cairn.ID
	if on.Kind == cairn.KindInsight {
		i, _, err := a.readableInsight(by, on.ID)
		if err != nil {
			return nil, err
		}
		on.ID, project = i.ID, i.Project
	} else {
		p, err := a.about(ctx, by, &on, cairn.ReadProject)
		if err != nil {
			return nil, err
		}
		project = p.ID
	}
	var out []cairn.File
	for _, id := range a.discussed(ctx, on) {
		if _, err := a.store.Scan(ctx, store.Query{Kinds: []cairn.Kind{cairn.KindFile}, Project: project, Parent: id}, func(e cairn.Entity) error {
			f, err := cairn.FileOf(e)
			out = append(out, f)
			return err
		}); err != nil {
			return nil, err
		}
	}
	slices.SortFunc(out, func(x, y cairn.File) int { return cmp.Compare(x.ID, y.ID) })
	return out, nil
}

// AttachFile keeps a file with an idea, a view or an insight. Its content is whole in the
// store before the log speaks of it; what fails on the way leaves nothing.
func (a *App) AttachFile(ctx context.Context, by Caller, on About, in NewFile) (cairn.File, error) {
	p, err := a.about(ctx, by, &on, cairn.AttachFile)
	if err != nil {
		return cairn.File{}, err
	}
	f, done, err := a.takeFile(ctx, in)
	defer done()
	if err != nil {
		return f, err
	}
	f.Project, f.Parent, f.On, f.Author = p.ID, on.ID, on.Kind, by.User
	_, err = a.write(ctx, by, p.ID, func(tx store.Tx) error {
		about, err := tx.Entity(on.ID)
		if err != nil {
			return err // deleted meanwhile
		}
		first, err := firstImage(tx, &f)
		if err != nil {
			return err
		}
		if err := createFile(tx, &f); err != nil || !first {
			return err
		}
		return coverWith(tx, by, about, f.ID)
	})
	if err != nil {
		return f, errors.Join(err, a.store.DropBlob(context.WithoutCancel(ctx), f.Blob))
	}
	return f, a.tellOfFile(ctx, by, &f)
}

// takeFile stores the content of a file before the log speaks of it. It counts as
// on its way in until done is called, which may be done in any case.
func (a *App) takeFile(ctx context.Context, in NewFile) (f cairn.File, done func(), err error) {
	f.Blob = newFileBlob()
	limited := &fileLimit{r: in.Content, left: a.files.limits.One, all: a.files}
	if f.Name, err = cairn.CleanFileName(in.Name); err == nil {
		err = a.storeFile(ctx, &f, limited)
	}
	return f, limited.done, err
}

// createFile lets the log speak of a file whose content is stored.
func createFile(tx store.Tx, f *cairn.File) error {
	f.CreatedAt = tx.Now()
	e, err := f.Entity()
	if err != nil {
		return err
	}
	f.ID, err = tx.Create(e)
	f.Version = tx.Seq()
	return err
}

// tellOfFile lets the readers of other projects hear that an insight of their
// ideas got a file or lost one.
func (a *App) tellOfFile(ctx context.Context, by Caller, f *cairn.File) error {
	if f.On != cairn.KindInsight {
		return nil
	}
	i, ok := a.evidence.insight(a.evidence.wholeOf(f.Parent))
	if !ok {
		return nil
	}
	return a.spreadInsight(ctx, by, i)
}

func newFileBlob() string {
	var b [16]byte
	rand.Read(b[:]) // never fails
	return cairn.BlobOfFile + hex.EncodeToString(b[:])
}

// storeFile puts the content into the store and says what it is.
func (a *App) storeFile(ctx context.Context, f *cairn.File, limited *fileLimit) error {
	if a.files.left() <= 0 {
		return cairn.Errorf(cairn.CodeTooLarge, "The attached files of this workspace take the %s that they may. Delete some, or ask who runs this server to raise the limit", bytesFor(a.files.limits.All))
	}
	head := make([]byte, headSize)
	n, err := io.ReadFull(limited, head)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return err
	}
	if n == 0 {
		return cairn.Invalid("file", "The file is empty")
	}
	head = head[:n]
	is := recognise(head)
	f.Type, f.Width, f.Height = is.media, is.width, is.height
	sum := sha256.New()
	f.Size, err = a.store.PutBlob(ctx, f.Blob, io.TeeReader(io.MultiReader(bytes.NewReader(head), limited), sum))
	f.SHA256 = hex.EncodeToString(sum.Sum(nil))
	return err
}

// fileLimit ends a file that is too large, with an error that says the limit.
type fileLimit struct {
	r io.Reader
	// left is how much this file may still have, read how much it has.
	left, read int64
	all        *files
}

// Read reads up to one byte beyond the limit. What it has read counts for others
// at once, so that files that come together do not pass the limit together.
func (l *fileLimit) Read(p []byte) (int, error) {
	if most := l.left + 1; int64(len(p)) > most {
		p = p[:most]
	}
	n, err := l.r.Read(p)
	l.left -= int64(n)
	l.read += int64(n)
	fits := l.all.expect(int64(n))
	switch {
	case l.left < 0:
		return 0, cairn.Errorf(cairn.CodeTooLarge, "The file is larger than %s, the most that can be attached here", bytesFor(l.all.limits.One))
	case !fits:
		return 0, cairn.Errorf(cairn.CodeTooLarge, "With this file the attached files of the workspace would take more than the %s that they may", bytesFor(l.all.limits.All))
	}
	return n, err
}

// done says that the file is in, or did not get there.
func (l *fileLimit) done() { l.all.expect(-l.read) }

// bytesFor writes a number of bytes for people.
func bytesFor(n int64) string {
	for _, u := range []struct {
		size int64
		name string
	}{{1 << 30, "GiB"}, {1 << 20, "MiB"}, {1 << 10, "KiB"}} {
		if n >= u.size && n%u.size == 0 {
			return fmt.Sprintf("%d %s", n/u.size, u.name)
		}
	}
	return fmt.Sprintf("%d bytes", n)
}

// OpenFile returns an attached file with its content, for who may see what it is
// attached to.
func (a *App) OpenFile(ctx context.Context, by Caller, id cairn.ID) (cairn.File, store.Blob, error) {
	f, err := a.file(ctx, by, id, cairn.ReadProject)
	if err != nil {
		return f, nil, err
	}
	blob, err := a.store.Blob(ctx, f.Blob)
	return f, blob, err
}

// DeleteFile takes an attached file away; undo brings it back.
func (a *App) DeleteFile(ctx context.Context, by Caller, id cairn.ID) error {
	f, err := a.file(ctx, by, id, cairn.DeleteFile)
	if err != nil {
		return err
	}
	_, err = a.write(ctx, by, f.Project, func(tx store.Tx) error {
		if err := uncover(tx, by, &f); err != nil {
			return err
		}
		return tx.Delete(id)
	})
	if err != nil {
		return err
	}
	return a.tellOfFile(ctx, by, &f)
}

func (a *App) file(ctx context.Context, by Caller, id cairn.ID, verb cairn.Verb) (cairn.File, error) {
	e, err := a.store.Entity(ctx, id)
	if err != nil || e.Kind != cairn.KindFile {
		return cairn.File{}, cairn.NotFound("The file")
	}
	f, err := cairn.FileOf(e)
	if err != nil {
		return f, err
	}
	if f.On == cairn.KindInsight && verb == cairn.ReadProject {
		_, _, err = a.readableInsight(by, f.Parent)
	} else {
		_, err = a.mayBy(by, e.Project, verb, f.Author)
	}
	if cairn.CodeOf(err) == cairn.CodeNotFound {
		err = cairn.NotFound("The file")
	}
	return f, err
}

// dropInside deletes what hangs on an entity: entities of those kinds.
func dropInside(tx store.Tx, project, parent cairn.ID, kinds ...cairn.Kind) error {
	var inside []cairn.ID
	if err := tx.Scan(store.Query{Kinds: kinds, Project: project, Parent: parent}, func(e cairn.Entity) error {
		inside = append(inside, e.ID)
		return nil
	}); err != nil {
		return err
	}
	for _, id := range slices.Backward(inside) {
		if err := tx.Delete(id); err != nil {
			return err
		}
	}
	return nil
}
