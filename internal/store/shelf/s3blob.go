package shelf

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"sync"

	"cairn"
	"cairn/internal/store"
)

// readAhead is how much is asked for when something is read from the middle.
const readAhead = 256 << 10

// Open implements store.Shelf. The content begins to come at once, so that what
// is missing shows before anything of it is handed on.
func (s *S3) Open(ctx context.Context, name string) (store.Blob, error) {
	if !isContent(name) {
		return nil, cairn.NotFound("The stored file")
	}
	b := &s3Blob{s: s, ctx: ctx, name: name}
	res, err := s.do(ctx, call{method: http.MethodGet, object: s.inBucket(name)})
	if err != nil {
		return nil, err
	}
	if b.size = res.ContentLength; b.size < 0 {
		_ = res.Body.Close()
		return nil, errAway(s.String(), "does not say how long a file is", nil)
	}
	b.stream = res.Body
	return b, nil
}

// s3Blob reads a content: on and on from one answer, or a piece from the middle.
type s3Blob struct {
	s    *S3
	ctx  context.Context
	name string
	size int64

	mu sync.Mutex
	// stream gives what follows streamAt; nil is none.
	stream   io.ReadCloser
	streamAt int64
	at       int64
	// piece is what was read last from the middle, and where it begins.
	piece   []byte
	pieceAt int64
}

// Size implements store.Blob.
func (b *s3Blob) Size() int64 { return b.size }

// Close implements io.Closer.
func (b *s3Blob) Close() error {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.leave()
}

func (b *s3Blob) leave() error {
	if b.stream == nil {
		return nil
	}
	err := b.stream.Close()
	b.stream = nil
	return err
}

// from asks for what lies from one position to another, not included.
func (b *s3Blob) from(at, to int64) (io.ReadCloser, error) {
	h := http.Header{"Range": {"bytes=" + strconv.FormatInt(at, 10) + "-" + strconv.FormatInt(to-1, 10)}}
	res, err := b.s.do(b.ctx, call{method: http.MethodGet, object: b.s.inBucket(b.name), header: h})
	if cairn.CodeOf(err) == cairn.CodeNotFound {
		return nil, cairn.Conflict("The stored file was replaced or removed while it was read; open it again")
	}
	if err != nil {
		return nil, err
	}
	if !strings.HasPrefix(res.Header.Get("Content-Range"), fmt.Sprintf("bytes %d-", at)) {
		_ = res.Body.Close()
		return nil, errAway(b.s.String(), "does not give parts of a file", nil)
	}
	return res.Body, nil
}

// Read implements io.Reader.
func (b *s3Blob) Read(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.at >= b.size {
		return 0, io.EOF
	}
	if len(p) == 0 {
		return 0, nil
	}
	if b.stream == nil || b.streamAt != b.at {
		if err := b.leave(); err != nil {
			return 0, err
		}
		stream, err := b.from(b.at, b.size)
		if err != nil {
			return 0, err
		}
		b.stream, b.streamAt = stream, b.at
	}
	n, err := b.stream.Read(p[:min(int64(len(p)), b.size-b.at)])
	b.at += int64(n)
	b.streamAt = b.at
	switch {
	case err != nil && n > 0:
		err = b.leave() // what is left is asked for anew
	case errors.Is(err, io.EOF):
		err = io.ErrUnexpectedEOF
	}
	return n, err
}

// ReadAt implements io.ReaderAt.
func (b *s3Blob) ReadAt(p []byte, at int64) (n int, err error) {
	if at < 0 {
		return 0, fmt.Errorf("read the stored file %s at %d", b.name, at)
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	for n < len(p) {
		pos := at + int64(n)
		if pos >= b.size {
			return n, io.EOF
		}
		if pos < b.pieceAt || pos >= b.pieceAt+int64(len(b.piece)) {
			if err := b.fetch(pos, int64(len(p)-n)); err != nil {
				return n, err
			}
		}
		n += copy(p[n:], b.piece[pos-b.pieceAt:])
	}
	return n, nil
}

// fetch reads a piece that begins at a position.
func (b *s3Blob) fetch(at, wanted int64) error {
	length := min(max(wanted, readAhead), b.size-at)
	body, err := b.from(at, at+length)
	if err != nil {
		return err
	}
	defer body.Close() // only read
	piece := make([]byte, length)
	if _, err := io.ReadFull(body, piece); err != nil {
		return errAway(b.s.String(), "broke off in the middle of a file. Try again", err)
	}
	b.piece, b.pieceAt = piece, at
	return nil
}

// Seek implements io.Seeker.
func (b *s3Blob) Seek(offset int64, whence int) (int64, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	switch whence {
	case io.SeekCurrent:
		offset += b.at
	case io.SeekEnd:
		offset += b.size
	}
	if offset < 0 {
		return b.at, fmt.Errorf("seek in the stored file %s to %d", b.name, offset)
	}
	b.at = offset
	return offset, nil
}
