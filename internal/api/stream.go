package api

import (
	"context"
	"encoding/json"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"

	"cairn"
	"cairn/internal/app"
	"cairn/internal/changelog"
)

// The live stream sends every change set that the reader may see, as server-sent
// events. See docs/spec/stream.md.
const (
	streamPing = 20 * time.Second
	// streamWrite bounds one write to a client: slower ones are cut off and come
	// back where they were.
	streamWrite = 10 * time.Second
	// maxFrame is the largest change set that is sent whole; of larger ones the
	// reader learns the project only, and asks for what it shows.
	maxFrame = 64 << 10
)

// streamGate counts live streams and can end them all.
type streamGate struct {
	mu   sync.Mutex
	most int
	open int
	done chan struct{}
}

func newStreamGate(most int) *streamGate { return &streamGate{most: most, done: make(chan struct{})} }

func (g *streamGate) enter() bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.open >= g.most {
		return false
	}
	g.open++
	return true
}

func (g *streamGate) leave() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.open--
}

func (g *streamGate) count() int {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.open
}

func (g *streamGate) close() {
	g.mu.Lock()
	defer g.mu.Unlock()
	select {
	case <-g.done:
	default:
		close(g.done)
	}
}

// stream serves GET /api/v1/stream?project=KEY.
func (s *server) stream(w http.ResponseWriter, r *http.Request) {
	info := requestInfoOf(r.Context())
	info.route = "stream"
	if err := s.admit(r.Context(), op{method: http.MethodGet}); err != nil {
		s.writeProblem(w, r, err)
		return
	}
	var only cairn.ID
	if key := r.URL.Query().Get("project"); key != "" {
		p, err := s.app.Project(info.caller, key)
		if err != nil {
			s.writeProblem(w, r, err)
			return
		}
		only = p.ID
	}
	from, err := streamPosition(r, s.app.Log().Position())
	if err != nil {
		s.writeProblem(w, r, err)
		return
	}
	if !s.streams.enter() {
		s.writeProblem(w, r, cairn.Errorf(cairn.CodeRateLimited, "%d live connections are open, which is the most that this server holds; try again later", s.opts.MaxStreams))
		return
	}
	defer s.streams.leave()
	tab := r.URL.Query().Get("tab")
	var near <-chan struct{}
	if tab != "" {
		changed, leave, err := s.app.Attend(info.caller, tab)
		if err != nil {
			s.writeProblem(w, r, err)
			return
		}
		defer leave()
		near = changed
	}
	out := &streamWriter{tab: tab, near: near, w: w, rc: http.NewResponseController(w), caller: info.caller, only: only, s: s, request: r, inbox: r.URL.Query().Get("only") == "inbox"}
	out.run(r.Context(), from)
}

// streamPosition is where the reader wants to go on: the Last-Event-ID header of
// a reconnecting EventSource, or ?from=, or now.
func streamPosition(r *http.Request, now int64) (int64, error) {
	given := r.Header.Get("Last-Event-ID")
	if given == "" {
		given = r.URL.Query().Get("from")
	}
	if given == "" {
		return now, nil
	}
	n, err := strconv.ParseInt(given, 10, 64)
	if err != nil || n < 0 {
		return 0, cairn.Invalid("Last-Event-ID", "%q is not a position in the stream: it is the id of the last event you had", given)
	}
	return min(n, now), nil
}

// streamWriter is one live connection.
type streamWriter struct {
	w       http.ResponseWriter
	rc      *http.ResponseController
	s       *server
	request *http.Request
	caller  app.Caller
	only    cairn.ID
	// tab names the page whose stream it is, and near receives when others come
	// to where it is or leave; "" and nil without a name.
	tab  string
	near <-chan struct{}
	// inbox leaves out all change sets.
	inbox bool
	// sending is held while something is sent.
	sending sync.Mutex
}

func (c *streamWriter) run(ctx context.Context, from int64) {
	h := c.w.Header()
	h.Set("Content-Type", "text/event-stream; charset=utf-8")
	h.Set("Cache-Control", "no-store")
	h.Set("X-Accel-Buffering", "no")
	c.w.WriteHeader(http.StatusOK)
	if c.send([]byte("retry: 1000\n: connected\n\nid: "+strconv.FormatInt(from, 10)+"\nevent: hello\ndata: {\"seq\":"+strconv.FormatInt(from, 10)+"}\n\n")) != nil {
		return
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	go func() {
		select {
		case <-c.s.streams.done:
			cancel()
		case <-ctx.Done():
		}
	}()
	var told sync.WaitGroup
	defer told.Wait()
	defer cancel()
	changed, stop := c.s.app.InboxChanged(c.caller)
	defer stop()
	told.Go(func() { c.tellInbox(ctx, changed, cancel) })
	if c.near != nil {
		by := c.caller
		told.Go(func() { c.tellPresence(ctx, by, cancel) })
	}
	sub := c.s.app.Log().Subscribe(from)
	defer sub.Close()
	for {
		if err := c.next(ctx, sub); err != nil {
			return
		}
	}
}

// tellInbox sends how many notices wait for the reader, whenever that changes.
func (c *streamWriter) tellInbox(ctx context.Context, changed <-chan struct{}, end func()) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-changed:
		}
		fresh := &requestInfo{}
		c.s.identify(c.request, fresh)
		if fresh.caller.User == 0 {
			continue // the next sign of life ends the stream
		}
		in, err := c.s.app.Inbox(ctx, fresh.caller, app.InboxOpen)
		if err != nil {
			continue // the next change asks again
		}
		data, err := json.Marshal(map[string]any{"unread": in.Unread, "fresh": in.Fresh})
		if err != nil || c.send([]byte("event: inbox\ndata: "+string(data)+"\n\n")) != nil {
			end()
			return
		}
	}
}

