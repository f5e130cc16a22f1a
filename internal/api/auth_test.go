package api_test

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"cairn/internal/cairntest"
	"cairn/internal/store"
)

// token makes an API token for the client's person and returns a client that
// sends it instead of the session.
func token(w *cairntest.World, c *cairntest.Client, scope string) *cairntest.Client {
	w.T.Helper()
	made := c.Do("POST", "/me/tokens", map[string]any{"name": scope + " token", "scope": scope}).Want(201).Map()
	return w.Anonymous().With("Authorization", fmt.Sprint("Bearer ", made["secret"]))
}

// accessTable says what each route answers to whom. Rows that write are asked
// last by those who may, so that the ones before see the same world; {bob} is
// the member's id, and a number that nothing has stands for a thing that is not
// there.
const accessTable = `
                                          anonymous member read-token write-token admin
GET    /setup                             200       200    200        200         200
GET    /me                                401       200    200        200         200
PATCH  /me {"name":"Same"}                401       200    403        200         200
POST   /me/password {"presentPassword":"wrong password","password":"a new password"}  401 422 403 403 422
GET    /me/sessions                       401       200    403        403         200
DELETE /me/sessions/0123456789abcdef      401       404    403        403         404
GET    /me/tokens                         401       200    403        403         200
POST   /me/tokens {"name":"x","scope":"read"}  401  201    403        403         201
DELETE /me/tokens/999999                  401       404    403        403         404
GET    /people                            401       200    200        200         200
PATCH  /people/{bob} {"name":"Bob"}       401       403    403        403         200
PATCH  /people/{bob} {"admin":true}       401       403    403        403         -
POST   /people/{bob}/password {"password":"a new password"}  401 403 403 403 -
POST   /projects/OPN/query {"query":{}}   401       200    200        200         200
PATCH  /workspace {"name":"Test"}         401       403    403        403         200
GET    /invitations                       401       403    403        403         200
POST   /invitations {}                    401       403    403        403         201
DELETE /invitations/999999                401       403    403        403         404
GET    /invitations/by-token              404       404    404        404         404
POST   /invitations/accept {"token":"x","name":"X","email":"x@example.com","password":"a new password"}  404 404 404 404 404
GET    /projects/PRI/members              401       404    404        404         200
PUT    /projects/PRI/members/{bob} {"role":"admin"}  401 404 403      404         -
DELETE /projects/PRI/members/{bob}        401       404    403        404         404
GET    /projects/OPN/members              401       200    200        200         200
PUT    /projects/OPN/members/{bob} {"role":"viewer"}  401 403 403     403         200
DELETE /projects/OPN/members/{bob}        401       403    403        403         204
POST   /setup {"token":"x","name":"X","email":"x@example.com","password":"a new password"}  409 409 409 409 409
POST   /session {"email":"x","password":"y"}  422   422    422        422         422
DELETE /me/sessions                       401       -      403        403         -
`

func TestAccess(t *testing.T) {
	w := cairntest.New(t, cairntest.SQLite(t))
	bob := w.Person("Bob Builder")
	w.Admin.Do("POST", "/projects", map[string]any{"name": "Private", "key": "PRI", "access": "private"}).Want(201)
	w.Admin.Do("POST", "/projects", map[string]any{"name": "Open", "key": "OPN", "access": "open"}).Want(201)
	actors := []struct {
		name string
		c    *cairntest.Client
	}{
		{"anonymous", w.Anonymous()}, {"member", bob}, {"read token", token(w, bob, "read")},
		{"write token", token(w, bob, "write")}, {"admin", w.Admin},
	}
	for _, row := range strings.Split(strings.TrimSpace(accessTable), "\n")[1:] {
		words := strings.Fields(row)
		want := words[len(words)-len(actors):]
		request := strings.Fields(strings.ReplaceAll(row, "{bob}", bob.ID.String()))
		request = request[:len(request)-len(actors)]
		var body any
		if len(request) > 2 {
			body = []byte(strings.Join(request[2:], " "))
		}
		for i, actor := range actors {
			if want[i] == "-" {
				continue
			}
			c := actor.c.With("Cairn-Invitation", "x")
			if a := c.Do(request[0], request[1], body); fmt.Sprint(a.Status) != want[i] {
				t.Errorf("%s asks %s %s: status %d, want %s\n%s", actor.name, request[0], request[1], a.Status, want[i], a.Raw)
			}
		}
	}
}

