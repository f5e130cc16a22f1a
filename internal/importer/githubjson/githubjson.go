// Package githubjson reads lists of GitHub issues as JSON: the answers of the
// REST interface (/repos/…/issues, /search/issues, also several pages in a row)
// and of "gh issue list --json".
//
// Pull requests are left out and counted. Bodies are Markdown already. Votes
// are the 👍 reactions. issue.go knows the shapes of an issue.
package githubjson

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"cairn/internal/importer"
	"cairn/internal/importer/text"
)

// Name of the format.
const Name = "github-json"

type leaf struct{}

// Leaf gives the importer of GitHub issues.
func Leaf() importer.Leaf { return leaf{} }

// Name is the stable name of the format.
func (leaf) Name() string { return Name }

// Detect looks for the members that issues have and an address on GitHub.
func (leaf) Detect(head []byte, _ string) importer.Match {
	b := bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\xef\xbb\xbf")), " \t\r\n")
	if len(b) == 0 || b[0] != '[' && b[0] != '{' {
		return importer.Match{}
	}
	has := func(s string) bool { return bytes.Contains(b, []byte(s)) }
	if !has(`"number"`) || !has(`"title"`) || !has(`"state"`) || !has(`"labels"`) && !has(`"body"`) {
		return importer.Match{}
	}
	if has("api.github.com") || has("https://github.com/") && (has(`"html_url"`) || has(`"createdAt"`)) {
		return importer.Match{Confidence: 95, Why: "it is a list of GitHub issues"}
	}
	return importer.Match{Confidence: 55, Why: "its members look like those of GitHub issues"}
}

// Columns, in the order of the survey.
const (
	colTitle = iota
	colKey
	colBody
	colState
	colReason
	colLabels
	colAssignees
	colCreator
	colCreated
	colUpdated
	colClosed
	colMilestone
	colMilestoneDue
	colVotes
	colReactions
	colComments
	colURL
	colRepository
)

func columns() []importer.Column {
	built := func(key string, k importer.TargetKind, why string) importer.Column {
		return importer.Column{Key: key, Name: key, Target: importer.Target{Kind: k}, Sure: 98, Why: why}
	}
	field := func(key string, t importer.FieldType, why string) importer.Column {
		return importer.Column{Key: key, Name: key, Target: importer.Field(t), Sure: 95, Why: why}
	}
	return []importer.Column{
		built("title", importer.ToTitle, "the issue's title"),
		built("key", importer.ToExternalID, "repository and number of the issue"),
		built("body", importer.ToDescription, "the issue's text, in Markdown"),
		field("state", importer.Select, "open or closed"),
		field("state_reason", importer.Select, "why the issue was closed"),
		built("labels", importer.ToLabels, "the issue's labels"),
		field("assignees", importer.People, "who works on it"),
		built("user", importer.ToCreator, "who opened it"),
		built("created_at", importer.ToCreated, "when it was opened"),
		built("updated_at", importer.ToUpdated, "when it last changed"),
		field("closed_at", importer.DateType, "when it was closed"),
		field("milestone", importer.Select, "the milestone's title"),
		field("milestone_due_on", importer.DateType, "when the milestone is due"),
		built("votes", importer.ToVotes, "the 👍 reactions"),
		field("reactions", importer.Number, "all reactions together"),
		built("comments", importer.ToComments, "the issue's comments"),
		built("html_url", importer.ToURL, "the issue's page"),
		field("repository", importer.Select, "owner and name of the repository"),
	}
}

// Inspect reads the list once and describes it.
func (leaf) Inspect(ctx context.Context, src importer.Source, opts importer.Options) (*importer.Survey, error) {
	s := &importer.Survey{Format: Name, Title: "GitHub issues (JSON)", Options: opts, Columns: columns()}
	p := importer.NewProfiler(s.Columns)
	repositories := map[string]bool{}
	err := walk(ctx, src, func(n int, i *issue, fault error) error {
		switch {
		case n > importer.MaxRows:
			return importer.TooManyRows(src.Name())
		case fault != nil:
			s.Rows++
			s.Totals.Refused++
			s.Notes = append(s.Notes, importer.Note{Level: importer.Warning, Code: "broken", Text: sentence(fault) + " What came before it can be imported."})
			return nil
		case i.pullRequest():
			s.Totals.Skipped++
			return nil
		}
		s.Rows++
		cells := i.cells()
		repositories[i.repository()] = true
		have := len(i.comments())
		s.Totals.Comments += have
		s.Totals.CommentsMissing += max(0, i.commentCount()-have)
		p.Add(cells)
		return nil
	})
	if err != nil {
		return nil, err
	}
	if s.Rows == 0 && s.Totals.Skipped == 0 {
		return nil, &importer.Refusal{Code: "no_issues", Text: fmt.Sprintf("“%s” holds no GitHub issues. Export them with the REST interface or with gh issue list --json.", src.Name())}
	}
	p.Propose(s)
	settle(s, repositories)
	return s, nil
}

