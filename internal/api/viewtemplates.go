package api

import (
	"context"

	"cairn"
	"cairn/internal/app"
)

type viewTemplatesOut struct {
	Body struct {
		Templates []app.ViewTemplate `json:"templates"`
	}
}

func (s *server) listViewTemplates(ctx context.Context, in *ProjectIn) (*viewTemplatesOut, error) {
	by := callerOf(ctx)
	p, err := s.app.Project(by, in.Project)
	if err != nil {
		return nil, err
	}
	out := &viewTemplatesOut{}
	out.Body.Templates, err = s.app.ViewTemplates(ctx, by, p.ID)
	return out, err
}

type fromTemplateIn struct {
	ProjectIn
	Template string `path:"template" doc:"The template's name"`
	Body     struct {
		Name   string               `json:"name,omitempty" doc:"Default: the template's"`
		Fields map[string]cairn.Ref `json:"fields,omitempty" doc:"The project's field for a slot, or empty to make one; left out: the one that fits, else a new one"`
	}
}

func (s *server) createFromTemplate(ctx context.Context, in *fromTemplateIn) (*viewOutput, error) {
	by := callerOf(ctx)
	p, err := s.app.Project(by, in.Project)
	if err != nil {
		return nil, err
	}
	v, err := s.app.CreateFromTemplate(ctx, by, p.ID, app.FromTemplate{Template: in.Template, Name: in.Body.Name, Fields: in.Body.Fields})
	if err != nil {
		return nil, err
	}
	return &viewOutput{viewOut(v)}, nil
}

func (s *server) removeSamples(ctx context.Context, in *ProjectIn) (*none, error) {
	by := callerOf(ctx)
	p, err := s.app.Project(by, in.Project)
	if err != nil {
		return nil, err
	}
	return nil, s.app.RemoveSamples(ctx, by, p.ID)
}