// next waits for changes, or sends a sign of life.
func (c *streamWriter) next(ctx context.Context, sub *changelog.Subscription) error {
	wait, cancel := context.WithTimeout(ctx, streamPing)
	defer cancel()
	sets, reset, err := sub.Next(wait)
	if err != nil {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if wait.Err() != nil {
			return c.alive()
		}
		return err
	}
	if reset {
		return c.send([]byte("id: " + strconv.FormatInt(sub.Position(), 10) + "\nevent: reset\ndata: {}\n\n"))
	}
	if err := c.letIn(); err != nil {
		return err
	}
	var buf []byte
	for i := range sets {
		buf = append(buf, c.frame(&sets[i])...)
	}
	if len(buf) == 0 {
		return nil
	}
	return c.send(buf)
}

// alive checks that the person is still let in and sends a comment.
func (c *streamWriter) alive() error {
	if err := c.letIn(); err != nil {
		return err
	}
	return c.send([]byte(": alive\n\n"))
}

// letIn asks anew who is reading, and ends the stream of a session or token that
// was ended, or of a person who was disabled.
func (c *streamWriter) letIn() error {
	fresh := &requestInfo{}
	c.s.identify(c.request, fresh)
	if cairn.CodeOf(fresh.authErr) == cairn.CodeInternal {
		return fresh.authErr // the database does not answer: the reader comes back
	}
	if fresh.caller.User == 0 {
		c.send([]byte("event: bye\ndata: {}\n\n")) // it ends either way
		return context.Canceled
	}
	c.caller = fresh.caller
	return nil
}

// frame is what this reader is told of a change set; nil for nothing.
func (c *streamWriter) frame(set *cairn.ChangeSet) []byte {
	if c.inbox {
		return nil
	}
	if set.Project == 0 {
		return c.s.frames.of(set)
	}
	if c.only == 0 || c.only == set.Project {
		if !c.reads(set.Project) {
			return nil
		}
		return c.s.frames.of(set)
	}
	links := c.s.app.LinksInto(set, c.only)
	if len(links) == 0 || !c.reads(set.Project) {
		return nil
	}
	own := *set
	own.Changes = links
	return encodeFrame(&own)
}

// reads asks whether the reader may read a project. Rights are asked anew each
// time: they may have changed since the stream began.
func (c *streamWriter) reads(project cairn.ID) bool {
	u, ok := c.s.app.Directory().User(c.caller.User)
	return ok && !u.Disabled && c.s.app.MayRead(c.caller, project)
}

func (c *streamWriter) send(b []byte) error {
	c.sending.Lock()
	defer c.sending.Unlock()
	if err := c.rc.SetWriteDeadline(time.Now().Add(streamWrite)); err != nil {
		return err
	}
	if _, err := c.w.Write(b); err != nil {
		return err
	}
	return c.rc.Flush()
}

// frames keeps the encoded form of recent change sets, shared by all streams.
type frames struct {
	mu    sync.Mutex
	bySeq map[int64][]byte
	order []int64
}

const keepFrames = 256

func newFrames() *frames { return &frames{bySeq: make(map[int64][]byte)} }

// of returns a change set as an event, nil when nobody may see any of it.
func (f *frames) of(set *cairn.ChangeSet) []byte {
	f.mu.Lock()
	frame, ok := f.bySeq[set.Seq]
	f.mu.Unlock()
	if ok {
		return frame
	}
	frame = encodeFrame(set)
	f.mu.Lock()
	defer f.mu.Unlock()
	if _, ok := f.bySeq[set.Seq]; !ok {
		f.bySeq[set.Seq] = frame
		f.order = append(f.order, set.Seq)
		if len(f.order) > keepFrames {
			delete(f.bySeq, f.order[0])
			f.order = f.order[1:]
		}
	}
	return frame
}

func encodeFrame(set *cairn.ChangeSet) []byte {
	public := *set
	public.Changes = nil
	for _, c := range set.Changes {
		info, ok := c.Kind.Info()
		if ok && (info.Audience == cairn.AudienceWorkspace || (info.Audience == cairn.AudienceProject && set.Project != 0)) {
			public.Changes = append(public.Changes, c)
		}
	}
	if len(public.Changes) == 0 {
		return nil
	}
	raw, err := json.Marshal(&public)
	if err != nil || len(raw) > maxFrame {
		many := len(public.Changes)
		public.Changes = nil
		raw, _ = json.Marshal(struct {
			*cairn.ChangeSet
			Changes []cairn.Change `json:"changes"`
			Bulk    int            `json:"bulk"`
		}{&public, []cairn.Change{}, many})
	}
	var b strings.Builder
	b.Grow(len(raw) + 64)
	b.WriteString("id: ")
	b.WriteString(strconv.FormatInt(set.Seq, 10))
	b.WriteString("\nevent: change\ndata: ")
	b.Write(raw)
	b.WriteString("\n\n")
	return []byte(b.String())
}
