package app

import (
	"context"
	"slices"
	"time"

	"cairn"
	"cairn/internal/auth"
	"cairn/internal/store"
)

// invitationLife is how long an invitation can be accepted.
const invitationLife = 7 * 24 * time.Hour

// NewInvitation is an invitation to be made.
type NewInvitation struct {
	// Email, when given, is the address that the account will have.
	Email string
	// Admin makes the person administer the workspace.
	Admin bool
	// Project and Role, given both or neither, let the person into a project.
	Project cairn.ID
	Role    cairn.Role
}

// MadeInvitation is a new invitation; the secret of its link is shown this once.
type MadeInvitation struct {
	cairn.Invitation
	Secret string
}

// Invite makes a link with which somebody can make an account, once, within
// seven days.
func (a *App) Invite(ctx context.Context, by Caller, in NewInvitation) (MadeInvitation, error) {
	if err := a.checkInvitation(by, &in); err != nil {
		return MadeInvitation{}, err
	}
	out := MadeInvitation{Secret: auth.NewSecret()}
	_, err := a.write(ctx, by, 0, func(tx store.Tx) error {
		if in.Email != "" {
			if err := invitable(tx, in.Email); err != nil {
				return err
			}
		}
		out.Invitation = cairn.Invitation{
			Email: in.Email, Admin: in.Admin, Project: in.Project, Role: in.Role,
			CreatedBy: by.User, CreatedAt: tx.Now(), ExpiresAt: a.now().Add(invitationLife).UTC().Truncate(time.Second),
		}
		attrs, err := cairn.AttrsOf(out.Invitation)
		if err != nil {
			return err
		}
		if out.ID, err = tx.Create(cairn.Entity{Kind: cairn.KindInvitation, Attrs: attrs}); err != nil {
			return err
		}
		out.Version = tx.Seq()
		return putPrivate(tx, store.Private{
			Scope: scopeInvitation, Key: auth.Hash(out.Secret), Owner: out.ID, ExpiresAt: out.ExpiresAt,
		}, struct{}{})
	})
	if err != nil {
		return MadeInvitation{}, err
	}
	return out, nil
}

// checkInvitation checks and normalises what a person entered.
func (a *App) checkInvitation(by Caller, in *NewInvitation) (err error) {
	if err := a.may(by, cairn.InvitePeople); err != nil {
		return err
	}
	if in.Email != "" {
		if in.Email, err = cairn.CleanEmail(in.Email); err != nil {
			return err
		}
	}
	switch {
	case in.Project == 0 && in.Role != cairn.RoleNone:
		return cairn.Invalid("project", "Name the project in which the person gets the role %s", in.Role)
	case in.Project != 0 && in.Role == cairn.RoleNone:
		return cairn.Invalid("role", "Choose the role that the person gets in the project: viewer, contributor, editor or admin")
	case in.Project != 0:
		_, err := a.mayIn(by, in.Project, cairn.ChangeProject)
		return err
	}
	return nil
}

// invitable refuses addresses that have an account.
func invitable(tx store.Tx, email string) error {
	id, err := tx.Lookup(cairn.Key{Scope: cairn.ScopeEmail, Name: email})
	if err != nil || id == 0 {
		return err
	}
	_, u, err := userIn(tx, id)
	if err == nil && !u.Placeholder {
		err = cairn.Conflict("%s has the account %s already; add them to the project's members instead", email, u.Name)
	}
	return err
}

// Invitations returns those that were not accepted, the newest first; expired
// ones too.
func (a *App) Invitations(ctx context.Context, by Caller) ([]cairn.Invitation, error) {
	if err := a.may(by, cairn.InvitePeople); err != nil {
		return nil, err
	}
	out := []cairn.Invitation{}
	_, err := a.store.Scan(ctx, store.Query{Kinds: []cairn.Kind{cairn.KindInvitation}}, func(e cairn.Entity) error {
		i, err := invitationOf(e)
		if i.UsedBy == 0 {
			out = append(out, i)
		}
		return err
	})
	slices.Reverse(out)
	return out, err
}

func invitationOf(e cairn.Entity) (cairn.Invitation, error) {
	i := cairn.Invitation{ID: e.ID, Version: e.Version}
	return i, e.Attrs.Decode(&i)
}

// RevokeInvitation makes an invitation's link worthless.
func (a *App) RevokeInvitation(ctx context.Context, by Caller, id cairn.ID) error {
	if err := a.may(by, cairn.InvitePeople); err != nil {
		return err
	}
	_, err := a.write(ctx, by, 0, func(tx store.Tx) error {
		e, err := tx.Entity(id)
		if err != nil || e.Kind != cairn.KindInvitation {
			return cairn.NotFound("The invitation")
		}
		i, err := invitationOf(e)
		switch {
		case err != nil:
			return err
		case i.UsedBy != 0:
			return cairn.Conflict("The invitation was accepted already; disable the person's account instead")
		}
		if err := tx.DropPrivateOf(scopeInvitation, id, ""); err != nil {
			return err
		}
		return tx.Delete(id)
	})
	return err
}

// InvitationInfo is what the holder of an invitation's link may know before they
// accept.
type InvitationInfo struct {
	Workspace string
	// InvitedBy is a person's name; "" when the invitation is from the command line.
	InvitedBy string
	// Email, when not "", is the address that the account will have.
	Email string
	// Project is the name of the project that it opens, "" for none.
	Project   string
	Role      cairn.Role
	ExpiresAt time.Time
}

