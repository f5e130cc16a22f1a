package importer

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"cairn/internal/importer/text"
)

// Delimited is a file of delimited text whose encoding and delimiter are
// known. Leaves for CSV dialects are built on it.
type Delimited struct {
	Encoding  text.Encoding
	Delimiter text.Delimiter
	src       Source
}

// sniffBytes of decoded text are judged for the delimiter.
const sniffBytes = 256 << 10

// OpenDelimited finds out encoding and delimiter, or takes them from opts. It
// reads the file once from end to end.
func OpenDelimited(src Source, opts Options) (*Delimited, error) {
	d := &Delimited{src: src}
	if err := d.findEncoding(opts); err != nil {
		return nil, err
	}
	r, done, err := d.open()
	if err != nil {
		return nil, err
	}
	defer done()
	head, err := io.ReadAll(io.LimitReader(r, sniffBytes))
	if err != nil {
		return nil, err
	}
	d.Delimiter = text.DetectDelimiter(head)
	if opts.Delimiter != "" {
		c, err := delimiterOption(opts.Delimiter)
		if err != nil {
			return nil, err
		}
		if c != d.Delimiter.Comma {
			d.Delimiter.Comma, d.Delimiter.SkipLine = c, false
		}
		d.Delimiter.Confidence, d.Delimiter.Alternatives = 100, nil
		d.Delimiter.Why = "it was chosen"
	}
	return d, nil
}

func delimiterOption(s string) (byte, error) {
	switch strings.ToLower(s) {
	case "tab", `\t`:
		return '\t', nil
	}
	if len(s) != 1 || s[0] == '"' || s[0] == '\n' || s[0] == '\r' || s[0] >= 0x80 {
		return 0, &Refusal{Code: "bad_delimiter", Text: fmt.Sprintf("The delimiter %s cannot be used. Choose one character, such as , ; | or tab.", quote(s))}
	}
	return s[0], nil
}

func (d *Delimited) findEncoding(opts Options) error {
	if opts.Encoding != "" {
		if _, err := text.Decode(strings.NewReader(""), opts.Encoding); err != nil {
			return &Refusal{Code: "unknown_encoding", Text: fmt.Sprintf("The encoding %s is not known. Choose utf-8, utf-16le, utf-16be, windows-1252, windows-1251, big5, gb18030, shift_jis or euc-kr.", quote(opts.Encoding))}
		}
		d.Encoding = text.Encoding{Name: opts.Encoding, Confidence: 100, Why: "it was chosen"}
		return nil
	}
	f, err := d.src.Open()
	if err != nil {
		return err
	}
	defer f.Close()
	d.Encoding, err = text.DetectEncoding(f)
	if errors.Is(err, text.ErrNotText) {
		return &Refusal{Code: "not_text", Text: fmt.Sprintf("%s is not a text file. Save it as CSV, TSV or .xlsx and import that file.", quote(d.src.Name()))}
	}
	return err
}

// open gives the decoded text from its first character.
func (d *Delimited) open() (io.Reader, func(), error) {
	f, err := d.src.Open()
	if err != nil {
		return nil, nil, err
	}
	r, err := text.Decode(f, d.Encoding.Name)
	if err != nil {
		f.Close()
		return nil, nil, err
	}
	return r, func() { f.Close() }, nil
}

// errStop, returned by a yield function of First, ends reading without an error.
var errStop = errors.New("stop reading")

// Each yields the records of the file in order; it checks ctx now and then.
func (d *Delimited) Each(ctx context.Context, yield func(text.Record) error) error {
	r, done, err := d.open()
	if err != nil {
		return err
	}
	defer done()
	c := text.NewCSV(r, d.Delimiter.Dialect)
	skip := d.Delimiter.SkipLine
	for n := 0; ; n++ {
		if n%256 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		rec, err := c.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("reading %s: %w", d.src.Name(), err)
		}
		if skip {
			skip = false
			continue
		}
		if d.Delimiter.SkipLine {
			rec.Number--
		}
		if err := yield(rec); err != nil {
			if errors.Is(err, errStop) {
				return nil
			}
			return err
		}
	}
}

// First gives the first n records.
func (d *Delimited) First(ctx context.Context, n int) ([]text.Record, error) {
	var out []text.Record
	err := d.Each(ctx, func(r text.Record) error {
		if out = append(out, r); len(out) >= n {
			return errStop
		}
		return nil
	})
	return out, err
}

