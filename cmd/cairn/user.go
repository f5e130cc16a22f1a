package main

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"strings"
	"text/tabwriter"
	"time"

	"cairn"
	"cairn/internal/app"
)

type userCmd struct {
	Add   userAddCmd   `cmd:"" help:"Make an account."`
	List  userListCmd  `cmd:"" help:"List everybody."`
	Reset userResetCmd `cmd:"" help:"Give somebody a new password and sign them out everywhere."`
}

type userAddCmd struct {
	Email    string `arg:"" help:"E-mail address to sign in with."`
	Name     string `help:"Name; default is the address before the @."`
	Password string `help:"Password; without it one is made up and printed." env:"CAIRN_PASSWORD"`
	Admin    bool   `help:"Administers the workspace."`
}

// Run makes the account and prints its password if it was made up.
func (c *userAddCmd) Run(ctx context.Context, g *globals, std streams) error {
	a, done, err := g.openApp(ctx, g.logger(std.err))
	if err != nil {
		return err
	}
	defer done()
	if c.Name == "" {
		c.Name, _, _ = strings.Cut(c.Email, "@")
	}
	given := c.Password != ""
	if !given {
		c.Password = strings.ToLower(rand.Text())
	}
	u, err := a.AddUser(ctx, app.System("cli"), app.NewUser{Name: c.Name, Email: c.Email, Password: c.Password, Admin: c.Admin})
	if err != nil {
		return err
	}
	fmt.Fprintf(std.out, "Added %s <%s> with id %d.\n", u.Name, u.Email, u.ID)
	if !given {
		fmt.Fprintf(std.out, "Password: %s\n", c.Password)
	}
	return nil
}

type userListCmd struct {
	JSON bool `help:"Print JSON."`
}

// Run prints everybody.
func (c *userListCmd) Run(ctx context.Context, g *globals, std streams) error {
	a, done, err := g.openApp(ctx, g.logger(std.err))
	if err != nil {
		return err
	}
	defer done()
	people, err := a.People(app.System("cli"))
	if err != nil {
		return err
	}
	if c.JSON {
		type person struct {
			ID cairn.ID `json:"id"`
			cairn.User
		}
		out := make([]person, len(people))
		for i, u := range people {
			out[i] = person{u.ID, u}
		}
		return json.NewEncoder(std.out).Encode(map[string]any{"people": out})
	}
	w := tabwriter.NewWriter(std.out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "ID\tNAME\tE-MAIL\tROLE")
	for _, u := range people {
		fmt.Fprintf(w, "%d\t%s\t%s\t%s\n", u.ID, u.Name, u.Email, standing(u))
	}
	return w.Flush()
}

func standing(u cairn.User) string {
	switch {
	case u.Disabled:
		return "disabled"
	case u.Placeholder:
		return "no account"
	case u.Admin:
		return "administrator"
	}
	return "member"
}

type userResetCmd struct {
	Person   string `arg:"" help:"E-mail address or id."`
	Password string `help:"New password; without it one is made up and printed." env:"CAIRN_PASSWORD"`
}

// Run sets the password.
func (c *userResetCmd) Run(ctx context.Context, g *globals, std streams) error {
	a, done, err := g.openApp(ctx, g.logger(std.err))
	if err != nil {
		return err
	}
	defer done()
	by := app.System("cli")
	u, err := a.UserNamed(by, c.Person)
	if err != nil {
		return err
	}
	given := c.Password != ""
	if !given {
		c.Password = strings.ToLower(rand.Text())
	}
	if err := a.ResetPassword(ctx, by, u.ID, c.Password); err != nil {
		return err
	}
	fmt.Fprintf(std.out, "%s has a new password and is signed out everywhere.\n", u.Name)
	if !given {
		fmt.Fprintf(std.out, "Password: %s\n", c.Password)
	}
	return nil
}

type tokenCmd struct {
	Create tokenCreateCmd `cmd:"" help:"Make an API token and print it once."`
	Revoke tokenRevokeCmd `cmd:"" help:"End an API token."`
}

type tokenCreateCmd struct {
	Person string        `arg:"" help:"Whose token: e-mail address or id."`
	Name   string        `help:"What it is for." default:"Command line"`
	Scope  string        `help:"read or write." enum:"read,write" default:"read"`
	For    time.Duration `help:"How long it is valid, such as 720h; without it, until it is revoked."`
}

// Run makes the token and prints nothing but it.
func (c *tokenCreateCmd) Run(ctx context.Context, g *globals, std streams) error {
	a, done, err := g.openApp(ctx, g.logger(std.err))
	if err != nil {
		return err
	}
	defer done()
	by := app.System("cli")
	u, err := a.UserNamed(by, c.Person)
	if err != nil {
		return err
	}
	in := app.NewToken{Name: c.Name, Scope: cairn.Scope(c.Scope)}
	if c.For != 0 {
		in.ExpiresAt = time.Now().Add(c.For)
	}
	made, err := a.IssueToken(ctx, by, u.ID, in)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintln(std.out, made.Secret)
	return err
}

type tokenRevokeCmd struct {
	Token string `arg:"" help:"The token, its prefix or its id."`
}

// Run ends the token.
func (c *tokenRevokeCmd) Run(ctx context.Context, g *globals, std streams) error {
	a, done, err := g.openApp(ctx, g.logger(std.err))
	if err != nil {
		return err
	}
	defer done()
	by := app.System("cli")
	t, err := a.FindToken(ctx, by, c.Token)
	if err != nil {
		return err
	}
	if err := a.RevokeToken(ctx, by, t.ID); err != nil {
		return err
	}
	fmt.Fprintf(std.out, "Token %s (%s) is revoked.\n", t.Prefix, t.Name)
	return nil
}
