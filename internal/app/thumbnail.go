package app

import (
	"bytes"
	"context"
	"errors"
	"io"
	"sync"
	"time"

	"cairn"
	"cairn/internal/store"
	"cairn/internal/thumbnail"
)

const (
	// thumbnailFrom is the size in bytes from which an image has a thumbnail: a
	// smaller one is its own.
	thumbnailFrom = 24 << 10
	// thumbnailWait is how long a request waits for a thumbnail that is being made.
	thumbnailWait = 3 * time.Second
	// thumbnailQueue is how many images may wait to become small.
	thumbnailQueue = 256
)

// thumbnails makes small pictures of attached images, one at a time: what is
// being decoded takes memory.
type thumbnails struct {
	slot chan struct{}
	mu   sync.Mutex
	// making are those under way by the hash of the image; a channel is closed
	// when its picture is there, or could not be made.
	making map[string]chan struct{}
}

func newThumbnails() *thumbnails {
	return &thumbnails{slot: make(chan struct{}, 1), making: make(map[string]chan struct{})}
}

// Thumbnail is a small picture of an attached image, or the image itself where
// there is none.
type Thumbnail struct {
	File    cairn.File
	Content store.Blob
	// Type is the media type of the content.
	Type string
	// Small: the content is a picture made here.
	Small bool
}

func thumbnailBlob(sha256 string) string { return "thumbnail/" + sha256 }

// OpenThumbnail returns a small picture of an attached image, for who may see
// what it is attached to. It is made when it is first wanted and kept by the hash
// of the image. An image that is small already, that none can be made of, or that
// takes longer than a request may wait, is returned itself.
func (a *App) OpenThumbnail(ctx context.Context, by Caller, id cairn.ID) (Thumbnail, error) {
	f, err := a.file(ctx, by, id, cairn.ReadProject)
	if err != nil {
		return Thumbnail{}, err
	}
	if !f.Inline() {
		return Thumbnail{}, cairn.NotFound("A picture of this file")
	}
	if f.Size > thumbnailFrom {
		small, err := a.keptThumbnail(ctx, f.SHA256)
		if cairn.CodeOf(err) == cairn.CodeNotFound && a.awaitThumbnail(ctx, f) {
			small, err = a.keptThumbnail(ctx, f.SHA256)
		}
		if small != nil {
			var head [headSize]byte
			n, err := small.ReadAt(head[:], 0)
			if err != nil && !errors.Is(err, io.EOF) {
				return Thumbnail{}, errors.Join(err, small.Close())
			}
			return Thumbnail{File: f, Content: small, Type: recognise(head[:n]).media, Small: true}, nil
		}
		if err != nil && cairn.CodeOf(err) != cairn.CodeNotFound {
			return Thumbnail{}, err
		}
	}
	whole, err := a.store.Blob(ctx, f.Blob)
	return Thumbnail{File: f, Content: whole, Type: f.Type}, err
}

// keptThumbnail returns a picture that was made before; nil without an error says
// that none can be made.
func (a *App) keptThumbnail(ctx context.Context, sha256 string) (store.Blob, error) {
	blob, err := a.store.Blob(ctx, thumbnailBlob(sha256))
	if err != nil {
		return nil, err
	}
	if blob.Size() > 0 {
		return blob, nil
	}
	return nil, blob.Close()
}

// awaitThumbnail has the picture made and reports whether that is over.
func (a *App) awaitThumbnail(ctx context.Context, f cairn.File) bool {
	made := a.thumbnails.start(f.SHA256, func() { a.makeThumbnail(f) }, a.tasks.Go)
	if made == nil {
		return false
	}
	patience := time.NewTimer(thumbnailWait)
	defer patience.Stop()
	select {
	case <-made:
		return true
	case <-patience.C:
	case <-ctx.Done():
	}
	return false
}

// start runs what makes a picture unless that is under way; nil says that too
// many wait.
func (t *thumbnails) start(sha256 string, produce func(), run func(func())) <-chan struct{} {
	t.mu.Lock()
	defer t.mu.Unlock()
	if made := t.making[sha256]; made != nil {
		return made
	}
	if len(t.making) >= thumbnailQueue {
		return nil
	}
	made := make(chan struct{})
	t.making[sha256] = made
	run(func() {
		produce()
		t.mu.Lock()
		delete(t.making, sha256)
		t.mu.Unlock()
		close(made)
	})
	return made
}

// makeThumbnail makes a picture and keeps it; an empty one says that there is none.
func (a *App) makeThumbnail(f cairn.File) {
	select {
	case a.thumbnails.slot <- struct{}{}:
	case <-a.life.Done():
		return
	}
	defer func() { <-a.thumbnails.slot }()
	err := func() error {
		blob, err := a.store.Blob(a.life, f.Blob)
		if err != nil {
			return err
		}
		defer blob.Close() // only read
		small, err := thumbnail.Make(blob)
		if err != nil && !errors.Is(err, thumbnail.ErrNone) {
			return err
		}
		_, err = a.store.PutBlob(a.life, thumbnailBlob(f.SHA256), bytes.NewReader(small))
		return err
	}()
	if err != nil && a.life.Err() == nil {
		a.logger.Error("a thumbnail could not be made", "file", f.ID, "err", err)
	}
}
