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
