package cairn_test

import (
	"encoding/json"
	"strings"
	"testing"

	"cairn"
)

// BRD-80: what a board's layout may hold.
func TestBoardLayoutIsChecked(t *testing.T) {
	key := func(raw string) []cairn.BoardGroup {
		return []cairn.BoardGroup{{Field: "f1", Key: json.RawMessage(raw)}}
	}
	limit := func(n int) []cairn.BoardGroup {
		return []cairn.BoardGroup{{Field: "f1", Key: json.RawMessage("7"), Limit: n, Block: true}}
	}
	tests := []struct {
		name   string
		layout cairn.BoardLayout
		want   string // part of the refusal; "" passes
	}{
		{"nothing set", cairn.BoardLayout{}, ""},
		{"all set", cairn.BoardLayout{Card: "detailed", Width: "large", Cover: "f2", Groups: limit(4)}, ""},
		{"text key", cairn.BoardLayout{Groups: key(`"2027-01-01"`)}, ""},
		{"no value", cairn.BoardLayout{Groups: key(`null`)}, ""},
		{"unknown card", cairn.BoardLayout{Card: "huge"}, "compact, summary or detailed"},
		{"unknown width", cairn.BoardLayout{Width: "9"}, "small, default or large"},
		{"no field", cairn.BoardLayout{Groups: []cairn.BoardGroup{{Key: json.RawMessage("1")}}}, "names the field"},
		{"no key", cairn.BoardLayout{Groups: key("")}, "The key of a column"},
		{"broken key", cairn.BoardLayout{Groups: key(`"a`)}, "The key of a column"},
		{"list as key", cairn.BoardLayout{Groups: key(`[1]`)}, "The key of a column"},
		{"long key", cairn.BoardLayout{Groups: key(`"` + strings.Repeat("x", 9000) + `"`)}, "too long"},
		{"negative limit", cairn.BoardLayout{Groups: limit(-1)}, "from 1 to 100000"},
		{"enormous limit", cairn.BoardLayout{Groups: limit(cairn.MaxBoardLimit + 1)}, "from 1 to 100000"},
		{"too many", cairn.BoardLayout{Groups: make([]cairn.BoardGroup, cairn.MaxBoardGroups+1)}, "at most 1000"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			v := cairn.View{Name: "Board", Kind: cairn.ViewBoard, Layout: cairn.Layout{Board: &tt.layout}}
			err := v.Validate()
			if tt.want == "" && err != nil {
				t.Fatalf("refused: %v", err)
			}
			if tt.want != "" && (err == nil || !strings.Contains(err.Error(), tt.want)) {
				t.Fatalf("got %v, want a refusal that says %q", err, tt.want)
			}
		})
	}
}

// BRD-81: the cover's field is needed of each idea.
func TestBoardLayoutNamesItsFields(t *testing.T) {
	l := cairn.Layout{Board: &cairn.BoardLayout{Cover: "f2", Images: true}}
	if got := l.Refs(); len(got) != 2 || got[0] != "f2" || got[1] != cairn.RefCover {
		t.Fatalf("Refs() = %v, want f2 and the cover image", got)
	}
	if got := (&cairn.Layout{}).Refs(); len(got) != 0 {
		t.Fatalf("Refs() = %v, want none", got)
	}
}
