package api

import (
	"context"
	"time"

	"cairn"
	"cairn/internal/app"
)

func (s *server) invitationRoutes() []endpoint {
	const tag = "Invitations"
	return []endpoint{
		route(op{id: "list-invitations", method: get, path: "/invitations", tag: tag, about: "Invitations that were not accepted, the newest first"}, s.listInvitations),
		route(op{id: "create-invitation", method: post, path: "/invitations", tag: tag, status: 201, secret: true, about: "Make a link with which somebody can make an account, once, within seven days"}, s.createInvitation),
		route(op{id: "revoke-invitation", method: del, path: "/invitations/{invitation}", tag: tag, status: 204, about: "Make an invitation's link worthless"}, s.revokeInvitation),
		route(op{id: "get-invitation", method: get, path: "/invitations/by-token", tag: tag, public: true, about: "What an invitation's link invites to"}, s.getInvitation),
		route(op{id: "accept-invitation", method: post, path: "/invitations/accept", tag: tag, public: true, about: "Make the account, and sign in"}, s.acceptInvitation),
	}
}

// Invitation is an open invitation.
type Invitation struct {
	ID        cairn.ID  `json:"id"`
	Email     string    `json:"email,omitempty" doc:"The address that the account will have; absent: whoever has the link chooses"`
	Admin     bool      `json:"admin,omitempty" doc:"Makes an administrator of the workspace"`
	Project   string    `json:"project,omitempty" doc:"The key of the project that it opens"`
	Role      string    `json:"role,omitempty" enum:"viewer,contributor,editor,admin"`
	CreatedBy cairn.ID  `json:"createdBy,omitempty"`
	CreatedAt time.Time `json:"createdAt"`
	ExpiresAt time.Time `json:"expiresAt"`
}

func (s *server) invitationOut(i cairn.Invitation) Invitation {
	out := Invitation{
		ID: i.ID, Email: i.Email, Admin: i.Admin, CreatedBy: i.CreatedBy, CreatedAt: i.CreatedAt,
		ExpiresAt: i.ExpiresAt,
	}
	if p, ok := s.app.Directory().Project(i.Project); ok {
		out.Project, out.Role = p.Key, i.Role.String()
	}
	return out
}

// NewInvitation is an invitation that was just made.
type NewInvitation struct {
	Invitation
	Token string `json:"token" doc:"The link is /invite#token= and this. It is stored as a hash and never shown again"`
}

type invitationsOut struct {
	Body struct {
		Invitations []Invitation `json:"invitations"`
	}
}

func (s *server) listInvitations(ctx context.Context, _ *none) (*invitationsOut, error) {
	list, err := s.app.Invitations(ctx, callerOf(ctx))
	if err != nil {
		return nil, err
	}
	out := &invitationsOut{}
	out.Body.Invitations = []Invitation{}
	for _, i := range list {
		out.Body.Invitations = append(out.Body.Invitations, s.invitationOut(i))
	}
	return out, nil
}

type createInvitationIn struct {
	Body struct {
		Email   string `json:"email,omitempty" doc:"The address that the account will have; absent: whoever has the link chooses"`
		Admin   bool   `json:"admin,omitempty" doc:"Makes an administrator of the workspace"`
		Project string `json:"project,omitempty" doc:"The key of a project that it opens; needs role"`
		Role    string `json:"role,omitempty" enum:"viewer,contributor,editor,admin"`
	}
}

type newInvitationOut struct{ Body NewInvitation }

func (s *server) createInvitation(ctx context.Context, in *createInvitationIn) (*newInvitationOut, error) {
	by, b := callerOf(ctx), in.Body
	invite := app.NewInvitation{Email: b.Email, Admin: b.Admin}
	if b.Role != "" {
		if err := invite.Role.UnmarshalText([]byte(b.Role)); err != nil {
			return nil, err
		}
	}
	if b.Project != "" {
		p, err := s.app.Project(by, b.Project)
		if err != nil {
			return nil, err
		}
		invite.Project = p.ID
	}
	made, err := s.app.Invite(ctx, by, invite)
	if err != nil {
		return nil, err
	}
	return &newInvitationOut{NewInvitation{Invitation: s.invitationOut(made.Invitation), Token: made.Secret}}, nil
}

type invitationIn struct {
	Invitation cairn.ID `path:"invitation" doc:"The invitation's id"`
}

func (s *server) revokeInvitation(ctx context.Context, in *invitationIn) (*none, error) {
	return nil, s.app.RevokeInvitation(ctx, callerOf(ctx), in.Invitation)
}

// InvitationOffer is what the holder of a link may know before they accept.
type InvitationOffer struct {
	Workspace string    `json:"workspace"`
	InvitedBy string    `json:"invitedBy,omitempty"`
	Email     string    `json:"email,omitempty" doc:"The address that the account will have; absent: choose one"`
	Project   string    `json:"project,omitempty" doc:"The name of the project that it opens"`
	Role      string    `json:"role,omitempty" enum:"viewer,contributor,editor,admin"`
	ExpiresAt time.Time `json:"expiresAt"`
}

// getInvitationIn takes the token in a header: addresses end up in logs.
type getInvitationIn struct {
	Token string `header:"Cairn-Invitation" required:"true" doc:"The token of the link"`
}

type invitationOfferOut struct{ Body InvitationOffer }

func (s *server) getInvitation(ctx context.Context, in *getInvitationIn) (*invitationOfferOut, error) {
	i, err := s.app.InvitationBySecret(ctx, in.Token)
	if err != nil {
		return nil, err
	}
	out := InvitationOffer{Workspace: i.Workspace, InvitedBy: i.InvitedBy, Email: i.Email, Project: i.Project, ExpiresAt: i.ExpiresAt}
	if i.Role != cairn.RoleNone {
		out.Role = i.Role.String()
	}
	return &invitationOfferOut{out}, nil
}

// AcceptBody is what an invited person enters.
type AcceptBody struct {
	Token    string `json:"token" doc:"From the invitation's link"`
	Name     string `json:"name"`
	Email    string `json:"email,omitempty" doc:"Needed when the invitation names no address"`
	Password string `json:"password" doc:"10 to 200 characters"`
}

type acceptIn struct{ Body AcceptBody }

func (s *server) acceptInvitation(ctx context.Context, in *acceptIn) (*signedInOut, error) {
	b := in.Body
	made, err := s.app.AcceptInvitation(ctx, app.Acceptance{
		Secret: b.Token, Name: b.Name, Email: b.Email, Password: b.Password,
	}, clientOf(ctx))
	if err != nil {
		return nil, err
	}
	return s.signedIn(ctx, made), nil
}
