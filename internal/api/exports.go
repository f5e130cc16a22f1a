package api

import (
	"context"
	"net/http"
	"strings"

	"cairn"
	"cairn/internal/app"
	"cairn/internal/exporter"
)

func (s *server) exportRoutes() []endpoint {
	const tag = "Export"
	return []endpoint{
		route(op{id: "list-export-formats", method: get, path: "/export-formats", tag: tag, about: "The formats that views and projects can be exported in"}, s.listExportFormats),
		route(op{id: "export-project", method: get, path: "/projects/{project}/export", tag: tag, about: "A view, or the whole project, as a file"}, s.exportProject),
	}
}

// ExportFormat is a format that views and projects can be exported in.
type ExportFormat struct {
	Name      string `json:"name"`
	Label     string `json:"label"`
	Extension string `json:"extension"`
}

type exportFormatsOut struct {
	Body struct {
		Formats []ExportFormat `json:"formats"`
	}
}

func (s *server) listExportFormats(context.Context, *none) (*exportFormatsOut, error) {
	out := &exportFormatsOut{}
	out.Body.Formats = []ExportFormat{}
	for _, f := range s.app.ExportFormats() {
		out.Body.Formats = append(out.Body.Formats, ExportFormat{f.Name, f.Label, f.Extension})
	}
	return out, nil
}

type exportIn struct {
	ProjectIn
	Format string   `query:"format" default:"csv" doc:"See /export-formats"`
	View   cairn.ID `query:"view" doc:"Only this view's ideas and fields; absent: the whole project"`
	Where  string   `query:"where" doc:"Narrows it down by a condition in the expression language"`
	At     string   `query:"at" doc:"What was at a moment, or at the end of a day; absent is now"`
	BOM    bool     `query:"bom" doc:"Start a CSV with the mark by which old spreadsheets know UTF-8"`
}

func (s *server) exportProject(ctx context.Context, in *exportIn) (*streamed, error) {
	by := callerOf(ctx)
	p, err := s.app.Project(by, in.Project)
	if err != nil {
		return nil, err
	}
	format, err := s.app.ExportFormat(in.Format)
	if err != nil {
		return nil, err
	}
	at, err := s.parseMoment("at", in.At)
	if err != nil {
		return nil, err
	}
	t, err := s.app.Export(ctx, by, app.ExportRequest{Project: p.ID, View: in.View, Where: in.Where, At: at})
	if err != nil {
		return nil, err
	}
	return &streamed{Body: func(w http.ResponseWriter) {
		w.Header().Set("Content-Type", format.MediaType)
		w.Header().Set("Content-Disposition", `attachment; filename="`+fileName(p.Key, t.Title)+format.Extension+`"`)
		if err := s.app.WriteExport(w, t, format, exporter.Options{BOM: in.BOM}); err != nil {
			s.logger.ErrorContext(ctx, "an export ended early", "project", p.Key, "err", err)
			// A cut-off file must not look whole: the connection breaks instead.
			panic(http.ErrAbortHandler)
		}
	}}, nil
}

// fileName is a name that every file system takes.
func fileName(parts ...string) string {
	clean := func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9', r == '-':
			return r
		case r == ' ', r == '_', r == '.':
			return '-'
		}
		return -1
	}
	var out []string
	for _, p := range parts {
		if p = strings.Trim(strings.Map(clean, p), "-"); p != "" {
			out = append(out, p)
		}
	}
	return strings.Join(out, "-")
}
