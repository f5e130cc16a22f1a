package api

import (
	"context"

	"cairn/internal/app"
)

type importInsightsIn struct {
	ProjectIn
	Body struct {
		Name   string   `json:"name" maxLength:"500" doc:"The file's name"`
		Data   []byte   `json:"data" doc:"The file: CSV, TSV, XLSX or JSON, as base64"`
		To     []string `json:"to,omitempty" doc:"For each column: title, note, person, email, company, on, importance, direction, reliability, labels, url, id, ideas, or nothing. Left out, the answer says what is guessed and what would happen, and nothing is kept"`
		DryRun bool     `json:"dryRun,omitempty" doc:"Only say what would happen"`
	}
}

type importInsightsOut struct {
	Body struct {
		Format    string            `json:"format" doc:"What the file is, in words"`
		Columns   []CustomerColumn  `json:"columns"`
		Rows      int               `json:"rows"`
		Created   int               `json:"created"`
		Updated   int               `json:"updated"`
		Unchanged int               `json:"unchanged"`
		Customers int               `json:"customers" doc:"How many customers are new"`
		Links     int               `json:"links" doc:"How many times an insight is linked to an idea"`
		Skipped   int               `json:"skipped"`
		Problems  []CustomerProblem `json:"problems" doc:"The first 100"`
		Group     string            `json:"group,omitempty" doc:"For undo"`
	}
}

func (s *server) importInsights(ctx context.Context, in *importInsightsIn) (*importInsightsOut, error) {
	by, b := callerOf(ctx), in.Body
	p, err := s.app.Project(by, in.Project)
	if err != nil {
		return nil, err
	}
	done, err := s.app.ImportInsights(ctx, by, p.ID, app.InsightImport{Name: b.Name, Data: b.Data, To: b.To, DryRun: b.DryRun})
	if err != nil {
		return nil, err
	}
	out := &importInsightsOut{}
	o := &out.Body
	o.Format, o.Rows, o.Group = done.Format, done.Rows, done.Group
	o.Created, o.Updated, o.Unchanged, o.Customers, o.Links, o.Skipped = done.Created, done.Updated, done.Unchanged, done.Customers, done.Links, done.Skipped
	o.Columns, o.Problems = columnsOut(done.Columns), problemsOut(done.Problems)
	return out, nil
}

func columnsOut(columns []app.CustomerColumn) []CustomerColumn {
	out := make([]CustomerColumn, len(columns))
	for i, c := range columns {
		out[i] = CustomerColumn{c.Name, c.To, c.Samples}
		if c.Samples == nil {
			out[i].Samples = []string{}
		}
	}
	return out
}

func problemsOut(problems []app.RowProblem) []CustomerProblem {
	out := make([]CustomerProblem, len(problems))
	for i, p := range problems {
		out[i] = CustomerProblem(p)
	}
	return out
}
