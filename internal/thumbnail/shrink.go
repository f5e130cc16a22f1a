package thumbnail

import (
	"image"
	"image/draw"
)

// shrink returns the image so small that its longer side has at most that many
// pixels; each is the mean of those that it stands for. A smaller image keeps
// its size. It goes line by line: the scalers of golang.org/x/image hold four
// floats for every line of the image and pixel of the result, 60 MB for a photo.
func shrink(img image.Image, side int) *image.RGBA {
	b := img.Bounds()
	w, h := fit(b.Dx(), b.Dy(), side)
	out := image.NewRGBA(image.Rect(0, 0, w, h))
	var strip *image.RGBA // the lines that one line of the result stands for
	for y := range h {
		top, bottom := y*b.Dy()/h, (y+1)*b.Dy()/h
		lines := image.Rect(0, 0, b.Dx(), bottom-top)
		if strip == nil || strip.Rect.Dy() < lines.Dy() {
			strip = image.NewRGBA(lines)
		}
		draw.Draw(strip, lines, img, image.Pt(b.Min.X, b.Min.Y+top), draw.Src)
		for x := range w {
			mean(strip, image.Rect(x*b.Dx()/w, 0, (x+1)*b.Dx()/w, lines.Dy()), out.Pix[out.PixOffset(x, y):][:4])
		}
	}
	return out
}

// fit returns the size of an image whose longer side has at most that many pixels.
func fit(w, h, side int) (int, int) {
	long := max(w, h)
	if long <= side {
		return w, h
	}
	return max(1, (w*side+long/2)/long), max(1, (h*side+long/2)/long)
}

// mean sets a pixel to the mean of a part of an image, whose colours are
// premultiplied: what is not seen does not count.
func mean(img *image.RGBA, part image.Rectangle, out []byte) {
	var sum [4]uint32
	for y := part.Min.Y; y < part.Max.Y; y++ {
		line := img.Pix[img.PixOffset(part.Min.X, y) : img.PixOffset(part.Max.X-1, y)+4]
		for i := 0; i+3 < len(line); i += 4 {
			sum[0] += uint32(line[i])
			sum[1] += uint32(line[i+1])
			sum[2] += uint32(line[i+2])
			sum[3] += uint32(line[i+3])
		}
	}
	n := uint32(part.Dx() * part.Dy())
	for i := range sum {
		out[i] = uint8((sum[i] + n/2) / n)
	}
}

// orientation is how an image has to be turned to stand upright: the number that
// cameras write into their files, 1 to 8.
type orientation int

const upright orientation = 1

// turned returns the image as it is to be seen.
func turned(img *image.RGBA, o orientation) *image.RGBA {
	if o <= upright || o > 8 {
		return img
	}
	w, h := img.Rect.Dx(), img.Rect.Dy()
	size := image.Rect(0, 0, w, h)
	if o >= 5 {
		size = image.Rect(0, 0, h, w)
	}
	out := image.NewRGBA(size)
	for y := range h {
		for x := range w {
			at := o.place(image.Pt(x, y), w, h)
			copy(out.Pix[out.PixOffset(at.X, at.Y):][:4], img.Pix[img.PixOffset(x, y):][:4])
		}
	}
	return out
}

// place says where a pixel of an image of that size belongs.
func (o orientation) place(p image.Point, w, h int) image.Point {
	right, bottom := w-1-p.X, h-1-p.Y
	switch o {
	case 2:
		return image.Pt(right, p.Y)
	case 3:
		return image.Pt(right, bottom)
	case 4:
		return image.Pt(p.X, bottom)
	case 5:
		return image.Pt(p.Y, p.X)
	case 6:
		return image.Pt(bottom, p.X)
	case 7:
		return image.Pt(bottom, right)
	case 8:
		return image.Pt(p.Y, right)
	}
	return p
}
