package api_test

import (
	"bytes"
	"testing"

	"cairn/internal/cairntest"
)

// TestDocumentIsTheSameEveryTime asks for the document and its readable page more
// than once: the second reader gets what the first got.
func TestDocumentIsTheSameEveryTime(t *testing.T) {
	w := cairntest.New(t, cairntest.SQLite(t))
	for _, path := range []string{"/api/v1/openapi.json", "/api/docs"} {
		first := w.Anonymous().Page(w.URL + path).Want(200).Raw
		if !bytes.Contains(first, []byte("/stream")) {
			t.Errorf("%s does not name the stream", path)
		}
		if again := w.Anonymous().Page(w.URL + path).Want(200).Raw; !bytes.Equal(again, first) {
			t.Errorf("%s differs when it is asked again: %d bytes, then %d", path, len(first), len(again))
		}
	}
}
