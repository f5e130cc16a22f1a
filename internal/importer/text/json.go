package text

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
)

// Limits of JSON input.
const (
	MaxElement = 16 << 20 // bytes of one element of a list
	MaxDepth   = 64       // nesting of lists and objects inside one element
	maxPath    = 6        // nesting of objects around a list
)

// ErrCutOff is wrapped by errors about a file that ends too early.
var ErrCutOff = errors.New("the file looks cut off")

// JSONError says where a JSON document cannot be read.
type JSONError struct {
	Line int   // counted from 1
	Err  error // ErrCutOff, or what is wrong
}

// Error names the line and the cause.
func (e *JSONError) Error() string { return fmt.Sprintf("line %d: %v", e.Line, e.Err) }

// Unwrap gives the cause.
func (e *JSONError) Unwrap() error { return e.Err }

// Element is one member of a list in a JSON document, or one plain value.
type Element struct {
	Path  string          // names of the objects around it, joined by "."; "" at the top
	Index int             // position in its list from 0, or −1 for a value outside lists
	Line  int             // line on which it starts
	Raw   json.RawMessage // valid only until the next element
}

// EachJSON walks a JSON document and yields every member of every list that
// lies at the top or inside objects only, and every plain value there, in file
// order and one at a time: memory is bounded by the largest element. It stops
// at the first error of yield and returns it. Several documents in a row are
// walked one after the other; the document's own faults come
// as *JSONError after everything readable was yielded.
func EachJSON(r io.Reader, yield func(Element) error) error {
	plain, err := skipMark(r)
	if err != nil {
		return err
	}
	lines := &lineReader{r: plain, line: 1}
	w := walker{lines: lines, dec: json.NewDecoder(bufio.NewReaderSize(lines, 32<<10)), yield: yield}
	if err := w.value("", 0); err != nil {
		return err
	}
	// Pages of an interface are often written one after the other.
	for {
		w.lines.used = 0
		err := w.value("", 0)
		var fault *JSONError
		if errors.As(err, &fault) && errors.Is(err, errNothing) {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

// lineReader knows the line of a byte position that was read, and refuses to
// read on when one element takes more than its budget.
type lineReader struct {
	r      io.Reader
	offset int64   // bytes read
	breaks []int64 // positions of line breaks at or after the last position asked for
	line   int     // line of the last position asked for
	used   int     // bytes read since the element began
}

// errNothing is the fault of a document that holds no value.
var errNothing = errors.New("the file holds no JSON")

var errTooLarge = fmt.Errorf("one element is longer than %d MiB, which is the limit", MaxElement>>20)

func (l *lineReader) Read(p []byte) (int, error) {
	if l.used > MaxElement {
		return 0, errTooLarge
	}
	n, err := l.r.Read(p[:min(len(p), MaxElement+1-l.used)])
	for i, b := range p[:n] {
		if b == '\n' {
			l.breaks = append(l.breaks, l.offset+int64(i))
		}
	}
	l.used += n
	l.offset += int64(n)
	return n, err
}

// lineAt is the line of a byte position; positions must not go back.
func (l *lineReader) lineAt(offset int64) int {
	n := 0
	for n < len(l.breaks) && l.breaks[n] < offset {
		n++
	}
	l.line += n
	l.breaks = append(l.breaks[:0], l.breaks[n:]...)
	return l.line
}

type walker struct {
	lines *lineReader
	dec   *json.Decoder
	yield func(Element) error
}

// value reads whatever comes next at path.
func (w *walker) value(path string, depth int) error {
	tok, err := w.dec.Token()
	if errors.Is(err, io.EOF) && depth == 0 {
		return &JSONError{Line: w.here(), Err: errNothing}
	}
	if err != nil {
		return w.fault(err)
	}
	switch t := tok.(type) {
	case json.Delim:
		if t == '[' {
			return w.list(path)
		}
		if depth >= maxPath {
			return w.discard()
		}
		return w.object(path, depth)
	default:
		raw, err := json.Marshal(t)
		if err != nil {
			return err
		}
		return w.yield(Element{Path: path, Index: -1, Line: w.here(), Raw: raw})
	}
}

func (w *walker) object(path string, depth int) error {
	for w.dec.More() {
		key, err := w.dec.Token()
		if err != nil {
			return w.fault(err)
		}
		name, _ := key.(string)
		if path != "" {
			name = path + "." + name
		}
		if err := w.value(name, depth+1); err != nil {
			return err
		}
	}
	return w.close()
}

func (w *walker) list(path string) error {
	for i := 0; w.dec.More(); i++ {
		w.lines.used = 0
		var raw json.RawMessage
		if err := w.dec.Decode(&raw); err != nil {
			return w.fault(err)
		}
		start := w.here() - bytes.Count(raw, []byte("\n"))
		if err := w.yield(Element{Path: path, Index: i, Line: start, Raw: raw}); err != nil {
			return err
		}
	}
	return w.close()
}

// discard reads to the end of an object whose opening brace was taken.
func (w *walker) discard() error {
	for w.dec.More() {
		if _, err := w.dec.Token(); err != nil {
			return w.fault(err)
		}
		w.lines.used = 0
		var skip json.RawMessage
		if err := w.dec.Decode(&skip); err != nil {
			return w.fault(err)
		}
	}
	return w.close()
}

func (w *walker) close() error {
	if _, err := w.dec.Token(); err != nil {
		return w.fault(err)
	}
	return nil
}

func (w *walker) fault(err error) error {
	var bad *json.SyntaxError
	switch {
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		err = ErrCutOff
	case errors.As(err, &bad) && strings.Contains(bad.Error(), "unexpected end"):
		err = ErrCutOff
	case errors.As(err, &bad):
		err = errors.New(bad.Error())
	}
	return &JSONError{Line: w.here(), Err: err}
}

// here is the line the decoder has come to.
func (w *walker) here() int { return w.lines.lineAt(w.dec.InputOffset()) }

// Depth is how deep lists and objects nest in valid JSON.
func Depth(raw []byte) int {
	depth, deepest, inText := 0, 0, false
	for i := 0; i < len(raw); i++ {
		switch c := raw[i]; {
		case inText && c == '\\':
			i++
		case c == '"':
			inText = !inText
		case inText:
		case c == '{' || c == '[':
			depth++
			deepest = max(deepest, depth)
		case c == '}' || c == ']':
			depth--
		}
	}
	return deepest
}
