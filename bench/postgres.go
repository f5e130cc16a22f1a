package main

import (
	"context"
	"fmt"
	"net/url"

	"github.com/jackc/pgx/v5"
)

// freshDatabase makes an empty database on a server and returns its address and
// how to remove it.
func freshDatabase(ctx context.Context, server, name string) (address string, drop func() error, err error) {
	exec := func(sql string) error {
		conn, err := pgx.Connect(ctx, server)
		if err != nil {
			return err
		}
		defer conn.Close(ctx) // one statement
		_, err = conn.Exec(ctx, sql)
		return err
	}
	u, err := url.Parse(server)
	if err != nil {
		return "", nil, fmt.Errorf("the address of the server: %w", err)
	}
	u.Path = "/" + name
	if err := exec("DROP DATABASE IF EXISTS " + name); err != nil {
		return "", nil, err
	}
	if err := exec("CREATE DATABASE " + name); err != nil {
		return "", nil, err
	}
	return u.String(), func() error { return exec("DROP DATABASE " + name + " WITH (FORCE)") }, nil
}