// settle writes what the whole list tells.
func settle(s *importer.Survey, repositories map[string]bool) {
	s.Identity = importer.Identity{How: "column", Column: "key"}
	s.Options.IDColumn = "key"
	s.SourceKey = Name
	for i := range s.Columns {
		c := &s.Columns[i]
		if c.Filled == 0 && c.Target.Kind == importer.ToField {
			c.Target, c.Why = importer.Target{Kind: importer.ToNothing}, "it is empty in every issue"
		}
		for j := range c.Values {
			if c.Key == "state" {
				c.Values[j].Category = map[string]string{"open": "new", "closed": "done"}[c.Values[j].Value]
			}
		}
	}
	if len(repositories) == 1 {
		for r := range repositories {
			s.Name = r
			s.SourceKey = Name + ":" + r
		}
		c := &s.Columns[colRepository]
		c.Target, c.Why = importer.Target{Kind: importer.ToNothing}, "it is the same in every issue"
	}
	if s.Totals.Skipped > 0 {
		s.Notes = append(s.Notes, importer.Note{Level: importer.Info, Code: "pull_requests",
			Text: fmt.Sprintf("%d pull requests were left out; only issues are imported.", s.Totals.Skipped)})
	}
	if n := s.Totals.CommentsMissing; n > 0 {
		s.Notes = append(s.Notes, importer.Note{Level: importer.Warning, Code: "comments_missing",
			Text: fmt.Sprintf("The issues have %d comments that the file does not hold. To bring them along, export with gh issue list --json comments and the other members.", n)})
	}
}

// Rows yields the issues of the list.
func (leaf) Rows(ctx context.Context, src importer.Source, s *importer.Survey, yield func(importer.Row) error) error {
	n := 0
	namer := importer.NewNamer(s)
	return walk(ctx, src, func(_ int, i *issue, fault error) error {
		if fault == nil && i.pullRequest() {
			return nil
		}
		n++
		row := importer.Row{Number: n}
		if fault != nil {
			row.Refused = true
			row.Problems = []importer.Problem{{Row: n, Code: "broken", Reason: sentence(fault)}}
			var at *text.JSONError
			if errors.As(fault, &at) {
				row.Line = at.Line
				row.Problems[0].Line = at.Line
			}
			return yield(row)
		}
		row.Line = i.line
		row.Cells = i.cells()
		importer.LimitCells(&row, s.Columns)
		row.SourceID = namer.Name(row.Cells)
		row.Aliases = i.aliases()
		row.Comments = i.comments()
		return yield(row)
	})
}

func sentence(fault error) string {
	var at *text.JSONError
	if errors.As(fault, &at) && errors.Is(at.Err, text.ErrCutOff) {
		return fmt.Sprintf("The file ends in the middle of the list, on line %d. It looks cut off: export it again.", at.Line)
	}
	return fmt.Sprintf("The list cannot be read further (%v). Export it again.", fault)
}

// walk yields the objects of every list in the document. A fault of the
// document or of one element is yielded in place of an issue.
func walk(ctx context.Context, src importer.Source, yield func(n int, i *issue, fault error) error) error {
	f, err := src.Open()
	if err != nil {
		return err
	}
	defer f.Close()
	n := 0
	err = text.EachJSON(f, func(e text.Element) error {
		if e.Index < 0 || e.Path != "" && e.Path != "items" {
			return nil
		}
		n++
		if n%256 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		if text.Depth(e.Raw) > importer.MaxDepth {
			return yield(n, nil, &text.JSONError{Line: e.Line, Err: fmt.Errorf("the issue is nested deeper than %d levels", importer.MaxDepth)})
		}
		i := &issue{line: e.Line}
		if err := json.Unmarshal(e.Raw, i); err != nil {
			return yield(n, nil, &text.JSONError{Line: e.Line, Err: err})
		}
		return yield(n, i, nil)
	})
	var fault *text.JSONError
	if errors.As(err, &fault) {
		return yield(n+1, nil, fault)
	}
	return err
}
