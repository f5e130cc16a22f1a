package cairn

import (
	"math"
	"strings"
)

// MatrixLayout places ideas by two numbers, as bubbles in four quadrants. An
// axis without a field is chosen by the reader's app.
type MatrixLayout struct {
	X MatrixAxis `json:"x,omitzero"`
	Y MatrixAxis `json:"y,omitzero"`
	// Size makes bubbles larger by a number; Color colours them by a field.
	Size  Ref `json:"size,omitempty"`
	Color Ref `json:"color,omitempty"`
	// Quadrants divide the plot in four.
	Quadrants MatrixQuadrants `json:"quadrants,omitzero"`
}

// MatrixAxis is a field that gives a number, and how it is drawn.
type MatrixAxis struct {
	Field Ref `json:"field,omitempty"`
	// Log draws it logarithmically; values of 0 and less have no place then.
	Log bool `json:"log,omitempty"`
	// Reversed puts the largest value where the smallest would stand.
	Reversed bool `json:"reversed,omitempty"`
	// From and To are the ends of the axis; nil is chosen by the values. Ideas
	// beyond them stand at the edge.
	From *float64 `json:"from,omitempty"`
	To   *float64 `json:"to,omitempty"`
}

// MatrixQuadrants are the four parts of a matrix. They belong to the values,
// not to the screen: reversing an axis moves their names along.
type MatrixQuadrants struct {
	// Off shows the plot undivided.
	Off bool `json:"off,omitempty"`
	// X and Y are the values at which the plot is divided; nil is the middle.
	X *float64 `json:"x,omitempty"`
	Y *float64 `json:"y,omitempty"`
	// The names; "" is the usual one for effort on X and impact on Y: Quick wins
	// (low X, high Y), Big bets, Fill-ins (low X, low Y), Money pits.
	LowHigh  string `json:"lowHigh,omitempty"`
	HighHigh string `json:"highHigh,omitempty"`
	LowLow   string `json:"lowLow,omitempty"`
	HighLow  string `json:"highLow,omitempty"`
}

const maxQuadrantName = 60

// Validate checks the axes and the quadrants.
func (m *MatrixLayout) Validate() error {
	if m.X.Field != "" && m.X.Field == m.Y.Field {
		return Invalid("layout.matrix.y", "The two axes of a matrix show different fields; choose another for one of them")
	}
	for path, axis := range map[string]*MatrixAxis{"layout.matrix.x": &m.X, "layout.matrix.y": &m.Y} {
		for _, end := range []*float64{axis.From, axis.To} {
			if end != nil && (math.IsNaN(*end) || math.IsInf(*end, 0)) {
				return Invalid(path, "An axis ends at a number")
			}
		}
		if axis.From != nil && axis.To != nil && *axis.From >= *axis.To {
			return Invalid(path, "The end of an axis is larger than its beginning")
		}
	}
	q := &m.Quadrants
	for _, at := range []*float64{q.X, q.Y} {
		if at != nil && (math.IsNaN(*at) || math.IsInf(*at, 0)) {
			return Invalid("layout.matrix.quadrants", "A matrix is divided at a number")
		}
	}
	for _, name := range []string{q.LowHigh, q.HighHigh, q.LowLow, q.HighLow} {
		switch {
		case len([]rune(name)) > maxQuadrantName:
			return Invalid("layout.matrix.quadrants", "The name of a quadrant has at most %d characters", maxQuadrantName)
		case strings.ContainsAny(name, "\r\n\t"):
			return Invalid("layout.matrix.quadrants", "The name of a quadrant is one line")
		}
	}
	return nil
}

// Refs are the fields it shows.
func (m *MatrixLayout) Refs() []Ref {
	var refs []Ref
	for _, ref := range []Ref{m.X.Field, m.Y.Field, m.Size, m.Color} {
		if ref != "" {
			refs = append(refs, ref)
		}
	}
	return refs
}
