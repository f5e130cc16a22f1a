// Package trello reads boards that Trello exports as JSON, from the shape of
// 2015 to today's.
//
// Lists become the status, checklists a task list under the description, and
// the comments are taken from the board's actions, which an export holds a
// thousand of at most; what is missing is said. A card's e-mail address is
// never read. board.go knows the shapes, card.go makes rows of cards.
package trello

import (
	"bytes"
	"context"
	"errors"
	"fmt"

	"cairn/internal/importer"
	"cairn/internal/importer/text"
)

// Name of the format.
const Name = "trello-json"

type leaf struct{}

// Leaf gives the importer of Trello boards.
func Leaf() importer.Leaf { return leaf{} }

// Name is the stable name of the format.
func (leaf) Name() string { return Name }

// Detect looks for the members that only a board has.
func (leaf) Detect(head []byte, _ string) importer.Match {
	b := bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\xef\xbb\xbf")), " \t\r\n")
	if len(b) == 0 || b[0] != '{' {
		return importer.Match{}
	}
	found := 0
	for _, member := range []string{`"idOrganization"`, `"labelNames"`, `"shortLink"`, `"dateLastActivity"`, `"prefs"`, `"idBoard"`, `"idList"`, `trello.com/`} {
		if bytes.Contains(b, []byte(member)) {
			found++
		}
	}
	switch {
	case found >= 4:
		return importer.Match{Confidence: 97, Why: "it is a Trello board"}
	case found >= 2 && bytes.Contains(b, []byte(`"cards"`)) && bytes.Contains(b, []byte(`"lists"`)):
		return importer.Match{Confidence: 80, Why: "it has cards and lists like a Trello board"}
	}
	return importer.Match{}
}

// Columns, in the order of the survey; custom fields follow.
const (
	colName = iota
	colDesc
	colList
	colLabels
	colOwner
	colContributors
	colCreated
	colUpdated
	colStart
	colDue
	colDueDone
	colVotes
	colURL
	colPos
	colArchived
	colComments
	colAttachments
	fixedColumns
)

func columns(b *board) []importer.Column {
	built := func(key string, k importer.TargetKind, why string) importer.Column {
		return importer.Column{Key: key, Name: key, Target: importer.Target{Kind: k}, Sure: 98, Why: why}
	}
	field := func(key, label string, t importer.FieldType) importer.Column {
		return importer.Column{Key: key, Name: key, Label: label, Target: importer.Field(t), Sure: 95, Why: "Trello's own member"}
	}
	cols := []importer.Column{
		built("name", importer.ToTitle, "the card's name"),
		built("desc", importer.ToDescription, "the card's text in Markdown, with its checklists"),
		field("list", "Status", importer.Select),
		built("labels", importer.ToLabels, "the card's labels; those without a name by their colour"),
		field("owner", "Owner", importer.PersonType),
		field("contributors", "Contributors", importer.People),
		built("created", importer.ToCreated, "when the card was made, from its id"),
		built("dateLastActivity", importer.ToUpdated, "when the card last changed"),
		field("start", "Start", importer.DateType),
		field("due", "Due", importer.DateType),
		field("dueComplete", "Due date met", importer.Checkbox),
		built("votes", importer.ToVotes, "the card's votes"),
		built("url", importer.ToURL, "the card's page"),
		built("pos", importer.ToRank, "the card's place on the board"),
		built("closed", importer.ToArchived, "archived cards, and cards in archived lists"),
		built("comments", importer.ToComments, "the card's comments"),
		built("attachments", importer.ToAttachments, "the card's attachments, as links"),
	}
	for _, f := range b.fields {
		cols = append(cols, importer.Column{Key: "custom:" + f.ID, Name: f.Name, Label: f.Name, Target: importer.Field(f.fieldType()), Sure: 95,
			Why: "a custom field of the board"})
	}
	return cols
}

