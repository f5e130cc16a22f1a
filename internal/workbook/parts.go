package workbook

import (
	"archive/zip"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"
)

// Limits of an archive.
const (
	maxDirectory = 8 << 20 // bytes of the list of its parts
	maxUnpacked  = 2 << 30 // bytes of an unpacked part
	// A part may be so many times as long as it is packed once it is longer than
	// the second figure. Sheets are packed to a tenth, at times to a fiftieth.
	maxRatio   = 250
	ratioStart = 32 << 20
)

// parts are the files in the archive by their names in small letters.
type parts struct {
	byName map[string]*zip.File
}

func openParts(r io.ReaderAt, size int64) (*parts, error) {
	directory := &gauge{r: r, left: maxDirectory}
	z, err := zip.NewReader(directory, size)
	switch {
	case directory.left < 0:
		return nil, tooLarge("has a list of parts of more than %d MiB", maxDirectory>>20)
	case errors.Is(err, zip.ErrFormat), errors.Is(err, io.ErrUnexpectedEOF):
		return nil, errors.New("the archive is cut off or damaged")
	case err != nil:
		return nil, err
	}
	directory.open = true
	p := &parts{byName: make(map[string]*zip.File, len(z.File))}
	for _, f := range z.File {
		p.byName[partName(f.Name)] = f
	}
	return p, nil
}

// partName is a name as it is looked up: some programs write backslashes.
func partName(name string) string {
	return strings.TrimPrefix(strings.ToLower(strings.ReplaceAll(name, `\`, "/")), "/")
}

func (p *parts) has(name string) bool { return p.byName[partName(name)] != nil }

// open begins to read a part's XML.
func (p *parts) open(name string) (*tokens, error) {
	f := p.byName[partName(name)]
	if f == nil {
		return nil, fmt.Errorf("the part %q is missing", name)
	}
	if f.Flags&1 != 0 {
		return nil, errors.New("it is protected by a password")
	}
	r, err := f.Open()
	if err != nil {
		return nil, fmt.Errorf("unpack %s: %w", f.Name, err)
	}
	return newTokens(f.Name, r, f.CompressedSize64), nil
}

// relation is what one part says about another.
type relation struct{ kind, part string }

// relations are those of a part by their ids.
type relations map[string]relation

func (r relations) byKind(suffix string) string {
	best := ""
	for _, rel := range r {
		if strings.HasSuffix(rel.kind, suffix) && (best == "" || rel.part < best) {
			best = rel.part
		}
	}
	return best
}

// relations of a part; "" is the whole archive.
func (p *parts) relations(part string) (relations, error) {
	folder, file := path.Split(part)
	name := path.Join(folder, "_rels", file+".rels")
	if !p.has(name) {
		return nil, fmt.Errorf("the part %q is missing", name)
	}
	t, err := p.open(name)
	if err != nil {
		return nil, err
	}
	defer t.close()
	out := relations{}
	for {
		start, err := t.start()
		switch {
		case err == io.EOF:
			return out, nil
		case err != nil:
			return nil, err
		}
		if start.Name.Local != "Relationship" || attr(start, "TargetMode") == "External" {
			continue
		}
		target := strings.ReplaceAll(attr(start, "Target"), `\`, "/")
		if !strings.HasPrefix(target, "/") {
			target = path.Join("/", folder, target)
		}
		out[attr(start, "Id")] = relation{kind: attr(start, "Type"), part: strings.TrimPrefix(path.Clean(target), "/")}
	}
}

// gauge counts what is read until it is opened.
type gauge struct {
	r    io.ReaderAt
	left int64
	open bool
}

// ReadAt reads until the gauge is used up.
func (g *gauge) ReadAt(b []byte, at int64) (int, error) {
	if !g.open {
		if g.left -= int64(len(b)); g.left < 0 {
			return 0, errors.New("the list of parts is too long")
		}
	}
	return g.r.ReadAt(b, at)
}
