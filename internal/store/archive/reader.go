package archive

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"hash"
	"io"

	"github.com/klauspost/compress/zstd"

	"cairn"
)

// maxLine bounds a record: a change set with thousands of long texts.
const maxLine = 256 << 20

// magic is how a zstd stream begins.
var magic = []byte{0x28, 0xb5, 0x2f, 0xfd}

// Reader reads an archive and checks it on the way. What it has returned is only
// known to be whole when Next returns io.EOF.
type Reader struct {
	// Header is the archive's header.
	Header Header

	z     *zstd.Decoder
	lines *bufio.Reader
	sum   hash.Hash
	line  []byte
	// Of the records so far: how many, the place of the last one, the last
	// entity and change set, and the bytes of the last blob that are missing.
	records int64
	place   int
	entity  cairn.ID
	seq     int64
	missing int64
	done    bool
}

// NewReader begins to read an archive.
func NewReader(r io.Reader) (*Reader, error) {
	in := bufio.NewReaderSize(r, 1<<16)
	notOne := cairn.Errorf(cairn.CodeInvalid, "This file is not an archive of Cairn. Choose one that `cairn backup` or an export made")
	if first, _ := in.Peek(len(magic)); !bytes.Equal(first, magic) {
		return nil, notOne
	}
	z, err := zstd.NewReader(in, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxWindow(64<<20))
	if err != nil {
		return nil, err
	}
	a := &Reader{z: z, lines: bufio.NewReaderSize(z, 1<<16), sum: sha256.New()}
	head, err := a.read()
	switch {
	case err == nil && head.Header == nil:
		err = notOne
	case err == nil && head.Header.Format > Format:
		err = cairn.Errorf(cairn.CodeInvalid, "The archive was made by a newer version of Cairn (its format is %d, this one knows %d). Use the newer version",
			head.Header.Format, Format)
	}
	if err != nil {
		z.Close()
		return nil, err
	}
	a.Header = *head.Header
	return a, nil
}

// Close releases the reader.
func (a *Reader) Close() { a.z.Close() }

// Next returns the next record, or io.EOF when the archive was read to its end
// and is whole.
func (a *Reader) Next() (Record, error) {
	if a.done {
		return Record{}, io.EOF
	}
	sum := hex.EncodeToString(a.sum.Sum(nil))
	r, err := a.read()
	if err != nil || r.End == nil {
		return r, err
	}
	switch {
	case r.End.Sum != sum || r.End.Records != a.records-1:
		return Record{}, damaged("its checksum is wrong")
	case a.seq != a.Header.Seq:
		return Record{}, damaged("its log ends at %d, not at %d", a.seq, a.Header.Seq)
	}
	if _, err := a.lines.ReadByte(); !errors.Is(err, io.EOF) {
		return Record{}, damaged("something follows its end")
	}
	a.done = true
	return Record{}, io.EOF
}

// read reads a record and checks that it may stand where it stands.
func (a *Reader) read() (Record, error) {
	line, err := a.readLine()
	if err != nil {
		return Record{}, err
	}
	a.records++
	var r Record
	if err := json.Unmarshal(line, &r); err != nil {
		return Record{}, damaged("its record %d is not one: %v", a.records, err)
	}
	if err := a.follow(&r); err != nil {
		return Record{}, err
	}
	a.sum.Write(line)
	return r, nil
}

// readLine reads up to the next line end.
func (a *Reader) readLine() ([]byte, error) {
	a.line = a.line[:0]
	for {
		part, err := a.lines.ReadSlice('\n')
		a.line = append(a.line, part...)
		switch {
		case err == nil:
			return a.line, nil
		case errors.Is(err, bufio.ErrBufferFull) && len(a.line) < maxLine:
			continue
		case errors.Is(err, bufio.ErrBufferFull):
			return nil, damaged("its record %d is longer than %d bytes", a.records+1, maxLine)
		case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
			return nil, damaged("it is cut off after %d records", a.records)
		}
		return nil, damaged("its record %d cannot be read: %v", a.records+1, err)
	}
}

// follow checks a record against the ones before it and takes note of it.
func (a *Reader) follow(r *Record) error {
	place := r.place()
	wrong := func(why string) error { return damaged("its record %d %s", a.records, why) }
	switch {
	case place == 0:
		return wrong("holds not just one thing")
	case place < a.place, place == placeHeader && a.records > 1:
		return wrong("is not in its place")
	case a.missing > 0 && r.Part == nil:
		return wrong("comes before the end of a file")
	}
	a.place = place
	switch {
	case r.Entity != nil:
		if r.Entity.ID <= a.entity {
			return wrong("is not in the order of ids")
		}
		a.entity = r.Entity.ID
	case r.Set != nil:
		if a.seq++; r.Set.Seq != a.seq {
			return wrong("leaves a hole in the log")
		}
	case r.Blob != nil:
		if a.missing = r.Blob.Size; a.missing < 0 {
			return wrong("is a file of negative size")
		}
	case r.Part != nil:
		if a.missing -= int64(len(r.Part.Data)); a.missing < 0 || len(r.Part.Data) == 0 {
			return wrong("does not fit into its file")
		}
	}
	return nil
}
