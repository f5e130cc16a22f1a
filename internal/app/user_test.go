package app_test

import (
	"strings"
	"sync"
	"testing"

	"cairn"
	"cairn/internal/app"
)

func TestPeople(t *testing.T) { onEach(t, checkPeople) }

func checkPeople(t *testing.T, db database) {
	o := newOffice(t, db)
	bob := o.hire("bob")
	o.imported("Ina", "ina@example.com")
	list, err := o.People(bob.Caller)
	ok(t, err)
	var names []string
	for _, u := range list {
		names = append(names, u.Name+" "+u.Email)
	}
	if got := strings.Join(names, ", "); got != "Ada Lovelace ada@example.com, Ina ina@example.com, bob bob@example.com" {
		t.Errorf("the people are %s", got)
	}
	_, err = o.People(app.Caller{})
	refused(t, err, cairn.CodeUnauthenticated)
}

func TestAddUser(t *testing.T) { onEach(t, checkAddUser) }

func checkAddUser(t *testing.T, db database) {
	o := newOffice(t, db)
	bob := o.hire("bob")
	add := func(by app.Caller, in app.NewUser) error { return second(o.AddUser(t.Context(), by, in)) }
	fresh := app.NewUser{Name: "Cy", Email: "cy@example.com", Password: goodPassword}
	refused(t, add(bob.Caller, fresh), cairn.CodeForbidden)
	refused(t, add(app.Caller{}, fresh), cairn.CodeUnauthenticated)
	taken := fresh
	taken.Email = "BOB@example.com"
	if err := add(o.ada.Caller, taken); cairn.CodeOf(err) != cairn.CodeConflict || !strings.Contains(details(err), "email") {
		t.Errorf("an address that is taken: %v %s", err, details(err))
	}
	id := o.imported("Ina", "ina@example.com")
	claimed := app.NewUser{Name: "Ina May", Email: "ina@example.com", Password: goodPassword}
	ok(t, add(app.System("cli"), claimed))
	if p := o.signIn("ina@example.com", goodPassword); p.id != id {
		t.Errorf("the imported person %d became another, %d", id, p.id)
	}
}

func TestUpdateAccount(t *testing.T) { onEach(t, checkUpdateAccount) }

func checkUpdateAccount(t *testing.T, db database) {
	o := newOffice(t, db)
	bob := o.hire("bob")
	update := func(in app.AccountPatch) (cairn.User, error) { return o.UpdateAccount(t.Context(), bob.Caller, in) }
	u, err := update(app.AccountPatch{Name: ptr("  Robert   B ")})
	if err != nil || u.Name != "Robert B" {
		t.Errorf("the name became %q, %v", u.Name, err)
	}
	for _, c := range []struct {
		name  string
		in    app.AccountPatch
		code  cairn.Code
		field string
	}{
		{"empty name", app.AccountPatch{Name: ptr("")}, cairn.CodeInvalid, "name"},
		{"no address", app.AccountPatch{Email: ptr("x"), Password: goodPassword}, cairn.CodeInvalid, "email"},
		{"taken address", app.AccountPatch{Email: ptr("ada@example.com"), Password: goodPassword}, cairn.CodeConflict, "email"},
		{"address without the password", app.AccountPatch{Email: ptr("new@example.com")}, cairn.CodeInvalid, "presentPassword"},
		{"address with a wrong password", app.AccountPatch{Email: ptr("new@example.com"), Password: "wrong password"}, cairn.CodeInvalid, "presentPassword"},
	} {
		_, err := update(c.in)
		if cairn.CodeOf(err) != c.code || !strings.Contains(details(err), c.field) {
			t.Errorf("%s: %v %s; want %s about %s", c.name, err, details(err), c.code, c.field)
		}
	}
	if _, err := update(app.AccountPatch{Email: ptr("BOB@example.com")}); err != nil {
		t.Errorf("the same address in capitals needs no password: %v", err)
	}
	u, err = update(app.AccountPatch{Email: ptr("robert@example.com"), Password: goodPassword})
	if err != nil || u.Email != "robert@example.com" {
		t.Errorf("the address became %q, %v", u.Email, err)
	}
	o.signIn("robert@example.com", goodPassword)
	_, err = o.SignIn(t.Context(), "bob@example.com", goodPassword, chrome())
	refused(t, err, cairn.CodeUnauthenticated)
	_, err = o.UpdateAccount(t.Context(), app.Caller{}, app.AccountPatch{Name: ptr("x")})
	refused(t, err, cairn.CodeUnauthenticated)
}

