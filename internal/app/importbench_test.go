package app_test

import (
	"context"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"cairn"
	"cairn/internal/app"
	"cairn/internal/cairntest"
)

// BenchmarkImportIdeas is the speed of everything behind the formats: rows of
// 12 fields and a description of 400 characters become ideas.
func BenchmarkImportIdeas(b *testing.B) {
	const rows = 20_000
	var content strings.Builder
	content.WriteString("Title,Description,Created,F1,F2,F3,F4,F5,F6,F7,F8,F9,F10,F11,F12\n")
	text := strings.Repeat("What people told us. ", 19)
	for i := range rows {
		fmt.Fprintf(&content, "Idea %d,%q,2026-01-%02d,%d,%d,%d,Team %d,Goal %d,%d,yes,2026-03-%02d,word %d,%d.5,Person %d,note %d\n",
			i, text, i%28+1, i%5+1, i%97, i%13, i%9, i%20, i%1000, i%28+1, i%400, i, i%30, i)
	}
	for b.Loop() {
		b.StopTimer()
		importOnce(b, "made.csv", content.String())
	}
}

// BenchmarkImportFile is the same for a real file of 17,314 rows.
func BenchmarkImportFile(b *testing.B) {
	raw, err := os.ReadFile(cairntest.Samples(b, "jira-storypoints/deep-se-13-projects.csv"))
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		b.StopTimer()
		importOnce(b, "stories.csv", string(raw))
	}
}

// importOnce imports a file into a new Cairn; only the commit is timed.
func importOnce(b *testing.B, name, content string) {
	st := cairntest.SQLite(b)
	a, err := app.New(b.Context(), app.Config{Store: st, Logger: cairntest.Logger(b), Importers: cairntest.Importers()})
	if err != nil {
		b.Fatal(err)
	}
	defer a.Close()
	by := app.System("test")
	p, err := a.CreateProject(context.Background(), by, app.NewProject{Name: "Ideas", Key: "IDE", Template: "blank"})
	if err != nil {
		b.Fatal(err)
	}
	d, err := a.StageImport(context.Background(), by, p.ID, app.NewImport{Name: name, Content: strings.NewReader(content)})
	if err != nil {
		b.Fatal(err)
	}
	b.StartTimer()
	start := time.Now()
	if _, err := a.CommitImport(context.Background(), by, d.ID); err != nil {
		b.Fatal(err)
	}
	run, err := a.WaitImport(context.Background(), by, d.ID, func(cairn.Run) {})
	b.StopTimer()
	if err != nil || run.State != cairn.RunCommitted {
		b.Fatalf("%s %s: %v", run.State, run.Error, err)
	}
	b.ReportMetric(float64(run.Counts.Created)/time.Since(start).Seconds(), "ideas/s")
	start = time.Now()
	if _, err := a.UndoImport(context.Background(), by, d.ID); err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(float64(run.Counts.Created)/time.Since(start).Seconds(), "undone/s")
	b.StartTimer()
}
