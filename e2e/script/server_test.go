package script

import (
	"bufio"
	"fmt"
	"io"
	"os/exec"
	"regexp"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

// patience bounds every wait for the server; reaching it is a failure, never part of a good run.
const patience = 30 * time.Second

// The lines the server prints for its operator.
var (
	addressLine = regexp.MustCompile(`Cairn is at (http://\S+)`)
	setupLine   = regexp.MustCompile(`Set up: (http://\S+)`)
)

// passedOn are the variables of a script that reach the server.
var passedOn = []string{"PATH", "HOME", "TMPDIR", "CAIRN_DATA", "CAIRN_DB", "CAIRN_FILES", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "CAIRN_LOG"}

// fleetKey finds the fleet among the values of a script.
type fleetKey struct{}

// fleet is the servers of one script by name.
type fleet struct{ running map[string]*server }

func fleetOf(ts *testscript.TestScript) *fleet { return ts.Value(fleetKey{}).(*fleet) }

// killAll ends what a script left running.
func (f *fleet) killAll() {
	for _, running := range f.running {
		_ = running.cmd.Process.Kill()
		<-running.exited
	}
}

// take removes and returns a running server; the script fails when there is none of that name.
func (f *fleet) take(ts *testscript.TestScript, args []string) *server {
	name := nameOf(args)
	running := f.running[name]
	if running == nil {
		ts.Fatalf("there is no running server %q", name)
	}
	delete(f.running, name)
	return running
}

func nameOf(args []string) string {
	if len(args) > 0 {
		return args[0]
	}
	return "server"
}

// server is one running process and what it has printed so far.
type server struct {
	cmd     *exec.Cmd
	address chan string // receives the address once
	setup   chan string // receives the set-up link once
	exited  chan struct{}
	err     error // set before exited is closed

	mu     sync.Mutex
	output strings.Builder
}

// start runs the server of a script; what reaches it are the variables passedOn.
func start(ts *testscript.TestScript, flags []string) (*server, error) {
	binary, err := lookPath(ts)
	if err != nil {
		return nil, err
	}
	var env []string
	for _, name := range passedOn {
		if value := ts.Getenv(name); value != "" {
			env = append(env, name+"="+value)
		}
	}
	return launch(binary, ts.MkAbs("."), env, flags)
}

// launch runs the server in a directory and begins to read its output.
func launch(binary, dir string, env, flags []string) (*server, error) {
	s := &server{address: make(chan string, 1), setup: make(chan string, 1), exited: make(chan struct{})}
	s.cmd = exec.Command(binary, append([]string{"serve", "--addr", "127.0.0.1:0"}, flags...)...)
	s.cmd.Dir, s.cmd.Env = dir, env
	reader, writer := io.Pipe()
	s.cmd.Stdout, s.cmd.Stderr = writer, writer
	if err := s.cmd.Start(); err != nil {
		return nil, err
	}
	read := make(chan struct{})
	go func() {
		defer close(read)
		s.read(reader)
	}()
	go func() {
		s.err = s.cmd.Wait()
		writer.Close()
		<-read
		close(s.exited)
	}()
	return s, nil
}

// read collects the output and picks the lines that say where the server is.
func (s *server) read(output io.Reader) {
	lines := bufio.NewReader(output)
	for {
		line, err := lines.ReadString('\n')
		s.mu.Lock()
		s.output.WriteString(line)
		s.mu.Unlock()
		if found := addressLine.FindStringSubmatch(line); found != nil {
			offer(s.address, found[1])
		}
		if found := setupLine.FindStringSubmatch(line); found != nil {
			offer(s.setup, found[1])
		}
		if err != nil {
			return
		}
	}
}

// offer puts the first value into a channel of capacity one and drops later ones.
func offer(to chan string, value string) {
	select {
	case to <- value:
	default:
	}
}

// wait returns the value of a line, or why it did not come.
func (s *server) wait(line <-chan string, what string) (string, error) {
	select {
	case value := <-line:
		return value, nil
	case <-s.exited:
		return "", fmt.Errorf("the server ended before it printed %s: %v\n%s", what, s.err, s.printed())
	case <-time.After(patience):
		return "", fmt.Errorf("the server did not print %s within %s\n%s", what, patience, s.printed())
	}
}

func (s *server) printed() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.output.String()
}

// end sends a signal and waits for the end of the process; its exit error is the result.
func (s *server) end(signal syscall.Signal) error {
	if err := s.cmd.Process.Signal(signal); err != nil {
		return fmt.Errorf("the server had ended already: %v\n%s", err, s.printed())
	}
	select {
	case <-s.exited:
		return s.err
	case <-time.After(patience):
		return fmt.Errorf("the server did not end within %s\n%s", patience, s.printed())
	}
}

// cmdServe starts a server and sets URL, and URL_NAME for a named one.
func cmdServe(ts *testscript.TestScript, neg bool, args []string) {
	name := "server"
	if len(args) >= 2 && args[0] == "-name" {
		name, args = args[1], args[2:]
	}
	servers := fleetOf(ts)
	if servers.running[name] != nil {
		ts.Fatalf("server %q runs already; give the second one a name: serve -name NAME", name)
	}
	started, err := start(ts, args)
	ts.Check(err)
	if neg {
		select {
		case <-started.exited:
		case <-time.After(patience):
			_ = started.cmd.Process.Kill()
			ts.Fatalf("the server should have refused to start")
		}
		if started.err == nil {
			ts.Fatalf("the server should have refused to start, and ended with exit code 0")
		}
		_, _ = io.WriteString(ts.Stderr(), started.printed())
		return
	}
	servers.running[name] = started
	address, err := started.wait(started.address, "its address")
	ts.Check(err)
	ts.Setenv("URL", address)
	if name != "server" {
		ts.Setenv("URL_"+strings.ToUpper(name), address)
	}
}

// cmdSetupLink waits for the one-time set-up link and sets SETUP.
func cmdSetupLink(ts *testscript.TestScript, neg bool, args []string) {
	refuseNegation(ts, neg)
	running := fleetOf(ts).running[nameOf(args)]
	if running == nil {
		ts.Fatalf("there is no running server %q", nameOf(args))
	}
	link, err := running.wait(running.setup, "a set-up link")
	ts.Check(err)
	ts.Setenv("SETUP", link)
}

// cmdStop is end, since stop ends a script: it asks a server to end and wants exit code 0; its output is on stdout afterwards.
func cmdStop(ts *testscript.TestScript, neg bool, args []string) {
	refuseNegation(ts, neg)
	running := fleetOf(ts).take(ts, args)
	if err := running.end(syscall.SIGTERM); err != nil {
		ts.Fatalf("the server did not end well: %v\n%s", err, running.printed())
	}
	_, _ = io.WriteString(ts.Stdout(), running.printed())
}

// cmdKill9 ends a server as a power cut would.
func cmdKill9(ts *testscript.TestScript, neg bool, args []string) {
	refuseNegation(ts, neg)
	if err := fleetOf(ts).take(ts, args).end(syscall.SIGKILL); err == nil {
		ts.Fatalf("the server ended by itself before it was killed")
	}
}

func refuseNegation(ts *testscript.TestScript, neg bool) {
	if neg {
		ts.Fatalf("this command cannot be negated")
	}
}