// TestEveryRouteNeedsSomebody asks each route of the OpenAPI document without an
// account: what is not public answers 401 before anything else.
func TestEveryRouteNeedsSomebody(t *testing.T) {
	w := cairntest.New(t, cairntest.SQLite(t))
	var doc struct {
		Paths map[string]map[string]struct {
			OperationID string
			Security    []map[string][]string
		}
	}
	w.Anonymous().Do("GET", "/openapi.json", nil).Want(200).Into(&doc)
	public := map[string]bool{
		"get-setup": true, "set-up": true, "sign-in": true, "sign-out": true, "get-invitation": true, "accept-invitation": true,
	}
	asked := 0
	for path, methods := range doc.Paths {
		for method, o := range methods {
			if public[o.OperationID] != (len(o.Security) == 0) {
				t.Errorf("%s: the document says public = %v, want %v", o.OperationID, len(o.Security) == 0, public[o.OperationID])
			}
			if public[o.OperationID] {
				continue
			}
			asked++
			for name, c := range map[string]*cairntest.Client{
				"nobody":        w.Anonymous(),
				"a false token": w.Anonymous().With("Authorization", "Bearer cairn_"+strings.Repeat("A", 43)),
			} {
				filled := strings.NewReplacer("{project}", "OPN", "{idea}", "OPN-1").Replace(path)
				for strings.Contains(filled, "{") {
					filled = filled[:strings.Index(filled, "{")] + "1" + filled[strings.Index(filled, "}")+1:]
				}
				for _, body := range []any{nil, []byte("{"), []byte(`{"title":7}`)} {
					if a := c.Do(strings.ToUpper(method), filled, body); a.Status != http.StatusUnauthorized {
						t.Errorf("%s asks %s %s %s: status %d\n%s", name, method, filled, body, a.Status, a.Raw)
					}
				}
			}
		}
	}
	if asked < 30 {
		t.Errorf("only %d routes were asked; the document is not whole", asked)
	}
}

func TestCredentialsAreExplained(t *testing.T) {
	w := cairntest.New(t, cairntest.SQLite(t))
	for header, says := range map[string]string{
		"":                          "Sign in first",
		"Basic YWRhOnNlY3JldA==":    "Authorization: Bearer",
		"Bearer":                    "unknown, revoked or expired",
		"Bearer nonsense":           "unknown, revoked or expired",
		"bearer cairn_" + "A":       "unknown, revoked or expired",
		"Bearer cairn_\u00e9\u00e9": "unknown, revoked or expired",
	} {
		c := w.Anonymous()
		if header != "" {
			c = c.With("Authorization", header)
		}
		a := c.Do("GET", "/me", nil).Want(401)
		if detail := fmt.Sprint(a.Map()["detail"]); !strings.Contains(detail, says) {
			t.Errorf("%q is answered with %q; want %q in it", header, detail, says)
		}
	}
	// A token that is wrong is not made good by a session beside it.
	w.Admin.With("Authorization", "Bearer nonsense").Do("GET", "/me", nil).Want(401)
}

