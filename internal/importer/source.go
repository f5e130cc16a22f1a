package importer

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
)

// FileSource is a file on disk; name is what the user called it, or "" for the
// name on disk.
func FileSource(path, name string) (Source, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if name == "" {
		name = filepath.Base(path)
	}
	return diskSource{path: path, name: name, size: info.Size()}, nil
}

type diskSource struct {
	path, name string
	size       int64
}

func (s diskSource) Open() (File, error) { return os.Open(s.path) }
func (s diskSource) Name() string        { return s.name }
func (s diskSource) Size() int64         { return s.size }

// BytesSource is a file held in memory.
func BytesSource(name string, data []byte) Source { return byteSource{name: name, data: data} }

type byteSource struct {
	name string
	data []byte
}

type byteFile struct{ *bytes.Reader }

func (byteFile) Close() error { return nil }

func (s byteSource) Open() (File, error) { return byteFile{bytes.NewReader(s.data)}, nil }
func (s byteSource) Name() string        { return s.name }
func (s byteSource) Size() int64         { return int64(len(s.data)) }

// Head reads the first bytes of a source for Detect.
func Head(src Source) ([]byte, error) {
	f, err := src.Open()
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, HeadBytes))
}

// Choice is a leaf together with its opinion on a file.
type Choice struct {
	Leaf  Leaf
	Match Match
}

// Choose asks all leaves about a source and gives those that can read it, the
// most confident first. None means that no format fits.
func Choose(leaves []Leaf, src Source) ([]Choice, error) {
	head, err := Head(src)
	if err != nil {
		return nil, err
	}
	var out []Choice
	for _, l := range leaves {
		m := l.Detect(head, src.Name())
		if m.Confidence <= 0 {
			continue
		}
		at := len(out)
		for at > 0 && out[at-1].Match.Confidence < m.Confidence {
			at--
		}
		out = append(out, Choice{})
		copy(out[at+1:], out[at:])
		out[at] = Choice{Leaf: l, Match: m}
	}
	return out, nil
}
