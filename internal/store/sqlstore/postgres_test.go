package sqlstore

import (
	"context"
	"fmt"

	"net"
	"net/url"
	"strings"
	"sync"
	"testing"

	"github.com/jackc/pgx/v5"

	"cairn"
	"cairn/internal/cairntest/pgtest"
	"cairn/internal/store"
)

// proxy stands between a store and its server and cuts connections at will.
type proxy struct {
	t        testing.TB
	target   string
	listener net.Listener

	mu    sync.Mutex
	conns map[net.Conn]net.Conn // client to server
	// cut is what happens to the next message of a client that is in a transaction;
	// a message of another connection does not use it up.
	cut cut
	// inside are the clients that are in a transaction.
	inside map[net.Conn]bool
	down   bool
}

type cut int

const (
	cutNothing cut = iota
	// cutRequest ends the connection instead of passing the message on.
	cutRequest
	// cutAnswer passes the message on and ends the connection when the answer
	// comes.
	cutAnswer
)

// newProxy starts a proxy and returns the address of the database behind it.
func newProxy(t testing.TB, address string) (*proxy, string) {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	p := &proxy{t: t, target: u.Host, listener: l, conns: map[net.Conn]net.Conn{}, inside: map[net.Conn]bool{}}
	u.Host = l.Addr().String()
	done := make(chan struct{})
	go func() {
		defer close(done)
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			p.serve(c)
		}
	}()
	t.Cleanup(func() {
		l.Close()
		<-done
		p.set(func() { p.down = true })
	})
	return p, u.String()
}

// set changes the proxy's mind; when it is down, all connections end.
func (p *proxy) set(change func()) {
	p.mu.Lock()
	defer p.mu.Unlock()
	change()
	if p.down {
		for client, server := range p.conns {
			client.Close()
			server.Close()
		}
		clear(p.conns)
	}
}

// note reads whether a client is in a transaction: an answer ends with the message
// ReadyForQuery, and that with the state.
func (p *proxy) note(client net.Conn, answer []byte) {
	const ready = "Z\x00\x00\x00\x05"
	if head, state := len(answer)-len(ready)-1, len(answer)-1; head >= 0 && string(answer[head:state]) == ready {
		p.mu.Lock()
		defer p.mu.Unlock()
		p.inside[client] = answer[state] == 'T'
	}
}

func (p *proxy) serve(client net.Conn) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.down {
		client.Close()
		return
	}
	server, err := net.Dial("tcp", p.target)
	if err != nil {
		client.Close()
		return
	}
	p.conns[client] = server
	armed := make(chan struct{})
	var once sync.Once
	go func() {
		defer server.Close()
		buf := make([]byte, 1<<20)
		for {
			n, err := client.Read(buf)
			if err != nil {
				return
			}
			p.mu.Lock()
			now := cutNothing
			if p.cut != cutNothing && p.inside[client] {
				now, p.cut = p.cut, cutNothing
			}
			p.mu.Unlock()
			switch now {
			case cutRequest:
				client.Close()
				return
			case cutAnswer:
				once.Do(func() { close(armed) })
			}
			if _, err := server.Write(buf[:n]); err != nil {
				return
			}
		}
	}()
	go func() {
		defer client.Close()
		buf := make([]byte, 1<<20)
		for {
			n, err := server.Read(buf)
			if err != nil {
				return
			}
			p.note(client, buf[:n])
			select {
			case <-armed:
				return
			default:
			}
			if _, err := client.Write(buf[:n]); err != nil {
				return
			}
		}
	}()
}

