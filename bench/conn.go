package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http/httputil"
	"strconv"
)

// conn is a connection to a server that is measured. Whoever measures has the same
// cores as what is measured, as its users have not: so a request is one write and
// its answer is read where it is waited for, without the goroutines, header maps
// and pools that a client for everything needs.
type conn struct {
	net.Conn
	in  *bufio.Reader
	out []byte
}

func dial(addr string) (*conn, error) {
	c, err := net.Dial("tcp", addr)
	if err != nil {
		return nil, err
	}
	return &conn{Conn: c, in: bufio.NewReader(c)}, nil
}

// request is what is asked for.
type request struct {
	method, path, body string
	// headers are whole lines, each with its end.
	headers string
}

// answer is what came: the status and the body as it was sent.
type answer struct {
	status int
	body   []byte
}

// do sends a request and reads its answer to the end.
func (c *conn) do(r request) (answer, error) {
	c.out = fmt.Appendf(c.out[:0], "%s %s HTTP/1.1\r\nHost: cairn\r\n%sContent-Length: %d\r\n\r\n%s", r.method, r.path, r.headers, len(r.body), r.body)
	if _, err := c.Write(c.out); err != nil {
		return answer{}, err
	}
	line, err := c.in.ReadSlice('\n')
	if err != nil {
		return answer{}, err
	}
	_, rest, _ := bytes.Cut(line, []byte(" "))
	if len(rest) < 3 {
		return answer{}, fmt.Errorf("no answer in HTTP: %q", line)
	}
	status, err := strconv.Atoi(string(rest[:3]))
	if err != nil {
		return answer{}, fmt.Errorf("no status: %q", line)
	}
	body, err := c.body()
	return answer{status, body}, err
}

// body reads the headers of an answer and what follows them.
func (c *conn) body() ([]byte, error) {
	length, chunked := 0, false
	for {
		line, err := c.in.ReadSlice('\n')
		if err != nil {
			return nil, err
		}
		if line = bytes.TrimRight(line, "\r\n"); len(line) == 0 {
			break
		}
		name, value, _ := bytes.Cut(line, []byte(": "))
		switch {
		case bytes.EqualFold(name, []byte("Content-Length")):
			if length, err = strconv.Atoi(string(value)); err != nil {
				return nil, err
			}
		case bytes.EqualFold(name, []byte("Transfer-Encoding")):
			chunked = true
		}
	}
	if !chunked {
		body := make([]byte, length)
		_, err := io.ReadFull(c.in, body)
		return body, err
	}
	body, err := io.ReadAll(httputil.NewChunkedReader(c.in))
	if err != nil {
		return nil, err
	}
	end, err := c.in.ReadSlice('\n')
	if err == nil && len(bytes.TrimSpace(end)) > 0 {
		err = errors.New("an answer goes on after its end")
	}
	return body, err
}
