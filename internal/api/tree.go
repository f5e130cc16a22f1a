package api

import (
	"context"

	"cairn"
	"cairn/internal/app"
	"cairn/internal/engine"
)

func (s *server) treeRoutes() []endpoint {
	const tag = "Idea types and tree"
	return []endpoint{
		route(op{id: "create-idea-type", method: post, path: "/projects/{project}/idea-types", tag: tag, status: 201, about: "Add a type of ideas"}, s.createIdeaType),
		route(op{id: "list-idea-types", method: get, path: "/projects/{project}/idea-types", tag: tag, about: "A project's types of ideas, in their order, with how many ideas have each"}, s.listIdeaTypes),
		route(op{id: "update-idea-type", method: pat, path: "/idea-types/{type}", tag: tag, about: "Change a type of ideas"}, s.updateIdeaType),
		route(op{id: "delete-idea-type", method: del, path: "/idea-types/{type}", tag: tag, about: "Delete a type of ideas; the ideas that have it get another one or none, and undo brings both back"}, s.deleteIdeaType),
		route(op{id: "get-family", method: get, path: "/ideas/{idea}/family", tag: tag, about: "The ideas above and below an idea, and those that it is connected to"}, s.getFamily),
		route(op{id: "list-mentions", method: post, reads: true, path: "/projects/{project}/mentions", tag: tag, about: "Keys and titles of ideas that fields hold, as far as you may read them"}, s.listMentions),
	}
}

// IdeaType is a type of ideas on the wire.
type IdeaType struct {
	ID      cairn.ID `json:"id"`
	Version int64    `json:"version"`
	cairn.IdeaType
	Ideas int `json:"ideas" doc:"How many ideas have it, archived ones included"`
}

func ideaTypeOut(t cairn.IdeaType, ideas int) IdeaType {
	return IdeaType{t.ID, t.Version, t, ideas}
}

// IdeaTypeInput is a type of ideas to be made.
type IdeaTypeInput struct {
	Name     string  `json:"name"`
	Icon     string  `json:"icon,omitempty"`
	Color    string  `json:"color,omitempty" doc:"One of the option colours; the next one when left out"`
	Template string  `json:"template,omitempty" doc:"Fills the empty description of a new idea; Markdown"`
	Root     bool    `json:"root,omitempty" doc:"Its ideas stand at the top of the tree and need no parent"`
	Position float64 `json:"position,omitempty"`
}

type ideaTypeOutput struct{ Body IdeaType }

type createIdeaTypeIn struct {
	ProjectIn
	Body IdeaTypeInput
}

func (s *server) createIdeaType(ctx context.Context, in *createIdeaTypeIn) (*ideaTypeOutput, error) {
	by := callerOf(ctx)
	p, err := s.app.Project(by, in.Project)
	if err != nil {
		return nil, err
	}
	b := in.Body
	t, err := s.app.CreateIdeaType(ctx, by, p.ID, cairn.IdeaType{
		Name: b.Name, Icon: b.Icon, Color: b.Color, Template: b.Template, Root: b.Root, Position: b.Position,
	})
	if err != nil {
		return nil, err
	}
	return &ideaTypeOutput{ideaTypeOut(t, 0)}, nil
}

type ideaTypesOut struct {
	Body struct {
		Types []IdeaType `json:"types"`
	}
}

func (s *server) listIdeaTypes(ctx context.Context, in *ProjectIn) (*ideaTypesOut, error) {
	by := callerOf(ctx)
	p, err := s.app.Project(by, in.Project)
	if err != nil {
		return nil, err
	}
	out := &ideaTypesOut{}
	out.Body.Types, err = s.ideaTypes(ctx, by, p.ID)
	return out, err
}

func (s *server) ideaTypes(ctx context.Context, by app.Caller, project cairn.ID) ([]IdeaType, error) {
	types, err := s.app.IdeaTypes(ctx, by, project)
	out := make([]IdeaType, 0, len(types))
	for _, t := range types {
		out = append(out, ideaTypeOut(t.IdeaType, t.Ideas))
	}
	return out, err
}

// IdeaTypeIn is the path parameter that names a type of ideas.
type IdeaTypeIn struct {
	Type cairn.ID `path:"type" doc:"The type's id"`
}

type updateIdeaTypeIn struct {
	IdeaTypeIn
	IfMatch
	Body struct {
		Name     *string  `json:"name,omitempty"`
		Icon     *string  `json:"icon,omitempty"`
		Color    *string  `json:"color,omitempty"`
		Template *string  `json:"template,omitempty"`
		Root     *bool    `json:"root,omitempty"`
		Position *float64 `json:"position,omitempty"`
		Version  int64    `json:"version,omitempty"`
	}
}

