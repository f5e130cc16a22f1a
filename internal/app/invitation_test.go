package app_test

import (
	"strings"
	"sync"
	"testing"
	"time"

	"cairn"
	"cairn/internal/app"
	"cairn/internal/auth"
)

func (o *office) invite(in app.NewInvitation) app.MadeInvitation {
	o.Helper()
	made, err := o.Invite(o.Context(), o.ada.Caller, in)
	if err != nil {
		o.Fatal(err)
	}
	return made
}

func (o *office) accept(secret, name, email string) (app.SignedIn, error) {
	return o.AcceptInvitation(o.Context(), app.Acceptance{Secret: secret, Name: name, Email: email, Password: goodPassword}, chrome())
}

func TestInvite(t *testing.T) { onEach(t, checkInvite) }

func checkInvite(t *testing.T, db database) {
	o := newOffice(t, db)
	bob := o.hire("bob")
	p := o.project(o.ada, "INS", cairn.AccessPrivate)
	for _, c := range []struct {
		name string
		by   app.Caller
		in   app.NewInvitation
		code cairn.Code
	}{
		{"by a member", bob.Caller, app.NewInvitation{}, cairn.CodeForbidden},
		{"by nobody", app.Caller{}, app.NewInvitation{}, cairn.CodeUnauthenticated},
		{"no address", o.ada.Caller, app.NewInvitation{Email: "x"}, cairn.CodeInvalid},
		{"who has an account", o.ada.Caller, app.NewInvitation{Email: "Bob@example.com"}, cairn.CodeConflict},
		{"project without role", o.ada.Caller, app.NewInvitation{Project: p}, cairn.CodeInvalid},
		{"role without project", o.ada.Caller, app.NewInvitation{Role: cairn.RoleEditor}, cairn.CodeInvalid},
		{"unknown project", o.ada.Caller, app.NewInvitation{Project: 999_999, Role: cairn.RoleEditor}, cairn.CodeNotFound},
	} {
		_, err := o.Invite(t.Context(), c.by, c.in)
		if cairn.CodeOf(err) != c.code {
			t.Errorf("%s: %v; want %s", c.name, err, c.code)
		}
	}
	made := o.invite(app.NewInvitation{Email: " Cy@Example.com", Project: p, Role: cairn.RoleEditor})
	info, err := o.InvitationBySecret(t.Context(), made.Secret)
	ok(t, err)
	if want := (app.InvitationInfo{
		Workspace: "Acme", InvitedBy: "Ada Lovelace", Email: "cy@example.com", Project: "Project INS",
		Role: cairn.RoleEditor, ExpiresAt: made.ExpiresAt,
	}); info != want {
		t.Errorf("the link says %+v; want %+v", info, want)
	}
	list, err := o.Invitations(t.Context(), o.ada.Caller)
	if err != nil || len(list) != 1 || list[0].ID != made.ID || list[0].Email != "cy@example.com" {
		t.Errorf("the invitations are %+v, %v", list, err)
	}
	_, err = o.Invitations(t.Context(), bob.Caller)
	refused(t, err, cairn.CodeForbidden)
	refused(t, o.RevokeInvitation(t.Context(), bob.Caller, made.ID), cairn.CodeForbidden)
}

func TestAcceptInvitation(t *testing.T) { onEach(t, checkAcceptInvitation) }

func checkAcceptInvitation(t *testing.T, db database) {
	o := newOffice(t, db)
	p := o.project(o.ada, "INS", cairn.AccessPrivate)
	made := o.invite(app.NewInvitation{Email: "cy@example.com", Project: p, Role: cairn.RoleEditor})
	_, err := o.accept(made.Secret, "", "")
	refused(t, err, cairn.CodeInvalid)
	_, err = o.accept(made.Secret, "Cy", "other@example.com")
	if cairn.CodeOf(err) != cairn.CodeInvalid || !strings.Contains(err.Error(), "cy@example.com") {
		t.Errorf("an address that was not invited: %v", err)
	}
	in, err := o.accept(made.Secret, "Cy", "")
	ok(t, err)
	cy := o.enter(in, goodPassword)
	if in.User.Email != "cy@example.com" || in.User.Admin || o.Directory().GivenRole(p, cy.id) != cairn.RoleEditor {
		t.Errorf("the invited person is %+v with the role %s", in.User, o.Directory().GivenRole(p, cy.id))
	}
	if _, err := o.Project(cy.Caller, "INS"); err != nil {
		t.Errorf("the invited person does not see the project: %v", err)
	}
	_, err = o.accept(made.Secret, "Di", "di@example.com")
	refused(t, err, cairn.CodeNotFound)
	refused(t, o.RevokeInvitation(t.Context(), o.ada.Caller, made.ID), cairn.CodeConflict)
	if list, err := o.Invitations(t.Context(), o.ada.Caller); err != nil || len(list) != 0 {
		t.Errorf("an accepted invitation is still listed: %+v, %v", list, err)
	}

	open := o.invite(app.NewInvitation{Admin: true})
	_, err = o.accept(open.Secret, "Di", "")
	refused(t, err, cairn.CodeInvalid)
	_, err = o.accept(open.Secret, "Di", "cy@example.com")
	refused(t, err, cairn.CodeConflict)
	in, err = o.accept(open.Secret, "Di", "di@example.com")
	if err != nil || !in.User.Admin {
		t.Errorf("the invited administrator is %+v, %v", in.User, err)
	}
}

