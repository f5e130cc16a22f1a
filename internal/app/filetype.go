package app

import (
	"bytes"
	"unicode/utf8"

	"cairn/internal/thumbnail"
)

// headSize is how much of a file is looked at to say what it is.
const headSize = 64 << 10

// kindOfFile is what the beginning of a file says that it is.
type kindOfFile struct {
	media         string
	width, height int
}

// recognise says by its first bytes what a file is. Only headers are read:
// nothing is decoded or unpacked. What is not known for sure is a stream of bytes.
func recognise(head []byte) kindOfFile {
	if media, size, known := thumbnail.Recognise(head); known {
		return kindOfFile{media, size.X, size.Y}
	} else if media != "" {
		return kindOfFile{media: "application/octet-stream"}
	}
	switch {
	case bytes.HasPrefix(head, []byte("%PDF-")):
		return kindOfFile{media: "application/pdf"}
	case bytes.HasPrefix(head, []byte("PK\x03\x04")):
		return kindOfFile{media: "application/zip"}
	case len(head) < headSize && utf8.Valid(head) && bytes.IndexByte(head, 0) < 0:
		return kindOfFile{media: "text/plain"} // HTML and SVG as well: as text they run nothing
	}
	return kindOfFile{media: "application/octet-stream"}
}