// Resolve writes encoding and delimiter into a survey, with questions where
// they were guessed.
func (d *Delimited) Resolve(s *Survey) {
	s.Options.Encoding = d.Encoding.Name
	s.Options.Delimiter = string(d.Delimiter.Comma)
	if !d.Encoding.Sure() {
		s.Notes = append(s.Notes, Note{Level: Question, Code: "encoding", Option: "encoding",
			Choices: append([]string{d.Encoding.Name}, d.Encoding.Alternatives...),
			Text:    fmt.Sprintf("The file is not UTF-8 and was read as %s: %s. If letters look wrong in the samples, choose another encoding.", d.Encoding.Name, d.Encoding.Why)})
	} else if d.Encoding.Broken > 0 {
		s.Notes = append(s.Notes, Note{Level: Warning, Code: "broken_utf8",
			Text: fmt.Sprintf("%d bytes of the file are not valid UTF-8 and are shown as �. Export the file again as UTF-8 if that text matters.", d.Encoding.Broken)})
	}
	if len(d.Delimiter.Alternatives) > 0 {
		choices := []string{string(d.Delimiter.Comma)}
		for _, a := range d.Delimiter.Alternatives {
			choices = append(choices, string(a))
		}
		s.Notes = append(s.Notes, Note{Level: Question, Code: "delimiter", Option: "delimiter", Choices: choices,
			Text: fmt.Sprintf("The cells seem to be divided by %s. Choose another delimiter if the columns look wrong.", delimiterName(d.Delimiter.Comma))})
	}
}

func delimiterName(c byte) string {
	switch c {
	case ',':
		return "commas"
	case ';':
		return "semicolons"
	case '\t':
		return "tabs"
	case '|':
		return "vertical bars"
	}
	return quote(string(c))
}

// GroupColumns makes columns of a header, joining those of the same name, as
// exports write lists. Columns without a name are called after their position.
func GroupColumns(header []string) []Column {
	var cols []Column
	at := map[string]int{}
	for i, raw := range header {
		name := strings.Join(strings.Fields(raw), " ")
		key := name
		if name == "" {
			name = fmt.Sprintf("Column %d", i+1)
			key = fmt.Sprintf("#%d", i+1)
		}
		if j, ok := at[key]; ok {
			cols[j].At = append(cols[j].At, i)
			continue
		}
		at[key] = len(cols)
		cols = append(cols, Column{Key: key, Name: name, At: []int{i}})
	}
	return cols
}

// CellsOf sorts the cells of a record into columns; blank cells are left out.
func CellsOf(cols []Column, cells []string) [][]string {
	out := make([][]string, len(cols))
	all := make([]string, 0, len(cells))
	for i, c := range cols {
		from := len(all)
		for _, at := range c.At {
			if at < len(cells) && strings.TrimSpace(cells[at]) != "" {
				all = append(all, cells[at])
			}
		}
		out[i] = all[from:len(all):len(all)]
	}
	return out
}

// RecordProblems names what was wrong with a record: cells beyond the limits
// and quotes that never close. A cut-off record is refused as a whole.
func RecordProblems(row *Row, rec text.Record, header []string) {
	name := func(i int) string {
		if i < len(header) && strings.TrimSpace(header[i]) != "" {
			return strings.Join(strings.Fields(header[i]), " ")
		}
		return fmt.Sprintf("Column %d", i+1)
	}
	for _, i := range rec.Oversize {
		row.Problems = append(row.Problems, Problem{Row: row.Number, Line: rec.Line, Column: name(i), Code: "cell_too_long",
			Reason: fmt.Sprintf("The cell is longer than %d bytes, which is the limit for one cell. It was left empty; shorten it in the file or add the text after the import.", MaxCell)})
	}
	if rec.Dropped > 0 {
		row.Problems = append(row.Problems, Problem{Row: row.Number, Line: rec.Line, Code: "too_many_cells",
			Reason: fmt.Sprintf("The row has %d cells beyond the limit of %d. They were left out; check the delimiter.", rec.Dropped, MaxColumns)})
	}
	if rec.OpenLine > 0 {
		row.Refused = true
		row.Problems = append(row.Problems, Problem{Row: row.Number, Line: rec.OpenLine, Column: name(rec.OpenCell), Code: "unclosed_quote",
			Reason: fmt.Sprintf("The file ends inside a quoted cell that begins on line %d. It looks cut off there: export it again, or close the quote.", rec.OpenLine)})
	}
}

// CutOffNote is the survey's warning about a file that ends too early.
func CutOffNote(rec text.Record) Note {
	return Note{Level: Warning, Code: "unclosed_quote",
		Text: fmt.Sprintf("The file looks cut off: a quoted cell begins on line %d and never ends. The rows before it can be imported, that one is refused.", rec.OpenLine)}
}

// TooManyRows is the refusal of a file beyond MaxRows.
func TooManyRows(name string) *Refusal {
	return &Refusal{Code: "too_many_rows", Text: fmt.Sprintf("%s has more than %d rows, which is the limit for one import. Split it and import the parts one after the other.", quote(name), MaxRows)}
}

// LimitCells empties cells longer than MaxCell and notes each as a problem;
// for formats whose reader does not do so itself.
func LimitCells(row *Row, cols []Column) {
	for i, cell := range row.Cells {
		for _, v := range cell {
			if len(v) <= MaxCell {
				continue
			}
			row.Cells[i] = nil
			row.Problems = append(row.Problems, Problem{Row: row.Number, Line: row.Line, Column: cols[i].Name, Code: "cell_too_long", Value: Shorten(v),
				Reason: fmt.Sprintf("The text is longer than %d bytes, which is the limit for one cell. It was left empty; shorten it in the source.", MaxCell)})
			break
		}
	}
}
