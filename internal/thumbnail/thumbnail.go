// Package thumbnail makes small pictures of attached images. What an image is
// follows from its content, and how large it is from its header: nothing is
// decoded that would take more memory than the limits here allow.
package thumbnail

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"

	"golang.org/x/image/webp"
)

const (
	// Side is the longer side of a thumbnail in pixels at most.
	Side = 480
	// MaxPixels is the largest image of which a thumbnail is made: decoding it
	// takes about ten bytes a pixel.
	MaxPixels = 25_000_000
	// maxSide keeps images out that are one endless line.
	maxSide = 20_000
	quality = 82
	// headSize is enough of a file for what its header says.
	headSize = 64 << 10
)

// ErrNone says that there is no thumbnail of a file: it is no image that can be
// drawn here, is broken, or is too large.
var ErrNone = errors.New("no thumbnail can be made of this file")

// Make reads an image and returns a small picture of it: JPEG, or PNG where it
// can be seen through. A file of which none can be made is ErrNone; any other
// error is one of reading.
func Make(r io.ReadSeeker) ([]byte, error) {
	src := &source{r: r}
	img, turn, err := decode(src)
	if src.err != nil {
		return nil, src.err
	}
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrNone, err)
	}
	small := turned(shrink(img, Side), turn)
	var out bytes.Buffer
	if small.Opaque() {
		err = jpeg.Encode(&out, small, &jpeg.Options{Quality: quality})
	} else {
		err = png.Encode(&out, small)
	}
	return out.Bytes(), err
}

// source keeps the error of reading apart from that of what was read.
type source struct {
	r   io.ReadSeeker
	err error
}

func (s *source) Read(p []byte) (int, error) {
	n, err := s.r.Read(p)
	if err != nil && !errors.Is(err, io.EOF) {
		s.err = err
	}
	return n, err
}

// decode reads the header, and the image when the header says that it fits.
func decode(src *source) (image.Image, orientation, error) {
	head := make([]byte, headSize)
	n, err := io.ReadFull(src, head)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return nil, upright, err
	}
	head = head[:n]
	kind := kindOf(head)
	if kind.media == "" {
		return nil, upright, errors.New("not an image of a known kind")
	}
	size, err := kind.config(bytes.NewReader(head))
	if err != nil {
		return nil, upright, err
	}
	if w, h := size.Width, size.Height; w <= 0 || h <= 0 || w > maxSide || h > maxSide || w*h > MaxPixels {
		return nil, upright, fmt.Errorf("%d × %d pixels are too many", w, h)
	}
	if _, err := src.r.Seek(0, io.SeekStart); err != nil {
		src.err = err
		return nil, upright, err
	}
	img, err := kind.decode(src)
	if err != nil {
		return nil, upright, err
	}
	// A decoder may find more in the file than the header said.
	if b := img.Bounds(); b.Dx() > size.Width || b.Dy() > size.Height || b.Empty() {
		return nil, upright, errors.New("the image is not of the size that its header says")
	}
	return img, kind.turn(head), nil
}

// Recognise says by its beginning which kind of image a file is, and how large
// its header says that it is; known is false where the header is broken. The
// media type of anything else is "". Nothing is decoded.
func Recognise(head []byte) (media string, size image.Point, known bool) {
	kind := kindOf(head)
	if kind.media == "" {
		return "", image.Point{}, false
	}
	c, err := kind.config(bytes.NewReader(head))
	return kind.media, image.Pt(c.Width, c.Height), err == nil
}

// kind is a kind of image; the zero value is none that is known here.
type kind struct {
	media  string
	config func(io.Reader) (image.Config, error)
	decode func(io.Reader) (image.Image, error)
	turn   func(head []byte) orientation
}

func kindOf(head []byte) kind {
	straight := func([]byte) orientation { return upright }
	switch {
	case bytes.HasPrefix(head, []byte("\x89PNG\r\n\x1a\n")):
		return kind{"image/png", png.DecodeConfig, png.Decode, straight}
	case bytes.HasPrefix(head, []byte("\xff\xd8\xff")):
		return kind{"image/jpeg", jpeg.DecodeConfig, jpeg.Decode, exifOrientation}
	case bytes.HasPrefix(head, []byte("GIF87a")), bytes.HasPrefix(head, []byte("GIF89a")):
		return kind{"image/gif", gif.DecodeConfig, gif.Decode, straight}
	case len(head) >= 12 && string(head[:4]) == "RIFF" && string(head[8:12]) == "WEBP":
		return kind{"image/webp", webp.DecodeConfig, webp.Decode, straight}
	}
	return kind{}
}
