package text

import (
	"bufio"
	"errors"
	"io"
	"strings"
	"unicode/utf8"
)

// Limits of one record of delimited text. They say themselves in Record.
const (
	MaxCell    = 1 << 20  // bytes of one cell
	MaxColumns = 2000     // cells of one record
	MaxRecord  = 16 << 20 // bytes of one record
)

// Dialect says how delimited text is cut.
type Dialect struct {
	Comma  byte // the delimiter, an ASCII byte
	LoneCR bool // a carriage return alone ends a line (files of old Macs)
}

// Record is one record of delimited text.
type Record struct {
	Number   int      // counted from 1, blank lines left out
	Line     int      // physical line of its first character, counted from 1
	Cells    []string // valid UTF-8; line ends inside cells are "\n"
	Oversize []int    // cells longer than MaxCell, delivered empty
	Dropped  int      // cells beyond MaxColumns
	Stray    int      // quotes in the wrong place, kept as text
	OpenLine int      // the line where a quoted cell begins that never ends; 0 when all end
	OpenCell int      // the index of that cell
}

// CSV reads delimited text record by record. It differs from encoding/csv
// where real files need it: the memory for a cell is bounded even when a quote
// is never closed, quotes in the wrong place cost no data, blanks before a
// quote are allowed, and a cut-off end is told apart from a bad file.
type CSV struct {
	r       *bufio.Reader
	d       Dialect
	line    int
	number  int
	buf     []byte
	ends    []int
	rec     Record
	start   int // where the current cell starts in buf
	over    bool
	started bool
}

// NewCSV reads UTF-8 text from r in the given dialect.
func NewCSV(r io.Reader, d Dialect) *CSV {
	return &CSV{r: bufio.NewReaderSize(r, 64<<10), d: d, line: 1}
}

// state of the reader inside a record.
type state int

// symbol is one byte of text, or softBreak.
type symbol int

// softBreak is a carriage return inside a cell of a file whose lines end in LF.
const softBreak symbol = -1

const (
	atStart   state = iota // before the first character of a cell
	plain                  // in a cell without quotes
	quoted                 // in a quoted cell
	afterMark              // after a quote inside a quoted cell
)

// Read returns the next record, skipping blank lines, and io.EOF at the end.
func (c *CSV) Read() (Record, error) {
	for {
		rec, err := c.next()
		if err != nil {
			return Record{}, err
		}
		if len(rec.Cells) == 1 && rec.Cells[0] == "" && len(rec.Oversize) == 0 && rec.OpenLine == 0 {
			continue
		}
		c.number++
		rec.Number = c.number
		return rec, nil
	}
}

func (c *CSV) next() (Record, error) {
	c.buf, c.ends, c.start, c.over = c.buf[:0], c.ends[:0], 0, false
	c.rec, c.started = Record{Line: c.line}, false
	st, openLine := atStart, 0
	for {
		b, err := c.r.ReadByte()
		if errors.Is(err, io.EOF) {
			return c.finishAtEnd(st, openLine)
		}
		if err != nil {
			return Record{}, err
		}
		sym, skip := c.lineEnds(b)
		if skip {
			continue
		}
		c.started = true
		var done bool
		before := st
		if st, done = c.step(st, sym); done {
			return c.record(), nil
		}
		if st == quoted && before != quoted && before != afterMark {
			openLine = c.line
		}
	}
}

// lineEnds makes CRLF and lone CR one symbol and counts lines; skip is true
// for the CR of a CRLF.
func (c *CSV) lineEnds(b byte) (sym symbol, skip bool) {
	switch b {
	case '\n':
		c.line++
	case '\r':
		next, err := c.r.Peek(1)
		if err == nil && next[0] == '\n' {
			return 0, true
		}
		if c.d.LoneCR {
			c.line++
			return '\n', false
		}
		return softBreak, false
	}
	return symbol(b), false
}

// step takes one symbol; done is true when it ended the record.
func (c *CSV) step(st state, b symbol) (next state, done bool) {
	switch st {
	case quoted:
		if b == '"' {
			return afterMark, false
		}
		c.put(b)
		return quoted, false
	case afterMark:
		switch b {
		case '"':
			c.put('"')
			return quoted, false
		case symbol(c.d.Comma), '\n':
		case ' ', '\t':
			return afterMark, false
		default:
			// A quote that closes nothing: keep it and go on as plain text.
			c.rec.Stray++
			c.put('"')
			c.put(b)
			return plain, false
		}
	case atStart:
		if b == '"' && blank(c.buf[c.start:]) {
			c.buf = c.buf[:c.start]
			return quoted, false
		}
	}
	switch b {
	case symbol(c.d.Comma):
		c.endCell()
		return atStart, false
	case '\n':
		c.endCell()
		return atStart, true
	case '"':
		c.rec.Stray++
	}
	c.put(b)
	if st == atStart && (b == ' ' || b == '\t') {
		return atStart, false
	}
	return plain, false
}

func (c *CSV) put(b symbol) {
	if b == softBreak {
		b = '\n'
	}
	if c.over {
		return
	}
	if len(c.buf)-c.start >= MaxCell || len(c.buf) >= MaxRecord {
		c.over = true
		return
	}
	c.buf = append(c.buf, byte(b))
}

func (c *CSV) endCell() {
	if c.over {
		c.buf, c.over = c.buf[:c.start], false
		c.rec.Oversize = append(c.rec.Oversize, len(c.ends))
	}
	if len(c.ends) >= MaxColumns {
		c.buf = c.buf[:c.start]
		c.rec.Dropped++
		return
	}
	c.ends = append(c.ends, len(c.buf))
	c.start = len(c.buf)
}

func (c *CSV) finishAtEnd(st state, openLine int) (Record, error) {
	if !c.started {
		return Record{}, io.EOF
	}
	if st == quoted {
		c.rec.OpenLine, c.rec.OpenCell = openLine, len(c.ends)
	}
	c.endCell()
	return c.record(), nil
}

// record copies the cells out of the buffer as one string.
func (c *CSV) record() Record {
	all := string(c.buf)
	rec := c.rec
	rec.Cells = make([]string, len(c.ends))
	at := 0
	for i, end := range c.ends {
		rec.Cells[i] = all[at:end]
		at = end
	}
	if !utf8.ValidString(all) {
		for i, cell := range rec.Cells {
			rec.Cells[i] = strings.ToValidUTF8(cell, "�")
		}
	}
	return rec
}

func blank(b []byte) bool {
	for _, c := range b {
		if c != ' ' && c != '\t' {
			return false
		}
	}
	return true
}
