package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
)

// browserScript measures the web app; it needs Node.js, Chromium and the
// packages of the browser tests.
const browserScript = "e2e/browser/bench.mjs"

// browser measures the web app at 10,000 ideas in Chromium, where there is one.
func (m *measuring) browser(ctx context.Context) error {
	if m.d.n != 10_000 || m.d.name != "SQLite" {
		return nil
	}
	if os.Getenv("CAIRN_CHROMIUM") == "" {
		fmt.Fprintln(os.Stderr, "  without CAIRN_CHROMIUM nothing is measured in the browser; make bench sets it")
		return nil
	}
	cmd := exec.CommandContext(ctx, "node", browserScript, m.p.url, "/p/BEN", "bench@example.com", password)
	cmd.Stderr = os.Stderr
	raw, err := cmd.Output()
	if err != nil {
		return fmt.Errorf("measuring in the browser: %w", err)
	}
	var got struct {
		Cold, Second, Warm float64
		Bytes, Script      int
		Views              []struct {
			Motions []struct {
				Name     string
				P50, P95 float64
			}
			Nodes struct {
				Name string
				N    int
			}
		}
	}
	if err := json.Unmarshal(raw, &got); err != nil {
		return fmt.Errorf("the browser's figures: %w", err)
	}
	m.t.add(line{"Chromium: navigation to first rows, 10k, cold / warm", fmt.Sprintf("%.0f / %.0f ms", got.Cold, got.Warm), "≤ 350 / ≤ 200 ms", fmt.Sprintf("warm from the third visit; the second %.0f ms", got.Second)})
	for _, v := range got.Views {
		for _, x := range v.Motions {
			m.t.add(line{"Chromium: " + x.Name + ", frame p50 / p95", fmt.Sprintf("%.1f / %.1f ms", x.P50, x.P95), "p95 ≤ 17 ms", "60 frames/s, no GPU"})
		}
		m.t.add(line{"Chromium: DOM nodes " + v.Nodes.Name, fmt.Sprint(v.Nodes.N), "< 3,000", ""})
	}
	m.t.add(line{"Chromium: script / all bytes of a first visit, compressed", fmt.Sprintf("%.0f / %.0f kB", float64(got.Script)/1000, float64(got.Bytes)/1000), "≤ 190 / ≤ 300 kB", ""})
	return nil
}
