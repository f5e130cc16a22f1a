package app

import (
	"context"

	"cairn"
	"cairn/internal/store"
)

// People returns everybody in the workspace, by name: accounts, disabled ones
// and people known from imports only. Members of the workspace see each other's
// e-mail addresses.
func (a *App) People(by Caller) ([]cairn.User, error) {
	if err := a.may(by, cairn.SeePeople); err != nil {
		return nil, err
	}
	return a.dir.Users(), nil
}

// NewUser is an account to be made.
type NewUser struct {
	Name, Email, Password string
	Admin                 bool
}

// clean checks and normalises what a person entered.
func (n *NewUser) clean() (err error) {
	if n.Name, err = cairn.CleanName(n.Name); err != nil {
		return err
	}
	if n.Email, err = cairn.CleanEmail(n.Email); err != nil {
		return err
	}
	return cairn.CheckPassword(n.Password)
}

// AddUser makes an account. A person known from an import with the same e-mail
// address keeps their work and gets the account.
func (a *App) AddUser(ctx context.Context, by Caller, in NewUser) (cairn.User, error) {
	if err := a.may(by, cairn.AdministerWorkspace); err != nil {
		return cairn.User{}, err
	}
	if err := in.clean(); err != nil {
		return cairn.User{}, err
	}
	hash, err := a.access.hasher.Hash(ctx, in.Password)
	if err != nil {
		return cairn.User{}, err
	}
	var u cairn.User
	_, err = a.write(ctx, by, 0, func(tx store.Tx) (err error) {
		u, err = openAccount(tx, in, hash)
		return err
	})
	return u, err
}

// openAccount makes the account in a transaction, or gives one to the imported
// person with the same e-mail address.
func openAccount(tx store.Tx, in NewUser, hash string) (cairn.User, error) {
	u := cairn.User{Name: in.Name, Email: in.Email, Admin: in.Admin, CreatedAt: tx.Now()}
	id, err := tx.Lookup(cairn.Key{Scope: cairn.ScopeEmail, Name: in.Email})
	if err != nil {
		return u, err
	}
	if id == 0 {
		attrs, err := cairn.AttrsOf(u)
		if err != nil {
			return u, err
		}
		if u.ID, err = tx.Create(cairn.Entity{Kind: cairn.KindUser, Attrs: attrs}); err != nil {
			return u, err
		}
		u.Version = tx.Seq()
		return u, putPassword(tx, u.ID, hash)
	}
	e, known, err := userIn(tx, id)
	if err != nil {
		return u, err
	}
	if !known.Placeholder {
		return u, emailTaken(in.Email)
	}
	u.ID, u.CreatedAt, u.Version = id, known.CreatedAt, tx.Seq()
	if err := putAttrs(tx, e, u); err != nil {
		return u, err
	}
	return u, putPassword(tx, u.ID, hash)
}

func emailTaken(email string) error {
	err := cairn.Conflict("%s has an account already; sign in with it, or use another address", email)
	err.Details = []cairn.Detail{{Field: "email", Message: err.Message}}
	return err
}

// userIn reads a person inside a transaction.
func userIn(tx store.Tx, id cairn.ID) (cairn.Entity, cairn.User, error) {
	u := cairn.User{ID: id}
	e, err := tx.Entity(id)
	if err != nil || e.Kind != cairn.KindUser {
		if err == nil || cairn.CodeOf(err) == cairn.CodeNotFound {
			err = cairn.NotFound("The person")
		}
		return e, u, err
	}
	u.Version = e.Version
	return e, u, e.Attrs.Decode(&u)
}

// AccountPatch is what a person changes of their own account; nil stays.
type AccountPatch struct {
	Name, Email *string
	// Password is the present one; it is needed to change the e-mail address,
	// with which one signs in.
	Password string
}

// UpdateAccount changes the name or e-mail address of the person who asks.
func (a *App) UpdateAccount(ctx context.Context, by Caller, in AccountPatch) (cairn.User, error) {
	if err := a.may(by, cairn.ChangeAccount); err != nil {
		return cairn.User{}, err
	}
	now, ok := a.dir.User(by.User)
	if !ok {
		return cairn.User{}, cairn.NotFound("Your account")
	}
	if in.Email != nil {
		email, err := cairn.CleanEmail(*in.Email)
		if err != nil {
			return cairn.User{}, err
		}
		if email != now.Email {
			if err := a.provePassword(ctx, by, now, in.Password); err != nil {
				return cairn.User{}, err
			}
		}
	}
	return a.changeUser(ctx, by, by.User, UserPatch{Name: in.Name, Email: in.Email})
}

// provePassword makes sure that the person at the keyboard knows the password.
func (a *App) provePassword(ctx context.Context, by Caller, u cairn.User, password string) error {
	if err := a.needSession(by, "Changing how you sign in"); err != nil {
		return err
	}
	if err := a.access.byEmail.Take(u.Email, "attempts to enter your present password"); err != nil {
		return err
	}
	verified, err := a.verifyPassword(ctx, u.ID, password)
	switch {
	case err != nil:
		return err
	case verified == "":
		return cairn.Invalid("presentPassword", "The present password is wrong. Enter the password that you signed in with")
	}
	a.access.byEmail.Forget(u.Email)
	return nil
}

// ChangePassword sets a new password for the person who asks and ends their
// other sessions.
func (a *App) ChangePassword(ctx context.Context, by Caller, present, next string) error {
	if err := a.needSession(by, "Changing your password"); err != nil {
		return err
	}
	if err := cairn.CheckPassword(next); err != nil {
		return err
	}
	u, ok := a.dir.User(by.User)
	if !ok {
		return cairn.NotFound("Your account")
	}
	if err := a.provePassword(ctx, by, u, present); err != nil {
		return err
	}
	return a.setPassword(ctx, by, u.ID, next)
}

