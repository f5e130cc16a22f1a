package pgtest

import (
	"testing"

	"github.com/jackc/pgx/v5"
)

// TestURL shows that two tests get two databases, that both work and that both go away.
func TestURL(t *testing.T) {
	var first, second string
	t.Run("use", func(t *testing.T) {
		first, second = URL(t), URL(t)
		if first == second {
			t.Fatalf("two calls gave the same database %s", first)
		}
		conn, err := pgx.Connect(t.Context(), first)
		if err != nil {
			t.Fatal(err)
		}
		// The connection stays open on purpose: the database must be dropped all the same.
		if _, err := conn.Exec(t.Context(), "CREATE TABLE idea (id bigint)"); err != nil {
			t.Fatal(err)
		}
		var encoding string
		if err := conn.QueryRow(t.Context(), "SHOW server_encoding").Scan(&encoding); err != nil {
			t.Fatal(err)
		}
		if encoding != "UTF8" {
			t.Errorf("encoding %s, want UTF8", encoding)
		}
	})
	if first == "" {
		t.Skip("no server")
	}
	for _, address := range []string{first, second} {
		if conn, err := pgx.Connect(t.Context(), address); err == nil {
			conn.Close(t.Context())
			t.Errorf("%s is still there after its test", address)
		}
	}
}

// TestWithDatabase shows which addresses are understood.
func TestWithDatabase(t *testing.T) {
	tests := []struct{ server, want string }{
		{"postgres://cairn:secret@127.0.0.1:5432/postgres?sslmode=disable", "postgres://cairn:secret@127.0.0.1:5432/x?sslmode=disable"},
		{"postgresql://localhost", "postgresql://localhost/x"},
		{"mysql://localhost/db", ""},
		{"host=localhost", ""},
		{":", ""},
	}
	for _, test := range tests {
		got, err := withDatabase(test.server, "x")
		if got != test.want || (err != nil) != (test.want == "") {
			t.Errorf("%s: got %q, %v; want %q", test.server, got, err, test.want)
		}
	}
}
