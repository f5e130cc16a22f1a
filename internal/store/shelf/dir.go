package shelf

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"cairn"
	"cairn/internal/store"
)

// unfinished is how the names of files begin that are being written.
const unfinished = ".new-"

// Dir is a shelf in a directory.
type Dir struct{ root string }

var _ store.Shelf = (*Dir)(nil)

// OpenDir makes a shelf of a directory, which is made, for its owner only, when
// something is put there first.
func OpenDir(root string) *Dir { return &Dir{root} }

// String implements store.Shelf.
func (d *Dir) String() string { return d.root }

// Put implements store.Shelf: written beside, flushed, given its name, and the
// directory flushed, so that what is acknowledged survives a power cut.
func (d *Dir) Put(ctx context.Context, folder string, r io.Reader) (store.Shelved, error) {
	if !isFolder(folder) {
		return store.Shelved{}, fmt.Errorf("%q is no folder of a shelf", folder)
	}
	if err := d.make(folder); err != nil {
		return store.Shelved{}, d.failed(err)
	}
	f, err := os.CreateTemp(filepath.Join(d.root, folder), unfinished)
	if err != nil {
		return store.Shelved{}, d.failed(err)
	}
	got, err := spool(ctx, f, r, d.failed)
	if err != nil {
		leave(f)
		return store.Shelved{}, err
	}
	name := newName(folder, got.sum.Sum(nil))
	if err := d.settle(f, name); err != nil {
		leave(f)
		return store.Shelved{}, d.failed(err)
	}
	return store.Shelved{Name: name, Size: got.size}, nil
}

// leave gives up a file that is being written. What cannot be removed now goes
// with the leftovers.
func leave(f *os.File) {
	_ = f.Close() // perhaps closed already
	_ = os.Remove(f.Name())
}

// settle makes a file durable that is written to its end, and gives it its name.
func (d *Dir) settle(f *os.File, name string) error {
	if err := errors.Join(f.Sync(), f.Close()); err != nil {
		return err
	}
	if err := d.make(name[:strings.LastIndexByte(name, '/')]); err != nil {
		return err
	}
	to := d.path(name)
	if err := os.Rename(f.Name(), to); err != nil {
		return err
	}
	return syncDir(filepath.Dir(to))
}

// make makes a directory below the root and all above it, durably.
func (d *Dir) make(below string) error {
	path := filepath.Join(d.root, filepath.FromSlash(below))
	if _, err := os.Stat(path); err == nil {
		return nil
	}
	if err := os.MkdirAll(path, 0o700); err != nil {
		return err
	}
	for at := path; ; at = filepath.Dir(at) {
		if err := syncDir(filepath.Dir(at)); err != nil || at == d.root {
			return err
		}
	}
}

func (d *Dir) path(name string) string { return filepath.Join(d.root, filepath.FromSlash(name)) }

// failed says what is the matter with the directory.
func (d *Dir) failed(err error) error {
	if errors.Is(err, fs.ErrPermission) {
		return errAway(d.root, "may not be written by Cairn, so the file was not kept. Give its user the right to", err)
	}
	return diskFailed(d.root, err)
}

// Open implements store.Shelf.
func (d *Dir) Open(_ context.Context, name string) (store.Blob, error) {
	if !isContent(name) {
		return nil, cairn.NotFound("The stored file")
	}
	f, err := os.Open(d.path(name))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, cairn.NotFound("The stored file")
	}
	if err != nil {
		return nil, d.failed(err)
	}
	info, err := f.Stat()
	if err != nil {
		return nil, errors.Join(d.failed(err), f.Close())
	}
	return &dirBlob{f, info.Size()}, nil
}

// dirBlob is an open content.
type dirBlob struct {
	*os.File
	size int64
}

// Size implements store.Blob.
func (b *dirBlob) Size() int64 { return b.size }

// Remove implements store.Shelf.
func (d *Dir) Remove(_ context.Context, name string) error {
	folder, rest, _ := strings.Cut(name, "/")
	left := isFolder(folder) && strings.HasPrefix(rest, unfinished) && !strings.ContainsAny(rest, `/\`)
	if !left && !isContent(name) {
		return nil
	}
	if err := os.Remove(d.path(name)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return d.failed(err)
	}
	return nil
}

// List implements store.Shelf.
func (d *Dir) List(ctx context.Context, folder string, yield func(store.Shelved) error) error {
	if !isFolder(folder) {
		return fmt.Errorf("%q is no folder of a shelf", folder)
	}
	return filepath.WalkDir(filepath.Join(d.root, folder), func(path string, e fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) {
			return nil // gone meanwhile, or nothing was ever put there
		}
		if err == nil {
			err = ctx.Err()
		}
		if err != nil || !e.Type().IsRegular() {
			return err
		}
		info, err := e.Info()
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err != nil {
			return err
		}
		below, err := filepath.Rel(d.root, path)
		if err != nil {
			return err
		}
		return yield(store.Shelved{Name: filepath.ToSlash(below), Size: info.Size(), At: info.ModTime()})
	})
}