func TestSessionCookie(t *testing.T) {
	w := cairntest.New(t, cairntest.SQLite(t))
	credentials := map[string]any{"email": "ada@example.com", "password": cairntest.Password}
	cookie := func(a *cairntest.Answer) *http.Cookie {
		t.Helper()
		c, err := http.ParseSetCookie(a.Header.Get("Set-Cookie"))
		if err != nil {
			t.Fatalf("%v in %q", err, a.Header.Get("Set-Cookie"))
		}
		return c
	}
	plain := cookie(w.Anonymous().Do("POST", "/session", credentials).Want(200))
	if plain.Name != "cairn_session" || !plain.HttpOnly || plain.Secure || plain.SameSite != http.SameSiteLaxMode || plain.Path != "/" {
		t.Errorf("over http the cookie is %s", plain)
	}
	if days := time.Until(plain.Expires).Hours() / 24; days < 179 || days > 181 {
		t.Errorf("the cookie lasts %.0f days; want 180", days)
	}
	secure := cookie(w.Anonymous().With("X-Forwarded-Proto", "https").Do("POST", "/session", credentials).Want(200))
	if secure.Name != "__Host-cairn" || !secure.HttpOnly || !secure.Secure || secure.Path != "/" || secure.Domain != "" {
		t.Errorf("over https the cookie is %s", secure)
	}
	with := func(name, value string) *cairntest.Client {
		return w.Anonymous().With("Cookie", name+"="+value)
	}
	with("cairn_session", plain.Value).Do("GET", "/me", nil).Want(200)
	with("__Host-cairn", secure.Value).With("X-Forwarded-Proto", "https").Do("GET", "/me", nil).Want(200)
	with("cairn_session", plain.Value).With("X-Forwarded-Proto", "https").Do("GET", "/me", nil).Want(401)

	out := with("cairn_session", plain.Value).Do("DELETE", "/session", nil).Want(204)
	if c := cookie(out); c.Name != "cairn_session" || c.Value != "" || c.MaxAge >= 0 {
		t.Errorf("signing out sets %s", c)
	}
	a := with("cairn_session", plain.Value).Do("GET", "/me", nil).Want(401)
	if detail := fmt.Sprint(a.Map()["detail"]); !strings.Contains(detail, "session has ended") {
		t.Errorf("an ended session is answered with %q", detail)
	}
	w.Anonymous().Do("DELETE", "/session", nil).Want(204)
	w.Anonymous().With("Sec-Fetch-Site", "cross-site").Do("POST", "/session", credentials).Want(403)
}

func TestSignInLimit(t *testing.T) {
	w := cairntest.New(t, cairntest.SQLite(t))
	wrong := map[string]any{"email": "ada@example.com", "password": "not her password"}
	for range 10 {
		w.Anonymous().Do("POST", "/session", wrong).Want(401)
	}
	a := w.Anonymous().Do("POST", "/session", wrong).Want(429)
	if after := a.Header.Get("Retry-After"); after == "" || len(after) > 2 {
		t.Errorf("Retry-After is %q; want at most a minute in seconds", after)
	}
	if m := a.Map(); m["code"] != "rate_limited" || !strings.Contains(fmt.Sprint(m["detail"]), "try again in") {
		t.Errorf("the refusal reads %s", a.Raw)
	}
}

// TestSecretAnswersAreNotKept repeats the making of a token: the answer with its
// text must not lie in the database for the repetition.
func TestSecretAnswersAreNotKept(t *testing.T) {
	w := cairntest.New(t, cairntest.SQLite(t))
	me := w.Admin.Do("GET", "/me", nil).Want(200).Map()
	for path, body := range map[string]map[string]any{
		"/me/tokens":   {"name": "ci", "scope": "read"},
		"/invitations": {},
	} {
		c := w.Admin.With("Idempotency-Key", "once"+path)
		c.Do("POST", path, body).Want(201)
		if _, kept, err := w.Store.Private(t.Context(), "once-answer", fmt.Sprintf("%.0f:once%s", me["id"], path)); err != nil || kept {
			t.Errorf("%s: the answer is kept: %v, %v", path, kept, err)
		}
		c.Do("POST", path, body).Want(409)
	}
	var list struct{ Tokens []any }
	w.Admin.Do("GET", "/me/tokens", nil).Want(200).Into(&list)
	if len(list.Tokens) != 1 {
		t.Errorf("%d tokens after a repeated request, want 1", len(list.Tokens))
	}
}

