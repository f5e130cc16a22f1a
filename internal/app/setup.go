package app

import (
	"context"
	"strings"
	"unicode/utf8"

	"cairn"
	"cairn/internal/auth"
	"cairn/internal/store"
)

// SetupSecret returns the secret of the set-up link, which makes the first
// administrator; ok is false when there is one already. It stays the same until
// it is used or the server starts again.
func (a *App) SetupSecret() (secret string, ok bool) {
	if a.dir.HasAdmin() {
		return "", false
	}
	a.access.mu.Lock()
	defer a.access.mu.Unlock()
	if a.access.setup == "" {
		a.access.setup = auth.NewSecret()
	}
	return a.access.setup, true
}

// NeedsSetup reports whether nobody administers the workspace yet.
func (a *App) NeedsSetup() bool { return !a.dir.HasAdmin() }

// Setup is what the first administrator enters.
type Setup struct {
	// Secret is from the set-up link.
	Secret string
	// Workspace is the workspace's name; "" leaves it.
	Workspace             string
	Name, Email, Password string
}

// checkSetup reports whether a set-up link still opens: not_found when it does
// not, conflict when somebody was quicker.
func (a *App) checkSetup(secret string) error {
	if a.dir.HasAdmin() {
		return errSetUp()
	}
	a.access.mu.Lock()
	defer a.access.mu.Unlock()
	if a.access.setup == "" || !auth.Equal(secret, a.access.setup) {
		return cairn.Errorf(cairn.CodeNotFound, "This set-up link is not valid. Use the one that the server printed when it last started")
	}
	return nil
}

func errSetUp() error {
	return cairn.Conflict("Cairn is set up already; sign in instead")
}

// SetUp makes the first administrator and signs them in.
func (a *App) SetUp(ctx context.Context, in Setup, client Client) (SignedIn, error) {
	if err := a.checkSetup(in.Secret); err != nil {
		return SignedIn{}, err
	}
	person := NewUser{Name: in.Name, Email: in.Email, Password: in.Password, Admin: true}
	if err := person.clean(); err != nil {
		return SignedIn{}, err
	}
	name, err := cleanWorkspace(in.Workspace)
	if err != nil {
		return SignedIn{}, err
	}
	hash, err := a.access.hasher.Hash(ctx, in.Password)
	if err != nil {
		return SignedIn{}, err
	}
	var out SignedIn
	_, err = a.write(ctx, Caller{Origin: "web", Reason: "Set up"}, 0, func(tx store.Tx) error {
		// Another node has its own link; the database knows who was first.
		if n, err := countAdmins(tx, 0); err != nil || n > 0 {
			if err == nil {
				err = errSetUp()
			}
			return err
		}
		u, err := openAccount(tx, person, hash)
		if err != nil {
			return err
		}
		out = a.newSession(u, client)
		if err := putSession(tx, out, client); err != nil || name == "" {
			return err
		}
		return renameWorkspace(tx, name)
	})
	if err != nil {
		return SignedIn{}, err
	}
	a.access.mu.Lock()
	a.access.setup = ""
	a.access.mu.Unlock()
	return out, nil
}

// RenameWorkspace gives the workspace another name.
func (a *App) RenameWorkspace(ctx context.Context, by Caller, name string) (cairn.Workspace, error) {
	if err := a.may(by, cairn.AdministerWorkspace); err != nil {
		return cairn.Workspace{}, err
	}
	name, err := cleanWorkspace(name)
	if err == nil && name == "" {
		err = cairn.Invalid("name", "Enter a name for the workspace")
	}
	if err != nil {
		return cairn.Workspace{}, err
	}
	if _, err := a.write(ctx, by, 0, func(tx store.Tx) error { return renameWorkspace(tx, name) }); err != nil {
		return cairn.Workspace{}, err
	}
	return a.dir.Workspace(), nil
}

func cleanWorkspace(name string) (string, error) {
	name = strings.Join(strings.Fields(name), " ")
	if n := utf8.RuneCountInString(name); n > 120 {
		return "", cairn.Invalid("workspace", "The name of the workspace has at most 120 characters; this one has %d", n)
	}
	return name, nil
}

func renameWorkspace(tx store.Tx, name string) error {
	var e cairn.Entity
	err := tx.Scan(store.Query{Kinds: []cairn.Kind{cairn.KindWorkspace}, Limit: 1}, func(found cairn.Entity) error {
		e = found
		return nil
	})
	if err != nil {
		return err
	}
	var w cairn.Workspace
	if err := e.Attrs.Decode(&w); err != nil {
		return err
	}
	w.Name = name
	return putAttrs(tx, e, w)
}
