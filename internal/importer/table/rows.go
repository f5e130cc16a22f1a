package table

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"cairn/internal/importer"
	"cairn/internal/importer/text"
	"cairn/internal/importer/wiki"
)

var errEnough = errors.New("enough records")

// layout is a grid with its header found.
type layout struct {
	grid
	names  []string // header cells
	number int      // of the header record; 0 for none
	above  []string // what stands above the header
	first  []record // the first records below the header
}

func open(ctx context.Context, src importer.Source, opts importer.Options) (*layout, error) {
	g, err := openGrid(ctx, src, opts)
	if err != nil {
		return nil, err
	}
	l := &layout{grid: g, names: g.header()}
	var first []record
	err = g.each(ctx, func(r record) error {
		if first = append(first, r); len(first) >= max(window, opts.HeaderRow) {
			return errEnough
		}
		return nil
	})
	if err != nil && !errors.Is(err, errEnough) {
		return nil, err
	}
	if len(first) == 0 {
		return nil, &importer.Refusal{Code: "empty", Text: fmt.Sprintf("“%s” holds no rows.", src.Name())}
	}
	if l.names != nil {
		l.first = first
		return l, nil
	}
	at, err := headerIndex(first, opts.HeaderRow)
	if err != nil {
		return nil, err
	}
	l.take(first, at)
	return l, nil
}

// headerIndex is the header's place among the first records, −1 for none.
func headerIndex(first []record, chosen int) (int, error) {
	switch {
	case chosen == importer.NoHeader:
		return -1, nil
	case chosen == 0:
		return findHeader(first), nil
	}
	for i, r := range first {
		if r.number == chosen {
			return i, nil
		}
	}
	return 0, &importer.Refusal{Code: "bad_header_row", Text: fmt.Sprintf("The file has no row %d that could be the header. Choose a row that is not empty.", chosen)}
}

func (l *layout) take(first []record, at int) {
	l.first = first[at+1:]
	if at < 0 {
		l.names = make([]string, len(first[0].cells))
		return
	}
	for _, r := range first[:at] {
		var words []string
		for _, c := range r.cells {
			if v := value(c); v != "" {
				words = append(words, v)
			}
		}
		if len(words) > 0 {
			l.above = append(l.above, strings.Join(words, " "))
		}
	}
	l.number = first[at].number
	for _, c := range first[at].cells {
		l.names = append(l.names, value(c))
	}
}

// rows yields the records below the header that hold anything, counted from 1.
// blank is told of the others.
func (l *layout) rows(ctx context.Context, blank func(), yield func(n int, r record) error) error {
	n := 0
	return l.each(ctx, func(r record) error {
		if r.number <= l.number {
			return nil
		}
		if filled(r) == 0 && !r.refused && len(r.problems) == 0 {
			blank()
			return nil
		}
		n++
		return yield(n, r)
	})
}

// Inspect reads the table once and describes it.
func (leaf) Inspect(ctx context.Context, src importer.Source, opts importer.Options) (*importer.Survey, error) {
	l, err := open(ctx, src, opts)
	if err != nil {
		return nil, err
	}
	s := &importer.Survey{Format: Name, Title: l.title(), Options: opts, SourceKey: Name + ":" + src.Name()}
	if err := l.resolve(s); err != nil {
		return nil, err
	}
	l.resolveHeader(s)
	s.Columns = l.columns(opts)
	in := inspection{s: s, l: l, p: importer.NewProfiler(s.Columns)}
	err = l.rows(ctx, func() { s.Totals.Skipped++ }, func(n int, r record) error {
		if n > importer.MaxRows {
			return importer.TooManyRows(src.Name())
		}
		return in.row(n, r)
	})
	if err != nil {
		return nil, err
	}
	in.finish()
	return s, nil
}

func (l *layout) resolveHeader(s *importer.Survey) {
	s.Options.HeaderRow = l.number
	if l.number == 0 && l.header() == nil {
		s.Options.HeaderRow = importer.NoHeader
		s.Notes = append(s.Notes, importer.Note{Level: importer.Question, Code: "no_header", Option: "header_row", Choices: []string{"-1", "1"},
			Text: "The first row reads like data, so the columns have no names. Choose the header row if there is one."})
	}
	if len(l.above) > 0 {
		s.Notes = append(s.Notes, importer.Note{Level: importer.Info, Code: "lines_above_header",
			Text: fmt.Sprintf("The header was found in row %d. What stands above it is not imported: %s.", l.number, importer.Shorten(strings.Join(l.above, "; ")))})
	}
}

