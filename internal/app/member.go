package app

import (
	"cmp"
	"context"
	"slices"

	"cairn"
	"cairn/internal/store"
)

// MemberInfo is a person who was given a role in a project.
type MemberInfo struct {
	User cairn.User
	// Role is the one that was given.
	Role cairn.Role
	// Effective is what the person may do: the access of the project and the
	// administration of the workspace may give more.
	Effective cairn.Role
}

// Members returns the people who were given a role in a project, by name. In an
// open or limited project everybody else of the workspace takes part as well.
func (a *App) Members(by Caller, project cairn.ID) ([]MemberInfo, error) {
	p, err := a.mayIn(by, project, cairn.ReadProject)
	if err != nil {
		return nil, err
	}
	members := a.dir.Members(project)
	out := make([]MemberInfo, 0, len(members))
	for _, m := range members {
		u, ok := a.dir.User(m.User)
		if !ok {
			continue
		}
		out = append(out, memberInfo(p, u, m.Role))
	}
	slices.SortFunc(out, func(x, y MemberInfo) int {
		return cmp.Or(cmp.Compare(x.User.Name, y.User.Name), cmp.Compare(x.User.ID, y.User.ID))
	})
	return out, nil
}

func memberInfo(p cairn.Project, u cairn.User, given cairn.Role) MemberInfo {
	m := MemberInfo{User: u, Role: given}
	if !u.Disabled && !u.Placeholder {
		m.Effective = cairn.EffectiveRole(cairn.Actor{User: u.ID, Admin: u.Admin}, p.Access, given)
	}
	return m
}

// SetMember gives a person a role in a project, or another one.
func (a *App) SetMember(ctx context.Context, by Caller, m cairn.Member) (MemberInfo, error) {
	p, err := a.mayIn(by, m.Project, cairn.ChangeProject)
	if err != nil {
		return MemberInfo{}, err
	}
	if m.Role <= cairn.RoleNone || m.Role > cairn.RoleAdmin {
		return MemberInfo{}, cairn.Invalid("role", "The role in a project is viewer, contributor, editor or admin; remove the person to take the role away")
	}
	var u cairn.User
	_, err = a.write(ctx, by, p.ID, func(tx store.Tx) error {
		var err error
		if _, u, err = userIn(tx, m.User); err != nil {
			return err
		}
		if u.Placeholder {
			return noAccount(u)
		}
		if m.Role < cairn.RoleAdmin {
			if err := anotherProjectAdmin(tx, p.ID, m.User); err != nil {
				return err
			}
		}
		return setRole(tx, m)
	})
	return memberInfo(p, u, m.Role), err
}

// setRole stores a membership or changes it.
func setRole(tx store.Tx, m cairn.Member) error {
	id, err := tx.Lookup(cairn.MemberKey(m.Project, m.User))
	if err != nil {
		return err
	}
	if id == 0 {
		return createMember(tx, m.Project, m.User, m.Role)
	}
	e, err := tx.Entity(id)
	if err != nil {
		return err
	}
	return putAttrs(tx, e, m)
}

// RemoveMember takes a person's role in a project away. They keep what the
// project's access gives to everybody.
func (a *App) RemoveMember(ctx context.Context, by Caller, project, user cairn.ID) error {
	p, err := a.mayIn(by, project, cairn.ChangeProject)
	if err != nil {
		return err
	}
	_, err = a.write(ctx, by, p.ID, func(tx store.Tx) error {
		id, err := tx.Lookup(cairn.MemberKey(p.ID, user))
		if err != nil {
			return err
		}
		if id == 0 {
			return cairn.NotFound("The member")
		}
		if err := anotherProjectAdmin(tx, p.ID, user); err != nil {
			return err
		}
		return tx.Delete(id)
	})
	return err
}

// anotherProjectAdmin refuses when that person is an admin of the project and
// nobody else could administer it. Administrators of the workspace can.
func anotherProjectAdmin(tx store.Tx, project, but cairn.ID) error {
	var others []cairn.ID
	isAdmin := false
	err := tx.Scan(store.Query{Kinds: []cairn.Kind{cairn.KindMember}, Project: project}, func(e cairn.Entity) error {
		var m cairn.Member
		if err := e.Attrs.Decode(&m); err != nil || m.Role < cairn.RoleAdmin {
			return err
		}
		if isAdmin = isAdmin || m.User == but; m.User != but {
			others = append(others, m.User)
		}
		return nil
	})
	if err != nil || !isAdmin {
		return err
	}
	for _, id := range others {
		if _, u, err := userIn(tx, id); err != nil || !u.Disabled {
			return err
		}
	}
	n, err := countAdmins(tx, 0)
	if err == nil && n == 0 {
		err = cairn.Conflict("This is the last person who can administer the project; make somebody else an admin first")
	}
	return err
}
