package api

import (
	"bytes"
	"context"
	"encoding/json"
	"time"

	"cairn"
	"cairn/internal/app"
)

func (s *server) presenceRoutes() []endpoint {
	return []endpoint{
		route(op{id: "say-where", method: post, path: "/presence", tag: "Presence", status: 204, about: "Say which idea and view a page shows and what is being edited in it, for those who see the same. Nothing is kept"}, s.sayWhere),
	}
}

type sayWhereIn struct {
	Body struct {
		Tab   string   `json:"tab" doc:"The name of the page, of 8 to 40 letters and digits; the one that its live stream was opened with"`
		View  cairn.ID `json:"view,omitempty" doc:"The view that it shows"`
		Idea  cairn.ID `json:"idea,omitempty" doc:"The idea that it shows"`
		Field string   `json:"field,omitempty" doc:"What is being edited of the idea: a field such as f12, title, description, or comment"`
	}
}

func (s *server) sayWhere(ctx context.Context, in *sayWhereIn) (*none, error) {
	b := in.Body
	return nil, s.app.SayWhere(ctx, callerOf(ctx), b.Tab, app.Where{View: b.View, Idea: b.Idea, Field: b.Field})
}

// presencePause is the least time between two events of who is around.
const presencePause = 400 * time.Millisecond

// tellPresence sends who else is where the tab of this stream is, whenever that
// changes.
func (c *streamWriter) tellPresence(ctx context.Context, by app.Caller, end func()) {
	var last []byte
	for {
		select {
		case <-ctx.Done():
			return
		case <-c.near:
		}
		raw, err := json.Marshal(c.s.app.Around(by, c.tab))
		if err != nil {
			return // it has nothing that cannot be encoded
		}
		if bytes.Equal(raw, last) {
			continue
		}
		last = raw
		if c.send([]byte("event: presence\ndata: "+string(raw)+"\n\n")) != nil {
			end()
			return
		}
		pause := time.NewTimer(presencePause)
		select {
		case <-ctx.Done():
		case <-pause.C:
		}
		pause.Stop()
	}
}
