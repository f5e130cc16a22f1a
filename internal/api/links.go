package api

import (
	"context"
	"time"

	"cairn"
	"cairn/internal/app"
)

func (s *server) linkRoutes() []endpoint {
	const tag = "Links"
	return []endpoint{
		route(op{id: "list-link-types", method: get, path: "/link-types", tag: tag, about: "What links between ideas can say"}, s.listLinkTypes),
		route(op{id: "list-links", method: get, path: "/ideas/{idea}/links", tag: tag, about: "The links that leave or reach an idea, oldest first"}, s.listLinks),
		route(op{id: "list-project-links", method: get, path: "/projects/{project}/links", tag: tag, about: "The links that leave or reach the ideas of a project, or only the dependencies among them"}, s.listProjectLinks),
		route(op{id: "create-link", method: post, path: "/ideas/{idea}/links", tag: tag, status: 201, about: "Link an idea to another one, also of another project"}, s.createLink),
		route(op{id: "update-link", method: pat, path: "/links/{link}", tag: tag, about: "Change a link's type or lag"}, s.updateLink),
		route(op{id: "delete-link", method: del, path: "/links/{link}", tag: tag, status: 204, about: "Remove a link"}, s.deleteLink),
	}
}

// LinkEnd is an idea at one end of a link.
type LinkEnd struct {
	ID       cairn.ID `json:"id"`
	Project  cairn.ID `json:"project,omitempty" doc:"The id of its project"`
	Key      string   `json:"key,omitempty"`
	Title    string   `json:"title,omitempty"`
	Archived bool     `json:"archived,omitempty"`
	Hidden   bool     `json:"hidden,omitempty" doc:"You may not see this idea; nothing else is told of it"`
}

func linkEndOut(e app.LinkEnd) LinkEnd {
	return LinkEnd{e.ID, e.Project, e.Key, e.Title, e.Archived, e.Hidden}
}

// Link is a link between two ideas on the wire.
type Link struct {
	ID        cairn.ID       `json:"id"`
	Version   int64          `json:"version"`
	Type      cairn.LinkType `json:"type" enum:"relates,finish_start,start_start,addresses,tests,duplicates"`
	From      LinkEnd        `json:"from"`
	To        LinkEnd        `json:"to"`
	Lag       int            `json:"lag,omitempty" doc:"Days that a dependency leaves between the two; negative ones overlap"`
	CreatedAt time.Time      `json:"createdAt"`
	CreatedBy cairn.ID       `json:"createdBy,omitempty"`
}

func linkOut(l app.LinkInfo) Link {
	return Link{
		ID: l.ID, Version: l.Version, Type: l.Type, From: linkEndOut(l.Source), To: linkEndOut(l.Target), Lag: l.Lag,
		CreatedAt: l.CreatedAt, CreatedBy: l.CreatedBy,
	}
}

type linkOutput struct{ Body Link }

type linksOut struct {
	Body struct {
		Links []Link `json:"links"`
	}
}

func linksBody(list []app.LinkInfo) *linksOut {
	out := &linksOut{}
	out.Body.Links = make([]Link, 0, len(list))
	for _, l := range list {
		out.Body.Links = append(out.Body.Links, linkOut(l))
	}
	return out
}

type linkTypesOut struct {
	Body struct {
		Types []cairn.LinkTypeInfo `json:"types" doc:"In the order a menu shows them"`
	}
}

func (s *server) listLinkTypes(context.Context, *none) (*linkTypesOut, error) {
	out := &linkTypesOut{}
	out.Body.Types = cairn.LinkTypes()
	return out, nil
}

func (s *server) listLinks(ctx context.Context, in *IdeaIn) (*linksOut, error) {
	by := callerOf(ctx)
	id, err := s.app.ResolveIdea(ctx, by, in.Idea)
	if err != nil {
		return nil, err
	}
	list, err := s.app.Links(ctx, by, id)
	if err != nil {
		return nil, err
	}
	return linksBody(list), nil
}

type projectLinksIn struct {
	ProjectIn
	Only app.LinkFilter `query:"only" enum:"dependencies" doc:"Leave out all but these"`
}

func (s *server) listProjectLinks(ctx context.Context, in *projectLinksIn) (*linksOut, error) {
	by := callerOf(ctx)
	p, err := s.app.Project(by, in.Project)
	if err != nil {
		return nil, err
	}
	list, err := s.app.ProjectLinks(ctx, by, p.ID, in.Only)
	if err != nil {
		return nil, err
	}
	return linksBody(list), nil
}

type createLinkIn struct {
	IdeaIn
	Body struct {
		To   string         `json:"to" doc:"The other idea's key (INS-12) or id"`
		Type cairn.LinkType `json:"type" enum:"relates,finish_start,start_start,addresses,tests,duplicates"`
		Lag  int            `json:"lag,omitempty" doc:"Days that a dependency leaves between the two"`
	}
}

func (s *server) createLink(ctx context.Context, in *createLinkIn) (*linkOutput, error) {
	by := callerOf(ctx)
	from, err := s.app.ResolveIdea(ctx, by, in.Idea)
	if err != nil {
		return nil, err
	}
	to, err := s.app.ResolveIdea(ctx, by, in.Body.To)
	if err != nil {
		return nil, err
	}
	l, err := s.app.CreateLink(ctx, by, from, app.NewLink{To: to, Type: in.Body.Type, Lag: in.Body.Lag})
	if err != nil {
		return nil, err
	}
	return &linkOutput{linkOut(l)}, nil
}

// LinkIn is the path parameter that names a link.
type LinkIn struct {
	Link cairn.ID `path:"link" doc:"The link's id"`
}

type updateLinkIn struct {
	LinkIn
	IfMatch
	Body struct {
		Type    *cairn.LinkType `json:"type,omitempty" enum:"relates,finish_start,start_start,addresses,tests,duplicates"`
		Lag     *int            `json:"lag,omitempty"`
		Version int64           `json:"version,omitempty"`
	}
}

func (s *server) updateLink(ctx context.Context, in *updateLinkIn) (*linkOutput, error) {
	version, err := in.version(in.Body.Version)
	if err != nil {
		return nil, err
	}
	l, err := s.app.UpdateLink(ctx, callerOf(ctx), in.Link, app.LinkPatch{Type: in.Body.Type, Lag: in.Body.Lag, Version: version})
	if err != nil {
		return nil, err
	}
	return &linkOutput{linkOut(l)}, nil
}

func (s *server) deleteLink(ctx context.Context, in *LinkIn) (*none, error) {
	return nil, s.app.DeleteLink(ctx, callerOf(ctx), in.Link)
}
