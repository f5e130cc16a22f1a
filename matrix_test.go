package cairn

import (
	"math"
	"slices"
	"strings"
	"testing"
)

// TestMatrixValidate: MTX-1, MTX-2.
func TestMatrixValidate(t *testing.T) {
	two, ten, nan := 2.0, 10.0, math.NaN()
	for _, c := range []struct {
		name string
		in   MatrixLayout
		want string
	}{
		{"empty", MatrixLayout{}, ""},
		{"two axes", MatrixLayout{X: MatrixAxis{Field: "f1", Log: true}, Y: MatrixAxis{Field: "f2", Reversed: true}}, ""},
		{"one axis", MatrixLayout{X: MatrixAxis{Field: "f1"}}, ""},
		{"same field twice", MatrixLayout{X: MatrixAxis{Field: "f1"}, Y: MatrixAxis{Field: "f1"}}, "different fields"},
		{"divided", MatrixLayout{Quadrants: MatrixQuadrants{X: &ten, LowHigh: "Do now"}}, ""},
		{"divided nowhere", MatrixLayout{Quadrants: MatrixQuadrants{Y: &nan}}, "divided at a number"},
		{"fixed ends", MatrixLayout{X: MatrixAxis{From: &two, To: &ten}, Y: MatrixAxis{To: &ten}}, ""},
		{"ends the wrong way round", MatrixLayout{X: MatrixAxis{From: &ten, To: &two}}, "larger than its beginning"},
		{"an axis of nothing", MatrixLayout{Y: MatrixAxis{From: &ten, To: &ten}}, "larger than its beginning"},
		{"an end nowhere", MatrixLayout{Y: MatrixAxis{To: &nan}}, "ends at a number"},
		{"long name", MatrixLayout{Quadrants: MatrixQuadrants{HighLow: strings.Repeat("é", 61)}}, "60 characters"},
		{"two lines", MatrixLayout{Quadrants: MatrixQuadrants{LowLow: "a\nb"}}, "one line"},
	} {
		v := View{Name: "M", Kind: ViewMatrix, Layout: Layout{Matrix: &c.in}}
		err := v.Validate()
		if c.want == "" && err != nil || c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)) {
			t.Errorf("%s: %v, want %q", c.name, err, c.want)
		}
		if err != nil && CodeOf(err) != CodeInvalid {
			t.Errorf("%s: code %s", c.name, CodeOf(err))
		}
	}
}

// TestMatrixRefs: MTX-3.
func TestMatrixRefs(t *testing.T) {
	l := Layout{Matrix: &MatrixLayout{X: MatrixAxis{Field: "f1"}, Y: MatrixAxis{Field: "f2"}, Size: "f3", Color: "f4"}}
	if got := l.Refs(); !slices.Equal(got, []Ref{"f1", "f2", "f3", "f4"}) {
		t.Errorf("refs %v", got)
	}
	l.Matrix = &MatrixLayout{Y: MatrixAxis{Field: "comments"}}
	if got := l.Refs(); !slices.Equal(got, []Ref{"comments"}) {
		t.Errorf("refs %v", got)
	}
}