func TestUpdateUser(t *testing.T) { onEach(t, checkUpdateUser) }

func checkUpdateUser(t *testing.T, db database) {
	o := newOffice(t, db)
	bob, cy := o.hire("bob"), o.hire("cy")
	ina := o.imported("Ina", "")
	update := func(by person, id cairn.ID, in app.UserPatch) error {
		return second(o.UpdateUser(t.Context(), by.Caller, id, in))
	}
	refused(t, update(bob, cy.id, app.UserPatch{Admin: ptr(true)}), cairn.CodeForbidden)
	refused(t, update(bob, bob.id, app.UserPatch{Admin: ptr(true)}), cairn.CodeForbidden)
	refused(t, update(o.ada, ina, app.UserPatch{Admin: ptr(true)}), cairn.CodeInvalid)
	refused(t, update(o.ada, ina, app.UserPatch{Disabled: ptr(true)}), cairn.CodeInvalid)
	refused(t, update(o.ada, 999_999, app.UserPatch{Name: ptr("x")}), cairn.CodeNotFound)
	refused(t, update(o.ada, o.project(o.ada, "INS", cairn.AccessOpen), app.UserPatch{Name: ptr("x")}), cairn.CodeNotFound)
	ok(t, update(o.ada, ina, app.UserPatch{Name: ptr("Ina May")}))

	before, _ := o.Directory().User(bob.id)
	ok(t, update(o.ada, bob.id, app.UserPatch{Name: ptr("Bob"), Version: before.Version}))
	refused(t, update(o.ada, bob.id, app.UserPatch{Name: ptr("Rob"), Version: before.Version}), cairn.CodeConflict)

	// The last administrator stays one.
	refused(t, update(o.ada, o.ada.id, app.UserPatch{Admin: ptr(false)}), cairn.CodeConflict)
	refused(t, update(o.ada, o.ada.id, app.UserPatch{Disabled: ptr(true)}), cairn.CodeConflict)
	ok(t, update(o.ada, bob.id, app.UserPatch{Admin: ptr(true)}))
	ok(t, update(o.ada, bob.id, app.UserPatch{Disabled: ptr(true)}))
	refused(t, update(o.ada, o.ada.id, app.UserPatch{Admin: ptr(false)}), cairn.CodeConflict) // Bob cannot sign in
	ok(t, update(o.ada, bob.id, app.UserPatch{Disabled: ptr(false)}))
	ok(t, update(o.ada, o.ada.id, app.UserPatch{Admin: ptr(false)}))
	refused(t, update(person{Caller: o.who(o.ada).Caller}, cy.id, app.UserPatch{Name: ptr("x")}), cairn.CodeForbidden)
}

// TestLastAdministratorsRace lets two administrators demote each other at once.
func TestLastAdministratorsRace(t *testing.T) { onEach(t, checkLastAdministratorsRace) }

func checkLastAdministratorsRace(t *testing.T, db database) {
	o := newOffice(t, db)
	bob := o.hire("bob")
	for range 10 {
		_, err := o.UpdateUser(t.Context(), app.System("cli"), bob.id, app.UserPatch{Admin: ptr(true)})
		ok(t, err)
		_, err = o.UpdateUser(t.Context(), app.System("cli"), o.ada.id, app.UserPatch{Admin: ptr(true)})
		ok(t, err)
		both := []struct {
			by   app.Identity
			whom cairn.ID
		}{{o.who(o.ada), bob.id}, {o.who(bob), o.ada.id}}
		var wg sync.WaitGroup
		for _, b := range both {
			wg.Go(func() {
				o.UpdateUser(t.Context(), b.by.Caller, b.whom, app.UserPatch{Admin: ptr(false)}) // one of them is refused
			})
		}
		wg.Wait()
		if !o.Directory().HasAdmin() {
			t.Fatal("nobody administers the workspace any more")
		}
	}
}

func TestUserNamed(t *testing.T) { onEach(t, checkUserNamed) }

func checkUserNamed(t *testing.T, db database) {
	o := newOffice(t, db)
	cli := app.System("cli")
	for _, text := range []string{"ada@example.com", " ADA@example.com", o.ada.id.String()} {
		if u, err := o.UserNamed(cli, text); err != nil || u.ID != o.ada.id {
			t.Errorf("UserNamed(%q) = %+v, %v", text, u, err)
		}
	}
	for _, text := range []string{"", "0", "999999", "ada", "bob@example.com"} {
		_, err := o.UserNamed(cli, text)
		refused(t, err, cairn.CodeNotFound)
	}
}
