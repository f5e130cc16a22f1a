package trello

import (
	"context"
	"encoding/json"
	"errors"
	"sort"
	"strconv"
	"strings"
	"time"

	"cairn/internal/importer"
	"cairn/internal/importer/text"
)

// card is a card of any year's export. It has no member for the e-mail address
// on purpose.
type card struct {
	line int

	ID          string       `json:"id"`
	IDShort     int          `json:"idShort"`
	ShortLink   string       `json:"shortLink"`
	Name        string       `json:"name"`
	Desc        string       `json:"desc"`
	IDList      string       `json:"idList"`
	Pos         json.Number  `json:"pos"`
	Closed      bool         `json:"closed"`
	Start       string       `json:"start"`
	Due         string       `json:"due"`
	DueComplete *bool        `json:"dueComplete"`
	Activity    string       `json:"dateLastActivity"`
	URL         string       `json:"url"`
	ShortURL    string       `json:"shortUrl"`
	Labels      []label      `json:"labels"`
	IDLabels    []string     `json:"idLabels"`
	IDMembers   []string     `json:"idMembers"`
	Voted       []string     `json:"idMembersVoted"`
	Checklists  []checklist  `json:"checklists"`
	Attachments []attachment `json:"attachments"`
	Badges      struct {
		Votes    int `json:"votes"`
		Comments int `json:"comments"`
	} `json:"badges"`
	Custom []customValue `json:"customFieldItems"`
}

type attachment struct {
	Name   string `json:"name"`
	URL    string `json:"url"`
	Date   string `json:"date"`
	Member string `json:"idMember"`
}

type customValue struct {
	Field  string `json:"idCustomField"`
	Option string `json:"idValue"`
	Value  *struct {
		Text    string `json:"text"`
		Number  string `json:"number"`
		Checked string `json:"checked"`
		Date    string `json:"date"`
	} `json:"value"`
}

// cards yields the cards in the order of the file. A card that cannot be read
// and a file that ends early are yielded as faults.
func (b *board) cards(ctx context.Context, src importer.Source, yield func(n int, c *card, fault *text.JSONError) error) error {
	f, err := src.Open()
	if err != nil {
		return err
	}
	defer f.Close()
	n := 0
	err = text.EachJSON(f, func(e text.Element) error {
		if e.Path != "cards" || e.Index < 0 {
			return nil
		}
		n++
		if n%256 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		c := &card{line: e.Line}
		if err := json.Unmarshal(e.Raw, c); err != nil {
			return yield(n, nil, &text.JSONError{Line: e.Line, Err: err})
		}
		return yield(n, c, nil)
	})
	var fault *text.JSONError
	if errors.As(err, &fault) {
		return yield(n+1, nil, fault)
	}
	return err
}

// created is the moment in the first eight digits of the card's id, or that of
// the action that made the card.
func (b *board) created(c *card) time.Time {
	if len(c.ID) == 24 {
		if secs, err := strconv.ParseInt(c.ID[:8], 16, 64); err == nil && secs > 1_000_000_000 {
			return time.Unix(secs, 0).UTC()
		}
	}
	return b.made[c.ID]
}

func (b *board) archived(c *card) bool { return c.Closed || b.lists[c.IDList].Closed }

func (c *card) aliases() []string {
	var out []string
	for _, a := range []string{c.ShortLink, c.ShortURL, c.URL} {
		if a != "" {
			out = append(out, a)
		}
	}
	return out
}

func (b *board) cells(c *card) [][]string {
	out := make([][]string, fixedColumns+len(b.fields))
	set := func(col int, v string) {
		if strings.TrimSpace(v) != "" {
			out[col] = append(out[col], v)
		}
	}
	set(colName, c.Name)
	set(colDesc, b.description(c))
	set(colList, b.lists[c.IDList].Name)
	for _, l := range b.labelsOf(c) {
		set(colLabels, l.text())
	}
	for i, id := range c.IDMembers {
		col := colOwner
		if i > 0 {
			col = colContributors
		}
		name := b.members[id].Name
		if name == "" {
			name = id
		}
		set(col, name)
	}
	if at := b.created(c); !at.IsZero() {
		set(colCreated, at.Format(time.RFC3339))
	}
	set(colUpdated, c.Activity)
	set(colStart, c.Start)
	set(colDue, c.Due)
	if c.DueComplete != nil && c.Due != "" {
		set(colDueDone, strconv.FormatBool(*c.DueComplete))
	}
	set(colVotes, strconv.Itoa(max(c.Badges.Votes, len(c.Voted))))
	if c.ShortURL != "" {
		set(colURL, c.ShortURL)
	} else {
		set(colURL, c.URL)
	}
	set(colPos, c.Pos.String())
	if b.archived(c) {
		set(colArchived, "true")
	}
	b.custom(c, out)
	return out
}

// labelsOf takes the labels that stand on the card, or else looks up their ids.
func (b *board) labelsOf(c *card) []label {
	if len(c.Labels) > 0 {
		return c.Labels
	}
	var out []label
	for _, id := range c.IDLabels {
		if l, ok := b.labels[id]; ok {
			out = append(out, l)
		}
	}
	return out
}

// description is the card's text followed by its checklists as task lists.
func (b *board) description(c *card) string {
	lists := append(append([]checklist{}, b.checklists[c.ID]...), c.Checklists...)
	if len(lists) == 0 {
		return c.Desc
	}
	sort.SliceStable(lists, func(i, j int) bool { return lists[i].Pos < lists[j].Pos })
	var s strings.Builder
	s.WriteString(strings.TrimRight(c.Desc, "\n"))
	seen := map[string]bool{}
	for _, l := range lists {
		if l.ID != "" && seen[l.ID] {
			continue
		}
		seen[l.ID] = true
		if s.Len() > 0 {
			s.WriteString("\n\n")
		}
		s.WriteString("### " + oneLine(l.Name) + "\n")
		items := l.Items
		sort.SliceStable(items, func(i, j int) bool { return items[i].Pos < items[j].Pos })
		for _, item := range items {
			mark := " "
			if item.State == "complete" {
				mark = "x"
			}
			s.WriteString("\n- [" + mark + "] " + oneLine(item.Name))
		}
	}
	return s.String()
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

func (b *board) custom(c *card, out [][]string) {
	for _, v := range c.Custom {
		for i, f := range b.fields {
			if f.ID != v.Field {
				continue
			}
			text := b.options[v.Option]
			if v.Value != nil {
				text = v.Value.Text + v.Value.Number + v.Value.Checked + v.Value.Date
			}
			if text != "" {
				out[fixedColumns+i] = []string{text}
			}
		}
	}
}

func (b *board) attachments(c *card) []importer.Attachment {
	var out []importer.Attachment
	for _, a := range c.Attachments {
		at, err := time.Parse(time.RFC3339, a.Date)
		if err != nil {
			at = time.Time{}
		}
		name := a.Name
		if name == "" {
			name = a.URL
		}
		out = append(out, importer.Attachment{At: at.UTC(), Author: b.members[a.Member], Name: name, URL: a.URL})
	}
	return out
}
