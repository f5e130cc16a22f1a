package app

import (
	"bytes"
	"encoding/binary"
	"image/gif"
	"image/jpeg"
	"image/png"
	"unicode/utf8"
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
	switch {
	case bytes.HasPrefix(head, []byte("\x89PNG\r\n\x1a\n")):
		if c, err := png.DecodeConfig(bytes.NewReader(head)); err == nil {
			return kindOfFile{"image/png", c.Width, c.Height}
		}
	case bytes.HasPrefix(head, []byte("\xff\xd8\xff")):
		if c, err := jpeg.DecodeConfig(bytes.NewReader(head)); err == nil {
			return kindOfFile{"image/jpeg", c.Width, c.Height}
		}
	case bytes.HasPrefix(head, []byte("GIF87a")), bytes.HasPrefix(head, []byte("GIF89a")):
		if c, err := gif.DecodeConfig(bytes.NewReader(head)); err == nil {
			return kindOfFile{"image/gif", c.Width, c.Height}
		}
	case len(head) >= 30 && bytes.HasPrefix(head, []byte("RIFF")) && string(head[8:12]) == "WEBP":
		if w, h := webpSize(head); w > 0 {
			return kindOfFile{"image/webp", w, h}
		}
	case bytes.HasPrefix(head, []byte("%PDF-")):
		return kindOfFile{media: "application/pdf"}
	case bytes.HasPrefix(head, []byte("PK\x03\x04")):
		return kindOfFile{media: "application/zip"}
	case len(head) < headSize && utf8.Valid(head) && bytes.IndexByte(head, 0) < 0:
		return kindOfFile{media: "text/plain"} // HTML and SVG as well: as text they run nothing
	}
	return kindOfFile{media: "application/octet-stream"}
}

// webpSize reads the size of the three kinds of WebP, 0 for any other.
func webpSize(head []byte) (width, height int) {
	switch string(head[12:16]) {
	case "VP8X":
		return 1 + (int(head[24]) | int(head[25])<<8 | int(head[26])<<16), 1 + (int(head[27]) | int(head[28])<<8 | int(head[29])<<16)
	case "VP8L":
		if head[20] != 0x2f {
			return 0, 0
		}
		bits := binary.LittleEndian.Uint32(head[21:25])
		return 1 + int(bits&0x3fff), 1 + int(bits>>14&0x3fff)
	case "VP8 ":
		if !bytes.Equal(head[23:26], []byte{0x9d, 0x01, 0x2a}) {
			return 0, 0
		}
		return int(binary.LittleEndian.Uint16(head[26:28])) & 0x3fff, int(binary.LittleEndian.Uint16(head[28:30])) & 0x3fff
	}
	return 0, 0
}
