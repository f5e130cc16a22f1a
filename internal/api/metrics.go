package api

import (
	"net/http"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// metrics are what /metrics tells Prometheus.
type metrics struct {
	requests *prometheus.HistogramVec
	handler  http.Handler
}

func newMetrics(reg *prometheus.Registry, s *server) *metrics {
	m := &metrics{requests: prometheus.NewHistogramVec(prometheus.HistogramOpts{
		Name: "cairn_http_request_seconds", Help: "Time to answer API requests, by operation and status.",
		Buckets: []float64{.0005, .001, .0025, .005, .01, .025, .05, .1, .25, 1, 5},
	}, []string{"operation", "status"})}
	reg.MustRegister(
		m.requests,
		prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: "cairn_streams", Help: "Open live streams."},
			func() float64 { return float64(s.streams.count()) }),
		prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: "cairn_log_position", Help: "Sequence number of the last change set this node has seen."},
			func() float64 { return float64(s.app.Log().Position()) }),
		prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: "cairn_projects", Help: "Number of projects."},
			func() float64 { return float64(len(s.app.Directory().Projects())) }),
		prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: "cairn_people", Help: "Number of people."},
			func() float64 { return float64(len(s.app.Directory().Users())) }),
		collectors.NewGoCollector(),
		collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}),
	)
	m.handler = promhttp.HandlerFor(reg, promhttp.HandlerOpts{})
	return m
}

func (m *metrics) observe(operation string, status int, took time.Duration) {
	if operation == "" {
		operation = "other"
	}
	if operation == "stream" {
		return // lasts as long as the reader stays
	}
	m.requests.WithLabelValues(operation, strconv.Itoa(status)).Observe(took.Seconds())
}

func (s *server) serveMetrics(w http.ResponseWriter, r *http.Request) {
	s.metrics.handler.ServeHTTP(w, r)
}
