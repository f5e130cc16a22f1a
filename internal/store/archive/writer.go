package archive

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"hash"
	"io"

	"github.com/klauspost/compress/zstd"
)

// Writer writes an archive, record by record, in the order of the format.
type Writer struct {
	z       *zstd.Encoder
	sum     hash.Hash
	records int64
	line    bytes.Buffer
}

// NewWriter begins an archive on w.
func NewWriter(w io.Writer, h Header) (*Writer, error) {
	// One goroutine: the same content becomes the same bytes.
	z, err := zstd.NewWriter(w, zstd.WithEncoderConcurrency(1))
	if err != nil {
		return nil, err
	}
	a := &Writer{z: z, sum: sha256.New()}
	h.Format = Format
	return a, a.Write(Record{Header: &h})
}

// Write adds one record. The raw JSON in it must be compact.
func (a *Writer) Write(r Record) error {
	a.line.Reset()
	enc := json.NewEncoder(&a.line)
	enc.SetEscapeHTML(false) // which also leaves the bytes of raw JSON alone
	if err := enc.Encode(r); err != nil {
		return err
	}
	a.records++
	a.sum.Write(a.line.Bytes())
	_, err := a.z.Write(a.line.Bytes())
	return err
}

// Close writes the end. Without it the archive is no archive.
func (a *Writer) Close() error {
	e := end{Records: a.records, Sum: hex.EncodeToString(a.sum.Sum(nil))}
	if err := a.Write(Record{End: &e}); err != nil {
		return err
	}
	return a.z.Close()
}
