package script

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"sync"
	"syscall"
	"testing"

	"cairn/internal/cairntest/pgtest"
)

// loadBefore is how many answers the clients have when the server is asked to end.
const loadBefore = 100

// TestShutdownUnderLoad asks the server to end while eight clients write as fast
// as they can: no request loses its connection before its answer, and afterwards
// every acknowledged idea is there.
func TestShutdownUnderLoad(t *testing.T) {
	binary := program(t)
	for _, database := range []string{"sqlite", "postgres"} {
		t.Run(database, func(t *testing.T) {
			w := workspace{binary: binary, dir: t.TempDir()}
			w.env = append(os.Environ(), "CAIRN_DATA="+w.dir)
			if database == "postgres" {
				w.env = append(w.env, "CAIRN_DB="+pgtest.URL(t))
			}
			w.cairn(t, "user", "add", "ada@example.com", "--password", "correct horse battery", "--admin")
			for round := range 3 {
				w.endUnderLoad(t, fmt.Sprintf("ROUND%d", round))
			}
			w.cairn(t, "check")
		})
	}
}

// workspace is the program on a database of its own.
type workspace struct {
	binary, dir string
	env         []string
}

// cairn runs one command and returns what it prints.
func (w *workspace) cairn(t *testing.T, args ...string) string {
	t.Helper()
	c := exec.Command(w.binary, args...)
	c.Env = w.env
	out, err := c.CombinedOutput()
	if err != nil {
		t.Fatalf("cairn %s: %v: %s", strings.Join(args, " "), err, out)
	}
	return strings.TrimSpace(string(out))
}

func (w *workspace) endUnderLoad(t *testing.T, key string) {
	t.Helper()
	s, err := launch(w.binary, w.dir, w.env, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		_ = s.cmd.Process.Kill() // it has ended, unless the test failed
		<-s.exited
	}()
	address, err := s.wait(s.address, "its address")
	if err != nil {
		t.Fatal(err)
	}
	l := &load{url: address + "/api/v1", token: w.cairn(t, "token", "create", "ada@example.com", "--scope", "write")}
	if status, err := l.post(http.DefaultClient, "/projects", fmt.Sprintf(`{"name":"Load","key":%q}`, key)); err != nil || status != http.StatusCreated {
		t.Fatalf("making the project: status %d, %v", status, err)
	}
	l.enough.Add(loadBefore)
	for i := range 8 {
		l.all.Go(func() { l.write(t, key, i) })
	}
	l.enough.Wait()
	if err := s.end(syscall.SIGTERM); err != nil {
		t.Errorf("the server did not end well: %v\n%s", err, s.printed())
	}
	l.all.Wait()
	kept := w.cairn(t, "query", "--project", key, "--format", "json", "--fields", "title", "--limit", "-1")
	for _, title := range l.acknowledged {
		if !strings.Contains(kept, `"`+title+`"`) {
			t.Errorf("%s was acknowledged and is not there", title)
		}
	}
}

// load is clients that write, and what they were answered.
type load struct {
	url, token string
	all        sync.WaitGroup
	enough     sync.WaitGroup // done once per idea until there are enough

	mu           sync.Mutex
	acknowledged []string
	counted      int
}

// write adds ideas until the server takes no more connections.
func (l *load) write(t *testing.T, key string, client int) {
	transport := &http.Transport{MaxIdleConnsPerHost: 1}
	defer transport.CloseIdleConnections()
	c := &http.Client{Transport: transport, Timeout: patience}
	for n := 0; ; n++ {
		title := fmt.Sprintf("Idea %d of client %d", n, client)
		status, err := l.post(c, "/projects/"+key+"/ideas", fmt.Sprintf(`{"title":%q}`, title))
		if failed, ok := errors.AsType[*net.OpError](err); ok && failed.Op == "dial" {
			return // nobody listens any more
		}
		if err != nil || status != http.StatusCreated {
			t.Errorf("%s: status %d, %v", title, status, err)
			l.count("")
			return
		}
		l.count(title)
	}
}

func (l *load) count(title string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if title != "" {
		l.acknowledged = append(l.acknowledged, title)
	}
	if l.counted++; l.counted <= loadBefore {
		l.enough.Done()
	}
}

func (l *load) post(c *http.Client, path, body string) (int, error) {
	request, err := http.NewRequest(http.MethodPost, l.url+path, bytes.NewReader([]byte(body)))
	if err != nil {
		return 0, err
	}
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("Authorization", "Bearer "+l.token)
	response, err := c.Do(request)
	if err != nil {
		return 0, err
	}
	defer response.Body.Close() // read to the end
	_, err = io.Copy(io.Discard, response.Body)
	return response.StatusCode, err
}
