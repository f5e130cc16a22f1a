package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"cairn/bench/gen"
	"cairn/internal/app"
	"cairn/internal/store"
	"cairn/internal/store/sqlstore"
)

// measureSQLite drives the program on the embedded database.
func measureSQLite(ctx context.Context, opts options, t *table) error {
	for _, n := range opts.sizes {
		dir, err := os.MkdirTemp("", "cairn-bench-*")
		if err != nil {
			return err
		}
		err = func() error {
			defer os.RemoveAll(dir) // a temporary folder
			open := func() (store.Store, error) {
				return sqlstore.OpenSQLite(ctx, dir, sqlstore.Options{})
			}
			return measureDatabase(ctx, opts, t, &database{"SQLite", n, open, []string{"--data", dir}})
		}()
		if err != nil {
			return err
		}
	}
	return nil
}

// database is one product size on one database.
type database struct {
	name string
	n    int
	open func() (store.Store, error)
	args []string
}

func (d *database) label(what string) string {
	return fmt.Sprintf("%s, %s, %s", what, d.name, size(d.n))
}

func measureDatabase(ctx context.Context, opts options, t *table, d *database) error {
	made, err := prepare(ctx, d)
	if err != nil {
		return err
	}
	rate := float64(d.n) / made.took.Seconds()
	t.add(line{d.label("ideas written to the store, 500 per transaction"), fmt.Sprintf("%.0f ideas/s", rate), "≥ 30,000/s", "one core; " + opts.limits.disk()})
	p, err := startOften(ctx, opts.bin, made.token, func() []string { return d.args })
	if err != nil {
		return err
	}
	m := &measuring{t: t, d: d, p: p, made: made, opts: opts, limits: opts.limits}
	t.add(line{d.label("start to first answer, median of 5"), ms(p.ready), pick(d.n, "≤ 20 ms", "≤ 30 ms"), ""})
	return errors.Join(m.all(ctx), p.stop())
}