func TestInvitationOverHTTP(t *testing.T) {
	cairntest.EachDB(t, func(t *testing.T, st store.Store) {
		w := cairntest.New(t, st)
		w.Admin.Do("POST", "/projects", map[string]any{"name": "Private", "key": "PRI", "access": "private"}).Want(201)
		made := w.Admin.Do("POST", "/invitations", map[string]any{"email": "Cy@example.com", "project": "PRI", "role": "editor"}).Want(201).Map()
		link := fmt.Sprint(made["token"])
		offer := w.Anonymous().With("Cairn-Invitation", link).Do("GET", "/invitations/by-token", nil).Want(200).Map()
		if offer["workspace"] != "Test" || offer["email"] != "cy@example.com" || offer["project"] != "Private" || offer["role"] != "editor" || offer["invitedBy"] != "Ada Admin" {
			t.Errorf("the link offers %v", offer)
		}
		list := w.Admin.Do("GET", "/invitations", nil).Want(200)
		if strings.Contains(string(list.Raw), link) || !strings.Contains(string(list.Raw), `"project":"PRI"`) {
			t.Errorf("the list of invitations reads %s", list.Raw)
		}
		cy := w.Anonymous()
		cy.Do("POST", "/invitations/accept", map[string]any{"token": link, "name": "Cy", "password": cairntest.Password}).Want(200)
		me := cy.Do("GET", "/me", nil).Want(200).Map()
		if me["email"] != "cy@example.com" || me["admin"] != nil || me["workspace"] != "Test" {
			t.Errorf("who accepted is %v", me)
		}
		members := cy.Do("GET", "/projects/PRI/members", nil).Want(200)
		if !strings.Contains(string(members.Raw), `"role":"editor","effective":"editor"`) {
			t.Errorf("the members are %s", members.Raw)
		}
		w.Anonymous().Do("POST", "/invitations/accept", map[string]any{"token": link, "name": "Di", "password": cairntest.Password}).Want(404)

		gone := w.Admin.Do("POST", "/invitations", map[string]any{}).Want(201).Map()
		w.Admin.Do("DELETE", fmt.Sprintf("/invitations/%.0f", gone["id"]), nil).Want(204)
		w.Anonymous().With("Cairn-Invitation", fmt.Sprint(gone["token"])).Do("GET", "/invitations/by-token", nil).Want(404)
		w.Admin.Do("POST", "/invitations", map[string]any{"role": "owner"}).Want(422)
		w.Admin.Do("POST", "/invitations", map[string]any{"project": "NIL", "role": "editor"}).Want(404)
	})
}

func TestAccountOverHTTP(t *testing.T) {
	w := cairntest.New(t, cairntest.SQLite(t))
	bob := w.Person("Bob Builder")
	second := w.SignIn("bob.builder@example.com")
	if me := bob.Do("PATCH", "/me", map[string]any{"name": "Robert"}).Want(200).Map(); me["name"] != "Robert" {
		t.Errorf("the name became %v", me["name"])
	}
	bob.Do("PATCH", "/me", map[string]any{"email": "robert@example.com"}).Want(422)
	bob.Do("PATCH", "/me", map[string]any{"email": "robert@example.com", "presentPassword": cairntest.Password}).Want(200)
	var list struct {
		Sessions []struct {
			ID      string
			Device  string
			Current bool
		}
	}
	bob.Do("GET", "/me/sessions", nil).Want(200).Into(&list)
	if len(list.Sessions) != 2 || list.Sessions[0].Device != "Go-http-client" {
		t.Fatalf("the sessions are %+v", list.Sessions)
	}
	for _, s := range list.Sessions {
		if !s.Current {
			bob.Do("DELETE", "/me/sessions/"+s.ID, nil).Want(204)
		}
	}
	second.Do("GET", "/me", nil).Want(401)
	third := w.SignIn("robert@example.com")
	bob.Do("POST", "/me/password", map[string]any{"presentPassword": cairntest.Password, "password": "a much better one"}).Want(204)
	third.Do("GET", "/me", nil).Want(401)
	bob.Do("GET", "/me", nil).Want(200)
	w.Admin.Do("POST", fmt.Sprintf("/people/%d/password", bob.ID), map[string]any{"password": cairntest.Password}).Want(204)
	bob.Do("GET", "/me", nil).Want(401)
	bob = w.SignIn("robert@example.com")
	bob.Do("DELETE", "/me/sessions", nil).Want(204)
	bob.Do("GET", "/me", nil).Want(401)
}

