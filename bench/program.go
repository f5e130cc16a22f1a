package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// program is a running Cairn.
type program struct {
	cmd   *exec.Cmd
	url   string
	token string
	addr  string
	// idle are the connections that nobody uses just now.
	idle chan *conn
	// compressed says that answers may come compressed; they are returned so.
	compressed bool
	// ready is how long it took from the start of the process to the first
	// answer.
	ready time.Duration
}

var address = regexp.MustCompile(`Cairn is at (http://\S+)`)

// start runs the program on a database and waits for its first answer.
func start(ctx context.Context, bin, token string, args ...string) (*program, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	addr := listener.Addr().String()
	if err := listener.Close(); err != nil {
		return nil, err
	}
	p := &program{
		cmd:   exec.CommandContext(ctx, bin, append([]string{"serve", "--addr", addr, "--log", "warn"}, args...)...),
		token: token, url: "http://" + addr, addr: addr, idle: make(chan *conn, 64),
	}
	p.cmd.Stderr = os.Stderr
	out, err := p.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	began := time.Now()
	if err := p.cmd.Start(); err != nil {
		return nil, err
	}
	for {
		if _, err := p.ask(request{method: "GET", path: "/healthz"}); err == nil {
			break
		}
		if time.Since(began) > time.Minute {
			return nil, errors.Join(errors.New("the program did not answer within a minute"), p.stop())
		}
		time.Sleep(200 * time.Microsecond)
	}
	p.ready = time.Since(began)
	go func() {
		lines := bufio.NewScanner(out)
		for lines.Scan() { // keep the pipe empty
			_ = address.MatchString(lines.Text())
		}
	}()
	return p, nil
}

func (p *program) stop() error {
	if err := p.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		return err
	}
	return p.cmd.Wait()
}

// processor is how long the program's threads have run, in steps of 10 ms; 0 where
// the system does not say.
func (p *program) processor() time.Duration {
	raw, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", p.cmd.Process.Pid))
	if err != nil {
		return 0
	}
	// The name in parentheses may hold anything; the 14th and 15th member are times.
	_, rest, _ := strings.Cut(string(raw), ") ")
	members := strings.Fields(rest)
	if len(members) < 13 {
		return 0
	}
	var ticks int64
	for _, member := range members[11:13] {
		n, _ := strconv.ParseInt(member, 10, 64) // numbers, or nothing is said
		ticks += n
	}
	return time.Duration(ticks) * 10 * time.Millisecond
}

// do sends a request to the API and returns the answer's body.
func (p *program) do(method, path, body string) ([]byte, error) {
	headers := "Authorization: Bearer " + p.token + "\r\nContent-Type: application/json\r\n"
	if p.compressed {
		headers += "Accept-Encoding: gzip\r\n"
	}
	a, err := p.ask(request{method, "/api/v1" + path, body, headers})
	if err != nil {
		return nil, err
	}
	if a.status > 299 {
		return nil, fmt.Errorf("%s %s: status %d: %s", method, path, a.status, bytes.TrimSpace(a.body))
	}
	return a.body, nil
}

// ask sends a request on a connection that is open already, where one is and the
// server has not closed it meanwhile.
func (p *program) ask(r request) (answer, error) {
	select {
	case c := <-p.idle:
		if a, err := p.askOn(c, r); err == nil {
			return a, nil
		}
	default:
	}
	c, err := dial(p.addr)
	if err != nil {
		return answer{}, err
	}
	return p.askOn(c, r)
}

func (p *program) askOn(c *conn, r request) (answer, error) {
	a, err := c.do(r)
	if err != nil {
		return answer{}, errors.Join(err, c.Close())
	}
	select {
	case p.idle <- c:
		return a, nil
	default:
		return a, c.Close()
	}
}

// starts is how often a start is measured.
const starts = 5

// startOften starts the program several times and returns the last one running,
// with the median of what they took to answer. args gives each one its flags.
func startOften(ctx context.Context, bin, token string, args func() []string) (*program, error) {
	took := make([]time.Duration, 0, starts)
	for {
		p, err := start(ctx, bin, token, args()...)
		if err != nil {
			return nil, err
		}
		if took = append(took, p.ready); len(took) == starts {
			slices.Sort(took)
			p.ready = took[starts/2]
			return p, nil
		}
		if err := p.stop(); err != nil {
			return nil, err
		}
	}
}

// settled is the memory once it has stopped to move: what a start or a load
// needed in passing is not what stays.
func (p *program) settled() (int64, error) {
	before := int64(0)
	for range 50 {
		now, err := p.memory()
		if err != nil || max(now, before)-min(now, before) < now/200 {
			return now, err
		}
		before = now
		time.Sleep(300 * time.Millisecond)
	}
	return before, nil
}

// memory is the proportional set size of the process in bytes.
func (p *program) memory() (int64, error) {
	raw, err := os.ReadFile(fmt.Sprintf("/proc/%d/smaps_rollup", p.cmd.Process.Pid))
	if err != nil {
		return 0, err
	}
	for l := range strings.SplitSeq(string(raw), "\n") {
		if rest, ok := strings.CutPrefix(l, "Pss:"); ok {
			kb, err := strconv.ParseInt(strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(rest), "kB")), 10, 64)
			return kb << 10, err
		}
	}
	return 0, errors.New("no Pss in smaps_rollup")
}
