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
		Cold, Second, Warm, FrameP50, FrameP95 float64
		Bytes, Script, Nodes                   int
		Board                                  struct {
			FrameP50, FrameP95, DragP50, DragP95 float64
			Nodes                                int
		}
		Matrix struct {
			ZoomP50, ZoomP95, DragP50, DragP95 float64
			Nodes                              int
		}
		Timeline struct {
			AcrossP50, AcrossP95, DownP50, DownP95 float64
			Nodes                                  int
		}
	}
	if err := json.Unmarshal(raw, &got); err != nil {
		return fmt.Errorf("the browser's figures: %w", err)
	}
	m.t.add(line{"Chromium: navigation to first rows, 10k, cold / warm", fmt.Sprintf("%.0f / %.0f ms", got.Cold, got.Warm), "≤ 350 / ≤ 200 ms", fmt.Sprintf("warm from the third visit; the second %.0f ms", got.Second)})
	m.t.add(line{"Chromium: scrolling 10k, frame p50 / p95", fmt.Sprintf("%.1f / %.1f ms", got.FrameP50, got.FrameP95), "p95 ≤ 17 ms", "60 frames/s, no GPU"})
	m.t.add(line{"Chromium: DOM nodes while scrolling", fmt.Sprint(got.Nodes), "< 3,000", ""})
	b := got.Board
	m.t.add(line{"Chromium: scrolling a board of 10k, frame p50 / p95", fmt.Sprintf("%.1f / %.1f ms", b.FrameP50, b.FrameP95), "p95 ≤ 17 ms", ""})
	m.t.add(line{"Chromium: dragging a card on it, frame p50 / p95", fmt.Sprintf("%.1f / %.1f ms", b.DragP50, b.DragP95), "p95 ≤ 17 ms", "also while it scrolls at the edge"})
	m.t.add(line{"Chromium: DOM nodes of the board", fmt.Sprint(b.Nodes), "< 3,000", ""})
	x := got.Matrix
	m.t.add(line{"Chromium: zooming a matrix of 10k, frame p50 / p95", fmt.Sprintf("%.1f / %.1f ms", x.ZoomP50, x.ZoomP95), "p95 ≤ 17 ms", ""})
	m.t.add(line{"Chromium: dragging an idea on it, frame p50 / p95", fmt.Sprintf("%.1f / %.1f ms", x.DragP50, x.DragP95), "p95 ≤ 17 ms", ""})
	m.t.add(line{"Chromium: DOM nodes of the matrix", fmt.Sprint(x.Nodes), "< 3,000", ""})
	l := got.Timeline
	m.t.add(line{"Chromium: scrolling a timeline of 10k across, frame p50 / p95", fmt.Sprintf("%.1f / %.1f ms", l.AcrossP50, l.AcrossP95), "p95 ≤ 17 ms", ""})
	m.t.add(line{"Chromium: scrolling it down, frame p50 / p95", fmt.Sprintf("%.1f / %.1f ms", l.DownP50, l.DownP95), "p95 ≤ 17 ms", ""})
	m.t.add(line{"Chromium: DOM nodes of the timeline", fmt.Sprint(l.Nodes), "< 3,000", ""})
	m.t.add(line{"Chromium: script / all bytes of a first visit, compressed", fmt.Sprintf("%.0f / %.0f kB", float64(got.Script)/1000, float64(got.Bytes)/1000), "≤ 190 / ≤ 300 kB", ""})
	return nil
}