func TestAcceptClaimsImportedPerson(t *testing.T) { onEach(t, checkAcceptClaimsImportedPerson) }

func checkAcceptClaimsImportedPerson(t *testing.T, db database) {
	o := newOffice(t, db)
	id := o.imported("I. May", "ina@example.com")
	in, err := o.accept(o.invite(app.NewInvitation{Email: "ina@example.com"}).Secret, "Ina May", "")
	ok(t, err)
	u, _ := o.Directory().User(id)
	if in.User.ID != id || u.Placeholder || u.Name != "Ina May" {
		t.Errorf("the imported person %d became %+v and %d signed in", id, u, in.User.ID)
	}
	o.signIn("ina@example.com", goodPassword)
}

func TestInviteImportedPersonWithoutAddress(t *testing.T) {
	onEach(t, checkInviteImportedPersonWithoutAddress)
}

// A person of a file that names no addresses becomes an account all the same.
func checkInviteImportedPersonWithoutAddress(t *testing.T, db database) {
	o := newOffice(t, db)
	id := o.imported("Ina May", "")
	email, taken := "ina@example.com", "bob@example.com"
	o.hire("bob")
	_, err := o.UpdateUser(t.Context(), o.ada.Caller, id, app.UserPatch{Email: &taken})
	refused(t, err, cairn.CodeConflict)
	_, err = o.UpdateUser(t.Context(), o.ada.Caller, id, app.UserPatch{Email: &email})
	ok(t, err)
	in, err := o.accept(o.invite(app.NewInvitation{Email: email}).Secret, "Ina May", "")
	ok(t, err)
	if u, _ := o.Directory().User(id); in.User.ID != id || u.Placeholder || u.Email != email {
		t.Errorf("the imported person %d became %+v and %d signed in", id, u, in.User.ID)
	}
	o.signIn(email, goodPassword)
}

func TestInvitationEnds(t *testing.T) { onEach(t, checkInvitationEnds) }

func checkInvitationEnds(t *testing.T, db database) {
	o := newOffice(t, db)
	eve, err := o.AddUser(t.Context(), o.ada.Caller, app.NewUser{Name: "Eve", Email: "eve@example.com", Password: goodPassword, Admin: true})
	ok(t, err)
	byEve, err := o.Invite(t.Context(), o.signIn("eve@example.com", goodPassword).Caller, app.NewInvitation{Admin: true})
	ok(t, err)
	revoked, kept := o.invite(app.NewInvitation{}), o.invite(app.NewInvitation{})
	gone := func(name, secret string) {
		t.Helper()
		if _, err := o.InvitationBySecret(t.Context(), secret); cairn.CodeOf(err) != cairn.CodeNotFound {
			t.Errorf("%s: the link still opens: %v", name, err)
		}
		if _, err := o.accept(secret, "X", "x@example.com"); cairn.CodeOf(err) != cairn.CodeNotFound {
			t.Errorf("%s: the invitation can be accepted: %v", name, err)
		}
	}
	gone("unknown", auth.NewSecret())
	gone("nonsense", "nonsense")
	ok(t, o.RevokeInvitation(t.Context(), o.ada.Caller, revoked.ID))
	gone("revoked", revoked.Secret)
	refused(t, o.RevokeInvitation(t.Context(), o.ada.Caller, revoked.ID), cairn.CodeNotFound)
	refused(t, o.RevokeInvitation(t.Context(), o.ada.Caller, o.ada.id), cairn.CodeNotFound)
	_, err = o.UpdateUser(t.Context(), o.ada.Caller, eve.ID, app.UserPatch{Admin: ptr(false)})
	ok(t, err)
	gone("from somebody who may not invite any more", byEve.Secret)
	o.clock.pass(7*24*time.Hour - time.Second)
	if _, err := o.InvitationBySecret(t.Context(), kept.Secret); err != nil {
		t.Errorf("the invitation ended early: %v", err)
	}
	o.clock.pass(time.Second)
	gone("expired", kept.Secret)
	if n := len(o.Directory().Users()); n != 2 {
		t.Errorf("there are %d people; want 2", n)
	}
}

func TestInvitationIsForOne(t *testing.T) { onEach(t, checkInvitationIsForOne) }

func checkInvitationIsForOne(t *testing.T, db database) {
	o := newOffice(t, db)
	made := o.invite(app.NewInvitation{})
	errs := make([]error, 5)
	var wg sync.WaitGroup
	for i := range errs {
		wg.Go(func() { _, errs[i] = o.accept(made.Secret, "Racer", string(rune('a'+i))+"@racers.example") })
	}
	wg.Wait()
	won := 0
	for _, err := range errs {
		if err == nil {
			won++
		} else {
			refused(t, err, cairn.CodeNotFound)
		}
	}
	if won != 1 {
		t.Errorf("%d people accepted one invitation", won)
	}
}

func TestInvitationToDeletedProject(t *testing.T) { onEach(t, checkInvitationToDeletedProject) }

func checkInvitationToDeletedProject(t *testing.T, db database) {
	o := newOffice(t, db)
	p := o.project(o.ada, "INS", cairn.AccessPrivate)
	made := o.invite(app.NewInvitation{Project: p, Role: cairn.RoleViewer})
	ok(t, o.DeleteProject(t.Context(), o.ada.Caller, p))
	in, err := o.accept(made.Secret, "Cy", "cy@example.com")
	ok(t, err)
	if !o.alive(o.enter(in, goodPassword)) {
		t.Error("the deleted project stood in the way of the account")
	}
}