// TestStreamEndsWithItsSession ends sessions and tokens while their streams are
// open: the next change must not reach them, however busy the stream is.
func TestStreamEndsWithItsSession(t *testing.T) {
	w := cairntest.New(t, cairntest.SQLite(t))
	w.Admin.Do("POST", "/projects", map[string]any{"name": "Open", "key": "OPN"}).Want(201)
	bob, cy := w.Person("Bob Builder"), w.Person("Cy Twombly")
	var list struct{ Tokens []struct{ ID int } }
	tok := token(w, bob, "read")
	bob.Do("GET", "/me/tokens", nil).Want(200).Into(&list)
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	streams := map[string]<-chan cairntest.Event{
		"revoked token": tok.Stream(ctx, "/stream"), "ended session": bob.Stream(ctx, "/stream"), "disabled person": cy.Stream(ctx, "/stream"),
	}
	bob.Do("DELETE", fmt.Sprintf("/me/tokens/%d", list.Tokens[0].ID), nil).Want(204)
	bob.Do("DELETE", "/session", nil).Want(204)
	w.Admin.Do("PATCH", fmt.Sprintf("/people/%d", cy.ID), map[string]any{"disabled": true}).Want(200)
	w.Admin.Do("POST", "/projects/OPN/ideas", map[string]any{"title": "Only for those who are in"}).Want(201)
	for name, events := range streams {
		last := ""
		for e := range events {
			last = e.Event
			if strings.Contains(e.Data, "Only for those") {
				t.Errorf("%s: the stream went on with %s", name, e.Data)
			}
		}
		if last != "bye" || ctx.Err() != nil {
			t.Errorf("%s: the stream ended with %q; want bye", name, last)
		}
	}
}

func TestPeopleOverHTTP(t *testing.T) {
	w := cairntest.New(t, cairntest.SQLite(t))
	bob := w.Person("Bob Builder")
	path := fmt.Sprintf("/people/%d", bob.ID)
	tok := token(w, bob, "write")
	people := bob.Do("GET", "/people", nil).Want(200)
	if !strings.Contains(string(people.Raw), `"email":"ada@example.com"`) || strings.Contains(string(people.Raw), "argon2") {
		t.Errorf("the people are %s", people.Raw)
	}
	if p := w.Admin.Do("PATCH", path, map[string]any{"admin": true}).Want(200).Map(); p["admin"] != true {
		t.Errorf("the new administrator is %v", p)
	}
	bob.Do("GET", "/invitations", nil).Want(200)
	tok.Do("GET", "/invitations", nil).Want(200)
	w.Admin.Do("PATCH", path, map[string]any{"admin": false}).Want(200)
	tok.Do("GET", "/invitations", nil).Want(403)
	w.Admin.With("If-Match", `"1"`).Do("PATCH", path, map[string]any{"name": "Late"}).Want(409)
	seen := w.Admin.Do("PATCH", path, map[string]any{"name": "Bo"}).Want(200).Map()["version"]
	w.Admin.With("If-Match", fmt.Sprintf(`"%.0f"`, seen)).Do("PATCH", path, map[string]any{"name": "Bob"}).Want(200)
	w.Admin.Do("PATCH", path, map[string]any{"disabled": true}).Want(200)
	bob.Do("GET", "/me", nil).Want(401)
	tok.Do("GET", "/me", nil).Want(401)
	w.Anonymous().Do("POST", "/session", map[string]any{"email": "bob.builder@example.com", "password": cairntest.Password}).Want(403)
	me := w.Admin.Do("GET", "/me", nil).Want(200).Map()
	a := w.Admin.Do("PATCH", fmt.Sprintf("/people/%.0f", me["id"]), map[string]any{"admin": false}).Want(409)
	if !strings.Contains(fmt.Sprint(a.Map()["detail"]), "last administrator") {
		t.Errorf("the last administrator is refused with %s", a.Raw)
	}
	if ws := w.Admin.Do("PATCH", "/workspace", map[string]any{"name": " New  name "}).Want(200).Map(); ws["name"] != "New name" {
		t.Errorf("the workspace is called %v", ws["name"])
	}
}
