package cairn

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// File is something attached to an idea, a view or an insight. Its content lies in the store
// under Blob and never changes.
type File struct {
	ID      ID    `json:"-"`
	Project ID    `json:"-"`
	Parent  ID    `json:"-"`
	Version int64 `json:"-"`
	// On is the kind of Parent.
	On   Kind   `json:"on"`
	Name string `json:"name"`
	// Type is the media type by what the content is, never by the name.
	Type string `json:"type"`
	Size int64  `json:"size"`
	// Width and Height of an image in pixels, 0 for everything else.
	Width  int    `json:"width,omitempty"`
	Height int    `json:"height,omitempty"`
	SHA256 string `json:"sha256"`
	Blob   string `json:"blob"`
	// Author attached it.
	Author    ID        `json:"author,omitempty"`
	CreatedAt time.Time `json:"createdAt"`
}

// Entity returns the file's stored form.
func (f *File) Entity() (Entity, error) {
	attrs, err := AttrsOf(f)
	return Entity{ID: f.ID, Kind: KindFile, Project: f.Project, Parent: f.Parent, Version: f.Version, Attrs: attrs}, err
}

// FileOf reads a file from its stored form.
func FileOf(e Entity) (File, error) {
	f := File{ID: e.ID, Project: e.Project, Parent: e.Parent, Version: e.Version}
	return f, e.Attrs.Decode(&f)
}

// BlobOfFile is how the keys of attached files' contents begin.
const BlobOfFile = "file/"

// maxPixels is the largest image that is shown in a page: a small file can be an
// image that takes gigabytes when it is drawn.
const maxPixels = 40_000_000

// Inline reports whether a browser may show the file in a page: an image of dots
// of a kind that holds no script, of a size that can be drawn.
func (f *File) Inline() bool {
	switch f.Type {
	case "image/png", "image/jpeg", "image/gif", "image/webp":
		return f.Width > 0 && f.Height > 0 && f.Width <= 20_000 && f.Height <= 20_000 && f.Width*f.Height <= maxPixels
	}
	return false
}

// CleanFileName makes a name that every file system takes and that deceives
// nobody: no folders, no control characters, none that turn the direction of
// writing. It refuses what is no name then.
func CleanFileName(s string) (string, error) {
	if i := strings.LastIndexAny(s, `/\`); i >= 0 {
		s = s[i+1:]
	}
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || strings.ContainsRune(`<>:"|?*`, r) {
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, ""))
	s = strings.Trim(strings.Join(strings.Fields(s), " "), ". ")
	switch n := utf8.RuneCountInString(s); {
	case n == 0:
		return "", Invalid("name", "The file needs a name")
	case n > 200:
		return "", Invalid("name", "The name of the file has %d characters; at most 200 fit", n)
	}
	return s, nil
}
