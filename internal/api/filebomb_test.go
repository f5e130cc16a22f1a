package api_test

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"fmt"
	"mime"
	"net/http"
	"runtime"
	"strings"
	"testing"

	"cairn/internal/cairntest"
	"cairn/internal/store"
)

// zipBomb is a small archive that says it holds 64 files of 64 MiB of zeros.
func zipBomb(t *testing.T) []byte {
	t.Helper()
	var one, all bytes.Buffer
	w, err := flate.NewWriter(&one, flate.BestSpeed)
	if err != nil {
		t.Fatal(err)
	}
	zeros := make([]byte, 1<<20)
	for range 64 {
		if _, err := w.Write(zeros); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	z := zip.NewWriter(&all)
	for i := range 4 {
		raw, err := z.CreateRaw(&zip.FileHeader{Name: fmt.Sprint("../../zeros", i), Method: zip.Deflate, UncompressedSize64: 64 << 20, CompressedSize64: uint64(one.Len())})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := raw.Write(one.Bytes()); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return all.Bytes()
}

// FILE-1 to FILE-4: bombs and files that are two things at once are kept as the
// bytes they are, unpack nowhere, and run nowhere, whatever they are called.
func TestHostileFiles(t *testing.T) {
	cairntest.EachDB(t, func(t *testing.T, st store.Store) {
		w := cairntest.New(t, st)
		project(t, w)
		addIdea(w.Admin, "One", nil)
		const on = "/ideas/INS-1"
		const script = "<script>alert(document.cookie)</script>"
		pngThenHTML := append(dots(t, 3, 2), "<!doctype html>"+script...)
		gifjs := []byte("GIF89a=1;alert(1)//\x00\x00\x00")
		pdfHTML := []byte("%PDF-1.7\n<html>" + script)
		zipHTML := append([]byte("PK\x03\x04<html>"+script), zipBomb(t)...)
		svg := `<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script><image href="x" onerror="alert(1)"/></svg>`
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		for _, c := range []struct {
			name, as string // as is the name that is kept, "" the same
			content  []byte
			inline   bool
		}{
			{"bomb.zip", "", zipBomb(t), false},
			{"report.xlsx", "", zipBomb(t), false},
			{"bomb.png", "", hugePNG(t), false},
			{"wide.png", "", pngSaying(t, 30_000, 10), false},
			{"endless.png", "", pngSaying(t, 0xffffffff, 0xffffffff), false},
			{"drawing.svg", "", []byte(svg), false},
			{"drawing.png", "", []byte(`<?xml version="1.0"?>` + svg), false},
			{"utf16.svg", "", []byte("\xff\xfe<\x00s\x00v\x00g\x00>\x00"), false},
			{"page.png", "", []byte("<!doctype html>" + script), false},
			{"page.html", "", []byte("\n\n  <HTML>" + script), false},
			{"style.css", "", []byte("body{background:url(javascript:alert(1))}"), false},
			{"code.js", "", []byte("alert(1)"), false},
			{"mail.mht", "", []byte("MIME-Version: 1.0\nContent-Type: text/html\n\n" + script), false},
			{"flash.swf", "", []byte("CWS\x07" + script), false},
			{"both.png", "", pngThenHTML, true},
			{"both.html", "", pngThenHTML, true},
			{"both.gif", "", gifjs, false},
			{"both.pdf", "", pdfHTML, false},
			{"both.zip", "", zipHTML, false},
			{"../../../etc/passwd", "passwd", []byte("root"), false},
			{`C:\Windows\system32\evil.dll`, "evil.dll", []byte("MZ"), false},
			{"a\r\nSet-Cookie: x=1\r\n.txt", "aSet-Cookie x=1.txt", []byte("x"), false},
			{"photo\u202egpj.exe", "photogpj.exe", []byte("MZ"), false},
			{"\u200b\ufeffhidden\x00.txt", "hidden.txt", []byte("x"), false},
			{`quo"te;name=x.html`, "quote;name=x.html", []byte("x"), false},
			{".htaccess", "htaccess", []byte("x"), false},
			{strings.Repeat("long", 49) + ".txt", "", []byte("x"), false},
			{"Größe 大小 🦭.txt", "", []byte("x"), false},
		} {
			var f attached
			got := attach(w.Admin, on, c.name, c.content)
			if got.Status != 201 {
				t.Errorf("%q: %d %s", c.name, got.Status, got.Raw)
				continue
			}
			got.Into(&f)
			if c.as == "" {
				c.as = c.name
			}
			if f.Name != c.as {
				t.Errorf("%q is kept as %q, want %q", c.name, f.Name, c.as)
			}
			harmless(t, w.Admin, f, c.inline)
		}
		runtime.ReadMemStats(&after)
		if grown := int64(after.Sys) - int64(before.Sys); grown > 256<<20 {
			t.Errorf("the process has taken %d MiB more", grown>>20)
		}
	})
}

// harmless checks how a file's content is served.
func harmless(t *testing.T, c *cairntest.Client, f attached, inline bool) {
	t.Helper()
	if f.Inline != inline {
		t.Errorf("%s: inline is %v, want %v", f.Name, f.Inline, inline)
	}
	got := c.Do("GET", "/files/"+f.ID.String()+"/content", nil).Want(http.StatusOK)
	h := got.Header
	media, how := h.Get("Content-Type"), "attachment"
	if inline {
		how = "inline"
	}
	if !inline && media != "application/octet-stream" || inline && !strings.HasPrefix(media, "image/") {
		t.Errorf("%s: the type is %q", f.Name, media)
	}
	if disposition, params, err := mime.ParseMediaType(h.Get("Content-Disposition")); err != nil || disposition != how || params["filename"] != f.Name {
		t.Errorf("%s: Content-Disposition %q, %v", f.Name, h.Get("Content-Disposition"), err)
	}
	csp := h.Get("Content-Security-Policy")
	if !strings.Contains(csp, "default-src 'none'") || !strings.Contains(csp, "sandbox") || strings.Contains(csp, "allow-") {
		t.Errorf("%s: the policy is %q", f.Name, csp)
	}
	if h.Get("X-Content-Type-Options") != "nosniff" || h.Get("Cross-Origin-Resource-Policy") != "same-origin" || h.Get("Set-Cookie") != "" {
		t.Errorf("%s: %v", f.Name, h)
	}
	// A part of it is no other thing.
	part := c.With("Range", "bytes=1-9").Do("GET", "/files/"+f.ID.String()+"/content", nil).Want(http.StatusPartialContent, http.StatusRequestedRangeNotSatisfiable)
	if part.Status == http.StatusPartialContent && part.Header.Get("Content-Type") != media {
		t.Errorf("%s: a part is %q", f.Name, part.Header.Get("Content-Type"))
	}
}
