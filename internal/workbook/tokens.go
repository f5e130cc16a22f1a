package workbook

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
)

// Limits of XML.
const (
	maxToken = 4 << 20 // bytes of one tag or of the text of one cell
	maxDepth = 64
)

// tokens are those of one part's XML.
type tokens struct {
	name  string
	in    io.ReadCloser
	dec   *xml.Decoder
	depth int

	packed   uint64
	unpacked int64
	since    int // bytes since the last token
}

func newTokens(name string, in io.ReadCloser, packed uint64) *tokens {
	t := &tokens{name: name, in: in, packed: packed}
	t.dec = xml.NewDecoder(t)
	return t
}

// close checks nothing: a reading may end before the part does.
func (t *tokens) close() { _ = t.in.Close() }

// Read gives the unpacked bytes to the decoder within the limits.
func (t *tokens) Read(b []byte) (int, error) {
	n, err := t.in.Read(b)
	t.unpacked += int64(n)
	t.since += n
	switch {
	case t.unpacked > maxUnpacked:
		return n, tooLarge("unpacks to more than %d GiB, which is the limit for a sheet", maxUnpacked>>30)
	case t.unpacked > ratioStart && uint64(t.unpacked) > maxRatio*t.packed:
		return n, tooLarge("unpacks to more than %d times its size, as no sheet of a spreadsheet does", maxRatio)
	case t.since > maxToken:
		return n, tooLarge("holds a text of more than %d MiB, which is the limit for one cell", maxToken>>20)
	}
	return n, err
}

// next is the next token; io.EOF after the last element was closed.
func (t *tokens) next() (xml.Token, error) {
	t.since = 0
	tok, err := t.dec.Token()
	if err != nil {
		var large *TooLargeError
		if err == io.EOF || errors.As(err, &large) {
			return nil, err
		}
		return nil, fmt.Errorf("%s: %w", t.name, err)
	}
	switch tok.(type) {
	case xml.StartElement:
		if t.depth++; t.depth > maxDepth {
			return nil, fmt.Errorf("%s: its elements are nested more than %d deep", t.name, maxDepth)
		}
	case xml.EndElement:
		t.depth--
	}
	return tok, nil
}

// start is the next element's start at any depth.
func (t *tokens) start() (xml.StartElement, error) {
	for {
		tok, err := t.next()
		if err != nil {
			return xml.StartElement{}, err
		}
		if start, ok := tok.(xml.StartElement); ok {
			return start, nil
		}
	}
}

// child is the next element directly inside the open one; false at its end.
func (t *tokens) child() (xml.StartElement, bool, error) {
	for {
		tok, err := t.next()
		if err != nil {
			return xml.StartElement{}, false, early(err)
		}
		switch tok := tok.(type) {
		case xml.StartElement:
			return tok, true, nil
		case xml.EndElement:
			return xml.StartElement{}, false, nil
		}
	}
}

// skip passes over the open element.
func (t *tokens) skip() error {
	for end := t.depth - 1; t.depth > end; {
		if _, err := t.next(); err != nil {
			return early(err)
		}
	}
	return nil
}

// text adds the text of the open element, which ends, to b.
func (t *tokens) text(b []byte) ([]byte, error) {
	for end := t.depth - 1; t.depth > end; {
		tok, err := t.next()
		if err != nil {
			return b, early(err)
		}
		if chars, ok := tok.(xml.CharData); ok {
			if b = append(b, chars...); len(b) > maxToken {
				return b, tooLarge("holds a text of more than %d MiB, which is the limit for one cell", maxToken>>20)
			}
		}
	}
	return b, nil
}

// rich adds the text of the open string, which may be plain or in runs; how it
// is pronounced is left out.
func (t *tokens) rich(b []byte) ([]byte, error) {
	for {
		e, ok, err := t.child()
		if err != nil || !ok {
			return b, err
		}
		switch e.Name.Local {
		case "t":
			b, err = t.text(b)
		case "r":
			b, err = t.rich(b)
		default:
			err = t.skip()
		}
		if err != nil {
			return b, err
		}
	}
}

// early makes the end of a part inside an element what it is.
func early(err error) error {
	if err == io.EOF {
		return io.ErrUnexpectedEOF
	}
	return err
}
