package api_test

import (
	"testing"

	"cairn"
	"cairn/internal/cairntest"
	"cairn/internal/store"
)

// FILE-7: the cover is an image of the idea's own: the first that is attached, or
// another that editors choose; it goes with the file and comes back with it. BRD-81: boards are told of it.
func TestCovers(t *testing.T) {
	cairntest.EachDB(t, func(t *testing.T, st store.Store) {
		w := cairntest.New(t, st)
		project(t, w)
		addIdea(w.Admin, "One", nil)
		addIdea(w.Admin, "Two", nil)
		const on = "/ideas/INS-1"
		var first, photo, text, other attached
		attach(w.Admin, "/ideas/INS-2", "other.png", dots(t, 2, 3)).Want(201).Into(&other)
		choose := func(c *cairntest.Client, id cairn.ID) *cairntest.Answer {
			return c.Do("PATCH", on, map[string]any{"coverImage": id})
		}
		shown := func() (id cairn.ID) {
			var out struct {
				CoverImage cairn.ID
			}
			w.Admin.Do("GET", on, nil).Want(200).Into(&out)
			var rows struct {
				Rows [][]any
			}
			w.Admin.Do("POST", "/projects/INS/query", map[string]any{"query": map[string]any{}, "columns": []string{"coverImage"}}).Want(200).Into(&rows)
			for _, row := range rows.Rows {
				if cell, _ := row[5].(float64); row[1] == 1.0 && cairn.ID(cell) != out.CoverImage {
					t.Errorf("the idea's cover is %d, the board's %v", out.CoverImage, row[5])
				}
			}
			return out.CoverImage
		}
		attach(w.Admin, on, "note.txt", []byte("a note")).Want(201).Into(&text)
		if got := shown(); got != 0 {
			t.Errorf("cover %d of an idea without images", got)
		}
		attach(w.Admin.With("Cairn-Group", "first"), on, "first.png", dots(t, 4, 2)).Want(201).Into(&first)
		attach(w.Admin, on, "photo.png", dots(t, 3, 2)).Want(201).Into(&photo)
		if got := shown(); got != first.ID {
			t.Errorf("cover %d, want the first image %d", got, first.ID)
		}
		w.Admin.Do("POST", "/undo", map[string]any{"group": "first"}).Want(200)
		if got := shown(); got != 0 {
			t.Errorf("cover %d after the image was taken back", got)
		}
		refused(t, choose(w.Admin, text.ID), 422, "no image that a page can show")
		refused(t, choose(w.Admin, other.ID), 422, "attached to the idea itself")
		refused(t, choose(w.Admin, 1), 422, "attached to the idea itself")
		contributor := w.Person("Connie Contributor")
		w.Admin.Do("PATCH", "/projects/INS", map[string]any{"access": "limited"}).Want(200)
		choose(contributor, photo.ID).Want(403)
		if got := shown(); got != 0 {
			t.Fatalf("cover %d after refusals", got)
		}

		choose(w.Admin, photo.ID).Want(200)
		if got := shown(); got != photo.ID {
			t.Fatalf("cover %d, want %d", got, photo.ID)
		}
		w.Admin.With("Cairn-Group", "gone").Do("DELETE", "/files/"+photo.ID.String(), nil).Want(204)
		if got := shown(); got != 0 {
			t.Errorf("cover %d after its file was deleted", got)
		}
		w.Admin.Do("POST", "/undo", map[string]any{"group": "gone"}).Want(200)
		if got := shown(); got != photo.ID {
			t.Errorf("cover %d after undo, want %d", got, photo.ID)
		}
		choose(w.Admin, 0).Want(200)
		if got := shown(); got != 0 {
			t.Errorf("cover %d after it was taken away", got)
		}
		attach(w.Admin, on, "more.png", dots(t, 5, 2)).Want(201)
		if got := shown(); got != 0 {
			t.Errorf("cover %d: one that was taken away came back with a further image", got)
		}
	})
}