func (s *server) updateIdeaType(ctx context.Context, in *updateIdeaTypeIn) (*ideaTypeOutput, error) {
	b := in.Body
	version, err := in.version(b.Version)
	if err != nil {
		return nil, err
	}
	by := callerOf(ctx)
	t, err := s.app.UpdateIdeaType(ctx, by, in.Type, app.IdeaTypePatch{
		Name: b.Name, Icon: b.Icon, Color: b.Color, Template: b.Template, Root: b.Root, Position: b.Position, Version: version,
	})
	if err != nil {
		return nil, err
	}
	types, err := s.ideaTypes(ctx, by, t.Project)
	for _, listed := range types {
		if listed.ID == t.ID {
			return &ideaTypeOutput{listed}, nil
		}
	}
	return &ideaTypeOutput{ideaTypeOut(t, 0)}, err
}

type deleteIdeaTypeIn struct {
	IdeaTypeIn
	To cairn.ID `query:"to" doc:"The type that its ideas get instead; 0 for none"`
}

type deleteIdeaTypeOut struct {
	Body struct {
		Changed int    `json:"changed" doc:"How many ideas had the type"`
		Group   string `json:"group" doc:"For undo"`
	}
}

func (s *server) deleteIdeaType(ctx context.Context, in *deleteIdeaTypeIn) (*deleteIdeaTypeOut, error) {
	by := callerOf(ctx)
	n, err := s.app.DeleteIdeaType(ctx, by, in.Type, in.To)
	if err != nil {
		return nil, err
	}
	out := &deleteIdeaTypeOut{}
	out.Body.Changed, out.Body.Group = n, by.Group
	return out, nil
}

// Relative is an idea above or below another one.
type Relative struct {
	ID       cairn.ID `json:"id"`
	Key      string   `json:"key"`
	Number   int64    `json:"number"`
	Title    string   `json:"title"`
	Type     cairn.ID `json:"type,omitempty"`
	Children int      `json:"children,omitempty" doc:"How many live children it has"`
	Archived bool     `json:"archived,omitempty"`
}

// Mention is an idea that a field holds, as far as the reader may know it.
type Mention struct {
	Key      string   `json:"key,omitempty"`
	Title    string   `json:"title,omitempty"`
	Type     cairn.ID `json:"type,omitempty" doc:"Of an idea of the same project"`
	Archived bool     `json:"archived,omitempty"`
	Hidden   bool     `json:"hidden,omitempty" doc:"You may not see this idea"`
	Gone     bool     `json:"gone,omitempty" doc:"The idea was deleted"`
}

func mentionsOut(list map[cairn.ID]engine.Mention) map[cairn.ID]Mention {
	out := make(map[cairn.ID]Mention, len(list))
	for id, m := range list {
		out[id] = Mention{m.Key, m.Title, m.Type, m.Archived, m.Key == "" && !m.Gone, m.Gone}
	}
	return out
}

type familyOut struct {
	Body struct {
		Ancestors []Relative           `json:"ancestors" doc:"From the topmost down"`
		Children  []Relative           `json:"children" doc:"In the manual order, archived ones included"`
		Ideas     map[cairn.ID]Mention `json:"ideas" doc:"Those that the idea's fields hold, by id"`
	}
}

func (s *server) getFamily(ctx context.Context, in *IdeaIn) (*familyOut, error) {
	by := callerOf(ctx)
	id, err := s.app.ResolveIdea(ctx, by, in.Idea)
	if err != nil {
		return nil, err
	}
	idea, err := s.app.Idea(ctx, by, id.String())
	if err != nil {
		return nil, err
	}
	f, err := s.app.Family(ctx, by, id)
	if err != nil {
		return nil, err
	}
	p, _ := s.app.Directory().Project(idea.Project)
	out := &familyOut{}
	out.Body.Ancestors, out.Body.Children = relatives(p, f.Ancestors), relatives(p, f.Children)
	out.Body.Ideas = mentionsOut(f.Mentions)
	return out, nil
}

func relatives(p cairn.Project, list []engine.Brief) []Relative {
	out := make([]Relative, 0, len(list))
	for _, b := range list {
		out = append(out, Relative{b.ID, cairn.IdeaKey(p.Key, b.Number), b.Number, b.Title, b.Type, b.Children, b.Archived})
	}
	return out
}

type mentionsIn struct {
	ProjectIn
	Body struct {
		IDs []cairn.ID `json:"ids"`
	}
}

type mentionsOutput struct {
	Body struct {
		Ideas map[cairn.ID]Mention `json:"ideas"`
	}
}

func (s *server) listMentions(ctx context.Context, in *mentionsIn) (*mentionsOutput, error) {
	by := callerOf(ctx)
	p, err := s.app.Project(by, in.Project)
	if err != nil {
		return nil, err
	}
	list, err := s.app.Mentions(ctx, by, p.ID, in.Body.IDs)
	if err != nil {
		return nil, err
	}
	out := &mentionsOutput{}
	out.Body.Ideas = mentionsOut(list)
	return out, nil
}
