// Package pgtest gives each test a fresh database on the PostgreSQL server that `make test` starts.
//
// Start at URL. The server's address comes from the environment variable CAIRN_TEST_POSTGRES,
// which scripts/with-postgres.sh sets for the command it runs.
package pgtest

import (
	"context"
	"crypto/rand"
	"fmt"
	"net/url"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// ServerVariable is the environment variable that holds the server's address, postgres://…, with
// a user who may create databases.
const ServerVariable = "CAIRN_TEST_POSTGRES"

// timeout bounds creating and dropping a database.
const timeout = time.Minute

// URL creates an empty database (UTF-8, C collation as in template0) and returns its address,
// postgres://…; the database is dropped when the test ends, even when connections are still open.
// Without a server the test is skipped, under CI=true it fails.
func URL(t testing.TB) string {
	t.Helper()
	server := os.Getenv(ServerVariable)
	if server == "" {
		const how = ServerVariable + " is not set: run `make test`, or `scripts/with-postgres.sh go test …` for one package"
		if os.Getenv("CI") == "true" {
			t.Fatal(how)
		}
		t.Skip(how)
	}
	name := "cairn_test_" + strings.ToLower(rand.Text()[:16])
	address, err := withDatabase(server, name)
	if err != nil {
		t.Fatal(err)
	}
	if err := execute(server, fmt.Sprintf("CREATE DATABASE %s TEMPLATE template0 ENCODING 'UTF8'", name)); err != nil {
		t.Fatalf("creating the test database: %v", err)
	}
	t.Cleanup(func() {
		if err := execute(server, fmt.Sprintf("DROP DATABASE %s WITH (FORCE)", name)); err != nil {
			t.Errorf("dropping the test database %s: %v", name, err)
		}
	})
	return address
}

// withDatabase returns the server's address with another database name.
func withDatabase(server, name string) (string, error) {
	address, err := url.Parse(server)
	if err != nil || (address.Scheme != "postgres" && address.Scheme != "postgresql") {
		return "", fmt.Errorf("%s must be an address that begins with postgres://", ServerVariable)
	}
	address.Path = "/" + name
	return address.String(), nil
}

// execute runs one statement on its own connection. It does not use the test's context, which is
// cancelled before the cleanup that drops the database.
func execute(server, statement string) error {
	ctx, cancel := context.WithTimeout(context.Background(), timeout)
	defer cancel()
	conn, err := pgx.Connect(ctx, server)
	if err != nil {
		return err
	}
	_, err = conn.Exec(ctx, statement)
	if closed := conn.Close(ctx); err == nil {
		err = closed
	}
	return err
}
