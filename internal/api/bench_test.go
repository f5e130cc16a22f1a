package api_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"

	"cairn"
	"cairn/internal/api"
	"cairn/internal/app"
	"cairn/internal/cairntest"
)

// BenchmarkEdit is one edit of one field through the whole server but the
// network: policy, transaction, fsync, state, answer.
func BenchmarkEdit(b *testing.B) {
	st := cairntest.SQLite(b)
	a, err := app.New(b.Context(), app.Config{Store: st, Logger: cairntest.Logger(b)})
	if err != nil {
		b.Fatal(err)
	}
	defer a.Close()
	by := app.System("bench")
	u, err := a.AddUser(b.Context(), by, app.NewUser{Name: "Bench", Email: "b@example.com", Password: cairntest.Password, Admin: true})
	if err != nil {
		b.Fatal(err)
	}
	token, err := a.IssueToken(b.Context(), by, u.ID, app.NewToken{Name: "bench", Scope: cairn.ScopeWrite})
	if err != nil {
		b.Fatal(err)
	}
	p, err := a.CreateProject(b.Context(), by, app.NewProject{Name: "Bench", Key: "BEN", Template: "product-discovery"})
	if err != nil {
		b.Fatal(err)
	}
	fields, err := a.Fields(b.Context(), by, p.ID)
	if err != nil {
		b.Fatal(err)
	}
	const ideas = 100
	for i := range ideas {
		if _, err := a.CreateIdea(b.Context(), by, p.ID, app.NewIdea{Title: fmt.Sprint("Idea ", i)}); err != nil {
			b.Fatal(err)
		}
	}
	var ref cairn.Ref
	for _, f := range fields {
		if f.Type == cairn.TypeSlider {
			ref = f.Ref()
		}
	}
	handler := api.New(api.Options{App: a, Logger: cairntest.Logger(b), Version: "bench"})
	var n atomic.Int64
	b.SetParallelism(4)
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			i := n.Add(1)
			r := httptest.NewRequestWithContext(b.Context(), http.MethodPatch, fmt.Sprintf("/api/v1/ideas/BEN-%d", 1+i%ideas),
				strings.NewReader(fmt.Sprintf(`{"values":{%q:%d}}`, ref, (i/ideas)%100)))
			r.Header.Set("Authorization", "Bearer "+token.Secret)
			r.Header.Set("Content-Type", "application/json")
			w := httptest.NewRecorder()
			handler.ServeHTTP(w, r)
			if w.Code != http.StatusOK {
				b.Errorf("status %d: %s", w.Code, w.Body)
			}
		}
	})
}
