package cairn_test

import (
	"reflect"
	"testing"

	"cairn"
)

// LNK-1: each type is in the table once, with words for both directions.
func TestLinkTypes(t *testing.T) {
	seen := make(map[cairn.LinkType]bool)
	for _, info := range cairn.LinkTypes() {
		got, ok := info.Type.Info()
		if !ok || got != info || seen[info.Type] || info.Outward == "" || info.Inward == "" {
			t.Errorf("type %q: %+v, %v, twice %v", info.Type, got, ok, seen[info.Type])
		}
		if info.Symmetric && (info.Outward != info.Inward || info.Dependency) {
			t.Errorf("%q says the same both ways and yet not", info.Type)
		}
		seen[info.Type] = true
	}
	if _, ok := cairn.LinkType("loves").Info(); ok {
		t.Error("an unknown type is known")
	}
}

// LNK-2, LNK-3.
func TestLinkValidate(t *testing.T) {
	for _, c := range []struct {
		name string
		link cairn.Link
		code cairn.Code
	}{
		{"plain", cairn.Link{From: 1, To: 2, Type: cairn.LinkRelates}, ""},
		{"lag", cairn.Link{From: 1, To: 2, Type: cairn.LinkFinishStart, Lag: 14}, ""},
		{"overlap", cairn.Link{From: 1, To: 2, Type: cairn.LinkStartStart, Lag: -14}, ""},
		{"to itself", cairn.Link{From: 1, To: 1, Type: cairn.LinkRelates}, cairn.CodeInvalid},
		{"unknown type", cairn.Link{From: 1, To: 2, Type: "loves"}, cairn.CodeInvalid},
		{"lag of no dependency", cairn.Link{From: 1, To: 2, Type: cairn.LinkTests, Lag: 1}, cairn.CodeInvalid},
		{"endless lag", cairn.Link{From: 1, To: 2, Type: cairn.LinkFinishStart, Lag: cairn.MaxLag + 1}, cairn.CodeInvalid},
		{"endless overlap", cairn.Link{From: 1, To: 2, Type: cairn.LinkFinishStart, Lag: -cairn.MaxLag - 1}, cairn.CodeInvalid},
	} {
		if err := c.link.Validate(); cairn.CodeOf(err) != c.code {
			t.Errorf("%s: %v; want %q", c.name, err, c.code)
		}
	}
}

// A link is the same after it was stored.
func TestLinkEntity(t *testing.T) {
	l := cairn.Link{ID: 9, Project: 3, Version: 4, From: 1, To: 2, Type: cairn.LinkFinishStart, Lag: -3, CreatedBy: 8}
	e, err := l.Entity()
	if err != nil {
		t.Fatal(err)
	}
	back, err := cairn.LinkOf(e)
	if err != nil || !reflect.DeepEqual(back, l) {
		t.Errorf("stored and read: %+v, %v; want %+v", back, err, l)
	}
	if keys := e.Keys(); len(keys) != 1 || keys[0] != cairn.LinkKey(1, 2, cairn.LinkFinishStart) {
		t.Errorf("the link owns the keys %v", keys)
	}
}
