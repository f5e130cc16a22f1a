package app_test

import (
	"fmt"
	"strings"
	"testing"

	"cairn"
	"cairn/internal/app"
)

func TestMembers(t *testing.T) { onEach(t, checkMembers) }

func checkMembers(t *testing.T, db database) {
	o := newOffice(t, db)
	bob, cy := o.hire("bob"), o.hire("cy")
	p := o.project(bob, "INS", cairn.AccessPrivate)
	set := func(by person, whom cairn.ID, role cairn.Role) error {
		return second(o.SetMember(t.Context(), by.Caller, cairn.Member{Project: p, User: whom, Role: role}))
	}
	list := func() string {
		t.Helper()
		members, err := o.Members(o.ada.Caller, p)
		ok(t, err)
		var out []string
		for _, m := range members {
			out = append(out, fmt.Sprintf("%s:%s/%s", m.User.Name, m.Role, m.Effective))
		}
		return strings.Join(out, " ")
	}
	want := func(s string) {
		t.Helper()
		if got := list(); got != s {
			t.Errorf("the members are %q; want %q", got, s)
		}
	}
	want("bob:admin/admin")

	// Who does not see the project learns nothing of it; who sees it may not
	// change its members without being an admin of it.
	_, err := o.Members(cy.Caller, p)
	refused(t, err, cairn.CodeNotFound)
	refused(t, set(cy, cy.id, cairn.RoleAdmin), cairn.CodeNotFound)
	refused(t, o.RemoveMember(t.Context(), cy.Caller, p, bob.id), cairn.CodeNotFound)
	_, err = o.Members(app.Caller{}, p)
	refused(t, err, cairn.CodeUnauthenticated)
	for _, role := range []cairn.Role{cairn.RoleViewer, cairn.RoleContributor, cairn.RoleEditor} {
		ok(t, set(bob, cy.id, role))
		want("bob:admin/admin cy:" + role.String() + "/" + role.String())
		_, err := o.Members(cy.Caller, p)
		ok(t, err)
		refused(t, set(cy, cy.id, cairn.RoleAdmin), cairn.CodeForbidden)
		refused(t, o.RemoveMember(t.Context(), cy.Caller, p, bob.id), cairn.CodeForbidden)
	}
	ok(t, set(bob, cy.id, cairn.RoleAdmin))
	ok(t, set(cy, bob.id, cairn.RoleViewer))
	want("bob:viewer/viewer cy:admin/admin")
	ok(t, o.RemoveMember(t.Context(), cy.Caller, p, bob.id))
	want("cy:admin/admin")
	refused(t, o.RemoveMember(t.Context(), cy.Caller, p, bob.id), cairn.CodeNotFound)
	if _, err := o.Project(bob.Caller, "INS"); cairn.CodeOf(err) != cairn.CodeNotFound {
		t.Errorf("a removed member still sees the private project: %v", err)
	}
	ok(t, o.RemoveMember(t.Context(), cy.Caller, p, cy.id)) // Ada administers the workspace
	want("")

	refused(t, set(o.ada, o.imported("Ina", ""), cairn.RoleViewer), cairn.CodeInvalid)
	refused(t, set(o.ada, 999_999, cairn.RoleViewer), cairn.CodeNotFound)
	refused(t, set(o.ada, bob.id, cairn.RoleNone), cairn.CodeInvalid)
	refused(t, set(o.ada, bob.id, cairn.RoleAdmin+1), cairn.CodeInvalid)
	want("")
}

func TestEffectiveMembers(t *testing.T) { onEach(t, checkEffectiveMembers) }

func checkEffectiveMembers(t *testing.T, db database) {
	o := newOffice(t, db)
	bob, cy := o.hire("bob"), o.hire("cy")
	p := o.project(o.ada, "INS", cairn.AccessLimited)
	for _, whom := range []cairn.ID{bob.id, cy.id} {
		_, err := o.SetMember(t.Context(), o.ada.Caller, cairn.Member{Project: p, User: whom, Role: cairn.RoleViewer})
		ok(t, err)
	}
	_, err := o.UpdateUser(t.Context(), o.ada.Caller, cy.id, app.UserPatch{Disabled: ptr(true)})
	ok(t, err)
	members, err := o.Members(bob.Caller, p)
	ok(t, err)
	got := ""
	for _, m := range members {
		got += fmt.Sprintf(" %s:%s/%s", m.User.Name, m.Role, m.Effective)
	}
	if want := " Ada Lovelace:admin/admin bob:viewer/contributor cy:viewer/none"; got != want {
		t.Errorf("the members are%s; want%s", got, want)
	}
}

// TestProjectKeepsAnAdmin needs a workspace that the command line filled before
// anybody set it up: no administrator stands behind the project's own admins.
func TestProjectKeepsAnAdmin(t *testing.T) { onEach(t, checkProjectKeepsAnAdmin) }

func checkProjectKeepsAnAdmin(t *testing.T, db database) {
	o := emptyOffice(t, db)
	cli := app.System("cli")
	u, err := o.AddUser(t.Context(), cli, app.NewUser{Name: "Bob", Email: "bob@example.com", Password: goodPassword})
	ok(t, err)
	bob := o.signIn(u.Email, goodPassword)
	p := o.project(bob, "INS", cairn.AccessPrivate)
	_, err = o.SetMember(t.Context(), bob.Caller, cairn.Member{Project: p, User: bob.id, Role: cairn.RoleEditor})
	refused(t, err, cairn.CodeConflict)
	refused(t, o.RemoveMember(t.Context(), bob.Caller, p, bob.id), cairn.CodeConflict)
	u, err = o.AddUser(t.Context(), cli, app.NewUser{Name: "Cy", Email: "cy@example.com", Password: goodPassword})
	ok(t, err)
	_, err = o.SetMember(t.Context(), bob.Caller, cairn.Member{Project: p, User: u.ID, Role: cairn.RoleAdmin})
	ok(t, err)
	_, err = o.UpdateUser(t.Context(), cli, u.ID, app.UserPatch{Disabled: ptr(true)})
	ok(t, err)
	refused(t, o.RemoveMember(t.Context(), bob.Caller, p, bob.id), cairn.CodeConflict) // Cy cannot sign in
	_, err = o.UpdateUser(t.Context(), cli, u.ID, app.UserPatch{Disabled: ptr(false)})
	ok(t, err)
	ok(t, o.RemoveMember(t.Context(), bob.Caller, p, bob.id))
}
