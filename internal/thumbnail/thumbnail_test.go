package thumbnail

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"
	"runtime"
	"testing"
	"testing/iotest"
)

// halves is an image whose upper half is red and whose lower is blue, with a
// green corner on the upper left.
func halves(w, h int) *image.NRGBA {
	img := image.NewNRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			c := color.NRGBA{R: 255, A: 255}
			switch {
			case y < h/4 && x < w/4:
				c = color.NRGBA{G: 255, A: 255}
			case y >= h/2:
				c = color.NRGBA{B: 255, A: 255}
			}
			img.SetNRGBA(x, y, c)
		}
	}
	return img
}

func encoded(t *testing.T, write func(io.Writer) error) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func pngOf(t *testing.T, img image.Image) []byte {
	return encoded(t, func(w io.Writer) error { return png.Encode(w, img) })
}

func jpegOf(t *testing.T, img image.Image) []byte {
	return encoded(t, func(w io.Writer) error { return jpeg.Encode(w, img, &jpeg.Options{Quality: 95}) })
}

func made(t *testing.T, file []byte) (image.Image, string) {
	t.Helper()
	raw, err := Make(bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	img, format, err := image.Decode(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	return img, format
}

// near reports whether two colours look alike.
func near(a, b color.Color) bool {
	r1, g1, b1, a1 := a.RGBA()
	r2, g2, b2, a2 := b.RGBA()
	const most = 0x1400
	for _, d := range []int{int(r1) - int(r2), int(g1) - int(g2), int(b1) - int(b2), int(a1) - int(a2)} {
		if d > most || d < -most {
			return false
		}
	}
	return true
}

// FILE-8: every kind of image becomes small, keeps its shape and looks the same.
func TestMake(t *testing.T) {
	big := halves(1200, 800)
	// A WebP file of one pixel.
	webpFile, err := base64.StdEncoding.DecodeString("UklGRhwAAABXRUJQVlA4TBAAAAAvAAAAAAcQ/Y/+ByKi/wEA")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name   string
		file   []byte
		size   image.Point
		format string
	}{
		{"png", pngOf(t, big), image.Pt(480, 320), "jpeg"},
		{"jpeg", jpegOf(t, big), image.Pt(480, 320), "jpeg"},
		{"gif", encoded(t, func(w io.Writer) error { return gif.Encode(w, big, nil) }), image.Pt(480, 320), "jpeg"},
		{"upright", pngOf(t, halves(500, 2000)), image.Pt(120, 480), "jpeg"},
		{"one line", pngOf(t, halves(4000, 2)), image.Pt(480, 1), "jpeg"},
		{"small", pngOf(t, halves(40, 30)), image.Pt(40, 30), "jpeg"},
		{"webp", webpFile, image.Pt(1, 1), "jpeg"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, format := made(t, c.file)
			if size := got.Bounds().Size(); size != c.size || format != c.format {
				t.Fatalf("a %s of %v, want a %s of %v", format, size, c.format, c.size)
			}
			if c.size.Y < 30 {
				return
			}
			at := func(x, y int) color.Color { return got.At(c.size.X*x/100, c.size.Y*y/100) }
			for _, want := range []struct {
				x, y int
				c    color.RGBA
			}{{8, 8, color.RGBA{G: 255, A: 255}}, {80, 20, color.RGBA{R: 255, A: 255}}, {50, 90, color.RGBA{B: 255, A: 255}}} {
				if !near(at(want.x, want.y), want.c) {
					t.Errorf("at %d %% across and %d %% down: %v, want %v", want.x, want.y, at(want.x, want.y), want.c)
				}
			}
		})
	}
}

