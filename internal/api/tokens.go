package api

import (
	"context"
	"time"

	"cairn"
	"cairn/internal/app"
)

func (s *server) tokenRoutes() []endpoint {
	const tag = "API tokens"
	return []endpoint{
		route(op{id: "list-tokens", method: get, path: "/me/tokens", tag: tag, about: "Your API tokens, the newest first"}, s.listTokens),
		route(op{id: "create-token", method: post, path: "/me/tokens", tag: tag, status: 201, secret: true, about: "Make an API token; its text is in this answer only"}, s.createToken),
		route(op{id: "revoke-token", method: del, path: "/me/tokens/{token}", tag: tag, status: 204, about: "Revoke an API token at once"}, s.revokeToken),
	}
}

// Token is an API token as its owner sees it.
type Token struct {
	ID        cairn.ID    `json:"id"`
	Name      string      `json:"name"`
	Prefix    string      `json:"prefix" doc:"How the token begins"`
	Scope     cairn.Scope `json:"scope" enum:"read,write"`
	CreatedAt time.Time   `json:"createdAt"`
	ExpiresAt time.Time   `json:"expiresAt,omitzero" doc:"Absent: never"`
	LastUsed  time.Time   `json:"lastUsed,omitzero" doc:"Exact to a minute; absent: never"`
}

func tokenOut(t cairn.Token) Token {
	return Token{ID: t.ID, Name: t.Name, Prefix: t.Prefix, Scope: t.Scope, CreatedAt: t.CreatedAt, ExpiresAt: t.ExpiresAt}
}

// NewToken is a token that was just made.
type NewToken struct {
	Token
	Secret string `json:"secret" doc:"The token itself. It is stored as a hash and never shown again"`
}

type tokensOut struct {
	Body struct {
		Tokens []Token `json:"tokens"`
	}
}

func (s *server) listTokens(ctx context.Context, _ *none) (*tokensOut, error) {
	list, err := s.app.Tokens(ctx, callerOf(ctx))
	if err != nil {
		return nil, err
	}
	out := &tokensOut{}
	out.Body.Tokens = []Token{}
	for _, t := range list {
		shown := tokenOut(t.Token)
		shown.LastUsed = t.LastUsed
		out.Body.Tokens = append(out.Body.Tokens, shown)
	}
	return out, nil
}

type createTokenIn struct {
	Body struct {
		Name      string    `json:"name" doc:"What it is for"`
		Scope     string    `json:"scope" enum:"read,write"`
		ExpiresAt time.Time `json:"expiresAt,omitzero" doc:"Absent: never"`
	}
}

type newTokenOut struct{ Body NewToken }

func (s *server) createToken(ctx context.Context, in *createTokenIn) (*newTokenOut, error) {
	made, err := s.app.CreateToken(ctx, callerOf(ctx), app.NewToken{
		Name: in.Body.Name, Scope: cairn.Scope(in.Body.Scope), ExpiresAt: in.Body.ExpiresAt,
	})
	if err != nil {
		return nil, err
	}
	return &newTokenOut{NewToken{Token: tokenOut(made.Token), Secret: made.Secret}}, nil
}

type tokenIn struct {
	Token cairn.ID `path:"token" doc:"The token's id"`
}

func (s *server) revokeToken(ctx context.Context, in *tokenIn) (*none, error) {
	return nil, s.app.RevokeToken(ctx, callerOf(ctx), in.Token)
}
