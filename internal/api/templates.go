package api

import (
	"context"

	"cairn"
	"cairn/internal/app"
)

type templatesOut struct {
	Body struct {
		Templates []app.TemplateInfo `json:"templates"`
	}
}

func (s *server) listTemplates(ctx context.Context, _ *none) (*templatesOut, error) {
	out := &templatesOut{}
	var err error
	out.Body.Templates, err = s.app.Templates(ctx, callerOf(ctx))
	return out, err
}

type saveTemplateIn struct {
	ProjectIn
	Body struct {
		Name        string `json:"name" doc:"As people will find it among the templates"`
		Description string `json:"description,omitempty" doc:"What it is good for"`
	}
}

type templateOutput struct{ Body app.TemplateInfo }

func (s *server) saveTemplate(ctx context.Context, in *saveTemplateIn) (*templateOutput, error) {
	by := callerOf(ctx)
	p, err := s.app.Project(by, in.Project)
	if err != nil {
		return nil, err
	}
	t, err := s.app.SaveTemplate(ctx, by, p.ID, cairn.SavedTemplate{Name: in.Body.Name, Description: in.Body.Description})
	if err != nil {
		return nil, err
	}
	return &templateOutput{t}, nil
}

func (s *server) deleteTemplate(ctx context.Context, in *struct {
	Template cairn.ID `path:"template" doc:"The id of a saved template"`
}) (*none, error) {
	return nil, s.app.DeleteTemplate(ctx, callerOf(ctx), in.Template)
}
