package api_test

import (
	"bytes"
	"image"
	"image/jpeg"
	"image/png"
	"math/rand/v2"
	"net/http"
	"testing"

	"cairn/internal/cairntest"
	"cairn/internal/store"
)

// photo is an image that does not compress.
func photo(t *testing.T, width, height int) []byte {
	t.Helper()
	random := rand.New(rand.NewPCG(1, 2))
	img := image.NewGray(image.Rect(0, 0, width, height))
	for i := range img.Pix {
		img.Pix[i] = byte(random.Uint32())
	}
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// FILE-8: boards load small pictures of images, made once and served like the
// files themselves; who may not see the file gets none of it.
func TestThumbnails(t *testing.T) {
	cairntest.EachDB(t, func(t *testing.T, st store.Store) {
		w := cairntest.New(t, st)
		project(t, w)
		addIdea(w.Admin, "One", nil)
		const on = "/ideas/INS-1"
		add := func(name string, content []byte) string {
			var f attached
			attach(w.Admin, on, name, content).Want(201).Into(&f)
			return "/files/" + f.ID.String()
		}
		large := photo(t, 960, 600)
		big, again := add("big.png", large), add("again.png", large)
		small, text := add("small.png", dots(t, 3, 2)), add("note.txt", []byte("a note"))
		bomb, broken := add("bomb.png", hugePNG(t)), photo(t, 700, 700)
		torn := add("torn.png", broken[:len(broken)/2])
		tooMany := add("many.png", append(pngSaying(t, 7_000, 5_000), make([]byte, 100_000)...))

		var made []byte
		for range 2 {
			got := w.Admin.Do("GET", big+"/thumbnail", nil).Want(200)
			img, err := jpeg.Decode(bytes.NewReader(got.Raw))
			if err != nil || img.Bounds().Size() != image.Pt(480, 300) {
				t.Fatalf("the thumbnail: %v", err)
			}
			for name, want := range map[string]string{
				"Content-Type": "image/jpeg", "Cache-Control": "private, no-cache", "X-Content-Type-Options": "nosniff",
				"Content-Security-Policy": "default-src 'none'; sandbox; frame-ancestors 'none'",
			} {
				if got.Header.Get(name) != want {
					t.Errorf("%s is %q, want %q", name, got.Header.Get(name), want)
				}
			}
			made = got.Raw
			w.Admin.With("If-None-Match", got.Header.Get("ETag")).Do("GET", big+"/thumbnail", nil).Want(http.StatusNotModified)
		}
		if got := w.Admin.Do("GET", again+"/thumbnail", nil).Want(200).Raw; !bytes.Equal(got, made) {
			t.Error("the same content has two thumbnails")
		}
		tag := w.Admin.Do("GET", big+"/content", nil).Want(200).Header.Get("ETag")
		w.Admin.With("If-None-Match", tag).Do("GET", big+"/thumbnail", nil).Want(200)

		// What cannot be made small here is served as it is.
		for at, content := range map[string][]byte{small: dots(t, 3, 2), torn: broken[:len(broken)/2]} {
			for range 2 {
				got := w.Admin.Do("GET", at+"/thumbnail", nil).Want(200)
				if !bytes.Equal(got.Raw, content) || got.Header.Get("Content-Type") != "image/png" {
					t.Errorf("%s: %d bytes of %s, want %d", at, len(got.Raw), got.Header.Get("Content-Type"), len(content))
				}
			}
		}
		if got := w.Admin.Do("GET", tooMany+"/thumbnail", nil).Want(200).Raw; len(got) < 100_000 {
			t.Error("an image of too many pixels was made small")
		}
		for _, at := range []string{text, bomb, "/files/0", "/files/x"} {
			w.Admin.Do("GET", at+"/thumbnail", nil).Want(404)
		}

		// The wrong people.
		outsider := w.Person("Olga Outsider")
		w.Admin.Do("PATCH", "/projects/INS", map[string]any{"access": "private"}).Want(200)
		outsider.Do("GET", big+"/thumbnail", nil).Want(404)
		w.Anonymous().Do("GET", big+"/thumbnail", nil).Want(401)
		w.Admin.Do("DELETE", big, nil).Want(204)
		w.Admin.Do("GET", big+"/thumbnail", nil).Want(404)
		w.Admin.Do("GET", again+"/thumbnail", nil).Want(200)
	})
}
