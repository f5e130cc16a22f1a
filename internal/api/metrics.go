package api

import (
	"bytes"
	"cmp"
	"fmt"
	"maps"
	"math"
	"net/http"
	"os"
	"runtime"
	runtimemetrics "runtime/metrics"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// metrics are what /metrics tells Prometheus, in its text format.
type metrics struct {
	s       *server
	started time.Time

	mu       sync.RWMutex
	requests map[requestKind]*histogram
}

// requestKind is what requests are counted by.
type requestKind struct {
	operation string
	status    int
}

// requestBounds are the upper bounds of the times to answer that are told apart,
// in seconds.
var requestBounds = [...]float64{.0005, .001, .0025, .005, .01, .025, .05, .1, .25, 1, 5}

// histogram counts durations by requestBounds; the last count is of longer ones.
type histogram struct {
	counts [len(requestBounds) + 1]atomic.Uint64
	sum    atomic.Int64 // nanoseconds
}

func newMetrics(s *server) *metrics {
	return &metrics{s: s, started: time.Now(), requests: make(map[requestKind]*histogram)}
}

// observe counts a request.
func (m *metrics) observe(operation string, status int, took time.Duration) {
	if operation == "stream" {
		return // lasts as long as the reader stays
	}
	h := m.histogram(requestKind{cmp.Or(operation, "other"), status})
	i, _ := slices.BinarySearch(requestBounds[:], took.Seconds())
	h.counts[i].Add(1)
	h.sum.Add(int64(took))
}

func (m *metrics) histogram(kind requestKind) *histogram {
	m.mu.RLock()
	h := m.requests[kind]
	m.mu.RUnlock()
	if h != nil {
		return h
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if h = m.requests[kind]; h == nil {
		h = new(histogram)
		m.requests[kind] = h
	}
	return h
}

func (s *server) serveMetrics(w http.ResponseWriter, _ *http.Request) {
	var text exposition
	s.metrics.write(&text)
	w.Header().Set("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
	w.Write(text.Bytes()) // the client left
}

func (m *metrics) write(text *exposition) {
	m.writeRequests(text)
	a := m.s.app
	text.one("cairn_streams", "gauge", "Open live streams.", float64(m.s.streams.count()))
	text.one("cairn_log_position", "gauge", "Sequence number of the last change set this node has seen.", float64(a.Log().Position()))
	text.one("cairn_projects", "gauge", "Number of projects.", float64(len(a.Directory().Projects())))
	text.one("cairn_people", "gauge", "Number of people.", float64(len(a.Directory().Users())))
	m.writeRuntime(text)
	m.writeProcess(text)
}

func (m *metrics) writeRequests(text *exposition) {
	m.mu.RLock()
	all := maps.Clone(m.requests)
	m.mu.RUnlock()
	const name = "cairn_http_request_seconds"
	text.head(name, "histogram", "Time to answer API requests, by operation and status.")
	byName := func(a, b requestKind) int {
		return cmp.Or(cmp.Compare(a.operation, b.operation), cmp.Compare(a.status, b.status))
	}
	for _, kind := range slices.SortedFunc(maps.Keys(all), byName) {
		h, total := all[kind], uint64(0)
		labels := fmt.Sprintf("operation=%q,status=\"%d\"", kind.operation, kind.status)
		for i := range h.counts {
			bound := math.Inf(1)
			if i < len(requestBounds) {
				bound = requestBounds[i]
			}
			total += h.counts[i].Load()
			text.value(fmt.Sprintf("%s_bucket{%s,le=%q}", name, labels, number(bound)), float64(total))
		}
		text.value(name+"_sum{"+labels+"}", time.Duration(h.sum.Load()).Seconds())
		text.value(name+"_count{"+labels+"}", float64(total))
	}
}

// writeRuntime tells of Go's runtime, by the names that Prometheus's own client
// has made usual.
func (m *metrics) writeRuntime(text *exposition) {
	text.one("go_info{version="+strconv.Quote(runtime.Version())+"}", "gauge", "Version of Go.", 1)
	told := [...]struct{ source, name, kind, help string }{
		{"/sched/goroutines:goroutines", "go_goroutines", "gauge", "Number of goroutines."},
		{"/memory/classes/heap/objects:bytes", "go_memstats_alloc_bytes", "gauge", "Bytes of objects on the heap."},
		{"/gc/heap/allocs:bytes", "go_memstats_alloc_bytes_total", "counter", "Bytes allocated on the heap so far."},
		{"/gc/heap/objects:objects", "go_memstats_heap_objects", "gauge", "Number of objects on the heap."},
		{"/gc/heap/goal:bytes", "go_memstats_next_gc_bytes", "gauge", "Size of the heap at which the next collection is due."},
		{"/memory/classes/total:bytes", "go_memstats_sys_bytes", "gauge", "Bytes taken from the system."},
		{"/gc/cycles/total:gc-cycles", "go_gc_cycles_total", "counter", "Garbage collections so far."},
	}
	samples := make([]runtimemetrics.Sample, len(told))
	for i := range told {
		samples[i].Name = told[i].source
	}
	runtimemetrics.Read(samples)
	for i, t := range told {
		if v := samples[i].Value; v.Kind() == runtimemetrics.KindUint64 {
			text.one(t.name, t.kind, t.help, float64(v.Uint64()))
		}
	}
}

// writeProcess tells of the process what the system shows of it.
func (m *metrics) writeProcess(text *exposition) {
	text.one("process_start_time_seconds", "gauge", "When the server began, in seconds since 1970.", float64(m.started.UnixMilli())/1000)
	const ticks = 100 // a second, for every program that Linux shows them to
	if raw, err := os.ReadFile("/proc/self/stat"); err == nil {
		_, rest, _ := strings.Cut(string(raw), ") ") // the name before may hold anything
		if f := strings.Fields(rest); len(f) > 12 {
			user, err1 := strconv.ParseFloat(f[11], 64)
			system, err2 := strconv.ParseFloat(f[12], 64)
			if err1 == nil && err2 == nil {
				text.one("process_cpu_seconds_total", "counter", "Seconds of all cores used so far.", (user+system)/ticks)
			}
		}
	}
	if raw, err := os.ReadFile("/proc/self/statm"); err == nil {
		if f := strings.Fields(string(raw)); len(f) > 1 {
			if pages, err := strconv.ParseFloat(f[1], 64); err == nil {
				text.one("process_resident_memory_bytes", "gauge", "Bytes of memory held.", pages*float64(os.Getpagesize()))
			}
		}
	}
	if open, err := os.ReadDir("/proc/self/fd"); err == nil {
		text.one("process_open_fds", "gauge", "Open files and connections.", float64(len(open)))
	}
}

// exposition is a text in Prometheus's format.
type exposition struct{ bytes.Buffer }

func (t *exposition) head(name, kind, help string) {
	fmt.Fprintf(t, "# HELP %s %s\n# TYPE %s %s\n", name, help, name, kind)
}

func (t *exposition) value(series string, v float64) {
	t.WriteString(series + " " + number(v) + "\n")
}

// one writes a metric with a single series, whose name may end with labels.
func (t *exposition) one(series, kind, help string, v float64) {
	name, _, _ := strings.Cut(series, "{")
	t.head(name, kind, help)
	t.value(series, v)
}

// number words a value; infinity is +Inf, as the format has it.
func number(v float64) string { return strconv.FormatFloat(v, 'g', -1, 64) }
