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
	name string
	in   io.ReadCloser
	dec  *xml.Decoder
	open []string // names of the elements that are

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
	tok, err := t.dec.RawToken() // without looking up namespaces, which cost a third
	if err == io.EOF && len(t.open) > 0 {
		err = io.ErrUnexpectedEOF
	}
	if err != nil {
		var large *TooLargeError
		if err == io.EOF || errors.As(err, &large) {
			return nil, err
		}
		return nil, fmt.Errorf("%s: %w", t.name, err)
	}
	switch tok := tok.(type) {
	case xml.StartElement:
		if t.open = append(t.open, tok.Name.Local); len(t.open) > maxDepth {
			return nil, fmt.Errorf("%s: its elements are nested more than %d deep", t.name, maxDepth)
		}
	case xml.EndElement:
		last := len(t.open) - 1
		if last < 0 || t.open[last] != tok.Name.Local {
			return nil, fmt.Errorf("%s: an element %q ends where it is not open", t.name, tok.Name.Local)
		}
		t.open = t.open[:last]
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
			return xml.StartElement{}, false, err
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
	for end := len(t.open) - 1; len(t.open) > end; {
		if _, err := t.next(); err != nil {
			return err
		}
	}
	return nil
}

// text adds the text of the open element, which ends, to b.
func (t *tokens) text(b []byte) ([]byte, error) {
	for end := len(t.open) - 1; len(t.open) > end; {
		tok, err := t.next()
		if err != nil {
			return b, err
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