// FILE-8: what can be seen through stays so, and pixels that are not seen give
// their neighbours no colour.
func TestTransparency(t *testing.T) {
	img := image.NewNRGBA(image.Rect(0, 0, 960, 960))
	for i := range img.Pix {
		img.Pix[i] = 255 // white
	}
	for y := range 960 {
		for x := range 960 {
			if (x+y)%2 == 0 {
				img.SetNRGBA(x, y, color.NRGBA{}) // black, but not seen
			}
		}
	}
	got, format := made(t, pngOf(t, img))
	if format != "png" {
		t.Fatalf("the thumbnail is %s", format)
	}
	if c := color.NRGBAModel.Convert(got.At(100, 100)).(color.NRGBA); c.R < 250 || c.A < 120 || c.A > 135 {
		t.Errorf("half of the pixels are white and half not there: %+v", c)
	}
}

// withExif puts the orientation into a JPEG file as cameras do.
func withExif(file []byte, order binary.AppendByteOrder, o uint16) []byte {
	magic := "II*\x00"
	if order.String() == binary.BigEndian.String() {
		magic = "MM\x00*"
	}
	tiff := order.AppendUint32([]byte(magic), 8)
	tiff = order.AppendUint16(tiff, 2)
	entry := func(tag uint16, value uint16) {
		tiff = order.AppendUint16(tiff, tag)
		tiff = order.AppendUint16(tiff, 3)
		tiff = order.AppendUint32(tiff, 1)
		tiff = order.AppendUint16(tiff, value)
		tiff = order.AppendUint16(tiff, 0)
	}
	entry(0x0103, 6)
	entry(0x0112, o)
	body := append([]byte("Exif\x00\x00"), tiff...)
	segment := binary.BigEndian.AppendUint16([]byte{0xff, 0xe1}, uint16(len(body)+2))
	return bytes.Join([][]byte{file[:2], segment, body, file[2:]}, nil)
}

// FILE-8: photographs stand as they were taken, like in the browser.
func TestOrientation(t *testing.T) {
	file := jpegOf(t, halves(960, 480))
	type corner struct{ x, y int } // where the green corner is, in eighths
	corners := map[uint16]corner{1: {0, 0}, 2: {7, 0}, 3: {7, 7}, 4: {0, 7}, 5: {0, 0}, 6: {7, 0}, 7: {7, 7}, 8: {0, 7}, 9: {0, 0}}
	for o, want := range corners {
		for _, order := range []binary.AppendByteOrder{binary.LittleEndian, binary.BigEndian} {
			got, _ := made(t, withExif(file, order, o))
			size := image.Pt(480, 240)
			if o >= 5 && o <= 8 {
				size = image.Pt(240, 480)
			}
			if got.Bounds().Size() != size {
				t.Errorf("orientation %d: %v, want %v", o, got.Bounds().Size(), size)
				continue
			}
			c := got.At((2*want.x+1)*size.X/16, (2*want.y+1)*size.Y/16)
			if !near(c, color.RGBA{G: 255, A: 255}) {
				t.Errorf("orientation %d: %v where the green corner belongs", o, c)
			}
		}
	}
}

// resized is a PNG file whose header says another size than it has.
func resized(t *testing.T, w, h uint32) []byte {
	raw := pngOf(t, image.NewGray(image.Rect(0, 0, 1, 1)))
	binary.BigEndian.PutUint32(raw[16:], w)
	binary.BigEndian.PutUint32(raw[20:], h)
	binary.BigEndian.PutUint32(raw[29:], crc32.ChecksumIEEE(raw[12:29]))
	return raw
}

