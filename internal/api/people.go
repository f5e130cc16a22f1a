package api

import (
	"context"
	"slices"

	"cairn"
	"cairn/internal/app"
)

func (s *server) peopleRoutes() []endpoint {
	const tag = "People"
	return slices.Concat([]endpoint{
		route(op{id: "list-people", method: get, path: "/people", tag: tag, about: "Everybody in the workspace, by name"}, s.listPeople),
		route(op{id: "update-person", method: pat, path: "/people/{person}", tag: tag, about: "Change a person: name, address, administrator or not, disabled or not"}, s.updatePerson),
		route(op{id: "reset-password", method: post, path: "/people/{person}/password", tag: tag, status: 204, about: "Give somebody a new password and sign them out everywhere"}, s.resetPassword),
		route(op{id: "update-workspace", method: pat, path: "/workspace", tag: tag, about: "Rename the workspace"}, s.updateWorkspace),
	}, s.invitationRoutes(), s.memberRoutes())
}

type peopleOut struct {
	Body struct {
		People []Person `json:"people"`
	}
}

func (s *server) listPeople(ctx context.Context, _ *none) (*peopleOut, error) {
	list, err := s.app.People(callerOf(ctx))
	if err != nil {
		return nil, err
	}
	out := &peopleOut{}
	out.Body.People = []Person{}
	for _, u := range list {
		out.Body.People = append(out.Body.People, personOut(u))
	}
	return out, nil
}

// PersonIn is the path parameter that names a person.
type PersonIn struct {
	Person cairn.ID `path:"person" doc:"The person's id"`
}

type updatePersonIn struct {
	PersonIn
	IfMatch
	Body struct {
		Name     *string `json:"name,omitempty"`
		Email    *string `json:"email,omitempty"`
		Admin    *bool   `json:"admin,omitempty" doc:"Administers the workspace; the last administrator stays one"`
		Disabled *bool   `json:"disabled,omitempty" doc:"Cannot sign in; their work stays"`
	}
}

type personOutput struct{ Body Person }

func (s *server) updatePerson(ctx context.Context, in *updatePersonIn) (*personOutput, error) {
	version, err := in.version(0)
	if err != nil {
		return nil, err
	}
	b := in.Body
	u, err := s.app.UpdateUser(ctx, callerOf(ctx), in.Person, app.UserPatch{
		Name: b.Name, Email: b.Email, Admin: b.Admin, Disabled: b.Disabled, Version: version,
	})
	if err != nil {
		return nil, err
	}
	return &personOutput{personOut(u)}, nil
}

type resetPasswordIn struct {
	PersonIn
	Body struct {
		Password string `json:"password" doc:"10 to 200 characters; tell the person on a safe way"`
	}
}

func (s *server) resetPassword(ctx context.Context, in *resetPasswordIn) (*none, error) {
	return nil, s.app.ResetPassword(ctx, callerOf(ctx), in.Person, in.Body.Password)
}

type updateWorkspaceIn struct {
	Body struct {
		Name string `json:"name"`
	}
}

type workspaceNameOut struct {
	Body struct {
		Name string `json:"name"`
	}
}

func (s *server) updateWorkspace(ctx context.Context, in *updateWorkspaceIn) (*workspaceNameOut, error) {
	w, err := s.app.RenameWorkspace(ctx, callerOf(ctx), in.Body.Name)
	if err != nil {
		return nil, err
	}
	out := &workspaceNameOut{}
	out.Body.Name = w.Name
	return out, nil
}
