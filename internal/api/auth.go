package api

import (
	"context"
	"net/http"
	"net/netip"
	"strings"
	"time"

	"cairn"
	"cairn/internal/app"
	"cairn/internal/auth"
)

// identify finds out who sends a request: an API token in the Authorization
// header, else the session in the cookie. What is wrong with credentials that
// were sent is kept in authErr, for the routes that need somebody.
func (s *server) identify(r *http.Request, info *requestInfo) {
	info.client = app.Client{Address: clientAddress(r), UserAgent: r.UserAgent()}
	var who app.Identity
	if header := r.Header.Get("Authorization"); header != "" {
		scheme, token, _ := strings.Cut(header, " ")
		if !strings.EqualFold(scheme, "Bearer") {
			info.authErr = cairn.Errorf(cairn.CodeUnauthenticated, "Send the API token as “Authorization: Bearer cairn_…”; %q is not a way to sign in here", clipHeader(scheme, 40))
			return
		}
		who, info.authErr = s.app.AuthenticateToken(r.Context(), strings.TrimSpace(token))
	} else if secret := cookies(r, info).Session(r); secret != "" {
		who, info.authErr = s.app.Authenticate(r.Context(), secret)
	}
	info.caller = who.Caller
}

// cookies is how this request's browser is given its session. A request that is
// looked at again, as by the live stream, has an info of its own.
func cookies(r *http.Request, info *requestInfo) auth.Cookies {
	return auth.Cookies{Secure: info.https || isHTTPS(r)}
}

// clientAddress is where a request comes from. A proxy on this machine or the
// local network is believed about whom it speaks for; it adds the last entry of
// X-Forwarded-For, and only that one.
func clientAddress(r *http.Request) string {
	peer, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return r.RemoteAddr
	}
	address := peer.Addr().Unmap()
	forwarded := r.Header.Values("X-Forwarded-For")
	if len(forwarded) == 0 || !(address.IsLoopback() || address.IsPrivate()) {
		return address.String()
	}
	list := strings.Split(forwarded[len(forwarded)-1], ",")
	last := auth.AddressKey(strings.TrimSpace(list[len(list)-1]))
	if _, err := netip.ParsePrefix(last); err != nil {
		if _, err := netip.ParseAddr(last); err != nil {
			return address.String()
		}
	}
	return last
}

func (s *server) accountRoutes() []endpoint {
	const tag = "Account"
	return append([]endpoint{
		route(op{id: "get-setup", method: get, path: "/setup", tag: tag, public: true, about: "Whether Cairn waits for its first administrator"}, s.getSetup),
		route(op{id: "set-up", method: post, path: "/setup", tag: tag, public: true, about: "Make the first administrator with the set-up link, and sign in"}, s.setUp),
		route(op{id: "sign-in", method: post, path: "/session", tag: tag, public: true, about: "Sign in; the answer sets the session cookie"}, s.signIn),
		route(op{id: "sign-out", method: del, path: "/session", tag: tag, status: 204, public: true, about: "Sign out of this browser"}, s.signOut),
		route(op{id: "get-account", method: get, path: "/me", tag: tag, about: "Who you are"}, s.getAccount),
		route(op{id: "update-account", method: pat, path: "/me", tag: tag, about: "Change your name or e-mail address"}, s.updateAccount),
		route(op{id: "change-password", method: post, path: "/me/password", tag: tag, status: 204, about: "Change your password; your other sessions end"}, s.changePassword),
		route(op{id: "list-sessions", method: get, path: "/me/sessions", tag: tag, about: "Where you are signed in, the last used first"}, s.listSessions),
		route(op{id: "sign-out-everywhere", method: del, path: "/me/sessions", tag: tag, status: 204, about: "Sign out everywhere, here too"}, s.signOutEverywhere),
		route(op{id: "end-session", method: del, path: "/me/sessions/{session}", tag: tag, status: 204, about: "End one of your sessions"}, s.endSession),
	}, s.tokenRoutes()...)
}

// Account is the person who asks.
type Account struct {
	Person
	Workspace string `json:"workspace" doc:"The name of the workspace"`
}

func (s *server) accountOf(u cairn.User) Account {
	return Account{Person: personOut(u), Workspace: s.app.Directory().Workspace().Name}
}

type accountOut struct{ Body Account }

// signedInOut is an account with the cookie of its new session.
type signedInOut struct {
	SetCookie http.Cookie `header:"Set-Cookie"`
	Body      Account
}

func (s *server) signedIn(ctx context.Context, in app.SignedIn) *signedInOut {
	return &signedInOut{SetCookie: *cookiesOf(ctx).Set(in.Secret, in.ExpiresAt), Body: s.accountOf(in.User)}
}

// signedOut answers with the cookie that ends a session in the browser.
type signedOut struct {
	SetCookie http.Cookie `header:"Set-Cookie"`
}

func cookiesOf(ctx context.Context) auth.Cookies {
	info := requestInfoOf(ctx)
	return auth.Cookies{Secure: info != nil && info.https}
}

