package api_test

import (
	"io"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"cairn/internal/cairntest"
)

// What /metrics tells is in Prometheus's text format, whole and adding up.
func TestMetrics(t *testing.T) {
	w := cairntest.New(t, cairntest.SQLite(t))
	for range 3 {
		w.Admin.Do("GET", "/me", nil).Want(200)
	}
	w.Anonymous().Do("GET", "/me", nil).Want(401)
	const requests = "cairn_http_request_seconds"
	// A request is counted when it is over, a moment after its answer.
	text := metricsOf(t, w)
	for tries := 0; !strings.Contains(text, requests+`_count{operation="get-account",status="401"} 1`) ||
		!strings.Contains(text, requests+`_count{operation="get-account",status="200"} 3`); tries++ {
		if tries == 1000 {
			t.Fatalf("the requests are not counted:\n%s", text)
		}
		text = metricsOf(t, w)
	}
	line := regexp.MustCompile(`^([a-z_]+)(\{([a-z]+="[^"\n]*",?)+\})? (\S+)$`)
	values, typed := make(map[string]float64), make(map[string]string)
	for l := range strings.Lines(text) {
		l = strings.TrimSuffix(l, "\n")
		if rest, ok := strings.CutPrefix(l, "# TYPE "); ok {
			name, kind, _ := strings.Cut(rest, " ")
			if typed[name] != "" {
				t.Errorf("%s is told twice", name)
			}
			typed[name] = kind
			continue
		}
		if strings.HasPrefix(l, "# HELP ") {
			continue
		}
		m := line.FindStringSubmatch(l)
		if m == nil {
			t.Errorf("not a sample: %s", l)
			continue
		}
		v, err := strconv.ParseFloat(m[4], 64)
		if err != nil {
			t.Errorf("%s: %v", l, err)
		}
		values[m[1]+m[2]] = v
		of := m[1]
		if typed[of] == "" {
			of = strings.TrimSuffix(strings.TrimSuffix(strings.TrimSuffix(of, "_bucket"), "_sum"), "_count")
		}
		if typed[of] == "" {
			t.Errorf("%s has no type", m[1])
		}
	}
	last := 0.0
	for _, le := range []string{"0.0005", "0.001", "0.0025", "0.005", "0.01", "0.025", "0.05", "0.1", "0.25", "1", "5", "+Inf"} {
		n, ok := values[requests+`_bucket{operation="get-account",status="200",le="`+le+`"}`]
		if !ok || n < last {
			t.Errorf("up to %s seconds: %v, up to the bound before %v", le, n, last)
		}
		last = n
	}
	if n := values[requests+`_count{operation="get-account",status="200"}`]; n != last {
		t.Errorf("%v requests, %v in all buckets", n, last)
	}
	for _, name := range []string{"cairn_people", "cairn_log_position", "go_goroutines", "go_memstats_alloc_bytes", "process_start_time_seconds"} {
		if values[name] <= 0 {
			t.Errorf("%s is %v", name, values[name])
		}
	}
}

func metricsOf(t *testing.T, w *cairntest.World) string {
	t.Helper()
	res, err := http.Get(w.URL + "/metrics")
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	if got := res.Header.Get("Content-Type"); got != "text/plain; version=0.0.4; charset=utf-8" {
		t.Errorf("the content type is %s", got)
	}
	raw, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}