// columns makes the columns of the header. Columns of HTML are marked, and get
// a second column for the addresses of their links.
func (l *layout) columns(opts importer.Options) []importer.Column {
	cols := importer.GroupColumns(l.names)
	if opts.Markup == "plain" {
		return cols
	}
	var linked []importer.Column
	for i := range cols {
		html, links, all := 0, 0, 0
		for _, r := range l.first {
			for _, v := range cellOf(&cols[i], r.cells) {
				all++
				if text.LooksHTML(v) {
					html++
				}
				if strings.Contains(strings.ToLower(v), "<a ") {
					links++
				}
			}
		}
		if html*5 < all*4 || html == 0 {
			continue
		}
		cols[i].Markup = "html"
		if links*5 >= all*4 {
			linked = append(linked, importer.Column{Key: cols[i].Key + " (link)", Name: cols[i].Name + " (link)", From: cols[i].Key})
		}
	}
	if anyHTML(cols) {
		// Where one column is HTML, the others were escaped for it too.
		for i := range cols {
			if cols[i].Markup == "" {
				cols[i].Markup = "entities"
			}
		}
	}
	return append(cols, linked...)
}

func anyHTML(cols []importer.Column) bool {
	for i := range cols {
		if cols[i].Markup == "html" {
			return true
		}
	}
	return false
}

// cellOf is what a record holds for a column, blank values left out.
func cellOf(c *importer.Column, cells [][]string) []string {
	var out []string
	for _, at := range c.At {
		if at >= len(cells) {
			continue
		}
		for _, v := range cells[at] {
			if strings.TrimSpace(v) != "" {
				out = append(out, v)
			}
		}
	}
	return out
}

// inspection gathers what one pass over the rows tells.
type inspection struct {
	s      *importer.Survey
	l      *layout
	p      *importer.Profiler
	wide   int // positions that have a column
	long   int // rows longer than the header
	longAt int
	short  int
	lonely []int // lines with one cell under a wide header
}

func (in *inspection) row(n int, r record) error {
	in.s.Rows = n
	if r.refused {
		in.s.Totals.Refused++
		if len(r.problems) > 0 {
			in.s.Notes = append(in.s.Notes, importer.Note{Level: importer.Warning, Code: r.problems[0].Code, Text: r.problems[0].Reason + " The rows before it can be imported."})
		}
		return nil
	}
	if w := usedWidth(r); w > len(in.l.names) {
		if in.long == 0 {
			in.longAt = r.line
		}
		in.long++
		in.widen(w)
	}
	if len(r.cells) < len(in.l.names) && in.l.header() == nil {
		in.short++
	}
	if len(in.l.names) >= 3 && filled(r) == 1 && len(in.lonely) < 20 {
		in.lonely = append(in.lonely, r.line)
	}
	in.p.Add(cut(in.s.Columns, r.cells))
	return nil
}

// widen adds columns without a name for cells beyond the header.
func (in *inspection) widen(width int) {
	for in.wide = max(in.wide, len(in.l.names)); in.wide < min(width, importer.MaxColumns); in.wide++ {
		in.s.Columns = append(in.s.Columns, importer.Column{
			Key: fmt.Sprintf("#%d", in.wide+1), Name: fmt.Sprintf("Column %d", in.wide+1), At: []int{in.wide}})
	}
}

// usedWidth is the number of cells up to the last filled one.
func usedWidth(r record) int {
	w := len(r.cells)
	for w > 0 && value(r.cells[w-1]) == "" {
		w--
	}
	return w
}

