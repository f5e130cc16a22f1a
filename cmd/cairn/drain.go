package main

import (
	"context"
	"net"
	"net/http"
	"sync/atomic"
	"time"
)

// drainQuiet is how long nobody may have asked for anything before connections
// that are kept open are closed; drainMost bounds the wait for that.
const (
	drainQuiet = 250 * time.Millisecond
	drainMost  = 5 * time.Second
)

// drain lets a server end without cutting off a client that is about to send its
// next request on a connection that it holds open: while it empties, each answer
// is the last of its connection and says so, so that the client connects anew.
type drain struct {
	http.Handler
	emptying atomic.Bool
	open     atomic.Int64 // connections
	last     atomic.Int64 // when a request began or ended, in nanoseconds
}

// ServeHTTP marks the last answer of a connection.
func (d *drain) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	d.touch()
	defer d.touch()
	if d.emptying.Load() {
		w.Header().Set("Connection", "close")
	}
	d.Handler.ServeHTTP(w, r)
}

func (d *drain) touch() { d.last.Store(time.Now().UnixNano()) }

// count follows the connections of a server; it is its ConnState.
func (d *drain) count(_ net.Conn, state http.ConnState) {
	switch state {
	case http.StateNew:
		d.open.Add(1)
	case http.StateClosed, http.StateHijacked:
		d.open.Add(-1)
	}
}

// empty takes no more connections and returns when none is open or none is used.
func (d *drain) empty(ctx context.Context, listener net.Listener) {
	ctx, cancel := context.WithTimeout(ctx, drainMost)
	defer cancel()
	d.emptying.Store(true)
	listener.Close() // new clients are refused before they have sent anything
	d.touch()
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	for d.open.Load() > 0 && time.Since(time.Unix(0, d.last.Load())) < drainQuiet {
		select {
		case <-tick.C:
		case <-ctx.Done():
			return
		}
	}
}
