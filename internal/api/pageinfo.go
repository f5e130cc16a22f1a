package api

import (
	"context"

	"cairn"
	"cairn/internal/pageinfo"
)

type pageInfoIn struct {
	ProjectIn
	Body struct {
		URL string `json:"url" maxLength:"2000"`
	}
}

type pageInfoOut struct {
	Body struct {
		Title string `json:"title"`
		Icon  string `json:"icon,omitempty" doc:"A data URL"`
	}
}

// pageInfo asks a page for its title and icon, for those who may record it as
// the source of an insight.
func (s *server) pageInfo(ctx context.Context, in *pageInfoIn) (*pageInfoOut, error) {
	by := callerOf(ctx)
	p, err := s.app.Project(by, in.Project)
	if err != nil {
		return nil, err
	}
	if err := s.app.MayAddInsights(by, p.ID); err != nil {
		return nil, err
	}
	info, err := pageinfo.New().Fetch(ctx, in.Body.URL)
	if err != nil {
		return nil, cairn.Invalid("url", "The page says nothing of itself: %s", err.Error())
	}
	out := &pageInfoOut{}
	out.Body.Title, out.Body.Icon = info.Title, info.Icon
	return out, nil
}