func (in *inspection) finish() {
	s := in.s
	if in.long > 0 {
		s.Notes = append(s.Notes, importer.Note{Level: importer.Warning, Code: "long_rows",
			Text: fmt.Sprintf("%d rows have more cells than the header, the first on line %d. The additional cells are offered as columns without a name.", in.long, in.longAt)})
	}
	if in.short > 0 {
		s.Notes = append(s.Notes, importer.Note{Level: importer.Info, Code: "short_rows",
			Text: fmt.Sprintf("%d rows have fewer cells than the header. The missing ones count as empty.", in.short)})
	}
	if len(in.lonely) > 0 && len(in.lonely) < 20 {
		s.Notes = append(s.Notes, importer.Note{Level: importer.Info, Code: "lonely_rows",
			Text: fmt.Sprintf("Some rows have a value in one column only (lines %s). If they are notes and no ideas, take them out of the file.", lines(in.lonely))})
	}
	in.p.Propose(s)
	for i := range s.Columns {
		c := &s.Columns[i]
		if s.Options.Markup == "wiki" && (c.Target.Kind == importer.ToDescription || c.Target.Type == importer.LongText) {
			c.Markup = "wiki"
		}
	}
	if s.Options.Markup == "" && in.p.Wiki() > 0 {
		s.Notes = append(s.Notes, importer.Note{Level: importer.Question, Code: "markup", Option: "markup", Choices: []string{"plain", "wiki"},
			Text: fmt.Sprintf("%d texts seem to be written in Jira's wiki notation. They are kept as they are; choose “wiki” to turn them into Markdown.", in.p.Wiki())})
	}
}

func lines(list []int) string {
	words := make([]string, 0, len(list))
	for _, n := range list {
		words = append(words, fmt.Sprint(n))
	}
	return strings.Join(words, ", ")
}

// Rows yields the rows of the table.
func (leaf) Rows(ctx context.Context, src importer.Source, s *importer.Survey, yield func(importer.Row) error) error {
	l, err := open(ctx, src, s.Options)
	if err != nil {
		return err
	}
	b := builder{s: s, namer: importer.NewNamer(s), parent: -1}
	for i := range s.Columns {
		if s.Columns[i].Target.Kind == importer.ToParent {
			b.parent = i
		}
	}
	return l.rows(ctx, func() {}, func(n int, r record) error {
		row := importer.Row{Number: n, Line: r.line, Problems: r.problems, Refused: r.refused}
		for i := range row.Problems {
			row.Problems[i].Row = n
			row.Problems[i].Column = b.columnName(row.Problems[i].Column)
		}
		if !row.Refused {
			b.fill(&row, r.cells)
		}
		return yield(row)
	})
}

// builder makes rows of records.
type builder struct {
	s      *importer.Survey
	namer  *importer.Namer
	parent int
}

// columnName gives the header's name for "Column 3".
func (b *builder) columnName(name string) string {
	for _, c := range b.s.Columns {
		for _, at := range c.At {
			if name == fmt.Sprintf("Column %d", at+1) {
				return c.Name
			}
		}
	}
	return name
}

func (b *builder) fill(row *importer.Row, cells [][]string) {
	out := cut(b.s.Columns, cells)
	row.SourceID = b.namer.Name(out)
	if b.parent >= 0 {
		for _, v := range out[b.parent] {
			row.Parent = append(row.Parent, strings.TrimSpace(v))
		}
	}
	for i := range b.s.Columns {
		if b.s.Columns[i].Markup == "wiki" {
			for j, v := range out[i] {
				out[i][j] = wiki.Convert(v, wiki.Options{})
			}
		}
	}
	row.Cells = out
}

// cut sorts the cells of a record into columns, takes HTML out of them and
// fills the columns of addresses.
func cut(cols []importer.Column, cells [][]string) [][]string {
	out := make([][]string, len(cols))
	for i := range cols {
		c := &cols[i]
		if c.From != "" {
			continue
		}
		out[i] = cellOf(c, cells)
		switch c.Markup {
		case "html":
			long := c.Target.Kind == importer.ToDescription || c.Target.Type == importer.LongText
			for j, v := range out[i] {
				visible, links := text.HTMLToText(v)
				if long {
					visible = text.HTMLToMarkdown(v)
				}
				out[i][j] = visible
				addresses(cols, out, linked{c.Key, links})
			}
		case "entities":
			for j, v := range out[i] {
				out[i][j] = text.Unescape(v)
			}
		}
	}
	return out
}

// linked are the addresses of the links in a cell of a column.
type linked struct {
	key   string
	links []string
}

func addresses(cols []importer.Column, out [][]string, l linked) {
	for i := range cols {
		if cols[i].From == l.key {
			out[i] = append(out[i], l.links...)
		}
	}
}
