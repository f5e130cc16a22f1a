package cairn

import (
	"slices"
	"testing"
)

func TestTreeLayout(t *testing.T) {
	good := TreeLayout{Direction: TreeUp, Rollups: []Rollup{{Field: "f1", Op: RollupSum}, {Field: RefComments, Op: RollupMax}}}
	if err := good.Validate(); err != nil {
		t.Errorf("a good layout is refused: %v", err)
	}
	if got := good.Refs(); !slices.Equal(got, []Ref{"children.sum.f1", "children.max.comments"}) {
		t.Errorf("its references are %v", got)
	}
	for _, bad := range []TreeLayout{
		{Direction: "sideways"}, {Rollups: []Rollup{{Field: "f1", Op: RollupMedian}}}, {Rollups: []Rollup{{Op: RollupSum}}}, {Rollups: make([]Rollup, 11)},
	} {
		if bad.Validate() == nil {
			t.Errorf("%+v is let through", bad)
		}
	}
	for ref, want := range map[Ref]bool{"children.sum.f1": true, "children": false, "children.sum.": false, "children.median.f1": false, "children.f1": false} {
		if _, _, ok := ref.OfChildren(); ok != want {
			t.Errorf("%s is a summary: %v", ref, ok)
		}
	}
}

// TREE-1.
func TestIdeaType(t *testing.T) {
	good := IdeaType{Name: "Opportunity", Color: "amber", Icon: "compass"}
	if err := good.Validate(); err != nil {
		t.Errorf("a good type is refused: %v", err)
	}
	for _, bad := range []IdeaType{{Color: "red"}, {Name: "A"}, {Name: "A", Color: "mauve"}, {Name: "A\nB", Color: "red"}, {Name: "A", Color: "red", Icon: "unicorn"}} {
		if bad.Validate() == nil {
			t.Errorf("%+v is let through", bad)
		}
	}
}

// An idea comes back from its stored form with its type and its parent.
func TestIdeaKeepsItsPlace(t *testing.T) {
	idea := Idea{ID: 7, Project: 1, Number: 3, Title: "A", Type: 11, ParentIdea: 12}
	e, err := idea.Entity()
	if err != nil {
		t.Fatal(err)
	}
	if back, err := IdeaOf(e); err != nil || back.Type != 11 || back.ParentIdea != 12 {
		t.Errorf("the idea came back as %+v: %v", back, err)
	}
	idea.Type, idea.ParentIdea = 0, 0
	if e, err = idea.Entity(); err != nil || e.Attrs["type"] != nil || e.Attrs["parent"] != nil {
		t.Errorf("an idea without type and parent is stored as %s: %v", e.Attrs, err)
	}
}