// Inspect reads the board and describes it.
func (leaf) Inspect(ctx context.Context, src importer.Source, opts importer.Options) (*importer.Survey, error) {
	b, err := readBoard(ctx, src)
	if err != nil {
		return nil, err
	}
	s := &importer.Survey{Format: Name, Title: "Trello board (JSON)", Name: b.name, Options: opts, Columns: columns(b),
		SourceKey: Name + ":" + b.id, Identity: importer.Identity{How: "record"}}
	p := importer.NewProfiler(s.Columns)
	err = b.cards(ctx, src, func(n int, c *card, fault *text.JSONError) error {
		if n > importer.MaxRows {
			return importer.TooManyRows(src.Name())
		}
		s.Rows = n
		if fault != nil {
			s.Totals.Refused++
			s.Notes = append(s.Notes, importer.Note{Level: importer.Warning, Code: "broken", Text: sentence(fault) + " What came before it can be imported."})
			return nil
		}
		have := len(b.comments[c.ID])
		s.Totals.Comments += have
		s.Totals.CommentsMissing += max(0, c.Badges.Comments-have)
		s.Totals.Attachments += len(c.Attachments)
		if b.archived(c) {
			s.Totals.Archived++
		}
		cells := b.cells(c)
		// Not cells, but worth counting as columns that can be left out.
		for _, m := range b.comments[c.ID] {
			cells[colComments] = append(cells[colComments], m.Body)
		}
		for _, a := range c.Attachments {
			cells[colAttachments] = append(cells[colAttachments], a.URL)
		}
		p.Add(cells)
		return nil
	})
	if err != nil {
		return nil, err
	}
	p.Propose(s)
	settle(s, b)
	return s, nil
}

func settle(s *importer.Survey, b *board) {
	for i := range s.Columns {
		c := &s.Columns[i]
		if c.Filled == 0 && c.Target.Kind == importer.ToField {
			c.Target, c.Why = importer.Target{Kind: importer.ToNothing}, "it is empty on every card"
		}
	}
	if n := s.Totals.CommentsMissing; n > 0 {
		s.Notes = append(s.Notes, importer.Note{Level: importer.Warning, Code: "comments_missing",
			Text: fmt.Sprintf("The cards have %d comments that the file does not hold: an export has the last 1,000 actions of a board only.", n)})
	}
	if n := s.Totals.Archived; n > 0 {
		s.Notes = append(s.Notes, importer.Note{Level: importer.Info, Code: "archived",
			Text: fmt.Sprintf("%d cards are archived, or are in an archived list. They are imported as archived ideas.", n)})
	}
	if b.dropped > 0 {
		s.Notes = append(s.Notes, importer.Note{Level: importer.Warning, Code: "too_many_comments",
			Text: fmt.Sprintf("The file has %d comments beyond the limit of %d. They are left out.", b.dropped, maxComments)})
	}
}

// Rows yields the cards of the board, archived ones included.
func (leaf) Rows(ctx context.Context, src importer.Source, s *importer.Survey, yield func(importer.Row) error) error {
	b, err := readBoard(ctx, src)
	if err != nil {
		return err
	}
	return b.cards(ctx, src, func(n int, c *card, fault *text.JSONError) error {
		row := importer.Row{Number: n}
		if fault != nil {
			row.Line, row.Refused = fault.Line, true
			row.Problems = []importer.Problem{{Row: n, Line: fault.Line, Code: "broken", Reason: sentence(fault)}}
			return yield(row)
		}
		row.Line, row.SourceID, row.Aliases = c.line, c.ID, c.aliases()
		row.Cells = b.cells(c)
		importer.LimitCells(&row, s.Columns)
		row.Comments = b.comments[c.ID]
		row.Attachments = b.attachments(c)
		if missing := c.Badges.Comments - len(row.Comments); missing > 0 {
			row.Problems = append(row.Problems, importer.Problem{Row: n, Line: c.line, Column: "comments", Code: "comments_missing",
				Reason: fmt.Sprintf("The card has %d comments that the file does not hold.", missing)})
		}
		return yield(row)
	})
}

func sentence(fault *text.JSONError) string {
	if errors.Is(fault.Err, text.ErrCutOff) {
		return fmt.Sprintf("The file ends in the middle of the board, on line %d. It looks cut off: export the board again.", fault.Line)
	}
	return fmt.Sprintf("The card on line %d cannot be read (%v).", fault.Line, fault.Err)
}