// InvitationBySecret returns what a link invites to.
func (a *App) InvitationBySecret(ctx context.Context, secret string) (InvitationInfo, error) {
	id, err := a.invitationID(ctx, secret)
	if err != nil {
		return InvitationInfo{}, err
	}
	e, err := a.store.Entity(ctx, id)
	if cairn.CodeOf(err) == cairn.CodeNotFound {
		return InvitationInfo{}, errInvitation()
	}
	if err != nil {
		return InvitationInfo{}, err
	}
	i, err := invitationOf(e)
	if err != nil {
		return InvitationInfo{}, err
	}
	inviter, _ := a.dir.User(i.CreatedBy)
	if err := a.stillOpen(i, inviter); err != nil {
		return InvitationInfo{}, err
	}
	info := InvitationInfo{
		Workspace: a.dir.Workspace().Name, InvitedBy: inviter.Name, Email: i.Email, ExpiresAt: i.ExpiresAt,
	}
	if p, ok := a.dir.Project(i.Project); ok {
		info.Project, info.Role = p.Name, i.Role
	}
	return info, nil
}

// errInvitation is the one answer to links that never were, were revoked, were
// accepted or have expired.
func errInvitation() error {
	return cairn.Errorf(cairn.CodeNotFound, "This invitation is not valid any more: it was accepted, revoked or has expired. Ask for a new one")
}

func (a *App) invitationID(ctx context.Context, secret string) (cairn.ID, error) {
	if !auth.IsSecret(secret) {
		return 0, errInvitation()
	}
	p, ok, err := a.store.Private(ctx, scopeInvitation, auth.Hash(secret))
	if err == nil && !ok {
		err = errInvitation()
	}
	return p.Owner, err
}

// stillOpen refuses invitations that were accepted, that have expired, or whose
// maker may not invite any more.
func (a *App) stillOpen(i cairn.Invitation, inviter cairn.User) error {
	byPerson := i.CreatedBy != 0
	if i.UsedBy != 0 || !a.now().Before(i.ExpiresAt) || (byPerson && (!inviter.Admin || inviter.Disabled)) {
		return errInvitation()
	}
	return nil
}

// Acceptance is what an invited person enters.
type Acceptance struct {
	Secret         string
	Name, Password string
	// Email is needed when the invitation names no address.
	Email string
}

// AcceptInvitation makes the account, or gives one to the person that an import
// knows by the same e-mail address, lets them into the project and signs them in.
func (a *App) AcceptInvitation(ctx context.Context, in Acceptance, client Client) (SignedIn, error) {
	id, err := a.invitationID(ctx, in.Secret)
	if err != nil {
		return SignedIn{}, err
	}
	info, err := a.InvitationBySecret(ctx, in.Secret)
	if err != nil {
		return SignedIn{}, err
	}
	person := NewUser{Name: in.Name, Email: in.Email, Password: in.Password}
	if info.Email != "" && in.Email == "" {
		person.Email = info.Email
	}
	if err := person.clean(); err != nil {
		return SignedIn{}, err
	}
	if info.Email != "" && person.Email != info.Email {
		return SignedIn{}, cairn.Invalid("email", "This invitation is for %s; ask for another one to use a different address", info.Email)
	}
	hash, err := a.access.hasher.Hash(ctx, in.Password)
	if err != nil {
		return SignedIn{}, err
	}
	var out SignedIn
	var used cairn.Invitation
	by := Caller{Origin: "web", Reason: "Accepted an invitation", Group: auth.NewSecret()}
	_, err = a.write(ctx, by, 0, func(tx store.Tx) (err error) {
		used, out.User, err = a.accept(tx, id, person, hash)
		if err != nil {
			return err
		}
		out = a.newSession(out.User, client)
		return putSession(tx, out, client)
	})
	if err != nil {
		return SignedIn{}, err
	}
	return out, a.joinProject(ctx, by, used)
}

// accept uses an invitation up, in the transaction that makes the account.
func (a *App) accept(tx store.Tx, id cairn.ID, person NewUser, hash string) (cairn.Invitation, cairn.User, error) {
	i := cairn.Invitation{}
	u := cairn.User{}
	e, err := tx.Entity(id)
	if cairn.CodeOf(err) == cairn.CodeNotFound {
		return i, u, errInvitation()
	}
	if err != nil {
		return i, u, err
	}
	if i, err = invitationOf(e); err != nil {
		return i, u, err
	}
	inviter := cairn.User{}
	if i.CreatedBy != 0 {
		if _, inviter, err = userIn(tx, i.CreatedBy); err != nil {
			return i, u, err
		}
	}
	if err := a.stillOpen(i, inviter); err != nil {
		return i, u, err
	}
	person.Admin = i.Admin
	if u, err = openAccount(tx, person, hash); err != nil {
		return i, u, err
	}
	i.UsedBy = u.ID
	if err := putAttrs(tx, e, i); err != nil {
		return i, u, err
	}
	return i, u, tx.DropPrivateOf(scopeInvitation, id, "")
}

// joinProject gives the invited person their role, in a change set of its own
// because a change set belongs to one project or to the workspace. A project
// that was deleted meanwhile does not stand in the way.
func (a *App) joinProject(ctx context.Context, by Caller, i cairn.Invitation) error {
	p, ok := a.dir.Project(i.Project)
	if !ok {
		return nil
	}
	_, err := a.write(ctx, by, p.ID, func(tx store.Tx) error {
		return setRole(tx, cairn.Member{Project: p.ID, User: i.UsedBy, Role: i.Role})
	})
	if err != nil {
		return &cairn.Error{
			Code: cairn.CodeInternal, Cause: err,
			Message: "Your account was made, but you could not be let into the project " + p.Name + ". Sign in, and ask an administrator to add you",
		}
	}
	return nil
}