// FILE-8: what is no image, is broken or would take too much memory has no
// thumbnail, and nothing of it is unpacked.
func TestNoThumbnail(t *testing.T) {
	whole := pngOf(t, halves(600, 600))
	photo := jpegOf(t, halves(600, 600))
	bombGIF := encoded(t, func(w io.Writer) error { return gif.Encode(w, halves(8, 8), nil) })
	binary.LittleEndian.PutUint16(bombGIF[6:], 65_535)
	binary.LittleEndian.PutUint16(bombGIF[8:], 65_535)
	vp8l := []byte("RIFF\x20\x00\x00\x00WEBPVP8L\x14\x00\x00\x00\x2f\xff\xff\xff\x0f")
	vp8l = append(vp8l, make([]byte, 20)...)
	for name, file := range map[string][]byte{
		"nothing": {}, "text": []byte("<svg/>"), "torn": whole[:len(whole)/2], "torn photo": photo[:300],
		"a billion pixels": resized(t, 1_000_000, 1_000), "just too many": resized(t, 5_001, 5_000), "a long line": resized(t, 20_001, 1),
		"gif": bombGIF, "webp": vp8l, "says more than it has": resized(t, 4_000, 4_000),
	} {
		if out, err := Make(bytes.NewReader(file)); !errors.Is(err, ErrNone) {
			t.Errorf("%s: %d bytes, %v", name, len(out), err)
		}
	}
	for name, file := range map[string][]byte{"bomb": resized(t, 20_000, 20_000), "gif": bombGIF, "webp": vp8l} {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		Make(bytes.NewReader(file)) // the error is looked at above
		runtime.ReadMemStats(&after)
		if per := after.TotalAlloc - before.TotalAlloc; per > 1<<20 {
			t.Errorf("%s: refusing it took %d bytes", name, per)
		}
	}
}

type broken struct{ io.Reader }

func (broken) Seek(int64, int) (int64, error) { return 0, nil }

// An error of reading is not one of the image: it may go well the next time.
func TestReadError(t *testing.T) {
	gone := errors.New("the database is away")
	half := pngOf(t, halves(600, 600))[:200]
	_, err := Make(broken{io.MultiReader(bytes.NewReader(half), iotest.ErrReader(gone))})
	if !errors.Is(err, gone) || errors.Is(err, ErrNone) {
		t.Errorf("got %v", err)
	}
}

// Whatever Exif holds, reading it ends.
func FuzzExif(f *testing.F) {
	f.Add(withExif([]byte{0xff, 0xd8, 0xff, 0xda}, binary.LittleEndian, 6))
	f.Add(withExif([]byte{0xff, 0xd8, 0xff, 0xda}, binary.BigEndian, 8))
	f.Fuzz(func(t *testing.T, head []byte) {
		if len(head) < 2 {
			return
		}
		if o := exifOrientation(head); o < upright || o > 8 {
			t.Errorf("orientation %d", o)
		}
	})
}

func BenchmarkMake(b *testing.B) {
	var file bytes.Buffer
	if err := jpeg.Encode(&file, halves(4000, 3000), nil); err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Make(bytes.NewReader(file.Bytes())); err != nil {
			b.Fatal(err)
		}
	}
}

// TestRecognise says what a header says, of each kind that browsers write.
func TestRecognise(t *testing.T) {
	for name, c := range map[string]struct {
		head, media string
		size        image.Point
		known       bool
	}{
		"extended": {"RIFF\x40\x00\x00\x00WEBPVP8X\x0a\x00\x00\x00\x00\x00\x00\x00\x7f\x02\x00\xdf\x01\x00", "image/webp", image.Pt(640, 480), true},
		"lossy":    {"RIFF\x40\x00\x00\x00WEBPVP8 \x34\x00\x00\x00\x10\x00\x00\x9d\x01\x2a\x80\x02\xe0\x01", "image/webp", image.Pt(640, 480), true},
		"lossless": {"RIFF\x40\x00\x00\x00WEBPVP8L\x34\x00\x00\x00\x2f\x7f\xc2\x77\x00", "image/webp", image.Pt(640, 480), true},
		"cut off":  {"RIFF\x40\x00\x00\x00WEBPVP8", "image/webp", image.Point{}, false},
		"stub":     {"GIF89a", "image/gif", image.Point{}, false},
		"text":     {"Dear Sirs", "", image.Point{}, false},
	} {
		media, size, known := Recognise([]byte(c.head))
		if media != c.media || known != c.known || known && size != c.size {
			t.Errorf("%s: %q %v %v, want %q %v %v", name, media, size, known, c.media, c.size, c.known)
		}
	}
}
