package api_test

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/png"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"cairn"
	"cairn/internal/cairntest"
	"cairn/internal/store"
)

// attached is a file as the API answers it.
type attached struct {
	ID            cairn.ID
	Name, Type    string
	Size          int64
	Width, Height int
	Inline        bool
	URL           string
}

func attach(c *cairntest.Client, path, name string, content []byte) *cairntest.Answer {
	return c.With("Content-Type", "application/octet-stream").Do("POST", path+"/files?name="+url.QueryEscape(name), content)
}

func dots(t *testing.T, width, height int) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, width, height))); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// hugePNG is a small file that says it is an image of a billion dots.
func hugePNG(t *testing.T) []byte { return pngSaying(t, 1_000_000, 1_000) }

// pngSaying is a small file that says it is an image of that size.
func pngSaying(t *testing.T, width, height uint32) []byte {
	raw := dots(t, 1, 1)
	binary.BigEndian.PutUint32(raw[16:], width)
	binary.BigEndian.PutUint32(raw[20:], height)
	binary.BigEndian.PutUint32(raw[29:], crc32.ChecksumIEEE(raw[12:29]))
	return raw
}

// FILE-1 to FILE-4: what a file is follows from its content; only images of dots
// that can be drawn are shown, everything else is downloaded, and nothing runs.
func TestFilesAreServedSafely(t *testing.T) {
	cairntest.EachDB(t, func(t *testing.T, st store.Store) {
		w := cairntest.New(t, st)
		project(t, w)
		addIdea(w.Admin, "One", nil)
		const on = "/ideas/INS-1"
		html := []byte("<!doctype html><script>alert(1)</script>")
		for _, c := range []struct {
			name    string
			content []byte
			media   string
			inline  bool
		}{
			{"photo.png", dots(t, 3, 2), "image/png", true},
			{"photo.txt", dots(t, 3, 2), "image/png", true},
			{"page.png", html, "text/plain", false},
			{"page.html", html, "text/plain", false},
			{"x.svg", []byte(`<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>`), "text/plain", false},
			{"bomb.png", hugePNG(t), "image/png", false},
			{"bomb.zip", append([]byte("PK\x03\x04"), make([]byte, 100_000)...), "application/zip", false},
			{"torn.png", dots(t, 3, 2)[:20], "application/octet-stream", false},
			{"gif.gif", []byte("GIF89a<script>alert(1)</script>"), "image/gif", false},
			{"../../etc/\u202egnp.exe", []byte("MZ\x00\x01"), "application/octet-stream", false},
		} {
			var f attached
			attach(w.Admin, on, c.name, c.content).Want(201).Into(&f)
			if f.Type != c.media || f.Size != int64(len(c.content)) {
				t.Errorf("%s is %s of %d bytes, want %s of %d", c.name, f.Type, f.Size, c.media, len(c.content))
			}
			if c.name != "gif.gif" && f.Inline != c.inline {
				t.Errorf("%s: inline %v, want %v", c.name, f.Inline, c.inline)
			}
			if strings.ContainsAny(f.Name, "/\u202e") {
				t.Errorf("%q kept a name that deceives: %q", c.name, f.Name)
			}
			got := w.Admin.Do("GET", "/files/"+f.ID.String()+"/content", nil).Want(200)
			if !bytes.Equal(got.Raw, c.content) {
				t.Errorf("%s came back with other bytes", c.name)
			}
			media, how := "application/octet-stream", "attachment"
			if f.Inline {
				media, how = c.media, "inline"
			}
			for name, want := range map[string]string{
				"Content-Type": media, "Content-Disposition": how, "X-Content-Type-Options": "nosniff",
				"Content-Security-Policy": "sandbox", "Cache-Control": "private, no-cache",
			} {
				if v := got.Header.Get(name); !strings.Contains(v, want) {
					t.Errorf("%s: %s is %q, want %q", c.name, name, v, want)
				}
			}
			etag := got.Header.Get("ETag")
			w.Admin.With("If-None-Match", etag).Do("GET", "/files/"+f.ID.String()+"/content", nil).Want(http.StatusNotModified)
		}
		refused(t, attach(w.Admin, on, "empty", []byte{}), 422, "empty")
		refused(t, attach(w.Admin, on, strings.Repeat("n", 10_000), []byte("x")), 422, "name")
		refused(t, attach(w.Admin, on, strings.Repeat("ü", 201), []byte("x")), 422, "201 characters; at most 200")
		refused(t, attach(w.Admin, on, "...", []byte("x")), 422, "needs a name")
	})
}

// FILE-5: limits say themselves, and what is refused leaves nothing; FILE-6: who
// may attach, see and delete, also by direct address.
func TestFilesLimitsAndRights(t *testing.T) {
	cairntest.EachDB(t, func(t *testing.T, st store.Store) {
		w := cairntest.NewWith(t, st, cairntest.Config{File: 1 << 20, Files: 3 << 20})
		project(t, w)
		addIdea(w.Admin, "One", nil)
		const on = "/ideas/INS-1"
		big := bytes.Repeat([]byte("walrus\n"), 150_000)
		refused(t, attach(w.Admin, on, "big.txt", big[:1<<20+1]), 413, "larger than 1 MiB")
		var f attached
		for range 3 {
			attach(w.Admin, on, "big.txt", big[:1<<20]).Want(201).Into(&f)
		}
		refused(t, attach(w.Admin, on, "one more", []byte("x")), 413, "3 MiB")
		w.Admin.With("Cairn-Group", "gone").Do("DELETE", "/files/"+f.ID.String(), nil).Want(204)
		attach(w.Admin, on, "one more", []byte("x")).Want(201)
		w.Admin.Do("GET", "/files/"+f.ID.String()+"/content", nil).Want(404)
		w.Admin.Do("POST", "/undo", map[string]any{"group": "gone"}).Want(200)
		if got := w.Admin.Do("GET", "/files/"+f.ID.String()+"/content", nil).Want(200); len(got.Raw) != 1<<20 {
			t.Errorf("%d bytes after undo, want all", len(got.Raw))
		}

		outsider, viewer := w.Person("Olga Outside"), w.Person("Vic Viewer")
		contributor := w.Person("Connie Contributor")
		w.Admin.Do("PATCH", "/projects/INS", map[string]any{"access": "private"}).Want(200)
		for c, role := range map[*cairntest.Client]string{viewer: "viewer", contributor: "contributor"} {
			w.Admin.Do("PUT", "/projects/INS/members/"+c.ID.String(), map[string]any{"role": role}).Want(200)
		}
		path := "/files/" + f.ID.String()
		for who, want := range map[*cairntest.Client][4]int{
			outsider: {404, 404, 404, 404}, viewer: {200, 200, 403, 403}, contributor: {200, 200, 413, 403}, w.Anonymous(): {401, 401, 401, 401},
		} {
			who.Do("GET", on+"/files", nil).Want(want[0])
			who.Do("GET", path+"/content", nil).Want(want[1])
			attach(who, on, "x", []byte("x")).Want(want[2])
			who.Do("DELETE", path, nil).Want(want[3])
		}
		// With the idea its files go, and come back.
		w.Admin.With("Cairn-Group", "idea").Do("DELETE", on, nil).Want(204)
		w.Admin.Do("GET", path+"/content", nil).Want(404)
		w.Admin.Do("POST", "/undo", map[string]any{"group": "idea"}).Want(200)
		w.Admin.Do("GET", path+"/content", nil).Want(200)
	})
}
