package api

import (
	"context"

	"cairn"
	"cairn/internal/app"
)

func (s *server) memberRoutes() []endpoint {
	const tag = "Members"
	return []endpoint{
		route(op{id: "list-members", method: get, path: "/projects/{project}/members", tag: tag, about: "The people who were given a role in a project, by name"}, s.listMembers),
		route(op{id: "set-member", method: put, path: "/projects/{project}/members/{person}", tag: tag, about: "Give a person a role in a project"}, s.setMember),
		route(op{id: "remove-member", method: del, path: "/projects/{project}/members/{person}", tag: tag, status: 204, about: "Take a person's role in a project away"}, s.removeMember),
	}
}

// Member is a person who was given a role in a project.
type Member struct {
	Person    Person `json:"person"`
	Role      string `json:"role" enum:"viewer,contributor,editor,admin" doc:"The role that was given"`
	Effective string `json:"effective" enum:"none,viewer,contributor,editor,admin" doc:"What the person may do: the project's access and the administration of the workspace may give more"`
}

func memberOut(m app.MemberInfo) Member {
	return Member{Person: personOut(m.User), Role: m.Role.String(), Effective: m.Effective.String()}
}

type membersOut struct {
	Body struct {
		Access  cairn.Access `json:"access" enum:"open,limited,private" doc:"What everybody else may do: open edits, limited contributes, private nothing"`
		Members []Member     `json:"members"`
	}
}

func (s *server) listMembers(ctx context.Context, in *ProjectIn) (*membersOut, error) {
	by := callerOf(ctx)
	p, err := s.app.Project(by, in.Project)
	if err != nil {
		return nil, err
	}
	list, err := s.app.Members(by, p.ID)
	if err != nil {
		return nil, err
	}
	out := &membersOut{}
	out.Body.Access, out.Body.Members = p.Access, []Member{}
	for _, m := range list {
		out.Body.Members = append(out.Body.Members, memberOut(m))
	}
	return out, nil
}

// MemberIn names a person in a project.
type MemberIn struct {
	ProjectIn
	PersonIn
}

type setMemberIn struct {
	MemberIn
	Body struct {
		Role string `json:"role" enum:"viewer,contributor,editor,admin"`
	}
}

type memberOutput struct{ Body Member }

func (s *server) setMember(ctx context.Context, in *setMemberIn) (*memberOutput, error) {
	by := callerOf(ctx)
	p, err := s.app.Project(by, in.Project)
	if err != nil {
		return nil, err
	}
	m := cairn.Member{Project: p.ID, User: in.Person}
	if err := m.Role.UnmarshalText([]byte(in.Body.Role)); err != nil {
		return nil, err
	}
	set, err := s.app.SetMember(ctx, by, m)
	if err != nil {
		return nil, err
	}
	return &memberOutput{memberOut(set)}, nil
}

func (s *server) removeMember(ctx context.Context, in *MemberIn) (*none, error) {
	by := callerOf(ctx)
	p, err := s.app.Project(by, in.Project)
	if err != nil {
		return nil, err
	}
	return nil, s.app.RemoveMember(ctx, by, p.ID, in.Person)
}