// ResetPassword sets a new password for somebody else, who is signed out
// everywhere. For administrators and the command line.
func (a *App) ResetPassword(ctx context.Context, by Caller, user cairn.ID, password string) error {
	if err := a.may(by, cairn.AdministerWorkspace); err != nil {
		return err
	}
	if err := cairn.CheckPassword(password); err != nil {
		return err
	}
	u, ok := a.dir.User(user)
	switch {
	case !ok:
		return cairn.NotFound("The person")
	case u.Placeholder:
		return noAccount(u)
	case user == by.User:
		return cairn.Forbidden("Change your own password in your account settings, where your present one is asked for")
	}
	return a.setPassword(ctx, by, user, password)
}

func noAccount(u cairn.User) error {
	return cairn.Invalid("user", "%s is known from an import only and has no account; invite them first", u.Name)
}

// setPassword ends all sessions but the one that asks.
func (a *App) setPassword(ctx context.Context, by Caller, user cairn.ID, password string) error {
	hash, err := a.access.hasher.Hash(ctx, password)
	if err != nil {
		return err
	}
	_, err = a.write(ctx, by, 0, func(tx store.Tx) error {
		if err := putPassword(tx, user, hash); err != nil {
			return err
		}
		return dropSessions(tx, user, by.session)
	})
	a.forgetUser(user)
	return err
}

// UserPatch is what an administrator changes of a person; nil stays.
type UserPatch struct {
	Name, Email     *string
	Admin, Disabled *bool
	// Version, when not 0, is what the caller last saw; a newer one is a conflict.
	Version int64
}

// UpdateUser changes a person: name, e-mail address, whether they administer the
// workspace and whether they may sign in. The last administrator stays one.
func (a *App) UpdateUser(ctx context.Context, by Caller, id cairn.ID, in UserPatch) (cairn.User, error) {
	if err := a.may(by, cairn.AdministerWorkspace); err != nil {
		return cairn.User{}, err
	}
	return a.changeUser(ctx, by, id, in)
}

func (a *App) changeUser(ctx context.Context, by Caller, id cairn.ID, in UserPatch) (cairn.User, error) {
	var u cairn.User
	disabled := false
	_, err := a.write(ctx, by, 0, func(tx store.Tx) error {
		e, before, err := userIn(tx, id)
		if err != nil {
			return err
		}
		if err := checkVersion(e, in.Version); err != nil {
			return err
		}
		if u, err = in.apply(before); err != nil {
			return err
		}
		if u.Email != before.Email {
			if err := emailFree(tx, u); err != nil {
				return err
			}
		}
		if before.Admin && !before.Disabled && (!u.Admin || u.Disabled) {
			if err := anotherAdmin(tx, id); err != nil {
				return err
			}
		}
		if disabled = u.Disabled && !before.Disabled; disabled {
			// Enabled again, the person signs in anew.
			if err := dropSessions(tx, id, ""); err != nil {
				return err
			}
		}
		if u == before {
			return nil
		}
		u.Version = tx.Seq()
		return putAttrs(tx, e, u)
	})
	if disabled {
		a.forgetUser(id)
	}
	return u, err
}

// apply returns the person as the patch makes them.
func (in UserPatch) apply(u cairn.User) (cairn.User, error) {
	var err error
	if in.Name != nil {
		if u.Name, err = cairn.CleanName(*in.Name); err != nil {
			return u, err
		}
	}
	if in.Email != nil {
		if u.Email, err = cairn.CleanEmail(*in.Email); err != nil {
			return u, err
		}
	}
	set(&u.Admin, in.Admin)
	set(&u.Disabled, in.Disabled)
	if u.Placeholder && (u.Admin || u.Disabled) {
		return u, noAccount(u)
	}
	return u, nil
}

func emailFree(tx store.Tx, u cairn.User) error {
	owner, err := tx.Lookup(cairn.Key{Scope: cairn.ScopeEmail, Name: u.Email})
	if err != nil {
		return err
	}
	if owner != 0 && owner != u.ID {
		return emailTaken(u.Email)
	}
	return nil
}

// anotherAdmin refuses when nobody but that person administers the workspace.
func anotherAdmin(tx store.Tx, but cairn.ID) error {
	n, err := countAdmins(tx, but)
	if err == nil && n == 0 {
		return cairn.Conflict("This is the last administrator of the workspace; make somebody else an administrator first")
	}
	return err
}

// countAdmins counts those who administer the workspace and can sign in.
func countAdmins(tx store.Tx, but cairn.ID) (n int, err error) {
	err = tx.Scan(store.Query{Kinds: []cairn.Kind{cairn.KindUser}}, func(e cairn.Entity) error {
		var u cairn.User
		if err := e.Attrs.Decode(&u); err != nil {
			return err
		}
		if e.ID != but && u.Admin && !u.Disabled && !u.Placeholder {
			n++
		}
		return nil
	})
	return n, err
}

// UserNamed returns the person with that e-mail address, or id in decimals, for
// the command line.
func (a *App) UserNamed(by Caller, text string) (cairn.User, error) {
	if err := a.may(by, cairn.SeePeople); err != nil {
		return cairn.User{}, err
	}
	if id, err := cairn.ParseID(text); err == nil {
		if u, ok := a.dir.User(id); ok {
			return u, nil
		}
	}
	if email, err := cairn.CleanEmail(text); err == nil {
		if u, ok := a.dir.UserByEmail(email); ok {
			return u, nil
		}
	}
	return cairn.User{}, cairn.Errorf(cairn.CodeNotFound, "There is no person %q; `cairn user list` shows who there is", text)
}