func prepare(ctx context.Context, d *database) (*product, error) {
	st, err := d.open()
	if err != nil {
		return nil, err
	}
	a, err := app.New(ctx, app.Config{Store: st, Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		return nil, err
	}
	made, err := fill(ctx, st, a, d.n)
	a.Close()
	return made, errors.Join(err, st.Close())
}

func pick(n int, small, large string) string {
	if n >= 100_000 {
		return large
	}
	return small
}

// measuring is one product being measured over HTTP.
type measuring struct {
	t    *table
	d    *database
	p    *program
	made *product

	opts   options
	limits limits
}

// parts are what is measured of a database, in order.
func (m *measuring) parts() []measured[func(context.Context) error] {
	return []measured[func(context.Context) error]{
		{"memory", m.memory}, {"reads", m.reads}, {"views", m.views}, {"search", m.search}, {"edits", m.edits}, {"clients", m.clients},
		{"events", m.events}, {"hygiene", m.hygiene}, {"browser", m.browser}, {"evidence", m.evidence},
	}
}

func (m *measuring) all(ctx context.Context) error {
	// The state loads behind the start: the first query waits for it.
	if _, err := m.query(0, 1); err != nil {
		return err
	}
	if _, err := m.p.do("GET", "/search?q=warm&project=BEN", ""); err != nil {
		return err
	}
	parts := m.parts()
	named := slices.ContainsFunc(parts, func(p measured[func(context.Context) error]) bool { return slices.Contains(m.opts.only, p.part) })
	for _, p := range parts {
		if named && !m.opts.wants(p.part) {
			continue
		}
		if err := p.measure(ctx); err != nil {
			return err
		}
	}
	return nil
}

func (m *measuring) memory(context.Context) error {
	bytes, err := m.p.settled()
	if err != nil {
		return nil // not on this system
	}
	m.t.add(line{m.d.label("memory (PSS)"), fmt.Sprintf("%.0f MB", float64(bytes)/1e6), pick(m.d.n, "≤ 60 MB", "≤ 250 MB"), ""})
	return nil
}

func (m *measuring) ref(field int) string { return string(m.made.gen.Ref(field)) }

// query asks for a filtered, sorted window; i varies the filter so that no two
// are alike.
func (m *measuring) query(i, limit int) ([]byte, error) {
	return m.p.do("POST", "/projects/BEN/query", fmt.Sprintf(
		`{"query":{"filter":{"field":%q,"op":"gt","value":%d},"sort":[{"field":%q,"desc":true}]},"columns":["title",%q,%q],"limit":%d}`,
		m.ref(gen.Reach), i, m.ref(gen.Effort), m.ref(gen.Impact), m.ref(gen.Score), limit))
}

func (m *measuring) reads(context.Context) error {
	took, err := repeat(300, func(i int) error { _, err := m.query(i, 50); return err })
	if err != nil {
		return err
	}
	m.t.add(line{m.d.label("filter and sort over HTTP, 50 rows"), spread(took), pick(m.d.n, "≤ 0.6 ms", "≤ 1.5 ms"), m.limits.http()})
	columns := []string{`"title"`}
	for _, f := range m.made.gen.Fields {
		columns = append(columns, strconv.Quote(string(f.Ref())))
	}
	screen := func(limit int) ([]byte, error) {
		return m.p.do("POST", "/projects/BEN/query", fmt.Sprintf(`{"query":{},"columns":[%s],"limit":%d}`, strings.Join(columns, ","), limit))
	}
	took, err = repeat(200, func(int) error { _, err := screen(200); return err })
	if err != nil {
		return err
	}
	m.t.add(line{m.d.label("first screen, 200 ideas with all fields"), spread(took), "≤ 1.5 ms", m.limits.json()})
	answer, err := screen(-1)
	if err != nil {
		return err
	}
	m.p.compressed = true // what a browser asks for
	defer func() { m.p.compressed = false }()
	var sent []byte
	took, err = repeat(10, func(int) error { sent, err = screen(-1); return err })
	if err != nil {
		return err
	}
	m.t.add(line{m.d.label("whole view, compressed as for a browser"),
		fmt.Sprintf("%s, %.1f MB sent of %.1f", spread(took), float64(len(sent))/1e6, float64(len(answer))/1e6),
		pick(m.d.n, "≤ 30 ms, ≤ 1 MB", "≤ 0.3 s, ≤ 8 MB"), m.limits.json()})
	return nil
}

func (m *measuring) search(context.Context) error {
	words := []string{"invoice", "calendar sync", "export", "mobile app", "search res", "report", "permission", "slow load"}
	took, err := repeat(200, func(i int) error {
		_, err := m.p.do("GET", "/search?project=BEN&q="+strings.ReplaceAll(words[i%len(words)], " ", "+"), "")
		return err
	})
	if err != nil {
		return err
	}
	m.t.add(line{m.d.label("ranked text search over HTTP"), spread(took), pick(m.d.n, "≤ 1.5 ms", "≤ 4 ms"), m.limits.http()})
	return nil
}

// edit changes one field of one idea, to what it never was before and to what
// others have: the views that are measured later stay as they were.
func (m *measuring) edit(i int) error {
	reach := 10*((i+i/m.d.n)%500) + 5
	_, err := m.p.do("PATCH", fmt.Sprintf("/ideas/%d", int(m.made.gen.FirstIdea())+i%m.d.n), fmt.Sprintf(`{"values":{%q:%d}}`, m.ref(gen.Reach), reach))
	return err
}

func (m *measuring) edits(ctx context.Context) error {
	const edits = 500
	began := time.Now()
	took, err := repeat(edits, func(i int) error { return m.edit(i*7 + 1) })
	if err != nil {
		return err
	}
	rate := edits / time.Since(began).Seconds()
	var bare []time.Duration
	var failed error
	if err := m.measureBare(ctx, func(ask func(int) error) { bare, failed = repeat(edits, ask) }); err != nil || failed != nil {
		return errors.Join(err, failed)
	}
	bound := "a bare server just then " + spread(bare)
	m.t.add(line{Name: m.d.label("limit just then: a bare server's durable commit"), Figure: spread(bare)})
	m.t.add(line{m.d.label("one edit, durable"), spread(took), "p50 ≤ 0.35, p99 ≤ 2 ms", bound})
	if m.d.name != "SQLite" {
		m.t.add(line{m.d.label("commits in one workspace, one after the other"), fmt.Sprintf("%.0f/s", rate), "≥ 800/s", bound})
	}
	return nil
}

func (m *measuring) clients(ctx context.Context) error {
	const clients, each = 8, 1000
	target := "≥ 3,000/s"
	if m.d.name == "SQLite" {
		target = "≥ 8,000/s"
	}
	var bound string
	err := m.measureBare(ctx, func(ask func(int) error) {
		rate, failed := together(clients, each, ask)
		bound = fmt.Sprintf("a bare server just then %.0f/s", rate)
		m.t.add(line{Name: m.d.label("limit just then: the same server, 8 clients"), Figure: fmt.Sprintf("%.0f/s, %d errors", rate, failed)})
	})
	if err != nil {
		return err
	}
	before := m.p.processor()
	rate, failed := together(clients, each, func(i int) error { return m.edit(i + 100_000) })
	spent := float64(m.p.processor()-before) / float64(clients*each) / 1e3
	m.t.add(line{m.d.label("edits by 8 clients, durable"), fmt.Sprintf("%.0f/s, %d errors", rate, failed), target, bound})
	m.t.add(line{Name: m.d.label("the server's processor time for one of them"), Figure: fmt.Sprintf("%.0f µs", spent)})
	return nil
}

// events measures the time from sending an edit to another client's event.
func (m *measuring) events(ctx context.Context) error {
	for _, readers := range []int{1, 500} {
		took, err := m.eventsWith(ctx, readers)
		if err != nil {
			return err
		}
		target := "p50 ≤ 0.6, p99 ≤ 2 ms"
		if readers > 1 {
			target = "p99 ≤ 50 ms"
		}
		m.t.add(line{m.d.label(fmt.Sprintf("write to event, %d readers", readers)), spread(took), target, m.limits.disk()})
	}
	return nil
}

func (m *measuring) eventsWith(ctx context.Context, readers int) ([]time.Duration, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	heard := make(chan struct{}, 1)
	var wg sync.WaitGroup
	defer wg.Wait()
	defer cancel()
	var connected sync.WaitGroup
	for i := range readers {
		connected.Add(1)
		wg.Go(func() { m.listen(ctx, connected.Done, i == readers-1, heard) })
	}
	connected.Wait()
	took := make([]time.Duration, 0, 200)
	for i := range cap(took) {
		began := time.Now()
		if err := m.edit(i*3 + 500_000 + readers*10_000); err != nil {
			return nil, err
		}
		select {
		case <-heard:
			took = append(took, time.Since(began))
		case <-time.After(5 * time.Second):
			return nil, errors.New("an event did not come within five seconds")
		}
	}
	slices.Sort(took)
	return took, nil
}

// listen reads a live stream; the last reader reports each change.
func (m *measuring) listen(ctx context.Context, connected func(), reports bool, heard chan<- struct{}) {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, m.p.url+"/api/v1/stream?project=BEN", nil)
	if err != nil {
		connected()
		return
	}
	r.Header.Set("Authorization", "Bearer "+m.p.token)
	res, err := http.DefaultClient.Do(r)
	connected()
	if err != nil {
		return
	}
	defer res.Body.Close() // ends with the context
	if res.StatusCode != http.StatusOK {
		fmt.Fprintf(os.Stderr, "  a live stream was refused: status %d\n", res.StatusCode)
		return
	}
	lines := bufio.NewScanner(res.Body)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		if reports && lines.Text() == "event: change" {
			heard <- struct{}{}
		}
	}
	_, _ = io.Copy(io.Discard, res.Body)
}