func clientOf(ctx context.Context) app.Client {
	if info := requestInfoOf(ctx); info != nil {
		return info.client
	}
	return app.Client{}
}

type setupOut struct {
	Body struct {
		Needed bool `json:"needed" doc:"Nobody administers the workspace yet; the server printed a link that makes the first administrator"`
	}
}

func (s *server) getSetup(context.Context, *none) (*setupOut, error) {
	out := &setupOut{}
	out.Body.Needed = s.app.NeedsSetup()
	return out, nil
}

// SetupBody is what the first administrator enters.
type SetupBody struct {
	Token     string `json:"token" doc:"From the set-up link"`
	Name      string `json:"name"`
	Email     string `json:"email"`
	Password  string `json:"password" doc:"10 to 200 characters"`
	Workspace string `json:"workspace,omitempty" doc:"The name of the workspace"`
}

type setUpIn struct{ Body SetupBody }

func (s *server) setUp(ctx context.Context, in *setUpIn) (*signedInOut, error) {
	b := in.Body
	made, err := s.app.SetUp(ctx, app.Setup{
		Secret: b.Token, Workspace: b.Workspace, Name: b.Name, Email: b.Email, Password: b.Password,
	}, clientOf(ctx))
	if err != nil {
		return nil, err
	}
	return s.signedIn(ctx, made), nil
}

// SignInBody is what a person signs in with.
type SignInBody struct {
	Email    string `json:"email"`
	Password string `json:"password"`
}

type signInIn struct{ Body SignInBody }

func (s *server) signIn(ctx context.Context, in *signInIn) (*signedInOut, error) {
	made, err := s.app.SignIn(ctx, in.Body.Email, in.Body.Password, clientOf(ctx))
	if err != nil {
		return nil, err
	}
	return s.signedIn(ctx, made), nil
}

// signOut clears the cookie even of a session that has ended already.
func (s *server) signOut(ctx context.Context, _ *none) (*signedOut, error) {
	err := s.app.SignOut(ctx, callerOf(ctx))
	if err != nil && cairn.CodeOf(err) != cairn.CodeUnauthenticated {
		return nil, err
	}
	return &signedOut{*cookiesOf(ctx).Clear()}, nil
}

func (s *server) getAccount(ctx context.Context, _ *none) (*accountOut, error) {
	u, ok := s.app.Directory().User(callerOf(ctx).User)
	if !ok {
		return nil, cairn.NotFound("Your account")
	}
	return &accountOut{s.accountOf(u)}, nil
}

type updateAccountIn struct {
	Body struct {
		Name            *string `json:"name,omitempty"`
		Email           *string `json:"email,omitempty" doc:"Needs presentPassword when it changes"`
		PresentPassword string  `json:"presentPassword,omitempty"`
	}
}

func (s *server) updateAccount(ctx context.Context, in *updateAccountIn) (*accountOut, error) {
	u, err := s.app.UpdateAccount(ctx, callerOf(ctx), app.AccountPatch{
		Name: in.Body.Name, Email: in.Body.Email, Password: in.Body.PresentPassword,
	})
	if err != nil {
		return nil, err
	}
	return &accountOut{s.accountOf(u)}, nil
}

type changePasswordIn struct {
	Body struct {
		PresentPassword string `json:"presentPassword"`
		Password        string `json:"password" doc:"The new one: 10 to 200 characters"`
	}
}

func (s *server) changePassword(ctx context.Context, in *changePasswordIn) (*none, error) {
	return nil, s.app.ChangePassword(ctx, callerOf(ctx), in.Body.PresentPassword, in.Body.Password)
}

// Session is a sign-in as its person sees it.
type Session struct {
	ID        string    `json:"id"`
	Device    string    `json:"device" doc:"Such as Firefox on Windows"`
	Address   string    `json:"address,omitempty" doc:"Where it was begun from; of IPv6 the network"`
	CreatedAt time.Time `json:"createdAt"`
	LastSeen  time.Time `json:"lastSeen" doc:"Exact to a minute"`
	Current   bool      `json:"current,omitempty" doc:"The one that asks"`
}

type sessionsOut struct {
	Body struct {
		Sessions []Session `json:"sessions"`
	}
}

func (s *server) listSessions(ctx context.Context, _ *none) (*sessionsOut, error) {
	list, err := s.app.Sessions(ctx, callerOf(ctx))
	if err != nil {
		return nil, err
	}
	out := &sessionsOut{}
	out.Body.Sessions = []Session{}
	for _, v := range list {
		out.Body.Sessions = append(out.Body.Sessions, Session(v))
	}
	return out, nil
}

func (s *server) signOutEverywhere(ctx context.Context, _ *none) (*signedOut, error) {
	if err := s.app.SignOutEverywhere(ctx, callerOf(ctx)); err != nil {
		return nil, err
	}
	return &signedOut{*cookiesOf(ctx).Clear()}, nil
}

type sessionIn struct {
	Session string `path:"session" doc:"The session's id"`
}

func (s *server) endSession(ctx context.Context, in *sessionIn) (*none, error) {
	return nil, s.app.EndSession(ctx, callerOf(ctx), in.Session)
}
