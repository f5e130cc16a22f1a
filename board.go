package cairn

import (
	"bytes"
	"encoding/json"
)

// BoardLayout is how a board shows its result. Its columns are the groups of the
// query's first grouping, its swimlanes those of the second.
type BoardLayout struct {
	// Card is how much a card shows: compact (the title), summary (values in a
	// line, the default) or detailed (a line for each field).
	Card string `json:"card,omitempty" enum:"compact,summary,detailed"`
	// Width of the columns: small, default or large.
	Width string `json:"width,omitempty" enum:"small,default,large"`
	// Cover is a field of options whose colour bands the card; "" for none.
	Cover Ref `json:"cover,omitempty"`
	// Images shows the cover image of each idea that has one.
	Images bool `json:"images,omitempty"`
	// HideCounts leaves the numbers of ideas out of the headers.
	HideCounts bool `json:"hideCounts,omitempty"`
	// Groups hold what is set for single columns and swimlanes, of this grouping
	// and of those that the view had before.
	Groups []BoardGroup `json:"groups,omitempty"`
}

// BoardGroup is what is set for one column or swimlane of a board.
type BoardGroup struct {
	// Field is what the board is grouped by, Key the group's value in JSON, as in
	// the answer to a query.
	Field Ref             `json:"field"`
	Key   json.RawMessage `json:"key"`
	// Collapsed shows the heading alone.
	Collapsed bool `json:"collapsed,omitempty"`
	// Limit is how many ideas a column should hold; 0 is any number.
	Limit int `json:"limit,omitempty" minimum:"0"`
	// Block refuses ideas beyond the limit; otherwise the column only warns.
	Block bool `json:"block,omitempty"`
}

// The bounds of a board's layout.
const (
	MaxBoardGroups = 1000
	MaxBoardLimit  = 100_000
)

// Validate checks the layout's own shape.
func (b *BoardLayout) Validate() error {
	switch {
	case b.Card != "" && b.Card != "compact" && b.Card != "summary" && b.Card != "detailed":
		return Invalid("layout.board.card", "A card is compact, summary or detailed, not %q", b.Card)
	case b.Width != "" && b.Width != "small" && b.Width != "default" && b.Width != "large":
		return Invalid("layout.board.width", "The columns of a board are small, default or large, not %q", b.Width)
	case len(b.Groups) > MaxBoardGroups:
		return Invalid("layout.board.groups", "A board remembers at most %d columns and swimlanes", MaxBoardGroups)
	}
	for i := range b.Groups {
		if err := b.Groups[i].validate(); err != nil {
			return err
		}
	}
	return nil
}

func (g *BoardGroup) validate() error {
	key := bytes.TrimSpace(g.Key)
	switch {
	case g.Field == "":
		return Invalid("layout.board.groups", "A column of a board names the field that the board is grouped by")
	case len(key) == 0 || !json.Valid(key) || key[0] == '{' || key[0] == '[':
		return Invalid("layout.board.groups", "The key of a column is a text, a number, true, false or null")
	case len(key) > 4*MaxShortText:
		return Invalid("layout.board.groups", "The key of a column is too long")
	case g.Limit < 0 || g.Limit > MaxBoardLimit:
		return Invalid("layout.board.groups", "A column's limit is a number from 1 to %d, or 0 for none", MaxBoardLimit)
	}
	return nil
}

// Refs are the fields that the layout needs of each idea.
func (b *BoardLayout) Refs() []Ref {
	var refs []Ref
	if b.Cover != "" {
		refs = append(refs, b.Cover)
	}
	if b.Images {
		refs = append(refs, RefCover)
	}
	return refs
}