func openPostgres(t testing.TB, address string) *Store {
	t.Helper()
	s, err := OpenPostgres(t.Context(), address, Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// count is an edit that shows when it is made twice.
func count(s store.Store, id cairn.ID, before func()) (cairn.ChangeSet, int, error) {
	runs := 0
	set, err := s.Write(context.Background(), store.Meta{Project: 1}, func(tx store.Tx) error {
		runs++
		e, err := tx.Entity(id)
		if err != nil {
			return err
		}
		e.Attrs["f1"] = fmt.Appendf(nil, "%s1", strings.TrimSpace(string(e.Attrs["f1"])))
		if runs == 1 {
			before()
		}
		return tx.Put(e)
	})
	return set, runs, err
}

// TestLostConnection: a connection that is lost before, in and after the commit
// leaves the change made once, and its caller knows (LOG-18).
func TestLostConnection(t *testing.T) {
	address := pgtest.URL(t)
	p, behind := newProxy(t, address)
	s := openPostgres(t, behind)
	var heard []int64
	s.OnCommit(func(sets []cairn.ChangeSet) {
		for _, set := range sets {
			heard = append(heard, set.Seq)
		}
	})
	var id cairn.ID
	if _, err := s.Write(t.Context(), store.Meta{Project: 1}, func(tx store.Tx) (err error) {
		id, err = tx.Create(cairn.Entity{Kind: cairn.KindIdea, Project: 1})
		return err
	}); err != nil {
		t.Fatal(err)
	}
	ones := ""
	for _, test := range []struct {
		name string
		do   func()
		runs int
	}{
		{"nothing is lost", func() {}, 1}, // the statements are prepared by then
		{"before the commit is sent", func() { p.set(func() { p.cut = cutRequest }) }, 2},
		{"statements are prepared again", func() {}, 1},
		{"the answer to the commit", func() { p.set(func() { p.cut = cutAnswer }) }, 1},
		{"all connections", func() { p.set(func() { p.down = true }); p.set(func() { p.down = false }) }, 2},
		{"the server ends them", func() { terminate(t, address) }, 2},
	} {
		set, runs, err := count(s, id, test.do)
		ones += "1"
		if err != nil || runs != test.runs || set.Seq != int64(len(ones))+1 {
			t.Errorf("%s: the change set %d after %d runs, %v", test.name, set.Seq, runs, err)
		}
		e, err := s.Entity(t.Context(), id)
		if err != nil || string(e.Attrs["f1"]) != ones {
			t.Errorf("%s: the value is %s, want %s; %v", test.name, e.Attrs["f1"], ones, err)
		}
	}
	sets, err := s.Log(t.Context(), 0, 100)
	if err != nil || len(sets) != len(ones)+1 || len(heard) != len(sets) {
		t.Errorf("%d change sets, %d heard of, want %d; %v", len(sets), len(heard), len(ones)+1, err)
	}
}

// terminate ends all connections to a database but its own, as a restart does.
func terminate(t testing.TB, address string) {
	t.Helper()
	c, err := pgx.Connect(context.Background(), address)
	if err != nil {
		t.Error(err)
		return
	}
	defer c.Close(context.Background())
	const text = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
	if _, err := c.Exec(context.Background(), text); err != nil {
		t.Error(err)
	}
}

// TestUnreachable: while the server is away reads and writes say so, and
// afterwards all works again.
func TestUnreachable(t *testing.T) {
	p, behind := newProxy(t, pgtest.URL(t))
	s := openPostgres(t, behind)
	if err := add(s, 1, 10); err != nil {
		t.Fatal(err)
	}
	p.set(func() { p.down = true })
	wantMessage(t, s.Ping(t.Context()), "cannot be reached", p.listener.Addr().String())
	wantMessage(t, add(s, 1, 10), "cannot be reached", "Nothing was changed")
	p.set(func() { p.down = false })
	if err := add(s, 1, 10); err != nil {
		t.Error(err)
	}
	if seq, err := s.Seq(t.Context()); seq != 2 || err != nil {
		t.Errorf("the store stands at %d, %v", seq, err)
	}
}

// TestPostgresRefused: what is wrong with an address or a database is said, and
// never the password.
func TestPostgresRefused(t *testing.T) {
	address := pgtest.URL(t)
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	with := func(change func(*url.URL)) string {
		other := *u
		change(&other)
		return other.String()
	}
	latin := strings.TrimPrefix(u.Path, "/") + "_latin"
	exec(t, address, fmt.Sprintf("CREATE DATABASE %s TEMPLATE template0 ENCODING 'LATIN1' LOCALE 'C'", latin))
	t.Cleanup(func() { exec(t, address, "DROP DATABASE "+latin+" WITH (FORCE)") })
	newer := openPostgres(t, address)
	if err := newer.beside(t.Context(), sql("INSERT INTO goose_db_version (version_id, is_applied) VALUES (999, true)")); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct{ name, address, word string }{
		{"no address", "postgres://cairn:secret word@%zz", "postgres://user:password@host:port/database"},
		{"another password", with(func(u *url.URL) { u.User = url.UserPassword(u.User.Username(), "secret") }), "password"},
		{"no such database", with(func(u *url.URL) { u.Path = "/nowhere" }), "nowhere does not exist"},
		{"nobody listens", with(func(u *url.URL) { u.Host = "127.0.0.1:1" }), "127.0.0.1:1"},
		{"another encoding", with(func(u *url.URL) { u.Path = "/" + latin }), "LATIN1"},
		{"newer", address, "newer version of Cairn"},
	} {
		_, err := OpenPostgres(t.Context(), test.address, Options{})
		if err == nil {
			t.Errorf("%s: it opens", test.name)
			continue
		}
		wantMessage(t, err, test.word)
		if strings.Contains(err.Error(), "secret") {
			t.Errorf("%s: the message shows the password: %v", test.name, err)
		}
	}
	// A transaction that may not write.
	reader := openPostgres(t, pgtest.URL(t))
	err = reader.beside(t.Context(), sql("SET TRANSACTION READ ONLY"), sql("DELETE FROM private"))
	wantMessage(t, err, "read-only")
}

// exec runs a statement on a connection of its own.
func exec(t testing.TB, address, text string) {
	t.Helper()
	c, err := pgx.Connect(context.Background(), address)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close(context.Background())
	if _, err := c.Exec(context.Background(), text); err != nil {
		t.Fatal(err)
	}
}

// TestListenReconnects: hints go on after the connection they came by was lost.
func TestListenReconnects(t *testing.T) {
	address := pgtest.URL(t)
	a, b := openPostgres(t, address), openPostgres(t, address)
	changed := b.Changed()
	<-changed // it listens
	for range 2 {
		if err := add(a, 1, 10); err != nil {
			t.Fatal(err)
		}
		<-changed
		terminate(t, address)
		<-changed // it listens again
	}
}

// TestPostgresCompresses: a long change set is stored compressed, by lz4 where the
// server has that, and reads back as it was.
func TestPostgresCompresses(t *testing.T) {
	address := pgtest.URL(t)
	s := openPostgres(t, address)
	long := strings.Repeat("Customers ask for this. ", 1000)
	set, err := s.Write(t.Context(), store.Meta{Project: 1}, func(tx store.Tx) error {
		_, err := tx.Create(cairn.Entity{Kind: cairn.KindIdea, Project: 1, Text: long})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	c, err := pgx.Connect(t.Context(), address)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close(context.Background())
	var lz4, way string
	if err := c.QueryRow(t.Context(), "SELECT coalesce((SELECT 'lz4' FROM pg_settings WHERE name = 'default_toast_compression' AND 'lz4' = ANY (enumvals)), 'pglz')").Scan(&lz4); err != nil {
		t.Fatal(err)
	}
	if lz4 == "lz4" { // the function came with it
		if err := c.QueryRow(t.Context(), "SELECT pg_column_compression(changes) FROM log WHERE seq = $1", set.Seq).Scan(&way); err != nil || way != lz4 {
			t.Errorf("the change set is compressed by %q, not %q: %v", way, lz4, err)
		}
	}
	var bytes int
	if err := c.QueryRow(t.Context(), "SELECT pg_column_size(changes) FROM log WHERE seq = $1", set.Seq).Scan(&bytes); err != nil || bytes > len(long)/4 {
		t.Errorf("a change set of %d bytes takes %d: %v", len(long), bytes, err)
	}
	if e, err := s.Entity(t.Context(), set.Changes[0].ID); err != nil || e.Text != long {
		t.Errorf("the text is not what was written: %v", err)
	}
}

// TestPostgresMigratesOnce: nodes that start together on an empty database all
// come up.
func TestPostgresMigratesOnce(t *testing.T) {
	address := pgtest.URL(t)
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			s, err := OpenPostgres(context.Background(), address, Options{})
			if err != nil {
				t.Error(err)
				return
			}
			if err := s.Close(); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
}

// TestTell: what one node tells reaches the others whole and in order, and not
// itself; after a lost connection they learn that they may have missed some.
func TestTell(t *testing.T) {
	address := pgtest.URL(t)
	a, b := openPostgres(t, address), openPostgres(t, address)
	own, told := a.Told(), b.Told()
	for range 2 {
		for _, c := range []<-chan string{own, told} {
			if m := <-c; m != "" {
				t.Fatalf("before anything was told came %q", m)
			}
		}
		for n := range 300 {
			a.Tell(fmt.Sprintf("%d %s", n, strings.Repeat("é", 100)))
		}
		for n := range 300 {
			if m := <-told; m != fmt.Sprintf("%d %s", n, strings.Repeat("é", 100)) {
				t.Fatalf("message %d reads %q", n, m)
			}
		}
		b.Tell("back")
		if m := <-own; m != "back" {
			t.Errorf("the first heard %q, want what the second told", m)
		}
		terminate(t, address)
	}
}
