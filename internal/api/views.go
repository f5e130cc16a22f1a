package api

import (
	"context"
	"encoding/json"

	"cairn"
	"cairn/internal/app"
)

type rawMessage = json.RawMessage

// View is a saved view on the wire.
type View struct {
	ID      cairn.ID `json:"id"`
	Version int64    `json:"version"`
	cairn.View
}

func viewOut(v cairn.View) View { return View{v.ID, v.Version, v} }

type viewOutput struct{ Body View }

// ViewInput is a view's whole definition.
type ViewInput cairn.View

type createViewIn struct {
	ProjectIn
	Body ViewInput
}

func (s *server) createView(ctx context.Context, in *createViewIn) (*viewOutput, error) {
	by := callerOf(ctx)
	p, err := s.app.Project(by, in.Project)
	if err != nil {
		return nil, err
	}
	v, err := s.app.CreateView(ctx, by, p.ID, cairn.View(in.Body))
	if err != nil {
		return nil, err
	}
	return &viewOutput{viewOut(v)}, nil
}

// ViewIn is the path parameter that names a view.
type ViewIn struct {
	View cairn.ID `path:"view" doc:"The view's id"`
}

type updateViewIn struct {
	ViewIn
	IfMatch
	Body ViewInput
}

func (s *server) updateView(ctx context.Context, in *updateViewIn) (*viewOutput, error) {
	v := cairn.View(in.Body)
	v.ID = in.View
	var err error
	if v.Version, err = in.version(0); err != nil {
		return nil, err
	}
	if v, err = s.app.UpdateView(ctx, callerOf(ctx), v); err != nil {
		return nil, err
	}
	return &viewOutput{viewOut(v)}, nil
}

func (s *server) deleteView(ctx context.Context, in *ViewIn) (*none, error) {
	return nil, s.app.DeleteView(ctx, callerOf(ctx), in.View)
}

// ViewResult documents the answer of a query. The engine writes it byte by byte:
// see docs/spec/view-query.md.
type ViewResult struct {
	Seq     int64       `json:"seq" doc:"The position in the log that this answer reflects"`
	Total   int         `json:"total" doc:"How many ideas the query finds"`
	Length  int         `json:"length" doc:"How many positions there are: an idea stands once in each of its groups"`
	Offset  int         `json:"offset"`
	Columns []cairn.Ref `json:"columns" doc:"The fields of each row, in order"`
	Tree    *ViewTree   `json:"tree,omitempty" doc:"Present when the query asks for a tree"`
	// Ideas are those that cells of parents and connections hold.
	Ideas   map[cairn.ID]Mention `json:"ideas,omitempty" doc:"What cells that hold ideas show of them, by id"`
	Groups  []ViewGroup          `json:"groups,omitempty" doc:"Present when the query groups"`
	Rollups []RollupValue        `json:"rollups,omitempty" doc:"Over all ideas found"`
	Rows    [][]any              `json:"rows" doc:"[id, number, version, colour, archived 0 or 1, then one cell per column]. The colour is null, a name, or {row, cells} when rules colour single cells. A formula's cell is a number, null, {value, missing} or {error}"`
	Ranged  []cairn.Ref          `json:"ranged,omitempty" doc:"The formula columns that depend on ranges: ask for their spreads"`
	// Warnings tell of deleted fields that the query still names.
	Warnings []string `json:"warnings,omitempty" doc:"What was left out since it was deleted"`
}

// ViewTree is the shape of a tree: all positions, each idea before its children.
type ViewTree struct {
	Shape   string     `json:"shape" doc:"Changes whenever the rest does"`
	IDs     []cairn.ID `json:"ids,omitempty" doc:"The ideas by position. This and what follows is left out when you named the present shape"`
	Depths  []int      `json:"depths,omitempty" doc:"By position, 0 at the top"`
	Muted   []int      `json:"muted,omitempty" doc:"Positions of ideas that the query does not find, shown since ideas below them are"`
	Orphans int        `json:"orphans,omitempty" doc:"How many of the last positions belong nowhere in the tree"`
}

