package jiracsv

import (
	"context"
	"fmt"
	"strings"
	"time"

	"cairn/internal/importer"
	"cairn/internal/importer/text"
	"cairn/internal/importer/wiki"
)

// Inspect reads the export once and describes it.
func (leaf) Inspect(ctx context.Context, src importer.Source, opts importer.Options) (*importer.Survey, error) {
	f, err := open(ctx, src, opts)
	if err != nil {
		return nil, err
	}
	s := &importer.Survey{Format: Name, Options: opts, Columns: columns(f.header)}
	s.Options.HeaderRow = f.number
	f.Resolve(s)
	p := importer.NewProfiler(s.Columns)
	at := findPlaces(s)
	categories := map[string]string{}
	err = f.each(ctx, func(n int, rec text.Record) error {
		if n > importer.MaxRows {
			return importer.TooManyRows(src.Name())
		}
		s.Rows = n
		if rec.OpenLine > 0 {
			s.Totals.Refused++
			s.Notes = append(s.Notes, importer.CutOffNote(rec))
			return nil
		}
		cells := at.clean(importer.CellsOf(s.Columns, rec.Cells))
		p.Add(cells)
		at.count(&s.Totals, cells)
		if st, c := cell(cells, at.status), category(cell(cells, at.statusCategory)); st != "" && c != "" {
			categories[st] = c
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	p.Propose(s)
	settle(s, categories)
	s.Title, s.Name = variant(s), projectName(s)
	s.Identity = identity(s)
	s.SourceKey = sourceKey(s, src)
	return s, nil
}

// variant names the edition of Jira by the traces it leaves in the header.
func variant(s *importer.Survey) string {
	for i := range s.Columns {
		if strings.HasSuffix(strings.ToLower(s.Columns[i].Name), "assignee id") {
			return "Jira CSV (Cloud)"
		}
	}
	return "Jira CSV (Server or Data Center)"
}

func projectName(s *importer.Survey) string {
	if c := s.Column("Project name"); c != nil && len(c.Values) == 1 {
		return c.Values[0].Value
	}
	return ""
}

func identity(s *importer.Survey) importer.Identity {
	for _, key := range []string{"Issue key", "Key", "Issue id"} {
		for i := range s.Columns {
			if strings.EqualFold(s.Columns[i].Key, key) && s.Columns[i].Filled > 0 {
				return importer.Identity{How: "column", Column: s.Columns[i].Key}
			}
		}
	}
	return importer.Identity{How: "title", Column: "Summary"}
}

// sourceKey is the same for every export of the same site as far as the file
// tells: issue keys are unique within a site, and exports do not name theirs.
func sourceKey(s *importer.Survey, src importer.Source) string {
	if s.Identity.How == "column" {
		return Name
	}
	return Name + ":" + src.Name()
}

// places are the indexes of the columns that rows are built from; −1 for none.
type places struct {
	key, id, parent, parentKey, epic, parentTitle int
	status, statusCategory                        int
	comments, attachments                         []int
	links                                         []linkColumn
	names                                         [][2]int // people columns with their ids
}

type linkColumn struct {
	at   int
	name string
	out  bool
}

func findPlaces(s *importer.Survey) places {
	p := places{key: -1, id: -1, parent: -1, parentKey: -1, epic: -1, parentTitle: -1, status: -1, statusCategory: -1}
	for i := range s.Columns {
		c := &s.Columns[i]
		if name, out, ok := linkType(c.Name); ok {
			p.links = append(p.links, linkColumn{i, name, out})
			continue
		}
		if c.Twin != "" {
			for j := range s.Columns {
				if s.Columns[j].Key == c.Twin {
					p.names = append(p.names, [2]int{i, j})
				}
			}
		}
		switch strings.ToLower(c.Name) {
		case "issue key", "key":
			p.key = i
		case "issue id":
			p.id = i
		case "parent", "parent id":
			p.parent = i
		case "parent key":
			p.parentKey = i
		case "parent summary":
			p.parentTitle = i
		case "custom field (epic link)", "custom field (parent link)":
			p.epic = i
		case "status":
			p.status = i
		case "status category":
			p.statusCategory = i
		case "comment", "comments":
			p.comments = append(p.comments, i)
		case "attachment", "attachments":
			p.attachments = append(p.attachments, i)
		}
	}
	return p
}

// cell is the first value of a column, or "".
func cell(cells [][]string, i int) string {
	if i < 0 || i >= len(cells) || len(cells[i]) == 0 {
		return ""
	}
	return strings.TrimSpace(cells[i][0])
}

// clean drops the {} by which Jira writes "nothing".
func (p places) clean(cells [][]string) [][]string {
	for i, c := range cells {
		if len(c) == 1 && strings.TrimSpace(c[0]) == "{}" {
			cells[i] = nil
		}
	}
	return cells
}

func (p places) count(t *importer.Totals, cells [][]string) {
	for _, i := range p.comments {
		t.Comments += len(cells[i])
	}
	for _, i := range p.attachments {
		t.Attachments += len(cells[i])
	}
	for _, l := range p.links {
		t.Links += len(cells[l.at])
	}
}

// Rows yields the issues of the export.
func (leaf) Rows(ctx context.Context, src importer.Source, s *importer.Survey, yield func(importer.Row) error) error {
	f, err := open(ctx, src, s.Options)
	if err != nil {
		return err
	}
	people, err := f.people(ctx, s)
	if err != nil {
		return err
	}
	b := builder{s: s, at: findPlaces(s), namer: importer.NewNamer(s), people: people, loc: s.Options.Location()}
	b.wiki = wiki.Options{Mention: func(id string) string { return people[id] }}
	return f.each(ctx, func(n int, rec text.Record) error {
		row := importer.Row{Number: n, Line: rec.Line}
		importer.RecordProblems(&row, rec, f.header)
		if !row.Refused {
			b.fill(&row, b.at.clean(importer.CellsOf(s.Columns, rec.Cells)))
		}
		return yield(row)
	})
}

// maxPeople is how many account ids are remembered with their names.
const maxPeople = 50_000

// people reads the names of account ids from the people columns, so that
// mentions and comment authors can be shown by name.
func (f *file) people(ctx context.Context, s *importer.Survey) (map[string]string, error) {
	at := findPlaces(s)
	out := map[string]string{}
	if len(at.names) == 0 {
		return out, nil
	}
	err := f.each(ctx, func(_ int, rec text.Record) error {
		cells := importer.CellsOf(s.Columns, rec.Cells)
		for _, pair := range at.names {
			names, ids := cells[pair[0]], cells[pair[1]]
			for i := range ids {
				if len(names) == len(ids) && len(out) < maxPeople {
					out[strings.TrimSpace(ids[i])] = strings.TrimSpace(names[i])
				}
			}
		}
		return nil
	})
	return out, err
}

// builder makes rows of cells.
type builder struct {
	s      *importer.Survey
	at     places
	namer  *importer.Namer
	people map[string]string
	loc    *time.Location
	wiki   wiki.Options
}

func (b *builder) fill(row *importer.Row, cells [][]string) {
	row.SourceID = b.namer.Name(cells)
	for _, i := range []int{b.at.key, b.at.id} {
		if v := cell(cells, i); v != "" && v != row.SourceID {
			row.Aliases = append(row.Aliases, v)
		}
	}
	for _, i := range []int{b.at.parentKey, b.at.epic, b.at.parent, b.at.parentTitle} {
		if v := cell(cells, i); v != "" {
			row.Parent = append(row.Parent, v)
		}
	}
	for _, i := range b.at.comments {
		b.comments(row, i, cells[i])
	}
	for _, i := range b.at.attachments {
		b.attachments(row, i, cells[i])
	}
	for _, l := range b.at.links {
		for _, ref := range cells[l.at] {
			row.Links = append(row.Links, importer.Link{Type: l.name, Ref: strings.TrimSpace(ref), Out: l.out})
		}
	}
	for i := range b.s.Columns {
		if b.s.Columns[i].Markup == "wiki" {
			for j, v := range cells[i] {
				cells[i][j] = wiki.Convert(v, b.wiki)
			}
		}
	}
	row.Cells = cells
}

// comments reads cells of the form date;author;body. Only the first two
// semicolons divide; a cell of another form is all body.
func (b *builder) comments(row *importer.Row, column int, cells []string) {
	seen := map[string]int{}
	for _, raw := range cells {
		c := importer.Comment{Body: raw}
		if parts := strings.SplitN(raw, ";", 3); len(parts) == 3 {
			if d, ok := text.ParseDate(parts[0], text.Order(b.s.Options.DateOrder)); ok {
				c.At, c.Author, c.Body = d.Time(b.loc), b.person(parts[1]), parts[2]
			}
		}
		if c.At.IsZero() {
			row.Problems = append(row.Problems, importer.Problem{Row: row.Number, Line: row.Line, Column: b.s.Columns[column].Name, Code: "comment_form",
				Reason: "The comment does not have the form date;author;text. All of it was kept as text, without date and author.", Value: importer.Shorten(raw)})
		}
		c.SourceID = commentID(raw, seen)
		c.Body = wiki.Convert(c.Body, b.wiki)
		row.Comments = append(row.Comments, c)
	}
}

// commentID names a comment by its content, since the export has no ids for
// them; equal ones are numbered.
func commentID(raw string, seen map[string]int) string {
	id := importer.Digest(raw)
	seen[id]++
	if n := seen[id]; n > 1 {
		id = fmt.Sprintf("%s#%d", id, n)
	}
	return id
}

// attachments reads cells of the form date;author;name;url.
func (b *builder) attachments(row *importer.Row, column int, cells []string) {
	for _, raw := range cells {
		parts := strings.SplitN(raw, ";", 4)
		if len(parts) == 4 {
			if d, ok := text.ParseDate(parts[0], text.Order(b.s.Options.DateOrder)); ok {
				row.Attachments = append(row.Attachments, importer.Attachment{At: d.Time(b.loc), Author: b.person(parts[1]), Name: parts[2], URL: strings.TrimSpace(parts[3])})
				continue
			}
		}
		if strings.HasPrefix(raw, "http") {
			row.Attachments = append(row.Attachments, importer.Attachment{Name: raw, URL: strings.TrimSpace(raw)})
			continue
		}
		row.Problems = append(row.Problems, importer.Problem{Row: row.Number, Line: row.Line, Column: b.s.Columns[column].Name, Code: "attachment_form",
			Reason: "The attachment does not have the form date;author;name;address and was left out.", Value: importer.Shorten(raw)})
	}
}

// person names the author of a comment by account id, login or name.
func (b *builder) person(s string) importer.Person {
	s = strings.TrimSpace(s)
	p := importer.ReadPerson(s)
	if name, ok := b.people[s]; ok {
		return importer.Person{ID: s, Name: name}
	}
	return p
}