// measurePostgres drives the program on PostgreSQL, when there is one.
func measurePostgres(ctx context.Context, opts options, t *table) error {
	if opts.pg == "" {
		return nil
	}
	for i, n := range opts.sizes {
		url, drop, err := freshDatabase(ctx, opts.pg, fmt.Sprintf("cairn_bench_%d", i))
		if err != nil {
			return err
		}
		open := func() (store.Store, error) { return sqlstore.OpenPostgres(ctx, url, sqlstore.Options{}) }
		err = measureDatabase(ctx, opts, t, &database{"PostgreSQL", n, open, []string{"--db", url}})
		if err := errors.Join(err, drop()); err != nil {
			return err
		}
	}
	return nil
}

// measureProgram looks at the program itself: its size and its memory idle.
func measureProgram(ctx context.Context, opts options, t *table) error {
	info, err := os.Stat(opts.bin)
	if err != nil {
		return err
	}
	t.add(line{"binary with the web app inside", fmt.Sprintf("%.1f MB", float64(info.Size())/1e6), "≤ 40 MB", ""})
	dir, err := os.MkdirTemp("", "cairn-bench-*")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir) // a temporary folder
	n := 0
	p, err := startOften(ctx, opts.bin, "", func() []string {
		n++
		return []string{"--data", filepath.Join(dir, strconv.Itoa(n))}
	})
	if err != nil {
		return err
	}
	t.add(line{"start to first answer, empty, median of 5", ms(p.ready), "≤ 20 ms", ""})
	if bytes, err := p.settled(); err == nil {
		t.add(line{"memory (PSS), empty", fmt.Sprintf("%.0f MB", float64(bytes)/1e6), "≤ 20 MB", ""})
	}
	return p.stop()
}