// ViewGroup is a run of rows that share a value.
type ViewGroup struct {
	Key     any           `json:"key" doc:"The shared value, null for ideas without one"`
	Label   string        `json:"label"`
	Offset  int           `json:"offset" doc:"Position of its first row"`
	Count   int           `json:"count"`
	Rollups []RollupValue `json:"rollups,omitempty"`
	Groups  []ViewGroup   `json:"groups,omitempty" doc:"The second grouping"`
}

// RollupValue is one roll-up's result.
type RollupValue struct {
	Field cairn.Ref      `json:"field"`
	Op    cairn.RollupOp `json:"op"`
	Value *float64       `json:"value"`
}

// rawOut is an answer that the handler encoded itself.
type rawOut struct {
	ContentType string `header:"Content-Type"`
	Body        []byte
}

const defaultWindow = 200

type viewResultIn struct {
	ViewIn
	Offset  int    `query:"offset" minimum:"0"`
	Limit   int    `query:"limit" minimum:"-1" default:"200" doc:"-1 is all rows"`
	Columns string `query:"columns" doc:"Fields of each row, separated by commas; default: the title and the view's columns"`
	At      string `query:"at" doc:"What was at a moment, or at the end of a day; absent is now"`
}

func (s *server) getViewResult(ctx context.Context, in *viewResultIn) (*rawOut, error) {
	by := callerOf(ctx)
	v, err := s.app.View(by, in.View)
	if err != nil {
		return nil, err
	}
	columns := refs(in.Columns)
	if len(columns) == 0 {
		columns = append(columns, cairn.RefTitle)
		for _, c := range v.Columns {
			columns = append(columns, c.Field)
		}
	}
	at, err := s.parseMoment("at", in.At)
	if err != nil {
		return nil, err
	}
	return s.result(ctx, by, v.Project, app.QueryRequest{
		Query: v.Query, Colors: v.Colors, ColorBy: v.ColorBy.Field, Columns: columns, Offset: in.Offset, Limit: in.Limit, At: at,
	})
}

type queryIdeasIn struct {
	ProjectIn
	Body struct {
		Query   cairn.Query       `json:"query"`
		Columns []cairn.Ref       `json:"columns,omitempty" doc:"Fields of each row; default: the title"`
		Colors  []cairn.ColorRule `json:"colors,omitempty"`
		ColorBy cairn.Ref         `json:"colorBy,omitempty" doc:"A field that colours the ideas that no rule does"`
		Offset  int               `json:"offset,omitempty" minimum:"0"`
		Limit   *int              `json:"limit,omitempty" minimum:"-1" doc:"Default 200; -1 is all rows"`
		Shape   string            `json:"shape,omitempty" doc:"The shape of the tree that you know already"`
		At      string            `json:"at,omitempty" doc:"What was at a moment, or at the end of a day; absent is now"`
	}
}

func (s *server) queryIdeas(ctx context.Context, in *queryIdeasIn) (*rawOut, error) {
	by := callerOf(ctx)
	p, err := s.app.Project(by, in.Project)
	if err != nil {
		return nil, err
	}
	b := in.Body
	limit := defaultWindow
	if b.Limit != nil {
		limit = *b.Limit
	}
	if len(b.Columns) == 0 {
		b.Columns = []cairn.Ref{cairn.RefTitle}
	}
	at, err := s.parseMoment("at", b.At)
	if err != nil {
		return nil, err
	}
	return s.result(ctx, by, p.ID, app.QueryRequest{
		At: at, Query: b.Query, Columns: b.Columns, Colors: b.Colors, ColorBy: b.ColorBy, Offset: b.Offset, Limit: limit, Shape: b.Shape,
	})
}

func (s *server) result(ctx context.Context, by app.Caller, project cairn.ID, req app.QueryRequest) (*rawOut, error) {
	res, err := s.app.Query(ctx, by, project, req)
	if err != nil {
		return nil, err
	}
	return &rawOut{ContentType: "application/json", Body: res.AppendJSON(nil)}, nil
}
